// What people write out of habit from other languages, and what it is called here.
#pragma once

#include <string_view>

namespace polc::grammar {

/// Behind a complete operand: `=` or `&&` of C, `<>` and `AND` of SQL, `equals`. "" if it is nothing known.
std::string_view infix_operator(std::string_view foreign);

/// Where an operand should begin: `!`.
std::string_view prefix_operator(std::string_view foreign);

/// Operators of PowerShell, which are words behind a minus sign: `eq` for `-eq`.
std::string_view powershell_operator(std::string_view word);

/// What begins a clause of a control: `if` is `when`.
std::string_view clause_word(std::string_view foreign);

/// The name of a simple type: `string` is `text`.
std::string_view type_word(std::string_view foreign);

/// The straight quote for a typographic one.
std::string_view straight_quote(std::string_view typographic);

}  // namespace polc::grammar
