// Names, paths and registry keys compare as Windows compares them: each UTF-16 unit is mapped through the
// system's upper-case table, nothing is normalised, and what has no single-unit partner stays as it is.
//
// The table is that of Windows Vista and later ($UpCase of an NTFS volume, RtlUpcaseUnicodeChar). It is close to
// Unicode 5.0 simple upper-case mappings of the Basic Multilingual Plane, and differs from them where it matters
// to names: U+00B5 MICRO SIGN, U+0131 DOTLESS I, U+017F LONG S, U+0345, the title-case digraphs (U+01C5 and its
// kin), the Greek symbols U+03D0 to U+03F5, U+1E9B and U+1FBE have no partner; final and medial sigma are one
// letter. Letters that Unicode paired later (Georgian, Cherokee, Latin Extended-D) do not fold. Characters
// outside the plane are two units and never fold.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace polc::base {

/// Upper-case partner of one UTF-16 unit; itself if it has none.
char16_t upcase(char16_t unit);

/// The unit whose upper-case partner this is; itself if there is none. (Of sigma the medial form.)
char16_t downcase(char16_t unit);

/// The text with every character upper-cased as above: equal exactly when two names are the same to Windows.
/// Bytes that are not UTF-8 stay as they are.
std::string fold_case(std::string_view text);

/// The text with every character mapped through downcase(); bytes that are not UTF-8 stay as they are.
std::string lower_case(std::string_view text);

/// fold_case(a) == fold_case(b), without allocation.
bool equal_folded(std::string_view a, std::string_view b);

/// Order of fold_case(a) and fold_case(b) by code point; a byte that is not UTF-8 sorts behind all characters.
std::strong_ordering compare_folded(std::string_view a, std::string_view b);

/// The characters of fold_case(text), for pattern matching. A byte b that is not UTF-8 is 0x110000 + b: equal
/// only to itself.
std::u32string folded_characters(std::string_view text);

}  // namespace polc::base
