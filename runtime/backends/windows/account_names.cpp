#include "runtime/backends/windows/account_names.hpp"

#include <sddl.h>

#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

// Microsoft Learn, "LookupAccountSidW": names of both kinds have at most this many characters.
constexpr DWORD kNameUnits = 257;

bool is_local(const std::string& sid, const value::HostEvidence& host) {
  if (!sid.starts_with("S-1-5-21-")) return !sid.starts_with("S-1-12-1-");
  return host.machine_sid.present() && sid.starts_with(host.machine_sid.value + "-");
}

}  // namespace

std::string sid_text(PSID sid) {
  if (sid == nullptr || IsValidSid(sid) == 0) return {};
  wchar_t* raw = nullptr;
  if (ConvertSidToStringSidW(sid, &raw) == 0) return {};
  const LocalMemory<wchar_t> text(raw);
  return os::utf8_text(view(raw));
}

std::optional<std::string> account_name_of(const std::string& sid, const value::HostEvidence& host) {
  const auto wide = os::wide_text(sid);
  PSID raw = nullptr;
  if (!wide || !is_local(sid, host) || ConvertStringSidToSidW(wide->c_str(), &raw) == 0) return std::nullopt;
  const LocalMemory<void> binary(raw);
  wchar_t name[kNameUnits], domain[kNameUnits];
  DWORD name_units = kNameUnits, domain_units = kNameUnits;
  SID_NAME_USE use = SidTypeUnknown;
  if (LookupAccountSidW(nullptr, raw, name, &name_units, domain, &domain_units, &use) == 0)
    return std::nullopt;
  if (use == SidTypeUnknown || use == SidTypeInvalid || use == SidTypeDeletedAccount) return std::nullopt;
  const auto exact_name = exact_text(view(name)), exact_domain = exact_text(view(domain));
  if (!exact_name || !exact_domain || exact_name->empty()) return std::nullopt;
  return exact_domain->empty() ? *exact_name : *exact_domain + "\\" + *exact_name;
}

}  // namespace polc::backends::windows
