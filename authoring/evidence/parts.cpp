#include "authoring/evidence/parts.hpp"

#include "runtime/value/canonical.hpp"

namespace polc::evidence {

using value::Value;

std::string text_of(const Value& value) {
  const auto* text = value.get<std::string>();
  return text != nullptr ? *text : std::string();
}

std::string text_of(const value::Address& address, std::size_t argument) {
  return argument < address.arguments.size() ? text_of(address.arguments[argument]) : std::string();
}

std::string symbol_of(const Value& value) {
  const auto* symbol = value.get<value::Symbol>();
  return symbol != nullptr ? symbol->name : std::string();
}

bool bool_of(const Value& value) {
  const bool* b = value.get<bool>();
  return b != nullptr && *b;
}

value::Integer integer_of(const Value& value) {
  if (const auto* duration = value.get<value::Duration>()) return duration->seconds.low;
  const auto* number = value.get<value::Number>();
  return number != nullptr ? number->low : value::Integer();
}

value::PrincipalEvidence principal_of(const Value& value) {
  const auto* principal = value.get<value::Principal>();
  if (principal == nullptr) return {};
  return {principal->sid, principal->name};
}

std::vector<Value> elements_of(const Value& value) {
  if (const auto* set = value.get<value::SetValue>()) return set->low;
  if (const auto* list = value.get<value::ListValue>()) return list->items;
  return {};
}

const Value* field(const Value& record, std::string_view name) {
  const auto* data = record.get<value::Record>();
  const value::Fact* fact = data != nullptr ? (*data)->find(name) : nullptr;
  return fact != nullptr && fact->status == value::FactStatus::Present ? &fact->value : nullptr;
}

std::string_view attribute_of(const value::Address& address) {
  return value::resource_info(address.resource).attributes[address.attribute].name;
}

value::RegistryKeyEvidence& key_row(value::Evidence& evidence, const value::Address& address,
                                    std::size_t view_argument) {
  std::string key = text_of(address, 0);
  const auto* view = address.argument<value::Number>(view_argument);
  if (view != nullptr && view->low == value::Integer::of(32)) key = value::registry_key_in_view32(key);
  if (const auto* user = address.argument<value::Principal>(view_argument + 1)) {
    key = value::registry_key_of_user(key, user->resolved() ? user->sid : user->name).value_or(key);
  }
  evidence.registry_collected = true;
  value::RegistryKeyEvidence& row = evidence.registry[value::folded(key)];
  if (row.path.empty()) row.path = key;
  return row;
}

}  // namespace polc::evidence
