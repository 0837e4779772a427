// Facts written as a .reg file and read again are the same facts. Under Wine regedit stands between (backends_windows).
#include "runtime/backends/reg/reg.hpp"
#include "tests/support/file_target.hpp"
#include "tests/support/reg_writer.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;

namespace {

constexpr const char* kRoot = "HKLM\\SOFTWARE\\polc-test";

value::RegistryEvidence read(const std::string& bytes) {
  test::FileTarget target;
  target.add("a.reg", bytes);
  auto all = reg_backend().collect(target.file("a.reg"), {}, target.sink);
  CAPTURE(target.messages());
  REQUIRE(all);
  CHECK(target.messages().empty());
  return std::move(all->front().registry);
}

}  // namespace

TEST_CASE("reg: made-up facts survive being written and read") {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    CAPTURE(seed);
    const auto facts = test::made_up_registry(kRoot, seed);
    CHECK(test::registry_text(read(test::reg_file(facts)), kRoot) == test::registry_text(facts, kRoot));
  }
}

TEST_CASE("reg: the comparison sees a single byte") {
  auto facts = test::made_up_registry(kRoot, 1);
  const std::string before = test::registry_text(facts, kRoot);
  auto& data = facts.begin()->second.values.begin()->second.data.value;
  data = {value::RegistryType::Binary, 0, std::vector<std::uint8_t>{1}};
  const std::string with_one = test::registry_text(facts, kRoot);
  std::get<std::vector<std::uint8_t>>(data.data)[0] = 2;
  CHECK(test::registry_text(facts, kRoot) != with_one);
  CHECK(before != with_one);
}

TEST_CASE("reg: no truncation of a file reads as other facts than those that are whole") {
  const auto facts = test::made_up_registry(kRoot, 7);
  const std::string whole = test::reg_file(facts);
  for (std::size_t cut = 2; cut < whole.size(); cut += 997) {
    test::FileTarget target;
    target.add("a.reg", whole.substr(0, cut));
    const auto all = reg_backend().collect(target.file("a.reg"), {}, target.sink);
    if (!all) continue;
    for (const auto& [folded, key] : all->front().registry) {
      for (const auto& [name, row] : key.values) {
        if (!row.data.present()) continue;
        CAPTURE(cut, key.path, name);
        const auto known = facts.find(folded);
        REQUIRE(known != facts.end());
        REQUIRE(known->second.values.contains(name));
        CHECK(known->second.values.at(name).data.value == row.data.value);
      }
    }
  }
}
