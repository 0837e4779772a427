// Group Policy settings: what their catalogue entries say they are on the machine, read back.
#include <optional>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

using value::AbsentLevel;
using value::Fact;
using value::FactStatus;
using value::PolicyState;
using value::RegistryData;
using value::TypeKind;
using value::UnknownReason;
using value::Value;

enum class GpoAttribute : value::AttributeId { Value, State, Option };

/// Parameters of gpo(setting, user), and the label that .option("label") adds.
enum Parameter : std::size_t { kSetting, kUser, kLabel };

std::optional<std::uint64_t> integer_of(const RegistryData& data) {
  const auto* number = std::get_if<std::uint64_t>(&data.data);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

class SettingReader {
 public:
  SettingReader(const Context& context, const Registry& registry, const ir::Setting& setting,
                std::string user)
      : context_(context), registry_(registry), setting_(setting), user_(std::move(user)) {}

  Fact value() const {
    if (setting_.right != 0) return user_right_fact(context_, text(setting_.right));
    if (setting_.audit_guid != 0) return audit_fact(context_, text(setting_.audit_guid));
    if (setting_.key == 0) return of_account_policy(account_policy_fact(context_, text(setting_.inf_key)));
    if (is_choice()) return choice(setting_.elements.front());
    if (setting_.type.kind == TypeKind::PolicyState) return state_with_option();
    return converted(setting_data());
  }

  /// Enabled, Disabled or absent, whatever the elements are; of other settings, whether they are configured.
  Fact state() const {
    Fact fact = setting_.key != 0 && setting_.type.kind == TypeKind::PolicyState && !is_choice()
                    ? plain_state()
                    : value();
    const auto* state = fact.value.get<PolicyState>();
    if (fact.status == FactStatus::Present || (fact.status == FactStatus::Absent && state != nullptr)) {
      const bool disabled = state != nullptr && state->state == PolicyState::State::Disabled;
      fact.value = symbol(disabled ? "Disabled" : "Enabled");
      fact.unknowns.clear();
    }
    return fact;
  }

  Fact option(std::string_view label) const {
    for (const ir::SettingElement& element : setting_.elements) {
      if (base::equal_folded(text(element.label), label)) return element_value(element);
    }
    return Fact::unknown(UnknownReason::Unsupported);
  }

 private:
  std::string_view text(ir::TextId id) const { return context_.program.text(id); }

  /// The setting itself is a choice: one element without a label, and no value of its own.
  bool is_choice() const {
    return setting_.elements.size() == 1 && setting_.elements.front().label == 0 && setting_.value_name == 0;
  }

  std::string key(ir::TextId own) const {
    const bool per_user = setting_.scope == ir::Scope::User || !user_.empty();
    return std::string(per_user ? "HKCU\\" : "HKLM\\").append(text(own == 0 ? setting_.key : own));
  }

  std::optional<value::OriginId> deletion() const {
    return registry_.deletion(key(0), text(setting_.value_name), user_);
  }
  std::optional<value::OriginId> deletion(const ir::SettingElement& element) const {
    return registry_.deletion(key(element.key), text(element.value), user_);
  }
  Fact setting_data() const { return registry_.data(key(0), text(setting_.value_name), user_); }
  Fact element_data(const ir::SettingElement& element) const {
    return registry_.data(key(element.key), text(element.value), user_);
  }

  /// A missing registry value is a setting that is not configured. On a live machine that is all that Disabled
  /// leaves behind where it only deletes the value; a policy says that it deletes it.
  Fact not_configured(const Fact& missing, std::optional<value::OriginId> deleted) const {
    Fact fact = Fact::absent(AbsentLevel::Setting, missing.origin);
    if (!setting_.disabled_deletes) return fact;
    if (context_.evidence.layer == value::Layer::Effective) {
      fact.value = Value(PolicyState{PolicyState::State::Disabled, {}});
    } else if (deleted) {
      fact = Fact::present(Value(PolicyState{PolicyState::State::Disabled, {}}), *deleted);
    }
    return fact;
  }

  static Fact with_state(const Fact& data, PolicyState::State state) {
    return Fact::present(Value(PolicyState{state, {}}), data.origin);
  }

  bool is_constant(ir::ConstantId id, const RegistryData& data) const {
    const auto* constant = id == ir::kNone ? nullptr : context_.program.constants[id].get<RegistryData>();
    return constant != nullptr && *constant == data;
  }

  Fact plain_state() const {
    if (setting_.value_name == 0) return state_of_elements();
    Fact data = setting_data();
    if (data.status == FactStatus::Absent) return not_configured(data, deletion());
    const auto* raw = data.value.get<RegistryData>();
    if (data.status != FactStatus::Present || raw == nullptr) return data;
    if (is_constant(setting_.enabled, *raw)) return with_state(data, PolicyState::State::Enabled);
    if (is_constant(setting_.disabled, *raw)) return with_state(data, PolicyState::State::Disabled);
    return Fact::mistyped(data.value, data.origin);
  }

  /// A setting without a value of its own is enabled when its elements are written.
  Fact state_of_elements() const {
    Fact first_missing = Fact::unknown(UnknownReason::NotCollected);
    std::optional<value::OriginId> deleted;
    std::optional<Fact> enabled;
    for (const ir::SettingElement& element : setting_.elements) {
      Fact data = element_data(element);
      if (data.status == FactStatus::Unknown) return data;
      if (data.status == FactStatus::Absent) {
        if (first_missing.status == FactStatus::Unknown) first_missing = data;
        if (!deleted) deleted = deletion(element);
      } else if (const auto* raw = data.value.get<RegistryData>();
                 raw != nullptr && is_constant(setting_.disabled, *raw)) {
        return with_state(data, PolicyState::State::Disabled);
      } else if (!enabled) {
        enabled = with_state(data, PolicyState::State::Enabled);
      }
    }
    if (enabled) return *enabled;
    return first_missing.status == FactStatus::Absent ? not_configured(first_missing, deleted)
                                                      : first_missing;
  }

  Fact state_with_option() const {
    Fact fact = plain_state();
    const auto* state = fact.value.get<PolicyState>();
    const bool enabled =
        fact.status == FactStatus::Present && state != nullptr && state->state == PolicyState::State::Enabled;
    if (!enabled || setting_.elements.size() != 1) return fact;
    Fact chosen = element_value(setting_.elements.front());
    switch (chosen.status) {
      case FactStatus::Present:
        fact.value = Value(PolicyState{PolicyState::State::Enabled, option_text(chosen.value)});
        if (chosen.origin != fact.origin) fact.related.push_back(chosen.origin);
        return fact;
      case FactStatus::Absent:
        return fact;
      case FactStatus::Mistyped:
      case FactStatus::Unknown:
        break;
    }
    return chosen;
  }

  static std::string option_text(const Value& chosen) {
    if (const auto* label = chosen.get<std::string>()) return *label;
    if (const auto* number = chosen.get<value::Number>()) return number->low.text();
    return {};
  }

  /// Label of the option that was chosen, or the element's number, text or list. Data that no option has is not
  /// a choice anybody could make in the editor: it is Mistyped, and shows what is there.
  Fact element_value(const ir::SettingElement& element) const {
    Fact data = element_data(element);
    const auto* raw = data.value.get<RegistryData>();
    if (data.status == FactStatus::Absent) return Fact::absent(AbsentLevel::Setting, data.origin);
    if (data.status != FactStatus::Present || raw == nullptr) return data;
    for (const ir::SettingOption& option : element.options) {
      if (is_constant(option.value, *raw)) {
        return Fact::present(value::text(std::string(text(option.label))), data.origin);
      }
    }
    if (!element.options.empty() || raw->type != element.type) return Fact::mistyped(data.value, data.origin);
    if (const auto number = integer_of(*raw)) return Fact::present(unsigned_integer(*number), data.origin);
    if (const auto* string = std::get_if<std::string>(&raw->data)) {
      return Fact::present(value::text(*string), data.origin);
    }
    if (const auto* list = std::get_if<std::vector<std::string>>(&raw->data)) {
      return Fact::present(text_list(*list), data.origin);
    }
    return Fact::mistyped(data.value, data.origin);
  }

  Fact choice(const ir::SettingElement& element) const {
    Fact fact = element_value(element);
    const auto* label = fact.value.get<std::string>();
    if (fact.status != FactStatus::Present || label == nullptr) return fact;
    if (setting_.type.kind == TypeKind::Enum) fact.value = symbol(*label);
    if (setting_.type.kind == TypeKind::PolicyState) {
      fact.value = Value(PolicyState{PolicyState::State::Enabled, *label});
    }
    return fact;
  }

  static Value text_list(const std::vector<std::string>& strings) {
    value::ListValue list;
    for (const std::string& s : strings) list.items.push_back(value::text(s));
    return Value(std::move(list));
  }

  /// Registry data as the setting's type; another registry type than the setting's is Mistyped.
  Fact converted(Fact data) const {
    if (data.status == FactStatus::Absent) return Fact::absent(AbsentLevel::Setting, data.origin);
    const auto* raw = data.value.get<RegistryData>();
    if (data.status != FactStatus::Present || raw == nullptr) return data;
    if (raw->type != setting_.registry_type) return Fact::mistyped(data.value, data.origin);
    auto converted = value_of_type(*raw);
    return converted ? Fact::present(std::move(*converted), data.origin)
                     : Fact::mistyped(data.value, data.origin);
  }

  std::optional<Value> value_of_type(const RegistryData& raw) const {
    const auto number = integer_of(raw);
    const auto* string = std::get_if<std::string>(&raw.data);
    const auto* list = std::get_if<std::vector<std::string>>(&raw.data);
    switch (setting_.type.kind) {
      case TypeKind::Int:
        return number ? std::optional(unsigned_integer(*number)) : std::nullopt;
      case TypeKind::Duration:
        return number ? std::optional(duration(value::Integer::of_unsigned(*number))) : std::nullopt;
      case TypeKind::Bool:
        if (is_constant(setting_.enabled, raw)) return boolean(true);
        if (is_constant(setting_.disabled, raw)) return boolean(false);
        return std::nullopt;
      case TypeKind::Text:
      case TypeKind::Name:
      case TypeKind::Path:
        return string != nullptr ? std::optional(value::text(*string)) : std::nullopt;
      case TypeKind::List:
        return list != nullptr ? std::optional(text_list(*list)) : std::nullopt;
      case TypeKind::Set: {
        if (list == nullptr) return std::nullopt;
        std::vector<Value> elements;
        for (const std::string& s : *list) elements.push_back(value::text(s));
        return Value(value::SetValue::exactly(std::move(elements)));
      }
      default:
        return std::nullopt;
    }
  }

  /// The account policy knows its own units; a setting may show a yes or no as Enabled or Disabled, and a time
  /// as the number of seconds.
  Fact of_account_policy(Fact fact) const {
    if (fact.status == FactStatus::Absent) fact.level = AbsentLevel::Setting;
    if (fact.status != FactStatus::Present) return fact;
    if (const auto* yes = fact.value.get<bool>();
        yes != nullptr && setting_.type.kind == TypeKind::PolicyState) {
      fact.value =
          Value(PolicyState{*yes ? PolicyState::State::Enabled : PolicyState::State::Disabled, std::nullopt});
    }
    if (const auto* time = fact.value.get<value::Duration>();
        time != nullptr && setting_.type.kind == TypeKind::Int) {
      fact.value = Value(time->seconds);
    }
    return fact;
  }

  const Context& context_;
  const Registry& registry_;
  const ir::Setting& setting_;
  std::string user_;
};

}  // namespace

