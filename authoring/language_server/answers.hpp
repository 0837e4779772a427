// Answers of the language server as the JSON of the protocol.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "authoring/language_server/features.hpp"
#include "authoring/language_server/session.hpp"

namespace polc::authoring {

using Json = nlohmann::json;

/// Places of one analysis in the units of the editor.
class Ranges {
 public:
  Ranges(const Analysis& analysis, PositionEncoding encoding) : analysis_(analysis), encoding_(encoding) {}

  Json range(base::Span span);
  Position position(base::FileId file, std::uint32_t offset) {
    return lines(file).position(offset, encoding_);
  }
  std::uint32_t offset(base::FileId file, Position position) {
    return lines(file).offset(position, encoding_);
  }

 private:
  const LineIndex& lines(base::FileId file);

  const Analysis& analysis_;
  PositionEncoding encoding_;
  std::map<base::FileId, LineIndex> lines_;
};

Json diagnostic_json(const base::Diagnostic& diagnostic, const Analysis& analysis, Ranges& ranges,
                     const Session& session);
Json hover_json(const Hover& hover, Ranges& ranges);
Json completions_json(const Completions& completions, Ranges& ranges);
Json outline_json(const std::vector<OutlineItem>& items, Ranges& ranges);
Json semantic_tokens_json(const std::vector<SemanticToken>& tokens, base::FileId file, Ranges& ranges);
Json action_json(const CodeAction& action, const Analysis& analysis, Ranges& ranges, const Session& session);

/// The location of a span; null for the standard library.
Json location_json(base::Span span, const Analysis& analysis, Ranges& ranges, const Session& session);

}  // namespace polc::authoring
