#include "compiler/types/registry_data.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace polc::compiler {

using value::RegistryData;
using value::RegistryType;
using value::Value;

namespace {

constexpr std::array kTypes{
    std::pair{std::string_view("dword"), RegistryType::Dword},
    std::pair{std::string_view("qword"), RegistryType::Qword},
    std::pair{std::string_view("sz"), RegistryType::Sz},
    std::pair{std::string_view("expand_sz"), RegistryType::ExpandSz},
    std::pair{std::string_view("multi_sz"), RegistryType::MultiSz},
    std::pair{std::string_view("binary"), RegistryType::Binary},
};

std::optional<std::uint8_t> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

std::optional<std::vector<std::uint8_t>> bytes_of(std::string hex) {
  hex.erase(std::remove(hex.begin(), hex.end(), ' '), hex.end());
  if (hex.size() % 2 != 0) return std::nullopt;
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const auto high = hex_digit(hex[i]);
    const auto low = hex_digit(hex[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(*high << 4U | *low));
  }
  return bytes;
}

std::optional<RegistryData> number_data(const Value& value, RegistryType type) {
  const auto* number = value.get<value::Number>();
  const auto content = number != nullptr ? number->low.as_unsigned() : std::nullopt;
  if (!content || (type == RegistryType::Dword && *content > UINT32_MAX)) return std::nullopt;
  return RegistryData{type, 0, *content};
}

std::optional<RegistryData> list_data(const Value& value) {
  const auto* list = value.get<value::ListValue>();
  if (list == nullptr) return std::nullopt;
  std::vector<std::string> strings;
  for (const Value& item : list->items) {
    const auto* text = item.get<std::string>();
    if (text == nullptr) return std::nullopt;
    strings.push_back(*text);
  }
  return RegistryData{RegistryType::MultiSz, 0, std::move(strings)};
}

}  // namespace

std::optional<RegistryData> registry_data(const Value& value, RegistryType type) {
  const auto* text = value.get<std::string>();
  switch (type) {
    case RegistryType::Dword:
    case RegistryType::Qword:
      return number_data(value, type);
    case RegistryType::MultiSz:
      return list_data(value);
    case RegistryType::Sz:
    case RegistryType::ExpandSz:
      return text != nullptr ? std::optional(RegistryData{type, 0, *text}) : std::nullopt;
    case RegistryType::Binary: {
      const auto bytes = text != nullptr ? bytes_of(*text) : std::nullopt;
      return bytes ? std::optional(RegistryData{type, 0, *bytes}) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<RegistryType> registry_type_named(std::string_view word) {
  for (const auto& [name, type] : kTypes) {
    if (name == word) return type;
  }
  return std::nullopt;
}

}  // namespace polc::compiler
