#include "runtime/formats/registry_data.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "runtime/formats/windows_text.hpp"

namespace polc::formats {
namespace {

using value::RegistryData;
using value::RegistryType;

Parsed<RegistryData> number_data(RegistryType type, std::string_view bytes, std::size_t size) {
  if (bytes.size() != size) {
    const char* name = type == RegistryType::Dword ? "REG_DWORD" : "REG_QWORD";
    return parse_error(0, fmt::format("a {} of {} bytes", name, bytes.size()));
  }
  std::uint64_t number = 0;
  for (std::size_t i = size; i > 0; --i) number = number << 8U | static_cast<std::uint8_t>(bytes[i - 1]);
  return RegistryData{type, 0, number};
}

Parsed<RegistryData> text_data(RegistryType type, std::string_view bytes) {
  auto text = utf8_from_utf16(bytes);
  if (!text) return tl::unexpected<ParseError>(text.error());
  text->resize(std::min(text->find('\0'), text->size()));
  return RegistryData{type, 0, std::move(*text)};
}

Parsed<RegistryData> list_data(std::string_view bytes) {
  const auto text = utf8_from_utf16(bytes);
  if (!text) return tl::unexpected<ParseError>(text.error());
  std::vector<std::string> list;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\0', begin), text->size());
    const bool closes_list = end == begin && end + 1 == text->size();
    if (!closes_list) list.push_back(text->substr(begin, end - begin));
    begin = end + 1;
  }
  return RegistryData{RegistryType::MultiSz, 0, std::move(list)};
}

RegistryData byte_data(RegistryType type, std::string_view bytes, std::uint32_t other_type = 0) {
  return {type, other_type, std::vector<std::uint8_t>(bytes.begin(), bytes.end())};
}

}  // namespace

Parsed<RegistryData> registry_data(std::uint32_t type, std::string_view bytes) {
  switch (type) {
    case kRegNone:
      return byte_data(RegistryType::None, bytes);
    case kRegSz:
      return text_data(RegistryType::Sz, bytes);
    case kRegExpandSz:
      return text_data(RegistryType::ExpandSz, bytes);
    case kRegBinary:
      return byte_data(RegistryType::Binary, bytes);
    case kRegDword:
      return number_data(RegistryType::Dword, bytes, 4);
    case kRegMultiSz:
      return list_data(bytes);
    case kRegQword:
      return number_data(RegistryType::Qword, bytes, 8);
    default:
      return byte_data(RegistryType::Other, bytes, type);
  }
}

}  // namespace polc::formats
