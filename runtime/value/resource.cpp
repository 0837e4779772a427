#include "runtime/value/resource.hpp"

#include <algorithm>

#include "runtime/value/resource_indices.hpp"

namespace polc::value {
namespace {

using namespace catalogue;
using S = EvidenceSection;

constexpr bool kTotal = true;
constexpr bool kMayBeAbsent = false;
constexpr bool kSensitive = true;

const ParameterInfo kUser{"user", kPrincipal, false, "whose hive an HKCU key is read from"};
const ParameterInfo kAt{"at", kPath, false,
                        "effective path such as 'Default Web Site/LabTech'; the server level without it"};

std::vector<AttributeInfo> acl_attributes() {
  return {
      {"allow", map_of(K::Principal, K::Rights), kMayBeAbsent, false, "what each principal is granted"},
      {"deny", map_of(K::Principal, K::Rights), kMayBeAbsent, false, "what each principal is denied"},
      {"trustees", set_of(K::Principal), kMayBeAbsent, false, "every principal with any entry"},
      {"owner", kPrincipal, kMayBeAbsent, false, "owner of the object"},
      {"protected", kBool, kMayBeAbsent, false, "inheritance from the parent is blocked"},
      {"entries", list_of(K::Record, kAce), kMayBeAbsent, false,
       "access control entries in their stored order"},
      {"sddl", kText, kMayBeAbsent, false, "security descriptor in SDDL, as read"},
  };
}

std::vector<ResourceInfo> build_catalogue() {
  std::vector<ResourceInfo> all;
  const auto add = [&all](ResourceInfo info) { all.push_back(std::move(info)); };

  add({ResourceKind::Registry,
       "registry",
       "one registry value",
       {{"key", kPath, true, "key with its hive: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa'"},
        {"value", kName, true, "value name; '' is the default value"},
        {"view", kInt, false, "32 reads the WOW64 view; 64 is the default"},
        kUser},
       {{"value", kRegistry, kMayBeAbsent, false, "typed data of the value"}},
       0,
       "",
       {S::Registry, S::Users},
       "registry('HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa', 'RestrictAnonymous') == 1"});
  add({ResourceKind::RegistryKey,
       "registry_key",
       "one registry key",
       {{"key", kPath, true, "key with its hive"}, {"view", kInt, false, "32 or 64"}, kUser},
       {{"subkeys", set_of(K::Name), kMayBeAbsent, false, "names of the immediate subkeys"},
        {"values", set_of(K::Name), kMayBeAbsent, false, "names of the values"}},
       0,
       "",
       {S::Registry, S::Users},
       "registry_key('HKLM\\SOFTWARE\\LabTech') is present"});
  add({ResourceKind::Gpo,
       "gpo",
       "a Group Policy setting of the catalogue (`use std.gpo`)",
       {{"setting", kText, true, "path in the Group Policy editor, or an unambiguous trailing part of it"},
        kUser,
        {"option", kText, false,
         "label of one input; set by .option(\"label\"), never written as an argument"}},
       {{"value", Type{}, kMayBeAbsent, false, "typed by the setting's catalogue entry"},
        {"state", enumeration_type(kPolicyStateEnum), kMayBeAbsent, false,
         "Enabled, Disabled or NotConfigured"},
        {"option", Type{}, kMayBeAbsent, false, "one element of the setting: .option(\"label\")"}},
       0,
       "",
       {S::Registry, S::Users, S::AccountPolicy, S::UserRights, S::AuditPolicy},
       "gpo(\"Lanman Workstation/Enable insecure guest logons\") == Disabled"});
  add({ResourceKind::UserRight,
       "user_right",
       "who holds a privilege or logon right",
       {{"right", kName, true, "privilege constant: SeTcbPrivilege"}},
       {{"holders", set_of(K::Principal), kTotal, false, "principals that hold it"}},
       0,
       "administrator (LSA policy read)",
       {S::UserRights, S::Names},
       "user_right(SeTcbPrivilege) == {}"});
  add({ResourceKind::PasswordPolicy,
       "password_policy",
       "password and lockout policy of the machine's own accounts (of the domain on a DC)",
       {},
       {{"min_length", kInt, kTotal, false, "least number of characters"},
        {"complexity", kBool, kTotal, false, "three of five character classes are demanded"},
        {"history", kInt, kTotal, false, "remembered passwords"},
        {"max_age", kDuration, kTotal, false, "password expires after this time; never = +infinity"},
        {"min_age", kDuration, kTotal, false, "time before a password may be changed again"},
        {"reversible_encryption", kBool, kTotal, false, "passwords are stored decryptably"},
        {"lockout_threshold", kInt, kTotal, false, "failed logons before lockout; never = +infinity"},
        {"lockout_duration", kDuration, kMayBeAbsent, false,
         "lockout time; until_unlocked = +infinity; absent without a threshold"},
        {"lockout_window", kDuration, kMayBeAbsent, false, "time after which the failure counter resets"}},
       std::nullopt,
       "administrator for complexity",
       {S::AccountPolicy},
       "password_policy.min_length >= 14"});
  add({ResourceKind::Password,
       "password",
       "composition of a secret that the operator hands over at check time",
       {{"name", kText, true, "name used with --secret and in composition facts"}},
       {{"length", kInt, kMayBeAbsent, kSensitive, "number of characters"},
        {"classes", set_of(K::Enum, kCharacterClass), kMayBeAbsent, kSensitive,
         "character classes that occur"},
        {"in_breach_list", kBool, kMayBeAbsent, kSensitive, "occurs in the list given with --breach-list"}},
       std::nullopt,
       "the secret itself (--secret), or a dated composition fact",
       {S::Passwords},
       "password(\"mysql.root\").length >= 12"});
  add({ResourceKind::Port,
       "port",
       "one local port: listening sockets joined with the effective inbound firewall",
       {{"port", kPort, true, "443/tcp"}},
       {{"listening", kBool, kTotal, false, "a socket is bound to the port"},
        {"listeners", list_of(K::Record, kListener), kTotal, false, "bound sockets with their process"},
        {"allowed_from", kAddresses, kTotal, false, "remote addresses that the host firewall lets in"},
        {"blocked_from", kAddresses, kTotal, false, "remote addresses that the host firewall keeps out"},
        {"reachable_from", kAddresses, kTotal, false,
         "allowed_from, as far as a listener's binding answers there"},
        {"process", set_of(K::Name), kTotal, false, "names of the listening processes"}},
       std::nullopt,
       "",
       {S::Listeners, S::Firewall, S::Host},
       "port(443/tcp).listening"});
  add({ResourceKind::Exposure,
       "exposure",
       "what a scan from outside saw",
       {{"vantage", kText, true, "name of the place the scan ran from"}, {"port", kPort, true, "3389/tcp"}},
       {{"state", enumeration_type(kExposureState), kMayBeAbsent, false, "open, closed or filtered"}},
       0,
       "a scan (nmap XML) or a recorded result",
       {S::Exposure},
       "exposure(\"internet\", 3389/tcp) is not open"});
  add({ResourceKind::Acl,
       "acl",
       "security descriptor of a file or folder",
       {{"path", kPath, true, "path on the host; %windir%-style variables expand there"}},
       acl_attributes(),
       0,
       "READ_CONTROL on the object",
       {S::FileSecurity, S::Names},
       "acl('C:\\LTShare').allow['Everyone'] is absent"});
  add({ResourceKind::ShareAcl,
       "share_acl",
       "security descriptor of a network share",
       {{"share", kName, true, "share name"}},
       acl_attributes(),
       0,
       "administrator (share information level 502)",
       {S::Shares, S::Names},
       "share_acl(\"LTShare\").trustees == {Administrators}"});
  add({ResourceKind::RegistryAcl,
       "registry_acl",
       "security descriptor of a registry key",
       {{"key", kPath, true, "key with its hive"}},
       acl_attributes(),
       0,
       "READ_CONTROL on the key",
       {S::KeySecurity, S::Names},
       "registry_acl('HKLM\\SAM').owner == SYSTEM"});
  add({ResourceKind::Iis,
       "iis",
       "one attribute of the effective IIS configuration",
       {{"section", kText, false, "'system.webServer/security/requestFiltering'"},
        {"attribute", kText, false, "attribute of the section's element"},
        kAt},
       {{"value", Type{}, kMayBeAbsent, false,
         "typed by the IIS schema; total where the schema has a default"}},
       0,
       "administrator (read access to inetsrv\\config)",
       {S::Iis},
       "iis('system.webServer/security/requestFiltering', 'removeServerHeader') == true"});
  add({ResourceKind::IisList,
       "iis_list",
       "elements of an IIS collection after inheritance, clear and remove",
       {{"section", kText, true, "path of the collection element"}, kAt},
       {{"items", list_of(K::Record, kIisElement), kMayBeAbsent, false, "elements in effective order"}},
       0,
       "administrator (read access to inetsrv\\config)",
       {S::Iis},
       "any v in iis_list('system.webServer/security/requestFiltering/verbs'): v.verb == \"OPTIONS\""});
  add({ResourceKind::IisPaths,
       "iis_paths",
       "every effective configuration path of the web server",
       {},
       {{"paths", set_of(K::Path), kMayBeAbsent, false,
         "sites, applications, virtual directories and configured folders"}},
       0,
       "administrator (read access to inetsrv\\config)",
       {S::Iis},
       "all p in iis_paths: iis('system.webServer/directoryBrowse', 'enabled', at: p) == false"});
  add({ResourceKind::Http,
       "http",
       "a live HTTP request, or its recorded answer",
       {{"url", kText, true, "URL"},
        {"host", kText, false, "Host header in visible ASCII; \"\" sends it empty"},
        {"version", kText, false, "\"1.0\" or \"1.1\", which is the default"},
        {"method", kText, false, "HEAD, which is the default, GET, OPTIONS or TRACE"}},
       {{"status", kInt, kMayBeAbsent, false, "status code"},
        {"headers", map_of(K::Name, K::Text), kMayBeAbsent, false, "response headers"}},
       0,
       "network probes permitted by the policy (allow_network true) and with --allow-network",
       {S::Http},
       "http(\"https://localhost/\", host: \"\", version: \"1.0\").headers['Server'] is absent"});
  add({ResourceKind::Host,
       "host",
       "the machine itself",
       {},
       {{"name", kName, kTotal, false, "computer name"},
        {"os", kText, kTotal, false, "product name"},
        {"build", kInt, kTotal, false, "build number, for example 20348"},
        {"ubr", kInt, kTotal, false, "update build revision"},
        {"edition", kText, kTotal, false, "edition identifier"},
        {"installation_type", enumeration_type(kInstallation), kTotal, false,
         "desktop experience, core or client"},
        {"role", enumeration_type(kRole), kTotal, false, "domain controller, member or workgroup"},
        {"domain_joined", kBool, kTotal, false, "member of a domain, or a domain controller"},
        {"domain", kName, kMayBeAbsent, false, "DNS name of the domain"},
        {"domain_sid", kPrincipal, kMayBeAbsent, false, "SID of the domain"},
        {"secure_boot", kBool, kTotal, false, "UEFI secure boot is on"}},
       std::nullopt,
       "",
       {S::Host},
       "host.role == member"});
  add({ResourceKind::Tls,
       "tls",
       "state of an SCHANNEL protocol",
       {{"protocol", kText, true,
         "\"SSL 2.0\", \"SSL 3.0\", \"TLS 1.0\" ... \"TLS 1.3\", \"DTLS 1.0\", \"DTLS 1.2\""},
        {"side", enumeration_type(kTlsSide), true, "server or client"}},
       {{"state", enumeration_type(kTlsState), kMayBeAbsent, false,
         "enabled, disabled_by_default or disabled"}},
       0,
       "",
       {S::Registry, S::Host},
       "tls(\"TLS 1.0\", server) is disabled"});
  add({ResourceKind::Service,
       "service",
       "a Windows service",
       {{"name", kName, true, "service name, not its display name"}},
       {{"state", enumeration_type(kServiceState), kMayBeAbsent, false, "current state"},
        {"start", enumeration_type(kServiceStart), kMayBeAbsent, false, "start type"},
        {"account", kPrincipal, kMayBeAbsent, false, "account it runs as"}},
       0,
       "",
       {S::Services, S::Names},
       "service(\"RemoteRegistry\").start == disabled"});
  add({ResourceKind::LocalGroup,
       "local_group",
       "a group of the machine's own account database",
       {{"group", kPrincipal, true, "group by alias, name or SID"}},
       {{"members", set_of(K::Principal), kMayBeAbsent, false, "direct members"}},
       0,
       "",
       {S::LocalGroups, S::Names},
       "local_group(Administrators).members within {'.\\Administrator', 'CORP\\Server Admins'}"});
  add({ResourceKind::Account,
       "account",
       "an account of the machine's own database",
       {{"name", kName, false, "account name"},
        {"rid", kInt, false, "relative identifier: 500 is the built-in Administrator"}},
       {{"enabled", kBool, kMayBeAbsent, false, "may log on"},
        {"name", kName, kMayBeAbsent, false, "current name"},
        {"sid", kPrincipal, kMayBeAbsent, false, "its SID"},
        {"password_required", kBool, kMayBeAbsent, false, "a password is demanded"},
        {"password_expires", kBool, kMayBeAbsent, false, "its password expires"}},
       0,
       "",
       {S::Accounts, S::Host},
       "account(rid: 501).enabled == false"});
  add({ResourceKind::Accounts,
       "accounts",
       "all accounts of the machine's own database",
       {},
       {{"items", list_of(K::Record, kAccountRow), kTotal, false, "one row an account"}},
       0,
       "",
       {S::Accounts},
       "all a in accounts: a.password_required"});
  add({ResourceKind::Audit,
       "audit",
       "advanced audit policy of a subcategory",
       {{"subcategory", kName, true, "English name or GUID"}},
       {{"outcomes", set_of(K::Enum, kAuditOutcome), kTotal, false, "success, failure, both or none"}},
       0,
       "SeSecurityPrivilege",
       {S::AuditPolicy},
       "audit(\"Logon\") == {success, failure}"});
  add({ResourceKind::Attested,
       "attested",
       "a dated human statement",
       {{"key", kText, true, "key of the attestation"},
        {"within", kDuration, false, "oldest acceptable age"}},
       {{"answer", kBool, kTotal, false, "yes or no; unknown without a statement in date"}},
       0,
       "an attestation file",
       {S::Attestations},
       "attested(\"perimeter.rdp\", within: 90d)"});
  add({ResourceKind::Users,
       "users",
       "users with a profile on the machine, and the default profile",
       {},
       {{"sids", set_of(K::Principal), kTotal, false, "S-1-5-21-*, S-1-12-1-* and Default"}},
       0,
       "administrator for profiles that are not loaded",
       {S::Users},
       "all u in users: registry('HKCU\\Software\\X', 'Y', user: u) == 1"});
  add({ResourceKind::Firewall,
       "firewall",
       "one profile of Windows Firewall, policy and local stores merged",
       {{"profile", enumeration_type(kFirewallProfile), true, "domain, private or public"}},
       {{"enabled", kBool, kTotal, false, "the profile filters"},
        {"default_inbound", enumeration_type(kFirewallAction), kTotal, false,
         "what happens without a matching rule"},
        {"default_outbound", enumeration_type(kFirewallAction), kTotal, false,
         "what happens without a matching rule"},
        {"local_rules", kBool, kTotal, false, "rules of the local store count (AllowLocalPolicyMerge)"}},
       0,
       "",
       {S::Firewall},
       "firewall(public).enabled"});
  add({ResourceKind::FirewallRules,
       "firewall_rules",
       "rules that are in force, of all stores",
       {},
       {{"items", list_of(K::Record, kFirewallRule), kTotal, false, "one row a rule"}},
       0,
       "",
       {S::Firewall},
       "all r in firewall_rules: not (r.direction == inbound and r.name like \"*telnet*\")"});
  add({ResourceKind::Listeners,
       "listeners",
       "all bound sockets",
       {},
       {{"items", list_of(K::Record, kListener), kTotal, false, "one row a socket"}},
       0,
       "",
       {S::Listeners},
       "all l in listeners: l.process not in {\"telnetd.exe\"}"});
  add({ResourceKind::Shares,
       "shares",
       "all network shares",
       {},
       {{"items", list_of(K::Record, kShareRow), kTotal, false, "one row a share"}},
       0,
       "administrator",
       {S::Shares},
       "all s in shares: share_acl(s.name).allow['Everyone'] is absent"});
  add({ResourceKind::WindowsFeature,
       "windows_feature",
       "a role or feature of the operating system",
       {{"name", kName, true, "feature name: \"SMB1Protocol\""}},
       {{"installed", kBool, kMayBeAbsent, false, "its state is Enabled"}},
       0,
       "administrator",
       {S::WindowsFeatures},
       "windows_feature(\"SMB1Protocol\").installed == false"});
  add({ResourceKind::Certificates,
       "certificates",
       "certificates of the machine's stores",
       {{"store", kName, false, "\"My\" by default"}},
       {{"items", list_of(K::Record, kCertificateRow), kTotal, false, "one row a certificate"}},
       0,
       "",
       {S::Certificates},
       "any c in certificates(\"Root\"): c.thumbprint == \"...\""});
  add({ResourceKind::Volumes,
       "volumes",
       "fixed volumes",
       {},
       {{"items", list_of(K::Record, kVolumeRow), kTotal, false, "one row a volume"}},
       0,
       "administrator for encryption state",
       {S::Volumes},
       "all v in volumes: v.filesystem == \"NTFS\""});
  return all;
}

}  // namespace

const std::vector<ResourceInfo>& resource_catalogue() {
  static const std::vector<ResourceInfo> catalogue = build_catalogue();
  return catalogue;
}

const ResourceInfo& resource_info(ResourceKind kind) {
  return resource_catalogue()[static_cast<std::size_t>(kind)];
}

const ResourceInfo* find_resource(std::string_view name) {
  const auto& all = resource_catalogue();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ResourceInfo& r) { return r.name == name; });
  return found == all.end() ? nullptr : &*found;
}

std::optional<AttributeId> find_attribute(const ResourceInfo& resource, std::string_view name) {
  for (std::size_t i = 0; i < resource.attributes.size(); ++i) {
    if (resource.attributes[i].name == name) return static_cast<AttributeId>(i);
  }
  return std::nullopt;
}

}  // namespace polc::value
