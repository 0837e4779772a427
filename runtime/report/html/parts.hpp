// The parts of the HTML report. Internal to it; each returns HTML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "runtime/report/deciding.hpp"
#include "runtime/report/report.hpp"

namespace polc::report::html {

/// The sign of a verdict that stands beside its word, so that nothing rests on colour.
std::string_view sign(evaluate::Verdict verdict);

/// Tiles with the counts, the table of sections and the table of failures by severity, each with bars.
std::string charts(const RunReport& report);

/// "r1-ACME-01": the anchor of a control. `run` counts from 1.
std::string control_anchor(const RunReport& report, std::size_t run, const evaluate::ControlResult& result);

/// One control with everything there is to say about it: what was found and where, why it matters, how to fix it.
std::string control_article(const RunReport& report, std::size_t run, const evaluate::ControlResult& result);

/// The controls of one verdict as a table: id, title, and what was found and where.
std::string control_table(const RunReport& report, std::size_t run,
                          const std::vector<const evaluate::ControlResult*>& results);

}  // namespace polc::report::html
