// Verbs, options and help: what can be typed. Meaning is given in the verb's own file.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <exception>
#include <ostream>
#include <span>
#include <string_view>

#include "cli/environment.hpp"
#include "cli/options.hpp"
#include "cli/session.hpp"
#include "cli/verb_help.hpp"
#include "cli/verb_options.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"

namespace polc::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  polc check policies/automate.pol --target policies/hosts/hardened.yaml
  polc check policies/automate.pol -t host.json --report sarif=polc.sarif --report terminal
  polc explain CWA-PORT-31 policies/automate.pol -t host.yaml
  polc example CWA-PORT-31 policies/automate.pol --pass
  polc plan policies/automate.pol
  polc collect -t backup -t host.json -o host.yaml --policy policies/automate.pol
  polc compile policies/automate.pol -o automate.polc && polc check --program automate.polc -t host.json

Exit codes of check:
  0 everything passes, is waived or not applicable   1 something fails
  2 nothing fails, something is unknown or awaits review
  3 error in a policy or program   4 evidence could not be opened or understood
  64 bad command line   70 internal error)";

struct Verb {
  const char* name;
  const char* description;
  void (*add_options)(CLI::App&, Options&);
  int (*run)(const Options&, Environment&);
};
constexpr std::array kVerbs{
    Verb{"check", "evaluate policies against evidence and report", add_check, check},
    Verb{"explain", "why a control has the verdict it has", add_explain, explain},
    Verb{"plan", "which facts would be read, with which privilege, and what targets cannot answer", add_plan,
         plan},
    Verb{"collect", "read facts from targets into a snapshot", add_collect, collect},
    Verb{"compile", "compile a policy to a program file", add_compile, compile},
    Verb{"fmt", "write policies in the canonical layout", add_format, format},
    Verb{"lint", "what can be proved to be wrong with policies, with a host that shows it", add_lint, lint},
    Verb{"diff", "what is looser, stricter or only worded differently between two versions of a policy",
         add_diff, diff},
    Verb{"list", "controls with id, severity, title and references", add_program_view, list},
    Verb{"example", "a snapshot of a host that passes a control, fails it, or leaves it open", add_example,
         example},
    Verb{"test", "run the tests of policies", add_test, test},
    Verb{"lsp", "language server for editors, on standard input and output", add_language_server,
         language_server},
    Verb{"backends", "what each kind of target can answer", add_nothing, backends},
    Verb{"doc", "reference pages of a policy, of the resources or of the standard library", add_doc, doc},
    Verb{"init", "begin a repository: policy, example host, tests, defaults, CI workflow", add_init, init},
    Verb{"schema", "JSON Schemas of snapshots, reports and comparisons; check a file against them",
         add_schema, schema},
    Verb{"completions", "completion script of a shell", add_completions, completions},
    Verb{"manual", "the manual page polc(1)", add_nothing, manual},
    Verb{"version", "version of polc, of the language and of its file formats", add_nothing, version},
};

/// Options are made for the verb that was typed alone: making all of them takes longer than judging many controls.
void add_verbs(CLI::App& app, std::span<const char* const> arguments, Options& options) {
  for (const Verb& verb : kVerbs) {
    CLI::App& command = *app.add_subcommand(verb.name, verb.description);
    const bool typed = std::any_of(arguments.begin(), arguments.end(),
                                   [&](std::string_view argument) { return argument == verb.name; });
    if (typed) verb.add_options(command, options);
  }
}

std::string chosen_verb(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? std::string() : chosen.front()->get_name();
}

int usage_error(Environment& environment, const CLI::App& app, const std::string& problem) {
  const std::string verb = chosen_verb(app);
  print_diagnostic(environment,
                   diag::CommandLine{.problem = problem, .verb = verb.empty() ? "check" : verb}.at());
  return kUsageError;
}

int dispatch(const Options& o, Environment& environment) {
  const auto verb =
      std::find_if(kVerbs.begin(), kVerbs.end(), [&](const Verb& v) { return o.verb == v.name; });
  return verb->run(o, environment);
}

// Wording of our own where CLI11's would speak of its internals.
std::string problem_text(const CLI::ParseError& error) {
  std::string text = error.what();
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  if (!text.empty() && text.back() == '.') text.pop_back();
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z' && text.size() > 1 && text[1] >= 'a') {
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  }
  return text;
}

}  // namespace

std::vector<VerbHelp> verb_help() {
  std::vector<VerbHelp> all;
  for (const Verb& verb : kVerbs) {
    CLI::App app(verb.description, verb.name);
    Options options;
    verb.add_options(app, options);
    all.push_back(describe_verb(app));
  }
  return all;
}

int run(int argument_count, const char* const* arguments, Environment& environment) {
  CLI::App app("Policy as code for Windows hardening.", "polc");
  app.footer(kExamples);
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text());
  Options options;
  add_verbs(app, std::span(arguments, static_cast<std::size_t>(argument_count)), options);
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::CallForHelp&) {
    environment.out << app.help();
    return kSuccess;
  } catch (const CLI::CallForAllHelp&) {
    environment.out << app.help("", CLI::AppFormatMode::All);
    return kSuccess;
  } catch (const CLI::CallForVersion&) {
    environment.out << version_text() << '\n';
    return kSuccess;
  } catch (const CLI::ParseError& error) {
    return usage_error(environment, app, problem_text(error));
  }
  options.verb = chosen_verb(app);
  try {
    return dispatch(options, environment);
  } catch (const std::exception& error) {
    // Nothing below throws on purpose; what still arrives here (out of memory) must not look like a verdict.
    print_diagnostic(environment, diag::InternalError{.what = error.what()}.at());
    return kInternalError;
  }
}

}  // namespace polc::cli
