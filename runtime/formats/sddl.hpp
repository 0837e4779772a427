// Security descriptors as text: the Security Descriptor Definition Language ([MS-DTYP] 2.5.1,
// https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/formats/parse_error.hpp"
#include "runtime/value/value.hpp"

namespace polc::formats {

/// Flags of an access control entry, with the values of winnt.h.
namespace ace_flag {
inline constexpr std::uint8_t kObjectInherit = 0x01;     ///< OI: files below inherit it
inline constexpr std::uint8_t kContainerInherit = 0x02;  ///< CI: folders below inherit it
inline constexpr std::uint8_t kNoPropagate = 0x04;       ///< NP: only direct children inherit it
inline constexpr std::uint8_t kInheritOnly = 0x08;       ///< IO: does not apply to the object itself
inline constexpr std::uint8_t kInherited = 0x10;         ///< ID: came from a parent
}  // namespace ace_flag

/// One entry of a discretionary list.
struct AccessEntry {
  bool allow = true;
  bool conditional =
      false;  ///< callback or object entry (XA, XD, ZA, OA, OD with a GUID): may or may not apply
  std::uint8_t flags = 0;    ///< ace_flag bits
  std::uint32_t mask = 0;    ///< as written: generic bits not mapped, SYNCHRONIZE kept
  value::Principal trustee;  ///< Sid, or DomainRelative/MachineRelative for aliases such as DA and LA
};

struct SecurityDescriptor {
  std::optional<value::Principal> owner;
  std::optional<value::Principal> group;
  bool null_list = true;        ///< no D: part, or D:NO_ACCESS_CONTROL: everyone has full access
  bool protected_list = false;  ///< P: nothing is inherited from the parent
  std::vector<AccessEntry> entries;
};

/// At most limits::kSddlBytes bytes and limits::kSddlEntries entries. The system list (S:) is checked for its
/// brackets and otherwise skipped.
Parsed<SecurityDescriptor> parse_sddl(std::string_view text);

}  // namespace polc::formats
