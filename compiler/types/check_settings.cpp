#include "compiler/types/check_settings.hpp"

#include <algorithm>
#include <unordered_map>

#include "compiler/resolve/block_fields.hpp"
#include "compiler/resolve/words.hpp"
#include "compiler/types/registry_data.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::compiler {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using value::RegistryType;
using value::TypeKind;
using value::Value;

constexpr std::string_view kComputer = "Computer Configuration/";
constexpr std::string_view kUser = "User Configuration/";

bool starts_with(std::string_view text, std::string_view prefix) {
  return base::equal_folded(text.substr(0, prefix.size()), prefix);
}

class SettingChecker {
 public:
  SettingChecker(const Package& package, Checker& checker, SettingCatalogue& catalogue,
                 base::DiagnosticSink& sink)
      : package_(package), checker_(checker), catalogue_(catalogue), sink_(sink) {}

  void run() {
    for (module_ = 0; module_ < package_.modules.size(); ++module_) {
      for (const NodeId node : tree().children(tree().root())) {
        if (tree().kind(node) == NodeKind::Setting) check(node);
      }
    }
  }

 private:
  const grammar::SyntaxTree& tree() const { return package_.tree(module_); }
  base::Span span(NodeId node) const { return tree().span(node); }

  bool fail(base::Diagnostic diagnostic) {
    sink_.add(std::move(diagnostic));
    return false;
  }

  void check(NodeId node) {
    Setting setting;
    const NodeId path = tree().child(node, 0);
    setting.path = grammar::decode_string(tree(), path);
    setting.span = span(path);
    const BlockFields fields = fields_of(node, setting_fields());
    if (!fields.correct || !read_place(fields, setting) || !read_data(fields, setting) ||
        !read_elements(fields, setting) || !read_sources(fields, setting) ||
        !set_type(node, fields, setting) || !read_bounds(fields, setting) || !read_default(fields, setting)) {
      return;
    }
    add(std::move(setting));
  }

  void add(Setting setting) {
    if (setting.scope != ir::Scope::Both) return add_one(std::move(setting));
    // One declaration, two settings: the same path below Computer and below User Configuration.
    const std::string_view prefix = starts_with(setting.path, kUser) ? kUser : kComputer;
    const std::string tail = setting.path.substr(prefix.size());
    Setting user = setting;
    setting.path = std::string(kComputer) + tail;
    setting.scope = ir::Scope::Machine;
    user.path = std::string(kUser) + tail;
    user.scope = ir::Scope::User;
    add_one(std::move(setting));
    add_one(std::move(user));
  }

  void add_one(Setting setting) {
    const std::string path = setting.path;
    const base::Span place = setting.span;
    const Setting* earlier = catalogue_.add(std::move(setting));
    if (earlier == nullptr) return;
    base::Diagnostic twice = diag::DuplicateSetting{.path = path}.at(place);
    twice.labels.push_back({earlier->span, "first declared here"});
    fail(std::move(twice));
  }

  // --- fields

  BlockFields fields_of(NodeId block, const std::vector<std::string_view>& known) {
    return block_fields(tree(), block, "a setting", known, "element", sink_);
  }

  /// The only value of a field, as a text, number or bare word.
  NodeId value_node(NodeId field) const { return tree().child(field, 1); }

  std::optional<std::string> text_of(NodeId field, std::size_t n = 1) {
    const NodeId node = tree().child(field, n);
    const auto constant = checker_.check_constant(module_, node, Expected::of(value::simple(TypeKind::Text)));
    if (!constant) return std::nullopt;
    return *constant->value.get<std::string>();
  }

