#include "runtime/report/report.hpp"

#include "runtime/base/diagnostics/report.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/report/description.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/notices.hpp"
#include "runtime/report/unknowns.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;
using evaluate::Verdict;
using report::BaselineEntry;

namespace {

/// A run whose only controls have these verdicts, each with a severity.
struct Outcome {
  Verdict verdict;
  ir::Severity severity = ir::Severity::Medium;
};

test::Sample sample_with(const std::vector<Outcome>& outcomes) {
  test::Sample sample;
  sample.evaluation.controls.resize(outcomes.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    sample.evaluation.controls[i].verdict = outcomes[i].verdict;
    sample.evaluation.controls[i].raw = outcomes[i].verdict;
    sample.program.controls[i].severity = outcomes[i].severity;
  }
  return sample;
}

report::Baseline baseline_of(const test::Sample& sample,
                             std::initializer_list<std::pair<const char*, Verdict>> old) {
  report::Baseline baseline{"old.sarif", {}};
  auto& entries = baseline.runs["polc/acme.hosts/automate01/"];
  for (const auto& [id, verdict] : old) {
    const ir::Control& control = sample.program.controls[sample.control(id)];
    BaselineEntry entry;
    entry.rule = id;
    entry.verdict = verdict;
    entries.emplace(report::fingerprint(sample.program, control, value::Layer::Effective), entry);
  }
  return baseline;
}

}  // namespace

TEST_CASE("exit code follows the worst counted verdict", "[report]") {
  struct Row {
    const char* name;
    std::vector<Outcome> outcomes;
    report::Gate gate;
    bool evidence_failed;
    int expected;
  };
  const report::Gate plain;
  const report::Gate warn{ir::Severity::Info, false, false};
  const report::Gate high{ir::Severity::High, true, false};
  const Row rows[]{
      {"nothing at all", {}, plain, false, 0},
      {"pass", {{Verdict::Pass}}, plain, false, 0},
      {"waived and not applicable", {{Verdict::Waived}, {Verdict::NotApplicable}}, plain, false, 0},
      {"fail", {{Verdict::Pass}, {Verdict::Fail}}, plain, false, 1},
      {"fail at the lowest severity", {{Verdict::Fail, ir::Severity::Info}}, plain, false, 1},
      {"unknown", {{Verdict::Pass}, {Verdict::Unknown}}, plain, false, 2},
      {"review", {{Verdict::Review}}, plain, false, 2},
      {"fail beats unknown", {{Verdict::Unknown}, {Verdict::Fail}}, plain, false, 1},
      {"unknown only warns", {{Verdict::Unknown}, {Verdict::Review}}, warn, false, 0},
      {"fail is no matter of --unknown", {{Verdict::Fail}}, warn, false, 1},
      {"fail below the gate", {{Verdict::Fail, ir::Severity::Medium}}, high, false, 0},
      {"fail at the gate", {{Verdict::Fail, ir::Severity::High}}, high, false, 1},
      {"unknown counts at any severity", {{Verdict::Unknown, ir::Severity::Low}}, high, false, 2},
      {"unknown beside a fail below the gate",
       {{Verdict::Fail, ir::Severity::Low}, {Verdict::Unknown, ir::Severity::Low}},
       high,
       false,
       2},
      {"evidence failed", {{Verdict::Fail}}, plain, true, 4},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.name) {
      const test::Sample sample = sample_with(row.outcomes);
      report::RunReport report = sample.report();
      report.gate = row.gate;
      report.evidence_failed = row.evidence_failed;
      CHECK(report::exit_code(report) == row.expected);
    }
  }
}

