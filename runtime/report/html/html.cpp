#include "runtime/report/html/html.hpp"

#include <fmt/format.h>

#include "runtime/base/escape.hpp"
#include "runtime/base/render.hpp"
#include "runtime/report/description.hpp"
#include "runtime/report/html/page.hpp"
#include "runtime/report/html/parts.hpp"
#include "runtime/report/html/table.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/notices.hpp"

namespace polc::report {
namespace {

using evaluate::Verdict;
using html::Table;

class RunWriter {
 public:
  RunWriter(const RunReport& report, std::size_t run) : report_(report), run_(run), counts_(count(report)) {}

  std::string write() {
    head();
    out_ += html::charts(report_);
    articles(Verdict::Fail, "What fails", "fail");
    articles(Verdict::Unknown, "What could not be evaluated", "unknown");
    unread();
    articles(Verdict::Review, "What somebody must attest", "review");
    articles(Verdict::Waived, "What is waived", "waived");
    waivers();
    parameters();
    notes();
    absent();
    table(Verdict::Pass, "What passes", "pass");
    table(Verdict::NotApplicable, "What does not apply", "na");
    return "<section>\n" + out_ + "</section>\n";
  }

 private:
  std::string text(ir::TextId id) const { return base::html_text(report_.program.text(id)); }

  void heading(std::string_view words, std::string_view name) {
    out_ += fmt::format("<h3 id=\"r{}-{}\">{}</h3>\n", run_, name, words);
  }

  void head() {
    const ir::PolicyInfo& policy = report_.program.policy;
    out_ += fmt::format("<h2 id=\"r{}\">{}</h2>\n<p class=\"headline\">{}</p>\n", run_, text(policy.title),
                        headline());
    contents();
    out_ += "<dl class=\"facts\">\n";
    const auto fact = [&](std::string_view name, const std::string& value) {
      out_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, value);
    };
    fact("Policy", text(policy.id) + " " + text(policy.version));
    fact("Host", base::html_text(host_text(report_)));
    for (const Target& target : report_.targets)
      fact("Evidence", base::html_text(target_text(report_, target)));
    for (const auto& [name, value] : tailoring_rows(report_)) {
      const char initial = static_cast<char>(name[0] - 'a' + 'A');
      fact(initial + std::string(name.substr(1)), base::html_text(value));
    }
    const bool effective = report_.layer == value::Layer::Effective;
    fact("Layer", effective ? "effective" : "policy: what it would set, not what is in force");
    fact("As of", instant_text(report_.as_of));
    if (report_.version_control)
      fact("Revision",
           base::html_text(report_.version_control->repository + " " + report_.version_control->revision));
    if (report_.baseline != nullptr) fact("Baseline", base::html_text(report_.baseline->name));
    out_ += "</dl>\n";
  }

  std::string headline() const {
    const std::size_t applicable = counts_.total() - counts_.of(Verdict::NotApplicable);
    std::string out = fmt::format("<strong>{} of {}</strong> applicable controls are met on {}.",
                                  counts_.of(Verdict::Pass), applicable, base::html_text(host_name(report_)));
    if (counts_.of(Verdict::Fail) > 0)
      out += fmt::format(" <strong class=\"fail\">{} fail</strong>: {}.", counts_.of(Verdict::Fail),
                         failures_by_severity(counts_));
    if (counts_.of(Verdict::Unknown) > 0)
      out += fmt::format(" {} could not be evaluated.", counts_.of(Verdict::Unknown));
    if (counts_.of(Verdict::Review) > 0)
      out += fmt::format(" {} must be attested by somebody.", counts_.of(Verdict::Review));
    return out;
  }

  void contents() {
    out_ += fmt::format("<nav aria-label=\"Parts of this report\"><ul>\n");
    const auto entry = [&](std::string_view name, std::string_view words, std::size_t number) {
      if (number > 0)
        out_ += fmt::format("<li><a href=\"#r{}-{}\">{} ({})</a></li>\n", run_, name, words, number);
    };
    entry("fail", "What fails", counts_.of(Verdict::Fail));
    entry("unknown", "What could not be evaluated", counts_.of(Verdict::Unknown));
    entry("review", "What somebody must attest", counts_.of(Verdict::Review));
    entry("waived", "What is waived", counts_.of(Verdict::Waived));
    entry("waivers", "Waivers", report_.evaluation.waivers.size());
    entry("parameters", "Parameters", report_.program.parameters.size());
    entry("pass", "What passes", counts_.of(Verdict::Pass));
    entry("na", "What does not apply", counts_.of(Verdict::NotApplicable));
    out_ += "</ul></nav>\n";
  }

  void articles(Verdict verdict, std::string_view words, std::string_view name) {
    const auto chosen = with_verdict(report_, verdict);
    if (chosen.empty()) return;
    heading(words, name);
    for (const evaluate::ControlResult* result : chosen)
      out_ += html::control_article(report_, run_, *result);
  }

