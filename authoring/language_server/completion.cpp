// What could be typed at a place. The text is being typed, so its tree may be broken there: tokens up to the place say
// where it is.
#include <algorithm>
#include <array>
#include <set>

#include "authoring/language_server/completion_context.hpp"
#include "authoring/language_server/features.hpp"
#include "authoring/limits.hpp"
#include "compiler/resolve/block_fields.hpp"
#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/words.hpp"
#include "compiler/tests.hpp"
#include "grammar/declarations.hpp"
#include "grammar/literals.hpp"
#include "grammar/scan.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/value/iis_schema.hpp"
#include "stdlib/embedded.hpp"

namespace polc::authoring {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::TokenKind;
using Kind = CompletionKind;

constexpr std::string_view kGroupItems[] = {"control", "when"};
constexpr std::string_view kFunctions[] = {"count", "int", "lower",     "split",    "has_bits", "dword",
                                           "qword", "sz",  "expand_sz", "multi_sz", "binary"};

class Completer {
 public:
  explicit Completer(const Query& query)
      : query_(query),
        package_(*query.analysis.package),
        context_(read_context(query.tree().source(), query.offset)) {}

  Completions run() {
    result_.replace = {query_.tree().file(), context_.typed_begin, context_.typed_end};
    if (context_.in_comment) return std::move(result_);
    if (context_.in_string) {
      complete_string();
    } else if (context_.item.empty()) {
      complete_item();
    } else {
      complete_behind(context_.item.back());
    }
    return std::move(result_);
  }

 private:
  void add(std::string_view label, Kind kind, std::string_view detail = {}) {
    if (!fits(label)) return;
    if (result_.items.size() == limits::kCompletionItems) {
      result_.complete = false;
    } else if (labels_.insert(std::string(label)).second) {
      result_.items.push_back({std::string(label), kind, std::string(detail)});
    }
  }

  /// Words by their beginning; paths and titles by any part of them.
  bool fits(std::string_view label) const {
    const std::size_t at = base::fold_case(label).find(base::fold_case(context_.typed));
    return context_.in_string ? at != std::string::npos : at == 0;
  }

  template <class Words>
  void add_all(const Words& words, Kind kind = Kind::Keyword) {
    for (const std::string_view word : words) add(word, kind);
  }

  void complete_item() {
    if (context_.body.empty()) return add_declarations();
    if (context_.body == "control") return add_all(grammar::clause_words());
    if (context_.body == "group") return add_all(kGroupItems);
    if (context_.body == "policy") return add_all(compiler::policy_fields());
    if (context_.body == "setting") return add_all(compiler::setting_fields());
    if (context_.body == "element") return add_all(compiler::element_fields());
    if (context_.body == "waive") return add_all(compiler::waiver_fields());
    if (context_.body == "profile") return add_all(grammar::profile_words());
    if (context_.body == "test") return add_all(grammar::test_words());
  }

  void add_declarations() {
    for (const grammar::DeclarationRule& rule : grammar::declarations()) add(rule.word, Kind::Keyword);
  }

  void add_severities() {
    for (const ir::Severity severity : {ir::Severity::Critical, ir::Severity::High, ir::Severity::Medium,
                                        ir::Severity::Low, ir::Severity::Info})
      add(ir::severity_name(severity), Kind::EnumMember);
  }

  std::string_view first_word() const { return context_.item.front().text; }

  void complete_behind(const ContextToken& last) {
    if (last.text == ".") return complete_member();
    if (first_word() == "use" && context_.item.size() == 1) return add_modules();
    if (first_word() == "severity" && context_.body == "control") return add_severities();
    if (first_word() == "expect" && last.token.kind == TokenKind::String)
      return add_all(compiler::verdict_words(), Kind::EnumMember);
    if (last.text == "stricter") {
      add("up", Kind::Keyword);
      return add("down", Kind::Keyword);
    }
    if (last.text == ":" && first_word() == "param" && context_.item.size() == 3) return add_types();
    if (context_.body == "control" || first_word() == "when") add_next_clauses();
    complete_expression();
  }

  /// On a new line an item can begin as well as an expression go on.
  void add_next_clauses() {
    const std::string_view text = query_.tree().source();
    if (!grammar::first_on_line(text, context_.typed_begin)) return;
    if (context_.body == "control") add_all(grammar::clause_words());
    if (context_.body == "group") add_all(kGroupItems);
  }

