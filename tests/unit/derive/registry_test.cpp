#include "tests/unit/derive/support.hpp"

namespace polc::derive::test {
namespace {

constexpr const char* kLsa = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa";

Evidence lsa() {
  Evidence evidence;
  set(evidence, kLsa, "RestrictAnonymous", dword(0));
  return evidence;
}

}  // namespace

TEST_CASE("a registry value is present, absent only by closure, else unknown") {
  Evidence open = lsa();
  CHECK(line(registry(open, kLsa, "restrictanonymous")) == "dword(0)");
  CHECK(line(registry(open, kLsa, "Missing")) == "unknown: not collected");

  Evidence closed = lsa();
  key(closed, kLsa).values_complete = true;
  CHECK(line(registry(closed, kLsa, "Missing")) == "absent value");
  CHECK(line(registry(closed, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\Sub", "X")) ==
        "unknown: not collected");

  Evidence denied;
  denied.registry[value::folded("HKLM\\SAM")] = {
      "HKLM\\SAM", Reading<bool>::unreadable({UnknownReason::AccessDenied, {}, "error 5"}), {}, false, {},
      false};
  CHECK(line(registry(denied, "HKLM\\SAM", "X")) == "unknown: access denied");
  CHECK(line(registry(denied, "HKLM\\SAM\\SAM\\Domains", "X")) == "unknown: access denied");
  CHECK(registry(denied, "HKLM\\SAM\\SAM", "X").unknowns.front().detail == "error 5");
  CHECK(line(registry(Evidence{}, kLsa, "X")) == "unknown: not collected");
}

TEST_CASE("a key is absent when it is recorded so, below an absent key, or missing from complete subkeys") {
  Evidence evidence;
  evidence.registry[value::folded("HKLM\\SOFTWARE\\LabTech")] = {
      "HKLM\\SOFTWARE\\LabTech", Reading<bool>::absent(), {}, false, {}, false};
  CHECK(line(registry(evidence, "HKLM\\SOFTWARE\\LabTech", "X")) == "absent key");
  CHECK(line(registry(evidence, "HKLM\\SOFTWARE\\LABTECH\\Agent\\Deep", "X")) == "absent key");
  CHECK(line(registry(evidence, "HKLM\\SOFTWARE\\LabTech2", "X")) == "unknown: not collected");

  auto& protocols = key(evidence, "HKLM\\P");
  protocols.subkeys_complete = true;
  protocols.subkeys = {{"TLS 1.2", "TLS 1.2"}};
  CHECK(line(registry(evidence, "HKLM\\P\\TLS 1.0", "Enabled")) == "absent key");
  CHECK(line(registry(evidence, "HKLM\\P\\TLS 1.0\\Server", "Enabled")) == "absent key");
  CHECK(line(registry(evidence, "HKLM\\P\\TLS 1.2\\Server", "Enabled")) == "unknown: not collected");
}

TEST_CASE("registry_key tells what it saw and whether there can be more") {
  Evidence evidence = lsa();
  key(evidence, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\MSV1_0");
  const auto ask = [&](const char* attribute_name, const char* path) {
    return fact(evidence, address(ResourceKind::RegistryKey, attribute_name, {value::text(path)}));
  };
  const Fact open = ask("subkeys", kLsa);
  REQUIRE(open.status == FactStatus::Present);
  CHECK_FALSE(open.value.get<value::SetValue>()->exact());
  CHECK(open.value.get<value::SetValue>()->low == std::vector<Value>{value::text("MSV1_0")});
  CHECK_FALSE(open.unknowns.empty());

  // A key is known to exist when something below it does.
  CHECK(ask("values", "HKLM\\SYSTEM\\CurrentControlSet\\Control").status == FactStatus::Present);
  CHECK(line(ask("values", "HKLM\\SYSTEM\\Select")) == "unknown: not collected");

  auto& row = key(evidence, kLsa);
  row.values_complete = row.subkeys_complete = true;
  CHECK(line(ask("values", kLsa)) == "{\"RestrictAnonymous\"}");
  row.values[value::folded("Hidden")] = {
      "Hidden", Reading<RegistryData>::unreadable({UnknownReason::AccessDenied, {}, {}})};
  CHECK_FALSE(ask("values", kLsa).value.get<value::SetValue>()->exact());
}

TEST_CASE("the 32-bit view reads redirected keys only") {
  Evidence evidence;
  set(evidence, "HKLM\\SOFTWARE\\WOW6432Node\\Vendor", "X", dword(32));
  set(evidence, "HKLM\\SOFTWARE\\Vendor", "X", dword(64));
  set(evidence, "HKLM\\SOFTWARE\\Policies\\Vendor", "X", dword(1));
  const auto view32 = [&](const char* path) {
    return line(fact(evidence, address(ResourceKind::Registry, "value",
                                       {value::text(path), value::text("X"), value::integer(32)})));
  };
  CHECK(view32("HKLM\\SOFTWARE\\Vendor") == "dword(32)");
  CHECK(view32("HKLM\\SOFTWARE\\Policies\\Vendor") == "dword(1)");
  CHECK(line(registry(evidence, "HKLM\\SOFTWARE\\Vendor", "X")) == "dword(64)");
}

TEST_CASE("HKCU is read from the hive of the user that is asked for") {
  Evidence evidence;
  const std::string sid = "S-1-5-21-1-2-3-1001";
  set(evidence, "HKU\\" + sid + "\\Software\\X", "Y", dword(1));
  evidence.users.rows = {{sid, "someone", true, {}, 0},
                         {"S-1-5-21-1-2-3-1002", "other", false, {UnknownReason::Corrupt, {}, "dirty"}, 0}};
  const auto ask = [&](const Value& user) {
    return line(fact(evidence, address(ResourceKind::Registry, "value",
                                       {value::text("HKCU\\Software\\X"), value::text("Y"), Value(), user})));
  };
  CHECK(ask(principal(sid)) == "dword(1)");
  CHECK(ask(principal("S-1-5-21-1-2-3-1002")) == "unknown: corrupt");
  CHECK(ask(principal("S-1-5-21-1-2-3-1003")) == "unknown: not collected");
  CHECK(ask(Value()) == "unknown: unresolved name");
}

TEST_CASE("registry keys are never split on a slash, and types are part of a value") {
  Evidence evidence;
  set(evidence, "HKLM\\S\\Ciphers\\RC4 128/128", "Enabled", dword(0));
  CHECK(line(registry(evidence, "HKLM\\S\\Ciphers\\RC4 128/128", "Enabled")) == "dword(0)");
  CHECK(line(registry(evidence, "HKLM\\S\\Ciphers\\RC4 128", "Enabled")) == "unknown: not collected");
  set(evidence, "HKLM\\S", "Text", sz("1"));
  CHECK(registry(evidence, "HKLM\\S", "Text").value.get<RegistryData>()->type == RegistryType::Sz);
}

}  // namespace polc::derive::test
