// The type checker: syntax in, typed expressions out. Driven by the resource catalogue and by the settings of
// the package; whatever is not in them is an error with a suggestion.
//
// Typing goes in both directions. What has a type of its own (a resource, a parameter, a variable) is
// inferred; what has none (a string, a bare word, a set in braces) is checked against the type that its
// context expects. Helpers are expanded where they are used, so that their literals get their type there.
// One cause gives one error: an expression that had one is kErrorExpr, and everything around it stays silent.
//
// One class, one file per kind of expression.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/compile.hpp"
#include "compiler/resolve/package.hpp"
#include "compiler/types/expression.hpp"
#include "compiler/types/scoped.hpp"
#include "compiler/types/settings.hpp"
#include "runtime/base/diagnostic.hpp"

namespace polc::compiler {

/// What the place of an expression asks of it.
struct Expected {
  value::Type type;                                ///< kind None: whatever it is
  std::optional<value::ObjectClass> object_class;  ///< whose access rights are named
  const Setting* setting = nullptr;                ///< whose options and range hold
  bool partial = false;                            ///< a `by` block may leave out members
  value::Type
      ends;  ///< of a range that is only asked what is in it; kind None: whole numbers, to be gone through
  bool object = false;  ///< a resource may stand without an attribute: in front of `.` and `is`

  static Expected of(value::Type type) {
    Expected expected;
    expected.type = type;
    return expected;
  }
  bool open() const { return type.kind == value::TypeKind::None; }
};

/// A value that is known at compile time.
struct TypedValue {
  value::Type type;
  value::Value value;
};

/// A value that a parameter was given.
struct ParameterSource {
  value::Value value;
  std::string origin;  ///< "default", "profile kiosk", "polc.yaml:7", "--set"
  base::Span span;     ///< without a file where it does not stand in the policy
};

/// A `param` with the value it has in this compilation.
struct ParameterValue {
  DeclarationId declaration = 0;
  value::Type type;
  std::string domain;  ///< as written
  std::vector<ParameterSource>
      sources;  ///< never empty; in the order of their precedence, the value that counts last
  std::string doc;
  std::optional<std::pair<value::Value, value::Value>> range;  ///< first and last of a domain that is one
  std::vector<value::Value> choices;                           ///< of a domain that lists the values

  const value::Value& value() const { return sources.back().value; }
};

/// What gives parameters other values than their own. `set` of profiles comes first, overrides win.
struct ParameterSettings {
  const std::vector<Override>& overrides;
  std::vector<ProfileId> profiles;  ///< a chain: what is extended stands before what extends it
  /// Compilation for a comparison of profiles: overrides, and the settings of `otherwise`, count only for parameters
  /// that have no value without them.
  bool compare = false;
  std::vector<ProfileId> otherwise = {};
};

class Checker {
 public:
  Checker(const Package& package, const SettingCatalogue& settings, ParameterSettings parameter_settings,
          base::SourceManager& sources, base::DiagnosticSink& sink);

  /// Forgets all expressions: what was checked before is not valid any more. Called before each control.
  void begin() {
    expressions_.clear();
    shared_size_ = 0;
    exhausted_ = false;
  }

  /// Checks a condition. kErrorExpr after an error, which has been reported; so for the functions below.
  ExprId check_condition(ModuleId module, grammar::NodeId node);

  /// Likewise; explanations of the clause show it apart, under `title`.
  ExprId check_condition_beside(ModuleId module, grammar::NodeId node, std::string title);

  ExprId check_value(ModuleId module, grammar::NodeId node, const Expected& expected);

  /// A value that must be known at compile time; nullopt after an error.
  std::optional<TypedValue> check_constant(ModuleId module, grammar::NodeId node, const Expected& expected);

  /// What `fact = value` in a test changes; several facts where the value is a record of attributes. Empty after an
  /// error.
  std::vector<FactChange> check_change(ModuleId module, grammar::NodeId fact, grammar::NodeId value);

  /// Whether a test can set the fact, as a column of its cases; false after an error.
  bool check_changed_fact(ModuleId module, grammar::NodeId fact);

  /// `param name = value` of a test; nullopt after an error.
  std::optional<Override> check_test_parameter(ModuleId module, grammar::NodeId name, grammar::NodeId value);

  /// The condition that all of these hold; at least one, and no kErrorExpr.
  ExprId conjunction(const std::vector<ExprId>& conditions);

  /// Reports overrides of parameters that do not exist.
  void check_overrides();

  /// The value that a profile sets, checked for type and domain.
  std::optional<value::Value> check_assignment(const ProfileDeclaration& profile,
                                               const Assignment& assignment);

  /// Checks every `let` and `def` that nothing has used so far.
  void check_unused_declarations();

