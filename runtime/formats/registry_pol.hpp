// Registry.pol, the registry part of a Group Policy object ([MS-GPREG] 2.2.1; MSDN "Registry Policy File Format"):
//
//   PReg <version 1> [key;value;type;size;data] [key;value;type;size;data] ...
//
// Text is UTF-16LE and ends with a zero; type and size are little-endian 32-bit numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

/// One instruction. Names are UTF-8 and as written; what a `**` name means is the reader's business.
struct PolEntry {
  std::size_t offset = 0;  ///< of its '[' in the file
  std::string key;         ///< without hive: 'Software\Policies\...'
  std::string value;       ///< "" asks for the key alone if there is no data, else it is the default value
  std::uint32_t type = 0;  ///< REG_* number
  std::string_view data;   ///< into the bytes that were parsed; ']' and ';' may be part of it
};

/// All entries, or the first error with its offset and the number of the entry (from 1) in its words: nothing of a
/// damaged file is believed, because what is missing from it may undo what came before. Value, type, size and data may
/// be left out from behind. At most limits::kRegistryPolBytes bytes and limits::kRegistryPolEntries entries. A file
/// without the signature is refused, as the client ignores it ([MS-GPREG] 3.2.5.1).
Parsed<std::vector<PolEntry>> parse_registry_pol(std::string_view bytes);

}  // namespace polc::formats
