// .reg files: "REGEDIT4" (Windows-1252 data) and "Windows Registry Editor Version 5.00" (UTF-16 data)
// (https://support.microsoft.com/help/310516). What they say is an instruction to the importing program, in order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/formats/parse_error.hpp"
#include "runtime/value/value.hpp"

namespace polc::formats {

/// `"name"=data`, or `@=data` for the default value.
struct RegFileValue {
  std::uint32_t line = 0;  ///< 1-based, of its name
  std::string name;        ///< "" is the default value
  bool deleted = false;    ///< `"name"=-`
  value::RegistryData data;
  std::string broken;  ///< why `data` is not usable: "a REG_DWORD of 3 bytes"; "" = it is
};

/// `[path]` and the values below it. A key may stand several times.
struct RegFileKey {
  std::uint32_t line = 0;
  std::string path;      ///< as written, with its hive
  bool deleted = false;  ///< `[-path]`: with all that is below it
  std::vector<RegFileValue> values;
};

struct RegFile {
  bool windows1252 = false;  ///< REGEDIT4: bytes of texts are Windows-1252, else UTF-16LE
  std::vector<RegFileKey> keys;
};

/// `text` is UTF-8 (windows_text.hpp). An error, with its offset, for whatever is neither a key, a value, a comment nor
/// blank, for values below no key or a deleted one, and beyond limits::kRegFileBytes and kRegFileEntries. Data that is
/// written well and cannot be what its type says is broken, as is a number in the last line of a file without a line
/// end: it may be cut off. Quoted texts may run over several lines, as regedit writes them.
Parsed<RegFile> parse_reg_file(std::string_view text);

/// True for a text that begins as a .reg file does.
bool is_reg_file(std::string_view text);

}  // namespace polc::formats
