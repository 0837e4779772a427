#include <fmt/format.h>

#include "runtime/base/escape.hpp"
#include "runtime/evaluate/render_explanation.hpp"
#include "runtime/report/description.hpp"
#include "runtime/report/html/page.hpp"
#include "runtime/report/html/parts.hpp"
#include "runtime/report/html/rich_text.hpp"
#include "runtime/report/html/table.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/unknowns.hpp"

namespace polc::report::html {
namespace {

using evaluate::ControlResult;
using evaluate::Verdict;

constexpr std::size_t kColumns = 96;       // of an assertion: what fits on paper
constexpr std::size_t kShownEvidence = 3;  // places in a table; the rest is counted
constexpr int kHeading = 6;                // inside an article, below its own headings

class ArticleWriter {
 public:
  ArticleWriter(const RunReport& report, std::size_t run, const ControlResult& result)
      : report_(report), run_(run), result_(result), control_(control_of(report, result)) {}

  std::string write() {
    const evaluate::ControlExplanation explanation = report_.explain(result_);
    head();
    assertions(explanation);
    question();
    unknowns();
    authored("Why it matters", control_.because != 0 ? control_.because : control_.description);
    authored("How to fix it", control_.fix);
    references();
    return out_ + "</article>\n";
  }

 private:
  std::string_view raw(ir::TextId id) const { return report_.program.text(id); }
  std::string text(ir::TextId id) const { return base::html_text(raw(id)); }

  void head() {
    out_ = fmt::format("<article id=\"{}\">\n<h4><span class=\"badge {}\">{} {}</span> ",
                       control_anchor(report_, run_, result_), evaluate::verdict_name(result_.verdict),
                       sign(result_.verdict), verdict_noun(result_.verdict));
    const std::string_view severity = ir::severity_name(control_.severity);
    out_ += fmt::format("<span class=\"badge {0}\">{0}</span> ", severity);
    if (baseline_state(report_, result_) == BaselineState::New) out_ += "<span class=\"badge\">new</span> ";
    out_ += fmt::format("<code>{}</code> {}</h4>\n", text(control_.id), text(control_.title));
    std::string words = place_text(report_.program, control_.header);
    if (control_.group != ir::kNone) {
      const std::string_view group = raw(report_.program.groups[control_.group].title);
      words = std::string(group) + (words.empty() ? "" : ", " + words);
    }
    if (!words.empty()) out_ += fmt::format("<p class=\"soft small\">{}</p>\n", base::html_text(words));
  }

  void assertions(const evaluate::ControlExplanation& explanation) {
    std::string shown;
    for (const evaluate::Explanation* part : deciding(result_, explanation)) {
      if (!shown.empty()) shown += '\n';
      shown += evaluate::render_explanation(*part, report_.facts, {.width = kColumns, .indent = 0});
    }
    if (!shown.empty())
      out_ +=
          fmt::format("<pre tabindex=\"0\" aria-label=\"what was found\">{}</pre>\n", base::html_text(shown));
    if (result_.passes_by_default)
      out_ += "<p>The Windows default would satisfy it, but nothing sets it.</p>\n";
    if (result_.vacuous) out_ += "<p>It holds only because there was nothing to check.</p>\n";
  }

  void question() {
    if (!control_.manual) return;
    out_ += fmt::format("<p>{}</p>\n<p class=\"small\">Attestation <code>{}</code>: {}</p>\n",
                        text(control_.manual->instruction), text(control_.manual->key),
                        manual_state_name(result_.manual));
  }

  void unknowns() {
    if (result_.verdict != Verdict::Unknown) return;
    out_ += "<h5>What was not read</h5>\n<ul>\n";
    for (const value::Unknown& unknown : merge_ports(result_.unknowns)) {
      const std::string detail = unknown.detail.empty() ? "" : ": " + base::html_text(unknown.detail);
      out_ += fmt::format("<li><code>{}</code> &ndash; {}{}</li>\n",
                          unknown.address.empty() ? "a fact" : base::html_text(unknown.address),
                          value::reason_text(unknown.reason), detail);
    }
    out_ += "</ul>\n";
  }

  void authored(std::string_view heading, ir::TextId id) {
    if (!raw(id).empty()) out_ += fmt::format("<h5>{}</h5>\n{}", heading, rich_text(raw(id), kHeading));
  }

  void references() {
    std::string all;
    for (const ir::Reference& reference : control_.references) {
      const bool link = reference.kind == ir::ReferenceKind::Url && base::is_web_uri(raw(reference.text));
      if (!all.empty()) all += ", ";
      all += link ? web_link(raw(reference.text))
                  : fmt::format("{} {}", ir::reference_name(reference.kind), text(reference.text));
    }
    if (!all.empty()) out_ += fmt::format("<p class=\"soft small\">References: {}</p>\n", all);
  }

  const RunReport& report_;
  std::size_t run_;
  const ControlResult& result_;
  const ir::Control& control_;
  std::string out_;
};

/// What was found, and the first places it was found at.
std::string finding(const RunReport& report, const ControlResult& result) {
  const evaluate::ControlExplanation explanation = report.explain(result);
  std::string out;
  for (const evaluate::Explanation* part : deciding(result, explanation)) {
    out += fmt::format("<div>{}</div>", base::html_text(observation(report, *part)));
    const std::vector<value::OriginId> places = evidence_of(*part);
    for (std::size_t i = 0; i < places.size() && i < kShownEvidence; ++i)
      out += fmt::format("<div class=\"soft small\">{}</div>",
                         base::html_text(evaluate::origin_text(report.facts.origin(places[i]))));
    if (places.size() > kShownEvidence)
      out += fmt::format("<div class=\"soft small\">and {} more</div>", places.size() - kShownEvidence);
  }
  if (result.manual == evaluate::ManualState::Yes) out += "<div>attested</div>";
  return out;
}

}  // namespace

std::string control_anchor(const RunReport& report, std::size_t run, const ControlResult& result) {
  return fmt::format("r{}-{}", run, anchor(report.program.text(control_of(report, result).id)));
}

std::string control_article(const RunReport& report, std::size_t run, const ControlResult& result) {
  return ArticleWriter(report, run, result).write();
}

std::string control_table(const RunReport& report, std::size_t run,
                          const std::vector<const ControlResult*>& results) {
  Table table({"Control", "Title", "What was found"});
  for (const ControlResult* result : results) {
    const ir::Control& control = control_of(report, *result);
    table.row({fmt::format("<code id=\"{}\">{}</code>", control_anchor(report, run, *result),
                           base::html_text(report.program.text(control.id))),
               base::html_text(report.program.text(control.title)), finding(report, *result)});
  }
  return table.finish();
}

}  // namespace polc::report::html
