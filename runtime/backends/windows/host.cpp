// Who the machine is.
#include <winsock2.h>
// Before windows.h, which would bring the older sockets.
#include <dsrole.h>
#include <iphlpapi.h>
#include <ws2tcpip.h>

#include <array>
#include <charconv>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/host_parts.hpp"
#include "runtime/backends/windows/principals.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

using value::HostRole;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

const std::string kVersion = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
const std::string kSecureBoot = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\State";

Reading<std::string> computer_name(value::Evidence& evidence) {
  wchar_t name[MAX_COMPUTERNAME_LENGTH + 1];
  DWORD units = MAX_COMPUTERNAME_LENGTH + 1;
  // Of the machine itself, where a cluster lends it another one.
  if (GetComputerNameExW(ComputerNamePhysicalNetBIOS, name, &units) != 0) {
    return text_reading({name, units}, add_origin(evidence, "computer name"));
  }
  return Reading<std::string>::unreadable(failure("GetComputerNameEx", GetLastError()));
}

/// A registry value as `convert` reads it; nullopt of it is a value of another form.
template <class T, class Convert>
Reading<T> registry_reading(value::Evidence& evidence, const std::string& key, std::string_view name,
                            Convert convert) {
  const auto data = stored_value(key, name);
  const auto origin = add_origin(evidence, key + ", value \"" + std::string(name) + "\"");
  if (data.status == value::FactStatus::Absent) return Reading<T>::absent(origin);
  if (!data.present()) return Reading<T>::unreadable(data.unknown, origin);
  if (auto converted = convert(data.value)) return Reading<T>::of(std::move(*converted), origin);
  return Reading<T>::unreadable({UnknownReason::Corrupt, {}, "a value of another form"}, origin);
}

std::optional<std::string> as_text(const value::RegistryData& data) {
  const auto* text = std::get_if<std::string>(&data.data);
  return text == nullptr ? std::nullopt : std::optional(*text);
}

/// CurrentBuildNumber is a text, UBR a DWORD.
std::optional<std::uint32_t> as_number(const value::RegistryData& data) {
  if (const auto* number = std::get_if<std::uint64_t>(&data.data)) return static_cast<std::uint32_t>(*number);
  const auto* text = std::get_if<std::string>(&data.data);
  std::uint32_t number = 0;
  if (text == nullptr || text->empty()) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  return error == std::errc() && end == text->data() + text->size() ? std::optional(number) : std::nullopt;
}

std::optional<std::string> as_installation_type(const value::RegistryData& data) {
  const auto text = as_text(data);
  if (text == "Server") return "server";
  if (text == "Server Core") return "server_core";
  return text == "Client" ? std::optional<std::string>("client") : std::nullopt;
}

std::optional<bool> as_flag(const value::RegistryData& data) {
  const auto number = as_number(data);
  return number ? std::optional(*number != 0) : std::nullopt;
}

void read_version(value::Evidence& evidence) {
  value::HostEvidence& host = evidence.host;
  host.os = registry_reading<std::string>(evidence, kVersion, "ProductName", as_text);
  host.build = registry_reading<std::uint32_t>(evidence, kVersion, "CurrentBuildNumber", as_number);
  host.ubr = registry_reading<std::uint32_t>(evidence, kVersion, "UBR", as_number);
  host.edition = registry_reading<std::string>(evidence, kVersion, "EditionID", as_text);
  host.installation_type =
      registry_reading<std::string>(evidence, kVersion, "InstallationType", as_installation_type);
  // The key is missing on machines that started without UEFI.
  host.secure_boot = registry_reading<bool>(evidence, kSecureBoot, "UEFISecureBootEnabled", as_flag);
}

struct RoleRelease {
  void operator()(void* memory) const { DsRoleFreeMemory(memory); }
};

