// SCHANNEL protocols: two registry values, three states (docs/language.md, "TLS").
#include <optional>

#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"
#include "runtime/value/defaults.hpp"

namespace polc::derive {
namespace {

using value::Fact;
using value::FactStatus;
using value::UnknownReason;

constexpr std::string_view kProtocols =
    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\";

/// A DWORD as a flag; nullopt unless it is present. Any other type than DWORD is Mistyped in the fact itself.
std::optional<bool> flag(const Fact& fact) {
  const auto* data = fact.value.get<value::RegistryData>();
  if (fact.status != FactStatus::Present || data == nullptr) return std::nullopt;
  return std::get<std::uint64_t>(data->data) != 0;
}

Fact dword_only(Fact fact) {
  const auto* data = fact.value.get<value::RegistryData>();
  if (fact.status == FactStatus::Present && data != nullptr && data->type != value::RegistryType::Dword) {
    fact.status = FactStatus::Mistyped;
  }
  return fact;
}

}  // namespace

Fact tls_fact(const Context& context, const Registry& registry, const value::Address& address) {
  const auto* protocol = address.argument<std::string>(0);
  const auto* side = address.argument<value::Symbol>(1);
  if (protocol == nullptr || side == nullptr) return Fact::unknown(UnknownReason::Unsupported);
  const bool server = side->name == "server";
  const std::string key = std::string(kProtocols) + *protocol + (server ? "\\Server" : "\\Client");
  const Fact enabled = dword_only(registry.data(key, "Enabled"));
  const Fact by_default = dword_only(registry.data(key, "DisabledByDefault"));

  const auto state = [&](bool is_enabled, bool is_disabled_by_default, const Fact& decided,
                         const Fact& other) {
    Fact fact = Fact::present(symbol(value::tls_state(is_enabled, is_disabled_by_default)), decided.origin);
    if (other.origin != 0 && other.origin != decided.origin) fact.related.push_back(other.origin);
    return fact;
  };
  const auto enabled_flag = flag(enabled);
  const auto by_default_flag = flag(by_default);
  if (enabled_flag && !*enabled_flag) return state(false, false, enabled, by_default);
  for (const Fact* fact : {&enabled, &by_default}) {
    if (fact->status == FactStatus::Unknown || fact->status == FactStatus::Mistyped) return *fact;
  }
  if (enabled_flag && by_default_flag) return state(true, *by_default_flag, by_default, enabled);
  if (!enabled_flag && !by_default_flag) return Fact::absent(enabled.level, enabled.origin);
  if (by_default_flag && *by_default_flag) return state(true, true, by_default, enabled);

  // One of the two is missing, and what Windows takes for it depends on its build.
  const auto& build = context.evidence.host.build;
  const auto standard = build.present() ? value::tls_default(*protocol, server, build.value) : std::nullopt;
  if (!standard) {
    return Fact::unknown(UnknownReason::DefaultUnknown,
                         std::string(enabled_flag ? "DisabledByDefault" : "Enabled") + " is missing",
                         enabled_flag ? enabled.origin : by_default.origin);
  }
  Fact fact = enabled_flag ? state(true, standard->disabled_by_default, enabled, by_default)
                           : state(standard->enabled, false, by_default, enabled);
  fact.note = std::string(enabled_flag ? "DisabledByDefault" : "Enabled") + " is missing: default of build " +
              std::to_string(build.value);
  return fact;
}

}  // namespace polc::derive
