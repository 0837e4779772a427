#include "tests/support/reg_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "runtime/formats/registry_data.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/support/windows_bytes.hpp"

namespace polc::test {
namespace {

using value::RegistryData;
using value::RegistryType;
using Bytes = std::vector<std::uint8_t>;
using Texts = std::vector<std::string>;

std::uint32_t type_number(const RegistryData& data) {
  switch (data.type) {
    case RegistryType::None:
      return formats::kRegNone;
    case RegistryType::Sz:
      return formats::kRegSz;
    case RegistryType::ExpandSz:
      return formats::kRegExpandSz;
    case RegistryType::Binary:
      return formats::kRegBinary;
    case RegistryType::Dword:
      return formats::kRegDword;
    case RegistryType::Qword:
      return formats::kRegQword;
    case RegistryType::MultiSz:
      return formats::kRegMultiSz;
    case RegistryType::Other:
      break;
  }
  return data.other_type;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// "hex(7):61,00,\" and so on; `used` columns stand before it.
std::string hex_lines(const RegistryData& data, std::size_t used) {
  constexpr std::size_t kColumns = 77;
  std::string out = data.type == RegistryType::Binary ? "hex:" : fmt::format("hex({:x}):", type_number(data));
  std::size_t column = used + out.size();
  const std::string bytes = stored_bytes(data);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out += fmt::format("{:02x}", static_cast<std::uint8_t>(bytes[i]));
    if (i + 1 == bytes.size()) break;
    out += ',';
    column += 3;
    if (column < kColumns) continue;
    out += "\\\r\n  ";
    column = 2;
  }
  return out;
}

std::string data_text(const RegistryData& data, std::size_t used) {
  const auto* text = std::get_if<std::string>(&data.data);
  const bool one_line = text != nullptr && text->find_first_of("\r\n") == std::string::npos;
  if (data.type == RegistryType::Sz && one_line) return quoted(*text);
  if (data.type == RegistryType::Dword)
    return fmt::format("dword:{:08x}", std::get<std::uint64_t>(data.data));
  return hex_lines(data, used);
}

std::string long_hive(const std::string& path) {
  const std::size_t cut = path.find('\\');
  return (path.starts_with("HKLM") ? "HKEY_LOCAL_MACHINE" : "HKEY_USERS") + path.substr(cut);
}

std::string number_bytes(std::uint64_t number, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(number >> (8 * i) & 0xFFU));
  return bytes;
}

/// Texts and names that need care somewhere.
const std::array<std::string, 16> kTexts{"",
                                         "plain",
                                         "with \"quotes\"",
                                         "back\\slash\\",
                                         "closing ] bracket",
                                         "[HKEY_LOCAL_MACHINE\\X]",
                                         "a=b",
                                         "; no comment",
                                         " blanks around ",
                                         "@",
                                         "-",
                                         "dword:00000001",
                                         "Größe",
                                         "日本語",
                                         "\U0001F600",
                                         "%SystemRoot%\\x"};

class Generator {
 public:
  Generator(std::uint32_t seed, bool line_breaks) : random_(seed), line_breaks_(line_breaks) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  const std::string& text() { return kTexts.at(below(kTexts.size())); }

  Bytes bytes() {
    constexpr std::array<std::size_t, 6> kSizes{0, 1, 2, 25, 64, 700};
    Bytes all(kSizes.at(below(kSizes.size())));
    for (std::uint8_t& byte : all) byte = static_cast<std::uint8_t>(random_());
    return all;
  }

  /// A name that no other value or key of its parent has.
  std::string name(std::size_t number, bool of_key) {
    std::string made = number == 0 && !of_key ? std::string() : text() + std::to_string(number);
    if (of_key) std::replace(made.begin(), made.end(), '\\', '/');
    return made;
  }

