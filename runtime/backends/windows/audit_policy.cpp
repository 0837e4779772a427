// Advanced audit policy, subcategory by subcategory. The calls are looked up when polc runs: not every system that runs
// polc.exe has them.
#include <fmt/format.h>

#include <memory>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/conversions.hpp"
#include "runtime/backends/windows/dynamic_library.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/backends/windows/token_privilege.hpp"

namespace polc::backends::windows {
namespace {

struct AuditCalls {
  DynamicLibrary library{L"advapi32.dll"};
  decltype(&AuditEnumerateSubCategories) enumerate =
      library.call<decltype(&AuditEnumerateSubCategories)>("AuditEnumerateSubCategories");
  decltype(&AuditQuerySystemPolicy) query =
      library.call<decltype(&AuditQuerySystemPolicy)>("AuditQuerySystemPolicy");
  decltype(&AuditFree) free = library.call<decltype(&AuditFree)>("AuditFree");
};

template <class T>
using AuditMemory = std::unique_ptr<T, decltype(&AuditFree)>;

value::AuditRow audit_row(const AuditCalls& calls, const GUID& guid, value::OriginId origin) {
  using Outcomes = value::Reading<std::vector<std::string>>;
  value::AuditRow row;
  row.guid = guid_text(guid);
  AUDIT_POLICY_INFORMATION* policy = nullptr;
  const bool answered = calls.query(&guid, 1, &policy) != 0;
  const DWORD error = GetLastError();
  const AuditMemory<AUDIT_POLICY_INFORMATION> owned(policy, calls.free);
  row.outcomes =
      answered && policy != nullptr
          ? Outcomes::of(audit_outcomes(policy->AuditingInformation), origin)
          : Outcomes::unreadable(failure("AuditQuerySystemPolicy", error, kAuditPrivilege), origin);
  return row;
}

}  // namespace

std::vector<std::string> audit_outcomes(std::uint32_t auditing) {
  std::vector<std::string> outcomes;
  if ((auditing & POLICY_AUDIT_EVENT_SUCCESS) != 0) outcomes.emplace_back("success");
  if ((auditing & POLICY_AUDIT_EVENT_FAILURE) != 0) outcomes.emplace_back("failure");
  return outcomes;
}

std::string guid_text(const GUID& guid) {
  const auto& d = guid.Data4;
  return fmt::format("{:08x}-{:04x}-{:04x}-{:02x}{:02x}-{:02x}{:02x}{:02x}{:02x}{:02x}{:02x}",
                     static_cast<std::uint32_t>(guid.Data1), guid.Data2, guid.Data3, d[0], d[1], d[2], d[3],
                     d[4], d[5], d[6], d[7]);
}

void collect_audit_policy(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::AuditPolicy)) return;
  auto& section = evidence.audit_policy;
  section.collected = true;
  section.origin = add_origin(evidence, "audit policy (AuditQuerySystemPolicy)");
  const AuditCalls calls;
  if (calls.enumerate == nullptr || calls.query == nullptr || calls.free == nullptr)
    return leave_open(section, missing_call("AuditQuerySystemPolicy"));
  const TokenPrivilege privilege(L"SeSecurityPrivilege");
  GUID* guids = nullptr;
  ULONG count = 0;
  if (calls.enumerate(nullptr, TRUE, &guids, &count) == 0)
    return leave_open(section, failure("AuditEnumerateSubCategories", GetLastError(), kAuditPrivilege));
  const AuditMemory<GUID> owned(guids, calls.free);
  for (ULONG i = 0; i < count; ++i) {
    const value::OriginId origin = add_origin(evidence, "audit subcategory {" + guid_text(guids[i]) + "}");
    if (!add_row(section, audit_row(calls, guids[i], origin))) return;
  }
  close(section);
}

}  // namespace polc::backends::windows
