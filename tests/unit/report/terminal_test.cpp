#include "runtime/report/terminal/terminal.hpp"

#include "runtime/base/escape.hpp"
#include "runtime/report/description.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;
using report::TerminalOptions;

namespace {

std::string without_color(std::string text) {
  for (std::size_t at = 0; (at = text.find('\x1b')) != std::string::npos;)
    text.erase(at, text.find('m', at) - at + 1);
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("the terminal report begins with a summary and ends with one line", "[terminal]") {
  const test::Sample sample;
  const std::string text = report::write_terminal({sample.report()}, {});
  CHECK(text.starts_with(
      "Hardening of Acme hosts  acme.hosts 1.2.0\n"
      "  host    automate01, Windows Server 2022 Standard, build 20348\n"
      "  target  policies/hosts/automate01.yaml (snapshot, collected 2026-02-28T00:00:00Z, 1 day old)\n"
      "  layer   effective\n"
      "  as of   2026-03-01T00:00:00Z\n"
      "  set     allowed = 7 (--set)\n"
      "\n"
      "  1 fail (1 high)   1 unknown   1 review   1 waived   1 pass   1 not applicable\n"));
  CHECK(
      text.ends_with("\nacme.hosts on automate01: 1 fail (1 high), 1 unknown, 1 review, 1 waived, 1 pass, 1 "
                     "not applicable\n"));
}

TEST_CASE("what needs attention is shown with its place and reason", "[terminal]") {
  const test::Sample sample;
  const std::string text = report::write_terminal({sample.report()}, {});
  for (const char* part : {
           "FAIL  ACME-01  MySQL is reachable only where it must be                                         "
           "high\n"
           "      policies/acme hosts.pol:8\n",
           "      port(3306/tcp).allowed_from within allowed\n",
           "UNKNOWN  ACME-03  ",
           "What could not be read\n"
           "      access denied: collect again with administrator (LSA policy read)\n"
           "        user_right(SeTcbPrivilege): LsaOpenPolicy: 5  [ACME-03]\n",
           "REVIEW  ACME-05  ",
           "      Restore a backup on a spare host.\n"
           "      attested \"ACME-05\": not attested\n",
           "WAIVED  ACME-06  ",
           "      until 2026-03-20 by infra (CHG-7): Proxy is replaced in March\n",
           "      note[POL4531]: the waiver of 'ACME-06' by 'infra' expires on 2026-03-20\n",
       }) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
  CHECK(text.find("PASS") == std::string::npos);
  CHECK(text.find("N/A") == std::string::npos);
}

TEST_CASE("--verbose shows passing controls, --quiet one line", "[terminal]") {
  const test::Sample sample;
  const std::string verbose = report::write_terminal({sample.report()}, {.verbose = true});
  CHECK(verbose.find("PASS  ACME-02  ") != std::string::npos);
  CHECK(verbose.find("N/A  ACME-04  ") != std::string::npos);
  CHECK(verbose.find("when 'host.domain_joined' is 'false'") != std::string::npos);
  const std::string quiet = report::write_terminal({sample.report(), sample.report()}, {.quiet = true});
  CHECK(lines_of(quiet).size() == 2);
}

TEST_CASE("failures come by severity, then in source order", "[terminal]") {
  test::Sample sample;
  for (auto& result : sample.evaluation.controls) result.verdict = evaluate::Verdict::Fail;
  const std::string text = report::write_terminal({sample.report()}, {});
  std::size_t last = 0;
  for (const char* id : {"ACME-03", "ACME-01", "ACME-02", "ACME-06", "ACME-04", "ACME-05"}) {
    const std::size_t at = text.find(std::string("FAIL  ") + id);
    REQUIRE(at != std::string::npos);
    CHECK(at > last);
    last = at;
  }
}

TEST_CASE("colour only adds escape sequences", "[terminal]") {
  const test::Sample sample;
  for (const bool verbose : {false, true}) {
    const std::string plain = report::write_terminal({sample.report()}, {.verbose = verbose});
    const std::string colored =
        report::write_terminal({sample.report()}, {.color = true, .verbose = verbose});
    CHECK(plain.find('\x1b') == std::string::npos);
    CHECK(colored.find('\x1b') != std::string::npos);
    CHECK(without_color(colored) == plain);
  }
}

TEST_CASE("lines of text keep to the width", "[terminal]") {
  test::Sample sample;
  sample.program.controls[0].title =
      sample.text(std::string(30, 'w') + ' ' + std::string(30, 'x') + " \xE6\x97\xA5\xE6\x9C\xAC");
  sample.program.waivers[0].reason =
      sample.text("a reason that needs many words to be told, and more of them");
  for (const std::size_t width : {50U, 80U, 120U}) {
    const auto lines = lines_of(report::write_terminal({sample.report()}, {.width = width}));
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {  // the last line is for programs too
      INFO(lines[i]);
      const bool one_word =
          lines[i].find("user_right(") != std::string::npos || lines[i].find(".headers") != std::string::npos;
      CHECK((one_word || base::display_width(lines[i]) <= width));
    }
  }
}

TEST_CASE("nothing a host or a policy says acts on the terminal", "[terminal]") {
  test::Sample sample;
  const std::string evil = "\x1b[2J\x07\r\xE2\x80\xAE\xff";
  sample.facts.identity = {evil, evil, 1};
  sample.program.controls[0].title = sample.text(evil);
  sample.program.waivers[0].reason = sample.text(evil);
  sample.program.controls[4].manual->instruction = sample.text(evil);
  sample.result("ACME-03").unknowns[0].detail = evil;
  sample.facts.origins[1].note = evil;
  for (auto& [control, explanation] : sample.explanations) {
    for (auto& require : explanation.requires_) {
      require.label = evil;
      require.remedies = {evil};
      require.notes = {evil};
      for (auto& node : require.nodes) node.value = evil;
    }
  }
  report::RunReport report = sample.report();
  report.targets[0].name = evil;
  const std::string text = report::write_terminal({report}, {.verbose = true});
  CHECK(text.find_first_of("\x1b\x07\r\xff") == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("many unread facts are counted, not listed, unless --verbose", "[terminal]") {
  test::Sample sample;
  auto& unknowns = sample.result("ACME-03").unknowns;
  for (int i = 10; i < 40; ++i)
    unknowns.push_back(
        {value::UnknownReason::AccessDenied, "registry('HKLM\\K" + std::to_string(i) + "', 'V')", ""});
  const std::string text = report::write_terminal({sample.report()}, {});
  CHECK(text.find("and 22 more; --verbose lists them") != std::string::npos);
  const std::string verbose = report::write_terminal({sample.report()}, {.verbose = true});
  CHECK(verbose.find("HKLM\\K39") != std::string::npos);
}

TEST_CASE("unread facts are grouped by reason and by what would help", "[terminal]") {
  test::Sample sample;
  auto& unknowns = sample.result("ACME-03").unknowns;
  for (const char* address : {"port(81/tcp).listening", "port(80/tcp).listening", "port(90/tcp).listening"})
    unknowns.push_back({value::UnknownReason::Unsupported, address, ""});
  const std::string text = report::write_terminal({sample.report()}, {});
  CHECK(text.find("      unsupported: add a target that can; 'polc backends' says which\n"
                  "        port(80..81/tcp).listening  [ACME-03]\n"
                  "        port(90/tcp).listening  [ACME-03]\n") != std::string::npos);
}

TEST_CASE("ages are told in their largest unit", "[terminal]") {
  CHECK(report::age_text(0) == "0 seconds");
  CHECK(report::age_text(1) == "1 second");
  CHECK(report::age_text(119) == "1 minute");
  CHECK(report::age_text(7200) == "2 hours");
  CHECK(report::age_text(86'400 * 28) == "28 days");
}
