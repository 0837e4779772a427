#include "runtime/value/rights.hpp"
#include "tests/unit/derive/support.hpp"

namespace polc::derive::test {
namespace {

using value::ObjectClass;
using value::Rights;

constexpr std::uint32_t kModify = 0x301BF;
constexpr std::uint32_t kFull = 0xF01FF;

Evidence folder(std::string sddl) {
  Evidence e;
  e.file_security.rows = {{"C:\\LTShare", Reading<std::string>::of(std::move(sddl)), {}}};
  e.file_security.collected = true;
  e.host.variables = {{"WINDIR", "C:\\Windows"}};
  return e;
}

Fact ask(const Evidence& e, const char* attribute_name, const char* path = "C:\\LTShare") {
  return fact(e, address(ResourceKind::Acl, attribute_name, {value::text(path)}));
}

const value::MapValue& map(const Fact& f) {
  REQUIRE(f.value.get<value::MapValue>() != nullptr);
  return *f.value.get<value::MapValue>();
}

Rights rights_of(const Evidence& e, const char* attribute_name, const char* sid) {
  const Fact f = ask(e, attribute_name);
  for (const auto& entry : map(f).entries) {
    if (entry.key.get<value::Principal>()->sid == sid) return *entry.value.get<Rights>();
  }
  return {};
}

std::size_t size(const Evidence& e, const char* attribute_name) {
  const Fact f = ask(e, attribute_name);
  return map(f).entries.size();
}

}  // namespace

TEST_CASE("the guide's five boxes are one entry, with and without SYNCHRONIZE, in masks or generic") {
  for (const char* sddl : {"D:(A;OICI;0x1301bf;;;SY)", "D:(A;OICI;0x301bf;;;SY)",
                           "D:(A;OICI;0x1200a9;;;SY)(A;OICI;0x100116;;;SY)(A;OICI;SD;;;SY)"}) {
    CAPTURE(sddl);
    CHECK(rights_of(folder(sddl), "allow", "S-1-5-18") == value::rights_everywhere(kModify));
  }
  for (const char* sddl : {"D:(A;OICI;FA;;;SY)", "D:(A;OICI;GA;;;SY)", "D:(A;OICI;268435456;;;SY)",
                           "D:(A;;FA;;;SY)(A;OICIIO;GA;;;SY)"}) {
    CAPTURE(sddl);
    CHECK(rights_of(folder(sddl), "allow", "S-1-5-18") == value::rights_everywhere(kFull));
  }
}

TEST_CASE("inheritance flags decide where an entry counts") {
  struct Case {
    const char* flags;
    Rights rights;
  };
  const Case cases[] = {
      {"", {kFull, 0, 0}},
      {"CI", {kFull, kFull, 0}},
      {"OI", {kFull, 0, kFull}},
      {"OICI", {kFull, kFull, kFull}},
      {"OICIIO", {0, kFull, kFull}},
      {"CIIO", {0, kFull, 0}},
      {"OICINP", {kFull, kFull, kFull}},
      {"OICIID", {kFull, kFull, kFull}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.flags);
    const Evidence e = folder(std::string("D:(A;") + c.flags + ";FA;;;BU)");
    CHECK(rights_of(e, "allow", "S-1-5-32-545") == c.rights);
  }
  CHECK(size(folder("D:(A;IO;FA;;;BU)"), "allow") == 0);  // applies to nothing
  CHECK_FALSE(ask(folder("D:(A;OICINP;FA;;;BU)"), "allow").note.empty());
}

TEST_CASE("entries of a principal add up, allow and deny apart, whatever their order") {
  const Evidence e = folder("D:(D;;SD;;;BU)(A;;FR;;;BU)(A;;FX;;;BU)(A;;FR;;;WD)(D;;WD;;;BU)");
  CHECK(rights_of(e, "allow", "S-1-5-32-545").self == 0x200A9);
  CHECK(rights_of(e, "deny", "S-1-5-32-545").self == 0x50000);
  CHECK(size(e, "allow") == 2);
  CHECK(size(e, "deny") == 1);
  CHECK(line(ask(e, "trustees")) == "{Everyone, Users}");
}

TEST_CASE("no list is full access for everyone, an empty list is none") {
  for (const char* sddl : {"O:BA", "D:NO_ACCESS_CONTROL"}) {
    CAPTURE(sddl);
    CHECK(rights_of(folder(sddl), "allow", "S-1-1-0") == value::rights_everywhere(kFull));
    CHECK(size(folder(sddl), "deny") == 0);
    CHECK(line(ask(folder(sddl), "trustees")) == "{Everyone}");
  }
  CHECK(size(folder("D:P"), "allow") == 0);
  CHECK(map(ask(folder("D:P"), "allow")).complete);
  CHECK(line(ask(folder("D:P"), "trustees")) == "{}");
}

TEST_CASE("a conditional entry makes its principal unknown instead of being ignored") {
  const Evidence e = folder("D:(A;;FA;;;SY)(XA;;FA;;;BU;(@User.x == 1))(XD;;FA;;;WD;(@User.x == 1))");
  const Fact allow = ask(e, "allow");
  CHECK_FALSE(map(allow).complete);
  CHECK(map(allow).entries.size() == 1);
  CHECK(allow.unknowns.front().reason == UnknownReason::Unsupported);
  CHECK_FALSE(map(ask(e, "deny")).complete);
  CHECK(line(ask(e, "trustees")) == "{Everyone, SYSTEM, Users}");
}

TEST_CASE("owner, protection and inheritance marks") {
  const Evidence e = folder("O:BAD:PAI(A;OICIID;FA;;;SY)(A;;FR;;;BU)");
  CHECK(line(ask(e, "owner")) == "Administrators");
  CHECK(line(ask(e, "protected")) == "true");
  CHECK(line(ask(folder("D:AI"), "protected")) == "false");
  CHECK(line(ask(folder("D:AI"), "owner")) == "unknown: not collected");
  const Fact entries = ask(e, "entries");
  const auto& items = entries.value.get<value::ListValue>()->items;
  REQUIRE(items.size() == 2);
  CHECK(line(*(*items[0].get<value::Record>())->find("inherited")) == "true");
  CHECK(line(*(*items[1].get<value::Record>())->find("inherited")) == "false");
}

TEST_CASE("relative aliases need the host, and an unresolved one stays a principal of its own") {
  Evidence e = folder("D:(A;;FA;;;DA)(A;;FR;;;DA)(A;;FA;;;LA)");
  CHECK(size(e, "allow") == 2);
  CHECK_FALSE(map(ask(e, "allow")).entries[0].key.get<value::Principal>()->resolved());
  e.host.domain_sid = Reading<std::string>::of("S-1-5-21-1-2-3");
  CHECK(rights_of(e, "allow", "S-1-5-21-1-2-3-512").self == kFull);
}

TEST_CASE("paths, missing objects and descriptors that cannot be read") {
  Evidence e = folder("D:P");
  e.file_security.rows.push_back({"C:\\Windows\\System32", Reading<std::string>::of("D:(A;;FA;;;SY)"), {}});
  e.file_security.rows.push_back({"D:\\Gone", Reading<std::string>::absent(), {}});
  e.file_security.rows.push_back({"D:\\Bad", Reading<std::string>::of("D:(A;;XX;;;SY)"), {}});
  e.file_security.rows.push_back(
      {"D:\\Closed", Reading<std::string>::unreadable({UnknownReason::AccessDenied, {}, {}}), {}});
  CHECK(ask(e, "allow", "%WINDIR%\\system32").status == FactStatus::Present);
  CHECK(line(ask(e, "allow", "%ProgramData%\\x")) == "unknown: unresolved name");
  CHECK(line(ask(e, "allow", "D:\\Gone")) == "absent object");
  CHECK(line(ask(e, "trustees", "D:\\Bad")) == "unknown: corrupt");
  CHECK(line(ask(e, "owner", "D:\\Closed")) == "unknown: access denied");
  CHECK(line(ask(e, "allow", "E:\\Other")) == "unknown: not collected");
  CHECK(line(ask(e, "sddl", "c:\\ltshare")) == "\"D:P\"");
}

TEST_CASE("shares and registry keys: no children, and subkeys only") {
  Evidence e;
  e.shares.rows = {{"LTShare", {}, Reading<std::string>::of("D:(A;;0x1301bf;;;AU)"), 0}};
  const Fact share = fact(e, address(ResourceKind::ShareAcl, "allow", {value::text("ltshare")}));
  CHECK(*map(share).entries.at(0).value.get<Rights>() ==
        value::rights_everywhere(value::find_right(ObjectClass::Share, "Change").value()));
  CHECK(line(fact(e, address(ResourceKind::ShareAcl, "allow", {value::text("Other")}))) ==
        "unknown: not collected");

  e.key_security.rows = {{"HKLM\\SAM", Reading<std::string>::of("D:(A;CI;KR;;;BA)(A;;GA;;;SY)"), {}}};
  const Fact key_fact = fact(e, address(ResourceKind::RegistryAcl, "allow", {value::text("HKLM\\SAM")}));
  const auto& entries = map(key_fact).entries;
  CHECK(*entries.at(0).value.get<Rights>() == value::rights_everywhere(0x20019));
  CHECK(*entries.at(1).value.get<Rights>() == Rights{0xF003F, 0, 0});
}

}  // namespace polc::derive::test
