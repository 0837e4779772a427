// Accounts, local groups and account policy of a SAM hive.
// Layouts: the F value of a domain as SAMPR_DOMAIN_... of [MS-SAMR] 2.2.3 stores it (offsets verified on hives from
// NT 4 to 2022); users and aliases after libyal/winreg-kb, "Security Accounts Manager keys"; account bits
// [MS-SAMR] 2.2.1.12.
#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "runtime/backends/hive/sections.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/formats/little_endian.hpp"
#include "runtime/formats/security_descriptor.hpp"
#include "runtime/formats/windows_text.hpp"

namespace polc::backends::hive {
namespace {

using value::EvidenceSection;
using value::FactStatus;
using value::Integer;
using value::PrincipalEvidence;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kBuiltinDomain = "S-1-5-32";

/// `reg save HKLM\SAM\SAM` leaves out one level.
KeyReading domains(HiveReader& reader) {
  const KeyReading root = reader.root();
  const KeyReading sam = reader.key(root, "SAM");
  return reader.key(sam.status == FactStatus::Absent ? root : sam, "Domains");
}

KeyReading account_domain(HiveReader& reader) {
  return reader.key(domains(reader), "Account");
}

Unknown damaged(std::string what) {
  return {UnknownReason::Corrupt, {}, std::move(what)};
}

// --- account policy

constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::min();

/// A span of time is kept as a negative number of 100 ns; 0 and the smallest number mean `without_end` where that is
/// possible.
Reading<Integer> span_at(const BytesReading& f, std::size_t offset, bool without_end) {
  const auto ticks = static_cast<std::int64_t>(formats::le64(f.value, offset));
  const auto wrong = [&](std::string what) {
    return Reading<Integer>::unreadable(damaged(std::move(what)), f.origin);
  };
  if (without_end && (ticks == kForever || ticks == 0))
    return Reading<Integer>::of(Integer::infinity(), f.origin);
  if (ticks == kForever) return wrong("a time without end where there must be one");
  if (ticks > 0) return wrong("a span of time below zero");
  return Reading<Integer>::of(Integer::of(-(ticks / 10'000'000)), f.origin);
}

Reading<Integer> word_at(const BytesReading& f, std::size_t offset) {
  return Reading<Integer>::of(Integer::of(formats::le16(f.value, offset)), f.origin);
}

void put_account_policy(const BytesReading& f, value::AccountPolicyEvidence& policy) {
  constexpr std::uint32_t kComplexity = 0x01;
  constexpr std::uint32_t kReversible = 0x10;
  const std::uint32_t properties = formats::le32(f.value, 0x4C);
  policy.max_age = span_at(f, 0x18, true);
  policy.min_age = span_at(f, 0x20, false);
  policy.complexity = Reading<bool>::of((properties & kComplexity) != 0, f.origin);
  policy.reversible_encryption = Reading<bool>::of((properties & kReversible) != 0, f.origin);
  policy.min_length = word_at(f, 0x50);
  policy.history = word_at(f, 0x52);
  policy.lockout_threshold = word_at(f, 0x54);
  if (policy.lockout_threshold.value == Integer::of(0)) {
    // Without a threshold the two times mean nothing.
    policy.lockout_threshold.value = Integer::infinity();
    policy.lockout_duration = policy.lockout_window = Reading<Integer>::absent(f.origin);
    return;
  }
  policy.lockout_duration = span_at(f, 0x30, true);
  policy.lockout_window = span_at(f, 0x38, false);
}

void refuse_account_policy(value::AccountPolicyEvidence& policy, const Unknown& why,
                           value::OriginId origin = 0) {
  for (auto* reading : {&policy.min_length, &policy.history, &policy.max_age, &policy.min_age,
                        &policy.lockout_threshold, &policy.lockout_duration, &policy.lockout_window})
    *reading = Reading<Integer>::unreadable(why, origin);
  policy.complexity = policy.reversible_encryption = Reading<bool>::unreadable(why, origin);
}

// --- names and RIDs

/// "000001F4", as the keys of users and aliases are called.
std::optional<std::uint32_t> rid_of(std::string_view name) {
  std::uint32_t rid = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), rid, 16);
  const bool whole = error == std::errc{} && end == name.data() + name.size() && name.size() == 8;
  return whole ? std::optional(rid) : std::nullopt;
}