void read_role(value::Evidence& evidence) {
  value::HostEvidence& host = evidence.host;
  const auto origin = add_origin(evidence, "domain role");
  BYTE* raw = nullptr;
  const DWORD error = DsRoleGetPrimaryDomainInformation(nullptr, DsRolePrimaryDomainInfoBasic, &raw);
  const std::unique_ptr<BYTE, RoleRelease> memory(raw);
  if (error != ERROR_SUCCESS || raw == nullptr) {
    const Unknown why = failure("DsRoleGetPrimaryDomainInformation", error);
    host.role = Reading<HostRole>::unreadable(why, origin);
    host.domain = Reading<std::string>::unreadable(why, origin);
    return;
  }
  const auto& info = *reinterpret_cast<const DSROLE_PRIMARY_DOMAIN_INFO_BASIC*>(raw);
  const auto role = role_of(static_cast<std::uint32_t>(info.MachineRole));
  host.role = role ? Reading<HostRole>::of(*role, origin)
                   : Reading<HostRole>::unreadable({UnknownReason::Unsupported, {}, "a role of another kind"},
                                                   origin);
  const auto* domain = info.DomainNameDns != nullptr ? info.DomainNameDns : info.DomainNameFlat;
  if (role == HostRole::Workgroup) {
    host.domain = Reading<std::string>::absent(origin);
  } else {
    host.domain = text_reading(view(domain), origin);
  }
}

template <class Info>
LsaMemory<Info> policy_information(LSA_HANDLE policy, POLICY_INFORMATION_CLASS which, NTSTATUS& status) {
  void* raw = nullptr;
  status = LsaQueryInformationPolicy(policy, which, &raw);
  return LsaMemory<Info>(status == 0 ? static_cast<Info*>(raw) : nullptr);
}

void read_sids(value::Evidence& evidence) {
  value::HostEvidence& host = evidence.host;
  LSA_OBJECT_ATTRIBUTES attributes{};
  LSA_HANDLE raw = nullptr;
  NTSTATUS status = LsaOpenPolicy(nullptr, &attributes, POLICY_VIEW_LOCAL_INFORMATION, &raw);
  const LsaHandle policy(status == 0 ? raw : nullptr);
  if (!policy) {
    const Unknown why = status_failure("LsaOpenPolicy", status, "administrator");
    host.machine_sid = host.domain_sid = Reading<std::string>::unreadable(why);
    return;
  }
  const auto reading = [&](NTSTATUS result, PSID sid, const char* object) {
    const auto origin = add_origin(evidence, object);
    if (result != 0)
      return Reading<std::string>::unreadable(status_failure("LsaQueryInformationPolicy", result), origin);
    if (sid == nullptr) return Reading<std::string>::absent(origin);
    return Reading<std::string>::of(sid_text(sid), origin);
  };
  const auto own =
      policy_information<POLICY_ACCOUNT_DOMAIN_INFO>(policy.get(), PolicyAccountDomainInformation, status);
  host.machine_sid = reading(status, own ? own->DomainSid : nullptr, "LSA: account domain");
  // The primary domain of a machine outside of domains is its workgroup, which has no SID (Wine shows one).
  if (host.role.present() && host.role.value == HostRole::Workgroup) {
    host.domain_sid = Reading<std::string>::absent(host.role.origin);
    return;
  }
  const auto primary =
      policy_information<POLICY_DNS_DOMAIN_INFO>(policy.get(), PolicyDnsDomainInformation, status);
  host.domain_sid = reading(status, primary ? primary->Sid : nullptr, "LSA: primary domain");
}

}  // namespace

std::optional<HostRole> role_of(std::uint32_t machine_role) {
  switch (machine_role) {
    case DsRole_RoleStandaloneWorkstation:
    case DsRole_RoleStandaloneServer:
      return HostRole::Workgroup;
    case DsRole_RoleMemberWorkstation:
    case DsRole_RoleMemberServer:
      return HostRole::Member;
    case DsRole_RoleBackupDomainController:
    case DsRole_RolePrimaryDomainController:
      return HostRole::DomainController;
    default:
      return std::nullopt;
  }
}

void collect_host(value::Evidence& evidence) {
  evidence.host.name = computer_name(evidence);
  read_version(evidence);
  read_role(evidence);
  read_sids(evidence);
  evidence.host.addresses = own_addresses(evidence);
  evidence.host.variables = machine_variables();
}

}  // namespace polc::backends::windows
