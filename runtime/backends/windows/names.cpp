// SIDs of the accounts that a policy names.
#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/principals.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

/// LookupAccountName knows no '.': the machine goes by its name.
std::string qualified(const std::string& name, const value::HostEvidence& host) {
  return name.starts_with(".\\") && host.name.present() ? host.name.value + name.substr(1) : name;
}

std::string sid_of(const std::string& name) {
  const auto wide = os::wide_text(name);
  if (!wide) return {};
  alignas(DWORD) BYTE sid[SECURITY_MAX_SID_SIZE];
  wchar_t domain[257];
  DWORD sid_bytes = sizeof sid, domain_units = 257;
  SID_NAME_USE use = SidTypeUnknown;
  if (LookupAccountNameW(nullptr, wide->c_str(), sid, &sid_bytes, domain, &domain_units, &use) == 0)
    return {};
  // A name that is a domain's is no account; 'X' may be both.
  return use == SidTypeDomain || use == SidTypeUnknown || use == SidTypeInvalid ? std::string()
                                                                                : sid_text(sid);
}

}  // namespace

void collect_names(value::Evidence& evidence, const PlanSlice* slice) {
  if (slice == nullptr || !slice->needs(value::EvidenceSection::Names)) return;
  auto& section = evidence.names;
  section.collected = true;
  section.origin = add_origin(evidence, "LSA: account names");
  const auto* names = slice->objects(value::EvidenceSection::Names);
  if (names == nullptr) return;
  for (const std::string& name : *names) {
    std::string sid = sid_of(qualified(name, evidence.host));
    if (!sid.empty()) section.rows.push_back({name, std::move(sid)});
  }
}

}  // namespace polc::backends::windows
