#include "runtime/formats/sddl.hpp"

#include <string>

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

using Form = value::Principal::Form;

SecurityDescriptor parse(std::string_view text) {
  auto parsed = parse_sddl(text);
  INFO(text);
  REQUIRE(parsed);
  return *parsed;
}

std::string error(std::string_view text) {
  const auto parsed = parse_sddl(text);
  INFO(text);
  REQUIRE_FALSE(parsed);
  return std::to_string(parsed.error().offset) + ": " + parsed.error().what;
}

std::uint32_t mask(std::string_view rights) {
  return parse("D:(A;;" + std::string(rights) + ";;;WD)").entries.at(0).mask;
}

}  // namespace

TEST_CASE("a whole descriptor is read") {
  const auto d =
      parse("O:BAG:SYD:PAI(A;OICI;FA;;;SY)(D;CIIO;0x1301bf;;;S-1-5-21-1-2-3-1001)S:AI(AU;SAFA;WD;;;WD)");
  CHECK(d.owner->sid == "S-1-5-32-544");
  CHECK(d.group->sid == "S-1-5-18");
  CHECK(d.protected_list);
  CHECK_FALSE(d.null_list);
  REQUIRE(d.entries.size() == 2);
  CHECK(d.entries[0].allow);
  CHECK(d.entries[0].mask == 0x1F01FF);
  CHECK(d.entries[0].flags == (ace_flag::kObjectInherit | ace_flag::kContainerInherit));
  CHECK_FALSE(d.entries[1].allow);
  CHECK(d.entries[1].mask == 0x1301BF);
  CHECK(d.entries[1].flags == (ace_flag::kContainerInherit | ace_flag::kInheritOnly));
  CHECK(d.entries[1].trustee.sid == "S-1-5-21-1-2-3-1001");
}

TEST_CASE("no list, an empty list and NO_ACCESS_CONTROL are three things") {
  CHECK(parse("O:SY").null_list);
  CHECK(parse("").null_list);
  CHECK(parse("D:NO_ACCESS_CONTROL").null_list);
  const auto empty = parse("O:SYD:PG:SY");
  CHECK_FALSE(empty.null_list);
  CHECK(empty.protected_list);
  CHECK(empty.entries.empty());
  CHECK_FALSE(parse("D:P").null_list);
}

TEST_CASE("access rights are names, or hexadecimal, decimal and octal numbers") {
  struct Case {
    const char* rights;
    std::uint32_t mask;
  };
  const Case cases[] = {
      {"", 0},
      {"FA", 0x1F01FF},
      {"FRFX", 0x1200A9},
      {"FW", 0x120116},
      {"GA", 0x10000000},
      {"GRGW", 0xC0000000},
      {"KA", 0xF003F},
      {"KR", 0x20019},
      {"SDRCWDWO", 0xF0000},
      {"CCDCLCSWRPWPDTLOCR", 0x1FF},
      {"ccdc", 3},
      {"0x1301bf", 0x1301BF},
      {"0X1301BF", 0x1301BF},
      {"268435456", 0x10000000},
      {"017", 15},
      {"0xffffffff", 0xFFFFFFFF},
  };
  for (const Case& c : cases) {
    CAPTURE(c.rights);
    CHECK(mask(c.rights) == c.mask);
  }
  CHECK(error("D:(A;;0x1ffffffff;;;WD)") == "6: not an access mask: \"0x1ffffffff\"");
  CHECK(error("D:(A;;FAXX;;;WD)") == "8: unknown access right \"XX\"");
  CHECK(error("D:(A;;F;;;WD)") == "6: unknown access right \"F\"");
}

TEST_CASE("aliases are SIDs, or relative to the domain or the machine") {
  const auto trustee = [](std::string_view alias) {
    return parse("D:(A;;FA;;;" + std::string(alias) + ")").entries.at(0).trustee;
  };
  CHECK(trustee("BU").sid == "S-1-5-32-545");
  CHECK(trustee("CO").sid == "S-1-3-0");
  CHECK(trustee("wd").sid == "S-1-1-0");
  CHECK(trustee("DA").form == Form::DomainRelative);
  CHECK(trustee("DA").rid == 512);
  CHECK(trustee("LG").form == Form::MachineRelative);
  CHECK(trustee("LG").rid == 501);
  CHECK(trustee("S-1-5-0X20-544").sid == "S-1-5-32-544");
  CHECK(error("D:(A;;FA;;;ZZ)") == "11: unknown SID alias \"ZZ\"");
  CHECK(error("D:(A;;FA;;;S-1-)") == "11: not a security identifier: \"S-1-\"");
  CHECK(error("D:(A;;FA;;;)") == "11: missing security identifier");
}

TEST_CASE("conditional and object entries are marked, not ignored") {
  CHECK(
      parse("D:(XA;;FA;;;WD;(@User.Title == \"a) b\" && (Member_of {SID(BA)})))").entries.at(0).conditional);
  CHECK(parse("D:(XD;;FA;;;WD;(x))").entries.at(0).conditional);
  CHECK_FALSE(parse("D:(XD;;FA;;;WD;(x))").entries.at(0).allow);
  CHECK(parse("D:(OA;;RP;bf967aba-0de6-11d0-a285-00aa003049e2;;WD)").entries.at(0).conditional);
  CHECK_FALSE(parse("D:(OA;;RP;;;WD)").entries.at(0).conditional);
  CHECK_FALSE(parse("D:(A;;FA;;;WD)").entries.at(0).conditional);
}

TEST_CASE("malformed descriptors are refused at their place") {
  CHECK(error("X") == "0: expected O:, G:, D: or S: in a security descriptor");
  CHECK(error("Q:SY") == "0: expected O:, G:, D: or S: in a security descriptor");
  CHECK(error("O:SYO:BA") == "4: part O: is given twice");
  CHECK(error("D:(A;;FA;;;WD") == "2: an entry is not closed by )");
  CHECK(error("D:(A;;FA;;WD)") == "3: an entry needs six fields: type;flags;rights;guid;guid;sid");
  CHECK(error("D:(AU;;FA;;;WD)") == "3: unknown type of access control entry \"AU\"");
  CHECK(error("D:(A;XY;FA;;;WD)") == "5: unknown inheritance flag \"XY\"");
  CHECK(error("D:Z(A;;FA;;;WD)") == "2: unknown flag of an access list: \"Z(\"");
  CHECK(error("O:") == "2: missing security identifier");
}

TEST_CASE("the size of a descriptor is bounded") {
  std::string list = "D:";
  for (std::size_t i = 0; i < limits::kSddlEntries; ++i) list += "(A;;FA;;;WD)";
  CHECK(parse(list).entries.size() == limits::kSddlEntries);
  CHECK_FALSE(parse_sddl(list + "(A;;FA;;;WD)"));

  const std::string longest = "O:SY" + std::string(limits::kSddlBytes - 4, ' ');
  CHECK(parse_sddl(longest));
  CHECK_FALSE(parse_sddl(longest + " "));
  // Brackets in a condition are counted, not recursed into.
  const std::string deep(100'000, '(');
  CHECK_FALSE(parse_sddl("D:(XA;;FA;;;WD;" + deep));
}

}  // namespace polc::formats
