// Groups of the machine's own account database with their members; on a domain controller those of the domain.
#include "runtime/backends/windows/local_groups.hpp"

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/net_list.hpp"
#include "runtime/backends/windows/principals.hpp"

namespace polc::backends::windows {
namespace {

constexpr DWORD kNamesOnly = 0;
constexpr DWORD kSidsAndNames = 2;

/// A group is an alias of the machine or of BUILTIN; "" where neither knows it.
std::string group_sid(const std::wstring& name) {
  std::string sid = local_sid(L"BUILTIN", name, SidTypeAlias);
  return sid.empty() ? local_sid(machine_authority(), name, SidTypeAlias) : sid;
}

}  // namespace

GroupMembers local_group_members(const std::wstring& group, value::OriginId origin) {
  constexpr std::string_view kCall = "NetLocalGroupGetMembers";
  std::vector<value::PrincipalEvidence> members;
  bool good = true;
  DWORD_PTR resume = 0;
  const auto failed = read_net_list<LOCALGROUP_MEMBERS_INFO_2>(
      kCall, kAdministrator,
      [&](BYTE** buffer, DWORD* count) {
        DWORD total = 0;
        return NetLocalGroupGetMembers(nullptr, group.c_str(), kSidsAndNames, buffer, MAX_PREFERRED_LENGTH,
                                       count, &total, &resume);
      },
      [&](const LOCALGROUP_MEMBERS_INFO_2& member) {
        std::string sid = sid_text(member.lgrmi2_sid);
        good = good && !sid.empty();
        members.push_back({std::move(sid), exact_text(view(member.lgrmi2_domainandname)).value_or("")});
        return members.size() <= limits::kLiveRows;
      });
  if (failed) return GroupMembers::unreadable(*failed, origin);
  return good ? GroupMembers::of(std::move(members), origin)
              : GroupMembers::unreadable(no_sid(kCall), origin);
}

void collect_local_groups(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::LocalGroups)) return;
  auto& section = evidence.local_groups;
  section.collected = true;
  section.origin = add_origin(evidence, "local groups (NetLocalGroupEnum)");
  DWORD_PTR resume = 0;
  const auto failed = read_net_list<LOCALGROUP_INFO_0>(
      "NetLocalGroupEnum", kAdministrator,
      [&](BYTE** buffer, DWORD* count) {
        DWORD total = 0;
        return NetLocalGroupEnum(nullptr, kNamesOnly, buffer, MAX_PREFERRED_LENGTH, count, &total, &resume);
      },
      [&](const LOCALGROUP_INFO_0& group) {
        const std::wstring name(view(group.lgrpi0_name));
        value::LocalGroupRow row;
        row.group = {group_sid(name), os::utf8_text(name)};
        row.members = local_group_members(name, add_origin(evidence, "local group " + row.group.name));
        return add_row(section, std::move(row));
      });
  if (failed) leave_open(section, *failed);
  // Every Windows has the group of its administrators.
  if (section.rows.empty()) {
    leave_open(
        section,
        {value::UnknownReason::Unsupported, {}, "NetLocalGroupEnum finds no group, which no Windows does"});
  }
  close(section);
}

}  // namespace polc::backends::windows
