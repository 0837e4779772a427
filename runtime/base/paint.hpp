// Colours of a terminal (ECMA-48 SGR), named by what they mean.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace polc::base {

enum class Ink : std::uint8_t { Plain, Bold, Faint, Error, Warning, Note, Frame, Good };

/// `text` in that colour; unchanged when `color` is false or there is nothing to paint. The text must be escaped
/// already (runtime/base/escape.hpp).
std::string paint(bool color, Ink ink, std::string_view text);

}  // namespace polc::base
