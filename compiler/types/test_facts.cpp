// Facts that tests set: `registry(...) = 1`, `port(443/tcp) = {listening: true}`, `host.role = unknown("access denied")`.
#include <algorithm>
#include <memory>

#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "compiler/types/registry_data.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/reasons.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::Fact;
using value::ResourceKind;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

constexpr std::string_view kAbsent = "absent";
constexpr std::string_view kUnknown = "unknown";
constexpr std::string_view kMistyped = "mistyped";

value::AbsentLevel absent_level(ResourceKind resource) {
  switch (resource) {
    case ResourceKind::Registry:
      return value::AbsentLevel::Value;
    case ResourceKind::RegistryKey:
      return value::AbsentLevel::Key;
    case ResourceKind::Gpo:
      return value::AbsentLevel::Setting;
    default:
      return value::AbsentLevel::Object;
  }
}

bool is_row_list(Type type) {
  return type.kind == TypeKind::List && type.element == TypeKind::Record;
}

/// Numbers are REG_DWORD, texts REG_SZ, lists and sets REG_MULTI_SZ, as beside `==`.
std::optional<value::RegistryData> data_of(const Value& value) {
  if (const auto* data = value.get<value::RegistryData>()) return *data;
  if (value.get<value::Number>() != nullptr) return registry_data(value, value::RegistryType::Dword);
  if (const auto* set = value.get<value::SetValue>())
    return registry_data(Value(value::ListValue{set->low, true}), value::RegistryType::MultiSz);
  const bool list = value.get<value::ListValue>() != nullptr;
  return registry_data(value, list ? value::RegistryType::MultiSz : value::RegistryType::Sz);
}

}  // namespace

std::vector<FactChange> Checker::check_change(ModuleId module, NodeId subject, NodeId written) {
  begin();
  scope_ = Scope{&package_.tree(module), module, {}, {}, 0};
  const ExprId fact = changed_fact(subject);
  if (fact == kErrorExpr) return {};
  std::vector<FactChange> changes;
  const auto set = [&](NodeId node, ExprId attribute) {
    auto changed = attribute != kErrorExpr ? change(node, attribute) : std::nullopt;
    if (changed) changes.push_back(std::move(*changed));
    return changed.has_value();
  };
  if (!is_record_of_attributes(written, fact)) {
    set(written, fact);
    return changes;
  }
  for (const NodeId entry : tree().children(written)) {
    const NodeId key = tree().child(entry, 0);
    if (!set(tree().child(entry, 1), attribute_at(key, fact, tree().text(key), origin(key)))) return {};
  }
  return changes;
}

bool Checker::check_changed_fact(ModuleId module, NodeId fact) {
  begin();
  scope_ = Scope{&package_.tree(module), module, {}, {}, 0};
  return changed_fact(fact) != kErrorExpr;
}

ExprId Checker::changed_fact(NodeId node) {
  Expected object;
  object.object = true;
  const ExprId id = value(node, object);
  if (id == kErrorExpr) return kErrorExpr;
  const std::vector<ExprId> arguments = expressions_.operands(id);
  const bool is_fact =
      at(id).kind == ExprKind::Fact &&
      std::all_of(arguments.begin(), arguments.end(), [&](ExprId argument) { return is_constant(argument); });
  return is_fact ? id : fail(diag::ChangesNoFact{}.at(place(node)));
}

/// `{listening: true, ...}` beside a resource that no attribute was asked of.
bool Checker::is_record_of_attributes(NodeId node, ExprId fact) const {
  const FactSource& source = expressions_.source_of(at(fact));
  if (source.attribute_written || tree().kind(node) != NodeKind::Braces) return false;
  const value::ResourceInfo& info = value::resource_info(source.resource);
  const grammar::Children entries = tree().children(node);
  const auto names_attribute = [&](NodeId entry) {
    const NodeId key = tree().child(entry, 0);
    return tree().kind(entry) == NodeKind::Entry && tree().kind(key) == NodeKind::Name &&
           (!info.primary || value::find_attribute(info, tree().text(key)));
  };
  return !entries.empty() && std::all_of(entries.begin(), entries.end(), names_attribute);
}

std::optional<FactChange> Checker::change(NodeId node, ExprId fact) {
  const FactSource source = expressions_.source_of(at(fact));
  if (source.attribute == kNoAttribute) {
    report_attribute_needed(node, fact);
    return std::nullopt;
  }
  auto given = fact_value(node, fact);
  if (!given) return std::nullopt;
  FactChange change{{source.resource, source.attribute, {}}, std::move(*given), place(node)};
  for (const ExprId argument : expressions_.operands(fact))
    change.address.arguments.push_back(*expressions_.constant_value(argument));
  return change;
}

std::optional<Fact> Checker::fact_value(NodeId node, ExprId fact) {
  const NodeKind kind = tree().kind(node);
  const FactSource source = expressions_.source_of(at(fact));
  const std::string word = kind == NodeKind::Name ? text(node) : std::string();
  if (word == kAbsent || (word == kNotConfigured && source.setting != nullptr)) {
    if (!at(fact).total) return Fact::absent(absent_level(source.resource));
    fail(diag::NeverAbsent{}.at(place(node)));
    return std::nullopt;
  }
  if (word == kUnknown) return Fact::unknown(value::UnknownReason::NotCollected);
  if (word == kMistyped) return Fact::mistyped(value::text("of another type"));
  if (kind == NodeKind::Call && tree().text(tree().child(node, 0)) == kUnknown) return unread(node);
  auto present = is_row_list(at(fact).type) ? row_list(node, fact) : present_value(node, fact);
  return present ? std::optional(Fact::present(std::move(*present))) : std::nullopt;
}

