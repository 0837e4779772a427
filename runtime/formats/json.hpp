// JSON for what programs write (RFC 8259), over simdjson. The whole text is validated; members that nobody
// needs are checked and passed over without keeping anything of them.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "runtime/base/diagnostic.hpp"
#include "runtime/formats/document.hpp"

namespace polc::formats {

/// Asked for each member of the outermost objects: `path` are the keys that lead to it, its own last. False
/// leaves the member out of the Document. Objects inside lists are not asked about.
using MemberFilter = std::function<bool(std::span<const std::string_view> path)>;

/// Paths longer than this are never asked about: the whole member is kept.
inline constexpr std::size_t kFilterDepth = 2;

/// Reads a text of at most limits::kSnapshotBytes; an empty `filter` keeps everything. nullopt when it is not
/// JSON or a bound is exceeded. Duplicate keys of what is kept are reported, but still give a Document: ask
/// `sink` before believing it. The Document does not refer to `text`.
std::optional<Document> read_json(std::string_view text, base::FileId file, base::DiagnosticSink& sink,
                                  const MemberFilter& filter = {});

}  // namespace polc::formats
