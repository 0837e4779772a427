// The bound of the pairs that are compared, at N and N + 1.
#include "authoring/limits.hpp"

#include "authoring/lint/findings.hpp"
#include "tests/unit/lint/linted.hpp"

using namespace polc;

namespace {

/// Groups of controls that speak about one place each.
lint::RelatedPairs pairs_of(const std::vector<int>& groups) {
  std::string text = test::kHeader;
  int controls = 0;
  for (std::size_t place = 0; place < groups.size(); ++place) {
    for (int i = 0; i < groups[place]; ++i) {
      const std::string value = "registry('HKLM\\SOFTWARE\\X', 'V" + std::to_string(place) + "')";
      text += test::control("C" + std::to_string(controls++), "require " + value + " == 1");
    }
  }
  const test::Compiled compiled = test::compile_text(text);
  REQUIRE(compiled.program);
  lint::Known known;
  known.can_pass = known.can_fail = true;
  return lint::related_pairs(*compiled.program,
                             std::vector<lint::Known>(static_cast<std::size_t>(controls), known));
}

}  // namespace

TEST_CASE("pairs up to the bound are compared, above it that is said") {
  static_assert(limits::kLintPairs == 181 * 180 / 2 + 14 * 13 / 2 + 3 * 2 / 2);
  const lint::RelatedPairs all = pairs_of({181, 14, 3, 1});
  CHECK(all.complete);
  CHECK(all.pairs.size() == limits::kLintPairs);
  const lint::RelatedPairs some = pairs_of({181, 14, 3, 2});
  CHECK_FALSE(some.complete);
  CHECK(some.pairs.size() == limits::kLintPairs);
}
