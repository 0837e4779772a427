// User rights, audit policy and SIDs of a SECURITY hive: the database of the Local Security Authority.
// Layouts: the policy objects of [MS-LSAD] 3.1.1 as they are stored; measured on hives of Windows NT 4 to 2022
// (Privilgs, ActSysAc); the audit layout as published by RegRipper's auditpol plug-in (Windows 8 to Server 2022) and
// dissect.target.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "runtime/backends/hive/sections.hpp"
#include "runtime/formats/little_endian.hpp"
#include "runtime/formats/security_descriptor.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/resource.hpp"

namespace polc::backends::hive {
namespace {

using value::FactStatus;
using value::PrincipalEvidence;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

// --- user rights

struct LogonRight {
  std::uint32_t bit;
  std::string_view name;
};
/// Bits of ActSysAc: the POLICY_MODE_... values of ntlsa.h.
constexpr std::array<LogonRight, 10> kLogonRights{{
    {0x001, "SeInteractiveLogonRight"},
    {0x002, "SeNetworkLogonRight"},
    {0x004, "SeBatchLogonRight"},
    {0x010, "SeServiceLogonRight"},
    {0x040, "SeDenyInteractiveLogonRight"},
    {0x080, "SeDenyNetworkLogonRight"},
    {0x100, "SeDenyBatchLogonRight"},
    {0x200, "SeDenyServiceLogonRight"},
    {0x400, "SeRemoteInteractiveLogonRight"},
    {0x800, "SeDenyRemoteInteractiveLogonRight"},
}};

using Holders = std::map<std::string_view, std::vector<PrincipalEvidence>>;

/// POLICY_MODE_PROXY: kept by Windows NT, no right of today.
constexpr std::uint32_t kNoRight = 0x020;

/// Adds the privileges in a Privilgs value: a count, control bits, then (LUID, attributes) for each. False if the data
/// is not of that form, or has a privilege without a name: which one it was meant to be nobody can tell.
bool add_privileges(std::string_view bytes, const std::string& sid, Holders& holders) {
  constexpr std::size_t kHead = 8;
  constexpr std::size_t kEach = 12;
  if (bytes.size() < kHead || bytes.size() != kHead + kEach * std::size_t{formats::le32(bytes, 0)})
    return false;
  const auto& known = value::privileges();
  for (std::size_t at = kHead; at < bytes.size(); at += kEach) {
    const std::uint64_t luid = formats::le64(bytes, at);
    const auto privilege = std::find_if(known.begin(), known.end(), [&](const value::PrivilegeInfo& p) {
      return p.luid != 0 && p.luid == luid;
    });
    if (privilege == known.end()) return false;
    holders[privilege->name].push_back({sid, {}});
  }
  return true;
}

/// False if there is a bit that stands for no right.
bool add_logon_rights(std::uint32_t bits, const std::string& sid, Holders& holders) {
  bits &= ~kNoRight;
  for (const LogonRight& right : kLogonRights) {
    if ((bits & right.bit) != 0) holders[right.name].push_back({sid, {}});
    bits &= ~right.bit;
  }
  return bits == 0;
}

/// Adds what one account holds; why not, if that cannot be read.
std::optional<Unknown> add_account(HiveReader& reader, formats::HiveKey key, Holders& holders) {
  const auto sid = value::canonical_sid(key.name);
  const auto wrong = [&](std::string_view what) {
    return Unknown{UnknownReason::Corrupt, {}, fmt::format("rights of {}: {}", key.name, what)};
  };
  if (!sid) return wrong("no SID");
  const KeyReading account = reader.reading_of(key);
  const BytesReading privileges = KeyValues(reader, reader.key(account, "Privilgs")).bytes("");
  if (privileges.status == FactStatus::Unknown) return privileges.unknown;
  if (privileges.present() && !add_privileges(privileges.value, *sid, holders))
    return wrong("a list of another form");
  const BytesReading access = KeyValues(reader, reader.key(account, "ActSysAc")).bytes("");
  if (access.status == FactStatus::Unknown) return access.unknown;
  if (!access.present()) return std::nullopt;
  if (access.value.size() != 4 || !add_logon_rights(formats::le32(access.value, 0), *sid, holders))
    return wrong("logon rights of another form");
  return std::nullopt;
}

// --- audit policy

/// First parts of the GUIDs of a category's subcategories, in the order in which the policy keeps them. Newer versions
/// of Windows append to a category.
using Category = std::vector<std::string_view>;
const std::array<Category, 9>& audit_categories() {
  static const std::array<Category, 9> all{{
      {"0cce9210", "0cce9211", "0cce9212", "0cce9213", "0cce9214"},
      {"0cce9215", "0cce9216", "0cce9217", "0cce9218", "0cce921b", "0cce9219", "0cce921a", "0cce921c",
       "0cce9243", "0cce9247", "0cce9249"},
      {"0cce921d", "0cce921e", "0cce921f", "0cce9220", "0cce9227", "0cce9221", "0cce9222", "0cce9223",
       "0cce9224", "0cce9225", "0cce9226", "0cce9244", "0cce9245", "0cce9246"},
      {"0cce9228", "0cce9229", "0cce922a"},
      {"0cce922b", "0cce922c", "0cce922d", "0cce922e", "0cce9248", "0cce924a"},
      {"0cce922f", "0cce9230", "0cce9231", "0cce9232", "0cce9233", "0cce9234"},
      {"0cce9235", "0cce9236", "0cce9237", "0cce9238", "0cce9239", "0cce923a"},
      {"0cce923b", "0cce923c", "0cce923d", "0cce923e"},
      {"0cce923f", "0cce9240", "0cce9241", "0cce9242"},
  }};
  return all;
}

/// Subcategories for which published layouts of Windows 7 disagree.
constexpr std::array<std::string_view, 3> kDisputed{"0cce921b", "0cce9219", "0cce921a"};
constexpr std::size_t kSubcategoriesOfWindows7 = 53;

/// Numbers of subcategories in each category.
using Counts = std::array<std::size_t, 9>;
constexpr std::array<Counts, 6> kKnownCounts{{
    {5, 9, 12, 3, 4, 6, 6, 4, 4},   // Windows 7, Server 2008 R2
    {5, 10, 14, 3, 4, 6, 6, 4, 4},  // 8, 2012
    {5, 10, 14, 3, 5, 6, 6, 4, 4},  // 8.1, 2012 R2
    {5, 11, 14, 3, 5, 6, 6, 4, 4},  // 10 (1507)
    {5, 11, 14, 3, 6, 6, 6, 4, 4},  // 10 (1607), 2016 to 2022
    {5, 12, 14, 3, 6, 6, 6, 4, 4},  // 11 (24H2), 2025; the twelfth has no published name
}};

struct AuditLayout {
  Counts counts{};
  std::size_t total = 0;
};

/// A head of 12 bytes (its first four are 00 01 00 00 in every version; what they mean is not published), a WORD for
/// each subcategory, one spare, and the counts at the offset that the head gives.
std::optional<AuditLayout> audit_layout(std::string_view bytes) {
  constexpr std::size_t kHead = 12;
  if (bytes.size() < kHead || formats::le32(bytes, 0) != 0x100 || formats::le32(bytes, 4) != 9)
    return std::nullopt;
  const std::size_t foot = formats::le32(bytes, 8);
  if (foot < kHead || foot > bytes.size() || bytes.size() - foot != 2 * Counts().size()) return std::nullopt;
  AuditLayout layout;
  for (std::size_t i = 0; i < layout.counts.size(); ++i) {
    layout.counts[i] = formats::le16(bytes, foot + 2 * i);
    layout.total += layout.counts[i];
  }
  const bool known = std::find(kKnownCounts.begin(), kKnownCounts.end(), layout.counts) != kKnownCounts.end();
  if (!known || foot != kHead + 2 * layout.total + 2) return std::nullopt;
  return layout;
}

Reading<std::vector<std::string>> outcomes(std::uint16_t bits, value::OriginId origin) {
  if (bits > 3) {
    return Reading<std::vector<std::string>>::unreadable(
        {UnknownReason::Corrupt, {}, fmt::format("audit setting {}", bits)}, origin);
  }
  std::vector<std::string> names;
  if ((bits & 1U) != 0) names.emplace_back("success");
  if ((bits & 2U) != 0) names.emplace_back("failure");
  return Reading<std::vector<std::string>>::of(std::move(names), origin);
}

void add_audit_rows(std::string_view bytes, const AuditLayout& layout, value::OriginId origin,
                    value::Section<value::AuditRow>& section) {
  constexpr std::string_view kRest = "-69ae-11d9-bed3-505054503030";
  std::size_t at = 12;
  for (std::size_t c = 0; c < layout.counts.size(); ++c) {
    const Category& category = audit_categories()[c];
    for (std::size_t i = 0; i < layout.counts[c]; ++i, at += 2) {
      if (i >= category.size()) continue;
      value::AuditRow row{std::string(category[i]) + std::string(kRest),
                          outcomes(formats::le16(bytes, at), origin)};
      const bool disputed = layout.total == kSubcategoriesOfWindows7 &&
                            std::find(kDisputed.begin(), kDisputed.end(), category[i]) != kDisputed.end();
      if (disputed) {
        row.outcomes = Reading<std::vector<std::string>>::unreadable(
            {UnknownReason::Unsupported, {}, "where Windows 7 keeps this is not certain"}, origin);
      }
      section.rows.push_back(std::move(row));
    }
  }
}

TextReading sid_value(HiveReader& reader, std::string_view path) {
  const KeyReading key = reader.key(reader.root(), path);
  if (key.status == FactStatus::Absent)
    return TextReading::unreadable({UnknownReason::Corrupt, {}, "the hive has no key for a SID"}, key.origin);
  const BytesReading bytes = KeyValues(reader, key).bytes("");
  if (!bytes.present()) return bytes;
  // Outside of a domain there is nothing, or a SID without content.
  const bool empty = std::all_of(bytes.value.begin(), bytes.value.end(), [](char c) { return c == '\0'; });
  if (empty) return TextReading::absent(bytes.origin);
  auto sid = formats::read_sid(bytes.value);
  if (sid) return TextReading::of(std::move(*sid), bytes.origin);
  return TextReading::unreadable({UnknownReason::Corrupt, {}, sid.error().what}, bytes.origin);
}

}  // namespace

void read_user_rights(HiveReader& reader) {
  auto& section = reader.evidence().user_rights;
  const KeyReading accounts = reader.key(reader.root(), "Policy\\Accounts");
  if (!accounts.present()) {
    const Unknown missing{UnknownReason::Corrupt, {}, "the hive has no accounts with rights"};
    return unreadable(section, accounts.status == FactStatus::Absent ? missing : accounts.unknown,
                      accounts.origin);
  }
  Holders holders;
  auto list = reader.subkeys(accounts);
  std::optional<Unknown> error;
  if (list.error) error = reader.corrupt(*list.error);
  for (formats::HiveKey& key : list.items) {
    if (!error) error = add_account(reader, std::move(key), holders);
  }
  // Any right may have a holder that was not read.
  if (error) return unreadable(section, *error, accounts.origin);
  section.origin = accounts.origin;
  for (const value::PrivilegeInfo& right : value::privileges()) {
    section.rows.push_back({std::string(right.name), Reading<std::vector<PrincipalEvidence>>::of(
                                                         holders[right.name], accounts.origin)});
  }
  close(section, std::nullopt);
}

void read_audit_policy(HiveReader& reader) {
  auto& section = reader.evidence().audit_policy;
  const KeyReading key = reader.key(reader.root(), "Policy\\PolAdtEv");
  const BytesReading bytes = KeyValues(reader, key).bytes("");
  if (!bytes.present()) {
    const Unknown missing{UnknownReason::Corrupt, {}, "the hive has no audit policy"};
    return unreadable(section, bytes.status == FactStatus::Absent ? missing : bytes.unknown, bytes.origin);
  }
  const auto layout = audit_layout(bytes.value);
  if (!layout) {
    return unreadable(section,
                      {UnknownReason::Unsupported,
                       {},
                       fmt::format("an audit policy of {} bytes in an unknown form", bytes.value.size())},
                      bytes.origin);
  }
  section.origin = bytes.origin;
  add_audit_rows(bytes.value, *layout, bytes.origin, section);
  const bool named = section.rows.size() == layout->total;
  const Unknown newer{
      UnknownReason::Unsupported, {}, "a subcategory that this version of polc has no name for"};
  close(section, named ? std::nullopt : std::optional(newer));
}

TextReading account_domain_sid(HiveReader& reader) {
  return sid_value(reader, "Policy\\PolAcDmS");
}

TextReading primary_domain_sid(HiveReader& reader) {
  return sid_value(reader, "Policy\\PolPrDmS");
}

}  // namespace polc::backends::hive
