#include "runtime/backends/unreadable.hpp"

#include <tuple>

namespace polc::backends {
namespace {

using value::EvidenceSection;

class UnreadableMarker {
 public:
  UnreadableMarker(value::Evidence& evidence, const PlanSlice* slice, const value::Unknown& why,
                   value::OriginId origin)
      : e_(evidence), slice_(slice), why_(why), origin_(origin) {}

  void mark() {
    if (asked(EvidenceSection::Host)) host();
    if (asked(EvidenceSection::Registry)) registry();
    if (asked(EvidenceSection::AccountPolicy)) account_policy();
    if (asked(EvidenceSection::Firewall)) firewall();
    section(EvidenceSection::Users, e_.users);
    section(EvidenceSection::UserRights, e_.user_rights);
    section(EvidenceSection::AuditPolicy, e_.audit_policy);
    section(EvidenceSection::Services, e_.services);
    section(EvidenceSection::LocalGroups, e_.local_groups);
    section(EvidenceSection::Accounts, e_.accounts);
    section(EvidenceSection::Names, e_.names);
    section(EvidenceSection::Listeners, e_.tcp_listeners);
    section(EvidenceSection::Listeners, e_.udp_listeners);
    section(EvidenceSection::FileSecurity, e_.file_security);
    section(EvidenceSection::KeySecurity, e_.key_security);
    section(EvidenceSection::Shares, e_.shares);
    section(EvidenceSection::Iis, e_.iis.files);
    section(EvidenceSection::Http, e_.http);
    section(EvidenceSection::Exposure, e_.exposure);
    section(EvidenceSection::Attestations, e_.attestations);
    section(EvidenceSection::Passwords, e_.passwords);
    section(EvidenceSection::WindowsFeatures, e_.windows_features);
    section(EvidenceSection::Volumes, e_.volumes);
  }

 private:
  bool asked(EvidenceSection section) const { return slice_ == nullptr || slice_->needs(section); }

  template <class... T>
  void readings(value::Reading<T>&... all) {
    ((all = value::Reading<T>::unreadable(why_, origin_)), ...);
  }

  template <class Row>
  void section(EvidenceSection kind, value::Section<Row>& table) {
    if (!asked(kind)) return;
    table.collected = true;
    table.unreadable = why_;
    table.origin = origin_;
  }

  void host() {
    value::HostEvidence& host = e_.host;
    readings(host.name, host.os, host.build, host.ubr, host.edition, host.installation_type, host.role,
             host.domain, host.domain_sid, host.machine_sid, host.secure_boot, host.addresses);
  }

  void registry() {
    e_.registry_collected = true;
    if (slice_ == nullptr) return;
    for (const std::string& key : slice_->registry_keys()) {
      value::RegistryKeyEvidence& row = e_.registry[key];
      row.path = key;
      row.presence = value::Reading<bool>::unreadable(why_, origin_);
    }
  }

  void account_policy() {
    value::AccountPolicyEvidence& policy = e_.account_policy;
    readings(policy.min_length, policy.complexity, policy.history, policy.max_age, policy.min_age,
             policy.reversible_encryption, policy.lockout_threshold, policy.lockout_duration,
             policy.lockout_window);
  }

  void firewall() {
    readings(e_.firewall.active);
    section(EvidenceSection::Firewall, e_.firewall.profiles);
    section(EvidenceSection::Firewall, e_.firewall.policy_rules);
    section(EvidenceSection::Firewall, e_.firewall.local_rules);
  }

  value::Evidence& e_;
  const PlanSlice* slice_;
  const value::Unknown& why_;
  value::OriginId origin_;
};

}  // namespace

void mark_unreadable(value::Evidence& evidence, const PlanSlice* slice, const value::Unknown& why,
                     value::OriginId origin) {
  UnreadableMarker(evidence, slice, why, origin).mark();
}

}  // namespace polc::backends
