#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/escape.hpp"
#include "runtime/report/description.hpp"
#include "runtime/report/html/parts.hpp"

namespace polc::report::html {
namespace {

using evaluate::Verdict;

constexpr std::size_t kBarWidth = 1000;  // units of the drawing, whatever its size on the page

/// The best first: bars grow from the left with what is met.
constexpr std::array kBarOrder{Verdict::Pass,    Verdict::Waived, Verdict::Review,
                               Verdict::Unknown, Verdict::Fail,   Verdict::NotApplicable};

std::string svg(std::string_view content) {
  return fmt::format(
      "<svg viewBox=\"0 0 {} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" "
      "focusable=\"false\">{}</svg>",
      kBarWidth, content);
}

/// A bar of `counts`, as long as `most` of them would be. The numbers stand beside it.
std::string stacked_bar(const Counts& counts, std::size_t most) {
  std::string content;
  std::size_t before = 0;
  for (const Verdict verdict : kBarOrder) {
    const std::size_t number = counts.of(verdict);
    if (number == 0) continue;
    const std::size_t x = before * kBarWidth / most;
    before += number;
    const std::size_t end = before * kBarWidth / most;
    content +=
        fmt::format("<rect class=\"{}\" x=\"{}\" width=\"{}\" height=\"10\"><title>{} {}</title></rect>",
                    evaluate::verdict_name(verdict), x, std::max<std::size_t>(end - x, 4) - 3, number,
                    verdict_noun(verdict));
  }
  return svg(content);
}

/// What is met, of what applies: what is unknown, unreviewed or waived is not met.
std::string score(const Counts& counts) {
  const std::size_t applicable = counts.total() - counts.of(Verdict::NotApplicable);
  if (applicable == 0) return "&ndash;";
  return fmt::format("{} of {} ({}&nbsp;%)", counts.of(Verdict::Pass), applicable,
                     counts.of(Verdict::Pass) * 100 / applicable);
}

std::string tiles(const Counts& counts) {
  std::string out = "<ul class=\"tiles\">\n";
  for (const Verdict verdict : kVerdicts)
    out += fmt::format("<li class=\"{}\"><strong>{}</strong> <span aria-hidden=\"true\">{}</span> {}</li>\n",
                       evaluate::verdict_name(verdict), counts.of(verdict), sign(verdict),
                       verdict_noun(verdict));
  return out + "</ul>\n";
}

std::string by_section(const RunReport& report) {
  std::string out =
      "<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Section</th><th scope=\"col\">Met</th>"
      "<th scope=\"col\" aria-hidden=\"true\"></th>";
  for (const Verdict verdict : kVerdicts)
    out += fmt::format("<th scope=\"col\" class=\"number\">{}</th>", verdict_noun(verdict));
  out += "</tr></thead>\n<tbody>\n";
  for (const Section& section : sections_of(report)) {
    out += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"nowrap\">{}</td><td class=\"bar\">{}</td>",
                       base::html_text(section.title), score(section.counts),
                       stacked_bar(section.counts, section.counts.total()));
    for (const Verdict verdict : kVerdicts)
      out += fmt::format("<td class=\"number\">{}</td>", section.counts.of(verdict));
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table></div>\n";
}

std::string by_severity(const Counts& counts) {
  const std::size_t most = *std::max_element(counts.failures.begin(), counts.failures.end());
  if (most == 0) return {};
  std::string out =
      "<h3>Failures by severity</h3>\n<div class=\"scroll\"><table>\n<thead><tr><th "
      "scope=\"col\">Severity</th>"
      "<th scope=\"col\" class=\"number\">Failures</th><th scope=\"col\" aria-hidden=\"true\"></th></tr>"
      "</thead>\n<tbody>\n";
  for (const ir::Severity severity : kSeverities) {
    const std::size_t number = counts.failures[static_cast<std::size_t>(severity)];
    Counts bar;
    bar.verdicts[static_cast<std::size_t>(Verdict::Fail)] = number;
    out += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"bar\">{}</td></tr>\n",
        ir::severity_name(severity), number, stacked_bar(bar, most));
  }
  return out + "</tbody>\n</table></div>\n";
}

}  // namespace

std::string_view sign(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return "&check;";
    case Verdict::Fail:
      return "&cross;";
    case Verdict::Unknown:
      return "?";
    case Verdict::Review:
      return "&hellip;";
    case Verdict::Waived:
      return "~";
    case Verdict::NotApplicable:
      break;
  }
  return "&ndash;";
}

std::string charts(const RunReport& report) {
  const Counts counts = count(report);
  return tiles(counts) + "<h3>Score by section</h3>\n" + by_section(report) + by_severity(counts);
}

}  // namespace polc::report::html
