// One Group Policy object: a backup or a folder of SYSVOL.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/backends/backend.hpp"
#include "runtime/backends/target.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::gpo {

/// Where an object lies below the target's root.
struct ObjectPlace {
  std::string folder;  ///< with gpt.ini or Backup.xml; "" is the root
  std::string halves;  ///< the folder with Machine and User
};

/// Told by what is in the folder: DomainSysvol or the XML files of a backup, or gpt.ini, or a Machine or User folder
/// that holds policies. nullopt for any other folder; `why` if that could not be seen.
std::optional<ObjectPlace> object_in(const TargetFiles& files, const std::string& folder,
                                     const std::vector<TargetEntry>& entries,
                                     std::optional<value::Unknown>& why);

/// What the object says, in the policy layer. Parts that cannot be read are reported to the sink and leave open what they
/// are about.
value::Evidence read_object(const TargetFiles& files, const ObjectPlace& place, const PlanSlice* slice,
                            base::DiagnosticSink& sink);

}  // namespace polc::backends::gpo
