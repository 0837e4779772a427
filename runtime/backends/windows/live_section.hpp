// What collectors do with the tables they fill.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/backends/plan_slice.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

/// What most refused calls need, and what those for the audit policy need.
inline constexpr std::string_view kAdministrator = "administrator";
inline constexpr std::string_view kAuditPrivilege = "administrator, or SeSecurityPrivilege";

/// True when the slice asks for the section; nullptr asks for everything.
inline bool needs(const PlanSlice* slice, value::EvidenceSection section) {
  return slice == nullptr || slice->needs(section);
}

/// Says why the table is not complete, now or later; the first reason stays.
template <class Row>
void leave_open(value::Section<Row>& section, value::Unknown why) {
  section.complete = false;
  if (!section.unreadable) section.unreadable = std::move(why);
}

/// Asks again as long as `query` answers `too_small`, having made more room: what is asked for may grow meanwhile, at
/// most limits::kGrowingReads times. The last answer.
template <class Query>
std::uint32_t read_growing(std::uint32_t too_small, Query query) {
  std::uint32_t error = too_small;
  for (std::size_t attempt = 0; attempt < limits::kGrowingReads && error == too_small; ++attempt)
    error = query();
  return error;
}

/// Claims that there is nothing but the rows, unless the table was left open.
template <class Row>
void close(value::Section<Row>& section) {
  section.complete = !section.unreadable;
}

/// Adds a row. False, and the table is left open, when it holds limits::kLiveRows already.
template <class Row>
bool add_row(value::Section<Row>& section, Row row) {
  if (section.rows.size() >= limits::kLiveRows) {
    leave_open(
        section,
        {value::UnknownReason::Budget, {}, "more than " + std::to_string(limits::kLiveRows) + " entries"});
    return false;
  }
  section.rows.push_back(std::move(row));
  return true;
}

}  // namespace polc::backends::windows