  bool read_place(const BlockFields& fields, Setting& setting) {
    const NodeId scope = fields.find("scope");
    if (scope == grammar::kNoNode) return fail(diag::SettingNeeds{.what = "scope"}.at(setting.span));
    static const std::vector<std::string_view> known{"machine", "user", "both"};
    const std::string_view word = tree().text(value_node(scope));
    const auto found = std::find(known.begin(), known.end(), word);
    if (found == known.end()) return unknown_word(value_node(scope), "scope of a setting", known);
    setting.scope = static_cast<ir::Scope>(found - known.begin());
    const bool machine = starts_with(setting.path, kComputer);
    const bool user = starts_with(setting.path, kUser);
    const bool fits = setting.scope == ir::Scope::Both      ? machine || user
                      : setting.scope == ir::Scope::Machine ? machine
                                                            : user;
    if (!fits) return fail(diag::SettingPath{.scope = std::string(word)}.at(setting.span));

    if (const NodeId key = fields.find("key"); key != grammar::kNoNode) {
      const auto written = text_of(key);
      if (!written) return false;
      const auto canonical = value::canonical_registry_key("HKLM\\" + *written);
      if (!canonical)
        return fail(diag::BadRegistryKey{.key = *written, .suggestion = ""}.at(span(value_node(key))));
      setting.key = canonical->substr(5);
    }
    if (const NodeId name = fields.find("value"); name != grammar::kNoNode) {
      const auto written = text_of(name);
      if (!written) return false;
      setting.value_name = *written;
    }
    return true;
  }

  bool unknown_word(NodeId node, std::string type, const std::vector<std::string_view>& known) {
    const std::string_view word = tree().text(node);
    return fail(with_nearest(
        diag::UnknownMember{.word = std::string(word), .type = std::move(type), .hint = advice(word, known)}
            .at(span(node)),
        word, known));
  }

  bool read_registry_type(NodeId field, RegistryType& type) {
    const std::string_view word = tree().text(value_node(field));
    const auto named = registry_type_named(word);
    if (named) type = *named;
    static const std::vector<std::string_view> known{"dword",    "qword",  "sz",  "expand_sz",
                                                     "multi_sz", "binary", "int", "duration"};
    return named || unknown_word(value_node(field), "type of a setting", known);
  }

  /// `type`, `enabled`, `disabled`.
  bool read_data(const BlockFields& fields, Setting& setting) {
    if (const NodeId type = fields.find("type"); type != grammar::kNoNode) {
      const std::string_view word = tree().text(value_node(type));
      const bool plain = word == "int" || word == "duration" || word == "bool";
      if (!plain && !read_registry_type(type, setting.registry_type)) return false;
    }
    for (const std::string_view state : {"enabled", "disabled"}) {
      const NodeId field = fields.find(state);
      if (field == grammar::kNoNode) continue;
      const NodeId written = value_node(field);
      if (tree().text(written) == "absent") {
        if (state == "enabled") return fail(diag::EnabledAbsent{}.at(span(written)));
        setting.disabled_deletes = true;
        continue;
      }
      const auto data = read_registry_data(written, setting.registry_type);
      if (!data) return false;
      (state == "enabled" ? setting.enabled : setting.disabled) = Value(*data);
    }
    return true;
  }

  std::optional<value::RegistryData> read_registry_data(NodeId node, RegistryType type) {
    const auto constant = checker_.check_constant(module_, node, {});
    if (!constant) return std::nullopt;
    if (const auto* data = constant->value.get<value::RegistryData>()) return *data;
    const auto data = registry_data(constant->value, type);
    if (!data) {
      fail(
          diag::BadRegistryData{.type = "this type", .found = std::string(tree().text(node))}.at(span(node)));
    }
    return data;
  }

  bool read_elements(const BlockFields& fields, Setting& setting) {
    for (const NodeId field : fields.repeated) {
      const auto label = text_of(field);
      const NodeId block = tree().child_of_kind(field, NodeKind::FieldBlock);
      if (!label) return false;
      if (block == grammar::kNoNode)
        return fail(diag::SettingNeeds{.what = "a block after `element`"}.at(span(field)));
      const BlockFields inner = fields_of(block, element_fields());
      SettingElement element;
      element.label = *label;
      if (!inner.correct || !read_element(inner, field, element)) return false;
      setting.elements.push_back(std::move(element));
    }
    return true;
  }

  bool read_element(const BlockFields& fields, NodeId node, SettingElement& element) {
    if (const NodeId key = fields.find("key"); key != grammar::kNoNode) {
      const auto written = text_of(key);
      const auto canonical =
          written ? value::canonical_registry_key("HKLM\\" + *written) : std::optional<std::string>();
      if (!written) return false;
      if (!canonical)
        return fail(diag::BadRegistryKey{.key = *written, .suggestion = ""}.at(span(value_node(key))));
      element.key = canonical->substr(5);
    }
    const NodeId name = fields.find("value");
    if (name == grammar::kNoNode) return fail(diag::SettingNeeds{.what = "value"}.at(span(node)));
    const auto written = text_of(name);
    if (!written) return false;
    element.value_name = *written;
    if (const NodeId type = fields.find("type");
        type != grammar::kNoNode && !read_registry_type(type, element.type))
      return false;
    if (const NodeId options = fields.find("options");
        options != grammar::kNoNode && !read_options(value_node(options), element)) {
      return false;
    }
    const NodeId range = fields.find("range");
    return range == grammar::kNoNode || read_range(value_node(range), element.min, element.max);
  }

