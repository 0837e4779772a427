// What the words of a policy stand for: the thing at a place, where it is declared, and everywhere it is named.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "authoring/language_server/analysis.hpp"
#include "compiler/types/settings.hpp"
#include "grammar/syntax_tree.hpp"
#include "runtime/value/resource.hpp"

namespace polc::authoring {

/// A node of one module of an analysis.
struct Place {
  compiler::ModuleId module = 0;
  grammar::NodeId node = grammar::kNoNode;
  friend bool operator==(const Place&, const Place&) = default;
};

struct DeclaredSymbol {  ///< a param, let or def
  compiler::DeclarationId declaration = 0;
  friend bool operator==(const DeclaredSymbol&, const DeclaredSymbol&) = default;
};
struct LocalSymbol {  ///< a variable of a quantifier, or a parameter of a def: the Word that declares it
  Place declared;
  friend bool operator==(const LocalSymbol&, const LocalSymbol&) = default;
};
struct ControlSymbol {
  std::uint32_t control = 0;  ///< index into Package::controls
  friend bool operator==(const ControlSymbol&, const ControlSymbol&) = default;
};
struct ProfileSymbol {
  compiler::ProfileId profile = 0;
  friend bool operator==(const ProfileSymbol&, const ProfileSymbol&) = default;
};
struct SettingSymbol {
  const compiler::Setting* setting = nullptr;
  friend bool operator==(const SettingSymbol&, const SettingSymbol&) = default;
};
struct ModuleSymbol {
  compiler::ModuleId module = 0;
  friend bool operator==(const ModuleSymbol&, const ModuleSymbol&) = default;
};
struct ResourceSymbol {
  const value::ResourceInfo* resource = nullptr;
  std::optional<value::AttributeId> attribute;
  friend bool operator==(const ResourceSymbol&, const ResourceSymbol&) = default;
};
using Symbol = std::variant<std::monostate, DeclaredSymbol, LocalSymbol, ControlSymbol, ProfileSymbol,
                            SettingSymbol, ModuleSymbol, ResourceSymbol>;

/// The nodes around an offset, the file first and the innermost one last.
std::vector<grammar::NodeId> path_to(const grammar::SyntaxTree& tree, std::uint32_t offset);

/// What the innermost node of `path` names or declares; monostate where it names nothing of its own.
Symbol symbol_at(const Analysis& analysis, compiler::ModuleId module,
                 const std::vector<grammar::NodeId>& path);

/// The words or strings that name the symbol, its declaration among them, in the order of the modules.
std::vector<base::Span> references(const Analysis& analysis, const Symbol& symbol);

/// Where it is declared, without what documents it; nullopt for what the language brings.
std::optional<base::Span> declaration_of(const Analysis& analysis, const Symbol& symbol);

/// The `use` by which a module is linked with a file, directly or through others; nullopt where it is not.
std::optional<base::Span> use_of(const Analysis& analysis, compiler::ModuleId module, base::FileId file);

/// The resource that an expression asks: `registry(...)`, `host`; nullptr for others.
const value::ResourceInfo* resource_of(const grammar::SyntaxTree& tree, grammar::NodeId expression);

}  // namespace polc::authoring
