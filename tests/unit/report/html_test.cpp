#include "runtime/report/html/html.hpp"

#include "runtime/base/hash.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/report/html/page.hpp"
#include "runtime/report/html/rich_text.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;
using report::html::rich_text;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("authored Markdown becomes HTML that can do nothing", "[html]") {
  struct Row {
    std::string_view markdown, html;
  };
  const Row rows[]{
      {"", ""},
      {"a *b* **c** `d<e>`", "<p>a <em>b</em> <strong>c</strong> <code>d&lt;e&gt;</code></p>\n"},
      {"1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n"},
      {"```powershell\nGet-Item <x>\n```",
       "<pre><code class=\"language-powershell\">Get-Item &lt;x&gt;\n</code></pre>\n"},
      {"# h", "<h5>h</h5>\n"},
      {"### h", "<h6>h</h6>\n"},
      {"<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"},
      {"a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"},
      {"[site](https://example.org/?a&b)",
       "<p><a href=\"https://example.org/?a&amp;b\" rel=\"noreferrer noopener\">site</a> "
       "(https://example.org/?a&amp;b)</p>\n"},
      {"<https://example.org>",
       "<p><a href=\"https://example.org\" rel=\"noreferrer noopener\">https://example.org</a></p>\n"},
      {"[x](javascript:y) [z](file:///c)", "<p>x z</p>\n"},
      {"[x](/relative)", "<p>x</p>\n"},
      {"![alt *text*](https://example.org/i.png)", "<p>alt <em>text</em></p>\n"},
      {"[![i](https://example.org/i)](javascript:x)", "<p>i</p>\n"},
      {"a\xE2\x80\xAE"
       "b",
       "<p>a\\u{202e}b</p>\n"},
  };
  for (const Row& row : rows) {
    INFO(row.markdown);
    CHECK(rich_text(row.markdown, 5) == row.html);
  }
}

TEST_CASE("texts longer than a policy may hold are not rendered", "[html]") {
  const std::string longest(limits::kStringBytes, '*');
  CHECK_FALSE(rich_text(longest, 5).starts_with("<pre>"));
  CHECK(rich_text(longest + "*", 5).starts_with("<pre>*"));
}

TEST_CASE("a page allows its own style and script alone", "[html]") {
  const std::string page = report::html::write_page({"a <b>", "<p>body</p>\n", "p{}", "1;"});
  CHECK(has(page, "content=\"default-src 'none'; style-src 'sha256-" +
                      base::base64_text(base::sha256("p{}")) +
                      "'; base-uri 'none'; form-action 'none'; script-src 'sha256-" +
                      base::base64_text(base::sha256("1;")) + "'\""));
  CHECK(has(page, "<title>a &lt;b&gt;</title>\n<style>p{}</style>"));
  CHECK(has(page, "<p>body</p>\n<script>1;</script>\n</body>"));
  CHECK_FALSE(has(report::html::write_page({"a", "", "p{}", ""}), "script"));
}

TEST_CASE("different names have different anchors", "[html]") {
  CHECK(report::html::anchor("CWA-PORT_3.1") == "CWA-PORT_3.1");
  CHECK(report::html::anchor("a b\"<") == "a-20b-22-3c");
}

TEST_CASE("the HTML report shows the score, failures with evidence, waivers and what is unknown", "[html]") {
  test::Sample sample;
  sample.program.parameters[0].sources = {{0, sample.text("--set"), 0}};
  const std::string text = report::write_html({sample.report()});
  for (const char* part : {
           "<strong>1 of 5</strong> applicable controls are met on automate01. <strong class=\"fail\">1 fail"
           "</strong>: 1 high. 1 could not be evaluated. 1 must be attested by somebody.",
           "<tr><th scope=\"row\">Network</th><td class=\"nowrap\">1 of 5 (20&nbsp;%)</td>",
           "<tr><th scope=\"row\">high</th><td class=\"number\">1</td>",
           "<article id=\"r1-ACME-01\">",
           "snapshot policies/hosts/automate01.yaml:88",
           "<h5>Why it matters</h5>\n<p>Databases must not be reachable from outside.</p>",
           "<h5>How to fix it</h5>\n<p>Run <code>Remove-NetFirewallRule -Name &lt;rule&gt;</code>.</p>",
           "stig V-254356",
           "<a href=\"https://example.org/mysql\" rel=\"noreferrer noopener\">",
           "collect again with administrator (LSA policy read)",
           "Restore a backup on a spare host.",
           "<td>expiring</td><td></td><td>2026-03-20</td><td>automate*</td><td>infra</td>",
           "<td class=\"id\"><code>allowed</code></td><td>7</td><td>7 (--set)</td>",
           "<h3 id=\"r1-pass\">What passes</h3>",
           "<h3 id=\"r1-na\">What does not apply</h3>",
       }) {
    INFO(part);
    CHECK(has(text, part));
  }
  CHECK(text.find("What fails</h3>") < text.find("What passes</h3>"));
  CHECK_FALSE(has(text, "<script"));
}

TEST_CASE("the HTML report of several runs names them all, and is the same for the same runs", "[html]") {
  const test::Sample sample;
  const std::string two = report::write_html({sample.report(), sample.report()});
  CHECK(has(two, "<a href=\"#r1\">Hardening of Acme hosts</a>"));
  CHECK(has(two, "<article id=\"r2-ACME-01\">"));
  CHECK(two == report::write_html({sample.report(), sample.report()}));
  CHECK(has(report::write_html({}), "</html>"));
}

TEST_CASE("nothing a host or a policy says acts in the HTML report", "[html]") {
  test::Sample sample;
  const std::string evil = "</pre></style><script>x</script><img src=x onerror=y>\" ' \x1b\n\n# h";
  sample.facts.identity = {evil, evil, 1};
  sample.program.policy.title = sample.text(evil);
  sample.program.groups[0].title = sample.text(evil);
  for (ir::Control& control : sample.program.controls)
    control.id = control.title = control.because = control.fix = control.description = sample.text(evil);
  sample.program.controls[4].manual->instruction = sample.text(evil);
  sample.program.waivers[0].reason = sample.program.waivers[0].owner = sample.text(evil);
  sample.program.parameters[0].doc = sample.text(evil);
  sample.evaluation.controls[2].unknowns[0] = {value::UnknownReason::AccessDenied, evil, evil};
  for (auto& [control, explanation] : sample.explanations) {
    for (auto& require : explanation.requires_) {
      require.label = evil;
      require.remedies = require.notes = {evil};
      for (auto& node : require.nodes) node.value = evil;
    }
  }
  report::RunReport report = sample.report();
  report.targets[0].name = evil;
  const std::string text = report::write_html({report});
  for (const char* part : {"<script", "<img", "\x1b", "onerror=y>"}) {
    INFO(part);
    CHECK_FALSE(has(text, part));
  }
}
