#include "runtime/report/terminal/summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/escape.hpp"
#include "runtime/report/description.hpp"

namespace polc::report::terminal {
namespace {

using base::Ink;
using evaluate::Verdict;

/// A line begins anew where the width is used up; 0 is no limit.
std::string counts_text(const Counts& counts, const TerminalOptions& options, std::string_view separator,
                        std::size_t width) {
  std::string out;
  std::size_t used = 0;
  for (const Verdict verdict : kVerdicts) {
    if (counts.of(verdict) == 0) continue;
    const std::string words = fmt::format("{} {}", counts.of(verdict), verdict_noun(verdict));
    const std::string detail =
        verdict == Verdict::Fail ? fmt::format(" ({})", failures_by_severity(counts)) : std::string();
    const std::size_t size = words.size() + detail.size();
    const bool full = width > 0 && used > 0 && used + separator.size() + size > width;
    if (used > 0) out += full ? "\n  " : separator;
    used = full ? size : used + size + (used > 0 ? separator.size() : 0);
    out += base::paint(options.color, verdict_ink(verdict), words) + detail;
  }
  return out.empty() ? "no controls" : out;
}

}  // namespace

std::string_view verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return "PASS";
    case Verdict::Fail:
      return "FAIL";
    case Verdict::Unknown:
      return "UNKNOWN";
    case Verdict::NotApplicable:
      return "N/A";
    case Verdict::Review:
      return "REVIEW";
    case Verdict::Waived:
      return "WAIVED";
  }
  return "";
}

Ink verdict_ink(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return Ink::Good;
    case Verdict::Fail:
      return Ink::Error;
    case Verdict::Unknown:
      return Ink::Warning;
    case Verdict::Review:
      return Ink::Note;
    case Verdict::Waived:
      return Ink::Frame;
    case Verdict::NotApplicable:
      return Ink::Faint;
  }
  return Ink::Plain;
}

std::string summary(const RunReport& report, const TerminalOptions& options) {
  const ir::PolicyInfo& policy = report.program.policy;
  const auto text = [&](ir::TextId id) { return base::visible(report.program.text(id)); };
  const std::string version = policy.version != 0 ? " " + text(policy.version) : "";
  std::string out = base::paint(options.color, Ink::Bold, text(policy.title)) +
                    fmt::format("  {}{}\n", text(policy.id), version);
  const auto row = [&](std::string_view name, const std::string& value) {
    const std::string label = fmt::format("  {:<8}", name);
    const std::string wrapped = base::wrap(value, options.width, std::string(label.size(), ' '));
    out += base::paint(options.color, Ink::Faint, label) +
           wrapped.substr(std::min(label.size(), wrapped.size())) + '\n';
  };
  row("host", host_text(report));
  for (const Target& target : report.targets) row("target", target_text(report, target));
  const bool policy_layer = report.layer == value::Layer::Policy;
  row("layer", policy_layer ? "policy: what it would set, not what is in force" : "effective");
  row("as of", instant_text(report.as_of));
  for (const auto& [name, value] : tailoring_rows(report)) row(name, value);
  for (const ir::Parameter& parameter : report.program.parameters) {
    const bool own = report.program.text(parameter.origin) == "default";
    if (options.verbose) {
      const std::string chain = base::visible(provenance(report.program, parameter));
      row(own ? "param" : "set", fmt::format("{} = {}", text(parameter.name), chain));
    } else if (!own) {
      const std::string value = base::visible(value::to_text(report.program.constants[parameter.value]));
      row("set", fmt::format("{} = {} ({})", text(parameter.name), value, text(parameter.origin)));
    }
  }
  if (report.baseline != nullptr) row("baseline", base::visible(report.baseline->name));
  return out + "\n  " +
         counts_text(count(report), options, "   ", options.width > 2 ? options.width - 2 : 1) + '\n';
}

std::string one_line(const RunReport& report, const TerminalOptions& options) {
  return fmt::format("{} on {}: {}", base::visible(report.program.text(report.program.policy.id)),
                     host_name(report), counts_text(count(report), options, ", ", 0));
}

}  // namespace polc::report::terminal
