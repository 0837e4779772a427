// The machine itself: a plan that asks for one section gets that and nothing else.
#include "runtime/backends/windows/windows_backend.hpp"
#include "tests/support/beyond_slice.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using value::EvidenceSection;

namespace {

value::Evidence collect(const PlanSlice* slice) {
  base::DiagnosticSink sink;
  auto pieces = windows_backend().collect({}, {.slice = slice}, sink);
  REQUIRE(pieces);
  return std::move(pieces->front());
}

}  // namespace

TEST_CASE("live: of each section alone nothing but that section is looked for") {
  test::for_each_section([](EvidenceSection section) {
    CAPTURE(value::section_name(section));
    PlanSlice slice;
    slice.add(section);
    CHECK(test::beyond_slice(collect(&slice), slice) == std::vector<std::string>());
  });
}

TEST_CASE("live: a plan of several sections is seen to ask for more than one of them") {
  PlanSlice one, two;
  one.add(EvidenceSection::Services);
  two.add(EvidenceSection::Services);
  two.add(EvidenceSection::Volumes);
  CHECK(test::beyond_slice(collect(&two), one) == std::vector<std::string>{"volumes"});
}
