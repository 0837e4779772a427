#include "runtime/derive/host_facts.hpp"

#include "runtime/derive/acl.hpp"
#include "runtime/derive/context.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"
#include "runtime/derive/iis.hpp"
#include "runtime/derive/names.hpp"
#include "runtime/derive/ports.hpp"
#include "runtime/derive/registry.hpp"

namespace polc::derive {
namespace {

using value::Address;
using value::Fact;
using value::ResourceKind;
using value::UnknownReason;

/// %SystemDrive% is the drive of %SystemRoot%, and %windir% another name for it, on every machine.
value::Evidence with_implied_variables(value::Evidence evidence) {
  auto& variables = evidence.host.variables;
  const auto copy = [&](const char* from, const char* to) {
    if (const auto found = variables.find(from); found != variables.end())
      variables.emplace(to, found->second);
  };
  copy("WINDIR", "SYSTEMROOT");
  copy("SYSTEMROOT", "WINDIR");
  if (const auto root = variables.find("SYSTEMROOT"); root != variables.end() && root->second.size() >= 2) {
    variables.emplace("SYSTEMDRIVE", root->second.substr(0, 2));
  }
  return evidence;
}

value::HostIdentity identity_of(const value::HostEvidence& host) {
  value::HostIdentity identity;
  if (host.name.present()) identity.name = host.name.value;
  if (host.os.present()) identity.os = host.os.value;
  if (host.build.present()) identity.build = host.build.value;
  return identity;
}

SettingIndex index_of(const ir::Program& program) {
  SettingIndex index;
  index.reserve(program.settings.size());
  for (const ir::Setting& setting : program.settings) index.emplace(program.text(setting.path), &setting);
  return index;
}

}  // namespace

struct HostFacts::State {
  State(const ir::Program& p, value::Evidence e, value::Layer l, std::int64_t as_of)
      : evidence(with_implied_variables(std::move(e))),
        layer(l),
        names(evidence),
        settings(index_of(p)),
        context{evidence, p, names, settings, as_of},
        registry(evidence),
        ports(evidence),
        access_lists(context),
        iis(context, evidence.origins),
        identity(identity_of(evidence.host)) {}

  Fact derive(const Address& address);

  value::Evidence evidence;
  value::Layer layer;
  Names names;
  SettingIndex settings;
  Context context;
  Registry registry;
  Ports ports;
  AccessLists access_lists;
  Iis iis;
  value::HostIdentity identity;
  std::vector<Fact> facts;  ///< by AddressId
};

Fact HostFacts::State::derive(const Address& address) {
  if (evidence.layer != layer) {
    return Fact::unknown(UnknownReason::NotCollected,
                         layer == value::Layer::Policy
                             ? "the target tells what is in force, not what a policy sets"
                             : "the target tells what a policy sets, not what is in force");
  }
  switch (address.resource) {
    case ResourceKind::Registry:
    case ResourceKind::RegistryKey:
      return registry.fact(address);
    case ResourceKind::Gpo:
      return gpo_fact(context, registry, address);
    case ResourceKind::UserRight:
      return user_right_fact(context, text_argument(address, 0));
    case ResourceKind::PasswordPolicy:
      return account_policy_fact(context, address.attribute);
    case ResourceKind::Port:
      return ports.port_fact(address);
    case ResourceKind::Listeners:
      return ports.listeners_fact();
    case ResourceKind::Firewall:
      return ports.firewall().profile_fact(address);
    case ResourceKind::FirewallRules:
      return ports.firewall().rules_fact();
    case ResourceKind::Host:
      return host_fact(context, address);
    case ResourceKind::Service:
      return service_fact(context, address);
    case ResourceKind::LocalGroup:
      return local_group_fact(context, address);
    case ResourceKind::Account:
      return account_fact(context, address);
    case ResourceKind::Accounts:
      return accounts_fact(context);
    case ResourceKind::Audit:
      return audit_fact(context, text_argument(address, 0));
    case ResourceKind::Users:
      return users_fact(context);
    case ResourceKind::Acl:
    case ResourceKind::ShareAcl:
    case ResourceKind::RegistryAcl:
      return access_lists.fact(address);
    case ResourceKind::Iis:
    case ResourceKind::IisList:
    case ResourceKind::IisPaths:
      return iis.fact(address);
    case ResourceKind::Tls:
      return tls_fact(context, registry, address);
    case ResourceKind::Http:
      return http_fact(context, address);
    case ResourceKind::Exposure:
      return exposure_fact(context, address);
    case ResourceKind::Attested:
      return attested_fact(context, address);
    case ResourceKind::Password:
      return password_fact(context, address);
    case ResourceKind::WindowsFeature:
      return windows_feature_fact(context, address);
    case ResourceKind::Certificates:
      return certificates_fact(context, address);
    case ResourceKind::Volumes:
      return volumes_fact(context);
    case ResourceKind::Shares:
      return shares_fact(context);
  }
  return Fact::unknown(UnknownReason::Unsupported);
}

HostFacts::HostFacts(const ir::Program& program, value::Evidence evidence, value::Layer layer,
                     std::int64_t as_of)
    : state_(std::make_unique<State>(program, std::move(evidence), layer, as_of)) {
  state_->facts.reserve(program.addresses.size());
  for (const Address& address : program.addresses) state_->facts.push_back(state_->derive(address));
}

HostFacts::~HostFacts() = default;

const Fact& HostFacts::at(value::AddressId id) const {
  return state_->facts[id];
}

Fact HostFacts::read(const Address& address) const {
  return state_->derive(address);
}

value::Principal HostFacts::resolve(const value::Principal& principal) const {
  return state_->names.resolve(principal);
}

const value::HostIdentity& HostFacts::host() const {
  return state_->identity;
}

const value::Origin& HostFacts::origin(value::OriginId id) const {
  static const value::Origin kNowhere;
  return id < state_->evidence.origins.size() ? state_->evidence.origins[id] : kNowhere;
}

value::Layer HostFacts::layer() const {
  return state_->layer;
}

}  // namespace polc::derive
