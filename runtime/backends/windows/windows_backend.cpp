#include "runtime/backends/windows/windows_backend.hpp"

#include <utility>

#include "runtime/backends/http/requests.hpp"
#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/http_network.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends {
namespace windows {
namespace {

using value::EvidenceSection;

constexpr std::string_view kNetworkConsent = "`allow_network true` in the policy, and --allow-network";

/// A part of the machine, and what reading it takes.
struct Part {
  EvidenceSection section;
  Closure closure;
  std::string_view privilege;
  void (*collect)(value::Evidence&, const PlanSlice*);
};

/// In the order in which they run: names are looked up for what the others found.
const std::vector<Part>& parts() {
  static const std::vector<Part> all{
      {EvidenceSection::Users, Closure::Closed, "", collect_users},
      {EvidenceSection::Registry, Closure::Closed, "", collect_registry},
      {EvidenceSection::FileSecurity, Closure::Closed, "", collect_file_security},
      {EvidenceSection::KeySecurity, Closure::Closed, "", collect_key_security},
      {EvidenceSection::Shares, Closure::Closed, kAdministrator, collect_shares},
      {EvidenceSection::AccountPolicy, Closure::Closed, kAdministrator, collect_account_policy},
      {EvidenceSection::UserRights, Closure::Closed, kAdministrator, collect_user_rights},
      {EvidenceSection::AuditPolicy, Closure::Closed, kAuditPrivilege, collect_audit_policy},
      {EvidenceSection::Services, Closure::Closed, "", collect_services},
      {EvidenceSection::LocalGroups, Closure::Closed, "", collect_local_groups},
      {EvidenceSection::Accounts, Closure::Closed, "", collect_accounts},
      {EvidenceSection::Listeners, Closure::Closed, "", collect_listeners},
      {EvidenceSection::Firewall, Closure::Closed, "", collect_firewall},
      {EvidenceSection::Iis, Closure::Closed, kAdministrator, collect_iis},
      {EvidenceSection::Volumes, Closure::Closed, "", collect_volumes},
      {EvidenceSection::Certificates, Closure::Closed, "", collect_certificates},
      {EvidenceSection::WindowsFeatures, Closure::Open, "", collect_windows_features},
      {EvidenceSection::Names, Closure::Open, "", collect_names},
  };
  return all;
}

class WindowsBackend : public Backend {
 public:
  std::string_view name() const override { return kLive; }
  std::string_view description() const override {
    return "the Windows machine polc runs on; nothing is written to it";
  }

  std::vector<Capability> capabilities(const Target*, std::optional<value::Layer>) const override {
    std::vector<Capability> all{{EvidenceSection::Host, About::Effective, Closure::Closed}};
    for (const Part& part : parts()) {
      // Of the features of Windows it only says why they are unknown.
      if (part.section == EvidenceSection::WindowsFeatures) continue;
      all.push_back({part.section, About::Effective, part.closure, part.privilege});
    }
    all.push_back({EvidenceSection::Http, About::Effective, Closure::Open, kNetworkConsent, {}, true});
    return all;
  }

  bool reads_path() const override { return false; }
  bool recognises(const Target&) const override { return false; }

  std::optional<std::vector<value::Evidence>> collect(const Target&, const Request& request,
                                                      base::DiagnosticSink&) const override {
    value::Evidence evidence;
    evidence.backend = kLive;
    evidence.target = kLive;
    evidence.collected_at = request.now;
    collect_host(evidence);
    for (const Part& part : parts()) part.collect(evidence, request.slice);
    HttpNetwork network;
    http::collect_http(evidence, request, network);
    return one(std::move(evidence));
  }
};

}  // namespace
}  // namespace windows

const Backend& windows_backend() {
  static const windows::WindowsBackend backend;
  return backend;
}

}  // namespace polc::backends
