#include <fmt/format.h>

#include <array>

#include "runtime/base/escape.hpp"
#include "runtime/base/render.hpp"
#include "runtime/report/diagnostics/diagnostics.hpp"

namespace polc::report {
namespace {

struct Phase {
  std::uint16_t first;
  std::uint16_t last;
  std::string_view title;
};

constexpr std::array kPhases{
    Phase{1000, 1999, "Text and grammar"},
    Phase{2000, 2999, "Modules, names, types, absence"},
    Phase{3000, 3499, "Program files"},
    Phase{3500, 4499, "Snapshots and other targets"},
    Phase{4500, 4999, "Waivers, reports, baselines"},
    Phase{5000, 5499, "Command line and polc.yaml"},
    Phase{6000, 6099, "Tests of policies"},
    Phase{6100, 6149, "Profiles"},
    Phase{6200, 6299, "polc lint"},
    Phase{6300, 6319, "polc example"},
    Phase{6400, 6449, "polc diff"},
    Phase{6500, 6519, "polc fmt"},
};

/// "unknown resource '{name}'" -> "unknown resource '*name*'": fields in italics.
std::string message_template(std::string_view text) {
  std::string out;
  std::string literal;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool doubled = (text[i] == '{' || text[i] == '}') && i + 1 < text.size() && text[i + 1] == text[i];
    const std::size_t end = text[i] == '{' && !doubled ? text.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      literal += text[i];
      i += doubled ? 1 : 0;
      continue;
    }
    out += base::markdown_text(literal) +
           fmt::format("*{}*", base::markdown_text(text.substr(i + 1, end - i - 1)));
    literal.clear();
    i = end;
  }
  return out + base::markdown_text(literal);
}

std::string entry(const base::DiagnosticInfo& info) {
  std::string out = fmt::format("### {} {}\n\n**{}**: {}\n", base::code_text(info.code), info.name,
                                base::level_name(info.level), message_template(info.message));
  if (!info.hint.empty()) out += fmt::format("\nHint: {}\n", message_template(info.hint));
  if (!info.help.empty()) out += fmt::format("\n{}\n", base::markdown_text(info.help));
  return out + '\n';
}

}  // namespace

std::string diagnostics_reference() {
  std::string out =
      "# Diagnostics\n\n"
      "Every message polc prints about its input has a number that is never reused. This page is generated "
      "from the\n"
      "registry in `runtime/base/diagnostics/`; words in italics are filled in from the input.\n\n";
  for (const Phase& phase : kPhases) {
    out += fmt::format("## POL{:04}-{:04}: {}\n\n", phase.first, phase.last, phase.title);
    for (const base::DiagnosticInfo& info : base::diagnostic_registry()) {
      if (info.code >= phase.first && info.code <= phase.last) out += entry(info);
    }
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace polc::report
