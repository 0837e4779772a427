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

/// What the number says; nullopt for none of this table.
std::optional<Outcomes> outcomes_by_number(std::string_view number) {
  if (number == "1") return Outcomes{"success"};
  if (number == "2") return Outcomes{"failure"};
  if (number == "3") return Outcomes{"success", "failure"};
  if (number == "0" || number == "4") return Outcomes{};
  return std::nullopt;
}

AuditReading audit_reading(const CsvRecord& record, AuditTableKind kind, value::OriginId origin) {
  const auto unreadable = [&](UnknownReason reason, const char* detail) {
    return AuditReading::unreadable({reason, {}, detail}, origin);
  };
  if (record.cut_off) return unreadable(UnknownReason::Corrupt, "the file ends inside of this line");
  const std::string_view number = audit_field(record, kNumber);
  const auto in_words = outcomes_in_english(audit_field(record, kInclusion));
  if (number.empty()) {
    if (in_words) return AuditReading::of(*in_words, origin);
    return unreadable(UnknownReason::Unsupported, "the outcomes are in another language than English");
  }
  const auto by_number = outcomes_by_number(number);
  if (!by_number) return unreadable(UnknownReason::Corrupt, "not a number of this table");
  const bool unchanged = kind == AuditTableKind::Policy && number == "0";
  if (in_words && (unchanged || *in_words != *by_number)) {
    return unreadable(UnknownReason::Conflict, "the words and the number of the setting differ");
  }
  return unchanged ? AuditReading::absent(origin) : AuditReading::of(*by_number, origin);
}

/// The subcategory that the row names in English; policies put "Audit" before it. nullptr for a name that is not known.
const value::AuditSubcategory* named_subcategory(const CsvRecord& record) {
  constexpr std::string_view kPrefix = "Audit ";
  const std::string_view name = audit_field(record, kName);
  const value::AuditSubcategory* found = value::find_audit_subcategory(name);
  if (found != nullptr || !base::equal_folded(name.substr(0, kPrefix.size()), kPrefix)) return found;
  return value::find_audit_subcategory(name.substr(kPrefix.size()));
}

/// Lines without a GUID that are about no subcategory: nothing, audit options, global access lists.
bool is_no_subcategory(const CsvRecord& record) {
  const auto is_empty = [](const std::string& field) { return field.empty(); };
  if (std::all_of(record.fields.begin(), record.fields.end(), is_empty)) return true;
  const std::string_view name = audit_field(record, kName);
  constexpr std::string_view kOption = "Option:";
  return audit_field(record, kGuid).empty() &&
         (base::equal_folded(name.substr(0, kOption.size()), kOption) ||
          base::equal_folded(name, "FileGlobalSacl") || base::equal_folded(name, "RegistryGlobalSacl"));
}

/// Why a row may be one of a subcategory that is not in the table then.
std::optional<Unknown> unknown_row(const CsvRecord& record, const std::optional<std::string>& guid) {
  const bool known = guid ? value::find_audit_subcategory(*guid) != nullptr : is_no_subcategory(record);
  if (known) return std::nullopt;
  return Unknown{
      UnknownReason::Corrupt, {}, "line " + std::to_string(record.line) + " has the GUID of no subcategory"};
}

/// One reading for each subcategory; what differs is a conflict.
class AuditRows {
 public:
  explicit AuditRows(value::Evidence& evidence) : evidence_(evidence) {}

  void add(const std::string& guid, AuditReading reading) {
    auto& rows = evidence_.audit_policy.rows;
    const auto [first, is_new] = seen_.emplace(guid, rows.size());
    if (is_new) {
      rows.push_back({guid, std::move(reading)});
      return;
    }
    AuditReading& other = rows[first->second].outcomes;
    if (other.status == reading.status && other.value == reading.value) return;
    other = AuditReading::unreadable(conflict_between(evidence_, other.origin, reading.origin), other.origin);
  }

 private:
  value::Evidence& evidence_;
  std::map<std::string, std::size_t> seen_;
};

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
  AuditRows rows(evidence);
  std::optional<Unknown> problem;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const CsvRecord& record = records[i];
    const auto guid = audit_guid(record);
    const bool is_head = i == 0 && !guid;
    if (is_head || is_about_a_user(record)) continue;
    if (!problem) problem = unknown_row(record, guid);
    if (!guid) continue;
    const auto origin = add_origin(evidence, {std::string(backend), std::string(file), record.line, 0, {}});
    const value::AuditSubcategory* named = named_subcategory(record);
    if (named == nullptr || named->guid == *guid) {
      rows.add(*guid, audit_reading(record, kind, origin));
      continue;
    }
    const AuditReading neither = AuditReading::unreadable(
        {UnknownReason::Conflict, {}, "the name and the GUID are of different subcategories"}, origin);
    rows.add(*guid, neither);
    rows.add(std::string(named->guid), neither);
  }
  if (!records.empty() && records.back().cut_off)
    problem = Unknown{UnknownReason::Corrupt, {}, "the file ends inside of a line"};
  return problem;
}

}  // namespace polc::backends
