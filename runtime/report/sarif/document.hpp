// The SARIF objects that runs of every kind are made of. Internal to the SARIF writers.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"

namespace polc::report::sarif {

using Json = nlohmann::ordered_json;

/// Base of all relative URIs. Its own location is left out: it is nobody's business (section 3.14.14).
inline constexpr std::string_view kRootId = "SRCROOT";

/// {"$schema", "version", "runs"}, indented, ending with a line feed. Bytes that are not UTF-8 are replaced.
std::string document_text(Json runs);

Json text_message(std::string_view text);

/// {"text", "markdown"}.
Json rich_message(std::string_view text, std::string_view markdown);

/// Relative URI with uriBaseId; `path` must satisfy is_inside_root.
Json artifact_location(std::string_view path);

/// False for paths that are empty, absolute, or climb out of the root.
bool is_inside_root(std::string_view path);

/// Region with columns in code points; without columns when the range has none.
Json region(const ir::SourceRange& range);

/// Text of whole lines `first`..`last` of a source as an artifactContent object.
Json snippet(std::string_view text);

/// Whole lines around a range, a proper superset of it (SARIF1008), with their text when the source is known.
Json context_region(const ir::SourceRange& range, std::uint32_t last_line, const base::SourceBuffer* source);

/// "polc" with its version, without rules.
Json driver(std::string_view version);

Json original_uri_base_ids();

/// reportingDescriptor of a diagnostic kind: for notifications and for runs over policy texts.
Json diagnostic_descriptor(const base::DiagnosticInfo& info);

/// "error", "warning", "note".
std::string_view level_text(base::Level level);

/// A message sentence from a diagnostic's text: upper case start, final period, hint as second sentence.
std::string sentences(const base::Diagnostic& diagnostic);

/// Plain message text: brackets that would make a link are escaped (section 3.11.6).
std::string without_links(std::string_view text);

}  // namespace polc::report::sarif
