// [System Access] of a security template: the account policy.
#include <algorithm>
#include <array>

#include "runtime/backends/secedit/security_template.hpp"
#include "runtime/base/casefold.hpp"

namespace polc::backends {
namespace {

using formats::InfFile;
using formats::InfLine;
using value::FactStatus;
using value::Integer;
using value::Reading;
using value::Unknown;
using value::UnknownReason;
using Policy = value::AccountPolicyEvidence;

constexpr std::string_view kAccess = "System Access";

/// Lines of [System Access] that no fact is about.
constexpr std::array<std::string_view, 8> kAccessNotRead{
    "RequireLogonToChangePassword", "ForceLogoffWhenHourExpire",
    "NewAdministratorName",         "NewGuestName",
    "LSAAnonymousNameLookup",       "EnableAdminAccount",
    "EnableGuestAccount",           "AllowAdministratorLockout"};

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kDay = 86'400;

Unknown no_access_line(std::string detail) {
  return {UnknownReason::Corrupt, {}, std::move(detail)};
}

std::optional<std::int64_t> number_of(const InfLine& line) {
  if (line.fields.size() != 1) return std::nullopt;
  const auto number = Integer::parse(line.fields.front());
  if (!number || number->is_infinite() || number->magnitude() > UINT32_MAX) return std::nullopt;
  const auto magnitude = static_cast<std::int64_t>(number->magnitude());
  return number->is_negative() ? -magnitude : magnitude;
}

/// A line of [System Access] that the account policy has. `never` are the numbers that stand for "no limit".
struct AccessField {
  std::string_view key;
  Reading<Integer> value::AccountPolicyEvidence::*number = nullptr;
  Reading<bool> value::AccountPolicyEvidence::*flag = nullptr;
  std::int64_t unit = 1;
  bool zero_is_never = false;
  bool minus_one_is_never = false;
};

constexpr std::array<AccessField, 9> kAccessFields{{
    {"MinimumPasswordLength", &Policy::min_length},
    {"PasswordComplexity", nullptr, &Policy::complexity},
    {"PasswordHistorySize", &Policy::history},
    {"MaximumPasswordAge", &Policy::max_age, nullptr, kDay, true, true},
    {"MinimumPasswordAge", &Policy::min_age, nullptr, kDay},
    {"ClearTextPassword", nullptr, &Policy::reversible_encryption},
    {"LockoutBadCount", &Policy::lockout_threshold, nullptr, 1, true},
    {"LockoutDuration", &Policy::lockout_duration, nullptr, kMinute, true, true},
    {"ResetLockoutCount", &Policy::lockout_window, nullptr, kMinute},
}};

const AccessField* access_field(std::string_view key) {
  const auto field = std::find_if(kAccessFields.begin(), kAccessFields.end(),
                                  [&](const AccessField& f) { return base::equal_folded(f.key, key); });
  return field == kAccessFields.end() ? nullptr : &*field;
}

/// Why the section may set what it does not name.
std::optional<Unknown> unknown_access_line(const InfFile& file, const TemplateUse& use) {
  std::optional<Unknown> first;
  for (const TemplateLine& found : lines_of(file.find(kAccess))) {
    const std::string_view key = found.line->key;
    const bool known = access_field(key) != nullptr ||
                       std::any_of(kAccessNotRead.begin(), kAccessNotRead.end(),
                                   [&](std::string_view name) { return base::equal_folded(name, key); });
    if (known || key.empty()) continue;
    Unknown why = unknown_template_name(use, kAccess, *found.line);
    if (!first) first = std::move(why);
  }
  return first;
}

Reading<Integer> access_number(const AccessField& field, const InfLine& line, value::OriginId origin) {
  const auto number = number_of(line);
  if (!number || *number < -1 || (*number == -1 && !field.minus_one_is_never)) {
    return Reading<Integer>::unreadable(no_access_line("not a number that this line may have"), origin);
  }
  const bool never = *number == -1 || (*number == 0 && field.zero_is_never);
  return Reading<Integer>::of(never ? Integer::infinity() : Integer::of(*number * field.unit), origin);
}

Reading<bool> access_flag(const InfLine& line, value::OriginId origin) {
  const auto number = number_of(line);
  if (!number || (*number != 0 && *number != 1)) {
    return Reading<bool>::unreadable(no_access_line("neither 0 nor 1"), origin);
  }
  return Reading<bool>::of(*number == 1, origin);
}

void read_access_line(const TemplateLine& found, const TemplateUse& use) {
  const AccessField* field = access_field(found.line->key);
  if (field == nullptr) return;
  const value::OriginId origin = use.origin(found.line->line);
  Policy& policy = use.evidence.account_policy;
  if (field->number != nullptr) {
    policy.*field->number = found.doubt ? Reading<Integer>::unreadable(*found.doubt, origin)
                                        : access_number(*field, *found.line, origin);
  } else {
    policy.*field->flag =
        found.doubt ? Reading<bool>::unreadable(*found.doubt, origin) : access_flag(*found.line, origin);
  }
}

void read_access_lines(const InfFile& file, const TemplateUse& use) {
  for (const TemplateLine& line : lines_of(file.find(kAccess))) read_access_line(line, use);
}

}  // namespace

void read_template_access(const InfFile& file, const TemplateUse& use, const std::optional<Unknown>& damage) {
  const value::OriginId origin = use.origin(0);
  Policy& policy = use.evidence.account_policy;
  const auto open = damage ? damage : unknown_access_line(file, use);
  for (const AccessField& field : kAccessFields) {
    if (field.number != nullptr) {
      policy.*field.number =
          open ? Reading<Integer>::unreadable(*open, origin) : Reading<Integer>::absent(origin);
    } else {
      policy.*field.flag = open ? Reading<bool>::unreadable(*open, origin) : Reading<bool>::absent(origin);
    }
  }
  read_access_lines(file, use);
}

void read_export_access(const InfFile& file, const TemplateUse& use, const std::optional<Unknown>& damage) {
  read_access_lines(file, use);
  Policy& policy = use.evidence.account_policy;
  const bool listed = !damage && !unknown_access_line(file, use);
  const bool no_lockout =
      listed && policy.lockout_threshold.present() && policy.lockout_threshold.value.is_infinite();
  for (Reading<Integer>* time : {&policy.lockout_duration, &policy.lockout_window}) {
    const bool left_out =
        time->status == FactStatus::Unknown && time->unknown.reason == UnknownReason::NotCollected;
    if (no_lockout && left_out) *time = Reading<Integer>::absent(policy.lockout_threshold.origin);
  }
}

}  // namespace polc::backends
