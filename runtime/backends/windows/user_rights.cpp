// Who holds privileges and logon rights, from the Local Security Authority.
#include <algorithm>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/handles.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/principals.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

using Holders = value::Reading<std::vector<value::PrincipalEvidence>>;

/// Of ntstatus.h, which windows.h excludes: nobody holds the right.
constexpr auto kNoMoreEntries = static_cast<NTSTATUS>(0x8000001AL);

LsaHandle open_policy(NTSTATUS& status) {
  LSA_OBJECT_ATTRIBUTES attributes{};
  LSA_HANDLE handle = nullptr;
  status = LsaOpenPolicy(nullptr, &attributes, POLICY_VIEW_LOCAL_INFORMATION | POLICY_LOOKUP_NAMES, &handle);
  return LsaHandle(status >= 0 ? handle : nullptr);
}

Holders holders_of(LSA_HANDLE policy, std::string_view right, value::OriginId origin) {
  std::wstring name(right.begin(), right.end());
  const auto bytes = static_cast<USHORT>(name.size() * sizeof(wchar_t));
  LSA_UNICODE_STRING text{bytes, bytes, name.data()};
  void* buffer = nullptr;
  ULONG count = 0;
  const NTSTATUS status = LsaEnumerateAccountsWithUserRight(policy, &text, &buffer, &count);
  const LsaMemory<LSA_ENUMERATION_INFORMATION> held(static_cast<LSA_ENUMERATION_INFORMATION*>(buffer));
  if (status == kNoMoreEntries) return Holders::of({}, origin);
  if (status < 0)
    return Holders::unreadable(status_failure("LsaEnumerateAccountsWithUserRight", status, kAdministrator),
                               origin);
  std::vector<value::PrincipalEvidence> principals;
  for (ULONG i = 0; i < count; ++i) {
    auto principal = principal_of(held.get()[i].Sid);
    if (!principal) return Holders::unreadable(no_sid("LsaEnumerateAccountsWithUserRight"), origin);
    principals.push_back(std::move(*principal));
  }
  return Holders::of(std::move(principals), origin);
}

/// Some right is held by somebody on every Windows: an answer that there is none is that of a call that does nothing.
void refuse_if_nobody_holds_any(value::Section<value::UserRightRow>& section) {
  const auto is_held = [](const value::UserRightRow& row) {
    return !row.holders.present() || !row.holders.value.empty();
  };
  if (std::any_of(section.rows.begin(), section.rows.end(), is_held)) return;
  const value::Unknown why{
      value::UnknownReason::Unsupported,
      {},
      "LsaEnumerateAccountsWithUserRight finds no holder of any right, which no Windows does"};
  for (value::UserRightRow& row : section.rows) row.holders = Holders::unreadable(why, row.holders.origin);
  leave_open(section, why);
}

}  // namespace

void collect_user_rights(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::UserRights)) return;
  auto& section = evidence.user_rights;
  section.collected = true;
  section.origin = add_origin(evidence, "LSA: user rights");
  NTSTATUS status = 0;
  const LsaHandle policy = open_policy(status);
  if (!policy) return leave_open(section, status_failure("LsaOpenPolicy", status, kAdministrator));
  // A right that Windows may have and this list has not is no row: the section is complete for those of the list.
  for (const value::PrivilegeInfo& right : value::privileges()) {
    const value::OriginId origin = add_origin(evidence, "LSA: " + std::string(right.name));
    value::UserRightRow row{std::string(right.name), holders_of(policy.get(), right.name, origin)};
    if (!row.holders.present()) leave_open(section, row.holders.unknown);
    add_row(section, std::move(row));
  }
  refuse_if_nobody_holds_any(section);
  close(section);
}

}  // namespace polc::backends::windows
