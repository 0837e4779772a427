#include "authoring/language_server/answers.hpp"

namespace polc::authoring {
namespace {

enum Severity { kError = 1, kWarning = 2, kInformation = 3 };

int severity_of(const base::Diagnostic& diagnostic) {
  switch (base::level_of(diagnostic)) {
    case base::Level::Error:
      return kError;
    case base::Level::Warning:
      return kWarning;
    default:
      return kInformation;
  }
}

Json position_json(Position position) {
  return {{"line", position.line}, {"character", position.character}};
}

}  // namespace

const LineIndex& Ranges::lines(base::FileId file) {
  const auto known = lines_.find(file);
  if (known != lines_.end()) return known->second;
  const base::SourceBuffer* buffer = analysis_.sources.find(file);
  const std::string_view text = buffer != nullptr ? std::string_view(buffer->text()) : std::string_view();
  return lines_.emplace(file, LineIndex(text)).first->second;
}

Json Ranges::range(base::Span span) {
  return {{"start", position_json(position(span.file, span.begin))},
          {"end", position_json(position(span.file, span.end))}};
}

Json location_json(base::Span span, const Analysis& analysis, Ranges& ranges, const Session& session) {
  const auto uri = session.uri_of(analysis, span.file);
  if (!uri) return nullptr;
  return {{"uri", *uri}, {"range", ranges.range(span)}};
}

Json diagnostic_json(const base::Diagnostic& diagnostic, const Analysis& analysis, Ranges& ranges,
                     const Session& session) {
  std::string message = base::message_of(diagnostic);
  const std::string hint = base::hint_of(diagnostic);
  if (!hint.empty()) message += "\n" + hint;
  Json json{{"range", ranges.range(diagnostic.span)},
            {"severity", severity_of(diagnostic)},
            {"code", base::code_text(diagnostic.code)},
            {"source", "polc"},
            {"message", message}};
  Json related = Json::array();
  for (const base::Label& label : diagnostic.labels) {
    const Json location = location_json(label.span, analysis, ranges, session);
    if (!location.is_null()) related.push_back({{"location", location}, {"message", label.text}});
  }
  if (!related.empty()) json["relatedInformation"] = related;
  return json;
}

Json hover_json(const Hover& hover, Ranges& ranges) {
  return {{"contents", {{"kind", "markdown"}, {"value", hover.markdown}}},
          {"range", ranges.range(hover.span)}};
}

Json completions_json(const Completions& completions, Ranges& ranges) {
  Json items = Json::array();
  const Json range = ranges.range(completions.replace);
  for (const Completion& completion : completions.items) {
    Json item{{"label", completion.label},
              {"kind", static_cast<int>(completion.kind)},
              {"textEdit", {{"range", range}, {"newText", completion.label}}}};
    if (!completion.detail.empty()) item["detail"] = completion.detail;
    items.push_back(std::move(item));
  }
  return {{"isIncomplete", !completions.complete}, {"items", std::move(items)}};
}

Json outline_json(const std::vector<OutlineItem>& items, Ranges& ranges) {
  Json all = Json::array();
  for (const OutlineItem& item : items) {
    Json json{{"name", item.name},
              {"kind", static_cast<int>(item.kind)},
              {"range", ranges.range(item.span)},
              {"selectionRange", ranges.range(item.selection)}};
    if (!item.detail.empty()) json["detail"] = item.detail;
    if (!item.children.empty()) json["children"] = outline_json(item.children, ranges);
    all.push_back(std::move(json));
  }
  return all;
}

/// Five numbers a token: lines and characters since the one before, length, type, no modifiers.
Json semantic_tokens_json(const std::vector<SemanticToken>& tokens, base::FileId file, Ranges& ranges) {
  std::vector<std::uint32_t> data;
  data.reserve(tokens.size() * 5);
  Position last;
  for (const SemanticToken& token : tokens) {
    const Position at = ranges.position(file, token.begin);
    const Position end = ranges.position(file, token.end);
    const std::uint32_t line = at.line - last.line;
    data.insert(data.end(), {line, line == 0 ? at.character - last.character : at.character,
                             end.character - at.character, static_cast<std::uint32_t>(token.type), 0});
    last = at;
  }
  return {{"data", std::move(data)}};
}

Json action_json(const CodeAction& action, const Analysis& analysis, Ranges& ranges, const Session& session) {
  Json changes = Json::object();
  for (const base::FixIt& edit : action.edits) {
    const auto uri = session.uri_of(analysis, edit.replace.file);
    if (!uri) return nullptr;
    changes[*uri].push_back({{"range", ranges.range(edit.replace)}, {"newText", edit.text}});
  }
  Json json{{"title", action.title},
            {"kind", action.diagnostic != nullptr ? "quickfix" : "refactor.rewrite"},
            {"edit", {{"changes", std::move(changes)}}}};
  if (action.diagnostic != nullptr) {
    json["diagnostics"] = Json::array({diagnostic_json(*action.diagnostic, analysis, ranges, session)});
  }
  return json;
}

}  // namespace polc::authoring
