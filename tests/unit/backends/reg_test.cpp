#include "runtime/backends/reg/reg.hpp"

#include "runtime/derive/registry.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/support/file_target.hpp"
#include "tests/support/windows_bytes.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends {
namespace {

using value::FactStatus;
using value::Layer;
using value::UnknownReason;
using Texts = std::vector<std::string>;

const std::string kHead = "Windows Registry Editor Version 5.00\r\n\r\n";

struct Read {
  value::Evidence evidence;
  Texts messages;

  value::Fact fact(std::string_view key, std::string_view name, std::string_view user = {}) const {
    return derive::Registry(evidence).data(key, name, user);
  }
};

Read read(const std::string& text, const Request& request = {}) {
  test::FileTarget target;
  target.add("a.reg", text);
  const Target file = target.file("a.reg");
  REQUIRE(recognise(file) == &reg_backend());
  auto all = reg_backend().collect(file, request, target.sink);
  REQUIRE(all);
  return {std::move(all->front()), target.messages()};
}

}  // namespace

TEST_CASE("reg: an export is what is configured, with its lines, and nothing else") {
  const Read r =
      read(test::utf16_file(kHead + "[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\r\n\"x\"=dword:00000001\r\n"));
  CHECK(r.evidence.layer == Layer::Effective);
  const auto x = r.fact("HKLM\\SOFTWARE\\A", "X");
  CHECK(x.status == FactStatus::Present);
  CHECK(test::place_text(r.evidence, x.origin) == "t/a.reg:4");
  CHECK(r.fact("HKLM\\SOFTWARE\\A", "y").status == FactStatus::Unknown);
  CHECK(r.fact("HKLM\\SOFTWARE\\B", "x").status == FactStatus::Unknown);
  CHECK(r.fact("HKLM\\SOFTWARE", "x").status == FactStatus::Unknown);
  CHECK(r.messages.empty());
}

TEST_CASE("reg: a file with deletions is an instruction, and they are absences") {
  const Read r = read(
      kHead + "[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\r\n\"x\"=-\r\n\r\n[-HKEY_LOCAL_MACHINE\\SOFTWARE\\B]\r\n");
  CHECK(r.evidence.layer == Layer::Policy);
  CHECK(r.fact("HKLM\\SOFTWARE\\A", "x").status == FactStatus::Absent);
  CHECK(r.fact("HKLM\\SOFTWARE\\A", "y").status == FactStatus::Unknown);
  CHECK(r.fact("HKLM\\SOFTWARE\\B", "x").status == FactStatus::Absent);
  CHECK(r.fact("HKLM\\SOFTWARE\\B\\C", "x").status == FactStatus::Absent);
}

TEST_CASE("reg: what a file can answer depends on what is in it") {
  const auto about = [](const std::string& value, std::optional<Layer> asked = std::nullopt) {
    test::FileTarget files;
    files.add("a.reg", kHead + "[HKEY_LOCAL_MACHINE\\A]\r\n\"x\"=" + value + "\r\n");
    const Target target = files.file("a.reg");
    const auto capabilities = reg_backend().capabilities(&target, asked);
    REQUIRE(capabilities.size() == 1);
    return capabilities[0].about;
  };
  CHECK(about("dword:1") == About::Configured);
  CHECK(about("dword:1", Layer::Policy) == About::Policy);
  CHECK(about("-") == About::Policy);
}

TEST_CASE("reg: lines are carried out in order") {
  const std::string a = "[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\r\n";
  const Read r =
      read(kHead + a + "\"old\"=dword:1\r\n[-HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\r\n" + a +
           "\"new\"=dword:1\r\n\"new\"=dword:2\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\A\\Sub\\Key]\r\n");
  CHECK(r.fact("HKLM\\SOFTWARE\\A", "old").status == FactStatus::Absent);
  const auto value = r.fact("HKLM\\SOFTWARE\\A", "new");
  REQUIRE(value.status == FactStatus::Present);
  CHECK(std::get<std::uint64_t>(value.value.get<value::RegistryData>()->data) == 2);
  CHECK(r.fact("HKLM\\SOFTWARE\\A\\Other", "x").status == FactStatus::Absent);
  CHECK(r.fact("HKLM\\SOFTWARE\\A\\Sub\\Key", "x").status == FactStatus::Unknown);
}