  /// `options { "All drives": 0xFF }`
  bool read_options(NodeId braces, SettingElement& element) {
    for (const NodeId entry : tree().children(braces)) {
      if (tree().kind(entry) != NodeKind::Entry) return fail(diag::OptionsAreEntries{}.at(span(entry)));
      const NodeId key = tree().child(entry, 0);
      const auto label = checker_.check_constant(module_, key, Expected::of(value::simple(TypeKind::Text)));
      const auto data = read_registry_data(tree().child(entry, 1), element.type);
      if (!label || !data) return false;
      element.options.push_back({*label->value.get<std::string>(), Value(*data)});
    }
    return true;
  }

  bool read_range(NodeId node, std::optional<value::Integer>& min, std::optional<value::Integer>& max) {
    const NodeId range = tree().unparen(node);
    if (tree().kind(range) != NodeKind::Range) return fail(diag::RangeExpected{}.at(span(node)));
    const Expected number = Expected::of(value::simple(TypeKind::Int));
    const auto low = checker_.check_constant(module_, tree().child(range, 0), number);
    const auto high = checker_.check_constant(module_, tree().child(range, 1), number);
    if (!low || !high) return false;
    min = low->value.get<value::Number>()->low;
    max = high->value.get<value::Number>()->low;
    return *min <= *max || fail(diag::EmptyDomain{.domain = std::string(tree().text(range))}.at(span(range)));
  }

  /// `inf`, `right`, `audit`.
  bool read_sources(const BlockFields& fields, Setting& setting) {
    if (const NodeId inf = fields.find("inf"); inf != grammar::kNoNode) {
      if (tree().child_count(inf) != 3) return fail(diag::InfNeedsTwo{}.at(span(inf)));
      const auto section = text_of(inf, 1);
      const auto key = text_of(inf, 2);
      if (!section || !key) return false;
      setting.inf_section = *section;
      setting.inf_key = *key;
    }
    if (const NodeId right = fields.find("right"); right != grammar::kNoNode) {
      const NodeId word = value_node(right);
      const value::PrivilegeInfo* privilege = value::find_privilege(tree().text(word));
      if (privilege == nullptr) {
        std::vector<std::string_view> known;
        for (const value::PrivilegeInfo& info : value::privileges()) known.push_back(info.name);
        const std::string_view written = tree().text(word);
        return fail(diag::UnknownPrivilege{.name = std::string(written),
                                           .suggestion = std::string(base::nearest(written, known))}
                        .at(span(word)));
      }
      setting.right = privilege->name;
    }
    if (const NodeId audit = fields.find("audit"); audit != grammar::kNoNode) {
      const auto name = text_of(audit);
      if (!name) return false;
      const std::string guid = value::canonical_guid(*name).value_or("");
      std::vector<std::string_view> known;
      for (const value::AuditSubcategory& subcategory : value::audit_subcategories()) {
        known.push_back(subcategory.name);
        if (base::equal_folded(subcategory.name, *name) || subcategory.guid == guid)
          setting.audit_guid = subcategory.guid;
      }
      if (setting.audit_guid.empty()) {
        return fail(
            diag::UnknownSubcategory{.name = *name, .suggestion = std::string(base::nearest(*name, known))}
                .at(span(value_node(audit))));
      }
    }
    return true;
  }

