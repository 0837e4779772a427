#include "authoring/analysis/location.hpp"

#include <algorithm>
#include <array>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/registry.hpp"
#include "runtime/value/addresses.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::analysis {
namespace {

using value::Address;
using value::Fact;
using value::FactStatus;
using value::ResourceKind;
using value::TypeKind;
using value::UnknownReason;
using value::Value;

constexpr std::string_view kProtocols =
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\";

/// Lines of [System Access] in the order of the attributes of password_policy.
constexpr std::array<std::string_view, 9> kInfKeys{
    "MinimumPasswordLength", "PasswordComplexity", "PasswordHistorySize",
    "MaximumPasswordAge",    "MinimumPasswordAge", "ClearTextPassword",
    "LockoutBadCount",       "LockoutDuration",    "ResetLockoutCount"};

Address registry(std::string key, std::string name, Value user = {}) {
  return {ResourceKind::Registry,
          0,
          {value::text(std::move(key)), value::text(std::move(name)), Value(), std::move(user)}};
}

std::string_view attribute_name(const Address& address) {
  return value::resource_info(address.resource).attributes[address.attribute].name;
}

Address sibling(const Address& address, std::string_view attribute) {
  Address other = address;
  other.attribute = *value::find_attribute(value::resource_info(address.resource), attribute);
  return other;
}

/// The 64-bit view is what is meant without a view.
bool is_native_view(const Value& view) {
  const auto* number = view.get<value::Number>();
  return number != nullptr && number->low == value::Integer::of(64);
}

bool is_registry(const Assumption& assumption) {
  return assumption.location.resource == ResourceKind::Registry;
}

const Fact* assumed(const std::vector<Assumption>& sources, std::size_t index) {
  return index < sources.size() ? &sources[index].fact : nullptr;
}

Fact boolean(bool b) {
  return Fact::present(Value(b));
}

/// listening: something is bound; process: who.
Fact of_listeners(const Fact& listeners, std::string_view attribute) {
  const auto* list = listeners.value.get<value::ListValue>();
  if (listeners.status != FactStatus::Present || list == nullptr) return listeners;
  if (attribute == "listening") return boolean(!list->items.empty());
  value::SetValue names;
  for (const Value& item : list->items) {
    const auto* record = item.get<value::Record>();
    const Fact* process = record != nullptr ? (*record)->find("process") : nullptr;
    if (process == nullptr || process->status != FactStatus::Present)
      return Fact::unknown(UnknownReason::NotCollected);
    names.low.push_back(process->value);
  }
  return Fact::present(Value(value::SetValue::exactly(std::move(names.low))));
}

/// All that is not allowed.
Fact blocked(const Fact& allowed) {
  const auto* set = allowed.value.get<value::AddressSet>();
  if (allowed.status != FactStatus::Present || set == nullptr) return allowed;
  const value::Addresses all = value::all_addresses();
  return Fact::present(
      Value(value::AddressSet{value::subtract(all, set->high), value::subtract(all, set->low)}));
}

/// Every principal with any entry.
Fact trustees(const std::vector<Assumption>& maps) {
  std::vector<Value> all;
  for (const Assumption& assumption : maps) {
    const auto* map = assumption.fact.value.get<value::MapValue>();
    if (assumption.fact.status != FactStatus::Present || map == nullptr) return assumption.fact;
    for (const value::MapEntry& entry : map->entries) {
      if (std::find(all.begin(), all.end(), entry.key) == all.end()) all.push_back(entry.key);
    }
  }
  return Fact::present(Value(value::SetValue::exactly(std::move(all))));
}

Fact attestation(const Address& address, const Fact& given) {
  const auto attestation = evidence::attestation_in(given.value);
  if (given.status != FactStatus::Present || !attestation) return given;
  const auto* within = address.argument<value::Duration>(1);
  if (within != nullptr && within->seconds.low < attestation->age) return Fact::unknown(UnknownReason::Stale);
  return boolean(attestation->yes);
}

/// What is meant where an argument is left out, and keys that two names lead to.
Address one_spelling(Address address) {
  const auto leave_out = [&](std::size_t argument, std::string_view meant) {
    const auto* text = address.argument<std::string>(argument);
    if (text != nullptr && base::equal_folded(*text, meant)) address.arguments[argument] = Value();
  };
  switch (address.resource) {
    case ResourceKind::Http:
      leave_out(2, "1.1");
      leave_out(3, "HEAD");
      break;
    case ResourceKind::Certificates:
      leave_out(0, "My");
      break;
    case ResourceKind::Registry:
    case ResourceKind::RegistryKey: {
      const std::size_t view = address.resource == ResourceKind::Registry ? 2 : 1;
      const auto* number = address.argument<value::Number>(view);
      const auto* key = address.argument<std::string>(0);
      if (key == nullptr || number == nullptr || number->low != value::Integer::of(32)) break;
      address.arguments[0] = value::text(value::registry_key_in_view32(*key));
      address.arguments[view] = Value();
      break;
    }
    default:
      break;
  }
  return address;
}

}  // namespace

Address host_address(std::string_view attribute) {
  return {
      ResourceKind::Host, *value::find_attribute(value::resource_info(ResourceKind::Host), attribute), {}};
}

std::string location_key(const Address& address) {
  Address normal = one_spelling(address);
  const auto& parameters = value::resource_info(address.resource).parameters;
  for (std::size_t i = 0; i < normal.arguments.size() && i < parameters.size(); ++i) {
    Value& argument = normal.arguments[i];
    const auto* text = argument.get<std::string>();
    const TypeKind kind = parameters[i].type.kind;
    const bool folds =
        kind == TypeKind::Name || kind == TypeKind::Path || address.resource == ResourceKind::Gpo;
    if (text != nullptr && folds) argument = value::text(value::folded(*text));
    if (parameters[i].name == "view" && is_native_view(argument)) argument = Value();
  }
  while (!normal.arguments.empty() && normal.arguments.back().empty()) normal.arguments.pop_back();
  return value::to_text(normal);
}

