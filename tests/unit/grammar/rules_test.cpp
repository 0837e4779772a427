// The rules by themselves: no left recursion, no loop without progress, and the parser, which walks bodies on its own,
// accepts what the rules accept.
#include "grammar/rules.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tao/pegtl/contrib/analyze.hpp>

#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

namespace pegtl = tao::pegtl;
namespace rules = polc::grammar::rules;

namespace {

/// Whether the rules alone, without the parser that walks bodies, accept a file.
bool rules_accept(const std::string& text) {
  pegtl::memory_input input(text, "test.pol");
  try {
    return pegtl::parse<rules::file>(input);
  } catch (const pegtl::parse_error&) {
    return false;
  }
}

/// No error but those of checks behind the rules: literals without a value, `or absent` as an operand, mixed braces.
bool has_the_form(const polc::grammar::test::Parsed& parsed) {
  const std::set<std::uint16_t> kChecks{1012, 1013, 1014, 1015, 1016, 1017, 1019, 1020, 1038, 1044};
  return std::all_of(parsed.diagnostics.begin(), parsed.diagnostics.end(),
                     [&](const auto& diagnostic) { return kChecks.count(diagnostic.code) == 1; });
}

}  // namespace

TEST_CASE("the grammar has no rule that can loop") {
  CHECK(pegtl::analyze<rules::file>() == 0);
}

TEST_CASE("the parser accepts what the rules accept") {
  using polc::grammar::test::parse_text;
  using polc::grammar::test::read_file;
  for (const std::string path :
       {"stdlib/std/tls.pol", "stdlib/std/account_policies.pol", "stdlib/std/user_rights.pol"}) {
    INFO(path);
    CHECK(rules_accept(read_file(path)));
    CHECK(parse_text(read_file(path)).ok());
  }
  const std::string sound = read_file("tests/unit/grammar/worked_example.pol");
  const std::string without_test = sound.substr(0, sound.find("test \"an open"));
  CHECK(rules_accept(without_test));
  for (std::size_t cut = 0; cut < without_test.size(); cut += 31) {
    const std::string broken = without_test.substr(0, cut) + without_test.substr(cut + 3);
    INFO(broken);
    CHECK(rules_accept(broken) == has_the_form(parse_text(broken)));
  }
}