  void table(Verdict verdict, std::string_view words, std::string_view name) {
    const auto chosen = with_verdict(report_, verdict);
    if (chosen.empty()) return;
    heading(words, name);
    out_ += html::control_table(report_, run_, chosen);
  }

  std::string links(const std::vector<std::uint32_t>& controls) const {
    std::string out;
    for (const std::uint32_t control : controls) {
      const std::string_view id = report_.program.text(report_.program.controls[control].id);
      out += fmt::format("{}<a href=\"#r{}-{}\">{}</a>", out.empty() ? "" : ", ", run_, html::anchor(id),
                         base::html_text(id));
    }
    return out;
  }

  void unread() {
    const std::vector<UnreadGroup> groups = unread_groups(report_);
    if (groups.empty()) return;
    heading("What would help", "unread");
    Table table({"Reason", "Not read", "What would help", "Controls"});
    for (const UnreadGroup& group : groups) {
      for (const Notice& notice : group.notices) {
        const value::Unknown& unknown = *notice.unknown;
        const std::string address = unknown.address.empty() ? "a fact" : base::html_text(unknown.address);
        table.row({std::string(value::reason_text(unknown.reason)), "<code>" + address + "</code>",
                   base::html_text(group.hint), links(notice.controls)});
      }
    }
    out_ += table.finish();
  }

  void waivers() {
    if (report_.evaluation.waivers.empty()) return;
    heading("Waivers", "waivers");
    Table table({"Covers", "Controls", "State", "From", "Until", "Hosts", "Owner", "Reason", "Ticket"});
    for (const evaluate::WaiverResult& state : report_.evaluation.waivers) {
      const ir::Waiver& waiver = report_.program.waivers[state.waiver];
      table.row({text(waiver.target), links(waiver.controls), std::string(waiver_state_name(state.state)),
                 waiver.from ? waiver.from->text() : "", waiver.until.text(), text(waiver.host),
                 text(waiver.owner), text(waiver.reason), text(waiver.ticket)});
    }
    out_ += table.finish();
  }

  void parameters() {
    if (report_.program.parameters.empty()) return;
    heading("Parameters", "parameters");
    Table table({"Parameter", "Value", "Set by", "Meaning"});
    for (const ir::Parameter& parameter : report_.program.parameters)
      table.row({"<code>" + text(parameter.name) + "</code>",
                 base::html_text(value::to_text(report_.program.constants[parameter.value])),
                 base::html_text(provenance(report_.program, parameter)), text(parameter.doc)});
    out_ += table.finish();
  }

  void notes() {
    if (report_.notifications.empty()) return;
    heading("Notes", "notes");
    out_ += "<ul>\n";
    for (const base::Diagnostic& diagnostic : report_.notifications)
      out_ += fmt::format("<li>{}: {}</li>\n", base::level_name(base::level_of(diagnostic)),
                          base::html_text(base::message_of(diagnostic)));
    out_ += "</ul>\n";
  }

  void absent() {
    const auto gone = absent_from(report_);
    if (gone.empty()) return;
    heading("In the baseline, but not in the policy", "absent");
    out_ += "<ul>\n";
    for (const auto& [id, entry] : gone)
      out_ += fmt::format("<li>{} ({})</li>\n", base::html_text(entry.rule), verdict_noun(entry.verdict));
    out_ += "</ul>\n";
  }

  const RunReport& report_;
  std::size_t run_;
  Counts counts_;
  std::string out_;
};

/// Which policies on which hosts, where there are several.
std::string overview(const std::vector<RunReport>& reports) {
  if (reports.size() < 2) return {};
  Table table({"Policy", "Host", "fail", "unknown", "review", "waived", "pass", "not applicable"});
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const Counts counts = count(reports[i]);
    std::vector<std::string> cells{
        fmt::format("<a href=\"#r{}\">{}</a>", i + 1,
                    base::html_text(reports[i].program.text(reports[i].program.policy.title))),
        base::html_text(host_name(reports[i]))};
    for (const Verdict verdict : kVerdicts) cells.push_back(std::to_string(counts.of(verdict)));
    table.row(cells);
  }
  return table.finish();
}

std::string title_of(const std::vector<RunReport>& reports) {
  if (reports.size() != 1) return "Hardening report";
  return std::string(reports[0].program.text(reports[0].program.policy.title)) + " on " +
         host_name(reports[0]);
}

}  // namespace

std::string write_html(const std::vector<RunReport>& reports) {
  std::string body = "<h1>Hardening report</h1>\n" + overview(reports) + "<main>\n";
  for (std::size_t i = 0; i < reports.size(); ++i) body += RunWriter(reports[i], i + 1).write();
  body += "</main>\n";
  if (!reports.empty())
    body += fmt::format("<footer class=\"soft small\">polc {}</footer>\n",
                        base::html_text(reports.front().tool_version));
  return html::write_page({title_of(reports), body, html::common_style(), {}});
}

}  // namespace polc::report
