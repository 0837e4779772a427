// Password and lockout policy of the machine's own accounts (of the domain on a domain controller).
#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

using value::AbsentLevel;
using value::Fact;

/// Attributes of password_policy in the order of the catalogue.
enum class PolicyAttribute : value::AttributeId {
  MinLength,
  Complexity,
  History,
  MaxAge,
  MinAge,
  ReversibleEncryption,
  LockoutThreshold,
  LockoutDuration,
  LockoutWindow,
};

struct InfKey {
  std::string_view name;  ///< in section [System Access]
  PolicyAttribute attribute;
};

constexpr InfKey kInfKeys[] = {
    {"MinimumPasswordLength", PolicyAttribute::MinLength},
    {"PasswordComplexity", PolicyAttribute::Complexity},
    {"PasswordHistorySize", PolicyAttribute::History},
    {"MaximumPasswordAge", PolicyAttribute::MaxAge},
    {"MinimumPasswordAge", PolicyAttribute::MinAge},
    {"ClearTextPassword", PolicyAttribute::ReversibleEncryption},
    {"LockoutBadCount", PolicyAttribute::LockoutThreshold},
    {"LockoutDuration", PolicyAttribute::LockoutDuration},
    {"ResetLockoutCount", PolicyAttribute::LockoutWindow},
};

value::Value number(value::Integer n) {
  return value::Value(value::Number::exactly(n));
}

}  // namespace

Fact account_policy_fact(const Context& context, value::AttributeId attribute) {
  const value::AccountPolicyEvidence& policy = context.evidence.account_policy;
  const AbsentLevel level =
      context.evidence.layer == value::Layer::Policy ? AbsentLevel::Setting : AbsentLevel::Value;
  switch (static_cast<PolicyAttribute>(attribute)) {
    case PolicyAttribute::MinLength:
      return fact_of(policy.min_length, level, number);
    case PolicyAttribute::Complexity:
      return fact_of(policy.complexity, level, boolean);
    case PolicyAttribute::History:
      return fact_of(policy.history, level, number);
    case PolicyAttribute::MaxAge:
      return fact_of(policy.max_age, level, duration);
    case PolicyAttribute::MinAge:
      return fact_of(policy.min_age, level, duration);
    case PolicyAttribute::ReversibleEncryption:
      return fact_of(policy.reversible_encryption, level, boolean);
    case PolicyAttribute::LockoutThreshold:
      return fact_of(policy.lockout_threshold, level, number);
    case PolicyAttribute::LockoutDuration:
      return fact_of(policy.lockout_duration, level, duration);
    case PolicyAttribute::LockoutWindow:
      return fact_of(policy.lockout_window, level, duration);
  }
  return Fact::unknown(value::UnknownReason::Unsupported);
}

Fact account_policy_fact(const Context& context, std::string_view inf_key) {
  for (const InfKey& known : kInfKeys) {
    if (base::equal_folded(known.name, inf_key)) {
      return account_policy_fact(context, static_cast<value::AttributeId>(known.attribute));
    }
  }
  return Fact::unknown(value::UnknownReason::Unsupported,
                       "no evidence holds the line \"" + std::string(inf_key) + "\" of [System Access]");
}

}  // namespace polc::derive
