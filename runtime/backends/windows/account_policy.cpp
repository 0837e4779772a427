// Password and lockout policy: of the machine's own accounts, on a domain controller of the domain.
#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/conversions.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/text.hpp"

namespace polc::backends::windows {
namespace {

using value::AccountPolicyEvidence;
using value::Integer;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

constexpr DWORD kPasswordRules = 0;
constexpr DWORD kLockoutRules = 3;

Integer count(DWORD number) {
  return Integer::of_unsigned(number);
}

/// Both ways of saying "never" that Windows uses.
Integer span_or_never(DWORD seconds) {
  return seconds == TIMEQ_FOREVER || seconds == 0 ? Integer::infinity() : count(seconds);
}

/// One level of NetUserModalsGet; nullptr, and why.
template <class Info>
NetApiMemory<Info> modals(DWORD level, Unknown& why) {
  BYTE* buffer = nullptr;
  const NET_API_STATUS status = NetUserModalsGet(nullptr, level, &buffer);
  NetApiMemory<Info> info(reinterpret_cast<Info*>(buffer));
  if (status == NERR_Success && info != nullptr) return info;
  why = failure("NetUserModalsGet", status, kAdministrator);
  return nullptr;
}

void refuse(std::initializer_list<Reading<Integer>*> readings, const Unknown& why, value::OriginId origin) {
  for (Reading<Integer>* reading : readings) *reading = Reading<Integer>::unreadable(why, origin);
}

}  // namespace

void put_password_rules(const USER_MODALS_INFO_0& rules, value::OriginId origin,
                        AccountPolicyEvidence& policy) {
  policy.min_length = Reading<Integer>::of(count(rules.usrmod0_min_passwd_len), origin);
  policy.history = Reading<Integer>::of(count(rules.usrmod0_password_hist_len), origin);
  policy.max_age = Reading<Integer>::of(span_or_never(rules.usrmod0_max_passwd_age), origin);
  policy.min_age = Reading<Integer>::of(count(rules.usrmod0_min_passwd_age), origin);
}

void put_lockout_rules(const USER_MODALS_INFO_3& rules, value::OriginId origin,
                       AccountPolicyEvidence& policy) {
  if (rules.usrmod3_lockout_threshold == 0) {
    policy.lockout_threshold = Reading<Integer>::of(Integer::infinity(), origin);
    policy.lockout_duration = policy.lockout_window = Reading<Integer>::absent(origin);
    return;
  }
  policy.lockout_threshold = Reading<Integer>::of(count(rules.usrmod3_lockout_threshold), origin);
  policy.lockout_duration = Reading<Integer>::of(span_or_never(rules.usrmod3_lockout_duration), origin);
  policy.lockout_window = Reading<Integer>::of(count(rules.usrmod3_lockout_observation_window), origin);
}

void collect_account_policy(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::AccountPolicy)) return;
  AccountPolicyEvidence& policy = evidence.account_policy;
  const value::OriginId origin = add_origin(evidence, "account policy (NetUserModalsGet)");
  Unknown why;
  if (const auto rules = modals<USER_MODALS_INFO_0>(kPasswordRules, why)) {
    put_password_rules(*rules, origin, policy);
  } else {
    refuse({&policy.min_length, &policy.history, &policy.max_age, &policy.min_age}, why, origin);
  }
  if (const auto rules = modals<USER_MODALS_INFO_3>(kLockoutRules, why)) {
    put_lockout_rules(*rules, origin, policy);
  } else {
    refuse({&policy.lockout_threshold, &policy.lockout_duration, &policy.lockout_window}, why, origin);
  }
  // Only undocumented calls of samlib.dll tell.
  policy.complexity = policy.reversible_encryption = Reading<bool>::unreadable(
      {UnknownReason::Unsupported,
       {},
       "no documented call of Windows tells; add an export of secedit or the SAM hive as a further target"},
      origin);
}

}  // namespace polc::backends::windows
