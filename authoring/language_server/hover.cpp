#include <fmt/format.h>

#include <array>
#include <utility>

#include "authoring/language_server/features.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/escape.hpp"

namespace polc::authoring {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

constexpr std::array<std::pair<NodeKind, std::string_view>, 11> kClauseHelp{{
    {NodeKind::Severity, "`severity critical|high|medium|low|info`; medium unless written"},
    {NodeKind::Tags, "`tags \"a\", \"b\"`: words to choose controls by (`--tag`)"},
    {NodeKind::Refs, "`refs stig(...), cis(...), cce(...), nist(...), cwe(...), url(...)`"},
    {NodeKind::Because, "Why the control is there; Markdown, shown in reports"},
    {NodeKind::Fix, "How to make a host pass; Markdown, shown in reports"},
    {NodeKind::When, "The control applies only where this holds; unknown is never a skip"},
    {NodeKind::Require,
     "`require [label:] condition`; all must hold, each is reported. An absent fact fails unless the "
     "condition says otherwise"},
    {NodeKind::Manual,
     "A question that a person answers: `manual \"question\" [attested \"key\"] [within 90d]`"},
    {NodeKind::Formerly, "Ids of the past: waivers and baselines follow"},
    {NodeKind::Param, "`param name: type [in domain] [= default] [stricter up|down] [\"description\"]`"},
    {NodeKind::Waive,
     "Accepts failures for a time: `waive \"ID\" on host \"glob\" until 2027-01-31 { reason owner }`"},
}};

std::string resource_text(const value::ResourceInfo& resource) {
  std::string parameters;
  for (const value::ParameterInfo& parameter : resource.parameters) {
    if (!parameters.empty()) parameters += ", ";
    parameters += fmt::format("{}: {}{}", parameter.name, value::type_name(parameter.type),
                              parameter.required ? "" : "?");
  }
  const std::string call =
      parameters.empty() ? std::string(resource.name) : fmt::format("{}({})", resource.name, parameters);
  std::string text = base::markdown_fence(call, "polc") + '\n' + base::markdown_text(resource.doc) + "\n";
  for (const value::ParameterInfo& parameter : resource.parameters) {
    text +=
        fmt::format("\n- {}: {}", base::markdown_code(parameter.name), base::markdown_text(parameter.doc));
  }
  text += "\n\n**Attributes**\n";
  for (const value::AttributeInfo& attribute : resource.attributes) {
    text += fmt::format("\n- {} ({}): {}", base::markdown_code(attribute.name),
                        base::markdown_text(value::type_name(attribute.type)),
                        base::markdown_text(attribute.doc));
  }
  if (!resource.privilege.empty()) text += "\n\nRead live with: " + base::markdown_text(resource.privilege);
  return text + "\n\n**Example**\n\n" + base::markdown_fence(resource.example, "polc");
}

std::string attribute_text(const value::ResourceInfo& resource, value::AttributeId id) {
  const value::AttributeInfo& attribute = resource.attributes[id];
  std::string text = base::markdown_fence(
      fmt::format("{}.{}: {}", resource.name, attribute.name, value::type_name(attribute.type)), "polc");
  text += '\n' + base::markdown_text(attribute.doc) +
          (attribute.total ? "\n\nNever absent." : "\n\nMay be absent.");
  if (attribute.type.kind != value::TypeKind::Enum) return text;
  const value::EnumInfo& members = value::enumerations()[attribute.type.detail];
  text += "\n\nOne of";
  for (const std::string_view member : members.members) text += ' ' + base::markdown_code(member);
  return text;
}

/// The first part of the path tells whose configuration it is; the last one is the name.
std::string setting_text(const compiler::Setting& setting) {
  std::string text = "**" + base::markdown_text(setting.path.substr(setting.path.rfind('/') + 1)) + "**\n\n" +
                     base::markdown_text(setting.path) + "\n";
  text += "\n- type: " + base::markdown_code(value::type_name(setting.type));
  if (!setting.key.empty()) {
    const std::string value =
        setting.value_name.empty() ? "" : ", value " + base::markdown_code(setting.value_name);
    text += "\n- registry key " + base::markdown_code(setting.key) + value;
  }
  if (!setting.inf_key.empty()) {
    text +=
        "\n- security template: " + base::markdown_code("[" + setting.inf_section + "] " + setting.inf_key);
  }
  if (!setting.right.empty()) text += "\n- right: " + base::markdown_code(setting.right);
  for (const compiler::SettingElement& element : setting.elements) {
    if (!element.label.empty()) text += "\n- input " + base::markdown_code(element.label);
    for (const compiler::SettingOption& option : element.options)
      text += "\n  - " + base::markdown_code(option.label);
  }
  return text;
}

class Describer {
 public:
  explicit Describer(const compiler::Package& package) : package_(package) {}