  void add_modules() {
    for (const stdlib::Module& module : stdlib::modules()) add(module.name, Kind::Module);
  }

  void add_types() {
    for (const std::string_view type :
         {"bool", "int", "text", "name", "path", "version", "duration", "date", "port", "principal", "rights",
          "address_set", "set of", "list of", "enum"}) {
      add(type, Kind::Keyword);
    }
  }

  void complete_expression() {
    add_names();
    if (const auto compared = context_.compared(); compared && add_words(*compared)) return;
    for (const value::ResourceInfo& resource : value::resource_catalogue())
      add(resource.name, Kind::Function, resource.doc);
    add_all(kFunctions, Kind::Function);
    add_all(grammar::reserved_words());
    add("by", Kind::Keyword);
    for (const value::EnumInfo& enumeration : value::enumerations()) {
      for (const std::string_view member : enumeration.members)
        add(member, Kind::EnumMember, enumeration.name);
    }
    add_principals();
    for (const value::PrivilegeInfo& privilege : value::privileges()) {
      add(privilege.name, Kind::Constant, privilege.policy_name);
    }
  }

  void add_names() {
    for (const std::string_view name : compiler::visible_names(package_, query_.module))
      add(name, kind_of(name));
    add_locals();
  }

  void add_principals() {
    for (const value::WellKnownPrincipal& principal : value::well_known_principals()) {
      if (principal.alias.find(' ') == std::string_view::npos)
        add(principal.alias, Kind::Constant, "principal");
    }
  }

  /// The words that a type has; false for types that have none of their own.
  bool add_words(const CompletionContext::Compared& compared) {
    switch (compared.type.kind) {
      case value::TypeKind::Enum:
        for (const std::string_view member : value::enumerations()[compared.type.detail].members)
          add(member, Kind::EnumMember, compared.resource->doc);
        return true;
      case value::TypeKind::Bool:
        add_all(std::array<std::string_view, 2>{"true", "false"});
        return true;
      case value::TypeKind::PolicyState:
        add_all(std::array<std::string_view, 3>{"Enabled", "Disabled", compiler::kNotConfigured},
                Kind::EnumMember);
        return true;
      case value::TypeKind::AddressSet:
        add_all(std::array<std::string_view, 3>{"any", "none", "loopback"}, Kind::Constant);
        return true;
      case value::TypeKind::Principal:
        add_principals();
        return true;
      default:
        return false;
    }
  }

  Kind kind_of(std::string_view name) const {
    const compiler::NameMeaning meaning = compiler::find_name(package_, query_.module, name);
    const auto* id = std::get_if<compiler::DeclarationId>(&meaning);
    if (id == nullptr) return Kind::Module;
    const compiler::DeclarationKind kind = package_.declarations[*id].kind;
    return kind == compiler::DeclarationKind::Def ? Kind::Function : Kind::Variable;
  }

  /// `all p in ...`: the variables that stand in the item so far.
  void add_locals() {
    for (std::size_t i = 0; i + 2 < context_.item.size(); ++i) {
      const bool quantifier = context_.item[i].text == "all" || context_.item[i].text == "any";
      if (quantifier && context_.item[i + 2].text == "in") add(context_.item[i + 1].text, Kind::Variable);
    }
    for (std::size_t i = 0; first_word() == "def" && i + 1 < context_.item.size(); ++i) {
      if (context_.item[i + 1].text == ":") add(context_.item[i].text, Kind::Variable);
    }
  }

  void complete_member() {
    const std::size_t dot = context_.item.size() - 1;
    const std::string_view object = dot == 0 ? std::string_view() : context_.object_at(dot - 1);
    if (first_word() == "use") return add_standard_names();
    if (const compiler::Import* import = compiler::find_alias(package_, query_.module, object)) {
      for (const std::string_view name : compiler::own_names(package_, import->module))
        add(name, Kind::Variable);
      return;
    }
    if (const value::ResourceInfo* resource = value::find_resource(object)) {
      for (const value::AttributeInfo& attribute : resource->attributes) {
        add(attribute.name, Kind::Property, attribute.doc);
      }
      return;
    }
    for (const value::RecordInfo& record : value::records()) {
      for (const value::FieldInfo& field : record.fields) add(field.name, Kind::Field, record.name);
    }
  }

  void add_standard_names() {
    for (const stdlib::Module& module : stdlib::modules()) {
      if (module.name.starts_with("std.")) add(module.name.substr(4), Kind::Module);
    }
  }

