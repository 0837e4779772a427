// What a backup says about itself: bkupInfo.xml and Backup.xml ([MS-GPOL] backups; written by the Group Policy Management
// Console).
#pragma once

#include <string>
#include <vector>

#include "runtime/backends/target.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::gpo {

struct Manifest {
  bool lists_files = false;        ///< Backup.xml was read: `files` is all there is
  std::string name;                ///< display name of the object; "" if the backup does not tell
  std::vector<std::string> files;  ///< that it says it has, below its folder, with forward slashes
};

/// Reads both files if they are there and well-formed; a backup without them is still one. The time of the backup
/// (UTC) and the names of the SIDs in it go to the evidence.
Manifest read_manifest(const TargetFiles& files, const std::string& folder, value::Evidence& evidence);

}  // namespace polc::backends::gpo