  std::string text(const Symbol& symbol) const {
    if (const auto* declared = std::get_if<DeclaredSymbol>(&symbol))
      return declared_text(declared->declaration);
    if (const auto* control = std::get_if<ControlSymbol>(&symbol)) return control_text(control->control);
    if (const auto* profile = std::get_if<ProfileSymbol>(&symbol)) return profile_text(profile->profile);
    if (const auto* setting = std::get_if<SettingSymbol>(&symbol)) return setting_text(*setting->setting);
    if (const auto* module = std::get_if<ModuleSymbol>(&symbol)) {
      return module_text(module->module);
    }
    if (const auto* resource = std::get_if<ResourceSymbol>(&symbol)) {
      return resource->attribute ? attribute_text(*resource->resource, *resource->attribute)
                                 : resource_text(*resource->resource);
    }
    if (const auto* local = std::get_if<LocalSymbol>(&symbol)) {
      return "variable " +
             base::markdown_code(package_.tree(local->declared.module).text(local->declared.node));
    }
    return {};
  }

 private:
  std::string declared_text(compiler::DeclarationId id) const {
    const compiler::Declaration& declaration = package_.declarations[id];
    const SyntaxTree& tree = package_.tree(declaration.module);
    const std::string doc = tree.doc_comment(declaration.node);
    std::string text = base::markdown_fence(tree.text(declaration.node), "polc");
    if (!doc.empty()) text += '\n' + base::markdown_block(doc) + '\n';
    return text + "\nfrom " + base::markdown_code(package_.modules[declaration.module].name);
  }

  /// What it declares, as an editor cannot open a module of the standard library.
  std::string module_text(compiler::ModuleId id) const {
    std::string text = "module " + base::markdown_code(package_.modules[id].name) + "\n";
    for (const compiler::Declaration& declaration : package_.declarations) {
      if (declaration.module != id) continue;
      text +=
          "\n- " + base::markdown_code(package_.tree(id).text(package_.tree(id).child(declaration.node, 0)));
    }
    return text;
  }

  std::string profile_text(compiler::ProfileId id) const {
    const compiler::ProfileDeclaration& profile = package_.profiles[id];
    const SyntaxTree& tree = package_.tree(profile.module);
    const std::string doc = tree.doc_comment(profile.node);
    std::string text = base::markdown_fence(tree.text(profile.node), "polc");
    return doc.empty() ? text : text + '\n' + base::markdown_block(doc) + '\n';
  }

  std::string control_text(std::uint32_t index) const {
    const compiler::ControlDeclaration& control = package_.controls[index];
    const SyntaxTree& tree = package_.tree(control.module);
    std::string text = "**" + base::markdown_text(control.id) + "** " +
                       base::markdown_text(grammar::decode_string(tree, tree.child(control.node, 1)));
    const NodeId because = tree.child_of_kind(control.node, NodeKind::Because);
    if (because != grammar::kNoNode) {
      text += "\n\n" + base::markdown_block(grammar::decode_string(tree, tree.child(because, 0)));
    }
    return text;
  }

  const compiler::Package& package_;
};

/// The word that begins a clause or declaration is no node of its own.
std::optional<Hover> keyword_hover(const SyntaxTree& tree, NodeId node, std::uint32_t offset) {
  for (const auto& [kind, text] : kClauseHelp) {
    if (tree.kind(node) != kind) continue;
    const auto length = tree.text(node).find_first_of(" \t\r\n/\"'");
    base::Span word = tree.span(node);
    word.end = word.begin + static_cast<std::uint32_t>(std::min(length, tree.text(node).size()));
    if (offset <= word.end) return Hover{std::string(text), word};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Hover> hover(const Query& query) {
  const SyntaxTree& tree = query.tree();
  const std::vector<NodeId> path = path_to(tree, query.offset);
  if (auto found = keyword_hover(tree, path.back(), query.offset)) return found;
  const std::string text =
      Describer(*query.analysis.package).text(symbol_at(query.analysis, query.module, path));
  if (text.empty()) return std::nullopt;
  return Hover{text, tree.span(path.back())};
}

}  // namespace polc::authoring
