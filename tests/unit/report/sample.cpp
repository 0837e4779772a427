#include "tests/unit/report/sample.hpp"

#include <algorithm>

#include "runtime/base/hash.hpp"

namespace polc::test {
namespace {

using evaluate::Verdict;
using value::Truth;

constexpr std::string_view kPolicy = R"(policy "acme.hosts" "Hardening of Acme hosts" {
  version "1.2.0"
}

param allowed: address_set = loopback "Who may reach MySQL"

group "Network" {
  control "ACME-01" "MySQL is reachable only where it must be" {
    severity high
    refs stig("V-254356"), cis("18.10.8.3"), cce("CCE-36077-6"), nist("AC-6"), cwe("CWE-732"), url("https://example.org/mysql")
    because """Databases must not be reachable from outside."""
    fix """Run `Remove-NetFirewallRule -Name <rule>`."""
    require reach: port(3306/tcp).allowed_from within allowed
  }

  control "ACME-02" "TLS 1.0 is off" { require tls("TLS 1.0", server).state == disabled }

  control "ACME-03" "Nobody acts as part of the operating system" {
    require user_right(SeTcbPrivilege) == {}
  }

  control "ACME-04" "Domain members sign their traffic" {
    when host.domain_joined
    require registry('HKLM\SYSTEM\CurrentControlSet\Services\Netlogon\Parameters', 'RequireSignOrSeal') == 1
  }

  control "ACME-05" "Restore was tried" {
    manual "Restore a backup on a spare host."
  }

  control "ACME-06" "The Server header is hidden" {
    formerly "ACME-HDR"
    require http("http://localhost").headers == {}
  }
}

waive "ACME-06" on host "automate*" until 2026-03-20 {
  reason "Proxy is replaced in March" owner "infra" ticket "CHG-7"
}
)";

std::string_view sentence_of(Truth truth) {
  return report::truth_name(truth);
}

}  // namespace

ir::TextId Sample::text(std::string_view value) {
  for (std::size_t id = 0; id < program.texts.size(); ++id) {
    if (program.texts[id] == value) return static_cast<ir::TextId>(id);
  }
  program.texts.push_back(value);
  return static_cast<ir::TextId>(program.texts.size() - 1);
}

ir::RangeId Sample::range_of(std::string_view excerpt) {
  const base::SourceBuffer& buffer = *sources.find(1);
  const auto begin = static_cast<std::uint32_t>(buffer.text().find(excerpt));
  const auto end = begin + static_cast<std::uint32_t>(excerpt.size());
  const base::LineColumn first = buffer.position(begin);
  const base::LineColumn last = buffer.position(end);
  program.ranges.push_back({0, begin, end, first.line, first.column, last.line, last.column});
  return static_cast<ir::RangeId>(program.ranges.size() - 1);
}

std::uint32_t Sample::control(std::string_view id) const {
  const auto found = std::find_if(program.controls.begin(), program.controls.end(),
                                  [&](const ir::Control& c) { return program.text(c.id) == id; });
  return static_cast<std::uint32_t>(found - program.controls.begin());
}

evaluate::ControlResult& Sample::result(std::string_view id) {
  const std::uint32_t index = control(id);
  return *std::find_if(evaluation.controls.begin(), evaluation.controls.end(),
                       [&](const auto& r) { return r.control == index; });
}

void Sample::add_control(std::string_view id, std::string_view title, ir::Severity severity) {
  ir::Control control;
  control.id = text(id);
  control.title = text(title);
  control.severity = severity;
  control.group = 0;
  const std::string header = "control \"" + std::string(id) + "\" \"" + std::string(title) + "\"";
  control.header = range_of(header);
  const std::string& source = sources.find(1)->text();
  const std::size_t begin = source.find(header);
  const std::size_t end = std::min(source.find("\n  }", begin) + 4, source.find("}\n", begin) + 1);
  control.range = range_of(std::string_view(source).substr(begin, end - begin));
  program.controls.push_back(std::move(control));
  explanations[static_cast<std::uint32_t>(program.controls.size() - 1)] = {};
}

void Sample::add_requirement(std::string_view excerpt, Truth truth, std::string address, std::string shown,
                             value::OriginId origin) {
  ir::Control& control = program.controls.back();
  const ir::RangeId range = range_of(excerpt);
  control.requires_.push_back({0, ir::kNone, range, text(excerpt)});
  evaluate::Explanation explanation;
  explanation.excerpt = excerpt;
  explanation.range = range;
  explanation.truth = truth;
  explanation.nodes.push_back({ir::kNone, 0, std::move(shown), {origin}, std::move(address)});
  const std::size_t operation = excerpt.find_first_of("=w", excerpt.find(") ") + 2);
  explanation.nodes.push_back(
      {ir::kNone, static_cast<std::uint32_t>(operation), std::string(sentence_of(truth)), {}, {}});
  explanations.rbegin()->second.requires_.push_back(std::move(explanation));
}

void Sample::add_result(Verdict verdict) {
  evaluate::ControlResult result;
  result.control = static_cast<std::uint32_t>(program.controls.size() - 1);
  result.verdict = verdict;
  result.raw = verdict == Verdict::Waived ? Verdict::Fail : verdict;
  evaluation.controls.push_back(std::move(result));
}

