// Whose NTUSER.DAT it is: the file does not say so in one place.
#pragma once

#include <optional>
#include <string>

#include "runtime/backends/hive/hive_reader.hpp"

namespace polc::backends::hive {

/// A SID, or "Default" for the profile that new users get. In this order: what the command line says (`label`), which
/// must then be one of the two, or ".DEFAULT" for LocalSystem; the name "DEFAULT", as Windows calls LocalSystem's hive;
/// a SID in the name of the file or of its folder; the folder "Default"; the one person whom the access list of the hive's root gives full control; the SID
/// below "Software\Microsoft\Protected Storage System Provider". nullopt if nobody, or two different ones, are named.
std::optional<std::string> owner_of(HiveReader& reader, std::string_view label, const TargetFiles* files);

}  // namespace polc::backends::hive
