// YAML for what people write: one document, no anchors, aliases or tags. Quoting tells texts from numbers and
// booleans; of the many YAML 1.1 spellings only `true` and `false` are booleans, so `yes`, `on` and `no` are
// words.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/base/diagnostic.hpp"
#include "runtime/formats/document.hpp"

namespace polc::formats {

/// Reads a text of at most limits::kYamlBytes. nullopt when it is not YAML or a bound is exceeded. Duplicate
/// keys are reported, but still give a Document, so that one run finds all of them: ask `sink` before
/// believing it. The Document does not refer to `text`.
std::optional<Document> read_yaml(std::string_view text, base::FileId file, base::DiagnosticSink& sink);

}  // namespace polc::formats
