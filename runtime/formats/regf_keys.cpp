// Keys and values of a hive (nk, vk, lf, lh, li, ri, db, sk records).
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"
#include "runtime/formats/little_endian.hpp"
#include "runtime/formats/regf.hpp"
#include "runtime/formats/windows_text.hpp"

namespace polc::formats {

/// Subkeys as a list brings them; refuses what no honest list holds.
class SubkeyCollector {
 public:
  explicit SubkeyCollector(std::uint32_t promised) : promised_(promised) {}

  /// True when the entry leads to a cell that this list has not named yet, and the list is not yet full.
  bool accepts(std::uint32_t cell) { return seen_.size() < promised_ && seen_.insert(cell).second; }

  void add(HiveKey key, HiveList<HiveKey>& list) {
    if (names_.insert(base::fold_case(key.name)).second) {
      list.items.push_back(std::move(key));
    } else if (!list.error) {
      list.error = ParseError{Hive::file_offset(key.cell), "a second key of the same name"};
    }
  }

  /// Notes an entry that cannot be read; how many there were.
  std::size_t lose(ParseError error) {
    if (!list.error) list.error = std::move(error);
    return ++lost_;
  }

  bool is_full() const { return seen_.size() == promised_; }

  HiveList<HiveKey> list;

 private:
  std::uint32_t promised_;
  std::size_t lost_ = 0;
  std::unordered_set<std::uint32_t> seen_;
  std::unordered_set<std::string> names_;
};

namespace {

constexpr std::uint32_t kNoCell = 0xFFFFFFFF;
constexpr std::size_t kKeyNode = 76;
constexpr std::size_t kValueNode = 20;
constexpr std::size_t kSmallestKeyCell = 80;  ///< a key node without its name, and the size of its cell
constexpr std::size_t kSegment = 16344;       ///< most data that one cell holds
constexpr std::uint32_t kResident = 0x80000000;
constexpr std::uint16_t kKeyIsLink = 0x0010;
constexpr std::uint16_t kKeyNameIsLatin1 = 0x0020;
constexpr std::uint16_t kValueNameIsLatin1 = 0x0001;
constexpr std::size_t kKeyNameUnits = 256;

/// Entries of one list that may be unreadable; behind them the list is left. Any number of keys can share one list of
/// rubbish, which must not be walked for each.
constexpr std::size_t kLostEntries = 64;

tl::unexpected<ParseError> at_cell(std::uint32_t cell, std::string what) {
  return parse_error(Hive::file_offset(cell), std::move(what));
}

/// A count of zero is believed only if there is no list, as Windows leaves it when the last entry goes.
std::optional<ParseError> uncounted(const HiveKey& key, std::uint32_t list, std::string_view what) {
  if (list == kNoCell) return std::nullopt;
  return ParseError{Hive::file_offset(key.cell),
                    fmt::format("the key counts no {}, but has a list of them", what)};
}

/// "Compressed" names are the lower halves of UTF-16 units.
Parsed<std::string> name_text(std::string_view bytes, bool latin1) {
  if (!latin1) return utf8_from_utf16(bytes);
  std::string text;
  for (const char c : bytes) base::append_utf8(text, static_cast<std::uint8_t>(c));
  return text;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char ascii_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// What an lh entry keeps of a name, by which Windows looks it up. ASCII only.
std::uint32_t name_hash(std::string_view name) {
  std::uint32_t hash = 0;
  for (const char c : name) hash = hash * 37 + static_cast<unsigned char>(ascii_upper(c));
  return hash;
}

/// Whether a list entry speaks of that name: lh keeps a hash, lf the first four characters. Windows would not find the
/// key by its name otherwise. Names beyond ASCII are not checked.
bool agrees(std::string_view kind, std::string_view kept, std::string_view name) {
  if (!is_ascii(name)) return true;
  if (kind == "lh") return le32(kept, 0) == name_hash(name);
  std::string begin(name.substr(0, 4));
  begin.resize(4, '\0');
  return std::equal(begin.begin(), begin.end(), kept.begin(),
                    [](char a, char b) { return ascii_upper(a) == ascii_upper(b); });
}

}  // namespace

// --- keys

Parsed<HiveKey> Hive::root() const {
  return key_node(header_.root_cell, std::nullopt);
}

/// `parent`: the key in whose list it stands; nullopt for the root.
Parsed<HiveKey> Hive::key_node(std::uint32_t offset, std::optional<std::uint32_t> parent) const {
  const auto node = record(offset, "nk", kKeyNode, "key");
  if (!node) return tl::unexpected<ParseError>(node.error());
  if (parent && (le32(*node, 16) != *parent || offset == header_.root_cell)) {
    return at_cell(offset, "the key belongs to another parent");
  }
  const std::uint16_t flags = le16(*node, 2);
  const std::size_t length = le16(*node, 72);
  if (length == 0 || length > node->size() - kKeyNode) return at_cell(offset, "the key's name has no end");
  const bool latin1 = (flags & kKeyNameIsLatin1) != 0;
  auto name = name_text(node->substr(kKeyNode, length), latin1);
  if (!name) return at_cell(offset, "the key's name: " + name.error().what);
  if (name->find('\0') != std::string::npos || name->find('\\') != std::string::npos) {
    return at_cell(offset, "the key's name has a character that Windows programs cannot name");
  }
  if (length / (latin1 ? 1U : 2U) > kKeyNameUnits) return at_cell(offset, "the key's name is too long");
  HiveKey key;
  key.cell = offset;
  key.name = std::move(*name);
  key.is_link = (flags & kKeyIsLink) != 0;
  key.subkey_count = le32(*node, 20);
  key.subkey_list = le32(*node, 28);
  key.value_count = le32(*node, 36);
  key.value_list = le32(*node, 40);
  key.security = le32(*node, 44);
  return key;
}

HiveList<HiveKey> Hive::subkeys(const HiveKey& key) const {
  SubkeyCollector found(key.subkey_count);
  if (key.subkey_count == 0) {
    found.list.error = uncounted(key, key.subkey_list, "subkeys");
    return std::move(found.list);
  }
  if (key.subkey_count > bins_.size() / kSmallestKeyCell) {
    found.list.error = ParseError{file_offset(key.cell),
                                  fmt::format("the hive is too small for {} subkeys", key.subkey_count)};
    return std::move(found.list);
  }
  std::optional<ParseError> broken;
  const auto list = cell(key.subkey_list);
  if (list && list->size() >= 4 && list->starts_with("ri")) {
    const std::size_t count = le16(*list, 2);
    if (count > (list->size() - 4) / 4)
      broken = at_cell(key.subkey_list, "the list is longer than its cell").value();
    for (std::size_t i = 0; i < count && !broken && !found.is_full(); ++i) {
      broken = leaf(le32(*list, 4 + 4 * i), key, found);
    }
  } else {
    broken = leaf(key.subkey_list, key, found);
  }
  if (!broken && !found.is_full()) {
    broken = ParseError{file_offset(key.subkey_list),
                        fmt::format("the list has fewer subkeys than the {} of its key", key.subkey_count)};
  }
  if (!found.list.error) found.list.error = std::move(broken);
  return std::move(found.list);
}

/// Reads one li, lf or lh list. An entry that cannot be read makes the list incomplete; a list that cannot be read,
/// or repeats itself, is the error returned.
std::optional<ParseError> Hive::leaf(std::uint32_t offset, const HiveKey& key, SubkeyCollector& found) const {
  const auto list = cell(offset);
  if (!list) return list.error();
  const bool plain = list->starts_with("li");
  if (list->size() < 4 || !(plain || list->starts_with("lf") || list->starts_with("lh"))) {
    return at_cell(offset, "the cell holds no list of subkeys").value();
  }
  const std::size_t entry = plain ? 4 : 8;
  const std::size_t count = le16(*list, 2);
  if (count > (list->size() - 4) / entry) return at_cell(offset, "the list is longer than its cell").value();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t child = le32(*list, 4 + entry * i);
    if (!found.accepts(child)) return at_cell(offset, "the list names a subkey twice, or too many").value();
    auto node = key_node(child, key.cell);
    if (node && !plain && !agrees(list->substr(0, 2), list->substr(8 + entry * i, 4), node->name))
      node = at_cell(child, "the key has another name than the list it stands in knows");
    if (node) {
      found.add(std::move(*node), found.list);
      continue;
    }
    if (found.lose(std::move(node.error())) > kLostEntries)
      return at_cell(offset, "too much of the list is lost").value();
  }
  return std::nullopt;
}

Parsed<std::optional<HiveKey>> Hive::find(const HiveKey& key, std::string_view name) const {
  HiveList<HiveKey> list = subkeys(key);
  for (HiveKey& child : list.items) {
    if (base::equal_folded(child.name, name)) return std::optional(std::move(child));
  }
  if (list.error) return tl::unexpected<ParseError>(std::move(*list.error));
  return std::optional<HiveKey>();
}

// --- values

HiveList<HiveValue> Hive::values(const HiveKey& key) const {
  HiveList<HiveValue> result;
  const auto note = [&](ParseError error) {
    if (!result.error) result.error = std::move(error);
  };
  if (key.value_count == 0) {
    result.error = uncounted(key, key.value_list, "values");
    return result;
  }
  const auto list = cell(key.value_list);
  if (!list) {
    note(list.error());
    return result;
  }
  if (key.value_count > list->size() / 4) {
    note(at_cell(key.value_list, "the list of values is longer than its cell").value());
    return result;
  }
  std::unordered_set<std::string> names;
  std::size_t lost = 0;
  for (std::size_t i = 0; i < key.value_count && lost <= kLostEntries; ++i) {
    auto value = value_node(le32(*list, 4 * i));
    if (!value) {
      note(std::move(value.error()));
      ++lost;
    } else if (!names.insert(base::fold_case(value->name)).second) {
      note(at_cell(value->cell, "a second value of the same name").value());
      return result;
    } else {
      result.items.push_back(std::move(*value));
    }
  }
  return result;
}

Parsed<HiveValue> Hive::value_node(std::uint32_t offset) const {
  const auto node = record(offset, "vk", kValueNode, "value");
  if (!node) return tl::unexpected<ParseError>(node.error());
  const std::size_t length = le16(*node, 2);
  if (length > node->size() - kValueNode) return at_cell(offset, "the value's name has no end");
  auto name = name_text(node->substr(kValueNode, length), (le16(*node, 16) & kValueNameIsLatin1) != 0);
  if (!name) return at_cell(offset, "the value's name: " + name.error().what);
  if (name->find('\0') != std::string::npos) return at_cell(offset, "the value's name has a zero character");
  HiveValue value;
  value.cell = offset;
  value.name = std::move(*name);
  value.size = le32(*node, 4);
  value.data_cell = le32(*node, 8);
  value.type = le32(*node, 12);
  value.resident = (value.size & kResident) != 0;
  value.size &= ~kResident;
  if (value.resident && value.size > 4) return at_cell(offset, "more than four bytes of resident data");
  return value;
}

Parsed<std::string> Hive::data(const HiveValue& value) const {
  if (value.size == 0) return std::string();
  if (value.resident) {
    return std::string(bins_.substr(value.cell + 4 + 8, value.size));
  }
  if (value.size > limits::kRegistryDataBytes) {
    return at_cell(value.cell, fmt::format("{} bytes of data; at most {} are read", value.size,
                                           limits::kRegistryDataBytes));
  }
  const auto content = cell(value.data_cell);
  if (!content) return tl::unexpected<ParseError>(content.error());
  const bool may_be_big = header_.minor_version > 3 && value.size > kSegment;
  if (may_be_big && content->size() >= 8 && content->starts_with("db")) return big_data(*content, value);
  if (content->size() < value.size) return at_cell(value.data_cell, "the data is longer than its cell");
  return std::string(content->substr(0, value.size));
}

Parsed<std::string> Hive::big_data(std::string_view record, const HiveValue& value) const {
  const std::size_t count = le16(record, 2);
  const std::uint32_t list_cell = le32(record, 4);
  const auto list = cell(list_cell);
  if (!list) return tl::unexpected<ParseError>(list.error());
  if (count != (value.size + kSegment - 1) / kSegment || count > list->size() / 4) {
    return at_cell(value.data_cell, "the segments do not make up the data");
  }
  std::string data;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t segment_cell = le32(*list, 4 * i);
    const auto segment = cell(segment_cell);
    if (!segment) return tl::unexpected<ParseError>(segment.error());
    const std::size_t length = std::min(kSegment, value.size - data.size());
    if (segment->size() < length) return at_cell(segment_cell, "a segment of the data is too short");
    data += segment->substr(0, length);
  }
  return data;
}

// --- security

Parsed<std::string_view> Hive::security(const HiveKey& key) const {
  constexpr std::size_t kSecurityNode = 20;
  if (key.security == kNoCell) return at_cell(key.cell, "the key has no security descriptor");
  const auto node = record(key.security, "sk", kSecurityNode, "security descriptor");
  if (!node) return node;
  const std::size_t size = le32(*node, 16);
  if (size > node->size() - kSecurityNode) {
    return at_cell(key.security, "the security descriptor is longer than its cell");
  }
  return node->substr(kSecurityNode, size);
}

}  // namespace polc::formats
