#include "runtime/report/description.hpp"

#include <fmt/format.h>

#include <array>

#include "runtime/base/escape.hpp"

namespace polc::report {

using evaluate::Verdict;

std::string_view verdict_noun(Verdict verdict) {
  return verdict == Verdict::NotApplicable ? "not applicable" : evaluate::verdict_name(verdict);
}

std::string age_text(std::int64_t seconds) {
  struct Unit {
    std::int64_t seconds;
    std::string_view name;
  };
  constexpr std::array kUnits{Unit{86'400, "day"}, Unit{3'600, "hour"}, Unit{60, "minute"},
                              Unit{1, "second"}};
  for (const Unit& unit : kUnits) {
    const std::int64_t count = seconds / unit.seconds;
    if (count > 0) return fmt::format("{} {}{}", count, unit.name, count == 1 ? "" : "s");
  }
  return "0 seconds";
}

std::string host_text(const RunReport& report) {
  const value::HostIdentity& host = report.facts.host();
  std::string out = host_name(report);
  if (!host.os.empty()) out += ", " + base::visible(host.os);
  if (host.build) out += fmt::format(", build {}", *host.build);
  return out;
}

std::string target_text(const RunReport& report, const Target& target) {
  std::string out = fmt::format("{} ({}", base::visible(target.name), base::visible(target.backend));
  if (target.collected_at) {
    out += fmt::format(", collected {}", instant_text(*target.collected_at));
    const std::int64_t age = report.as_of - *target.collected_at;
    if (age > 0) out += fmt::format(", {} old", age_text(age));
  }
  return out + ")";
}

std::string failures_by_severity(const Counts& counts) {
  std::string out;
  for (const ir::Severity severity : kSeverities) {
    const std::size_t number = counts.failures[static_cast<std::size_t>(severity)];
    if (number > 0)
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", number, ir::severity_name(severity));
  }
  return out;
}

std::string place_text(const ir::Program& program, ir::RangeId id) {
  const ir::SourceRange& range = program.ranges[id];
  if (id == 0 || range.line == 0) return {};
  return fmt::format("{}:{}", base::visible(program.text(program.files[range.file].path)), range.line);
}

std::vector<std::pair<std::string_view, std::string>> tailoring_rows(const RunReport& report) {
  const ir::Program& program = report.program;
  const ir::Profile& profile = program.profile;
  if (profile.name == 0) return {};
  const auto text = [&](ir::TextId id) { return base::visible(program.text(id)); };
  std::vector<std::pair<std::string_view, std::string>> rows;
  rows.emplace_back("profile", profile_text(program));
  std::string excluded;
  for (const ir::TextId id : profile.excluded) excluded += (excluded.empty() ? "" : ", ") + text(id);
  if (!excluded.empty()) rows.emplace_back("without", excluded);
  for (const ir::Regrading& regrading : profile.regraded) {
    const ir::Control& control = program.controls[regrading.control];
    rows.emplace_back(
        "rated", fmt::format("{} {} instead of {}", text(control.id), ir::severity_name(control.severity),
                             ir::severity_name(regrading.from)));
  }
  for (const ir::Loosening& loosening : profile.loosened)
    rows.emplace_back("looser", fmt::format("{}: {}", text(loosening.target), text(loosening.because)));
  return rows;
}

}  // namespace polc::report