  void complete_string() {
    if (context_.item.empty()) return;
    const auto [callee, argument] = context_.open_call();
    const bool registry = callee == "registry" || callee == "registry_key" || callee == "registry_acl";
    if (callee == "gpo" && argument == 0) return add_settings();
    if (registry && argument == 0) return add_keys();
    if (callee == "registry" && argument == 1) return add_value_names();
    if (callee == "audit") return add_subcategories();
    if ((callee == "iis" || callee == "iis_list") && argument == 0) return add_sections(callee == "iis_list");
    if (callee == "iis" && argument == 1) return add_section_attributes();
    const std::string_view first = first_word();
    if (first == "waive" || first == "include" || first == "exclude" || first == "loosen" ||
        (first == "severity" && context_.body == "profile") || first == "expect" || first == "cases") {
      for (const compiler::ControlDeclaration& control : package_.controls) add(control.id, Kind::Reference);
    }
    if (first == "profile") {
      for (const compiler::ProfileDeclaration& profile : package_.profiles)
        add(profile.name, Kind::Reference);
    }
    if (first == "use") add_files();
  }

  void add_settings() {
    for (const compiler::Setting& setting : query_.analysis.settings.all()) {
      add(setting.path, Kind::Property, value::type_name(setting.type));
    }
  }

  void add_keys() {
    for (const compiler::Setting& setting : query_.analysis.settings.all()) {
      const std::string_view hive = setting.scope == ir::Scope::User ? "HKCU\\" : "HKLM\\";
      if (!setting.key.empty()) add(std::string(hive) + setting.key, Kind::Property);
    }
    for_each_registry_call([&](std::string_view key, std::string_view) { add(key, Kind::Property); });
  }

  void add_value_names() {
    const auto open = std::find_if(context_.item.rbegin(), context_.item.rend(),
                                   [](const ContextToken& t) { return t.token.kind == TokenKind::String; });
    if (open == context_.item.rend()) return;
    const std::string_view key = open->text.substr(1, open->text.size() - 2);
    for (const compiler::Setting& setting : query_.analysis.settings.all()) {
      const std::string_view below = key.size() > 5 ? key.substr(5) : key;
      if (base::equal_folded(setting.key, below)) add(setting.value_name, Kind::Property, setting.path);
    }
    for_each_registry_call([&](std::string_view other, std::string_view name) {
      if (base::equal_folded(other, key)) add(name, Kind::Property);
    });
  }

  /// What the linked policies read already.
  template <class Use>
  void for_each_registry_call(const Use& use) {
    for (const compiler::Module& module : package_.modules) {
      const grammar::SyntaxTree& tree = module.tree;
      for (NodeId id = 1; id < tree.size(); ++id) {
        if (tree.kind(id) != NodeKind::Call || tree.text(tree.child(id, 0)) != "registry") continue;
        const NodeId key = tree.child(id, 1);
        const NodeId name = tree.child(id, 2);
        const bool strings = grammar::is_string(tree.kind(key)) && grammar::is_string(tree.kind(name));
        if (strings) use(grammar::decode_string(tree, key), grammar::decode_string(tree, name));
      }
    }
  }

  void add_sections(bool collections) {
    for (const value::IisElement& element : value::iis_schema()) {
      if (!collections || element.collection) add(element.path, Kind::Property);
    }
  }

  void add_section_attributes() {
    const value::IisElement* element = value::find_iis_element(context_.first_argument());
    if (element == nullptr) return;
    for (const value::IisAttribute& attribute : element->attributes)
      add(attribute.name, Kind::Property, value::type_name(value::iis_type(attribute)));
  }

  void add_subcategories() {
    for (const value::AuditSubcategory& subcategory : value::audit_subcategories()) {
      add(subcategory.name, Kind::EnumMember);
    }
  }

  /// Modules of the package, as this file would write them.
  void add_files() {
    const std::string folder = os::parent_path("/" + package_.modules[query_.module].name);
    for (const compiler::Module& module : package_.modules) {
      if (module.embedded) continue;
      if (const auto inside = os::path_inside(folder, "/" + module.name)) add("./" + *inside, Kind::File);
    }
  }

  const Query& query_;
  const compiler::Package& package_;
  CompletionContext context_;
  Completions result_;
  std::set<std::string> labels_;
};

}  // namespace

Completions complete(const Query& query) {
  return Completer(query).run();
}

}  // namespace polc::authoring
