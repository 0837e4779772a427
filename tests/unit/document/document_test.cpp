#include "authoring/document/document.hpp"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "compiler/compile.hpp"
#include "runtime/value/resource.hpp"
#include "stdlib/embedded.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using document::Document;

namespace {

constexpr std::string_view kPolicy = R"(policy "demo" "Demo <b>" {
  version "1.0.0"
  description """What *every* server must look like."""
}
param least: int in 8..128 = 14 stricter up "Least length"
group "Accounts" {
  control "DEMO-1" "Passwords are long" {
    severity high
    tags "accounts"
    refs stig("V-254467"), url("https://example.org/a")
    because """Short ones are guessed: <script>x</script>."""
    fix """Run `x`."""
    when host.role == member
    require long: password_policy.min_length >= least
    formerly "OLD-1"
  }
}
control "DEMO-2" "Somebody looked" { manual "Did you look?" }
waive "DEMO-1" on host "lab*" until 2027-01-31 { reason "lab" owner "me" }
)";

Document demo() {
  os::MemoryFileSystem files;
  files.files["/demo.pol"] = std::string(kPolicy);
  base::SourceManager sources;
  base::DiagnosticSink sink;
  compiler::CompileOptions options;
  options.policy_path = "/demo.pol";
  options.root = "/";
  const auto result = compiler::compile(options, files, sources, sink);
  REQUIRE(result.program);
  return document::policy_document(*result.program);
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t entries(const Document& document) {
  std::size_t number = 0;
  for (const document::Section& section : document.sections) number += section.entries.size();
  return number;
}

}  // namespace

TEST_CASE("the page of a policy has what its SARIF rules have", "[document]") {
  const Document document = demo();
  REQUIRE(document.sections.size() == 2);
  const std::string text = document::write_markdown(document);
  for (const char* part : {
           "# Demo &lt;b\\>\n",
           "\nWhat *every* server must look like.\n",
           "| least | int | 8\\..128 | 14 | default | Least length |\n",
           "| DEMO-1 | lab\\* |  | 2027-01-31 | me | lab |  |\n",
           "\n## Accounts\n\n### `DEMO-1`\n\nPasswords are long\n\nSeverity: high; Reference: stig, url; "
           "Tag: accounts\n",
           "\n**Check**\n\n```pol\nwhen host.role == member\nrequire long: password_policy.min_length >= "
           "least\n```\n",
           "\n**Rationale**\n\nShort ones are guessed: \\<script>x\\</script>.\n",
           "\n**Fix**\n\nRun `x`.\n",
           "\n- stig V-254467\n- <https://example.org/a>\n",
           "\nWritten in demo.pol:7, formerly OLD-1\n",
           "\n## Other controls\n\n### `DEMO-2`\n",
           "\n**Manual check**\n\nDid you look?\n",
       }) {
    INFO(part);
    INFO(text);
    CHECK(has(text, part));
  }
}

TEST_CASE("the HTML page can be filtered by what entries are", "[document]") {
  const std::string text = document::write_html(demo());
  for (const char* part : {
           "<label>Severity<select name=\"f1\"><option value=\"\">all</option><option "
           "value=\"high\">high</option>",
           "<article id=\"DEMO-1\" data-f0=\"Accounts\" data-f1=\"high\" data-f2=\"stig\nurl\" "
           "data-f3=\"accounts\">",
           "<p>Short ones are guessed: &lt;script&gt;x&lt;/script&gt;.</p>",
           "<title>Demo &lt;b&gt;</title>",
       }) {
    INFO(part);
    CHECK(has(text, part));
  }
  CHECK(text == document::write_html(demo()));
}

TEST_CASE("the catalogue page has every resource, enumeration and row", "[document]") {
  const Document document = document::catalogue_document();
  CHECK(entries(document) ==
        value::resource_catalogue().size() + value::enumerations().size() + value::records().size());
  const std::string text = document::write_markdown(document);
  for (const value::ResourceInfo& resource : value::resource_catalogue()) {
    INFO(resource.name);
    CHECK(has(text, "\n### `" + std::string(resource.name) + "`\n"));
    CHECK(has(text, "**Example**\n\n```pol\n" + std::string(resource.example) + "\n```\n"));
  }
}

TEST_CASE("the library page has every module and each of its declarations once", "[document]") {
  const Document document = document::library_document();
  REQUIRE(document.sections.size() == stdlib::modules().size());
  CHECK(entries(document) > 200);
  std::set<std::string> names;
  for (const document::Section& section : document.sections) {
    for (const document::Entry& entry : section.entries) CHECK(names.insert(entry.name).second);
  }
  const std::string text = document::write_markdown(document);
  CHECK(has(text, "```pol\ndef is_closed(p: port)\n```\n"));
  CHECK(has(text, "Nobody but the machine itself gets through the firewall."));
  CHECK(has(text, "inf \"System Access\", 'MinimumPasswordLength'\n"));
}

TEST_CASE("docs/resources.md is made from the catalogue", "[document]") {
  const std::string path = std::string(POLC_SOURCE_DIR) + "/docs/resources.md";
  const std::string page = document::write_markdown(document::catalogue_document());
  if (std::getenv("POLC_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << page;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream file;
  file << stream.rdbuf();
  const bool same = file.str() == page;
  INFO(
      "docs/resources.md is stale: run 'POLC_UPDATE=1 build/dev/tests/unit/document/test_document "
      "[document]'");
  CHECK(same);
}
