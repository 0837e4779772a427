// Shares of the machine, with their own access lists.
#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/descriptors.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

using value::Reading;
using value::ShareRow;
using value::UnknownReason;

constexpr std::string_view kCall = "NetShareEnum";
constexpr std::string_view kPrivilege = "administrator";

/// Calls that a list may take, each with as much as Windows likes to give.
constexpr int kPages = 1024;

Reading<std::string> access_of(PSECURITY_DESCRIPTOR descriptor, value::OriginId origin) {
  if (descriptor != nullptr) return sddl_of(descriptor, origin);
  return Reading<std::string>::unreadable(
      {UnknownReason::Unsupported, {}, "it has no access list of its own: the server's default applies"},
      origin);
}

/// Adds a row with its name. False for a name that is no text: the list then lacks a share.
bool add_share(value::Evidence& evidence, std::wstring_view wide, ShareRow row) {
  auto name = exact_text(wide);
  if (!name) return false;
  row.name = std::move(*name);
  row.origin = add_origin(evidence, "share " + row.name);
  row.path.origin = row.sddl.origin = row.origin;
  evidence.shares.rows.push_back(std::move(row));
  return true;
}

bool add(value::Evidence& evidence, const SHARE_INFO_502& share) {
  ShareRow row;
  row.path = text_reading(view(share.shi502_path), 0);
  row.sddl = access_of(share.shi502_security_descriptor, 0);
  return add_share(evidence, view(share.shi502_netname), std::move(row));
}

/// What everybody may ask for: the names.
bool add(value::Evidence& evidence, const SHARE_INFO_1& share) {
  ShareRow row;
  const auto why = failure("NetShareEnum for access lists", ERROR_ACCESS_DENIED, kPrivilege);
  row.path = Reading<std::string>::unreadable(why);
  row.sddl = Reading<std::string>::unreadable(why);
  return add_share(evidence, view(share.shi1_netname), std::move(row));
}

/// NERR_Success once every share has a row.
template <class Info>
NET_API_STATUS list_shares(value::Evidence& evidence, DWORD level) {
  bool all_named = true;
  DWORD resume = 0;
  for (int page = 0; page < kPages; ++page) {
    BYTE* raw = nullptr;
    DWORD count = 0, total = 0;
    const NET_API_STATUS status =
        NetShareEnum(nullptr, level, &raw, MAX_PREFERRED_LENGTH, &count, &total, &resume);
    const NetApiMemory<BYTE> memory(raw);
    if (status != NERR_Success && status != ERROR_MORE_DATA) return status;
    for (DWORD i = 0; i < count; ++i) all_named = add(evidence, reinterpret_cast<Info*>(raw)[i]) && all_named;
    if (status == NERR_Success) return all_named ? NERR_Success : ERROR_INVALID_NAME;
    if (count == 0) return status;
  }
  return ERROR_MORE_DATA;
}

}  // namespace

void collect_shares(value::Evidence& evidence, const PlanSlice* slice) {
  if (slice != nullptr && !slice->needs(value::EvidenceSection::Shares)) return;
  auto& section = evidence.shares;
  section.collected = true;
  section.origin = add_origin(evidence, "shares of this machine");
  NET_API_STATUS status = list_shares<SHARE_INFO_502>(evidence, 502);
  if (status == ERROR_ACCESS_DENIED) status = list_shares<SHARE_INFO_1>(evidence, 1);
  section.complete = status == NERR_Success;
  if (!section.complete) section.unreadable = failure(kCall, status, kPrivilege);
}

}  // namespace polc::backends::windows
