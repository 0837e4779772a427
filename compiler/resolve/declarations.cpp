#include "compiler/resolve/declarations.hpp"

#include <algorithm>

#include "compiler/resolve/builtin_words.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/limits.hpp"

namespace polc::compiler {
namespace {

using base::Span;
using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.';
}

std::optional<DeclarationKind> declaration_kind(NodeKind kind) {
  switch (kind) {
    case NodeKind::Param:
      return DeclarationKind::Param;
    case NodeKind::Let:
      return DeclarationKind::Let;
    case NodeKind::Def:
      return DeclarationKind::Def;
    default:
      return std::nullopt;
  }
}

base::Diagnostic with_first_place(base::Diagnostic diagnostic, Span first) {
  diagnostic.labels.push_back({first, "first declared here"});
  return diagnostic;
}

class Collector {
 public:
  Collector(Package& package, base::DiagnosticSink& sink) : package_(package), sink_(sink) {}

  void run() {
    for (ModuleId id = 0; id < package_.modules.size(); ++id) collect_module(id);
    // One that could not be parsed is in the file, too.
    if (policy_.file == base::kNoFile && !package_.broken_words.contains("policy")) {
      const SyntaxTree& tree = package_.tree(0);
      sink_.add(diag::MissingPolicyBlock{}.at({tree.file(), 0, 0}));
    }
  }

 private:
  void collect_module(ModuleId id) {
    const SyntaxTree& tree = package_.tree(id);
    for (const Import& import : package_.modules[id].imports) declare_alias(id, import);
    for (const NodeId node : tree.children(tree.root())) {
      const NodeKind kind = tree.kind(node);
      if (const auto declared = declaration_kind(kind)) declare(id, *declared, node);
      if (kind == NodeKind::Policy) check_policy(id, tree.span(node));
      if (kind == NodeKind::Control) add_control(id, node, grammar::kNoNode);
      if (kind == NodeKind::Error) add_broken_words(tree.text(node));
      if (kind != NodeKind::Group) continue;
      for (const NodeId child : tree.children(node)) {
        if (tree.kind(child) == NodeKind::Control) add_control(id, child, node);
        if (tree.kind(child) == NodeKind::Error) add_broken_words(tree.text(child));
      }
    }
  }

  void add_broken_words(std::string_view text) {
    const auto is_part = [](char c) { return is_id_character(c); };
    for (auto begin = std::find_if(text.begin(), text.end(), is_part); begin != text.end();) {
      const auto end = std::find_if_not(begin, text.end(), is_part);
      package_.broken_words.insert(fold_id({begin, end}));
      begin = std::find_if(end, text.end(), is_part);
    }
  }

  void check_policy(ModuleId id, Span span) {
    if (!may_hold_policy(id)) {
      sink_.add(diag::PolicyInModule{.module = package_.modules[id].name}.at(span));
    } else if (policy_.file != base::kNoFile) {
      sink_.add(with_first_place(diag::SecondPolicyBlock{}.at(span), policy_));
    } else {
      policy_ = span;
      package_.policy = id;
    }
  }

  /// The first file; of a file of tests that has none, the policy that it uses.
  bool may_hold_policy(ModuleId id) const {
    if (id == 0) return true;
    const Module& first = package_.modules.front();
    const bool used = std::any_of(first.imports.begin(), first.imports.end(),
                                  [&](const Import& import) { return import.module == id; });
    const bool tests_its_own =
        first.tree.child_of_kind(first.tree.root(), NodeKind::Policy) != grammar::kNoNode;
    return package_.test_file && used && !tests_its_own;
  }

  void declare_alias(ModuleId id, const Import& import) {
    if (import.alias.empty()) return;
    report_hidden_word(import.alias, import.span);
    for (const Import& other : package_.modules[id].imports) {
      if (&other == &import) return;
      if (other.alias == import.alias)
        sink_.add(with_first_place(diag::DuplicateName{.name = import.alias}.at(import.span), other.span));
    }
  }

  void declare(ModuleId id, DeclarationKind kind, NodeId node) {
    Module& module = package_.modules[id];
    const NodeId word = module.tree.child(node, 0);
    if (module.tree.kind(word) != NodeKind::Word) return;
    const std::string_view name = module.tree.text(word);
    const Span span = module.tree.span(word);
    report_hidden_word(name, span);
    if (const Import* alias = find_alias(package_, id, name)) {
      sink_.add(with_first_place(diag::DuplicateName{.name = std::string(name)}.at(span), alias->span));
      return;
    }
    const auto declaration = static_cast<DeclarationId>(package_.declarations.size());
    const auto [known, is_new] = module.declarations.try_emplace(name, declaration);
    if (!is_new) {
      const Span first = package_.declarations[known->second].name_span;
      sink_.add(with_first_place(diag::DuplicateName{.name = std::string(name)}.at(span), first));
      return;
    }
    package_.declarations.push_back({kind, id, node, name, span});
    if (kind == DeclarationKind::Param) declare_parameter(name, span);
  }

