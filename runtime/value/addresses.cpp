#include "runtime/value/addresses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace polc::value {
namespace {

using Bytes = std::array<std::uint8_t, 16>;
constexpr std::size_t kV4Offset = 12;  // an IPv4 address stands in the last four bytes

std::size_t offset_of(bool v6) {
  return v6 ? 0 : kV4Offset;
}
unsigned bits_of(bool v6) {
  return v6 ? 128 : 32;
}

struct IpAddress {
  bool v6 = false;
  Bytes bytes{};
};

Bytes last_of_family(bool v6) {
  Bytes bytes{};
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(offset_of(v6)), bytes.end(), std::uint8_t{0xFF});
  return bytes;
}

/// The neighbour below or above; nullopt at the end of the family.
std::optional<Bytes> next(Bytes bytes, bool v6) {
  if (bytes == last_of_family(v6)) return std::nullopt;
  for (std::size_t i = 16; i-- > offset_of(v6);) {
    if (++bytes[i] != 0) break;
  }
  return bytes;
}

std::optional<Bytes> previous(Bytes bytes, bool v6) {
  if (bytes == Bytes{}) return std::nullopt;
  for (std::size_t i = 16; i-- > offset_of(v6);) {
    if (bytes[i]-- != 0) break;
  }
  return bytes;
}

// --- parsing

std::optional<unsigned> parse_number(std::string_view digits, unsigned base, std::size_t longest) {
  if (digits.empty() || digits.size() > longest) return std::nullopt;
  unsigned value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, static_cast<int>(base));
  return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

/// Decimal without sign or leading zeros.
std::optional<unsigned> parse_decimal(std::string_view digits, unsigned largest) {
  if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
  const auto value = parse_number(digits, 10, 3);
  return value && *value <= largest ? value : std::nullopt;
}

std::optional<Bytes> parse_v4(std::string_view text) {
  Bytes bytes{};
  for (std::size_t i = kV4Offset; i < 16; ++i) {
    const std::size_t dot = i < 15 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    const auto octet = parse_decimal(text.substr(0, dot), 255);
    if (!octet) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(*octet);
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return bytes;
}

/// Appends the groups of one side of "::"; the last group may be a dotted IPv4 address.
bool parse_groups(std::string_view text, std::vector<std::uint8_t>& bytes) {
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (group.find('.') != std::string_view::npos) {
      const auto v4 = parse_v4(group);
      if (!v4 || colon != std::string_view::npos) return false;
      bytes.insert(bytes.end(), v4->begin() + kV4Offset, v4->end());
      return true;
    }
    const auto value = parse_number(group, 16, 4);
    if (!value) return false;
    bytes.push_back(static_cast<std::uint8_t>(*value >> 8U));
    bytes.push_back(static_cast<std::uint8_t>(*value & 0xFFU));
    if (colon == std::string_view::npos) return true;
    text.remove_prefix(colon + 1);
    if (text.empty()) return false;  // a trailing single colon
  }
  return true;
}

std::optional<Bytes> parse_v6(std::string_view text) {
  std::vector<std::uint8_t> head;
  std::vector<std::uint8_t> tail;
  const std::size_t gap = text.find("::");
  if (!parse_groups(text.substr(0, gap), head)) return std::nullopt;
  if (gap == std::string_view::npos) {
    if (head.size() != 16) return std::nullopt;
  } else {
    const std::string_view rest = text.substr(gap + 2);
    if (rest.find("::") != std::string_view::npos || !parse_groups(rest, tail)) return std::nullopt;
    if (head.size() + tail.size() > 14) return std::nullopt;  // "::" stands for one group at least
  }
  Bytes bytes{};
  std::copy(head.begin(), head.end(), bytes.begin());
  std::copy(tail.begin(), tail.end(), bytes.end() - static_cast<std::ptrdiff_t>(tail.size()));
  return bytes;
}

std::optional<IpAddress> parse_address(std::string_view text) {
  const bool v6 = text.find(':') != std::string_view::npos;
  const auto bytes = v6 ? parse_v6(text) : parse_v4(text);
  return bytes ? std::optional(IpAddress{v6, *bytes}) : std::nullopt;
}

AddressRange network(const IpAddress& address, unsigned prefix) {
  AddressRange range{address.v6, address.bytes, address.bytes};
  for (unsigned bit = prefix; bit < bits_of(address.v6); ++bit) {
    const std::size_t i = offset_of(address.v6) + bit / 8;
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    range.first[i] = static_cast<std::uint8_t>(range.first[i] & ~mask);
    range.last[i] = static_cast<std::uint8_t>(range.last[i] | mask);
  }
  return range;
}

/// Length of a contiguous netmask: 255.255.0.0 is 16.
std::optional<unsigned> prefix_of_mask(const Bytes& mask) {
  unsigned prefix = 0;
  while (prefix < 32 && (mask[kV4Offset + prefix / 8] & (0x80U >> (prefix % 8))) != 0) ++prefix;
  return network(IpAddress{false, last_of_family(false)}, prefix).first == mask ? std::optional(prefix)
                                                                                : std::nullopt;
}

std::optional<AddressRange> parse_network(std::string_view text, std::size_t slash) {
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  const std::string_view length = text.substr(slash + 1);
  std::optional<unsigned> prefix = parse_decimal(length, bits_of(address->v6));
  if (!prefix && !address->v6) {
    if (const auto mask = parse_v4(length)) prefix = prefix_of_mask(*mask);
  }
  return prefix ? std::optional(network(*address, *prefix)) : std::nullopt;
}

std::optional<AddressRange> parse_span(std::string_view text, std::size_t dash) {
  const auto first = parse_address(text.substr(0, dash));
  const auto last = parse_address(text.substr(dash + 1));
  if (!first || !last || first->v6 != last->v6 || first->bytes > last->bytes) return std::nullopt;
  return AddressRange{first->v6, first->bytes, last->bytes};
}