TEST_CASE("with --new-only, only problems that the baseline lacks count", "[report]") {
  struct Row {
    Verdict now;
    std::optional<Verdict> before;
    int expected;
    std::optional<report::BaselineState> state;
  };
  using report::BaselineState;
  const Row rows[]{
      {Verdict::Fail, std::nullopt, 1, BaselineState::New},
      {Verdict::Fail, Verdict::Fail, 0, BaselineState::Unchanged},
      {Verdict::Fail, Verdict::Pass, 1, BaselineState::New},
      {Verdict::Fail, Verdict::NotApplicable, 1, BaselineState::New},
      {Verdict::Fail, Verdict::Waived, 1, BaselineState::New},
      {Verdict::Fail, Verdict::Unknown, 1, BaselineState::Updated},
      {Verdict::Fail, Verdict::Review, 1, BaselineState::Updated},
      {Verdict::Unknown, std::nullopt, 2, BaselineState::New},
      {Verdict::Unknown, Verdict::Unknown, 0, BaselineState::Unchanged},
      {Verdict::Unknown, Verdict::Fail, 0, BaselineState::Updated},
      {Verdict::Unknown, Verdict::Review, 2, BaselineState::Updated},
      {Verdict::Review, Verdict::Review, 0, BaselineState::Unchanged},
      {Verdict::Pass, Verdict::Fail, 0, BaselineState::Updated},
      {Verdict::Pass, std::nullopt, 0, BaselineState::New},
  };
  for (const Row& row : rows) {
    const std::string before = row.before ? std::string(evaluate::verdict_name(*row.before)) : "nothing";
    DYNAMIC_SECTION(before << " -> " << evaluate::verdict_name(row.now)) {
      const test::Sample sample = sample_with({{row.now}});
      report::Baseline baseline = baseline_of(sample, {});
      if (row.before) baseline = baseline_of(sample, {{"ACME-01", *row.before}});
      report::RunReport report = sample.report();
      report.baseline = &baseline;
      report.gate.new_only = true;
      CHECK(report::exit_code(report) == row.expected);
      CHECK(report::baseline_state(report, sample.evaluation.controls[0]) == row.state);
    }
  }
}

TEST_CASE("several runs give the worst exit code", "[report]") {
  struct Row {
    std::vector<int> codes;
    int worst;
  };
  const Row rows[]{{{}, 0}, {{0, 0}, 0}, {{0, 2}, 2}, {{2, 1}, 1}, {{1, 3}, 3}, {{4, 3}, 4}, {{4, 70}, 70}};
  for (const Row& row : rows) CHECK(report::worst_exit_code(row.codes) == row.worst);
}

TEST_CASE("fingerprints survive edits and renames, and tell policies and layers apart", "[report]") {
  test::Sample sample;
  const auto id = [&](std::string_view control) {
    return report::fingerprint(sample.program, sample.program.controls[sample.control(control)],
                               value::Layer::Effective);
  };
  const std::string before = id("ACME-06");
  CHECK(before.size() == 32);
  CHECK(before != id("ACME-01"));

  ir::Control& control = sample.program.controls[sample.control("ACME-06")];
  control.title = sample.text("Another title");
  control.severity = ir::Severity::Low;
  control.header = 1;
  CHECK(id("ACME-06") == before);

  control.id = sample.text("ACME-60");
  CHECK(id("ACME-60") == before);  // the oldest id counts
  control.formerly = {sample.text("ACME-06"), sample.text("ACME-HDR")};
  CHECK(id("ACME-60") == before);

  CHECK(report::fingerprint(sample.program, control, value::Layer::Policy) != before);
  sample.program.policy.id = sample.text("other.policy");
  CHECK(id("ACME-60") != before);
}

TEST_CASE("the automation id names policy and host and nothing else", "[report]") {
  test::Sample sample;
  CHECK(report::automation_id(sample.report()) == "polc/acme.hosts/automate01/");
  sample.facts.identity.name = "a/b c";
  CHECK(report::automation_id(sample.report()) == "polc/acme.hosts/a%2Fb%20c/");
  sample.facts.identity.name = std::nullopt;
  CHECK(report::automation_id(sample.report()) == "polc/acme.hosts/unknown/");
  report::RunReport policy = sample.report();
  policy.layer = value::Layer::Policy;
  CHECK(report::automation_id(policy) == "polc/acme.hosts/policy/");
}

TEST_CASE("what is absent was in the baseline and is no control any more", "[report]") {
  test::Sample sample;
  report::Baseline baseline = baseline_of(sample, {{"ACME-01", Verdict::Fail}});
  baseline.runs["polc/acme.hosts/automate01/"]["0123456789abcdef0123456789abcdef"].rule = "ACME-99";
  baseline.runs["polc/acme.hosts/other/"]["ffffffffffffffffffffffffffffffff"].rule = "ACME-98";
  sample.evaluation.controls.erase(sample.evaluation.controls.begin());  // a filter left ACME-01 out
  report::RunReport report = sample.report();
  report.baseline = &baseline;
  const auto absent = report::absent_from(report);
  REQUIRE(absent.size() == 1);
  CHECK(absent[0].second.rule == "ACME-99");
}

