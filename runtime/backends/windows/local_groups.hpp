// Members of one local group. Windows only.
#pragma once

#include <string>
#include <vector>

#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

using GroupMembers = value::Reading<std::vector<value::PrincipalEvidence>>;

/// All members by SID, with the names that NetLocalGroupGetMembers gives; Unknown unless the whole list was read.
GroupMembers local_group_members(const std::wstring& group, value::OriginId origin);

}  // namespace polc::backends::windows
