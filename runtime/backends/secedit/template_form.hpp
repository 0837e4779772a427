// What a security template looks like when it is whole: its sections, and the lines that each of them can have
// ([MS-GPSB] 2.2).
#pragma once

#include <optional>

#include "runtime/formats/inf.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// Why what the file does not list may nevertheless have been in it: it ends inside of a line, it has no [Version] with
/// its signature, a section that no template has, or a line that its section cannot have (the first of them, with its
/// number). nullopt for a file that is whole.
std::optional<value::Unknown> why_not_whole(const formats::InfFile& file);

}  // namespace polc::backends
