#include <fmt/format.h>

#include <algorithm>

#include "authoring/language_server/features.hpp"
#include "compiler/resolve/builtin_words.hpp"
#include "compiler/resolve/declarations.hpp"
#include "grammar/literals.hpp"
#include "grammar/scan.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"

namespace polc::authoring {
namespace {

Symbol symbol_of(const Query& query) {
  return symbol_at(query.analysis, query.module, path_to(query.tree(), query.offset));
}

bool is_control(const Symbol& symbol) {
  return std::holds_alternative<ControlSymbol>(symbol);
}

bool is_name(const Symbol& symbol) {
  return std::holds_alternative<DeclaredSymbol>(symbol) || std::holds_alternative<LocalSymbol>(symbol);
}

bool is_word(std::string_view text) {
  return !text.empty() && !base::is_digit(text.front()) &&
         std::all_of(text.begin(), text.end(), grammar::is_word_character);
}

bool is_id(std::string_view text) {
  const auto is_part = [](char c) { return grammar::is_word_character(c) || c == '-' || c == '.'; };
  return !text.empty() && text.size() <= limits::kControlId && std::all_of(text.begin(), text.end(), is_part);
}

std::string id_problem(const Query& query, const std::string& name) {
  if (!is_id(name)) return "an id is made of ASCII letters, digits, '-', '_' and '.'";
  const auto& known = query.analysis.package->controls_by_id;
  const auto other = known.find(compiler::fold_id(name));
  const Symbol symbol = symbol_of(query);
  const bool same = other != known.end() && other->second == std::get<ControlSymbol>(symbol).control;
  return other == known.end() || same ? "" : fmt::format("there is a control '{}' already", name);
}

std::string name_problem(const Query& query, const std::string& name) {
  if (!is_word(name) || grammar::is_reserved(name)) return fmt::format("'{}' cannot be a name", name);
  const std::string_view meaning = compiler::builtin_meaning(name);
  if (!meaning.empty()) return fmt::format("'{}' is {}", name, meaning);
  // Every module that could see the name must be free of it, or the meaning of its expressions would change.
  for (compiler::ModuleId id = 0; id < query.analysis.package->modules.size(); ++id) {
    const grammar::SyntaxTree& tree = query.analysis.package->tree(id);
    for (grammar::NodeId node = 1; node < tree.size(); ++node) {
      const grammar::NodeKind kind = tree.kind(node);
      const bool names = kind == grammar::NodeKind::Name || kind == grammar::NodeKind::Word;
      if (names && !query.analysis.package->modules[id].embedded && tree.text(node) == name) {
        return fmt::format("'{}' is a word of {} already", name, query.analysis.package->modules[id].name);
      }
    }
  }
  return {};
}

}  // namespace

std::optional<base::Span> renameable(const Query& query) {
  const Symbol symbol = symbol_of(query);
  if (!is_control(symbol) && !is_name(symbol)) return std::nullopt;
  const auto declared = declaration_of(query.analysis, symbol);
  for (const compiler::Module& module : query.analysis.package->modules) {
    if (declared && module.tree.file() == declared->file && module.embedded) return std::nullopt;
  }
  return query.tree().span(path_to(query.tree(), query.offset).back());
}

std::string rename_problem(const Query& query, const std::string& name) {
  return is_control(symbol_of(query)) ? id_problem(query, name) : name_problem(query, name);
}

}  // namespace polc::authoring
