// Places of evidence: made by backends, and named in the words of a conflict.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// Keeps a place and gives its number. Beyond 2^32-1 places there is none: 0, "nowhere".
value::OriginId add_origin(value::Evidence& evidence, value::Origin origin);

/// Offset at which a 1-based line of a text begins; the text's end if it has fewer lines.
std::size_t line_offset(std::string_view text, std::uint32_t line);

/// "GptTmpl.inf:14" or "Registry.pol, entry 7".
std::string place_of(const value::Evidence& evidence, value::OriginId origin);

/// Unknown(conflict) between two places of one target.
value::Unknown conflict_between(const value::Evidence& evidence, value::OriginId a, value::OriginId b);

}  // namespace polc::backends
