#include "runtime/report/junit/junit.hpp"

#include <pugixml.hpp>

#include "runtime/report/junit/document.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;
using report::junit::Outcome;

namespace {

pugi::xml_document parse(const std::string& text) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_string(text.c_str(), pugi::parse_full);
  INFO(text);
  REQUIRE(result);
  return document;
}

pugi::xml_node case_of(const pugi::xml_document& document, const std::string& id) {
  for (const pugi::xml_node node : document.child("testsuites").child("testsuite").children("testcase")) {
    if (std::string(node.attribute("name").value()).starts_with(id + " ")) return node;
  }
  return {};
}

}  // namespace

TEST_CASE("a CI server sees each verdict for what it is", "[junit]") {
  const test::Sample sample;
  const auto document = parse(report::write_junit({sample.report()}));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  CHECK(std::string(suite.attribute("name").value()) == "acme.hosts on automate01");
  CHECK(std::string(suite.attribute("timestamp").value()) == "2026-03-01T00:00:00");
  CHECK(suite.attribute("tests").as_int() == 6);
  CHECK(suite.attribute("failures").as_int() == 1);
  CHECK(suite.attribute("errors").as_int() == 2);
  CHECK(suite.attribute("skipped").as_int() == 2);
  const std::pair<const char*, const char*> expected[]{{"ACME-01", "failure"}, {"ACME-02", ""},
                                                       {"ACME-03", "error"},   {"ACME-04", "skipped"},
                                                       {"ACME-05", "error"},   {"ACME-06", "skipped"}};
  for (const auto& [id, element] : expected) {
    const pugi::xml_node node = case_of(document, id);
    INFO(id);
    CHECK(std::string(node.attribute("classname").value()) == "acme.hosts/Network");
    CHECK(std::string(node.first_child().name()) == element);
  }
}

TEST_CASE("a failure says why, where and how to fix it", "[junit]") {
  const test::Sample sample;
  const auto document = parse(report::write_junit({sample.report()}));
  const pugi::xml_node node = case_of(document, "ACME-01");
  CHECK(std::string(node.attribute("file").value()) == "policies/acme hosts.pol");
  CHECK(node.attribute("line").as_int() == 8);
  const pugi::xml_node failure = node.child("failure");
  CHECK(std::string(failure.attribute("type").value()) == "high");
  const std::string text = failure.text().get();
  for (const char* part :
       {"'MySQL is reachable only where it must be' is not met on 'automate01'", "{any}",
        "snapshot policies/hosts/automate01.yaml:88", "passes when every allowed source is inside",
        "fix\nRun `Remove-NetFirewallRule -Name <rule>`."}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
  const std::string waived = case_of(document, "ACME-06").child("skipped").attribute("message").value();
  CHECK(waived.find("Waived until '2026-03-20' by 'infra'") != std::string::npos);
}

TEST_CASE("JUnit documents are well-formed, whatever the texts are", "[junit]") {
  const std::string evil =
      "a\x01\x1b]]><b a=\"'&amp;\xFF\xED\xA0\x80\xEF\xBF\xBE\xEF\xBF\xBF\xE2\x80\xAE\r\n\tz";
  const std::string text = report::junit::write_document(
      evil, {{evil, evil, 0, {{evil, evil}}, {{evil, evil, evil, 1, Outcome::Failed, evil, evil, evil}}}});
  const auto document = parse(text);
  for (const char c : text) CHECK((c == '\n' || static_cast<unsigned char>(c) >= ' '));
  for (const char* forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xED\xA0", "\xFF", "<b"})
    CHECK(text.find(forbidden) == std::string::npos);
  const std::string read =
      document.child("testsuites").child("testsuite").child("testcase").child("failure").text().get();
  CHECK(read ==
        "a\\u{1}\\u{1b}]]><b a=\"'&amp;\\x{ff}\\x{ed}\\x{a0}\\x{80}\\u{fffe}\\u{ffff}\\u{202e}\n    z");
}

TEST_CASE("counts are those of all suites", "[junit]") {
  const test::Sample sample;
  const auto document = parse(report::write_junit({sample.report(), sample.report()}));
  CHECK(document.child("testsuites").attribute("tests").as_int() == 12);
  CHECK(document.child("testsuites").attribute("errors").as_int() == 4);
  const auto empty = parse(report::write_junit({}));
  CHECK(empty.child("testsuites").attribute("tests").as_int() == 0);
}