TEST_CASE("messages begin with a sentence that stands alone", "[report]") {
  test::Sample sample;
  const auto message = [&](std::string_view id) {
    const evaluate::ControlResult& result = sample.result(id);
    return report::message(sample.report(), result, sample.explanations[result.control]);
  };
  CHECK(message("ACME-01") ==
        "'MySQL is reachable only where it must be' is not met on 'automate01': "
        "'port(3306/tcp).allowed_from' is "
        "'{any}'; passes when every allowed source is inside {127.0.0.0/8, ::1}.");
  CHECK(message("ACME-02") == "'TLS 1.0 is off' is met on 'automate01'.");
  CHECK(message("ACME-03") ==
        "'Nobody acts as part of the operating system' could not be evaluated on 'automate01': "
        "'user_right(SeTcbPrivilege)' is unknown (access denied: 'LsaOpenPolicy: 5').");
  CHECK(
      message("ACME-04") ==
      "'Domain members sign their traffic' does not apply to 'automate01': 'host.domain_joined' is 'false'.");
  CHECK(message("ACME-05") ==
        "'Restore was tried' awaits attestation on 'automate01': 'Restore a backup on a spare host.'.");
  CHECK(message("ACME-06") ==
        "'The Server header is hidden' is not met on 'automate01': 'http(\"http://localhost\").headers' is "
        "'{\"Server\": \"Microsoft-IIS/10.0\"}'. Waived until '2026-03-20' by 'infra': 'Proxy is replaced in "
        "March'.");

  sample.result("ACME-02").vacuous = true;
  CHECK(message("ACME-02") ==
        "'TLS 1.0 is off' is met on 'automate01'. It holds only because there is nothing to check.");
  sample.result("ACME-01").passes_by_default = true;
  CHECK(message("ACME-01").ends_with("The Windows default would satisfy it, but nothing sets it."));
  sample.result("ACME-05").manual = evaluate::ManualState::Expired;
  CHECK(message("ACME-05").find("the attestation has expired") != std::string::npos);
}

