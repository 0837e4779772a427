#include "runtime/report/terminal/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/escape.hpp"
#include "runtime/base/paint.hpp"
#include "runtime/base/render.hpp"
#include "runtime/evaluate/render_explanation.hpp"
#include "runtime/report/deciding.hpp"
#include "runtime/report/description.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/notices.hpp"
#include "runtime/report/terminal/summary.hpp"

namespace polc::report {
namespace {

using base::Ink;
using evaluate::ControlExplanation;
using evaluate::ControlResult;
using evaluate::Verdict;

constexpr std::string_view kIndent = "      ";
constexpr std::size_t kShownAddresses = 8;  // of one reason, unless verbose

class TerminalWriter {
 public:
  TerminalWriter(const RunReport& report, const TerminalOptions& options)
      : report_(report), options_(options) {}

  std::string write() {
    out_ = terminal::summary(report_, options_);
    for (const Verdict verdict : {Verdict::Fail, Verdict::Unknown}) controls(verdict);
    unread();
    for (const Verdict verdict : {Verdict::Review, Verdict::Waived}) controls(verdict);
    if (options_.verbose) {
      for (const Verdict verdict : {Verdict::NotApplicable, Verdict::Pass}) controls(verdict);
    }
    notes();
    absent();
    out_ += '\n' + terminal::one_line(report_, options_) + '\n';
    return std::move(out_);
  }

 private:
  std::string text(ir::TextId id) const { return base::visible(report_.program.text(id)); }
  std::string paint(Ink ink, std::string_view words) const { return base::paint(options_.color, ink, words); }

  void line(std::string_view words) { out_.append(kIndent).append(words).append("\n"); }

  /// Wrapped and indented; `words` is escaped already.
  void paragraph(std::string_view words) { out_ += base::wrap(words, options_.width, kIndent) + '\n'; }

  void controls(Verdict verdict) {
    for (const ControlResult* result : with_verdict(report_, verdict)) control(*result);
  }

  void control(const ControlResult& result) {
    const ir::Control& source = control_of(report_, result);
    heading(result, source);
    switch (result.verdict) {
      case Verdict::Unknown:
      case Verdict::Fail:
      case Verdict::Pass:
        explanation(result);
        break;
      case Verdict::NotApplicable:
        guard(result);
        break;
      case Verdict::Waived:
        waiver(result);
        break;
      case Verdict::Review:
        break;
    }
    if (result.manual != evaluate::ManualState::None) manual(source, result);
  }

  /// Verdict, id, title, and severity at the right edge; in a narrow terminal the title is wrapped and the
  /// severity joins the place.
  void heading(const ControlResult& result, const ir::Control& source) {
    const std::string_view word = terminal::verdict_word(result.verdict);
    const std::string id = text(source.id);
    const std::string title = text(source.title);
    std::string tail(ir::severity_name(source.severity));
    if (baseline_state(report_, result) == BaselineState::New) tail += ", new";
    const std::size_t lead = word.size() + base::display_width(id) + 4;
    const std::size_t used = lead + base::display_width(title);
    out_ += '\n' + paint(terminal::verdict_ink(result.verdict), word) + "  " + paint(Ink::Bold, id) + "  ";
    if (used + 2 + tail.size() <= options_.width) {
      out_ += title + std::string(options_.width - used - tail.size(), ' ') + paint(Ink::Faint, tail) + '\n';
      tail.clear();
    } else {
      // The space that the first line has already used up stands in for itself.
      const std::string wrapped =
          base::wrap(std::string(lead - kIndent.size(), 'x') + title, options_.width, kIndent);
      out_ += wrapped.substr(lead) + '\n';
    }
    place(source.header, tail);
  }

  void place(ir::RangeId id, std::string_view remark) {
    std::string words = place_text(report_.program, id);
    if (!words.empty() && !remark.empty()) words += "  ";
    words += remark;
    if (!words.empty()) line(paint(Ink::Faint, words));
  }

  void explanation(const ControlResult& result) {
    const ControlExplanation all = report_.explain(result);
    const evaluate::ExplanationStyle style{
        .color = options_.color, .width = options_.width, .indent = kIndent.size()};
    for (const evaluate::Explanation* part : deciding(result, all))
      out_ += evaluate::render_explanation(*part, report_.facts, style);
  }