  /// The type that policies compare the setting with.
  bool set_type(NodeId node, const BlockFields& fields, Setting& setting) {
    const NodeId type = fields.find("type");
    const std::string_view word =
        type != grammar::kNoNode ? tree().text(value_node(type)) : std::string_view();
    const bool has_states = setting.enabled || setting.disabled || setting.disabled_deletes;
    if (!setting.right.empty()) {
      setting.type = value::set_of(TypeKind::Principal);
    } else if (!setting.audit_guid.empty()) {
      setting.type = value::set_of(TypeKind::Enum, value::enumeration_index("audit_outcome"));
    } else if (fields.find("options") != grammar::kNoNode) {
      return set_choice(fields, setting);
    } else if (has_states || !setting.elements.empty()) {
      setting.type = value::simple(TypeKind::PolicyState);
    } else if (word == "duration" || word == "bool") {
      setting.type = value::type_from_name(word);
    } else if (setting.registry_type == RegistryType::MultiSz) {
      setting.type = value::list_of(TypeKind::Text);
    } else if (setting.registry_type == RegistryType::Sz || setting.registry_type == RegistryType::ExpandSz) {
      setting.type = value::simple(TypeKind::Text);
    } else {
      setting.type = value::simple(TypeKind::Int);
    }
    const bool somewhere = !setting.right.empty() || !setting.audit_guid.empty() ||
                           !setting.inf_key.empty() || !setting.value_name.empty() ||
                           !setting.elements.empty();
    if (!somewhere)
      return fail(
          diag::SettingNeeds{.what = "key and value, inf, right or audit"}.at(span(tree().child(node, 0))));
    const bool needs_key = !setting.value_name.empty() || !setting.elements.empty();
    if (needs_key && setting.key.empty())
      return fail(diag::SettingNeeds{.what = "key"}.at(span(tree().child(node, 0))));
    return true;
  }

  /// A setting that is a choice has its value in one element without a label.
  bool set_choice(const BlockFields& fields, Setting& setting) {
    SettingElement element;
    element.value_name = std::move(setting.value_name);
    element.type = setting.registry_type;
    setting.value_name.clear();
    setting.type = value::simple(TypeKind::Text);
    if (element.value_name.empty() || setting.key.empty())
      return fail(diag::SettingNeeds{.what = "key and value"}.at(setting.span));
    if (!read_options(value_node(fields.find("options")), element)) return false;
    setting.elements.assign(1, element);
    return true;
  }

  bool read_bounds(const BlockFields& fields, Setting& setting) {
    const NodeId range = fields.find("range");
    return range == grammar::kNoNode || read_range(value_node(range), setting.min, setting.max);
  }

  bool read_default(const BlockFields& fields, Setting& setting) {
    const NodeId field = fields.find("default");
    if (field == grammar::kNoNode) return true;
    const NodeId written = value_node(field);
    if (tree().text(written) == "absent" || tree().text(written) == kNotConfigured) {
      setting.defaults.push_back({});
      return true;
    }
    Expected expected = Expected::of(setting.type);
    expected.setting = &setting;
    expected.partial = true;
    const ExprId id = checker_.check_value(module_, written, expected);
    const Expressions& all = checker_.expressions();
    if (id == kErrorExpr) return false;
    if (const Value* constant = all.constant_value(id)) {
      setting.defaults.push_back({7, *constant});
      return true;
    }
    if (!is_choice_by_role(id)) return fail(diag::BadDefault{}.at(span(written)));
    for (std::size_t i = 1; i < all[id].operand_count; i += 2) {
      const Value* constant = all.constant_value(all.operand(id, i + 1));
      if (constant == nullptr) return fail(diag::BadDefault{}.at(span(written)));
      const std::string& role = all.constant_value(all.operand(id, i))->get<value::Symbol>()->name;
      const unsigned bit = role == "dc" ? 1U : role == "member" ? 2U : 4U;
      setting.defaults.push_back({static_cast<std::uint8_t>(bit), *constant});
    }
    return true;
  }

  bool is_choice_by_role(ExprId id) const {
    const Expressions& all = checker_.expressions();
    if (all[id].kind != ExprKind::Choice) return false;
    const Expr& subject = all[all.operand(id, 0)];
    if (subject.kind != ExprKind::Fact) return false;
    const FactSource& source = all.source_of(subject);
    const value::ResourceInfo& host = value::resource_info(value::ResourceKind::Host);
    return source.resource == value::ResourceKind::Host &&
           source.attribute == value::find_attribute(host, "role");
  }

  const Package& package_;
  Checker& checker_;
  SettingCatalogue& catalogue_;
  base::DiagnosticSink& sink_;
  ModuleId module_ = 0;
};

}  // namespace

void check_settings(const Package& package, Checker& checker, SettingCatalogue& catalogue,
                    base::DiagnosticSink& sink) {
  SettingChecker(package, checker, catalogue, sink).run();
}

}  // namespace polc::compiler
