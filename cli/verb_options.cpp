// Options of the verbs that check policies and read evidence.
#include "cli/verb_options.hpp"

#include <CLI/CLI.hpp>

namespace polc::cli {
namespace {

void add_policies(CLI::App& verb, Options& o) {
  verb.add_option("POLICY", o.policies, "policy files (.pol), or programs with --program")->required();
  verb.add_flag("--program", o.program, "POLICY arguments are compiled programs (.polc)");
}

void add_compilation(CLI::App& verb, Options& o) {
  verb.add_option("--set", o.settings, "parameter of the policy: name=value (repeat)")
      ->allow_extra_args(false);
  verb.add_option("--profile", o.profile,
                  "profile of the policy that tailors it; '' takes the policy as it is");
  verb.add_option("--root", o.root, "folder that locations are relative to (default: the repository root)");
  verb.add_option("--stdlib", o.stdlib,
                  "read the standard library from this folder instead of the built-in one");
  verb.add_option("--color", o.color, "auto, always or never; NO_COLOR is honoured");
}

void add_tailoring(CLI::App& verb, Options& o) {
  add_compilation(verb, o);
  verb.add_option("--diagnostics", o.diagnostics, "form of the compiler's messages: text, json or sarif");
}

void add_network(CLI::App& verb, Options& o) {
  verb.add_flag("--allow-network", o.allow_network,
                "send the HTTP requests of policies that say `allow_network true`");
}

void add_targets(CLI::App& verb, Options& o) {
  verb.add_option("-t,--target", o.targets,
                  "where evidence comes from (repeat: targets are layered for one host)")
      ->allow_extra_args(false);
  verb.add_option("--layer", o.layer, "question that is judged: policy or effective");
  add_network(verb, o);
}

void add_evidence(CLI::App& verb, Options& o) {
  add_targets(verb, o);
  verb.add_option("--max-age", o.max_age, "older evidence counts as stale, for example 30d");
  verb.add_option("--as-of", o.as_of,
                  "the clock for waivers, attestations and staleness, for example 2026-11-22T08:00:00Z");
  verb.add_option("--secret", o.secrets,
                  "secret for password(name): name=env:VAR, name=fd:N or name=prompt (repeat)")
      ->allow_extra_args(false);
  verb.add_option("--breach-list", o.breach_list, "file of breached passwords or their SHA-1 hashes");
}

void add_selection(CLI::App& verb, Options& o) {
  verb.add_option("--only", o.only, "controls whose id matches this glob (repeat)")->allow_extra_args(false);
  verb.add_option("--tag", o.tags, "controls with this tag (repeat)")->allow_extra_args(false);
}

}  // namespace

void add_check(CLI::App& verb, Options& o) {
  add_policies(verb, o);
  add_evidence(verb, o);
  add_selection(verb, o);
  add_tailoring(verb, o);
  verb.add_option("-r,--report", o.reports,
                  "FORMAT or FORMAT=FILE: terminal, json, sarif, sarif-full, junit, markdown, html (repeat)")
      ->allow_extra_args(false);
  verb.add_option("--fail-on", o.fail_on,
                  "least severity that makes exit code 1: info, low, medium, high, critical");
  verb.add_option("--unknown", o.unknown,
                  "whether undecided controls alone make the exit code 2: fail or warn");
  verb.add_option("--baseline", o.baseline,
                  "earlier SARIF report: results are marked new, unchanged or absent");
  verb.add_flag("--new-only", o.new_only, "only results that the baseline lacks make exit code 1");
  verb.add_flag("--keep-suppressed", o.keep_suppressed, "keep waived results in --report sarif");
  verb.add_flag("--deterministic", o.deterministic, "byte-stable reports: no times, no commit");
  verb.add_option("--jobs", o.jobs, "threads; results do not depend on it");
  auto* quiet = verb.add_flag("-q,--quiet", o.quiet, "one line of summary");
  verb.add_flag("-v,--verbose", o.verbose, "explain passing controls too")->excludes(quiet);
  verb.footer(R"(Examples:
  polc check policies/automate.pol -t host.json
  polc check policies/automate.pol -t gpo-backup/ --fail-on high       only high and critical fail
  polc check policies/automate.pol -t host.json --report sarif=polc.sarif --report terminal
  polc check policies/automate.pol -t host.json --report html=report.html --report junit=polc.xml
  polc check policies/automate.pol -t host.json --only 'CWA-TLS-*' --verbose
  polc check policies/automate.pol -t host.json --baseline old.sarif --new-only
  polc check --program automate.polc -t SYSTEM -t SOFTWARE             hives of a machine that is off

Exit codes: 0 met, 1 fails, 2 undecided, 3 policy, 4 evidence, 64 command line, 70 internal error)");
}

void add_explain(CLI::App& verb, Options& o) {
  verb.add_option("ID", o.control, "control id")->required();
  add_policies(verb, o);
  add_evidence(verb, o);
  add_tailoring(verb, o);
  verb.footer(R"(Examples:
  polc explain CWA-PORT-31 policies/automate.pol -t host.yaml)");
}

void add_plan(CLI::App& verb, Options& o) {
  add_policies(verb, o);
  add_targets(verb, o);
  add_selection(verb, o);
  add_tailoring(verb, o);
  verb.footer(R"(Examples:
  polc plan policies/automate.pol                       everything that would be read, and the privilege it takes
  polc plan policies/automate.pol -t gpo-backup/        which controls this target cannot decide)");
}

void add_program_view(CLI::App& verb, Options& o) {
  add_policies(verb, o);
  add_selection(verb, o);
  add_tailoring(verb, o);
  verb.footer(R"(Examples:
  polc list policies/automate.pol
  polc list policies/automate.pol --tag tls)");
}

void add_collect(CLI::App& verb, Options& o) {
  verb.add_option("-o,--output", o.output,
                  "snapshot to write: YAML, or JSON if the name ends in .json; - is standard output")
      ->required();
  auto* policy = verb.add_option("-p,--policy", o.policies, "read what this policy (.pol) asks for (repeat)")
                     ->allow_extra_args(false);
  verb.add_flag("--all", o.all, "read everything the targets hold")->excludes(policy);
  verb.add_flag("--program", o.program, "--policy names compiled programs (.polc)");
  verb.add_option("-t,--target", o.targets,
                  "where evidence comes from (repeat: targets are layered for one host)")
      ->allow_extra_args(false);
  verb.add_option("--layer", o.layer, "layer that is written: policy or effective");
  verb.add_option("--as-of", o.as_of, "the clock, for example 2026-11-22T08:00:00Z");
  add_network(verb, o);
  verb.add_flag("--deterministic", o.deterministic, "no time but those of the targets and of --as-of");
  add_tailoring(verb, o);
  verb.footer(R"(Examples:
  polc collect -o host.yaml --policy policies/automate.pol                       this Windows machine
  polc collect -t gpo-backup/ -t host.json -o host.yaml --policy policies/automate.pol
  polc collect -t host.json -o - --all)");
}

void add_compile(CLI::App& verb, Options& o) {
  verb.add_option("POLICY", o.policies, "policy file (.pol)")->required()->expected(1);
  verb.add_option("-o,--output", o.output, "program file to write (.polc)")->required();
  add_tailoring(verb, o);
  verb.footer(R"(Examples:
  polc compile policies/automate.pol -o automate.polc
  polc compile policies/automate.pol -o small.polc --set technicians=5)");
}

void add_lint(CLI::App& verb, Options& o) {
  add_policies(verb, o);
  add_targets(verb, o);
  add_tailoring(verb, o);
  verb.add_option("--as-of", o.as_of, "the day on which waivers must be valid, for example 2026-11-22");
  verb.footer(R"(Examples:
  polc lint policies/automate.pol
  polc lint policies/automate.pol --diagnostics sarif > lint.sarif
  polc lint policies/automate.pol --target gpo-backup    what the target can never answer, too)");
}

void add_diff(CLI::App& verb, Options& o) {
  verb.add_option("OLD", o.older,
                  "the older version: a policy (.pol), a compiled program, or REV:PATH of a git revision")
      ->required();
  verb.add_option("NEW", o.newer, "the newer version")->required();
  add_compilation(verb, o);
  verb.add_option("-r,--report", o.reports, "FORMAT or FORMAT=FILE: terminal, json, markdown, sarif (repeat)")
      ->allow_extra_args(false);
  verb.add_flag("-q,--quiet", o.quiet, "one line of summary");
  verb.footer(R"(Examples:
  polc diff main:policies/automate.pol policies/automate.pol
  polc diff v1.0:policies/automate.pol HEAD:policies/automate.pol --report json
  polc diff released.polc policies/automate.pol --report markdown=comment.md --report sarif=diff.sarif
  polc diff old.pol new.pol --profile database-server           what the tailored policies ask for

Exit codes: 0 nothing is looser, 1 something is, 2 nothing is proved to be, something is undetermined,
            3 policy, 64 command line, 70 internal error)");
}

void add_example(CLI::App& verb, Options& o) {
  verb.add_option("ID", o.control, "control id")->required();
  add_policies(verb, o);
  auto* verdicts = verb.add_option_group("VERDICT", "the verdict that the host is to have");
  const auto add = [&](const std::string& verdict, const char* help) {
    verdicts->add_flag_callback(
        "--" + verdict, [&o, verdict] { o.verdict = verdict; }, help);
  };
  add("pass", "a host that passes");
  add("fail", "a host that fails");
  add("unknown", "a host of which too little is known");
  add("review", "a host that waits for a person");
  add("not-applicable", "a host that the control does not apply to");
  verdicts->require_option(1);
  verb.add_option("-o,--output", o.output, "snapshot to write (YAML); - is standard output");
  verb.add_option("--as-of", o.as_of, "the day of the snapshot, for example 2026-11-22T08:00:00Z");
  add_tailoring(verb, o);
  verb.footer(R"(Examples:
  polc example CWA-PORT-31 policies/automate.pol --pass
  polc example CWA-PORT-31 policies/automate.pol --fail -o host.yaml)");
}

void add_test(CLI::App& verb, Options& o) {
  verb.add_option("POLICY", o.policies,
                  "policy or file of tests (.pol), or a folder of *_test.pol files (repeat)")
      ->required();
  verb.add_option("--only", o.only, "tests whose name matches this glob (repeat)")->allow_extra_args(false);
  add_tailoring(verb, o);
  verb.add_option("-r,--report", o.reports, "FORMAT or FORMAT=FILE: terminal, junit, json (repeat)")
      ->allow_extra_args(false);
  verb.add_flag("--coverage", o.coverage,
                "what the tests have seen of each condition; exit code 1 where something was not seen");
  verb.add_flag("--mutate", o.mutate,
                "change the policy in small ways; exit code 1 where no test notices one");
  auto* quiet = verb.add_flag("-q,--quiet", o.quiet, "one line of summary");
  verb.add_flag("-v,--verbose", o.verbose, "list tests that pass and conditions that were seen, too")
      ->excludes(quiet);
}

void add_schema(CLI::App& verb, Options& o) {
  verb.add_option("WHAT", o.subject, "snapshot, report, diff or check")->required();
  verb.add_option("FILE", o.file, "file to check");
  verb.footer(R"(Examples:
  polc schema snapshot > snapshot.schema.json
  polc schema check host.yaml)");
}

void add_doc(CLI::App& verb, Options& o) {
  verb.add_option("POLICY", o.policies, "policy file (.pol), or a program with --program")->expected(0, 1);
  verb.add_flag("--program", o.program, "POLICY is a compiled program (.polc)");
  auto* resources = verb.add_flag("--resources", o.resources, "document what policies can ask about");
  verb.add_flag("--library", o.library, "document the standard library")->excludes(resources);
  verb.add_option("-o,--output", o.output, "file to write (default: standard output)");
  verb.add_option("--format", o.format, "markdown or html (default: what the name of the file says)");
  add_tailoring(verb, o);
  verb.footer(R"(Examples:
  polc doc policies/automate.pol -o automate.html    a page with search and filters
  polc doc policies/automate.pol > automate.md
  polc doc --resources -o resources.html             what a policy can ask about
  polc doc --library                                 helpers and Group Policy settings)");
}

void add_init(CLI::App& verb, Options& o) {
  verb.add_option("FOLDER", o.file, "folder to write into (default: this one); made if it is missing");
  verb.footer(R"(Examples:
  polc init servers && cd servers && polc check policies/baseline.pol)");
}

void add_completions(CLI::App& verb, Options& o) {
  verb.add_option("SHELL", o.subject, "bash, zsh, fish or powershell")->required();
  verb.footer(R"(Examples:
  source <(polc completions bash)
  polc completions fish > ~/.config/fish/completions/polc.fish
  polc completions powershell | Out-String | Invoke-Expression)");
}

void add_format(CLI::App& verb, Options& o) {
  verb.add_option("FILE", o.policies, "policy files, folders to search for *.pol, or - for standard input")
      ->required();
  verb.add_flag("--check", o.check,
                "write nothing; list the files that would change, and exit with 1 if there are any");
  verb.add_flag("--diff", o.diff, "write nothing; show what would change as a unified diff");
}

void add_language_server(CLI::App& verb, Options& o) {
  verb.add_flag("--stdio", o.stdio, "what it does anyway; some editors insist on saying so");
}

void add_nothing(CLI::App&, Options&) {}

}  // namespace polc::cli