std::optional<AddressRange> parse_single(std::string_view text) {
  const std::size_t zone = text.find('%');
  const auto address = parse_address(text.substr(0, zone));
  if (!address || (zone != std::string_view::npos && (!address->v6 || zone + 1 == text.size())))
    return std::nullopt;
  return AddressRange{address->v6, address->bytes, address->bytes};
}

bool is_word(std::string_view text, std::string_view word) {
  return std::equal(text.begin(), text.end(), word.begin(), word.end(), [](char t, char w) {
    return (t >= 'A' && t <= 'Z' ? static_cast<char>(t - 'A' + 'a') : t) == w;
  });
}

// --- text

std::string v4_text(const Bytes& b) {
  return fmt::format("{}.{}.{}.{}", b[12], b[13], b[14], b[15]);
}

unsigned group_of(const Bytes& b, std::size_t i) {
  return static_cast<unsigned>(b[2 * i] << 8U) | b[2 * i + 1];
}

/// First and length of the longest run of two or more zero groups.
std::pair<std::size_t, std::size_t> longest_zero_run(const Bytes& b) {
  std::pair<std::size_t, std::size_t> best{8, 1};
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t length = 0;
    while (i + length < 8 && group_of(b, i + length) == 0) ++length;
    if (length > best.second) best = {i, length};
  }
  return best;
}

std::string v6_text(const Bytes& b) {
  const auto [gap, length] = longest_zero_run(b);
  std::string text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == gap) {
      text += "::";
      i += length - 1;
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    text += fmt::format("{:x}", group_of(b, i));
  }
  return text;
}

std::string address_text(bool v6, const Bytes& bytes) {
  return v6 ? v6_text(bytes) : v4_text(bytes);
}

std::string range_text(const AddressRange& range) {
  if (range.first == range.last) return address_text(range.v6, range.first);
  for (unsigned prefix = 0; prefix < bits_of(range.v6); ++prefix) {
    if (network(IpAddress{range.v6, range.first}, prefix) == range) {
      return fmt::format("{}/{}", address_text(range.v6, range.first), prefix);
    }
  }
  return fmt::format("{}-{}", address_text(range.v6, range.first), address_text(range.v6, range.last));
}

}  // namespace

std::optional<Addresses> parse_addresses(std::string_view text) {
  if (is_word(text, "any")) return all_addresses();
  if (is_word(text, "none")) return Addresses{};
  if (is_word(text, "loopback")) return loopback_addresses();
  std::optional<AddressRange> range;
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    range = parse_network(text, slash);
  } else if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    range = parse_span(text, dash);
  } else {
    range = parse_single(text);
  }
  return range ? std::optional(Addresses{{*range}}) : std::nullopt;
}

Addresses all_addresses() {
  return {{{false, {}, last_of_family(false)}, {true, {}, last_of_family(true)}}};
}

Addresses loopback_addresses() {
  Bytes first{};
  first[kV4Offset] = 127;
  Bytes one{};
  one[15] = 1;
  return {{network(IpAddress{false, first}, 8), {true, one, one}}};
}

Addresses normalised(std::vector<AddressRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  Addresses result;
  for (const AddressRange& range : ranges) {
    if (!result.ranges.empty()) {
      AddressRange& back = result.ranges.back();
      const auto after = next(back.last, back.v6);
      if (back.v6 == range.v6 && (!after || range.first <= *after)) {
        back.last = std::max(back.last, range.last);
        continue;
      }
    }
    result.ranges.push_back(range);
  }
  return result;
}

Addresses unite(const Addresses& a, const Addresses& b) {
  std::vector<AddressRange> ranges = a.ranges;
  ranges.insert(ranges.end(), b.ranges.begin(), b.ranges.end());
  return normalised(std::move(ranges));
}

Addresses intersect(const Addresses& a, const Addresses& b) {
  Addresses result;
  auto x = a.ranges.begin();
  auto y = b.ranges.begin();
  while (x != a.ranges.end() && y != b.ranges.end()) {
    if (x->v6 == y->v6) {
      const AddressRange common{x->v6, std::max(x->first, y->first), std::min(x->last, y->last)};
      if (common.first <= common.last) result.ranges.push_back(common);
    }
    const bool x_ends_first = x->v6 != y->v6 ? y->v6 : x->last < y->last;
    if (x_ends_first) {
      ++x;
    } else {
      ++y;
    }
  }
  return result;
}

Addresses subtract(const Addresses& a, const Addresses& b) {
  Addresses complement;
  for (const AddressRange& family : all_addresses().ranges) {
    std::optional<Bytes> first = family.first;
    for (const AddressRange& hole : b.ranges) {
      if (hole.v6 != family.v6 || !first) continue;
      const auto last = previous(hole.first, hole.v6);
      if (last && *first <= *last) complement.ranges.push_back({family.v6, *first, *last});
      first = next(hole.last, hole.v6);
    }
    if (first) complement.ranges.push_back({family.v6, *first, family.last});
  }
  return intersect(a, complement);
}

bool is_subset(const Addresses& part, const Addresses& whole) {
  return intersect(part, whole) == part;
}

std::string to_text(const Addresses& addresses) {
  if (addresses.ranges.empty()) return "none";
  if (addresses == all_addresses()) return "any";
  if (addresses == loopback_addresses()) return "loopback";
  std::vector<std::string> terms;
  for (const AddressRange& range : addresses.ranges) terms.push_back(range_text(range));
  return terms.size() == 1 ? terms.front() : fmt::format("{{{}}}", fmt::join(terms, ", "));
}

}  // namespace polc::value
