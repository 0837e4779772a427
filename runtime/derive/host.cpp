// The machine itself.
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

using value::AbsentLevel;
using value::Fact;
using value::HostRole;

std::string_view role_name(HostRole role) {
  switch (role) {
    case HostRole::DomainController:
      return "dc";
    case HostRole::Member:
      return "member";
    case HostRole::Workgroup:
      return "workgroup";
  }
  return "";
}

value::Value text_of(const std::string& s) {
  return value::text(s);
}

Fact domain_joined(const value::HostEvidence& host) {
  const bool outside = host.role.present() && host.role.value == HostRole::Workgroup;
  const bool inside = host.role.present() && !outside;
  if ((outside && host.domain.present()) || (inside && host.domain.status == value::FactStatus::Absent)) {
    Fact fact = Fact::unknown(value::UnknownReason::Conflict, "role and domain contradict each other",
                              host.role.origin);
    fact.related.push_back(host.domain.origin);
    return fact;
  }
  if (host.role.present()) {
    return Fact::present(boolean(host.role.value != HostRole::Workgroup), host.role.origin);
  }
  if (host.domain.present()) return Fact::present(boolean(true), host.domain.origin);
  if (host.domain.status == value::FactStatus::Absent)
    return Fact::present(boolean(false), host.domain.origin);
  return unknown_fact(host.role.unknown, host.role.origin);
}

/// A workgroup machine has no domain even where nobody wrote that down.
template <class Convert>
Fact of_domain(const value::HostEvidence& host, const value::Reading<std::string>& reading, Convert convert) {
  const bool outside = host.role.present() && host.role.value == HostRole::Workgroup;
  if (outside && reading.status == value::FactStatus::Unknown) {
    return Fact::absent(AbsentLevel::Object, host.role.origin);
  }
  return fact_of(reading, AbsentLevel::Object, convert);
}

/// Attributes in the order of the catalogue.
enum class HostAttribute : value::AttributeId {
  Name,
  Os,
  Build,
  Ubr,
  Edition,
  InstallationType,
  Role,
  DomainJoined,
  Domain,
  DomainSid,
  SecureBoot,
};

}  // namespace

Fact host_fact(const Context& context, const value::Address& address) {
  const value::HostEvidence& host = context.evidence.host;
  const auto number = [](std::uint32_t n) { return unsigned_integer(n); };
  switch (static_cast<HostAttribute>(address.attribute)) {
    case HostAttribute::Name:
      return fact_of(host.name, AbsentLevel::Object, text_of);
    case HostAttribute::Os:
      return fact_of(host.os, AbsentLevel::Object, text_of);
    case HostAttribute::Build:
      return fact_of(host.build, AbsentLevel::Object, number);
    case HostAttribute::Ubr:
      return fact_of(host.ubr, AbsentLevel::Object, number);
    case HostAttribute::Edition:
      return fact_of(host.edition, AbsentLevel::Object, text_of);
    case HostAttribute::InstallationType:
      return fact_of(host.installation_type, AbsentLevel::Object,
                     [](const std::string& s) { return symbol(s); });
    case HostAttribute::Role:
      return fact_of(host.role, AbsentLevel::Object, [](HostRole role) { return symbol(role_name(role)); });
    case HostAttribute::DomainJoined:
      return domain_joined(host);
    case HostAttribute::Domain:
      return of_domain(host, host.domain, text_of);
    case HostAttribute::DomainSid:
      return of_domain(host, host.domain_sid, [](const std::string& sid) {
        return value::Value(value::Principal{value::Principal::Form::Sid, 0, sid, {}});
      });
    case HostAttribute::SecureBoot:
      return fact_of(host.secure_boot, AbsentLevel::Object, boolean);
  }
  return Fact::unknown(value::UnknownReason::Unsupported);
}

}  // namespace polc::derive
