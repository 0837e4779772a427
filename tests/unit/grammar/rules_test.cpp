// The rules by themselves: no left recursion, no loop without progress, and the parser, which walks bodies on its own,
// accepts what the rules accept.
#include "grammar/rules.hpp"

#include <string>
#include <tao/pegtl/contrib/analyze.hpp>

#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

namespace pegtl = tao::pegtl;
namespace rules = polc::grammar::rules;

TEST_CASE("the grammar has no rule that can loop") {
  CHECK(pegtl::analyze<rules::file>() == 0);
}
