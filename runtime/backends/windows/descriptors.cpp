#include "runtime/backends/windows/descriptors.hpp"

#include <sddl.h>

#include <algorithm>

#include "runtime/backends/windows/principals.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/base/limits.hpp"

namespace polc::backends::windows {
namespace {

using value::Reading;

/// The trustee of an entry of the two kinds that hold nothing else, and of their conditional forms.
PSID trustee_of(ACE_HEADER* entry) {
  switch (entry->AceType) {
    case ACCESS_ALLOWED_ACE_TYPE:
    case ACCESS_DENIED_ACE_TYPE:
    case ACCESS_ALLOWED_CALLBACK_ACE_TYPE:
    case ACCESS_DENIED_CALLBACK_ACE_TYPE:
      return &reinterpret_cast<ACCESS_ALLOWED_ACE*>(entry)->SidStart;
    default:
      return nullptr;
  }
}

/// Adds what the machine knows by a name.
void add_named(PSID sid, std::vector<value::PrincipalEvidence>& names) {
  auto principal = principal_of(sid);
  if (!principal || principal->name.empty()) return;
  const bool known =
      std::any_of(names.begin(), names.end(), [&](const auto& row) { return row.sid == principal->sid; });
  if (!known) names.push_back(std::move(*principal));
}

}  // namespace

Reading<std::string> sddl_of(PSECURITY_DESCRIPTOR descriptor, value::OriginId origin) {
  constexpr auto kCall = "ConvertSecurityDescriptorToStringSecurityDescriptor";
  wchar_t* raw = nullptr;
  ULONG units = 0;
  if (ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, SDDL_REVISION_1, kDescriptorParts,
                                                           &raw, &units) == 0) {
    return Reading<std::string>::unreadable(failure(kCall, GetLastError()), origin);
  }
  const LocalMemory<wchar_t> text(raw);
  std::string sddl = os::utf8_text(view(raw));
  if (sddl.size() <= limits::kSddlBytes) return Reading<std::string>::of(std::move(sddl), origin);
  return Reading<std::string>::unreadable(over_limit("one security descriptor may hold"), origin);
}

std::vector<value::PrincipalEvidence> names_in(PSECURITY_DESCRIPTOR descriptor) {
  std::vector<value::PrincipalEvidence> names;
  PSID sid = nullptr;
  BOOL by_default = FALSE, has_list = FALSE;
  if (GetSecurityDescriptorOwner(descriptor, &sid, &by_default) != 0) add_named(sid, names);
  if (GetSecurityDescriptorGroup(descriptor, &sid, &by_default) != 0) add_named(sid, names);
  ACL* list = nullptr;
  if (GetSecurityDescriptorDacl(descriptor, &has_list, &list, &by_default) == 0 || list == nullptr)
    return names;
  for (DWORD i = 0; i < list->AceCount; ++i) {
    void* entry = nullptr;
    if (GetAce(list, i, &entry) != 0) add_named(trustee_of(static_cast<ACE_HEADER*>(entry)), names);
  }
  return names;
}

}  // namespace polc::backends::windows
