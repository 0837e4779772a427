// The comparison as text, JSON, Markdown and SARIF.
#include <algorithm>

#include "authoring/diff/report.hpp"
#include "authoring/limits.hpp"
#include "tests/unit/diff/compared.hpp"
#include "tests/unit/report/json_schema.hpp"

using namespace polc;
using test::Compared;
using test::control;
using test::Json;

namespace {

const diff::Names kNames{"main:p.pol", "p.pol", false};
const std::string kMin = "password_policy.min_length";

std::string least(const std::string& id, int length, const std::string& clauses = {}) {
  return control(id, clauses + " require " + kMin + " >= " + std::to_string(length));
}

const Compared& sample() {
  static const Compared compared(
      "param n: int in 1..99 = 14\n" + control("A", "require " + kMin + " >= n") +
          least("B", 8, "severity high") + least("C", 3) + least("SAME", 4) + control("Q", "manual \"q\""),
      "param n: int in 1..99 = 12\nparam m: bool = true\n" + least("D", 90, "formerly \"C\"") +
          control("A", "require " + kMin + " >= n") + least("B", 8, "severity low") + least("SAME", 4) +
          control("NEW", "require host.secure_boot"));
  return compared;
}

}  // namespace

TEST_CASE("the text has a line for each claim and its witness, the worst first", "[diff]") {
  CHECK(diff::write_terminal(sample().difference, kNames, {}) == R"(unit.test 1.0.0
  main:p.pol -> p.pol

parameter     m: true is new
parameter     n: 14 -> 12

looser        A  t
    comes from parameter n: 14 -> 12
    it accepts hosts that it did not accept before
      password_policy.min_length = 12: failed before, passes now

looser        B  t
    its severity is lowered from high to low

looser        Q  t
    it is removed
      attested("Q") = no, today: failed before, is not judged now

stricter      D  t
    its id was `C`
    it does not accept all hosts that it accepted before
      password_policy.min_length = 3: passed before, fails now

stricter      NEW  t
    it is added
      host.secure_boot = false: was not judged before, fails now

controls: 3 looser, 2 stricter, 1 unchanged
)");
  CHECK(diff::write_terminal(sample().difference, kNames, {.quiet = true}) ==
        "controls: 3 looser, 2 stricter, 1 unchanged\n");
}

TEST_CASE("the JSON has the form of its schema", "[diff]") {
  const std::string text = diff::write_json(sample().difference, kNames);
  const Json document = Json::parse(text);
  const Json schema = Json::parse(diff::diff_schema());
  CHECK(test::Validator(schema).check(document) == std::vector<std::string>{});
  const Compared same(least("A", 14), least("A", 14));
  CHECK(test::Validator(schema).check(Json::parse(diff::write_json(same.difference, kNames))) ==
        std::vector<std::string>{});
  CHECK(text == diff::write_json(sample().difference, kNames));
  CHECK(document["exitCode"] == 1);
  CHECK(document["summary"]["looser"] == 3);
  CHECK(document["controls"][0]["change"] == "renamed");
  CHECK(document["controls"][1]["claims"][0]["witness"] ==
        Json{{"facts", {"password_policy.min_length = 12"}}, {"before", "fail"}, {"after", "pass"}});
  CHECK(document["controls"].back()["oldPlace"]["line"] == 15);
  CHECK(document["unchanged"] == Json{"SAME"});
  Json wrong = document;
  wrong["controls"][0]["effect"] = "fine";
  wrong["surplus"] = 1;
  CHECK(test::Validator(schema).check(wrong).size() == 2);
}

TEST_CASE("SARIF has a result for each claim, at the control or at the policy", "[diff]") {
  const Json log = Json::parse(diff::write_sarif(sample().difference, kNames, "0.1.0"));
  const Json& run = log["runs"][0];
  REQUIRE(run["results"].size() == 6);
  const auto result_of = [&](const std::string& about) {
    return *std::find_if(run["results"].begin(), run["results"].end(), [&](const Json& result) {
      return result["message"]["text"].get<std::string>().starts_with("`" + about + "`");
    });
  };
  const Json looser = result_of("A");
  CHECK(looser["ruleId"] == "POL6400");
  CHECK(looser["level"] == "warning");
  CHECK(
      looser["message"]["text"] ==
      "`A`: it accepts hosts that it did not accept before. Shown by password_policy.min_length = 12: failed "
      "before, passes now. See [parameter n: 14 -> 12](1).");
  CHECK(looser["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 2);
  CHECK(run["tool"]["driver"]["rules"][looser["ruleIndex"].get<std::size_t>()]["id"] == "POL6400");
  CHECK(result_of("NEW")["level"] == "note");
  const Json removed = result_of("Q");
  CHECK(removed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "p.pol");
  CHECK(removed["locations"][0]["physicalLocation"]["region"]["startLine"] == 1);
  CHECK(!removed.contains("relatedLocations"));

  diff::Names files = kNames;
  files.old_files_exist = true;
  const Json both = Json::parse(diff::write_sarif(sample().difference, files, "0.1.0"));
  CHECK(both["runs"][0]["results"].back()["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] ==
        15);
}

TEST_CASE("Markdown shows policies literally and has a bound", "[diff]") {
  const std::string evil = "<img src=x> [a](javascript:b) | `@all` *x*";
  const std::string before = "control \"A\" \"" + evil + "\" { require " + kMin + " >= 14 }\n";
  const std::string after =
      "control \"A\" \"" + evil + "\" { require registry('HKLM\\X', '<b>|@all') == 1 }\n";
  const Compared hostile(before, after);
  const std::string text = diff::write_markdown(hostile.difference, {"<i>a.pol", "b|.pol", false});
  INFO(text);
  CHECK(text.find("<img") == std::string::npos);
  CHECK(text.find("<i>") == std::string::npos);
  CHECK(text.find("<b>") == std::string::npos);
  CHECK(text.find("[a](") == std::string::npos);
  CHECK(text.find("@all") == std::string::npos);
  CHECK(text.find("**controls: 1 incomparable**") != std::string::npos);

  std::string many, fewer;
  for (int i = 0; i < 900; ++i) {
    const std::string number = std::to_string(i);
    many += control("CONTROL-" + number, "require registry('HKLM\\X" + number + "', 'V') == 1");
  }
  fewer = least("A", 1);
  const Compared large(many, fewer);
  const std::string cut = diff::write_markdown(large.difference, kNames);
  CHECK(cut.size() <= limits::kCommentBytes);
  CHECK(cut.find("900 looser") != std::string::npos);
  CHECK(cut.ends_with("`--report json=FILE` has everything.\n"));
}
