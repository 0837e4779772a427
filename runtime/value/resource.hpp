// The resource catalogue: everything a policy can ask about. One declarative entry per kind; type checking,
// canonical addresses, hover texts, docs, `polc plan` and capability tables are derived from it.
// The entries are in resource.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/value/type.hpp"

namespace polc::value {

enum class ResourceKind : std::uint8_t {
  Registry,
  RegistryKey,
  Gpo,
  UserRight,
  PasswordPolicy,
  Password,
  Port,
  Exposure,
  Acl,
  ShareAcl,
  RegistryAcl,
  Iis,
  IisList,
  IisPaths,
  Http,
  Host,
  Tls,
  Service,
  LocalGroup,
  Account,
  Accounts,
  Audit,
  Attested,
  Users,
  Firewall,
  FirewallRules,
  Listeners,
  Shares,
  WindowsFeature,
  Certificates,
  Volumes,
};

using AttributeId = std::uint8_t;  // index into ResourceInfo::attributes

/// Sections of evidence (runtime/value/evidence.hpp) that facts are derived from; a plan names them.
enum class EvidenceSection : std::uint8_t {
  Host,
  Registry,
  Users,
  AccountPolicy,
  UserRights,
  AuditPolicy,
  Services,
  LocalGroups,
  Accounts,
  Names,
  Listeners,
  Firewall,
  FileSecurity,
  KeySecurity,
  Shares,
  Iis,
  Http,
  Exposure,
  Attestations,
  Passwords,
  WindowsFeatures,
  Certificates,
  Volumes,
};
std::string_view section_name(EvidenceSection section);  ///< snapshot key: "user_rights"

struct ParameterInfo {
  std::string_view name;
  Type type;
  bool required = true;
  std::string_view doc;
};

struct AttributeInfo {
  std::string_view name;
  Type type;
  bool total = false;      ///< never Absent: comparisons need no absence rule
  bool sensitive = false;  ///< values never appear in any output: reports say met or unmet
  std::string_view doc;
};

struct ResourceInfo {
  ResourceKind kind;
  std::string_view name;  ///< as written in policies
  std::string_view doc;
  std::vector<ParameterInfo> parameters;
  std::vector<AttributeInfo> attributes;
  std::optional<AttributeId> primary;  ///< meant when no attribute is written: `registry(K, V) == 1`
  std::string_view privilege;          ///< needed to read it live; "" = none
  std::vector<EvidenceSection> evidence;
  std::string_view example;
};

/// All kinds, in enumeration order.
const std::vector<ResourceInfo>& resource_catalogue();
const ResourceInfo& resource_info(ResourceKind kind);
const ResourceInfo* find_resource(std::string_view name);
std::optional<AttributeId> find_attribute(const ResourceInfo& resource, std::string_view name);

/// Closed enumerations of attributes: `host.role`, `tls(...).state`, password classes.
struct EnumInfo {
  std::string_view name;
  std::vector<std::string_view> members;
  std::string_view doc;
};
const std::vector<EnumInfo>& enumerations();
std::uint16_t enumeration_index(std::string_view name);  ///< of a name known to exist

/// Row types of list-valued attributes.
struct FieldInfo {
  std::string_view name;
  Type type;
  bool total = false;
};
struct RecordInfo {
  std::string_view name;
  std::vector<FieldInfo> fields;
  bool open = false;  ///< fields beyond these are allowed and are Text (IIS schema extensions)
};
const std::vector<RecordInfo>& records();

/// Windows privileges and logon rights ("SeTcbPrivilege"), by name ignoring case; nullptr if unknown.
struct PrivilegeInfo {
  std::string_view name;
  std::string_view policy_name;  ///< its title in the Group Policy editor
  std::uint32_t luid;            ///< 0 for logon rights
};
const PrivilegeInfo* find_privilege(std::string_view name);
const std::vector<PrivilegeInfo>& privileges();

/// Named access rights of an object class: Modify, Read, ... in the words of Explorer and the SDK.
enum class ObjectClass : std::uint8_t { File, Share, RegistryKey };
struct RightInfo {
  std::string_view name;
  std::uint32_t mask;  ///< generic bits mapped, SYNCHRONIZE removed
};
const std::vector<RightInfo>& named_rights(ObjectClass object_class);

/// Well-known principals by alias ("Administrators", "SYSTEM", "IIS AppPool\X" is computed elsewhere).
struct WellKnownPrincipal {
  std::string_view alias;
  std::string_view sid;        ///< absolute SID, or "" for a relative one
  std::uint32_t relative_rid;  ///< with sid == "": the RID
  bool domain_relative;        ///< below the domain's SID (else below the machine's)
};
const std::vector<WellKnownPrincipal>& well_known_principals();

/// Audit subcategories by English name and GUID ([MS-GPAC] 2.2.1.2).
struct AuditSubcategory {
  std::string_view name;
  std::string_view guid;  ///< lower case, no braces
};
const std::vector<AuditSubcategory>& audit_subcategories();

/// By English name ignoring case, or by GUID; nullptr if unknown.
const AuditSubcategory* find_audit_subcategory(std::string_view name_or_guid);

}  // namespace polc::value
