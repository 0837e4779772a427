// Password and lockout policy of the machine's own accounts (of the domain on a domain controller).
#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

using value::AbsentLevel;
using value::Fact;

/// Attributes of password_policy in the order of the catalogue.
enum Attribute : value::AttributeId {
  kMinLength,
  kComplexity,
  kHistory,
  kMaxAge,
  kMinAge,
  kReversibleEncryption,
  kLockoutThreshold,
  kLockoutDuration,
  kLockoutWindow,
};

struct InfKey {
  std::string_view name;  ///< in section [System Access]
  Attribute attribute;
};

constexpr InfKey kInfKeys[] = {
    {"MinimumPasswordLength", kMinLength},  {"PasswordComplexity", kComplexity},
    {"PasswordHistorySize", kHistory},      {"MaximumPasswordAge", kMaxAge},
    {"MinimumPasswordAge", kMinAge},        {"ClearTextPassword", kReversibleEncryption},
    {"LockoutBadCount", kLockoutThreshold}, {"LockoutDuration", kLockoutDuration},
    {"ResetLockoutCount", kLockoutWindow},
};

value::Value number(value::Integer n) {
  return value::Value(value::Number::exactly(n));
}

}  // namespace

Fact account_policy_fact(const Context& context, value::AttributeId attribute) {
  const value::AccountPolicyEvidence& policy = context.evidence.account_policy;
  const AbsentLevel level =
      context.evidence.layer == value::Layer::Policy ? AbsentLevel::Setting : AbsentLevel::Value;
  switch (static_cast<Attribute>(attribute)) {
    case kMinLength:
      return fact_of(policy.min_length, level, number);
    case kComplexity:
      return fact_of(policy.complexity, level, boolean);
    case kHistory:
      return fact_of(policy.history, level, number);
    case kMaxAge:
      return fact_of(policy.max_age, level, duration);
    case kMinAge:
      return fact_of(policy.min_age, level, duration);
    case kReversibleEncryption:
      return fact_of(policy.reversible_encryption, level, boolean);
    case kLockoutThreshold:
      return fact_of(policy.lockout_threshold, level, number);
    case kLockoutDuration:
      return fact_of(policy.lockout_duration, level, duration);
    case kLockoutWindow:
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