  /// Every parameter, in the order of declaration.
  std::vector<ParameterValue> parameters();

  const Expressions& expressions() const { return expressions_; }

  /// How a type is called in messages.
  std::string type_text(value::Type type) const;

 private:
  using NodeId = grammar::NodeId;

  /// A name that is bound inside an expression: a quantifier's variable or a parameter of a `def`.
  struct Binding {
    std::string_view name;
    ExprId expr = kErrorExpr;
    std::string_view argument = {};  ///< of a `def`, as written
  };

  /// Where names are looked up while an expression is checked.
  struct Scope {
    const grammar::SyntaxTree* tree = nullptr;
    ModuleId module = 0;
    std::vector<Binding> bindings;
    ExpansionId expansion = 0;     ///< the helper whose body is checked
    std::uint32_t expansions = 0;  ///< bodies looked through by reads_as_condition
  };

  struct UserEnum {
    std::string name;
    std::vector<std::string_view> members;
  };

  enum class Progress : std::uint8_t { NotYet, Running, Done };
  struct ParameterSlot {
    Progress progress = Progress::NotYet;
    std::optional<ParameterValue> value;
  };

  // --- checker.cpp
  void check_unused_let(DeclarationId id);
  void check_unused_def(DeclarationId id);
  ExprId fail(base::Diagnostic diagnostic);
  bool enter(NodeId node);
  ExprId leave(ExprId id, NodeId node);
  bool exhaust(NodeId node, bool depth);
  const grammar::SyntaxTree& tree() const { return *scope_.tree; }
  std::string text(NodeId node) const { return std::string(tree().text(node)); }
  base::Span place(NodeId node) const { return tree().span(node); }  ///< for diagnostics
  Origin origin(NodeId node) const { return {place(node), scope_.expansion}; }
  Expr expr(ExprKind kind, value::Type type, NodeId node) const;
  const Expr& at(ExprId id) const { return expressions_[id]; }
  value::TypeKind kind_of(ExprId id) const { return expressions_[id].type.kind; }
  bool is_constant(ExprId id) const { return expressions_[id].kind == ExprKind::Constant; }
  std::vector<std::string_view> members_of(value::Type enumeration) const;

  // --- conditions.cpp
  ExprId condition(NodeId node);
  ExprId condition_of_kind(NodeId node);
  ExprId connective(NodeId node, ExprKind kind);
  ExprId quantifier(NodeId node);
  ExprId holds(ExprId id, NodeId node);
  ExprId is_test(NodeId node);
  bool check_may_be_present(NodeId node, ExprId subject);
  ExprId state_test(NodeId node, ExprId subject, std::string_view word, bool negated);
  ExprId absence_suffix(NodeId node);
  ExprId choice(NodeId node, const Expected* value_expected);
  bool check_cases(NodeId node, value::Type subject, bool exhaustive,
                   std::vector<std::pair<value::Value, NodeId>>& cases);
  bool reads_as_condition(NodeId node);

  // --- comparisons.cpp
  ExprId comparison(NodeId node);
  ExprId same_truth(NodeId node);
  std::optional<std::pair<ExprId, ExprId>> comparison_operands(NodeId left, NodeId right, grammar::Op op);
  Expected same_as(ExprId id) const;
  Expected expected_right(ExprId left, NodeId right, grammar::Op op);
  Expected expected_left(ExprId right, grammar::Op op) const;
  bool check_comparable(NodeId node, grammar::Op op, ExprId& left, ExprId& right);
  bool check_registry_operands(NodeId node, grammar::Op op, ExprId left, ExprId right);
  ExprId not_configured(NodeId node, ExprId fact, bool equal);
  bool is_allowed_from(ExprId id) const;
  ExprId no_other_machine(NodeId node, ExprId allowed, ExprId none, bool inverted);
  void check_setting_range(NodeId node, ExprId fact, ExprId constant);
  bool check_number_range(NodeId node, value::Integer number, const std::optional<value::Integer>& low,
                          const std::optional<value::Integer>& high, const std::string& setting);
  bool check_option(NodeId node, const SettingElement& element, const std::string& label,
                    const std::string& setting);
  bool flexible(NodeId node);
  bool flexible_cases(NodeId by_block);
  bool flexible_name(NodeId node);

  // --- values.cpp
  ExprId value(NodeId node, const Expected& expected);
  ExprId value_of_kind(NodeId node, const Expected& expected);
  ExprId conform(ExprId id, const Expected& expected, NodeId node);
  ExprId mismatch(ExprId id, const Expected& expected, NodeId node);
  bool is_bare_sid(NodeId node);
  ExprId sum(NodeId node, const Expected& expected);
  ExprId product(NodeId node);
  ExprId arithmetic(NodeId node, ExprKind kind, ExprId left, ExprId right);
  ExprId negation(NodeId node);
  ExprId range(NodeId node, value::Type ends);
  ExprId port_suffix(NodeId node);
  ExprId make_port(NodeId node, ExprId number, value::Protocol protocol);
  ExprId both_protocols(NodeId node, ExprId numbers);

