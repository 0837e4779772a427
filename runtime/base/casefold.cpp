#include "runtime/base/casefold.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "runtime/base/text.hpp"

namespace polc::base {
namespace {

/// Every `step`-th unit from `first` to `last` has its upper-case partner at a distance of `offset`.
struct Run {
  char16_t first;
  char16_t last;
  std::uint8_t step;
  std::int16_t offset;
};

// Ascending, no run begins inside another.
constexpr std::array kRuns{
    Run{0x0061, 0x007A, 1, -32},   Run{0x00E0, 0x00F6, 1, -32},  Run{0x00F8, 0x00FE, 1, -32},
    Run{0x00FF, 0x00FF, 1, 121},   Run{0x0101, 0x012F, 2, -1},   Run{0x0133, 0x0137, 2, -1},
    Run{0x013A, 0x0148, 2, -1},    Run{0x014B, 0x0177, 2, -1},   Run{0x017A, 0x017E, 2, -1},
    Run{0x0180, 0x0180, 1, 195},   Run{0x0183, 0x0185, 2, -1},   Run{0x0188, 0x0188, 1, -1},
    Run{0x018C, 0x018C, 1, -1},    Run{0x0192, 0x0192, 1, -1},   Run{0x0195, 0x0195, 1, 97},
    Run{0x0199, 0x0199, 1, -1},    Run{0x019A, 0x019A, 1, 163},  Run{0x019E, 0x019E, 1, 130},
    Run{0x01A1, 0x01A5, 2, -1},    Run{0x01A8, 0x01A8, 1, -1},   Run{0x01AD, 0x01AD, 1, -1},
    Run{0x01B0, 0x01B0, 1, -1},    Run{0x01B4, 0x01B6, 2, -1},   Run{0x01B9, 0x01B9, 1, -1},
    Run{0x01BD, 0x01BD, 1, -1},    Run{0x01BF, 0x01BF, 1, 56},   Run{0x01C6, 0x01C6, 1, -2},
    Run{0x01C9, 0x01C9, 1, -2},    Run{0x01CC, 0x01CC, 1, -2},   Run{0x01CE, 0x01DC, 2, -1},
    Run{0x01DD, 0x01DD, 1, -79},   Run{0x01DF, 0x01EF, 2, -1},   Run{0x01F3, 0x01F3, 1, -2},
    Run{0x01F5, 0x01F5, 1, -1},    Run{0x01F9, 0x021F, 2, -1},   Run{0x0223, 0x0233, 2, -1},
    Run{0x023A, 0x023A, 1, 10795}, Run{0x023C, 0x023C, 1, -1},   Run{0x023E, 0x023E, 1, 10792},
    Run{0x0242, 0x0242, 1, -1},    Run{0x0247, 0x024F, 2, -1},   Run{0x0253, 0x0253, 1, -210},
    Run{0x0254, 0x0254, 1, -206},  Run{0x0256, 0x0257, 1, -205}, Run{0x0259, 0x0259, 1, -202},
    Run{0x025B, 0x025B, 1, -203},  Run{0x0260, 0x0260, 1, -205}, Run{0x0263, 0x0263, 1, -207},
    Run{0x0268, 0x0268, 1, -209},  Run{0x0269, 0x0269, 1, -211}, Run{0x026B, 0x026B, 1, 10743},
    Run{0x026F, 0x026F, 1, -211},  Run{0x0272, 0x0272, 1, -213}, Run{0x0275, 0x0275, 1, -214},
    Run{0x027D, 0x027D, 1, 10727}, Run{0x0280, 0x0280, 1, -218}, Run{0x0283, 0x0283, 1, -218},
    Run{0x0288, 0x0288, 1, -218},  Run{0x0289, 0x0289, 1, -69},  Run{0x028A, 0x028B, 1, -217},
    Run{0x028C, 0x028C, 1, -71},   Run{0x0292, 0x0292, 1, -219}, Run{0x037B, 0x037D, 1, 130},
    Run{0x03AC, 0x03AC, 1, -38},   Run{0x03AD, 0x03AF, 1, -37},  Run{0x03B1, 0x03C1, 1, -32},
    Run{0x03C2, 0x03C2, 1, -31},   Run{0x03C3, 0x03CB, 1, -32},  Run{0x03CC, 0x03CC, 1, -64},
    Run{0x03CD, 0x03CE, 1, -63},   Run{0x03D9, 0x03EF, 2, -1},   Run{0x03F2, 0x03F2, 1, 7},
    Run{0x03F8, 0x03F8, 1, -1},    Run{0x03FB, 0x03FB, 1, -1},   Run{0x0430, 0x044F, 1, -32},
    Run{0x0450, 0x045F, 1, -80},   Run{0x0461, 0x0481, 2, -1},   Run{0x048B, 0x04BF, 2, -1},
    Run{0x04C2, 0x04CE, 2, -1},    Run{0x04CF, 0x04CF, 1, -15},  Run{0x04D1, 0x0513, 2, -1},
    Run{0x0561, 0x0586, 1, -48},   Run{0x1D7D, 0x1D7D, 1, 3814}, Run{0x1E01, 0x1E95, 2, -1},
    Run{0x1EA1, 0x1EF9, 2, -1},    Run{0x1F00, 0x1F07, 1, 8},    Run{0x1F10, 0x1F15, 1, 8},
    Run{0x1F20, 0x1F27, 1, 8},     Run{0x1F30, 0x1F37, 1, 8},    Run{0x1F40, 0x1F45, 1, 8},
    Run{0x1F51, 0x1F57, 2, 8},     Run{0x1F60, 0x1F67, 1, 8},    Run{0x1F70, 0x1F71, 1, 74},
    Run{0x1F72, 0x1F75, 1, 86},    Run{0x1F76, 0x1F77, 1, 100},  Run{0x1F78, 0x1F79, 1, 128},
    Run{0x1F7A, 0x1F7B, 1, 112},   Run{0x1F7C, 0x1F7D, 1, 126},  Run{0x1F80, 0x1F87, 1, 8},
    Run{0x1F90, 0x1F97, 1, 8},     Run{0x1FA0, 0x1FA7, 1, 8},    Run{0x1FB0, 0x1FB1, 1, 8},
    Run{0x1FB3, 0x1FB3, 1, 9},     Run{0x1FCC, 0x1FCC, 1, -9},   Run{0x1FD0, 0x1FD1, 1, 8},
    Run{0x1FE0, 0x1FE1, 1, 8},     Run{0x1FE5, 0x1FE5, 1, 7},    Run{0x1FFC, 0x1FFC, 1, -9},
    Run{0x214E, 0x214E, 1, -28},   Run{0x2170, 0x217F, 1, -16},  Run{0x2184, 0x2184, 1, -1},
    Run{0x24D0, 0x24E9, 1, -26},   Run{0x2C30, 0x2C5E, 1, -48},  Run{0x2C61, 0x2C61, 1, -1},
    Run{0x2C68, 0x2C6C, 2, -1},    Run{0x2C76, 0x2C76, 1, -1},   Run{0x2C81, 0x2CE3, 2, -1},
    Run{0x2D00, 0x2D25, 1, -7264}, Run{0xFF41, 0xFF5A, 1, -32},
};

constexpr char32_t kInvalidByte = 0x110000;

/// The next character at `offset` with its case changed; advances `offset`, which must be inside the text.
template <class ChangeCase>
char32_t next_character(std::string_view text, std::size_t& offset, ChangeCase change_case) {
  const std::optional<CodePoint> decoded = decode_utf8(text, offset);
  if (!decoded) return kInvalidByte + static_cast<std::uint8_t>(text[offset++]);
  offset += decoded->length;
  return decoded->value > 0xFFFF ? decoded->value : change_case(static_cast<char16_t>(decoded->value));
}

char32_t next_folded(std::string_view text, std::size_t& offset) {
  const auto lead = static_cast<std::uint8_t>(text[offset]);
  if (lead >= 0x80) return next_character(text, offset, upcase);
  ++offset;
  return lead >= 'a' && lead <= 'z' ? lead - 32U : lead;
}

/// Folds eight bytes at a time and says how far it came: up to the first word that is not all ASCII, or to the last
/// few bytes. Adding to seven bits carries into the eighth exactly for what lies above 'a' - 1, above 'z'.
std::size_t fold_ascii_words(std::string& text) {
  constexpr std::uint64_t kEach = 0x0101010101010101U;
  constexpr std::uint64_t kHighBits = 0x80 * kEach;
  std::size_t i = 0;
  for (std::uint64_t word = 0; text.size() - i >= sizeof word; i += sizeof word) {
    std::memcpy(&word, text.data() + i, sizeof word);
    if ((word & kHighBits) != 0) break;
    const std::uint64_t from_a = word + (0x80 - 'a') * kEach;
    const std::uint64_t above_z = word + (0x7F - 'z') * kEach;
    word -= ((from_a & ~above_z & kHighBits) >> 7U) * ('a' - 'A');
    std::memcpy(text.data() + i, &word, sizeof word);
  }
  return i;
}

void append(std::string& text, char32_t character) {
  if (character < 0x80) {
    text.push_back(static_cast<char>(character));
  } else if (character >= kInvalidByte) {
    text.push_back(static_cast<char>(character - kInvalidByte));
  } else {
    append_utf8(text, character);
  }
}

}  // namespace

char16_t upcase(char16_t unit) {
  const auto after = std::upper_bound(kRuns.begin(), kRuns.end(), unit,
                                      [](char16_t u, const Run& run) { return u < run.first; });
  if (after == kRuns.begin()) return unit;
  const Run& run = *(after - 1);
  if (unit > run.last || (unit - run.first) % run.step != 0) return unit;
  return static_cast<char16_t>(unit + run.offset);
}

char16_t downcase(char16_t unit) {
  const auto run = std::find_if(kRuns.rbegin(), kRuns.rend(), [unit](const Run& r) {
    const int lower = unit - r.offset;
    return lower >= r.first && lower <= r.last && (lower - r.first) % r.step == 0;
  });
  return run == kRuns.rend() ? unit : static_cast<char16_t>(unit - run->offset);
}

std::string fold_case(std::string_view text) {
  std::string folded(text);
  std::size_t i = fold_ascii_words(folded);
  folded.resize(i);
  while (i < text.size()) append(folded, next_folded(text, i));
  return folded;
}

std::string lower_case(std::string_view text) {
  std::string lower;
  lower.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) append(lower, next_character(text, i, downcase));
  return lower;
}

bool equal_folded(std::string_view a, std::string_view b) {
  return compare_folded(a, b) == 0;
}

std::strong_ordering compare_folded(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const auto order = next_folded(a, i) <=> next_folded(b, j);
    if (order != 0) return order;
  }
  return (i < a.size()) <=> (j < b.size());
}

std::u32string folded_characters(std::string_view text) {
  std::u32string characters;
  characters.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) characters.push_back(next_folded(text, i));
  return characters;
}

}  // namespace polc::base
