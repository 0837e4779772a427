#include "authoring/language_server/symbols.hpp"

#include <set>

#include "compiler/resolve/declarations.hpp"
#include "grammar/literals.hpp"

namespace polc::authoring {
namespace {

using compiler::ModuleId;
using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

class Resolver {
 public:
  Resolver(const Analysis& analysis, ModuleId module, const std::vector<NodeId>& path)
      : analysis_(analysis),
        package_(*analysis.package),
        tree_(package_.tree(module)),
        module_(module),
        path_(path) {}

  Symbol resolve() const {
    if (path_.size() < 2) return {};
    const NodeId node = path_.back();
    const NodeId parent = path_[path_.size() - 2];
    const NodeKind kind = tree_.kind(node);
    if (kind == NodeKind::Name) return name(tree_.text(node));
    if (kind == NodeKind::Word) return word(node, parent);
    if (grammar::is_string(kind)) return string(node, parent);
    if (kind == NodeKind::ModulePath) return used_module(parent);
    return {};
  }

 private:
  /// Innermost first: variables and parameters, then declarations, then the language.
  Symbol name(std::string_view text) const {
    for (auto around = path_.rbegin(); around != path_.rend(); ++around) {
      if (const NodeId declared = local(*around, text)) return LocalSymbol{{module_, declared}};
    }
    const compiler::NameMeaning meaning = compiler::find_name(package_, module_, text);
    if (const auto* declaration = std::get_if<compiler::DeclarationId>(&meaning))
      return DeclaredSymbol{*declaration};
    if (const compiler::Import* import = compiler::find_alias(package_, module_, text)) {
      return ModuleSymbol{import->module};
    }
    if (const value::ResourceInfo* resource = value::find_resource(text)) return ResourceSymbol{resource, {}};
    return {};
  }

  /// The word that declares `text` in a quantifier or def.
  NodeId local(NodeId node, std::string_view text) const {
    if (tree_.kind(node) == NodeKind::Quantifier) {
      const NodeId variable = tree_.child(node, 0);
      return tree_.text(variable) == text ? variable : grammar::kNoNode;
    }
    if (tree_.kind(node) != NodeKind::Def) return grammar::kNoNode;
    const NodeId parameters = tree_.child_of_kind(node, NodeKind::Parameters);
    for (const NodeId parameter : tree_.children(parameters)) {
      const NodeId word = tree_.child(parameter, 0);
      if (tree_.text(word) == text) return word;
    }
    return grammar::kNoNode;
  }

  Symbol word(NodeId node, NodeId parent) const {
    switch (tree_.kind(parent)) {
      case NodeKind::Param:
      case NodeKind::Let:
      case NodeKind::Def:
      case NodeKind::Assignment:
      case NodeKind::TestParam:
        return tree_.child(parent, 0) == node ? name(tree_.text(node)) : Symbol{};
      case NodeKind::Quantifier:
      case NodeKind::Parameter:
        return LocalSymbol{{module_, node}};
      case NodeKind::ModulePath:
        return used_module(path_[path_.size() - 3]);
      case NodeKind::Use:
        return used_module(parent);
      case NodeKind::NamedArgument:
        return path_.size() > 2 ? argument(path_[path_.size() - 3], tree_.text(node)) : Symbol{};
      case NodeKind::Member:
        return member(parent, tree_.text(node));
      default:
        return {};
    }
  }

  /// `view:` in a call of a resource; of a def, its parameter.
  Symbol argument(NodeId call, std::string_view text) const {
    const Symbol callee = name(tree_.text(tree_.child(call, 0)));
    if (const auto* declared = std::get_if<DeclaredSymbol>(&callee)) {
      const compiler::Declaration& declaration = package_.declarations[declared->declaration];
      const SyntaxTree& target = package_.tree(declaration.module);
      for (const NodeId parameter :
           target.children(target.child_of_kind(declaration.node, NodeKind::Parameters))) {
        const NodeId word = target.child(parameter, 0);
        if (target.text(word) == text) return LocalSymbol{{declaration.module, word}};
      }
      return {};
    }
    return callee;
  }

  Symbol member(NodeId node, std::string_view text) const {
    const NodeId object = tree_.child(node, 0);
    if (tree_.kind(object) == NodeKind::Name) {
      if (const compiler::Import* import = compiler::find_alias(package_, module_, tree_.text(object))) {
        const auto& declared = package_.modules[import->module].declarations;
        const auto found = declared.find(text);
        return found == declared.end() ? Symbol{} : Symbol{DeclaredSymbol{found->second}};
      }
    }
    const value::ResourceInfo* resource = resource_of(tree_, object);
    if (resource == nullptr) return {};
    const auto attribute = value::find_attribute(*resource, text);
    return attribute ? Symbol{ResourceSymbol{resource, attribute}} : Symbol{};
  }

  Symbol string(NodeId node, NodeId parent) const {
    switch (tree_.kind(parent)) {
      case NodeKind::Control:
        return tree_.child(parent, 0) == node ? control(node) : Symbol{};
      case NodeKind::Profile:
        return tree_.child(parent, 0) == node ? profile(node) : Symbol{};
      case NodeKind::Extends:
        return profile(node);
      case NodeKind::IdTarget:
      case NodeKind::Expect:
      case NodeKind::Cases:
        return control(node);
      case NodeKind::Setting:
        return setting(node);
      case NodeKind::Use:
        return used_module(parent);
      case NodeKind::Call: {
        const value::ResourceInfo* resource = resource_of(tree_, parent);
        const bool is_path = resource != nullptr && resource->kind == value::ResourceKind::Gpo &&
                             tree_.child(parent, 1) == node;
        return is_path ? setting(node) : Symbol{};
      }
      default:
        return {};
    }
  }