  // --- collections.cpp
  std::vector<ExprId> values_alike(const std::vector<NodeId>& nodes, const Expected& expected);
  ExprId braces(NodeId node, const Expected& expected);
  ExprId set_literal(NodeId node, const Expected& expected);
  ExprId address_literal(NodeId node);
  ExprId unite_addresses(NodeId node, const std::vector<ExprId>& items);
  ExprId map_literal(NodeId node, const Expected& expected);
  ExprId list_literal(NodeId node, const Expected& expected);
  ExprId set_operation(NodeId node, ExprKind kind, const Expected& expected);
  ExprId combine(NodeId node, ExprKind kind, ExprId left, ExprId right);
  ExprId index(NodeId node);

  // --- literals.cpp
  ExprId integer_literal(NodeId node, const Expected& expected);
  ExprId string_literal(NodeId node, const Expected& expected);
  bool check_quoting(NodeId node);
  ExprId string_as(NodeId node, std::string text, const Expected& expected);
  ExprId word(NodeId node, const Expected& expected);
  ExprId untyped_word(NodeId node);
  ExprId unknown_word(NodeId node, const Expected& expected);
  std::vector<std::string_view> expected_words(const Expected& expected) const;
  bool is_member_word(std::string_view word, value::Type type) const;
  ExprId rights_on(NodeId node, const Expected& expected);

  // --- names.cpp. `expected` is nullptr where a condition is wanted, else what the value should be
  ExprId named(NodeId node, const Expected* expected);
  ExprId declared(NodeId node, DeclarationId id, const Expected* expected);
  ExprId expand(NodeId node, DeclarationId id, std::vector<Binding> bindings, const Expected* expected);
  std::string title_of(NodeId node, const std::vector<Binding>& arguments) const;
  ExprId report_recursion(NodeId node, DeclarationId id);
  const Binding* find_binding(std::string_view name) const;
  std::pair<bool, std::optional<DeclarationId>> find_declared(NodeId node);
  std::optional<DeclarationId> declaration_named(NodeId node) const;
  ExprId unknown_name(NodeId node);
  bool check_new_name(NodeId node);
  ExprId member(NodeId node, const Expected* expected);
  ExprId field(NodeId node, ExprId record, std::string_view name);
  NodeId declared_type_node(const Declaration& declaration) const;
  value::Type declared_type(NodeId node);
  value::Type declared_enumeration(NodeId node);

  // --- calls.cpp
  ExprId call(NodeId node, const Expected* expected);
  ExprId call_def(NodeId node, DeclarationId id, const Expected* expected);
  bool bind_parameter(NodeId argument, const Declaration& declaration, NodeId parameter,
                      std::vector<Binding>& bindings);
  ExprId call_member(NodeId node);
  ExprId call_function(NodeId node, std::string_view name, const Expected* expected);
  ExprId value_function(NodeId node, std::string_view name, const Expected& expected);
  bool check_argument_count(NodeId node, std::size_t count);
  ExprId count_function(NodeId node);
  ExprId text_function(NodeId node, ExprKind kind, value::Type result, std::size_t argument_count);
  ExprId has_bits(NodeId node);
  ExprId registry_constructor(NodeId node, value::RegistryType type);
  ExprId registry_view(NodeId node, ExprId fact, value::RegistryType type);
  ExprId policy_state(NodeId node, const Expected& expected);
  bool check_element_value(NodeId node, const SettingElement& element, ExprId constant,
                           const std::string& setting);

  // --- resources.cpp
  ExprId resource(NodeId node, const value::ResourceInfo& info);
  ExprId gpo(NodeId node, FactSource source, std::vector<ExprId> arguments);
  const Setting* find_setting(NodeId node, const std::string& path);
  ExprId gpo_option(NodeId node, ExprId fact);
  ExprId attribute(NodeId node, ExprId fact, std::string_view name);
  ExprId attribute_at(NodeId word, ExprId fact, std::string_view name, Origin origin);
  ExprId with_attribute(ExprId fact, value::AttributeId attribute, Origin origin);
  void report_attribute_needed(NodeId node, ExprId fact);
  std::optional<value::ObjectClass> object_class_of(ExprId id) const;

  // --- iis.cpp
  const value::IisElement* iis_element(NodeId node, ExprId& section);
  bool type_iis(NodeId node, std::vector<ExprId>& arguments, FactSource& source, value::Type& type);
  ExprId iis_field(NodeId node, ExprId record, std::string_view name);
  const value::IisAttribute* iis_attribute_of(ExprId id) const;
  void check_iis_words(NodeId node, ExprId fact, ExprId constant);

