// Enumerations, records and section names that the resource catalogue refers to.
#include <algorithm>

#include "runtime/value/resource.hpp"
#include "runtime/value/resource_indices.hpp"

namespace polc::value {

using namespace catalogue;
using S = EvidenceSection;

std::string_view section_name(EvidenceSection section) {
  switch (section) {
    case S::Host:
      return "host";
    case S::Registry:
      return "registry";
    case S::Users:
      return "users";
    case S::AccountPolicy:
      return "account_policy";
    case S::UserRights:
      return "user_rights";
    case S::AuditPolicy:
      return "audit_policy";
    case S::Services:
      return "services";
    case S::LocalGroups:
      return "local_groups";
    case S::Accounts:
      return "accounts";
    case S::Names:
      return "names";
    case S::Listeners:
      return "listeners";
    case S::Firewall:
      return "firewall";
    case S::FileSecurity:
      return "file_security";
    case S::KeySecurity:
      return "key_security";
    case S::Shares:
      return "shares";
    case S::Iis:
      return "iis";
    case S::Http:
      return "http";
    case S::Exposure:
      return "exposure";
    case S::Attestations:
      return "attestations";
    case S::Passwords:
      return "passwords";
    case S::WindowsFeatures:
      return "windows_features";
    case S::Certificates:
      return "certificates";
    case S::Volumes:
      return "volumes";
  }
  return "";
}

const std::vector<EnumInfo>& enumerations() {
  static const std::vector<EnumInfo> all{
      {"host_role", {"dc", "member", "workgroup"}, "part a machine plays in a domain"},
      {"installation_type", {"server", "server_core", "client"}, "InstallationType of the operating system"},
      {"tls_state", {"enabled", "disabled_by_default", "disabled"}, "SCHANNEL protocol state"},
      {"tls_side", {"server", "client"}, "SCHANNEL role"},
      {"service_state",
       {"stopped", "start_pending", "stop_pending", "running", "continue_pending", "pause_pending", "paused"},
       "SERVICE_STATUS current state"},
      {"service_start",
       {"boot", "system", "automatic", "automatic_delayed", "manual", "disabled"},
       "service start type"},
      {"audit_outcome", {"success", "failure"}, "outcomes that are audited"},
      {"character_class", {"upper", "lower", "digit", "symbol"}, "classes of characters in a password"},
      {"exposure_state", {"open", "closed", "filtered"}, "what a scan saw"},
      {"policy_state", {"Enabled", "Disabled", "NotConfigured"}, "state of a Group Policy setting"},
      {"firewall_profile", {"domain", "private", "public"}, "Windows Firewall profile"},
      {"firewall_action", {"block", "allow"}, "Windows Firewall action"},
      {"direction", {"inbound", "outbound"}, "direction of traffic"},
      {"ace_type", {"allowed", "denied"}, "access control entry type"},
      {"ace_scope", {"self", "subfolders", "files"}, "what an access control entry applies to"},
      {"protocol", {"tcp", "udp"}, "transport protocol"},
  };
  return all;
}

std::uint16_t enumeration_index(std::string_view name) {
  const auto& all = enumerations();
  const auto found = std::find_if(all.begin(), all.end(), [&](const EnumInfo& e) { return e.name == name; });
  return static_cast<std::uint16_t>(found - all.begin());
}

const std::vector<RecordInfo>& records() {
  static const std::vector<RecordInfo> all{
      {"listener",
       {{"port", kPort, true},
        {"address", kAddresses, true},
        {"process", kName, false},
        {"service", kName, false}},
       false},
      {"iis_element", {}, true},
      {"account",
       {{"name", kName, true},
        {"sid", kPrincipal, true},
        {"enabled", kBool, true},
        {"password_required", kBool, false},
        {"password_expires", kBool, false}},
       false},
      {"firewall_rule",
       {{"name", kText, true},
        {"direction", enumeration_type(kDirection), true},
        {"action", enumeration_type(kFirewallAction), true},
        {"program", kPath, false},
        {"service", kName, false},
        {"remote", kAddresses, true},
        {"group", kText, false}},
       false},
      {"share", {{"name", kName, true}, {"path", kPath, false}}, false},
      {"certificate",
       {{"subject", kText, true},
        {"issuer", kText, true},
        {"thumbprint", kName, true},
        {"not_after", kDate, true},
        {"not_before", kDate, false},
        {"key_bits", kInt, false},
        {"signature_algorithm", kText, false},
        {"has_private_key", kBool, false}},
       false},
      {"volume", {{"name", kName, true}, {"filesystem", kName, true}, {"encrypted", kBool, false}}, false},
      {"access_control_entry",
       {{"principal", kPrincipal, true},
        {"type", enumeration_type(kAceType), true},
        {"rights", simple(K::Rights), true},
        {"inherited", kBool, true}},
       false},
  };
  return all;
}

}  // namespace polc::value
