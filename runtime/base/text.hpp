// Text as policies and evidence carry it: UTF-8, characters that deceive a reader, and near misses of words.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polc::base {

/// An ASCII digit, whatever the locale.
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// One decoded character.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  ///< bytes it took, 1..4
};

/// Decodes the character that begins at `offset`; nullopt at the end of the text and for anything that is not
/// well-formed UTF-8 (overlong forms, surrogates, above U+10FFFF, truncated). Unicode 15, table 3-7.
std::optional<CodePoint> decode_utf8(std::string_view text, std::size_t offset);

/// Offset of the first byte that does not begin or continue a well-formed character; nullopt if there is
/// none.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// Appends one character. `code_point` must be a scalar value (not a surrogate, at most U+10FFFF).
void append_utf8(std::string& text, char32_t code_point);

/// Offset of the first byte at or after `offset` that is not printable ASCII, tab or line feed; text.size()
/// if there is none.
std::size_t skip_plain_ascii(std::string_view text, std::size_t offset);

/// On one line, blanks made single, none at the ends: what a change of the layout leaves as it is.
std::string on_one_line(std::string_view text);

/// Why a character cannot be seen for what it is.
enum class Deception : unsigned char {
  None,
  Control,    ///< C0 and C1 controls other than tab, line feed and carriage return
  Bidi,       ///< changes the direction of the text around it
  Invisible,  ///< has no glyph: zero width, soft hyphen, variation selector, filler, tag
  Space,      ///< looks like a space and is none (no-break space and its kin, line and paragraph separator)
};

/// Sources: Unicode 15 PropList.txt (Bidi_Control, White_Space) and DerivedCoreProperties.txt
/// (Default_Ignorable_Code_Point).
Deception deception_of(char32_t code_point);

inline bool is_bidi_or_invisible(char32_t code_point) {
  return deception_of(code_point) != Deception::None;
}

/// The candidate that `word` is most likely a misspelling of, compared without regard to ASCII case; "" when
/// nothing is close. Of equally close candidates the first wins. Distance counts inserted, removed, replaced
/// and swapped neighbouring characters; close means at most a third of the longer word, and at least one
/// shared character.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace polc::base
