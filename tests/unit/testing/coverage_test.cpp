// What is demanded of the conditions of a control, and when it counts as seen.
#include "authoring/testing/coverage.hpp"

#include "runtime/base/render.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using authoring::Coverage;

namespace {

struct Run {
  os::MemoryFileSystem files;
  base::SourceManager sources;
  base::DiagnosticSink sink;
  std::unique_ptr<authoring::Bench> bench;
};

std::unique_ptr<Run> run(const std::string& clauses, const std::string& tests = {}) {
  auto run = std::make_unique<Run>();
  run->files.files["/repo/p.pol"] =
      "policy \"p\" \"P\" { version \"1\" }\nparam on: bool = true\ncontrol \"A-1\" \"A\" {\n" + clauses +
      "\n}\n" + tests;
  compiler::CompileOptions options;
  options.root = "/repo";
  options.policy_path = "/repo/p.pol";
  run->bench = std::make_unique<authoring::Bench>(options, run->files, run->sources, run->sink);
  INFO(clauses);
  const bool loaded = run->bench->load();
  INFO(base::render_diagnostics(run->sink.sorted(), run->sources, {}));
  REQUIRE(loaded);
  return run;
}

/// "guard TF | TFUA | TF": what is demanded, or, in small letters, what was seen of it.
std::string text(const authoring::Seen& seen) {
  constexpr std::string_view kDemanded = "TFUA", kSeen = "tfua";
  std::string out;
  for (std::size_t i = 0; i < authoring::kSights; ++i) {
    if (seen.demanded[i]) out += seen.seen[i] ? kSeen[i] : kDemanded[i];
  }
  return out;
}

std::string text(const authoring::ControlCoverage& control) {
  std::string out = control.guard.demands() > 0 ? "guard " + text(control.guard) : "";
  for (const authoring::AtomCoverage& atom : control.atoms) out += (out.empty() ? "" : " | ") + text(atom);
  return out;
}

std::string demanded(const std::string& clauses) {
  return text(Coverage(run(clauses)->bench->program()).controls().front());
}

std::string seen(const std::string& clauses, const std::string& tests) {
  const auto tested = run(clauses, tests);
  Coverage coverage(tested->bench->program());
  for (std::size_t i = 0; i < tested->bench->tests().cases.size(); ++i)
    coverage.observe(*tested->bench->stand(i));
  return text(coverage.controls().front());
}

}  // namespace

TEST_CASE("what can be is demanded, and nothing else") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"require host.build > 1", "TFU"},                             // never absent
      {"require service('x').start == disabled", "TFUA"},            // may be absent
      {"require service('x').start == disabled or absent", "TFUA"},  // absence is settled here
      {"require service('x') is present", "TFU"},                    // absence is the question
      {"require service('x') is present and service('x').start == manual", "TFU | TFU"},  // settled before
      {"when on\nrequire host.build > 1", "guard TF | TF | TFU"},  // a parameter is never unknown
      {"require all p in {1/tcp, 2/tcp}: port(p).listening", "TFU"},
      {"require all p in {1/tcp, 2/tcp}: p != 3/tcp", "TF"},                    // constants alone
      {"require all u in users: u == 'S-1-5-21-1-2-3-4'", "TFU"},               // a name may be unresolved
      {"require all g in local_group(Users).members: g == Guests", "A | TFU"},  // the group may be missing
      {"require all l in listeners: l.address within loopback", "TFU"},
      {"require http('https://x').headers['Server'] is absent", "TFU"},
      {"require acl('C:\\X').allow['Everyone'] == Read", "TFUA"},
  };
  for (const auto& [clauses, expected] : cases) {
    INFO(clauses);
    CHECK(demanded(clauses) == expected);
  }
}

TEST_CASE("what a case saw of a control that it expects something of") {
  const std::string clauses = "when host.domain_joined\nrequire service('x').start == disabled";
  const auto with = [](const std::string& joined, const std::string& start, const std::string& verdict) {
    return "test \"" + joined + start + "\" { given { host.domain_joined = " + joined +
           " service('x').start = " + start + " } expect \"A-1\" " + verdict + " }\n";
  };
  CHECK(seen(clauses, with("true", "disabled", "pass")) == "guard tF | tFU | tFUA");
  CHECK(seen(clauses, with("true", "absent", "fail")) == "guard tF | tFU | TfUa");
  CHECK(seen(clauses, with("true", "unknown", "unknown")) == "guard tF | tFU | TFuA");
  // Where the control does not apply, nothing is seen of what it requires; nor where nobody knows.
  CHECK(seen(clauses, with("false", "disabled", "not_applicable")) == "guard Tf | TfU | TFUA");
  CHECK(seen(clauses, with("unknown", "disabled", "unknown")) == "guard TF | TFu | TFUA");
}

TEST_CASE("every element and every alternative is looked at") {
  CHECK(seen("require any { host.domain_joined, host.secure_boot }",
             "test \"x\" { given { host.domain_joined = true host.secure_boot = false } expect \"A-1\" pass "
             "}") == "tFU | TfU");
  CHECK(seen("require all p in {1/tcp, 2/tcp}: port(p).listening",
             "test \"x\" { given { port(1/tcp).listening = true port(2/tcp).listening = false } expect "
             "\"A-1\" fail }") == "tfU");
}

TEST_CASE("a fact that is settled before says nothing where it is absent") {
  CHECK(seen("require service('x') is present and service('x').start == manual",
             "test \"x\" { given { service('x').state = absent service('x').start = absent } expect \"A-1\" "
             "fail }") == "TfU | TFU");
}

TEST_CASE("the table and the listing name what is missing") {
  const auto tested =
      run("require host.build > 1", "test \"x\" { given { host.build = 2 } expect \"A-1\" pass }");
  Coverage coverage(tested->bench->program());
  coverage.observe(*tested->bench->stand(0));
  coverage.read_text(tested->sources);
  CHECK(authoring::coverage_table(coverage, false) ==
        "coverage: 1 of 3 outcomes, 33.3 %\n"
        "  control    guard     true    false  unknown   absent\n"
        "  A-1                   1/1      0/1      0/1\n");
  CHECK(authoring::coverage_listing(coverage, false) ==
        "\nA-1\n  p.pol\n      4 | require host.build > 1\n        |         ^ seen: true; not seen: false, "
        "unknown\n");
}
