// Which reports are written where, and the exit code that follows from them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/judge.hpp"
#include "cli/session.hpp"
#include "runtime/report/baseline.hpp"

namespace polc::cli {

enum class ReportFormat { Terminal, Json, Sarif, SarifFull, Junit, Markdown, Html };

struct ReportDestination {
  ReportFormat format = ReportFormat::Terminal;
  std::string file;  ///< empty: standard output
};

std::string format_name(ReportFormat format);  ///< "terminal", as typed

/// Understands --report. nullopt: the reason is in the session's sink.
std::optional<std::vector<ReportDestination>> report_destinations(Session& session);

/// False, and reported, where a report would take the place of what this run reads, or of another report. To be asked
/// again when the policies are loaded: only then their modules are known.
bool are_free(Session& session, const std::vector<ReportDestination>& destinations);

/// The --baseline file; an empty optional inside when none was given. nullopt when it cannot be used.
std::optional<std::optional<report::Baseline>> read_baseline(Session& session);

/// Writes every report and gives the exit code of the run.
int write_reports(Session& session, const std::vector<std::unique_ptr<Judgement>>& judgements,
                  const std::optional<report::Baseline>& baseline,
                  const std::vector<ReportDestination>& destinations);

}  // namespace polc::cli
