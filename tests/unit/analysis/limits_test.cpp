// Bounds of the analysis, at N and N + 1: above each the answer is "undetermined".
#include "authoring/limits.hpp"

#include "tests/unit/analysis/asked.hpp"

using namespace polc;
using analysis::Answer;
using analysis::Outcome;
using polc::test::answer_text;
using polc::test::ask;
using polc::test::requiring;

namespace {

std::string times(std::size_t count, const std::string& part, const std::string& between) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : between) + part;
  return text;
}

std::string for_each_port(std::size_t count, const std::string& condition) {
  return "all p in 1.." + std::to_string(count) + "/tcp: " + condition;
}

constexpr const char* kTooManyCombinations = "undetermined: there are too many combinations";

}  // namespace

TEST_CASE("elements of a range") {
  const auto fail = [](std::size_t last) {
    return ask(requiring(for_each_port(last, "port(p).listening")), Outcome::Fail);
  };
  CHECK(fail(limits::kAnalysisRange).answer == Answer::Found);
  CHECK(answer_text(fail(limits::kAnalysisRange + 1)) == "undetermined: a range has too many elements");
}

TEST_CASE("comparisons of a question") {
  constexpr std::size_t kEach = 8;
  static_assert(limits::kAnalysisAtoms % kEach == 0);
  const std::string all = for_each_port(limits::kAnalysisAtoms / kEach,
                                        "any { " + times(kEach, "port(p).listening", ", ") + " }");
  CHECK(ask(requiring("(" + all + ")"), Outcome::Fail).answer == Answer::Found);
  CHECK(answer_text(ask(requiring("(" + all + ") and port(1/udp).listening"), Outcome::Fail)) ==
        "undetermined: the condition has too many parts");
}

TEST_CASE("combinations of values in one comparison") {
  // 0, the numbers up to the last one, the next one and the greatest one.
  const auto regions = [](const std::string& fact, int last) {
    std::string numbers;
    for (int i = 1; i <= last; ++i) numbers += (i == 1 ? "" : ", ") + std::to_string(i);
    return fact + " in {" + numbers + "}";
  };
  constexpr int kLast = 253;
  static_assert(limits::kAnalysisRelation == std::size_t{kLast + 3} * (kLast + 3));
  const auto pass = [&](int last) {
    return ask(requiring("password_policy.min_length < password_policy.history and " +
                         regions("password_policy.min_length", last) + " and " +
                         regions("password_policy.history", kLast)),
               Outcome::Pass);
  };
  CHECK(answer_text(pass(kLast)) == "password_policy.min_length = 1; password_policy.history = 2");
  CHECK(answer_text(pass(kLast + 1)) == kTooManyCombinations);
}

TEST_CASE("choices inside one another") {
  const auto pass = [](std::size_t choices) {
    return ask(requiring(for_each_port(choices, "port(p).listening or port(p).allowed_from == none")),
               Outcome::Pass);
  };
  CHECK(pass(limits::kAnalysisDepth).answer == Answer::Found);
  CHECK(answer_text(pass(limits::kAnalysisDepth + 1)) == kTooManyCombinations);
}

TEST_CASE("steps of a search") {
  const auto search = [](std::uint64_t steps) {
    const ir::Program program = requiring("password_policy.min_length >= 14 and host.role == dc");
    analysis::Question question;
    const analysis::FormulaId body = question.add_body(question.add_program(program), 0);
    return analysis::find_host(question, {{body, analysis::Want::True}}, steps);
  };
  std::uint64_t needed = 0;
  while (search(needed).answer == Answer::Undetermined) ++needed;
  CHECK(needed > 3);
  CHECK(search(needed).answer == Answer::Found);
  CHECK(answer_text(search(needed - 1)) == kTooManyCombinations);
}

TEST_CASE("regions of a location") {
  // Each further holder splits the sets in two.
  const auto pass = [](int holders) {
    std::string condition = "user_right(SeTcbPrivilege) == {}";
    for (int i = 1; i <= holders; ++i)
      condition += " and user_right(SeTcbPrivilege) contains 'S-1-5-80-" + std::to_string(i) + "'";
    return ask(requiring(condition), Outcome::Pass);
  };
  CHECK(answer_text(pass(10)) == "never");
  CHECK(answer_text(pass(11)) == "undetermined: the sets that it is compared with overlap too much");
}

TEST_CASE("texts that patterns tell apart") {
  // Which of the last twelve characters were an "a": a text for each combination.
  static_assert(limits::kAnalysisReadings == 1U << 12U);
  const std::string value = R"(registry('HKLM\SOFTWARE\X', 'V'))";
  const std::string matches = value + " like \"*a" + std::string(11, '?') + "\"";
  const std::string condition = matches + " and not " + matches;
  CHECK(answer_text(ask(requiring(condition), Outcome::Pass)) == "never");
  CHECK(answer_text(ask(requiring(condition + " and " + value + " like \"a\""), Outcome::Pass)) ==
        "undetermined: the patterns at one place tell too many texts apart");
}
