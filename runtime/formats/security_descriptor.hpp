// Security descriptors as Windows stores them: self-relative bytes ([MS-DTYP] 2.4.2.2, 2.4.4, 2.4.5, 2.4.6), turned
// into the text that the rest of the program reads (sddl.hpp).
#pragma once

#include <string>
#include <string_view>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

/// A SID that begins at `offset`: "S-1-5-32-544". Errors, with the offset in `bytes`: a revision other than 1, more
/// than 15 parts, an end inside of it.
Parsed<std::string> read_sid(std::string_view bytes, std::size_t offset = 0);

/// Bytes that the SID at the beginning of `bytes` takes, which read_sid() accepted.
std::size_t sid_size(std::string_view bytes);

/// Owner, group and discretionary list as SDDL that parse_sddl() reads: principals as SIDs, masks as numbers in the
/// order of the list. The system list is left out. Conditions of callback entries become "(...)" and GUIDs are kept,
/// so that such an entry stays one that may or may not apply. An error for anything that the list's own sizes
/// contradict, and for entry types that this version does not know.
Parsed<std::string> security_descriptor_text(std::string_view bytes);

}  // namespace polc::formats