  RegistryData data(RegistryType type) {
    switch (type) {
      case RegistryType::Sz:
        return {type, 0, line_breaks_ && below(4) == 0 ? text() + "\r\n" + text() : text()};
      case RegistryType::ExpandSz:
        return {type, 0, text()};
      case RegistryType::Dword:
        return {type, 0, std::uint64_t{random_()}};
      case RegistryType::Qword:
        return {type, 0, std::uint64_t{random_()} << 32U | random_()};
      case RegistryType::MultiSz: {
        Texts lines(below(4));
        for (std::string& line : lines) line = text();
        return {type, 0, std::move(lines)};
      }
      case RegistryType::Other:
        return {type, 0x20 + static_cast<std::uint32_t>(below(0x100)), bytes()};
      case RegistryType::None:
      case RegistryType::Binary:
        break;
    }
    return {type, 0, bytes()};
  }

 private:
  std::mt19937 random_;
  bool line_breaks_;
};

}  // namespace

std::string stored_bytes(const RegistryData& data) {
  const std::string end(2, '\0');
  if (const auto* number = std::get_if<std::uint64_t>(&data.data))
    return number_bytes(*number, data.type == RegistryType::Dword ? 4 : 8);
  if (const auto* text = std::get_if<std::string>(&data.data)) return utf16(*text) + end;
  if (const auto* bytes = std::get_if<Bytes>(&data.data)) return {bytes->begin(), bytes->end()};
  std::string all;
  for (const std::string& line : std::get<Texts>(data.data)) all += utf16(line) + end;
  return all + end;
}

std::string reg_file(const value::RegistryEvidence& registry) {
  std::string text = "Windows Registry Editor Version 5.00\r\n";
  for (const auto& [folded, key] : registry) {
    if (!key.presence.present()) continue;
    text += "\r\n[" + long_hive(key.path) + "]\r\n";
    for (const auto& [name, row] : key.values) {
      const std::string head = (name.empty() ? "@" : quoted(row.name)) + '=';
      text += head + data_text(row.data.value, head.size()) + "\r\n";
    }
  }
  return utf16_file(text);
}

value::RegistryEvidence made_up_registry(const std::string& root, std::uint32_t seed, bool line_breaks) {
  Generator random(seed, line_breaks);
  value::RegistryEvidence registry;
  for (std::size_t i = 0; i < 8; ++i) {
    value::RegistryKeyEvidence key;
    key.path = i == 0 ? root : root + '\\' + random.name(i, true);
    key.presence = value::Reading<bool>::of(true);
    for (std::size_t j = 0; j < 24; ++j) {
      const std::string name = random.name(j, false);
      const auto type = static_cast<RegistryType>(j % 8);
      key.values[value::folded(name)] = {name, value::Reading<RegistryData>::of(random.data(type))};
    }
    registry[value::folded(key.path)] = std::move(key);
  }
  // What random texts rarely are.
  auto& borders = registry[value::folded(root)].values;
  const auto list = [&](const std::string& name, Texts lines) {
    borders[value::folded(name)] = {
        name, value::Reading<RegistryData>::of({RegistryType::MultiSz, 0, std::move(lines)})};
  };
  list("empty list", {});
  list("list of an empty text", {""});
  list("list with a gap", {"a", "", "b"});
  return registry;
}

std::string registry_text(const value::RegistryEvidence& registry, const std::string& root) {
  const std::string folded_root = value::folded(root);
  std::string text;
  for (const auto& [folded, key] : registry) {
    if (folded != folded_root && !folded.starts_with(folded_root + '\\')) continue;
    text += '[' + key.path.substr(root.size()) + "]\n";
    for (const auto& [name, row] : key.values) {
      text += row.name + " = ";
      if (!row.data.present()) {
        text += "not read: " + row.data.unknown.detail + '\n';
        continue;
      }
      text += std::to_string(type_number(row.data.value));
      for (const char byte : stored_bytes(row.data.value))
        text += fmt::format(" {:02x}", static_cast<std::uint8_t>(byte));
      text += '\n';
    }
  }
  return text;
}

}  // namespace polc::test
