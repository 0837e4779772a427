#include "runtime/backends/windows/principals.hpp"

#include <sddl.h>

#include <array>
#include <vector>

#include "runtime/backends/windows/handles.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

constexpr DWORD kAccountCharacters = 1024;

/// S-1-5-21-*, accounts of machines and domains (which of them is the machine's own the SID does not tell), and
/// S-1-12-*, those of Entra ID.
bool is_account(PSID sid) {
  constexpr BYTE kNtAuthority = 5;
  constexpr BYTE kEntraAuthority = 12;
  constexpr DWORD kNonUnique = 21;
  const BYTE authority = GetSidIdentifierAuthority(sid)->Value[5];
  return authority == kEntraAuthority || (authority == kNtAuthority && *GetSidSubAuthorityCount(sid) > 0 &&
                                          *GetSidSubAuthority(sid, 0) == kNonUnique);
}

/// SID of the machine's account database; empty where the machine does not tell.
std::vector<BYTE> machine_sid() {
  LSA_OBJECT_ATTRIBUTES attributes{};
  LSA_HANDLE handle = nullptr;
  if (LsaOpenPolicy(nullptr, &attributes, POLICY_VIEW_LOCAL_INFORMATION, &handle) < 0) return {};
  const LsaHandle policy(handle);
  void* buffer = nullptr;
  if (LsaQueryInformationPolicy(policy.get(), PolicyAccountDomainInformation, &buffer) < 0) return {};
  const LsaMemory<POLICY_ACCOUNT_DOMAIN_INFO> info(static_cast<POLICY_ACCOUNT_DOMAIN_INFO*>(buffer));
  if (info == nullptr || info->DomainSid == nullptr || IsValidSid(info->DomainSid) == 0) return {};
  const auto* bytes = static_cast<const BYTE*>(info->DomainSid);
  return {bytes, bytes + GetLengthSid(info->DomainSid)};
}

bool is_known_locally(PSID sid) {
  if (!is_account(sid)) return true;
  static std::vector<BYTE> machine = machine_sid();
  BOOL same = FALSE;
  return !machine.empty() && EqualDomainSid(sid, machine.data(), &same) != 0 && same != 0;
}

/// 'NT AUTHORITY\SYSTEM'; "" when there is no name, or none that a policy could write.
std::string name_of(PSID sid) {
  std::array<wchar_t, kAccountCharacters> name{};
  std::array<wchar_t, kAccountCharacters> domain{};
  DWORD name_room = kAccountCharacters;
  DWORD domain_room = kAccountCharacters;
  SID_NAME_USE use{};
  if (LookupAccountSidW(nullptr, sid, name.data(), &name_room, domain.data(), &domain_room, &use) == 0)
    return {};
  std::wstring whole = domain.data();
  if (!whole.empty()) whole += L'\\';
  return exact_text(whole + name.data()).value_or("");
}

}  // namespace

std::string sid_text(PSID sid) {
  wchar_t* text = nullptr;
  if (sid == nullptr || IsValidSid(sid) == 0 || ConvertSidToStringSidW(sid, &text) == 0) return {};
  const LocalMemory<wchar_t> owned(text);
  return os::utf8_text(text);
}

std::optional<value::PrincipalEvidence> principal_of(PSID sid) {
  std::string text = sid_text(sid);
  if (text.empty()) return std::nullopt;
  return value::PrincipalEvidence{std::move(text), is_known_locally(sid) ? name_of(sid) : std::string()};
}

std::string local_sid(const std::wstring& authority, const std::wstring& name, SID_NAME_USE kind) {
  alignas(DWORD) std::array<BYTE, SECURITY_MAX_SID_SIZE> sid{};
  std::array<wchar_t, kAccountCharacters> domain{};
  DWORD sid_room = static_cast<DWORD>(sid.size());
  DWORD domain_room = kAccountCharacters;
  SID_NAME_USE use{};
  const std::wstring whole = authority + L'\\' + name;
  const bool found = LookupAccountNameW(nullptr, whole.c_str(), sid.data(), &sid_room, domain.data(),
                                        &domain_room, &use) != 0;
  return found && use == kind ? sid_text(sid.data()) : std::string();
}

std::wstring machine_authority() {
  std::array<wchar_t, MAX_COMPUTERNAME_LENGTH + 1> name{};
  DWORD room = static_cast<DWORD>(name.size());
  return GetComputerNameW(name.data(), &room) != 0 ? std::wstring(name.data(), room) : std::wstring();
}

value::Unknown no_sid(std::string_view call) {
  return {value::UnknownReason::Corrupt, {}, std::string(call) + " answered with something that is no SID"};
}

}  // namespace polc::backends::windows