/// A text of a V or C value: its offset, from `base`, and its size stand at `field`.
std::optional<std::string> text_at(std::string_view bytes, std::size_t field, std::size_t base) {
  if (bytes.size() < base || bytes.size() < field + 8) return std::nullopt;
  const std::size_t offset = formats::le32(bytes, field);
  const std::size_t size = formats::le32(bytes, field + 4);
  if (offset > bytes.size() - base || size > bytes.size() - base - offset) return std::nullopt;
  auto text = formats::utf8_from_utf16(bytes.substr(base + offset, size));
  return text ? std::optional(std::move(*text)) : std::nullopt;
}

// --- accounts

/// Reads one user; why not, if the account cannot even be named.
std::optional<Unknown> add_user(HiveReader& reader, formats::HiveKey key, const std::string& machine,
                                value::Section<value::AccountRow>& section) {
  constexpr std::size_t kNameField = 0x0C;
  constexpr std::size_t kVariablePart = 0xCC;
  constexpr std::uint32_t kDisabled = 0x0001;
  constexpr std::uint32_t kNoPassword = 0x0004;
  constexpr std::uint32_t kNeverExpires = 0x0200;
  const std::string key_name = key.name;
  const auto rid = rid_of(key_name);
  const KeyValues values(reader, reader.reading_of(std::move(key)));
  const BytesReading v = values.bytes("V");
  const BytesReading f = values.bytes("F");
  const auto name = v.present() ? text_at(v.value, kNameField, kVariablePart) : std::nullopt;
  if (!rid || !name || name->empty()) return damaged("account " + key_name + " cannot be read");
  value::AccountRow row;
  row.account = {.sid = fmt::format("{}-{}", machine, *rid), .name = *name};
  row.origin = v.origin;
  Reading<std::uint32_t> flags;
  if (!f.present() || f.value.size() < 0x3C) {
    flags = Reading<std::uint32_t>::unreadable(damaged("the account's state cannot be read"), f.origin);
  } else if (formats::le32(f.value, 0x30) != *rid) {
    // Windows then lets this account act as the other one.
    flags = Reading<std::uint32_t>::unreadable(
        {UnknownReason::Conflict,
         {},
         fmt::format("the account is kept as {} and calls itself {}", *rid, formats::le32(f.value, 0x30))},
        f.origin);
  } else {
    flags = Reading<std::uint32_t>::of(formats::le32(f.value, 0x38), f.origin);
  }
  row.enabled = converted(flags, [](std::uint32_t bits) { return (bits & kDisabled) == 0; });
  row.password_required = converted(flags, [](std::uint32_t bits) { return (bits & kNoPassword) == 0; });
  row.password_expires = converted(flags, [](std::uint32_t bits) { return (bits & kNeverExpires) == 0; });
  section.rows.push_back(std::move(row));
  return std::nullopt;
}

// --- groups

/// The SIDs behind one another in the member part of a C value.
std::optional<std::vector<PrincipalEvidence>> members_of(std::string_view c) {
  constexpr std::size_t kVariablePart = 52;
  if (c.size() < kVariablePart) return std::nullopt;
  const std::size_t offset = formats::le32(c, 40);
  const std::size_t size = formats::le32(c, 44);
  const std::size_t count = formats::le32(c, 48);
  if (offset > c.size() - kVariablePart || size > c.size() - kVariablePart - offset) return std::nullopt;
  std::string_view rest = c.substr(kVariablePart + offset, size);
  std::vector<PrincipalEvidence> members;
  while (members.size() < count) {
    auto sid = formats::read_sid(rest);
    if (!sid) return std::nullopt;
    members.push_back({std::move(*sid), {}});
    rest.remove_prefix(formats::sid_size(rest));
  }
  return rest.empty() ? std::optional(std::move(members)) : std::nullopt;
}

std::optional<Unknown> add_group(HiveReader& reader, formats::HiveKey key, const std::string& domain,
                                 value::Section<value::LocalGroupRow>& section) {
  constexpr std::size_t kNameField = 16;
  constexpr std::size_t kVariablePart = 52;
  const std::string key_name = key.name;
  const auto rid = rid_of(key_name);
  const BytesReading c = KeyValues(reader, reader.reading_of(std::move(key))).bytes("C");
  const auto name = c.present() ? text_at(c.value, kNameField, kVariablePart) : std::nullopt;
  if (!rid || !name || name->empty()) return damaged("group " + key_name + " cannot be read");
  value::LocalGroupRow row;
  row.group = {.sid = fmt::format("{}-{}", domain, *rid), .name = *name};
  auto members = members_of(c.value);
  row.members = members ? Reading<std::vector<PrincipalEvidence>>::of(std::move(*members), c.origin)
                        : Reading<std::vector<PrincipalEvidence>>::unreadable(
                              damaged("the members of " + *name + " cannot be read"), c.origin);
  section.rows.push_back(std::move(row));
  return std::nullopt;
}

