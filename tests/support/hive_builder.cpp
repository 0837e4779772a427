#include "tests/support/hive_builder.hpp"

#include <bit>
#include <cctype>
#include <stdexcept>

#include "runtime/base/text.hpp"

namespace polc::test {
namespace {

constexpr std::size_t kBase = 4096;
constexpr std::uint32_t kNone = 0xFFFFFFFF;

std::string stored_name(std::string_view name, bool latin1) {
  if (!latin1) return utf16(name);
  std::string stored;
  for (std::size_t i = 0; i < name.size();) {
    const auto point = base::decode_utf8(name, i).value();
    stored += static_cast<char>(point.value);
    i += point.length;
  }
  return stored;
}

/// Cells one behind the other in a single bin.
class Writer {
 public:
  std::uint32_t cell(std::string content) {
    const std::size_t size = (content.size() + 4 + 7) / 8 * 8;
    const auto offset = static_cast<std::uint32_t>(bin_.size());
    bin_ += le(std::uint64_t{0} - size, 4);
    bin_ += content;
    bin_.resize(offset + size, '\0');
    return offset;
  }

  std::uint32_t key(const HiveTree& tree, std::uint32_t parent, bool root) {
    const std::string name = stored_name(tree.name, tree.latin1);
    const unsigned flags = (root ? 0x0CU : 0U) | (tree.latin1 ? 0x20U : 0U) | (tree.link ? 0x10U : 0U);
    const std::string node = "nk" + le(flags, 2) + le(0, 8) + le(0, 4) + le(parent, 4) +
                             le(tree.keys.size(), 4) + le(0, 4) + le(kNone, 4) + le(kNone, 4) +
                             le(tree.values.size(), 4) + le(kNone, 4) + le(kNone, 4) + le(kNone, 4) +
                             std::string(20, '\0') + le(name.size(), 2) + le(0, 2);
    const std::uint32_t offset = cell(node + name);
    if (!tree.security.empty()) {
      refer(offset, 44, cell("sk" + le(0, 14) + le(tree.security.size(), 4) + tree.security));
    }
    if (!tree.values.empty()) {
      std::string list;
      for (const HiveEntry& entry : tree.values) list += le(value(entry), 4);
      refer(offset, 40, cell(list));
    }
    if (!tree.keys.empty()) refer(offset, 28, subkeys(tree, offset));
    return offset;
  }

  std::string finish() {
    const std::size_t size = (bin_.size() + 8 + 4095) / 4096 * 4096;
    bin_ += le(size - bin_.size(), 4);  // one free cell
    bin_.resize(size, '\0');
    put(bin_, 8, size, 4);
    return std::move(bin_);
  }

 private:
  void refer(std::uint32_t cell, std::size_t field, std::uint32_t to) { put(bin_, cell + 4 + field, to, 4); }

  /// What a list of subkeys keeps of a name besides its cell.
  static std::string known_name(const std::string& list, const std::string& name) {
    if (list.starts_with("lf")) return (name + std::string(4, '\0')).substr(0, 4);
    std::uint32_t hash = 0;
    for (const char c : name)
      hash = hash * 37 + static_cast<unsigned char>(std::toupper(static_cast<unsigned char>(c)));
    return le(hash, 4);
  }

  std::uint32_t subkeys(const HiveTree& tree, std::uint32_t offset) {
    using List = HiveTree::List;
    std::vector<std::uint32_t> cells;
    for (const HiveTree& child : tree.keys) cells.push_back(key(child, offset, false));
    const bool plain = tree.list == List::Leaf || tree.list == List::Root;
    const auto leaf = [&](std::size_t from, std::size_t to) {
      std::string list = plain ? "li" : tree.list == List::FastLeaf ? "lf" : "lh";
      list += le(to - from, 2);
      for (std::size_t i = from; i < to; ++i)
        list += le(cells[i], 4) + (plain ? std::string() : known_name(list, tree.keys[i].name));
      return cell(list);
    };
    if (tree.list != List::Root) return leaf(0, cells.size());
    std::string root = "ri" + le(cells.size(), 2);
    for (std::size_t i = 0; i < cells.size(); ++i) root += le(leaf(i, i + 1), 4);
    return cell(root);
  }

  std::uint32_t value(const HiveEntry& entry) {
    const std::string name = stored_name(entry.name, entry.latin1);
    const bool resident = entry.data.size() <= 4;
    std::string place = resident ? (entry.data + std::string(4, '\0')).substr(0, 4) : le(data(entry.data), 4);
    return cell("vk" + le(name.size(), 2) + le(entry.data.size() | (resident ? 0x80000000U : 0U), 4) + place +
                le(entry.type, 4) + le(entry.latin1 ? 1 : 0, 2) + le(0, 2) + name);
  }

  std::uint32_t data(const std::string& bytes) {
    constexpr std::size_t kSegment = 16344;
    if (bytes.size() <= kSegment) return cell(bytes);
    std::string segments;
    std::size_t count = 0;
    for (std::size_t at = 0; at < bytes.size(); at += kSegment, ++count) {
      segments += le(cell(bytes.substr(at, kSegment) + le(0, 4)), 4);
    }
    const std::uint32_t list = cell(segments);
    return cell("db" + le(count, 2) + le(list, 4));
  }

