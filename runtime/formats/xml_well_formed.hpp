// The rules of XML 1.0 that the parser behind formats::parse_xml does not ask for. Who refuses a file that Windows would
// refuse, too, must know them all.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

/// What in `text` (UTF-8 without byte order mark) is no XML: invalid UTF-8, characters and references to characters
/// that XML does not have, entities that it does not define, '<' in an attribute, "--" in a comment, "]]>" in text, an
/// XML declaration behind the beginning. nullopt says nothing about whether tags match. Linear in the size.
/// Source: Extensible Markup Language 1.0, fifth edition, 2.2 to 2.8 and 4.1.
std::optional<ParseError> not_well_formed(std::string_view text);

}  // namespace polc::formats
