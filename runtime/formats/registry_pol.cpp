#include "runtime/formats/registry_pol.hpp"

#include <fmt/format.h>

#include <optional>

#include "runtime/base/limits.hpp"
#include "runtime/formats/windows_text.hpp"

namespace polc::formats {
namespace {

constexpr std::string_view kSignature = "PReg";
constexpr std::string_view kVersion("\1\0\0\0", 4);
constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kNumberBytes = 4;

class PolParser {
 public:
  explicit PolParser(std::string_view bytes) : bytes_(bytes), at_(kHeaderBytes) {}

  Parsed<std::vector<PolEntry>> parse() {
    std::vector<PolEntry> entries;
    while (at_ < bytes_.size()) {
      number_ = entries.size() + 1;
      if (entries.size() == limits::kRegistryPolEntries) {
        return parse_error(at_, fmt::format("more than {} entries", limits::kRegistryPolEntries));
      }
      PolEntry entry;
      if (!read_entry(entry)) return tl::unexpected<ParseError>(error_);
      entries.push_back(std::move(entry));
    }
    return entries;
  }

 private:
  bool fail(std::size_t offset, std::string_view what) {
    error_ = {offset, fmt::format("entry {}: {}", number_, what)};
    return false;
  }

  std::optional<char16_t> unit_at(std::size_t offset) const {
    if (offset + 2 > bytes_.size()) return std::nullopt;
    return utf16_unit(bytes_, offset);
  }

  /// Takes the unit if it stands here.
  bool take(char16_t unit) {
    if (unit_at(at_) != unit) return false;
    at_ += 2;
    return true;
  }

  bool read_entry(PolEntry& entry) {
    entry.offset = at_;
    if (!take(u'[')) return fail(at_, "'[' is missing at its beginning");
    if (!read_name(entry.key, "key")) return false;
    if (take(u']')) return true;
    if (!take(u';')) return fail(at_, "';' or ']' is missing behind the key");
    if (!is_separator(at_) && !read_name(entry.value, "value name")) return false;
    if (take(u']')) return true;
    if (!take(u';')) return fail(at_, "';' or ']' is missing behind the value name");
    if (!read_number(entry.type)) return false;
    if (take(u']')) return true;
    if (!take(u';')) return fail(at_, "';' or ']' is missing behind the type");
    std::uint32_t size = 0;
    if (!read_number(size)) return false;
    return read_data(size, entry.data);
  }

  bool is_separator(std::size_t offset) const { return unit_at(offset) == u';' || unit_at(offset) == u']'; }

  /// Text up to its zero: brackets and semicolons are part of names.
  bool read_name(std::string& name, std::string_view what) {
    const std::size_t begin = at_;
    for (auto unit = unit_at(at_); unit != u'\0'; unit = unit_at(at_)) {
      if (!unit) return fail(begin, fmt::format("the {} has no end", what));
      if (*unit < 0x20) return fail(at_, fmt::format("a control character in the {}", what));
      at_ += 2;
    }
    auto text = utf8_from_utf16(bytes_.substr(begin, at_ - begin));
    if (!text) return fail(begin + text.error().offset, text.error().what);
    name = std::move(*text);
    at_ += 2;
    return true;
  }

  /// A number that is left out is told from one whose first bytes look like ';' or ']' by what follows.
  bool read_number(std::uint32_t& number) {
    const bool left_out = is_separator(at_) && (is_separator(at_ + 2) || !is_separator(at_ + kNumberBytes));
    if (left_out) return true;
    if (at_ + kNumberBytes > bytes_.size()) return fail(at_, "the file ends inside of a number");
    for (std::size_t i = kNumberBytes; i > 0; --i) {
      number = number << 8U | static_cast<std::uint8_t>(bytes_[at_ + i - 1]);
    }
    at_ += kNumberBytes;
    return true;
  }

  bool read_data(std::uint32_t size, std::string_view& data) {
    if (size == 0 && take(u']')) return true;
    if (!take(u';')) return fail(at_, "';' is missing behind the size");
    if (size > bytes_.size() - at_) {
      return fail(at_, fmt::format("its {} bytes of data go beyond the end of the file", size));
    }
    data = bytes_.substr(at_, size);
    at_ += size;
    if (!take(u']')) return fail(at_, "']' is missing behind the data");
    return true;
  }

  std::string_view bytes_;
  std::size_t at_;
  std::size_t number_ = 0;
  ParseError error_;
};

}  // namespace

Parsed<std::vector<PolEntry>> parse_registry_pol(std::string_view bytes) {
  if (bytes.size() > limits::kRegistryPolBytes) {
    return parse_error(0, fmt::format("a Registry.pol of more than {} bytes", limits::kRegistryPolBytes));
  }
  if (!bytes.starts_with(kSignature))
    return parse_error(0, "no Registry.pol: it does not begin with \"PReg\"");
  const auto version = bytes.substr(kSignature.size(), kNumberBytes);
  if (version != kVersion) {
    return parse_error(kSignature.size(), "only version 1 of Registry.pol is known");
  }
  return PolParser(bytes).parse();
}

}  // namespace polc::formats