TEST_CASE("reg: a key created below a deleted one brings that back, empty") {
  const Read r = read(
      kHead +
      "[-HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\A\\B\\C]\r\n\"x\"=dword:1\r\n");
  CHECK(r.fact("HKLM\\SOFTWARE\\A\\B\\C", "x").status == FactStatus::Present);
  CHECK(r.fact("HKLM\\SOFTWARE\\A", "x").status == FactStatus::Absent);
  CHECK(r.evidence.registry.at("HKLM\\SOFTWARE\\A").presence.present());
}

TEST_CASE("reg: HKEY_CURRENT_USER is nobody's in an export, everybody's in a policy") {
  const std::string text = kHead + "[HKEY_CURRENT_USER\\Software\\A]\r\n\"x\"=dword:1\r\n";
  const Read effective = read(text);
  CHECK(effective.evidence.registry.empty());
  CHECK(effective.messages ==
        Texts{"t/a.reg:3: 'HKEY_CURRENT_USER\\Software\\A' does not say whose, and is left out"});
  const Read policy = read(text, {.layer = Layer::Policy});
  CHECK(policy.evidence.layer == Layer::Policy);
  CHECK(policy.fact("HKCU\\Software\\A", "x", "Default").status == FactStatus::Present);
  CHECK(policy.messages.empty());
}

TEST_CASE("reg: broken data is unknown, its neighbours are not") {
  const Read r = read(kHead + "[HKEY_LOCAL_MACHINE\\A]\r\n\"x\"=hex(4):01\r\n\"y\"=dword:1\r\n");
  const auto x = r.fact("HKLM\\A", "x");
  REQUIRE(x.status == FactStatus::Unknown);
  CHECK(x.unknowns.front() == value::Unknown{UnknownReason::Corrupt, {}, "a REG_DWORD of 1 bytes"});
  CHECK(r.fact("HKLM\\A", "y").status == FactStatus::Present);
}

TEST_CASE("reg: what cannot be read is refused with its place") {
  test::FileTarget target;
  target.add("a.reg", kHead + "[HKEY_LOCAL_MACHINE\\A]\r\nnonsense\r\n");
  target.add("odd.reg", test::utf16_file(kHead) + "x");
  CHECK_FALSE(reg_backend().collect(target.file("a.reg"), {}, target.sink));
  CHECK_FALSE(reg_backend().collect(target.file("odd.reg"), {}, target.sink));
  CHECK(target.messages() ==
        Texts{"'t/odd.reg' cannot be read: byte 82: an odd number of bytes in UTF-16 text",
              "t/a.reg:4: 't/a.reg' cannot be read: neither a key nor a value"});
}

TEST_CASE("reg: a key that cannot exist is reported and left out") {
  const Read r = read(kHead + "[HKEY_NOWHERE\\A]\r\n\"x\"=dword:1\r\n");
  CHECK(r.evidence.registry.empty());
  CHECK(r.messages == Texts{"t/a.reg:3: 'HKEY_NOWHERE\\A' names no registry key or value"});
}

TEST_CASE("reg: only keys of the plan are kept") {
  PlanSlice slice;
  slice.add_registry_key(value::folded("HKLM\\A"));
  const Read r = read(kHead + "[HKEY_LOCAL_MACHINE\\A]\r\n[HKEY_LOCAL_MACHINE\\B]\r\n", {.slice = &slice});
  CHECK(r.evidence.registry.count("HKLM\\A") == 1);
  CHECK(r.evidence.registry.count("HKLM\\B") == 0);
}

}  // namespace polc::backends
