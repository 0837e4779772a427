// What the modules of a package declare, and which declaration a name means.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "compiler/resolve/package.hpp"
#include "runtime/base/diagnostic.hpp"

namespace polc::compiler {

/// Fills the tables of `package` from its trees. Reports names and ids that are declared twice, names that
/// hide a built-in word, ids that are not ids, and a missing or misplaced `policy`.
void collect_declarations(Package& package, base::DiagnosticSink& sink);

/// What a name can mean inside a module.
struct NoSuchName {};
struct AmbiguousName {
  DeclarationId first = 0, second = 0;
};
using NameMeaning = std::variant<NoSuchName, AmbiguousName, DeclarationId>;

/// Looks for a `param`, `let` or `def`: the module's own ones and those of modules used without an alias.
NameMeaning find_name(const Package& package, ModuleId from, std::string_view name);

/// The import that has this alias; nullptr when there is none.
const Import* find_alias(const Package& package, ModuleId from, std::string_view alias);

/// True for a name or control id that `from` may have from a declaration that could not be parsed or a module that
/// could not be read. That has been reported; to report the use as well would be its echo.
bool may_be_lost(const Package& package, ModuleId from, std::string_view name);

/// All names that find_name and find_alias know, for suggestions.
std::vector<std::string_view> visible_names(const Package& package, ModuleId from);

/// The names that one module declares itself, in order.
std::vector<std::string_view> own_names(const Package& package, ModuleId module);

/// ASCII letters, digits, `-`, `_` and `.`, neither none nor too many.
bool is_id(std::string_view text);

/// Ids are ASCII, so their case folds as ASCII does.
std::string fold_id(std::string_view id);

}  // namespace polc::compiler