/// `unknown("access denied: error 5")`
std::optional<Fact> Checker::unread(NodeId call) {
  if (!check_argument_count(call, 1)) return std::nullopt;
  const NodeId argument = tree().child(call, 1);
  const ExprId id = value(argument, Expected::of(value::simple(TypeKind::Text)));
  const Value* text = id != kErrorExpr ? expressions_.constant_value(id) : nullptr;
  if (text == nullptr) return std::nullopt;
  const std::string& reason = *text->get<std::string>();
  if (const auto unknown = value::parse_unknown(reason))
    return Fact::unknown(unknown->reason, unknown->detail);
  const std::string words = reason.substr(0, reason.find(':'));
  fail(diag::NoReasonOfUnknown{.reason = words, .hint = advice(words, value::reason_words())}.at(
      place(argument)));
  return std::nullopt;
}

std::optional<Value> Checker::present_value(NodeId node, ExprId fact) {
  const bool is_registry = kind_of(fact) == TypeKind::Registry;
  const ExprId id = value(node, is_registry ? Expected{} : same_as(fact));
  if (id == kErrorExpr) return std::nullopt;
  const Value* constant = expressions_.constant_value(id);
  if (constant == nullptr) {
    fail(diag::NotConstant{}.at(place(node)));
    return std::nullopt;
  }
  if (!is_registry) return *constant;
  if (auto data = data_of(*constant)) return Value(std::move(*data));
  mismatch(id, same_as(fact), node);
  return std::nullopt;
}

std::optional<Value> Checker::row_list(NodeId node, ExprId fact) {
  if (tree().kind(node) != NodeKind::List) {
    fail(diag::RowsNeeded{}.at(place(node)));
    return std::nullopt;
  }
  value::ListValue rows;
  for (const NodeId child : tree().children(node)) {
    auto one = row(child, fact);
    if (!one) return std::nullopt;
    rows.items.push_back(std::move(*one));
  }
  return Value(std::move(rows));
}

/// Fields that are left out take the default of the IIS schema; what has none is absent there, and unknown elsewhere.
std::optional<Value> Checker::row(NodeId node, ExprId fact) {
  auto record = std::make_shared<value::RecordData>();
  const grammar::Children entries = tree().children(node);
  const bool is_record = tree().kind(node) == NodeKind::Braces &&
                         std::all_of(entries.begin(), entries.end(),
                                     [&](NodeId entry) { return tree().kind(entry) == NodeKind::Entry; });
  if (!is_record) {
    fail(diag::RowsNeeded{}.at(place(node)));
    return std::nullopt;
  }
  for (const NodeId entry : entries) {
    const NodeId word = tree().child(entry, 0);
    const Type type = row_field_type(word, fact);
    if (type.kind == TypeKind::None) return std::nullopt;
    const Expr like = expr(ExprKind::Variable, type, word);
    auto given = fact_value(tree().child(entry, 1), expressions_.fact({}, type, like.origin, {}));
    if (!given) return std::nullopt;
    record->fields.push_back({text(word), std::move(*given)});
  }
  const FactSource& source = expressions_.source_of(at(fact));
  if (source.iis != nullptr) {
    for (const value::IisAttribute& attribute : source.iis->collection->attributes) {
      const auto fallback = value::iis_default(attribute);
      if (fallback && record->find(attribute.name) == nullptr)
        record->fields.push_back({std::string(attribute.name), Fact::present(*fallback)});
    }
  }
  return Value(value::Record(std::move(record)));
}

Type Checker::row_field_type(NodeId word, ExprId fact) {
  const FactSource& source = expressions_.source_of(at(fact));
  const std::string name = text(word);
  std::vector<std::string_view> known;
  if (source.iis != nullptr) {
    const auto& attributes = source.iis->collection->attributes;
    if (const auto* attribute = value::find_iis_attribute(attributes, name))
      return value::iis_type(*attribute);
    if (source.iis->collection->open) return value::simple(TypeKind::Text);
    for (const value::IisAttribute& attribute : attributes) known.push_back(attribute.name);
  } else {
    for (const value::FieldInfo& field : value::records()[at(fact).type.detail].fields) {
      if (field.name == name) return field.type;
      known.push_back(field.name);
    }
  }
  const auto object = std::string(value::resource_info(source.resource).name);
  fail(with_nearest(
      diag::UnknownAttribute{.name = name, .object = object, .hint = advice(name, known)}.at(place(word)),
      name, known));
  return {};
}

std::optional<Override> Checker::check_test_parameter(ModuleId module, NodeId name, NodeId written) {
  const grammar::SyntaxTree& tree = package_.tree(module);
  std::vector<std::string_view> known;
  for (const ParameterValue& parameter : parameters()) {
    const std::string_view declared = package_.declarations[parameter.declaration].name;
    known.push_back(declared);
    if (declared != tree.text(name)) continue;
    begin();
    const auto constant = check_constant(module, written, Expected::of(parameter.type));
    if (!constant) return std::nullopt;
    const base::LineColumn line = sources_.find(tree.file())->position(tree.span(written).begin);
    if (in_domain(parameter, constant->value))
      return Override{std::string(declared), std::string(tree.text(written)),
                      fmt::format("{}:{}", package_.modules[module].name, line.line)};
    fail(diag::OutsideDomain{.name = std::string(declared), .domain = parameter.domain}.at(
        tree.span(written)));
    return std::nullopt;
  }
  const std::string_view missing = tree.text(name);
  fail(with_nearest(diag::NoParameterToSet{.name = std::string(missing), .hint = advice(missing, known)}.at(
                        tree.span(name)),
                    missing, known));
  return std::nullopt;
}

}  // namespace polc::compiler