TEST_CASE("messages escape what a host says, and stay short", "[report]") {
  test::Sample sample;
  auto& nodes = sample.explanations[0].requires_[0].nodes;
  sample.explanations[0].requires_[0].remedies.clear();
  nodes[0].value = "\x1b[31mred\xE2\x80\xAE\xff\n";
  const auto text = [&] {
    return report::message(sample.report(), sample.result("ACME-01"), sample.explanations[0]);
  };
  CHECK(text().find("'\\u{1b}[31mred\\u{202e}\\x{ff}\\n'") != std::string::npos);

  nodes[0].value = std::string(100'000, 'x');
  CHECK(text().size() < 600);
  for (int i = 0; i < 20; ++i) {
    nodes.push_back(nodes[0]);
    nodes.back().address = "registry('HKLM\\X', '" + std::string(1000, 'y') + "')";
  }
  CHECK(text().size() <= limits::kMessageBytes);
  CHECK(text().back() == '.');
}

TEST_CASE("values of sensitive facts are never shown", "[report]") {
  test::Sample sample;
  const value::ResourceInfo& password = value::resource_info(value::ResourceKind::Password);
  const auto length = value::find_attribute(password, "length");
  REQUIRE(length);
  sample.program.addresses.push_back({value::ResourceKind::Password, *length, {value::text("mysql.root")}});
  ir::Node node;
  node.op = ir::Op::Fact;
  node.data = 0;
  sample.program.nodes.push_back(node);
  auto& shown = sample.explanations[0].requires_[0].nodes[0];
  shown.node = 0;
  shown.value = "8";
  shown.address = "password(\"mysql.root\").length";
  sample.explanations[0].requires_[0].remedies.clear();
  CHECK(report::message(sample.report(), sample.result("ACME-01"), sample.explanations[0]) ==
        "'MySQL is reachable only where it must be' is not met on 'automate01': "
        "'password(\"mysql.root\").length' is "
        "'[REDACTED]'.");
}

TEST_CASE("facts that could not be read are told once, with all their controls", "[report]") {
  test::Sample sample;
  evaluate::ControlResult& mysql = sample.result("ACME-01");
  mysql.verdict = Verdict::Unknown;
  mysql.unknowns = sample.result("ACME-03").unknowns;
  mysql.unknowns.push_back({value::UnknownReason::NotCollected, "port(3306/tcp).allowed_from", ""});
  const auto notices = report::unread_facts(sample.report());
  REQUIRE(notices.size() == 2);
  CHECK(notices[0].diagnostic.code == diag::FactNotCollected::kCode);
  CHECK(notices[0].controls == std::vector<std::uint32_t>{0});
  CHECK(notices[1].diagnostic.code == diag::FactAccessDenied::kCode);
  CHECK(notices[1].controls == std::vector<std::uint32_t>{0, 2});
  CHECK(base::message_of(notices[1].diagnostic) == "access to 'user_right(SeTcbPrivilege)' was denied");
  CHECK_FALSE(base::hint_of(notices[1].diagnostic).empty());
}

TEST_CASE("consecutive ports of one unknown are one", "[report]") {
  using value::UnknownReason;
  const std::vector<value::Unknown> unknowns{
      {UnknownReason::AccessDenied, "port(9/tcp).listening", ""},
      {UnknownReason::AccessDenied, "port(10/tcp).listening", ""},
      {UnknownReason::AccessDenied, "port(12/tcp).listening", ""},
      {UnknownReason::AccessDenied, "port(11/udp).listening", ""},
      {UnknownReason::AccessDenied, "port(11/tcp).listening", "why"},
      {UnknownReason::NotCollected, "exposure(\"x\", 7/tcp)", ""},
      {UnknownReason::NotCollected, "exposure(\"x\", 8/tcp)", ""},
      {UnknownReason::NotCollected, "registry('HKLM\\1/tcp', 'V')", ""},
      {UnknownReason::NotCollected, "", ""},
      {UnknownReason::NotCollected, "/tcp)", ""},
      {UnknownReason::NotCollected, "port(1234567890123/tcp)", ""}};
  std::vector<std::string> merged;
  for (const value::Unknown& unknown : report::merge_ports(unknowns)) merged.push_back(unknown.address);
  CHECK(merged == std::vector<std::string>{"", "/tcp)", "exposure(\"x\", 7..8/tcp)",
                                           "port(1234567890123/tcp)", "registry('HKLM\\1/tcp', 'V')",
                                           "port(9..10/tcp).listening", "port(12/tcp).listening",
                                           "port(11/tcp).listening", "port(11/udp).listening"});
}

TEST_CASE("every waiver state that somebody should look at has a notice", "[report]") {
  using evaluate::WaiverState;
  struct Row {
    WaiverState state;
    std::uint16_t code;
  };
  const Row rows[]{{WaiverState::Active, 0},
                   {WaiverState::OtherHost, 0},
                   {WaiverState::NotYet, diag::WaiverNotYet::kCode},
                   {WaiverState::Expiring, diag::WaiverExpiring::kCode},
                   {WaiverState::Expired, diag::WaiverExpired::kCode},
                   {WaiverState::Unused, diag::WaiverUnused::kCode},
                   {WaiverState::Idle, diag::WaiverIdle::kCode}};
  for (const Row& row : rows) {
    test::Sample sample;
    sample.evaluation.waivers[0].state = row.state;
    const auto notices = report::waiver_notices(sample.report());
    CHECK((notices.empty() ? 0 : notices[0].diagnostic.code) == row.code);
  }
}

TEST_CASE("the profile is told in the first lines, and in notices", "[report]") {
  test::Sample sample;
  CHECK(report::tailoring_rows(sample.report()).empty());
  CHECK(report::tailoring_notices(sample.report()).empty());
  test::add_profile(sample);
  const auto rows = report::tailoring_rows(sample.report());
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].first == "profile");
  CHECK(rows[0].second.find("kiosk, Kiosk") == 0);
  CHECK(rows[0].second.find("chosen by polc.yaml:3") != std::string::npos);
  CHECK(rows[0].second.find('\x1b') == std::string::npos);
  CHECK(rows[1] == std::pair<std::string_view, std::string>("without", "ACME-90, ACME-91"));
  CHECK(rows[2].second.find(" instead of info") != std::string::npos);
  CHECK(rows[3].second.find('\n') == std::string::npos);
  const auto notices = report::tailoring_notices(sample.report());
  REQUIRE(notices.size() == 2);
  CHECK(notices[0].diagnostic.code == diag::ProfileChosen::kCode);
  CHECK(notices[1].diagnostic.code == diag::ProfileLoosens::kCode);
}

TEST_CASE("instants are UTC, before 1970 too", "[report]") {
  CHECK(report::instant_text(0) == "1970-01-01T00:00:00Z");
  CHECK(report::instant_text(1'772'323'199) == "2026-02-28T23:59:59Z");
  CHECK(report::instant_text(-1) == "1969-12-31T23:59:59Z");
}
