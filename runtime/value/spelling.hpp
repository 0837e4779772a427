// How text is written in policies, so that it reads back as the same text and cannot deceive a reader.
#pragma once

#include <string>
#include <string_view>

namespace polc::value {

/// A string literal for any text: "..." with escapes, or '...' when the text has backslashes and nothing that needs
/// an escape. Control, bidirectional and invisible characters become \u{...}; bytes that are not UTF-8 \u{FFFD}.
std::string quoted(std::string_view text);

/// '...' where it can stand, as in principal, path and key positions; else as quoted().
std::string quoted_raw(std::string_view text);

/// True for what reads as one identifier: letters, digits and '_', not beginning with a digit, no reserved word.
bool is_bare_word(std::string_view text);

}  // namespace polc::value
