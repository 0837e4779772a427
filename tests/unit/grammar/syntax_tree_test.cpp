#include "grammar/parse.hpp"
#include "tests/unit/catch.hpp"

TEST_CASE("x") {}
