// Accounts of the machine's own database; on a domain controller those of the domain.
#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/conversions.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/net_list.hpp"
#include "runtime/backends/windows/principals.hpp"

namespace polc::backends::windows {
namespace {

using value::Reading;

constexpr DWORD kFlagsAndRid = 20;
constexpr DWORD kFlagsAndSid = 23;

/// "" where neither way leads to the SID.
std::string account_sid(const std::wstring& name) {
  BYTE* buffer = nullptr;
  const NET_API_STATUS status = NetUserGetInfo(nullptr, name.c_str(), kFlagsAndSid, &buffer);
  const NetApiMemory<USER_INFO_23> info(reinterpret_cast<USER_INFO_23*>(buffer));
  if (status == NERR_Success && info != nullptr) return sid_text(info->usri23_user_sid);
  return local_sid(machine_authority(), name, SidTypeUser);
}

}  // namespace

void put_account_flags(std::uint32_t flags, value::AccountRow& row) {
  row.enabled = Reading<bool>::of((flags & UF_ACCOUNTDISABLE) == 0, row.origin);
  row.password_required = Reading<bool>::of((flags & UF_PASSWD_NOTREQD) == 0, row.origin);
  row.password_expires = Reading<bool>::of((flags & UF_DONT_EXPIRE_PASSWD) == 0, row.origin);
}

void collect_accounts(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::Accounts)) return;
  auto& section = evidence.accounts;
  section.collected = true;
  section.origin = add_origin(evidence, "accounts (NetUserEnum)");
  DWORD resume = 0;
  const auto failed = read_net_list<USER_INFO_20>(
      "NetUserEnum", kAdministrator,
      [&](BYTE** buffer, DWORD* count) {
        DWORD total = 0;
        return NetUserEnum(nullptr, kFlagsAndRid, FILTER_NORMAL_ACCOUNT, buffer, MAX_PREFERRED_LENGTH, count,
                           &total, &resume);
      },
      [&](const USER_INFO_20& user) {
        const std::wstring name(view(user.usri20_name));
        value::AccountRow row;
        row.account = {account_sid(name), os::utf8_text(name)};
        row.origin = add_origin(evidence, "account " + row.account.name);
        put_account_flags(user.usri20_flags, row);
        return add_row(section, std::move(row));
      });
  if (failed) leave_open(section, *failed);
  // Every Windows has the accounts it is installed with.
  if (section.rows.empty()) {
    leave_open(
        section,
        {value::UnknownReason::Unsupported, {}, "NetUserEnum finds no account, which no Windows does"});
  }
  close(section);
}

}  // namespace polc::backends::windows
