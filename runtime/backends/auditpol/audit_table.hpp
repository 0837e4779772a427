// Tables of audit subcategories: audit.csv of a Group Policy object ([MS-GPAC] 2.2.1) and what `auditpol` writes.
//
//   Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting[,Setting Value]
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/formats/csv.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// What the number in the last column means: 0 is "unchanged" in a policy ([MS-GPAC] 2.2.1.3.1) and "nothing" in what
/// auditpol reports of a machine.
enum class AuditTableKind : std::uint8_t { Policy, Report };

/// True for a table with the columns of the head above; the names of the columns are translated, GUIDs are not.
bool is_audit_table(const std::vector<formats::CsvRecord>& records);

/// Fills evidence.audit_policy.rows from the settings of the machine (not those of single users); subcategories are
/// told by GUID. The number decides; without one the English words do, and other words are Unknown(unsupported). English
/// words and names that contradict number and GUID make Unknown(conflict), translated ones do not. The result says why
/// rows may be missing: the file is cut off, or a row has the GUID of no subcategory.
std::optional<value::Unknown> read_audit_table(const std::vector<formats::CsvRecord>& records,
                                               AuditTableKind kind, std::string_view backend,
                                               std::string_view file, value::Evidence& evidence);

}  // namespace polc::backends