  /// Overrides and reports name parameters without their module.
  void declare_parameter(std::string_view name, Span span) {
    const auto [known, is_new] = parameters_.try_emplace(name, span);
    if (!is_new)
      sink_.add(
          with_first_place(diag::DuplicateParameter{.name = std::string(name)}.at(span), known->second));
  }

  void report_hidden_word(std::string_view name, Span span) {
    const std::string_view meaning = builtin_meaning(name);
    if (!meaning.empty())
      sink_.add(diag::HidesBuiltin{.name = std::string(name), .meaning = std::string(meaning)}.at(span));
  }

  void add_control(ModuleId id, NodeId node, NodeId group) {
    if (package_.controls.size() == limits::kControls) {
      const std::string limit = std::to_string(limits::kControls);
      sink_.add(diag::TooManyControls{.limit = limit}.at(package_.tree(id).span(node)));
      return;
    }
    const SyntaxTree& tree = package_.tree(id);
    const NodeId name = tree.child(node, 0);
    const auto index = static_cast<std::uint32_t>(package_.controls.size());
    package_.controls.push_back({id, node, group, grammar::decode_string(tree, name)});
    add_id(package_.controls.back().id, index, tree.span(name));
    for (const NodeId clause : tree.children(node)) {
      if (tree.kind(clause) != NodeKind::Formerly) continue;
      for (const NodeId former : tree.children(clause))
        add_id(grammar::decode_string(tree, former), index, tree.span(former));
    }
  }

  void add_id(const std::string& id, std::uint32_t control, Span span) {
    if (!is_id(id)) {
      sink_.add(diag::BadControlId{.id = id, .limit = std::to_string(limits::kControlId)}.at(span));
      return;
    }
    std::string folded = fold_id(id);
    const auto [known, is_new] = id_spans_.try_emplace(folded, span);
    if (!is_new) {
      sink_.add(with_first_place(diag::DuplicateControlId{.id = id}.at(span), known->second));
      return;
    }
    package_.controls_by_id.emplace(std::move(folded), control);
  }

  Package& package_;
  base::DiagnosticSink& sink_;
  Span policy_;
  std::unordered_map<std::string_view, Span> parameters_;
  std::unordered_map<std::string, Span> id_spans_;
};

}  // namespace

void collect_declarations(Package& package, base::DiagnosticSink& sink) {
  Collector(package, sink).run();
}

NameMeaning find_name(const Package& package, ModuleId from, std::string_view name) {
  if (from == kNoModule) return NoSuchName{};
  const Module& module = package.modules[from];
  std::optional<DeclarationId> found;
  const auto own = module.declarations.find(name);
  if (own != module.declarations.end()) found = own->second;
  for (const Import& import : module.imports) {
    if (!import.alias.empty()) continue;
    const auto& imported = package.modules[import.module].declarations;
    const auto other = imported.find(name);
    if (other == imported.end() || found == other->second) continue;
    if (found) return AmbiguousName{*found, other->second};
    found = other->second;
  }
  return found ? NameMeaning(*found) : NameMeaning(NoSuchName{});
}

bool may_be_lost(const Package& package, ModuleId from, std::string_view name) {
  if (from == kNoModule) return false;
  return package.modules[from].lacks_import || package.broken_words.contains(fold_id(name));
}

const Import* find_alias(const Package& package, ModuleId from, std::string_view alias) {
  if (from == kNoModule) return nullptr;
  for (const Import& import : package.modules[from].imports) {
    if (!import.alias.empty() && import.alias == alias) return &import;
  }
  return nullptr;
}

std::vector<std::string_view> visible_names(const Package& package, ModuleId from) {
  std::vector<std::string_view> names;
  if (from == kNoModule) return names;
  const Module& module = package.modules[from];
  const auto add_declarations = [&](ModuleId id) {
    for (const auto& [name, declaration] : package.modules[id].declarations) names.push_back(name);
  };
  add_declarations(from);
  for (const Import& import : module.imports) {
    if (import.alias.empty()) {
      add_declarations(import.module);
    } else {
      names.push_back(import.alias);
    }
  }
  std::sort(names.begin(), names.end());  // a suggestion must not depend on the order of a hash table
  return names;
}

std::vector<std::string_view> own_names(const Package& package, ModuleId module) {
  std::vector<std::string_view> names;
  for (const auto& [name, declaration] : package.modules[module].declarations) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= limits::kControlId &&
         std::all_of(text.begin(), text.end(), is_id_character);
}

std::string fold_id(std::string_view id) {
  std::string folded(id);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

}  // namespace polc::compiler
