// Answers to questions about a text.
#include <algorithm>
#include <tuple>

#include "authoring/format/format.hpp"
#include "authoring/language_server/request_error.hpp"
#include "authoring/language_server/server.hpp"
#include "grammar/parse.hpp"

namespace polc::authoring {
namespace {

Position position_of(const Json& json) {
  return {json.at("line"), json.at("character")};
}

std::string uri_of_document(const Json& parameters) {
  return parameters.at("textDocument").at("uri");
}

}  // namespace

Server::Asked Server::asked(const Covering& covering, Position position) {
  Asked result{covering.analysis, covering.module, Ranges(*covering.analysis, encoding_)};
  result.offset = result.ranges.offset(result.file(), position);
  return result;
}

std::optional<Server::Asked> Server::asked(const Json& parameters) {
  const std::vector<Covering> all = session_.analyses(uri_of_document(parameters));
  if (all.empty()) return std::nullopt;
  const bool has_position = parameters.contains("position");
  return asked(all.front(), has_position ? position_of(parameters["position"]) : Position{});
}

Json Server::hover(const Json& parameters) {
  auto at = asked(parameters);
  if (!at) return nullptr;
  const auto found = authoring::hover(at->query());
  return found ? hover_json(*found, at->ranges) : Json();
}

Json Server::completion(const Json& parameters) {
  auto at = asked(parameters);
  return at ? completions_json(complete(at->query()), at->ranges) : Json();
}

Json Server::definition(const Json& parameters) {
  auto at = asked(parameters);
  if (!at) return nullptr;
  const Query query = at->query();
  const Symbol symbol = symbol_at(query.analysis, query.module, path_to(query.tree(), query.offset));
  const auto declared = declaration_of(query.analysis, symbol);
  if (!declared) return nullptr;
  const Json location = location_json(*declared, query.analysis, at->ranges, session_);
  if (!location.is_null()) return location;
  // The standard library has no file that an editor could open: the `use` that brings it is the place, and hover
  // shows the text.
  const auto use = use_of(query.analysis, query.module, declared->file);
  return use ? location_json(*use, query.analysis, at->ranges, session_) : Json();
}

/// The declaration is looked for first, since policies that the file at hand is no part of may use it too.
std::vector<Server::FoundPlace> Server::places(const Json& parameters) {
  auto at = asked(parameters);
  if (!at) return {};
  const Query query = at->query();
  const Symbol symbol = symbol_at(query.analysis, query.module, path_to(query.tree(), query.offset));
  const auto declared = declaration_of(query.analysis, symbol);
  if (!declared) return {};
  const auto uri = session_.uri_of(query.analysis, declared->file);
  if (std::holds_alternative<ModuleSymbol>(symbol) || !uri) {
    return places_of(uri_of_document(parameters), position_of(parameters.at("position")));
  }
  return places_of(*uri, at->ranges.position(declared->file, declared->begin));
}

std::vector<Server::FoundPlace> Server::places_of(const std::string& uri, Position position) {
  std::vector<FoundPlace> found;
  for (const Covering& covering : session_.analyses(uri)) {
    Asked at = asked(covering, position);
    const Query query = at.query();
    const Symbol symbol = symbol_at(query.analysis, query.module, path_to(query.tree(), query.offset));
    if (std::holds_alternative<std::monostate>(symbol)) continue;
    const auto declared = declaration_of(query.analysis, symbol);
    for (const base::Span& span : authoring::references(query.analysis, symbol)) {
      const auto where = session_.uri_of(query.analysis, span.file);
      if (!where) continue;
      FoundPlace place{*where, at.ranges.range(span), std::string(query.analysis.sources.text(span)),
                       declared == span};
      const bool known = std::any_of(found.begin(), found.end(), [&](const FoundPlace& other) {
        return other.uri == place.uri && other.range == place.range;
      });
      if (!known) found.push_back(std::move(place));
    }
  }
  return found;
}

Json Server::references(const Json& parameters) {
  const bool with_declaration = parameters.value("/context/includeDeclaration"_json_pointer, true);
  Json all = Json::array();
  for (const FoundPlace& place : places(parameters)) {
    if (with_declaration || !place.declaration) all.push_back({{"uri", place.uri}, {"range", place.range}});
  }
  return all;
}

Json Server::prepare_rename(const Json& parameters) {
  auto at = asked(parameters);
  const auto span = at ? renameable(at->query()) : std::nullopt;
  if (!span) return nullptr;
  const std::string_view text = at->analysis->sources.text(*span);
  const std::uint32_t quotes = text.starts_with('"') || text.starts_with('\'') ? 1 : 0;
  return at->ranges.range({span->file, span->begin + quotes, span->end - quotes});
}

Json Server::rename(const Json& parameters) {
  auto at = asked(parameters);
  const std::string name = parameters.at("newName");
  if (!at || !renameable(at->query())) throw RequestError(kRequestFailed, "there is nothing to rename here");
  const std::string problem = rename_problem(at->query(), name);
  if (!problem.empty()) throw RequestError(kRequestFailed, problem);
  Json changes = Json::object();
  for (const FoundPlace& place : places(parameters)) {
    const char quote = place.text.front();
    const bool quoted = quote == '"' || quote == '\'';
    const std::string text = quoted ? quote + name + quote : name;
    changes[place.uri].push_back({{"range", place.range}, {"newText", text}});
  }
  return {{"changes", std::move(changes)}};
}

/// One edit of the whole text, or none where there is nothing to do; a text with errors is left alone.
Json Server::formatting(const Json& parameters) {
  const std::string* text = session_.text(uri_of_document(parameters));
  if (text == nullptr) return nullptr;
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const grammar::SyntaxTree tree = grammar::parse(sources, sources.add("text", *text), sink);
  if (sink.has_errors()) throw RequestError(kRequestFailed, "the policy has syntax errors");
  const std::string formatted = format(tree);
  if (formatted == *text) return Json::array();
  const Position end = LineIndex(*text).position(static_cast<std::uint32_t>(text->size()), encoding_);
  const Json range{{"start", {{"line", 0}, {"character", 0}}},
                   {"end", {{"line", end.line}, {"character", end.character}}}};
  return Json::array({{{"range", range}, {"newText", formatted}}});
}

Json Server::document_symbols(const Json& parameters) {
  auto at = asked(parameters);
  return at ? outline_json(outline(at->query().tree()), at->ranges) : Json();
}

Json Server::semantic_tokens(const Json& parameters) {
  auto at = asked(parameters);
  if (!at) return nullptr;
  return semantic_tokens_json(authoring::semantic_tokens(*at->analysis, at->module), at->file(), at->ranges);
}

Json Server::code_actions(const Json& parameters) {
  auto at = asked(parameters);
  if (!at) return nullptr;
  const Json& range = parameters.at("range");
  const base::Span span{at->file(), at->ranges.offset(at->file(), position_of(range.at("start"))),
                        at->ranges.offset(at->file(), position_of(range.at("end")))};
  Json all = Json::array();
  for (const CodeAction& action : authoring::code_actions(at->query(), span)) {
    const Json json = action_json(action, *at->analysis, at->ranges, session_);
    if (!json.is_null()) all.push_back(json);
  }
  return all;
}

}  // namespace polc::authoring
