#include "runtime/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace polc::base {
namespace {

/// Longer words are no typos of each other; the bound keeps the distance table small.
constexpr std::size_t kLongestWord = 256;

struct DeceptiveRange {
  char32_t first;
  char32_t last;
  Deception why;
};

// Ascending and disjoint, for binary search.
constexpr std::array kDeceptive{
    DeceptiveRange{0x0000, 0x0008, Deception::Control},
    DeceptiveRange{0x000B, 0x000C, Deception::Control},
    DeceptiveRange{0x000E, 0x001F, Deception::Control},
    DeceptiveRange{0x007F, 0x009F, Deception::Control},
    DeceptiveRange{0x00A0, 0x00A0, Deception::Space},
    DeceptiveRange{0x00AD, 0x00AD, Deception::Invisible},
    DeceptiveRange{0x034F, 0x034F, Deception::Invisible},
    DeceptiveRange{0x061C, 0x061C, Deception::Bidi},
    DeceptiveRange{0x115F, 0x1160, Deception::Invisible},
    DeceptiveRange{0x1680, 0x1680, Deception::Space},
    DeceptiveRange{0x17B4, 0x17B5, Deception::Invisible},
    DeceptiveRange{0x180B, 0x180F, Deception::Invisible},
    DeceptiveRange{0x2000, 0x200A, Deception::Space},
    DeceptiveRange{0x200B, 0x200D, Deception::Invisible},
    DeceptiveRange{0x200E, 0x200F, Deception::Bidi},
    DeceptiveRange{0x2028, 0x2029, Deception::Space},
    DeceptiveRange{0x202A, 0x202E, Deception::Bidi},
    DeceptiveRange{0x202F, 0x202F, Deception::Space},
    DeceptiveRange{0x205F, 0x205F, Deception::Space},
    DeceptiveRange{0x2060, 0x2065, Deception::Invisible},
    DeceptiveRange{0x2066, 0x2069, Deception::Bidi},
    DeceptiveRange{0x206A, 0x206F, Deception::Invisible},
    DeceptiveRange{0x3000, 0x3000, Deception::Space},
    DeceptiveRange{0x3164, 0x3164, Deception::Invisible},
    DeceptiveRange{0xFE00, 0xFE0F, Deception::Invisible},
    DeceptiveRange{0xFEFF, 0xFEFF, Deception::Invisible},
    DeceptiveRange{0xFFA0, 0xFFA0, Deception::Invisible},
    DeceptiveRange{0xFFF0, 0xFFFB, Deception::Invisible},
    DeceptiveRange{0x1BCA0, 0x1BCA3, Deception::Invisible},
    DeceptiveRange{0x1D173, 0x1D17A, Deception::Invisible},
    DeceptiveRange{0xE0000, 0xE0FFF, Deception::Invisible},
};

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

/// How many bytes at the beginning are ASCII, eight at a time: whole tables of texts are checked.
std::size_t ascii_prefix(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  std::size_t i = 0;
  for (std::uint64_t word = 0; text.size() - i >= sizeof word; i += sizeof word) {
    std::memcpy(&word, text.data() + i, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (i < text.size() && byte_at(text, i) < 0x80) ++i;
  return i;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Optimal string alignment distance, or `limit + 1` when it is larger than `limit`.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > limit) return limit + 1;
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      const bool swapped =
          i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], limit + 1);
}

}  // namespace

std::optional<CodePoint> decode_utf8(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return std::nullopt;
  const std::uint8_t lead = byte_at(text, offset);
  if (lead < 0x80) return CodePoint{lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - offset < length) return std::nullopt;
  char32_t value = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const std::uint8_t next = byte_at(text, offset + i);
    if ((next & 0xC0U) != 0x80U) return std::nullopt;
    value = (value << 6U) | (next & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return std::nullopt;
  return CodePoint{value, length};
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    i += ascii_prefix(text.substr(i));
    if (i == text.size()) break;
    const std::optional<CodePoint> next = decode_utf8(text, i);
    if (!next) return i;
    i += next->length;
  }
  return std::nullopt;
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto trailing = [&](unsigned shift) {
    text.push_back(static_cast<char>(0x80U | ((code_point >> shift) & 0x3FU)));
  };
  if (code_point < 0x80) {
    text.push_back(static_cast<char>(code_point));
  } else if (code_point < 0x800) {
    text.push_back(static_cast<char>(0xC0U | (code_point >> 6U)));
    trailing(0);
  } else if (code_point < 0x10000) {
    text.push_back(static_cast<char>(0xE0U | (code_point >> 12U)));
    trailing(6);
    trailing(0);
  } else {
    text.push_back(static_cast<char>(0xF0U | (code_point >> 18U)));
    trailing(12);
    trailing(6);
    trailing(0);
  }
}

std::size_t skip_plain_ascii(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    const std::uint8_t c = byte_at(text, offset);
    if ((c < 0x20 && c != '\t' && c != '\n') || c >= 0x7F) break;
    ++offset;
  }
  return offset;
}

Deception deception_of(char32_t code_point) {
  const auto* after =
      std::upper_bound(kDeceptive.begin(), kDeceptive.end(), code_point,
                       [](char32_t c, const DeceptiveRange& range) { return c < range.first; });
  if (after == kDeceptive.begin()) return Deception::None;
  const DeceptiveRange& range = *(after - 1);
  return code_point <= range.last ? range.why : Deception::None;
}

std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  return out.substr(0, out.find_last_not_of(' ') + 1);
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = SIZE_MAX;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    if (longer > kLongestWord) continue;
    const std::size_t limit = std::min({(longer + 2) / 3, longer - 1, best_distance});
    const std::size_t found = distance(word, candidate, limit);
    if (found <= limit && found < best_distance) {
      best = candidate;
      best_distance = found;
    }
  }
  return best;
}

}  // namespace polc::base
