// Names of commits as people write them.
// Source: git's Documentation/revisions.txt.
#pragma once

#include <string_view>

#include "runtime/git/repository.hpp"

namespace polc::git {

/// The commit that is named: `HEAD` or `@`, a branch, a tag (annotated ones are followed to their commit), `origin/main`,
/// `refs/...`, a whole id, or one of at least four digits; then any number of `~N` (N first parents back) and `^N` (the Nth
/// parent). A whole id comes before a reference of that name, a reference before an abbreviated id. What could mean two
/// commits is refused, also where git would choose.
Result<ObjectId> resolve_revision(const Repository& repository, std::string_view revision);

}  // namespace polc::git
