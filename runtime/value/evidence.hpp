// The evidence catalogue: primitives in the shape Windows keeps them, as a backend brings them. Nothing here
// is derived; what a policy asks about is computed from it in runtime/derive, once, for every backend.
//
// Three words recur. A *Reading* is one thing that was present, positively absent, or not readable. A
// *Section* is a table with closure: only a complete section may answer "absent" for a row it lacks. What
// nobody collected has no reading at all, and that is Unknown(not collected), never absent.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/fact.hpp"
#include "runtime/value/resource.hpp"

namespace polc::value {

/// A primitive that was looked for. Default: nobody looked.
template <class T>
struct Reading {
  FactStatus status =
      FactStatus::Unknown;  // Mistyped: `value` is unusable, `unknown.detail` shows what was there
  T value{};
  Unknown unknown{UnknownReason::NotCollected, {}, {}};
  OriginId origin = 0;

  bool present() const { return status == FactStatus::Present; }
  static Reading of(T v, OriginId origin = 0) { return {FactStatus::Present, std::move(v), {}, origin}; }
  static Reading absent(OriginId origin = 0) { return {FactStatus::Absent, {}, {}, origin}; }
  static Reading unreadable(Unknown why, OriginId origin = 0) {
    return {FactStatus::Unknown, {}, std::move(why), origin};
  }
};

/// A table. `complete` is the claim that rows not listed do not exist; it is false until a backend proves it.
template <class Row>
struct Section {
  std::vector<Row> rows;
  bool collected = false;  ///< somebody looked at all
  bool complete = false;
  bool object_missing = false;        ///< its owner does not exist on the host (no IIS): Absent(object)
  std::optional<Unknown> unreadable;  ///< the table as a whole (or its rest) could not be read
  OriginId origin = 0;
};

// --- host

enum class HostRole : std::uint8_t { DomainController, Member, Workgroup };

struct HostEvidence {
  Reading<std::string> name;
  Reading<std::string> os;
  Reading<std::uint32_t> build;
  Reading<std::uint32_t> ubr;
  Reading<std::string> edition;
  Reading<std::string> installation_type;  ///< "server", "server_core", "client"
  Reading<HostRole> role;
  Reading<std::string> domain;
  Reading<std::string> domain_sid;
  Reading<std::string> machine_sid;
  Reading<bool> secure_boot;
  /// Own addresses with their prefix ("10.1.2.3/24"): what LocalSubnet and listener bindings mean.
  Reading<std::vector<std::string>> addresses;
  /// %windir% and friends, by upper-case name, for paths that policies write with variables.
  std::map<std::string, std::string> variables;
};

// --- registry

struct RegistryValueEvidence {
  std::string name;  ///< as the host spells it
  Reading<RegistryData> data;
};

/// Name of the row, always absent, by which a policy says that it deletes all values of a key but those it sets
/// ([MS-GPREG] "**delvals."). No value of a registry is called so.
inline constexpr std::string_view kAllValues = "**delvals.";

struct RegistryKeyEvidence {
  std::string path;  ///< canonical: 'HKLM\SYSTEM\CurrentControlSet\...' with the host's spelling
  /// Present: the key exists. Absent: it was positively seen to be missing. Unknown: could not be opened.
  Reading<bool> presence;
  std::map<std::string, RegistryValueEvidence> values;  ///< by folded name; "" is the default value
  bool values_complete = false;
  std::map<std::string, std::string> subkeys;  ///< folded name -> spelling
  bool subkeys_complete = false;
};

/// By folded canonical path (runtime/value/canonical.hpp). User hives are 'HKU\<SID>\...'; the WOW64 view of
/// a redirected key is its explicit 'WOW6432Node' path.
using RegistryEvidence = std::map<std::string, RegistryKeyEvidence>;

struct UserProfileEvidence {
  std::string sid;  ///< or "Default" for the default profile
  std::string name;
  bool hive_readable = true;  ///< false: every HKCU fact of this user is Unknown, and why
  Unknown hive_unreadable{UnknownReason::AccessDenied, {}, {}};
  OriginId origin = 0;
};

// --- policies

/// Account policy in the units of the language: lengths and counts as they are, times in seconds, "never" and
/// "until unlocked" as +infinity. Absent only where Windows leaves a field out (lockout times without
/// threshold).
struct AccountPolicyEvidence {
  Reading<Integer> min_length;
  Reading<bool> complexity;
  Reading<Integer> history;
  Reading<Integer> max_age;
  Reading<Integer> min_age;
  Reading<bool> reversible_encryption;
  Reading<Integer> lockout_threshold;
  Reading<Integer> lockout_duration;
  Reading<Integer> lockout_window;
};

/// A principal as a host shows it: by SID, by name, or both.
struct PrincipalEvidence {
  std::string sid;
  std::string name;
};

struct UserRightRow {
  std::string right;  ///< "SeTcbPrivilege"
  Reading<std::vector<PrincipalEvidence>> holders;
};

struct AuditRow {
  std::string guid;                            ///< lower case, no braces
  Reading<std::vector<std::string>> outcomes;  ///< of "success", "failure"
};

// --- objects

struct ServiceRow {
  std::string name;
  Reading<std::string> state;  ///< member of service_state
  Reading<std::string> start;  ///< member of service_start
  Reading<PrincipalEvidence> account;
  OriginId origin = 0;
};

struct LocalGroupRow {
  PrincipalEvidence group;
  Reading<std::vector<PrincipalEvidence>> members;  ///< complete when present
};

struct AccountRow {
  PrincipalEvidence account;  ///< name and SID
  Reading<bool> enabled;
  Reading<bool> password_required;
  Reading<bool> password_expires;
  OriginId origin = 0;
};

struct NameRow {
  std::string name;  ///< 'DOMAIN\name' as policies may write it
  std::string sid;
};

struct ListenerRow {
  Port port;
  std::string address;  ///< "0.0.0.0", "::", "127.0.0.1", ...
  Reading<std::string> process;
  Reading<std::string> service;
  OriginId origin = 0;
};

enum class FirewallProfile : std::uint8_t { Domain, Private, Public };
enum class FirewallStore : std::uint8_t { Policy, Local };

/// One profile of one store. Absent settings of the policy store fall back to the local store.
struct FirewallProfileRow {
  FirewallProfile profile = FirewallProfile::Domain;
  FirewallStore store = FirewallStore::Local;
  Reading<bool> enabled;
  Reading<bool> block_inbound;  ///< default inbound action is "block"
  Reading<bool> block_outbound;
  Reading<bool> shields_up;   ///< DoNotAllowExceptions: allow rules do not count
  Reading<bool> local_rules;  ///< AllowLocalPolicyMerge, meaningful in the policy store
  OriginId origin = 0;
};

/// One rule, fields as in the registry form ([MS-GPFAS] 2.2.2.19). An empty list means "any".
struct FirewallRuleRow {
  FirewallStore store = FirewallStore::Local;
  std::string id;
  std::string name;
  std::string group;
  bool active = true;
  bool inbound = true;
  bool allow = true;
  std::vector<FirewallProfile> profiles;
  std::optional<std::uint32_t> protocol;  ///< IANA number; none = any
  std::vector<std::string> local_ports;   ///< "443", "70-74", "RPC", "RPC-EPMap", ...
  std::vector<std::string> remote_ports;
  std::vector<std::string> local_addresses;  ///< "10.0.0.0/8", "10.0.0.1-10.0.0.9", "LocalSubnet", ...
  std::vector<std::string> remote_addresses;
  std::vector<std::string> interface_types;
  std::vector<std::string> interfaces;
  std::string program;
  std::string service;
  bool edge_traversal = false;
  bool bypass = false;                ///< allows authenticated traffic even against block rules
  bool has_owner_condition = false;   ///< only sockets of some application package or local user
  bool has_other_conditions = false;  ///< remote users, machines, IPsec or fields this version does not know
  OriginId origin = 0;
};

struct FirewallEvidence {
  Section<FirewallProfileRow> profiles;
  Section<FirewallRuleRow> policy_rules;         ///< rules of the Group Policy store
  Section<FirewallRuleRow> local_rules;          ///< rules of the local store
  Reading<std::vector<FirewallProfile>> active;  ///< profiles of the connected networks
};

/// Security descriptor of an object, as SDDL ([MS-DTYP] 2.5.1).
struct SecurityRow {
  std::string path;
  Reading<std::string> sddl;             ///< Absent: the object does not exist
  std::vector<PrincipalEvidence> names;  ///< names the host gave for SIDs in it
};

struct ShareRow {
  std::string name;
  Reading<std::string> path;
  Reading<std::string> sddl;
  OriginId origin = 0;
};

/// What stands in a configuration file in the place of a secret that was left out of a snapshot. The attribute that
/// has it is Unknown.
inline constexpr std::string_view kWithheld = "[withheld]";

/// IIS configuration files as text. `path` is a name of the server's ('applicationHost.config') or that of a web.config.
/// Where the origin of `xml` has a line and no column, the text stands in that file as it is, from that line on.
struct ConfigurationFileRow {
  std::string path;
  Reading<std::string> xml;
  OriginId origin = 0;
};
struct IisEvidence {
  Section<ConfigurationFileRow> files;  ///< complete: every web.config below every application was looked for
  Reading<std::string> version;         ///< "10.0"
};

// --- observations

struct HttpRow {
  std::string url, host, version, method, vantage;
  bool host_given = false;  ///< the request named a Host header (possibly empty)
  Reading<std::uint32_t> status;
  std::vector<std::pair<std::string, std::string>> headers;
  bool headers_complete = true;
  std::optional<std::int64_t> taken_at;  ///< seconds since 1970, UTC
  OriginId origin = 0;
};

struct ExposureRow {
  std::string vantage;
  Port port;
  std::string state;  ///< member of exposure_state
  std::optional<std::int64_t> taken_at;
  OriginId origin = 0;
};

struct AttestationRow {
  std::string key;
  bool answer = false;
  std::string owner;
  Date date;
  std::optional<Date> expires;  ///< valid until the end of that UTC day
  std::string host_glob;        ///< empty = every host
  std::string note;
  OriginId origin = 0;
};

/// Composition of a secret. Never the secret; `length` may be a lower bound.
struct PasswordRow {
  std::string name;
  std::optional<Number> length;
  std::optional<std::vector<std::string>> classes;
  std::optional<bool> in_breach_list;
  std::string owner;
  std::optional<Date> date;
  OriginId origin = 0;
};

struct FeatureRow {
  std::string name;
  Reading<bool> installed;
};

struct CertificateRow {
  std::string store, subject, issuer, thumbprint;
  std::optional<Date> not_before;
  Date not_after;
  std::optional<std::uint32_t> key_bits;
  std::string signature_algorithm;
  Reading<bool> has_private_key;
  OriginId origin = 0;
};

struct VolumeRow {
  std::string name, filesystem;
  Reading<bool> encrypted;
  OriginId origin = 0;
};

// --- the whole

/// What one target said about one host.
struct Evidence {
  Layer layer = Layer::Effective;
  std::string backend;                       ///< "snapshot"
  std::string target;                        ///< display name, relative
  std::optional<std::int64_t> collected_at;  ///< seconds since 1970, UTC
  std::vector<Origin> origins{Origin{}};     ///< OriginId 0 is "nowhere"

  HostEvidence host;
  RegistryEvidence registry;
  bool registry_collected = false;
  Section<UserProfileEvidence> users;
  AccountPolicyEvidence account_policy;
  Section<UserRightRow> user_rights;
  Section<AuditRow> audit_policy;
  Section<ServiceRow> services;
  Section<LocalGroupRow> local_groups;
  Section<AccountRow> accounts;
  Section<NameRow> names;
  Section<ListenerRow> tcp_listeners;
  Section<ListenerRow> udp_listeners;
  FirewallEvidence firewall;
  Section<SecurityRow> file_security;
  Section<SecurityRow> key_security;
  Section<ShareRow> shares;
  IisEvidence iis;
  Section<HttpRow> http;
  Section<ExposureRow> exposure;
  Section<AttestationRow> attestations;
  Section<PasswordRow> passwords;
  Section<FeatureRow> windows_features;
  std::map<std::string, Section<CertificateRow>> certificates;  ///< by folded store name
  Section<VolumeRow> volumes;
};

}  // namespace polc::value
