// Git's deltas: an object as pieces of another one and new bytes. Private to runtime/git.
// Source: git's Documentation/gitformat-pack.txt, "Deltified representation".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "runtime/git/result.hpp"

namespace polc::git {

/// The object that `delta` makes of `base`. Sizes that the delta states must be the real ones; the result is at most
/// `max_bytes` long.
Result<std::string> apply_delta(std::string_view base, std::string_view delta, std::size_t max_bytes);

}  // namespace polc::git
