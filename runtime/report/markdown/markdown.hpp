// The Markdown report: GitHub Flavored Markdown for a job summary or a comment. Counts first, then what fails, with the
// explanation folded away; everything else in tables.
#pragma once

#include <string>
#include <vector>

#include "runtime/report/report.hpp"

namespace polc::report {

/// At most limits::kMarkdownBytes long: what does not fit is left out at the end, and a last line says so; the counts of all
/// runs stand first. What hosts say stands in code spans and fences; policies may use Markdown in their rationale and fix
/// alone, without raw HTML and with links to the web only.
std::string write_markdown(const std::vector<RunReport>& reports);

}  // namespace polc::report