Fact gpo_fact(const Context& context, const Registry& registry, const value::Address& address) {
  const auto argument = [&](std::size_t index) {
    return index < address.arguments.size() ? address.arguments[index] : Value();
  };
  const Value path = argument(kSetting);
  const auto* written = path.get<std::string>();
  const auto found = written == nullptr ? context.settings.end() : context.settings.find(*written);
  if (found == context.settings.end()) {
    return Fact::unknown(UnknownReason::Unsupported, "no such setting in the program");
  }
  const ir::Setting* setting = found->second;
  std::string user;
  const Value user_argument = argument(kUser);
  if (const auto* principal = user_argument.get<value::Principal>()) {
    user = principal->resolved() ? principal->sid : principal->name;
  }
  if (user.empty() && setting->scope == ir::Scope::User) {
    return Fact::unknown(UnknownReason::UnresolvedName, "a user setting without a user");
  }
  const SettingReader reader(context, registry, *setting, std::move(user));
  switch (static_cast<GpoAttribute>(address.attribute)) {
    case GpoAttribute::Value:
      return reader.value();
    case GpoAttribute::State:
      return reader.state();
    case GpoAttribute::Option: {
      const Value label = argument(kLabel);
      return reader.option(label.get<std::string>() == nullptr ? "" : *label.get<std::string>());
    }
  }
  return Fact::unknown(UnknownReason::Unsupported);
}

}  // namespace polc::derive
