// Domain controller, member or workgroup. ProductType of SYSTEM names controllers; SECURITY holds the SID of the domain.
// Without SECURITY, membership is taken from SYSTEM only where two traces of it agree: the DNS domain and the start
// type of Netlogon, which joining a domain sets to automatic.
#include "runtime/backends/hive/sections.hpp"
#include "runtime/base/casefold.hpp"

namespace polc::backends::hive {
namespace {

using value::FactStatus;
using value::HostRole;
using value::Reading;
using value::UnknownReason;

using RoleReading = Reading<HostRole>;

RoleReading undecided(std::string_view why, value::OriginId origin = 0) {
  return RoleReading::unreadable({UnknownReason::NotCollected, {}, std::string(why)}, origin);
}

/// Member or workgroup by the traces in SYSTEM.
RoleReading membership_in_system(HiveReader& system) {
  constexpr std::uint32_t kAutomatic = 2;
  const KeyReading services = system.key(control_set(system), "Services");
  const TextReading domain = KeyValues(system, system.key(services, "Tcpip\\Parameters")).text("Domain");
  const NumberReading netlogon = KeyValues(system, system.key(services, "Netlogon")).dword("Start");
  const bool no_domain = domain.status == FactStatus::Absent || (domain.present() && domain.value.empty());
  const bool has_domain = domain.present() && !domain.value.empty();
  const bool idle =
      netlogon.status == FactStatus::Absent || (netlogon.present() && netlogon.value != kAutomatic);
  const bool running = netlogon.present() && netlogon.value == kAutomatic;
  if (has_domain && running) return RoleReading::of(HostRole::Member, domain.origin);
  if (no_domain && idle) return RoleReading::of(HostRole::Workgroup, domain.origin);
  return undecided("SYSTEM does not tell whether the machine is in a domain; put SECURITY beside it",
                   domain.origin);
}

RoleReading membership_in_security(HiveReader& security) {
  const TextReading domain = primary_domain_sid(security);
  if (domain.present()) return RoleReading::of(HostRole::Member, domain.origin);
  if (domain.status == FactStatus::Absent) return RoleReading::of(HostRole::Workgroup, domain.origin);
  return without_value<HostRole>(domain);
}

/// By SECURITY alone: the accounts of a controller are those of its domain.
Reading<bool> is_controller_by_sids(HiveReader& security) {
  const TextReading own = account_domain_sid(security);
  const TextReading domain = primary_domain_sid(security);
  if (own.present() && domain.present()) return Reading<bool>::of(own.value == domain.value, domain.origin);
  if (domain.status == FactStatus::Absent) return Reading<bool>::of(false, domain.origin);
  return Reading<bool>::unreadable({UnknownReason::Corrupt, {}, "SECURITY does not name the machine's SIDs"},
                                   own.origin);
}

}  // namespace

Reading<bool> is_controller(HiveReader* system, HiveReader* security) {
  if (system != nullptr) {
    const KeyReading options = system->key(control_set(*system), "Control\\ProductOptions");
    const TextReading type = KeyValues(*system, options).text("ProductType");
    if (type.present()) return Reading<bool>::of(base::equal_folded(type.value, "LanmanNT"), type.origin);
  }
  if (security != nullptr) return is_controller_by_sids(*security);
  return Reading<bool>::unreadable(
      {UnknownReason::NotCollected,
       {},
       "whether this is a domain controller is written in SYSTEM; put that hive beside this one"});
}

RoleReading role_of(HiveReader* system, HiveReader* security) {
  const Reading<bool> controller = is_controller(system, security);
  if (!controller.present()) return without_value<HostRole>(controller);
  if (controller.value) return RoleReading::of(HostRole::DomainController, controller.origin);
  if (security != nullptr) {
    RoleReading membership = membership_in_security(*security);
    if (membership.present() || system == nullptr) return membership;
  }
  return membership_in_system(*system);
}

}  // namespace polc::backends::hive