  void guard(const ControlResult& result) {
    const ControlExplanation all = report_.explain(result);
    if (all.guard) paragraph("when " + observation(report_, *all.guard));
  }

  void waiver(const ControlResult& result) {
    if (!result.waiver) return;
    const ir::Waiver& waiver = report_.program.waivers[*result.waiver];
    const std::string ticket = waiver.ticket != 0 ? fmt::format(" ({})", text(waiver.ticket)) : "";
    paragraph(fmt::format("until {} by {}{}: {}", waiver.until.text(), text(waiver.owner), ticket,
                          text(waiver.reason)));
  }

  void manual(const ir::Control& source, const ControlResult& result) {
    if (!source.manual) return;
    paragraph(text(source.manual->instruction));
    line(fmt::format("attested \"{}\": {}", text(source.manual->key), manual_state_name(result.manual)));
  }

  /// What could not be read, by reason and by what would help.
  void unread() {
    const std::vector<UnreadGroup> groups = unread_groups(report_);
    if (!groups.empty()) out_ += '\n' + paint(Ink::Bold, "What could not be read") + '\n';
    for (const UnreadGroup& group : groups) {
      const std::string reason(value::reason_text(group.reason));
      const std::string wrapped =
          base::wrap(group.hint.empty() ? reason : reason + ": " + group.hint, options_.width, kIndent);
      out_ += std::string(kIndent) + paint(Ink::Warning, reason) +
              wrapped.substr(kIndent.size() + reason.size()) + '\n';
      facts(group.notices);
    }
  }

  void facts(const std::vector<Notice>& notices) {
    const std::size_t shown = options_.verbose ? notices.size() : std::min(notices.size(), kShownAddresses);
    const std::string indent = std::string(kIndent) + "  ";
    for (std::size_t i = 0; i < shown; ++i) {
      const value::Unknown& unknown = *notices[i].unknown;
      const std::string address = unknown.address.empty() ? "a fact" : base::visible(unknown.address);
      const std::string detail = unknown.detail.empty() ? "" : ": " + base::visible(unknown.detail);
      out_ += base::wrap(address + detail + ids_of(notices[i].controls), options_.width, indent) + '\n';
    }
    if (shown < notices.size())
      line(fmt::format("  and {} more; --verbose lists them", notices.size() - shown));
  }

  std::string ids_of(const std::vector<std::uint32_t>& controls) const {
    std::string out;
    const std::size_t shown = options_.verbose ? controls.size() : std::min(controls.size(), kShownAddresses);
    for (std::size_t i = 0; i < shown; ++i)
      out += (i == 0 ? "" : ", ") + text(report_.program.controls[controls[i]].id);
    if (shown < controls.size()) out += fmt::format(" and {} more", controls.size() - shown);
    return "  [" + out + "]";
  }

  void notes() {
    std::vector<base::Diagnostic> all = report_.notifications;
    for (Notice& notice : waiver_notices(report_)) all.push_back(std::move(notice.diagnostic));
    if (all.empty()) return;
    out_ += '\n' + paint(Ink::Bold, "Notes") + '\n';
    for (const base::Diagnostic& diagnostic : all) {
      const std::string hint = base::hint_of(diagnostic);
      paragraph(fmt::format("{}[{}]: {}{}", base::level_name(base::level_of(diagnostic)),
                            base::code_text(diagnostic.code), base::visible(base::message_of(diagnostic)),
                            hint.empty() ? "" : "; " + base::visible(hint)));
    }
  }

  void absent() {
    const auto gone = absent_from(report_);
    if (gone.empty()) return;
    out_ += '\n' + paint(Ink::Bold, "In the baseline, but not in the policy") + '\n';
    for (const auto& [id, entry] : gone)
      line(fmt::format("{} ({})", base::visible(entry.rule), evaluate::verdict_name(entry.verdict)));
  }

  const RunReport& report_;
  const TerminalOptions& options_;
  std::string out_;
};

}  // namespace

std::string write_terminal(const std::vector<RunReport>& reports, const TerminalOptions& options) {
  std::string out;
  for (const RunReport& report : reports) {
    if (options.quiet) {
      out += terminal::one_line(report, options) + '\n';
    } else {
      out += (out.empty() ? "" : "\n") + TerminalWriter(report, options).write();
    }
  }
  return out;
}

}  // namespace polc::report
