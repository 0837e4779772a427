// What the resource catalogue shows to authors is right.
#include "tests/unit/catch.hpp"
#include "tests/unit/compiler/compiled.hpp"

using namespace polc;

TEST_CASE("the example of every resource compiles") {
  for (const value::ResourceInfo& resource : value::resource_catalogue()) {
    CAPTURE(resource.name);
    const auto compiled =
        test::compile_text(test::policy_with(std::string(resource.example), "use std.gpo\n"));
    CHECK(compiled.codes().empty());
    CHECK(compiled.program);
  }
}
