// What a Group Policy object says about itself: bkupInfo.xml and Backup.xml of a backup (written by the Group Policy
// Management Console), gpt.ini of a folder in SYSVOL ([MS-GPOL] 2.2.4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/backends/gpo/half.hpp"
#include "runtime/backends/target.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::gpo {

struct Manifest {
  bool lists_files = false;        ///< Backup.xml was read: `files` is all there is
  std::string name;                ///< display name of the object; "" if it does not tell
  std::vector<std::string> files;  ///< that it says it has, below its folder, with forward slashes
  unsigned options = 0;   ///< 1: the user's half is disabled, 2: the machine's (GPO_OPTION_*, gpedit.h)
  bool filtered = false;  ///< a WMI filter decides where it is applied
  std::string path;       ///< of Backup.xml or gpt.ini, below the target's root
  /// Why that file, which is there, cannot be read: what the object has and whether it is applied is not known.
  std::optional<value::Unknown> unreadable;

  bool disabled(Half half) const { return (options & (half == Half::Machine ? 2U : 1U)) != 0; }
};

/// Reads both files of a backup if they are there; a backup without them is still one. The time of the backup (UTC) and
/// the names of the SIDs in it go to the evidence.
Manifest read_backup_manifest(const TargetFiles& files, const std::string& folder, value::Evidence& evidence);

/// Reads gpt.ini if it is there.
Manifest read_gpt_ini(const TargetFiles& files, const std::string& folder);

}  // namespace polc::backends::gpo
