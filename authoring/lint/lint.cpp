#include "authoring/lint/lint.hpp"

#include <algorithm>

#include "authoring/lint/findings.hpp"
#include "runtime/base/diagnostics/lint.hpp"
#include "runtime/evaluate/plan.hpp"

namespace polc::lint {
namespace {

std::string text_of(const std::vector<evaluate::Gap>& gaps) {
  std::string text;
  for (const evaluate::Gap& gap : gaps) {
    text += (text.empty() ? "" : ", ") + std::string(value::section_name(gap.section));
    if (!gap.key.empty()) text += " " + gap.key;
  }
  return text;
}

void lint_observability(Findings& findings, const Prospect& prospect) {
  const ir::Program& program = findings.program();
  for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
    const auto gaps = evaluate::gaps(evaluate::plan_slice(program, program.controls[i]),
                                     prospect.capabilities, prospect.layer, std::nullopt);
    if (gaps.empty()) continue;
    findings.add(
        diag::BackendCannotAnswer{.control = findings.id(i), .targets = prospect.names, .gaps = text_of(gaps)}
            .at(findings.header(i)),
        {i});
  }
}

/// An acceptance of any control that a finding is about covers it.
bool is_accepted(const Finding& finding, std::vector<Acceptance>& acceptances) {
  bool accepted = false;
  for (Acceptance& acceptance : acceptances) {
    const bool about = std::find(finding.controls.begin(), finding.controls.end(), acceptance.control) !=
                       finding.controls.end();
    if (!about || acceptance.code != finding.diagnostic.code) continue;
    acceptance.used = true;
    accepted = true;
  }
  return accepted;
}

}  // namespace

Summary lint(const ir::Program& program, const base::SourceManager& sources, const Prospect& prospect,
             std::int64_t now, base::DiagnosticSink& sink) {
  Findings findings(program, sources);
  std::vector<Known> known;
  for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
    known.push_back(lint_control(findings, i));
    if (known.back().can_pass) lint_defaults(findings, i);
    lint_ranges(findings, i);
    lint_quantifiers(findings, i);
  }
  lint_pairs(findings, known);
  lint_waivers(findings, known, now);
  if (!prospect.names.empty()) lint_observability(findings, prospect);

  Summary summary;
  base::DiagnosticSink unclear;
  std::vector<Acceptance> acceptances = read_acceptances(program, sources, unclear);
  for (const base::Diagnostic& diagnostic : unclear.sorted()) findings.add(diagnostic, {});
  for (Finding& finding : findings.all()) {
    if (is_accepted(finding, acceptances)) {
      ++summary.accepted;
      continue;
    }
    ++(finding.diagnostic.code == diag::LintUndetermined::kCode ? summary.undetermined : summary.findings);
    sink.add(std::move(finding.diagnostic));
  }
  for (const Acceptance& acceptance : acceptances) {
    if (acceptance.used) continue;
    ++summary.findings;
    sink.add(diag::AcceptanceUnused{.code = base::code_text(acceptance.code)}.at(acceptance.span));
  }
  return summary;
}

}  // namespace polc::lint
