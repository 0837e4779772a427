#include "runtime/report/markdown/markdown.hpp"

#include "runtime/base/limits.hpp"
#include "runtime/report/markdown/blocks.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;
using report::markdown::Blocks;

namespace {

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t number = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++number;
  return number;
}

/// The text without its fenced blocks, each of which ends as it begins.
std::string without_fences(const std::string& text) {
  std::string out;
  std::string fence;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (fence.empty() && line.starts_with("```")) {
      fence = line;
    } else if (line == fence) {
      fence.clear();
    } else if (fence.empty()) {
      out += line + "\n";
    }
  }
  CHECK(fence.empty());
  return out;
}

}  // namespace

TEST_CASE("a job summary has counts, failures with their reason, and what is open", "[markdown]") {
  test::Sample sample;
  sample.program.parameters[0].sources = {{0, sample.text("--set"), 0}};
  const std::string text = report::write_markdown({sample.report()});
  for (const char* part : {
           "| <code>acme.hosts</code> | <code>automate01</code> | 1 (1 high) | 1 | 1 | 1 | 1 | 1 |\n",
           "\n## Hardening of Acme hosts\n\n- Host: <code>automate01, Windows Server 2022 Standard, build "
           "20348</code>\n",
           "| Network | 1 | 1 | 1 | 1 | 1 | 1 |\n",
           "| high | <code>ACME-01</code> | MySQL is reachable only where it must be | <code>policies/acme "
           "hosts.pol:8</code> |\n",
           "<summary><code>ACME-01</code> MySQL is reachable only where it must be</summary>\n\n```\nreach:\n"
           "port(3306/tcp).allowed_from within allowed\n",
           "snapshot policies/hosts/automate01.yaml:88",
           "\n**Why**\n\nDatabases must not be reachable from outside.\n",
           "\n**Fix**\n\nRun `Remove-NetFirewallRule -Name <rule>`.\n\n</details>\n",
           "| <code>user\\_right(SeTcbPrivilege)</code> | access denied: <code>LsaOpenPolicy: 5</code> | "
           "collect again with administrator (LSA policy read) |\n",
           "| info | <code>ACME-05</code> | Restore was tried | Restore a backup on a spare host. | not "
           "attested |\n",
           "| <code>ACME-06</code> | expiring | 2026-03-20 | infra | Proxy is replaced in March | CHG-7 | "
           "<code>automate\\*</code> |\n",
           "| <code>allowed</code> | <code>7</code> | 7 (--set) |\n",
       }) {
    INFO(part);
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("nothing a host or a policy says acts in a job summary", "[markdown]") {
  test::Sample sample;
  const std::string evil =
      "</details><script>x</script> [a](javascript:b) @team | ```` https://evil.example \x1b\n# h";
  sample.facts.identity.name = evil;
  sample.program.policy.title = sample.text(evil);
  sample.program.groups[0].title = sample.text(evil);
  ir::Control& control = sample.program.controls[0];
  control.title = control.because = control.fix = sample.text(evil);
  sample.program.waivers[0].reason = sample.text(evil);
  sample.explanations[0].requires_[0].nodes[0].value = evil;
  sample.result("ACME-03").unknowns[0].detail = evil;
  report::RunReport report = sample.report();
  report.targets[0].name = evil;
  const std::string text = report::write_markdown({report});
  CHECK(text.find("\x1b") == std::string::npos);
  const std::string live = without_fences(text);
  CHECK(count_of(live, "<details>") == 1);
  CHECK(count_of(live, "</details>") == count_of(live, "\\</details>") + 1);
  CHECK(count_of(live, "<script>") == count_of(live, "\\<script>"));
  CHECK(count_of(live, "](javascript:") == count_of(live, "\\](javascript:") + 1);
  CHECK(count_of(live, "\n# ") == 2);  // of the rationale and the fix
}

TEST_CASE("a job summary is cut between blocks, and says so", "[markdown]") {
  const std::string note = "cut off\n";
  Blocks whole(1000, note);
  const std::string block(100, 'x');
  whole.add(block);
  CHECK(whole.finish() == block);
  Blocks exact(block.size() + note.size(), note);
  exact.add(block);
  CHECK(exact.finish() == block);
  Blocks small(block.size() + note.size() - 1, note);
  small.add(block);
  small.add("y");
  CHECK(small.finish() == note);
}

TEST_CASE("the counts of all runs survive the limit", "[markdown]") {
  test::Sample sample;
  sample.program.controls[0].fix = sample.text(std::string(700'000, 'x'));
  const std::string one = report::write_markdown({sample.report()});
  CHECK(one.find("cut off") == std::string::npos);
  const std::string two = report::write_markdown({sample.report(), sample.report()});
  CHECK(two.size() <= limits::kMarkdownBytes);
  CHECK(count_of(two, "| <code>acme.hosts</code> | <code>automate01</code> | 1 (1 high)") == 2);
  CHECK(two.find("This summary is cut off") > 700'000);
}