  std::string bin_ = "hbin" + le(0, 4) + le(0, 24);
};

std::uint64_t marvin(std::string_view bytes) {
  std::uint32_t a = 0x7A4E55C5;
  std::uint32_t b = 0x82EF4D88;
  const auto mix = [&](std::uint32_t word) {
    a += word;
    b ^= a;
    a = std::rotl(a, 20) + b;
    b = std::rotl(b, 9) ^ a;
    a = std::rotl(a, 27) + b;
    b = std::rotl(b, 19);
  };
  if (bytes.size() % 4 != 0) throw std::logic_error("whole words only");
  const std::string copy(bytes);
  for (std::size_t i = 0; i < copy.size(); i += 4) mix(get32(copy, i));
  mix(0x80);
  mix(0);
  return std::uint64_t{b} << 32U | a;
}

}  // namespace

std::string le(std::uint64_t number, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) text += static_cast<char>(i < 8 ? number >> (8 * i) & 0xFFU : 0U);
  return text;
}

HiveEntry dword(std::string name, std::uint32_t number) {
  return {std::move(name), 4, le(number, 4)};
}
HiveEntry text(std::string name, std::string_view value) {
  return {std::move(name), 1, utf16(value) + le(0, 2)};
}
HiveEntry texts(std::string name, const std::vector<std::string>& values) {
  std::string data;
  for (const std::string& value : values) data += utf16(value) + le(0, 2);
  return {std::move(name), 7, data + le(0, 2)};
}
HiveEntry binary(std::string name, std::string bytes) {
  return {std::move(name), 3, std::move(bytes)};
}

HiveTree& HiveTree::at(std::string_view path) {
  if (path.empty()) return *this;
  const std::size_t cut = path.find('\\');
  const std::string_view first = path.substr(0, cut);
  const std::string_view rest = cut == std::string_view::npos ? std::string_view() : path.substr(cut + 1);
  for (HiveTree& child : keys) {
    if (child.name == first) return child.at(rest);
  }
  HiveTree child;
  child.name = first;
  keys.push_back(std::move(child));
  return keys.back().at(rest);
}

HiveTree& HiveTree::with(HiveEntry value) {
  values.push_back(std::move(value));
  return *this;
}

void put(std::string& bytes, std::size_t offset, std::uint64_t number, std::size_t size) {
  bytes.replace(offset, size, le(number, size));
}

std::uint32_t get32(const std::string& bytes, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i > 0; --i)
    number = number << 8U | static_cast<std::uint8_t>(bytes.at(offset + i - 1));
  return number;
}

void sign(std::string& hive) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < 508; i += 4) sum ^= get32(hive, i);
  put(hive, 508, sum == 0 ? 1 : sum == 0xFFFFFFFF ? 0xFFFFFFFE : sum, 4);
}

std::string hive_file(const HiveTree& root, const HiveOptions& options) {
  Writer writer;
  const std::uint32_t root_cell = writer.key(root, 0, true);
  const std::string bins = writer.finish();
  std::string base(kBase, '\0');
  base.replace(0, 4, "regf");
  put(base, 4, options.primary_sequence, 4);
  put(base, 8, options.secondary_sequence, 4);
  put(base, 12, options.last_written, 8);
  put(base, 20, 1, 4);
  put(base, 24, options.minor_version, 4);
  put(base, 32, 1, 4);
  put(base, 36, root_cell, 4);
  put(base, 40, bins.size(), 4);
  put(base, 44, 1, 4);
  sign(base);
  return base + bins;
}

std::size_t cell_of(const std::string& hive, std::string_view signature, std::string_view name) {
  const std::size_t length_field = signature == "nk" ? 72 : 2;
  const std::size_t name_field = signature == "nk" ? 76 : 20;
  for (std::size_t at = hive.find(signature, kBase); at != std::string::npos;
       at = hive.find(signature, at + 1)) {
    if (hive.compare(at + name_field, name.size(), name) == 0 &&
        static_cast<std::uint8_t>(hive[at + length_field]) == name.size()) {
      return at - 4;
    }
  }
  throw std::logic_error("no such cell");
}

std::string rehash_log_entry(std::string log, std::size_t offset) {
  const std::size_t size = get32(log, offset + 4);
  put(log, offset + 24, marvin(std::string_view(log).substr(offset + 40, size - 40)), 8);
  put(log, offset + 32, marvin(std::string_view(log).substr(offset, 32)), 8);
  return log;
}

std::string hive_log(const std::vector<HiveChange>& changes, std::uint32_t type) {
  std::string log = changes.front().before.substr(0, 512);
  put(log, 28, type, 4);
  put(log, 4, changes.front().sequence, 4);
  put(log, 8, changes.front().sequence, 4);
  sign(log);
  for (const HiveChange& change : changes) {
    std::string references;
    std::string pages;
    std::size_t count = 0;
    for (std::size_t page = kBase; page < change.after.size(); page += 4096) {
      const std::string content = change.after.substr(page, 4096);
      if (page < change.before.size() && change.before.compare(page, 4096, content) == 0) continue;
      references += le(page - kBase, 4) + le(content.size(), 4);
      pages += content;
      ++count;
    }
    std::string body = references + pages;
    body.resize((body.size() + 40 + 511) / 512 * 512 - 40, '\0');
    std::string entry = "HvLE" + le(body.size() + 40, 4) + le(0, 4) + le(change.sequence, 4) +
                        le(change.after.size() - kBase, 4) + le(count, 4) + le(marvin(body), 8);
    entry += le(marvin(entry), 8);
    log += entry + body;
  }
  return log;
}

}  // namespace polc::test
