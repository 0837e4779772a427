// Comma-separated values (RFC 4180), as audit.csv and auditpol write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

struct CsvRecord {
  std::uint32_t line = 0;  ///< 1-based, of its first line
  std::vector<std::string> fields;
  bool cut_off = false;  ///< the file ends inside of this record: it may not be all of it
};

/// Records in the order of the file; lines with nothing on them are left out. `text` is UTF-8. An error, with its
/// offset, for a quote that is not closed, for a quote elsewhere than around a field, and beyond limits::kCsvBytes and kCsvFields.
Parsed<std::vector<CsvRecord>> parse_csv(std::string_view text);

}  // namespace polc::formats