  // --- test_facts.cpp
  ExprId changed_fact(NodeId node);
  bool is_record_of_attributes(NodeId node, ExprId fact) const;
  std::optional<FactChange> change(NodeId node, ExprId fact);
  std::optional<value::Fact> fact_value(NodeId node, ExprId fact);
  std::optional<value::Fact> unread(NodeId call);
  std::optional<value::Value> present_value(NodeId node, ExprId fact);
  std::optional<value::Value> row_list(NodeId node, ExprId fact);
  std::optional<value::Value> row(NodeId node, ExprId fact);
  value::Type row_field_type(NodeId word, ExprId fact);

  // --- arguments.cpp
  bool arguments(NodeId node, const value::ResourceInfo& info, std::vector<ExprId>& found);
  std::size_t parameter_of(NodeId argument, const value::ResourceInfo& info, std::size_t& position);
  ExprId argument_value(NodeId node, const value::ResourceInfo& info, std::size_t parameter);
  bool check_argument(NodeId node, const value::ResourceInfo& info, std::size_t parameter, ExprId& argument);
  bool check_together(NodeId node, const value::ResourceInfo& info, const std::vector<ExprId>& found);
  std::optional<std::uint32_t> rounds_of(ExprId id) const;
  std::uint32_t rounds_of_elements(ExprId collection) const;

  bool is_omitted(ExprId argument) const;

  // --- canonical_arguments.cpp
  bool canonical_elements(NodeId node, const value::ResourceInfo& info, std::size_t parameter,
                          ExprId variable);
  bool canonical_argument(NodeId node, value::ResourceKind resource, std::size_t parameter,
                          value::Value& value);
  bool check_view(NodeId node, const value::Value& value);
  bool check_web_address(NodeId node, const std::string& url);
  bool canonical_privilege(NodeId node, value::Value& value);
  bool canonical_subcategory(NodeId node, value::Value& value);
  bool canonical_protocol(NodeId node, value::Value& value);

  // --- range_warnings.cpp
  using ParameterCorner = std::unordered_map<DeclarationId, value::Integer>;
  void warn_of_empty_range(NodeId collection);
  bool bounded_parameters(NodeId node, std::vector<const ParameterValue*>& found);
  std::optional<value::Integer> integer_at(NodeId node, const ParameterCorner& corner);
  std::optional<value::Integer> folded_at(NodeId node, const ParameterCorner& corner);

  /// Calls `look` with the body of a `let`, seen from its own module.
  template <class Look>
  auto in_body(const Declaration& declaration, Look look) {
    const grammar::SyntaxTree& target = package_.tree(declaration.module);
    const Scoped scope(scope_, Scope{&target, declaration.module, {}, {}, scope_.expansions + 1});
    const Scoped depth(depth_, depth_ + 1);
    return look(target.last_child(declaration.node));
  }

  // --- parameters.cpp
  const ParameterValue* parameter(DeclarationId id);
  std::optional<ParameterValue> evaluate_parameter(DeclarationId id);
  bool check_direction(NodeId node, value::Type type);
  bool read_domain(NodeId node, ParameterValue& parameter);
  bool read_default(NodeId node, ParameterValue& parameter);
  bool in_domain(const ParameterValue& parameter, const value::Value& value) const;
  bool read_overrides(const Declaration& declaration, ParameterValue& parameter);
  bool read_override(const Override& override, const Declaration& declaration, ParameterValue& parameter);
  bool read_assignments(const std::vector<ProfileId>& profiles, ParameterValue& parameter);
  std::optional<value::Value> assigned_value(const ProfileDeclaration& profile, const Assignment& assignment,
                                             const ParameterValue& parameter);
  tl::expected<value::Value, std::string> override_value(const Override& override, value::Type type);
  const Package& package_;
  const SettingCatalogue& settings_;
  const ParameterSettings parameter_settings_;
  base::SourceManager& sources_;
  base::DiagnosticSink* sink_;  // another one while overrides are read
  Expressions expressions_;
  Scope scope_;
  std::uint32_t depth_ = 0;
  std::size_t shared_size_ = 0;  // expressions that helpers use again, beyond those in the arena
  bool exhausted_ = false;       // a bound was hit and reported
  std::vector<UserEnum> user_enums_;
  std::unordered_map<DeclarationId, ParameterSlot> parameter_slots_;
  std::unordered_map<DeclarationId, bool> flexible_lets_;
  std::vector<DeclarationId> expanding_;  // helpers whose bodies are being checked, outermost first
  std::vector<bool> used_;                // declarations that something expanded
};

}  // namespace polc::compiler