Sample::Sample() {
  sources.add("policies/acme hosts.pol", std::string(kPolicy));
  program.files.push_back({text("policies/acme hosts.pol"), false, base::sha256(kPolicy)});
  program.policy.id = text("acme.hosts");
  program.policy.title = text("Hardening of Acme hosts");
  program.policy.version = text("1.2.0");
  program.groups.push_back({text("Network"), range_of("group \"Network\"")});

  facts.origins.push_back(
      {"snapshot", "policies/hosts/automate01.yaml", 88, 5, "rule \"MySQL\" (profiles: all)"});
  facts.origins.push_back({"snapshot", "policies/hosts/automate01.yaml", 12, 3, ""});

  program.constants.push_back(value::integer(7));
  program.parameters.push_back({text("allowed"),
                                text("Who may reach MySQL"),
                                0,
                                value::simple(value::TypeKind::AddressSet),
                                0,
                                text("--set"),
                                {},
                                range_of("param allowed")});

  add_control("ACME-01", "MySQL is reachable only where it must be", ir::Severity::High);
  ir::Control& mysql = program.controls.back();
  mysql.references = {{ir::ReferenceKind::Stig, text("V-254356")},
                      {ir::ReferenceKind::Cis, text("18.10.8.3")},
                      {ir::ReferenceKind::Cce, text("CCE-36077-6")},
                      {ir::ReferenceKind::Nist, text("AC-6")},
                      {ir::ReferenceKind::Cwe, text("CWE-732")},
                      {ir::ReferenceKind::Url, text("https://example.org/mysql")}};
  mysql.tags = {text("network"), text("database")};
  mysql.because = text("Databases must not be reachable from outside.");
  mysql.fix = text("Run `Remove-NetFirewallRule -Name <rule>`.");
  add_requirement("port(3306/tcp).allowed_from within allowed", Truth::False, "port(3306/tcp).allowed_from",
                  "{any}", 1);
  explanations.rbegin()->second.requires_.front().label = "reach";
  explanations.rbegin()->second.requires_.front().remedies = {
      "passes when every allowed source is inside {127.0.0.0/8, ::1}"};
  add_result(Verdict::Fail);

  add_control("ACME-02", "TLS 1.0 is off", ir::Severity::Medium);
  add_requirement("tls(\"TLS 1.0\", server).state == disabled", Truth::True, "tls(\"TLS 1.0\", server).state",
                  "disabled", 2);
  add_result(Verdict::Pass);

  add_control("ACME-03", "Nobody acts as part of the operating system", ir::Severity::Critical);
  add_requirement("user_right(SeTcbPrivilege) == {}", Truth::Unknown, "user_right(SeTcbPrivilege)",
                  "unknown: access denied", 2);
  add_result(Verdict::Unknown);
  evaluation.controls.back().unknowns = {
      {value::UnknownReason::AccessDenied, "user_right(SeTcbPrivilege)", "LsaOpenPolicy: 5"}};

  add_control("ACME-04", "Domain members sign their traffic", ir::Severity::Low);
  evaluate::Explanation guard;
  guard.excerpt = "host.domain_joined";
  guard.range = range_of("host.domain_joined");
  guard.truth = Truth::False;
  guard.nodes.push_back({ir::kNone, 5, "false", {2}, "host.domain_joined"});
  explanations.rbegin()->second.guard = guard;
  program.controls.back().guard_excerpt = text("host.domain_joined");
  add_result(Verdict::NotApplicable);
  evaluation.controls.back().guard = Truth::False;

  add_control("ACME-05", "Restore was tried", ir::Severity::Info);
  program.controls.back().manual =
      ir::Manual{text("Restore a backup on a spare host."), text("ACME-05"), {}, 0};
  add_result(Verdict::Review);
  evaluation.controls.back().manual = evaluate::ManualState::NotAttested;

  add_control("ACME-06", "The Server header is hidden", ir::Severity::Medium);
  program.controls.back().formerly = {text("ACME-HDR")};
  add_requirement("http(\"http://localhost\").headers == {}", Truth::False,
                  "http(\"http://localhost\").headers", "{\"Server\": \"Microsoft-IIS/10.0\"}", 2);
  add_result(Verdict::Waived);
  evaluation.controls.back().waiver = 0;

  program.waivers.push_back({text("ACME-06"),
                             {5},
                             text("automate*"),
                             {},
                             *value::Date::parse("2026-03-20"),
                             text("Proxy is replaced in March"),
                             text("infra"),
                             text("CHG-7"),
                             range_of("waive \"ACME-06\" on host \"automate*\" until 2026-03-20")});
  evaluation.waivers.push_back({0, evaluate::WaiverState::Expiring, {evaluate::WaiverState::Expiring}});
}

void add_profile(Sample& sample) {
  ir::Profile& profile = sample.program.profile;
  profile.name = sample.text("kiosk");
  profile.title = sample.text("Kiosk\x1b[2J servers");
  profile.origin = sample.text("polc.yaml:3");
  profile.extends = {sample.text("base")};
  profile.excluded = {sample.text("ACME-90"), sample.text("ACME-91")};
  profile.regraded = {{0, ir::Severity::Info, 0}};
  profile.loosened = {{profile.name, sample.text("ACME-9*"), sample.text("none\r\nof them"), 0}};
}

report::RunReport Sample::report() const {
  report::RunReport report{
      program, evaluation, facts,
      [this](const evaluate::ControlResult& result) { return explanations.at(result.control); }, "0.1.0"};
  report.as_of = 1'772'323'200;  // 2026-03-01
  report.targets.push_back({"policies/hosts/automate01.yaml", "snapshot", value::Layer::Effective,
                            report.as_of - 86'400, "policies/hosts/automate01.yaml", "evidence"});
  report.sources = &sources;
  return report;
}

}  // namespace polc::test
