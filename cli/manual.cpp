// The manual page, in the macros of man(7).
#include <fmt/format.h>

#include "cli/verb_help.hpp"
#include "cli/verbs.hpp"

namespace polc::cli {
namespace {

/// Text in roff: backslashes, hyphens that must stay hyphens, and lines that would be taken for requests.
std::string roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_begins = c == '\n';
  }
  return out;
}

std::string names_of(const OptionHelp& option) {
  std::string out;
  for (const std::string& name : option.names)
    out += fmt::format("{}\\fB{}\\fR", out.empty() ? "" : ", ", roff(name));
  return option.takes_value && !option.positional ? out + " \\fIVALUE\\fR" : out;
}

std::string verb_section(const VerbHelp& verb) {
  std::string out = fmt::format(".SS polc {}\n{}.\n", roff(verb.name), roff(verb.description));
  for (const OptionHelp& option : verb.options)
    out += fmt::format(".TP\n{}\n{}\n", names_of(option), roff(option.description));
  if (!verb.examples.empty()) out += fmt::format(".PP\n.nf\n{}\n.fi\n", roff(verb.examples));
  return out;
}

}  // namespace

std::string manual_page(const std::vector<VerbHelp>& verbs) {
  std::string out = fmt::format(
      ".TH POLC 1 \"\" \"polc {}\" \"User Commands\"\n.SH NAME\npolc \\- policy as code for Windows "
      "hardening\n"
      ".SH SYNOPSIS\n\\fBpolc\\fR \\fIVERB\\fR [\\fIOPTION\\fR]... [\\fIFILE\\fR]...\n.SH DESCRIPTION\n"
      "Compiles policies, judges a host's evidence by them, and reports. What was not read is never a pass.\n"
      ".SH VERBS\n",
      kToolVersion);
  for (const VerbHelp& verb : verbs) out += verb_section(verb);
  out += ".SH EXIT STATUS\n";
  for (const ExitCodeHelp& row : kExitCodeHelp)
    out += fmt::format(".TP\n\\fB{}\\fR\n{}\n", row.code, roff(row.meaning));
  return out +
         ".PP\nFor several policies the worst counts, in the order 70, 4, 3, 1, 2, 0.\n.SH FILES\n.TP\n"
         "\\fIpolc.yaml\\fR\ndefaults of a repository, looked for from the working directory up to its root\n"
         ".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\nno colours, whatever its value\n";
}

}  // namespace polc::cli