/// The keys of users or aliases, without the folders beside them.
bool is_index(const formats::HiveKey& key) {
  return base::equal_folded(key.name, "Names") || base::equal_folded(key.name, "Members");
}

template <class Row, class Add>
void add_all(HiveReader& reader, const KeyReading& folder, value::Section<Row>& section, Add add) {
  if (!folder.present()) {
    section.unreadable =
        folder.status == FactStatus::Absent ? damaged("the hive has no such list") : folder.unknown;
    return;
  }
  auto list = reader.subkeys(folder);
  if (list.error) section.unreadable = reader.corrupt(*list.error);
  for (formats::HiveKey& key : list.items) {
    if (is_index(key)) continue;
    if (auto error = add(std::move(key)); error && !section.unreadable) section.unreadable = std::move(error);
  }
}

}  // namespace

TextReading sam_machine_sid(HiveReader& reader) {
  // The SID is the last thing in the V value of its domain: S-1-5-21 and three numbers.
  constexpr std::size_t kSidBytes = 24;
  const BytesReading v = KeyValues(reader, account_domain(reader)).bytes("V");
  if (!v.present()) return v;
  if (v.value.size() >= kSidBytes) {
    auto sid = formats::read_sid(v.value, v.value.size() - kSidBytes);
    if (sid && sid->starts_with("S-1-5-21-") &&
        formats::sid_size(v.value.substr(v.value.size() - kSidBytes)) == kSidBytes)
      return TextReading::of(std::move(*sid), v.origin);
  }
  return TextReading::unreadable(damaged("the machine's SID cannot be read"), v.origin);
}

void read_account_policy(HiveReader& reader) {
  constexpr std::size_t kNeeded = 0x56;
  auto& policy = reader.evidence().account_policy;
  const BytesReading f = KeyValues(reader, account_domain(reader)).bytes("F");
  if (f.status == FactStatus::Unknown) return refuse_account_policy(policy, f.unknown, f.origin);
  if (!f.present() || f.value.size() < kNeeded)
    return refuse_account_policy(policy, damaged("the account domain has no policy"), f.origin);
  put_account_policy(f, policy);
}

void read_accounts(HiveReader& reader) {
  auto& section = reader.evidence().accounts;
  const TextReading machine = sam_machine_sid(reader);
  if (!machine.present())
    return unreadable(section, damaged("the machine's SID cannot be read"), machine.origin);
  const KeyReading users = reader.key(account_domain(reader), "Users");
  section.origin = users.origin;
  add_all(reader, users, section,
          [&](formats::HiveKey key) { return add_user(reader, std::move(key), machine.value, section); });
  close(section, std::nullopt);
}

void read_local_groups(HiveReader& reader) {
  auto& section = reader.evidence().local_groups;
  const TextReading machine = sam_machine_sid(reader);
  if (!machine.present())
    return unreadable(section, damaged("the machine's SID cannot be read"), machine.origin);
  const KeyReading builtin = reader.key(domains(reader), "Builtin\\Aliases");
  section.origin = builtin.origin;
  add_all(reader, builtin, section, [&](formats::HiveKey key) {
    return add_group(reader, std::move(key), std::string(kBuiltinDomain), section);
  });
  add_all(reader, reader.key(account_domain(reader), "Aliases"), section,
          [&](formats::HiveKey key) { return add_group(reader, std::move(key), machine.value, section); });
  close(section, std::nullopt);
}

void refuse_sam(value::Evidence& evidence, const PlanSlice* slice, const Unknown& why) {
  if (needs(slice, EvidenceSection::AccountPolicy)) refuse_account_policy(evidence.account_policy, why);
  if (needs(slice, EvidenceSection::Accounts)) unreadable(evidence.accounts, why);
  if (needs(slice, EvidenceSection::LocalGroups)) unreadable(evidence.local_groups, why);
}

}  // namespace polc::backends::hive
