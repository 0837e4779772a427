#include "runtime/backends/auditpol/audit_table.hpp"

#include <algorithm>
#include <map>

#include "runtime/backends/origins.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

using formats::CsvRecord;
using value::Unknown;
using value::UnknownReason;
using Outcomes = std::vector<std::string>;
using AuditReading = value::Reading<Outcomes>;

enum Column : std::size_t { kMachine, kTarget, kName, kGuid, kInclusion, kExclusion, kNumber };

std::string_view audit_field(const CsvRecord& record, Column column) {
  return column < record.fields.size() ? std::string_view(record.fields[column]) : std::string_view();
}

std::optional<std::string> audit_guid(const CsvRecord& record) {
  return value::canonical_guid(audit_field(record, kGuid));
}

/// Settings of single users have their name or SID where those of the machine have the word System.
bool is_about_a_user(const CsvRecord& record) {
  const std::string_view target = audit_field(record, kTarget);
  return target.find('\\') != std::string_view::npos || value::canonical_sid(target).has_value();
}

std::optional<Outcomes> outcomes_in_english(std::string_view words) {
  if (base::equal_folded(words, "Success")) return Outcomes{"success"};
  if (base::equal_folded(words, "Failure")) return Outcomes{"failure"};
  if (base::equal_folded(words, "Success and Failure")) return Outcomes{"success", "failure"};
  if (base::equal_folded(words, "No Auditing")) return Outcomes{};
  return std::nullopt;
}

AuditReading zero_in_a_policy(std::string_view words, value::OriginId origin) {
  if (outcomes_in_english(words) == Outcomes{}) {
    return AuditReading::unreadable(
        {UnknownReason::Conflict, {}, "the words say no auditing, the number 0 says unchanged"}, origin);
  }
  return AuditReading::absent(origin);
}

AuditReading audit_reading(const CsvRecord& record, AuditTableKind kind, value::OriginId origin) {
  if (record.cut_off) {
    return AuditReading::unreadable({UnknownReason::Corrupt, {}, "the file ends inside of this line"},
                                    origin);
  }
  const std::string_view number = audit_field(record, kNumber);
  const std::string_view words = audit_field(record, kInclusion);
  if (number == "0") {
    return kind == AuditTableKind::Policy ? zero_in_a_policy(words, origin) : AuditReading::of({}, origin);
  }
  if (number == "1") return AuditReading::of({"success"}, origin);
  if (number == "2") return AuditReading::of({"failure"}, origin);
  if (number == "3") return AuditReading::of({"success", "failure"}, origin);
  if (number == "4") return AuditReading::of({}, origin);
  if (!number.empty()) {
    return AuditReading::unreadable({UnknownReason::Corrupt, {}, "not a number of this table"}, origin);
  }
  if (auto outcomes = outcomes_in_english(words)) return AuditReading::of(std::move(*outcomes), origin);
  return AuditReading::unreadable(
      {UnknownReason::Unsupported, {}, "the outcomes are in another language than English"}, origin);
}

}  // namespace

bool is_audit_table(const std::vector<CsvRecord>& records) {
  if (records.empty()) return false;
  const std::size_t columns = records.front().fields.size();
  if (columns < kNumber || columns > kNumber + 1) return false;
  if (base::equal_folded(audit_field(records.front(), kGuid), "Subcategory GUID")) return true;
  return std::any_of(records.begin(), records.end(),
                     [](const CsvRecord& r) { return audit_guid(r).has_value(); });
}

std::optional<Unknown> read_audit_table(const std::vector<CsvRecord>& records, AuditTableKind kind,
                                        std::string_view backend, std::string_view file,
                                        value::Evidence& evidence) {
  auto& rows = evidence.audit_policy.rows;
  std::map<std::string, std::size_t> seen;
  for (const CsvRecord& record : records) {
    auto guid = audit_guid(record);
    if (!guid || is_about_a_user(record)) continue;
    const auto origin = add_origin(evidence, {std::string(backend), std::string(file), record.line, 0, {}});
    AuditReading reading = audit_reading(record, kind, origin);
    const auto [first, is_new] = seen.emplace(*guid, rows.size());
    if (is_new) {
      rows.push_back({std::move(*guid), std::move(reading)});
    } else if (AuditReading& other = rows[first->second].outcomes;
               other.status != reading.status || other.value != reading.value) {
      other = AuditReading::unreadable(conflict_between(evidence, other.origin, origin), other.origin);
    }
  }
  if (records.empty() || !records.back().cut_off) return std::nullopt;
  return Unknown{UnknownReason::Corrupt, {}, "the file ends inside of a line"};
}

}  // namespace polc::backends
