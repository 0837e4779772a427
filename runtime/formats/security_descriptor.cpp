#include "runtime/formats/security_descriptor.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "runtime/formats/little_endian.hpp"

namespace polc::formats {
namespace {

constexpr std::size_t kDescriptorHeader = 20;
constexpr std::size_t kAclHeader = 8;
constexpr std::size_t kEntryMinimum = 8;
constexpr std::size_t kGuid = 16;
constexpr std::size_t kSidHeader = 8;

// Control bits, [MS-DTYP] 2.4.6.
constexpr std::uint16_t kListPresent = 0x0004;
constexpr std::uint16_t kListAutoInherited = 0x0400;
constexpr std::uint16_t kListProtected = 0x1000;
constexpr std::uint16_t kSelfRelative = 0x8000;

struct EntryType {
  std::uint8_t number;
  std::string_view text;
  bool has_guids;
  bool has_condition;
};
/// [MS-DTYP] 2.4.4.1; the types that a discretionary list may hold.
constexpr std::array<EntryType, 8> kEntryTypes{{
    {0x00, "A", false, false},
    {0x01, "D", false, false},
    {0x05, "OA", true, false},
    {0x06, "OD", true, false},
    {0x09, "XA", false, true},
    {0x0A, "XD", false, true},
    {0x0B, "ZA", true, true},
    {0x0C, "XD", true, true},
}};

struct NamedFlag {
  std::uint8_t bit;
  std::string_view text;
};
constexpr std::array<NamedFlag, 5> kEntryFlags{
    {{0x01, "OI"}, {0x02, "CI"}, {0x04, "NP"}, {0x08, "IO"}, {0x10, "ID"}}};

std::string guid_text(std::string_view bytes) {
  std::string text = fmt::format("{:08x}-{:04x}-{:04x}-", le32(bytes, 0), le16(bytes, 4), le16(bytes, 6));
  for (std::size_t i = 8; i < kGuid; ++i) {
    if (i == 10) text += '-';
    text += fmt::format("{:02x}", static_cast<std::uint8_t>(bytes[i]));
  }
  return text;
}

/// GUIDs of an object entry behind its mask: which there are say the first two bits. nullopt if the entry ends first.
std::optional<std::string> guids(std::string_view entry, std::size_t& position) {
  if (entry.size() < position + 4) return std::nullopt;
  const std::uint32_t present = le32(entry, position);
  position += 4;
  std::string text;
  for (const std::uint32_t bit : {1U, 2U}) {
    if ((present & bit) != 0) {
      if (entry.size() < position + kGuid) return std::nullopt;
      text += guid_text(entry.substr(position, kGuid));
      position += kGuid;
    }
    text += ';';
  }
  return text;
}

Parsed<std::string> entry_text(std::string_view entry, std::size_t offset) {
  const auto number = static_cast<std::uint8_t>(entry[0]);
  const EntryType* type = nullptr;
  for (const EntryType& known : kEntryTypes) {
    if (known.number == number) type = &known;
  }
  if (type == nullptr) return parse_error(offset, fmt::format("entries of type {} are not known", number));
  std::string text = fmt::format("({};", type->text);
  for (const NamedFlag& flag : kEntryFlags) {
    if ((static_cast<std::uint8_t>(entry[1]) & flag.bit) != 0) text += flag.text;
  }
  text += fmt::format(";0x{:x};", le32(entry, 4));
  std::size_t position = kEntryMinimum;
  const auto objects = type->has_guids ? guids(entry, position) : std::optional<std::string>(";;");
  if (!objects) return parse_error(offset, "an entry ends inside its GUIDs");
  const auto sid = read_sid(entry, position);
  if (!sid) return parse_error(offset + sid.error().offset, sid.error().what);
  return text + *objects + *sid + (type->has_condition ? ";(...))" : ")");
}

/// The list that begins at `offset` of the descriptor.
Parsed<std::string> list_text(std::string_view bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < kAclHeader) {
    return parse_error(bytes.size(), "the descriptor ends before its access list");
  }
  const std::size_t end = offset + le16(bytes, offset + 2);
  const std::size_t count = le16(bytes, offset + 4);
  if (end > bytes.size() || end < offset + kAclHeader) {
    return parse_error(offset, "the access list is longer than the descriptor");
  }
  std::string text;
  std::size_t at = offset + kAclHeader;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t size = end - at < kEntryMinimum ? 0 : le16(bytes, at + 2);
    if (size < kEntryMinimum || size > end - at)
      return parse_error(at, "an entry does not fit its access list");
    auto entry = entry_text(bytes.substr(at, size), at);
    if (!entry) return entry;
    text += *entry;
    at += size;
  }
  return text;
}

}  // namespace

Parsed<std::string> read_sid(std::string_view bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < kSidHeader) {
    return parse_error(bytes.size(), "a SID ends inside its header");
  }
  const std::string_view sid = bytes.substr(offset);
  const auto parts = static_cast<std::uint8_t>(sid[1]);
  if (sid[0] != 1 || parts == 0 || parts > 15) return parse_error(offset, "this is no SID");
  if (sid.size() < kSidHeader + 4U * parts) return parse_error(bytes.size(), "a SID ends inside its parts");
  std::uint64_t authority = 0;
  for (std::size_t i = 2; i < kSidHeader; ++i)
    authority = authority << 8U | static_cast<std::uint8_t>(sid[i]);
  std::string text =
      authority > UINT32_MAX ? fmt::format("S-1-0x{:012X}", authority) : fmt::format("S-1-{}", authority);
  for (std::size_t i = 0; i < parts; ++i) text += fmt::format("-{}", le32(sid, kSidHeader + 4 * i));
  return text;
}

std::size_t sid_size(std::string_view bytes) {
  return kSidHeader + 4U * static_cast<std::uint8_t>(bytes[1]);
}

Parsed<std::string> security_descriptor_text(std::string_view bytes) {
  if (bytes.size() < kDescriptorHeader)
    return parse_error(bytes.size(), "the descriptor ends inside its header");
  const std::uint16_t control = le16(bytes, 2);
  if (bytes[0] != 1 || (control & kSelfRelative) == 0)
    return parse_error(0, "this is no self-relative descriptor");
  std::string text;
  for (const auto& [prefix, field] : {std::pair{"O:", std::size_t{4}}, std::pair{"G:", std::size_t{8}}}) {
    const std::size_t offset = le32(bytes, field);
    if (offset == 0) continue;
    auto sid = read_sid(bytes, offset);
    if (!sid) return sid;
    text += prefix + *sid;
  }
  if ((control & kListPresent) == 0) return text;
  text += "D:";
  if ((control & kListProtected) != 0) text += "P";
  if ((control & kListAutoInherited) != 0) text += "AI";
  const std::size_t list = le32(bytes, 16);
  if (list == 0) return text + "NO_ACCESS_CONTROL";
  auto entries = list_text(bytes, list);
  if (!entries) return entries;
  return text + *entries;
}

}  // namespace polc::formats
