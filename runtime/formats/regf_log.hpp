// Transaction logs of a hive (Windows 8.1 and later), and how Windows brings a dirty hive up to date with them.
// Layout: Maxim Suhanov, "Windows registry file format specification", "New format"; the same, "Missing log entries
// for a dirty primary file".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

/// The bytes of a dirty hive after the changes of its logs (.LOG1, .LOG2; the order does not matter): a hive that
/// Hive::open() takes. Entries are applied as Windows applies them when it loads the hive: those from the hive's
/// secondary sequence number on, without a gap between them, up to the first whose hashes are wrong.
/// Errors: a hive whose base block cannot be believed, logs of the form of Windows 8 and before (DIRT), and logs that
/// hold no change that the hive lacks.
Parsed<std::string> replay_hive_logs(std::string_view hive, const std::vector<std::string_view>& logs);

}  // namespace polc::formats