Derivation::Derivation(const ir::Program& program) : program_(program) {
  settings_.reserve(program.settings.size());
  for (const ir::Setting& setting : program.settings) settings_.emplace(program.text(setting.path), &setting);
}

const ir::Setting* Derivation::setting_of(const Address& address) const {
  if (address.resource != ResourceKind::Gpo) return nullptr;
  const auto* path = address.argument<std::string>(0);
  const auto found = path != nullptr ? settings_.find(*path) : settings_.end();
  return found != settings_.end() ? found->second : nullptr;
}

/// What a catalogue entry says the setting is on the machine.
std::vector<Address> Derivation::setting_sources(const Address& address, const ir::Setting& setting) const {
  const auto text = [&](ir::TextId id) { return std::string(program_.text(id)); };
  if (setting.right != 0) return {{ResourceKind::UserRight, 0, {value::text(text(setting.right))}}};
  if (setting.audit_guid != 0) {
    const auto* subcategory = value::find_audit_subcategory(text(setting.audit_guid));
    if (subcategory == nullptr) return {address};
    return {{ResourceKind::Audit, 0, {value::text(std::string(subcategory->name))}}};
  }
  if (setting.key == 0) {
    for (std::size_t i = 0; i < kInfKeys.size(); ++i) {
      if (base::equal_folded(kInfKeys[i], text(setting.inf_key)))
        return {{ResourceKind::PasswordPolicy, static_cast<value::AttributeId>(i), {}}};
    }
    return {address};
  }
  const Value user = address.arguments.size() > 1 ? address.arguments[1] : Value();
  const bool per_user = setting.scope == ir::Scope::User || !user.empty();
  const auto place = [&](ir::TextId key, ir::TextId name) {
    return registry((per_user ? "HKCU\\" : "HKLM\\") + text(key == 0 ? setting.key : key), text(name), user);
  };
  std::vector<Address> all;
  if (setting.value_name != 0) all.push_back(place(0, setting.value_name));
  for (const ir::SettingElement& element : setting.elements) all.push_back(place(element.key, element.value));
  return all;
}

std::vector<Address> Derivation::sources(const Address& address) const {
  const std::string_view attribute = attribute_name(address);
  switch (address.resource) {
    case ResourceKind::Gpo: {
      const ir::Setting* setting = setting_of(address);
      return setting != nullptr ? setting_sources(address, *setting) : std::vector<Address>{address};
    }
    case ResourceKind::Tls: {
      const auto* protocol = address.argument<std::string>(0);
      const auto* side = address.argument<value::Symbol>(1);
      if (protocol == nullptr || side == nullptr) return {address};
      const std::string key =
          std::string(kProtocols) + *protocol + (side->name == "server" ? "\\Server" : "\\Client");
      return {registry(key, "Enabled"), registry(key, "DisabledByDefault"), host_address("build")};
    }
    case ResourceKind::Host:
      return {attribute == "domain_joined" ? host_address("role") : address};
    case ResourceKind::Port:
      if (attribute == "blocked_from") return {sibling(address, "allowed_from")};
      return {attribute == "listening" || attribute == "process" ? sibling(address, "listeners") : address};
    case ResourceKind::Acl:
    case ResourceKind::ShareAcl:
    case ResourceKind::RegistryAcl:
      if (attribute == "trustees") return {sibling(address, "allow"), sibling(address, "deny")};
      return {address};
    case ResourceKind::Attested:
      return {{ResourceKind::Attested, 0, {address.arguments.front()}}};
    default:
      return {address};
  }
}

Fact Derivation::derive(const Address& address, const std::vector<Assumption>& sources) const {
  const std::string_view attribute = attribute_name(address);
  const Fact* first = assumed(sources, 0);
  if (first == nullptr) return Fact::unknown(UnknownReason::NotCollected);
  switch (address.resource) {
    case ResourceKind::Host: {
      if (attribute != "domain_joined") return *first;
      const auto* role = first->value.get<value::Symbol>();
      return role != nullptr ? boolean(role->name != "workgroup") : *first;
    }
    case ResourceKind::Port:
      if (attribute == "blocked_from") return blocked(*first);
      return attribute == "listening" || attribute == "process" ? of_listeners(*first, attribute) : *first;
    case ResourceKind::Acl:
    case ResourceKind::ShareAcl:
    case ResourceKind::RegistryAcl:
      if (attribute != "trustees") return *first;
      return sources.size() == 2 ? trustees(sources) : Fact::unknown(UnknownReason::NotCollected);
    case ResourceKind::Attested:
      return attestation(address, *first);
    case ResourceKind::Gpo:
      // Not configured; on a machine this is always something.
      if (first->status == FactStatus::Absent && !is_registry(sources.front())) return *first;
      break;
    case ResourceKind::Tls:
      break;
    default:
      return *first;
  }
  value::Evidence evidence;
  for (const Assumption& source : sources) {
    if (!evidence::assume(evidence, source.location, source.fact)) return source.fact;
  }
  const derive::Names names(evidence);
  const derive::Registry registry(evidence);
  const derive::Context context{evidence, program_, names, settings_, 0};
  return address.resource == ResourceKind::Gpo ? derive::gpo_fact(context, registry, address)
                                               : derive::tls_fact(context, registry, address);
}

}  // namespace polc::analysis
