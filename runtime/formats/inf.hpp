// Setup information files in the part that security templates use: sections, lines of comma-separated fields, quotes,
// comments ([MS-GPSB] 2.2; https://learn.microsoft.com/windows-hardware/drivers/install/general-syntax-rules-for-inf-files).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

/// `key = field, field` or, without '=', `field, field`. Quotes are gone; a doubled quote inside of them is one.
struct InfLine {
  std::uint32_t line = 0;  ///< 1-based, of its first line
  bool has_key = false;
  std::string key;
  std::vector<std::string> fields;  ///< none for `key =`
  bool cut_off = false;             ///< the file ends inside of this line: what it says may not be all of it
};

/// Sections of the same name (ignoring case) are one, as to Windows. Repeated keys are all listed.
struct InfSection {
  std::string name;
  std::uint32_t line = 0;
  std::vector<InfLine> lines;
};

struct InfFile {
  std::vector<InfSection> sections;
  bool cut_off = false;  ///< the last line has no end, as every line that Windows writes has

  /// Ignoring case; nullptr if there is none.
  const InfSection* find(std::string_view name) const;
};

/// `text` is UTF-8 (windows_text.hpp). An error, with its offset, for what Windows could read in two ways: a line before
/// the first section, a section header or a quote that is not closed, a control character; and beyond
/// limits::kInfBytes, kInfSections and kInfFields. A ';' outside of quotes begins a comment, a '\' outside of quotes at the end of a
/// line joins it with the next.
Parsed<InfFile> parse_inf(std::string_view text);

}  // namespace polc::formats
