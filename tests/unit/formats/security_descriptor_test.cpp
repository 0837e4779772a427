// Binary security descriptors, assembled by hand, against the text that is read from them.
#include "runtime/formats/security_descriptor.hpp"

#include "runtime/formats/sddl.hpp"
#include "tests/support/hive_builder.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

using test::le;

std::string sid(std::uint8_t authority, const std::vector<std::uint32_t>& parts) {
  std::string bytes = le(1, 1) + le(parts.size(), 1) + std::string(5, '\0') + le(authority, 1);
  for (const std::uint32_t part : parts) bytes += le(part, 4);
  return bytes;
}

const std::string kAdmins = sid(5, {32, 544});
const std::string kSystem = sid(5, {18});
const std::string kEveryone = sid(1, {0});

std::string entry(std::uint8_t type, std::uint8_t flags, std::uint32_t mask, const std::string& rest) {
  return le(type, 1) + le(flags, 1) + le(8 + rest.size(), 2) + le(mask, 4) + rest;
}

std::string list(const std::vector<std::string>& entries) {
  std::string body;
  for (const std::string& one : entries) body += one;
  return le(2, 2) + le(8 + body.size(), 2) + le(entries.size(), 2) + le(0, 2) + body;
}

std::string descriptor(std::uint16_t control, const std::string& owner, const std::string& group,
                       const std::string& access) {
  const std::size_t owner_at = 20;
  const std::size_t group_at = owner_at + owner.size();
  const std::size_t list_at = group_at + group.size();
  return le(1, 2) + le(control | 0x8000U, 2) + le(owner.empty() ? 0 : owner_at, 4) +
         le(group.empty() ? 0 : group_at, 4) + le(0, 4) + le(access.empty() ? 0 : list_at, 4) + owner +
         group + access;
}

std::string shown(const std::string& bytes) {
  const auto text = security_descriptor_text(bytes);
  if (!text) return std::to_string(text.error().offset) + ": " + text.error().what;
  CHECK(parse_sddl(*text));
  return *text;
}

}  // namespace

TEST_CASE("owner, group, flags and entries become SDDL in their order") {
  const auto bytes = descriptor(0x1404, kAdmins, kSystem,
                                list({entry(1, 0x0B, 0x10000, kEveryone), entry(0, 0x13, 0xF003F, kAdmins)}));
  CHECK(shown(bytes) ==
        "O:S-1-5-32-544G:S-1-5-18D:PAI(D;OICIIO;0x10000;;;S-1-1-0)(A;OICIID;0xf003f;;;S-1-5-32-544)");
}

TEST_CASE("no list, a null list and an empty list are three things") {
  CHECK(shown(descriptor(0, kAdmins, "", "")) == "O:S-1-5-32-544");
  CHECK(shown(descriptor(4, "", "", "")) == "D:NO_ACCESS_CONTROL");
  CHECK(shown(descriptor(4, "", "", list({}))) == "D:");
  CHECK(parse_sddl("D:NO_ACCESS_CONTROL")->null_list);
  CHECK_FALSE(parse_sddl("D:")->null_list);
}

TEST_CASE("entries that may or may not apply stay conditional") {
  const std::string guid(16, '\x11');
  const auto text = shown(
      descriptor(4, "", "",
                 list({entry(9, 0, 1, kEveryone + "artx"), entry(0x0A, 0, 2, kEveryone),
                       entry(5, 0, 4, le(0, 4) + kEveryone), entry(5, 0, 8, le(1, 4) + guid + kEveryone),
                       entry(6, 0, 16, le(2, 4) + guid + kEveryone)})));
  CHECK(text ==
        "D:(XA;;0x1;;;S-1-1-0;(...))(XD;;0x2;;;S-1-1-0;(...))(OA;;0x4;;;S-1-1-0)"
        "(OA;;0x8;11111111-1111-1111-1111-111111111111;;S-1-1-0)"
        "(OD;;0x10;;11111111-1111-1111-1111-111111111111;S-1-1-0)");
  const auto parsed = parse_sddl(text);
  std::vector<bool> conditional;
  for (const auto& one : parsed->entries) conditional.push_back(one.conditional);
  CHECK(conditional == std::vector<bool>{true, true, false, true, true});
}

TEST_CASE("a list of the largest size is read") {
  // 65535 bytes hold 3276 entries for one-part SIDs.
  std::vector<std::string> entries(3276, entry(0, 0, 1, kEveryone));
  CHECK(parse_sddl(*security_descriptor_text(descriptor(4, "", "", list(entries))))->entries.size() == 3276);
}

TEST_CASE("what contradicts its own sizes is refused with a place") {
  CHECK(shown("") == "0: the descriptor ends inside its header");
  CHECK(shown(std::string(20, '\0')) == "0: this is no self-relative descriptor");
  const std::string good = descriptor(4, kAdmins, "", list({entry(0, 0, 1, kEveryone)}));
  const auto changed = [&](std::size_t offset, std::uint64_t number, std::size_t size) {
    std::string bytes = good;
    test::put(bytes, offset, number, size);
    return shown(bytes);
  };
  CHECK(changed(0, 2, 1) == "0: this is no self-relative descriptor");
  CHECK(changed(4, 4'000'000'000, 4) == "64: a SID ends inside its header");
  CHECK(changed(20, 2, 1) == "20: this is no SID");
  CHECK(changed(21, 16, 1) == "20: this is no SID");
  CHECK(changed(21, 0, 1) == "20: this is no SID");
  CHECK(changed(21, 15, 1) == "64: a SID ends inside its parts");
  CHECK(changed(16, 60, 4) == "64: the descriptor ends before its access list");
  CHECK(changed(38, 4, 2) == "36: the access list is longer than the descriptor");
  CHECK(changed(38, 600, 2) == "36: the access list is longer than the descriptor");
  CHECK(changed(40, 2, 2) == "64: an entry does not fit its access list");
  CHECK(changed(46, 4, 2) == "44: an entry does not fit its access list");
  CHECK(changed(46, 600, 2) == "44: an entry does not fit its access list");
  CHECK(changed(46, 12, 2) == "56: a SID ends inside its header");
  CHECK(changed(44, 4, 1) == "44: entries of type 4 are not known");
  CHECK(changed(44, 5, 1) == "44: an entry ends inside its GUIDs");
  for (std::size_t size = 0; size < good.size(); ++size)
    CHECK_FALSE(security_descriptor_text(good.substr(0, size)));
}

TEST_CASE("large authorities are hexadecimal") {
  std::string bytes = sid(5, {1});
  bytes[2] = 1;
  CHECK(read_sid(bytes) == "S-1-0x010000000005-1");
  CHECK(sid_size(bytes) == 12);
}

}  // namespace polc::formats
