#include "runtime/backends/registry_builder.hpp"

#include "runtime/base/limits.hpp"
#include "runtime/derive/registry.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends {
namespace {

using value::FactStatus;
using value::UnknownReason;
using Data = RegistryBuilder::Data;

Data number(std::uint64_t n) {
  return Data::of({value::RegistryType::Dword, 0, n});
}

}  // namespace

TEST_CASE("registry instructions: a key that another part deletes keeps nothing certain") {
  value::Evidence evidence;
  RegistryBuilder registry(evidence, nullptr);
  registry.set("HKLM\\A\\B", "x", number(1));
  registry.begin_part();
  registry.delete_key("HKLM\\A", 0);
  registry.close("HKLM", 0);
  const auto x = derive::Registry(evidence).data("HKLM\\A\\B", "x");
  REQUIRE(x.status == FactStatus::Unknown);
  CHECK(x.unknowns.front().reason == UnknownReason::Conflict);
}

TEST_CASE("registry instructions: siblings with a common beginning are not below a deleted key") {
  value::Evidence evidence;
  RegistryBuilder registry(evidence, nullptr);
  registry.set("HKLM\\A B", "x", number(1));
  registry.set("HKLM\\AB", "x", number(1));
  registry.set("HKLM\\A\\B", "x", number(1));
  registry.delete_key("HKLM\\A", 0);
  const derive::Registry read(evidence);
  CHECK(read.data("HKLM\\A B", "x").status == FactStatus::Present);
  CHECK(read.data("HKLM\\AB", "x").status == FactStatus::Present);
  CHECK(read.data("HKLM\\A\\B", "x").status == FactStatus::Absent);
}

TEST_CASE("registry instructions: more keys than may be recorded close nothing") {
  const auto closed_with = [](std::size_t keys) {
    value::Evidence evidence;
    RegistryBuilder registry(evidence, nullptr);
    // The root is a key, too.
    for (std::size_t i = 1; i < keys; ++i) registry.create_key("HKLM\\" + std::to_string(i), 0);
    registry.close("HKLM", 0);
    return derive::Registry(evidence).data("HKLM\\X", "x");
  };
  CHECK(closed_with(limits::kRegistryKeys).status == FactStatus::Absent);
  const auto open = closed_with(limits::kRegistryKeys + 1);
  REQUIRE(open.status == FactStatus::Unknown);
  CHECK(open.unknowns.front().reason == UnknownReason::Budget);
}

}  // namespace polc::backends