  Symbol control(NodeId node) const {
    const auto found = package_.controls_by_id.find(compiler::fold_id(grammar::decode_string(tree_, node)));
    return found == package_.controls_by_id.end() ? Symbol{} : Symbol{ControlSymbol{found->second}};
  }

  Symbol profile(NodeId node) const {
    const auto found = package_.profiles_by_name.find(compiler::fold_id(grammar::decode_string(tree_, node)));
    return found == package_.profiles_by_name.end() ? Symbol{} : Symbol{ProfileSymbol{found->second}};
  }

  Symbol setting(NodeId node) const {
    const auto found = analysis_.settings.find(grammar::decode_string(tree_, node));
    return found.size() == 1 ? Symbol{SettingSymbol{found.front()}} : Symbol{};
  }

  Symbol used_module(NodeId use) const {
    const base::Span span = tree_.span(use);
    const base::Span target = tree_.span(tree_.child(use, 0));
    for (const compiler::Import& import : package_.modules[module_].imports) {
      if (import.span == span || import.span == target) return ModuleSymbol{import.module};
    }
    return {};
  }

  const Analysis& analysis_;
  const compiler::Package& package_;
  const SyntaxTree& tree_;
  ModuleId module_;
  const std::vector<NodeId>& path_;
};

/// Visits the words and strings of a tree with the nodes around them, and keeps those that mean the symbol.
class ReferenceSearch {
 public:
  ReferenceSearch(const Analysis& analysis, const Symbol& symbol) : analysis_(analysis), symbol_(symbol) {}

  std::vector<base::Span> run() {
    for (ModuleId id = 0; id < analysis_.package->modules.size(); ++id) {
      module_ = id;
      visit(tree().root());
    }
    return std::move(found_);
  }

 private:
  const SyntaxTree& tree() const { return analysis_.package->tree(module_); }

  void visit(NodeId node) {
    path_.push_back(node);
    const NodeKind kind = tree().kind(node);
    if (kind == NodeKind::Name || kind == NodeKind::Word || grammar::is_string(kind)) {
      if (symbol_at(analysis_, module_, path_) == symbol_) found_.push_back(tree().span(node));
    } else {
      for (const NodeId child : tree().children(node)) visit(child);
    }
    path_.pop_back();
  }

  const Analysis& analysis_;
  const Symbol& symbol_;
  ModuleId module_ = 0;
  std::vector<NodeId> path_;
  std::vector<base::Span> found_;
};

}  // namespace

std::vector<NodeId> path_to(const SyntaxTree& tree, std::uint32_t offset) {
  std::vector<NodeId> path{tree.root()};
  while (true) {
    NodeId next = grammar::kNoNode;
    for (const NodeId child : tree.children(path.back())) {
      const bool holds = tree.node(child).begin <= offset && offset <= tree.node(child).end;
      // Between two nodes that touch, the one that begins here is meant, unless it is an operator.
      if (holds && tree.kind(child) != NodeKind::Operator) next = child;
    }
    if (next == grammar::kNoNode) return path;
    path.push_back(next);
  }
}

Symbol symbol_at(const Analysis& analysis, ModuleId module, const std::vector<NodeId>& path) {
  return Resolver(analysis, module, path).resolve();
}

std::vector<base::Span> references(const Analysis& analysis, const Symbol& symbol) {
  return ReferenceSearch(analysis, symbol).run();
}

std::optional<base::Span> declaration_of(const Analysis& analysis, const Symbol& symbol) {
  const compiler::Package& package = *analysis.package;
  if (const auto* declared = std::get_if<DeclaredSymbol>(&symbol)) {
    return package.declarations[declared->declaration].name_span;
  }
  if (const auto* local = std::get_if<LocalSymbol>(&symbol)) {
    return package.tree(local->declared.module).span(local->declared.node);
  }
  if (const auto* control = std::get_if<ControlSymbol>(&symbol)) {
    const compiler::ControlDeclaration& declaration = package.controls[control->control];
    const SyntaxTree& tree = package.tree(declaration.module);
    return tree.span(tree.child(declaration.node, 0));
  }
  if (const auto* profile = std::get_if<ProfileSymbol>(&symbol))
    return package.profiles[profile->profile].name_span;
  if (const auto* setting = std::get_if<SettingSymbol>(&symbol)) return setting->setting->span;
  if (const auto* module = std::get_if<ModuleSymbol>(&symbol)) {
    return base::Span{package.tree(module->module).file(), 0, 0};
  }
  return std::nullopt;
}

std::optional<base::Span> use_of(const Analysis& analysis, ModuleId module, base::FileId file) {
  const compiler::Package& package = *analysis.package;
  for (const compiler::Import& import : package.modules[module].imports) {
    std::vector<ModuleId> open{import.module};
    std::set<ModuleId> seen;
    while (!open.empty()) {
      const ModuleId next = open.back();
      open.pop_back();
      if (!seen.insert(next).second) continue;
      if (package.tree(next).file() == file) return import.span;
      for (const compiler::Import& further : package.modules[next].imports) open.push_back(further.module);
    }
  }
  return std::nullopt;
}

const value::ResourceInfo* resource_of(const SyntaxTree& tree, NodeId expression) {
  expression = tree.unparen(expression);
  while (tree.kind(expression) == NodeKind::Call || tree.kind(expression) == NodeKind::Index) {
    expression = tree.child(expression, 0);
  }
  return tree.kind(expression) == NodeKind::Name ? value::find_resource(tree.text(expression)) : nullptr;
}

}  // namespace polc::authoring
