#include "runtime/backends/hive/hive_reader.hpp"

#include <fmt/format.h>

#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/registry_data.hpp"

namespace polc::backends::hive {
namespace {

using formats::HiveKey;
using formats::HiveList;
using formats::HiveValue;
using formats::ParseError;
using value::FactStatus;
using value::RegistryData;
using value::RegistryType;
using value::Unknown;
using value::UnknownReason;

/// Windows reads a text to its first zero, whatever stands behind it.
std::string_view to_first_zero(std::string_view bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    if (bytes[i] == '\0' && bytes[i + 1] == '\0') return bytes.substr(0, i);
  }
  return bytes;
}

std::string_view type_name(RegistryType type) {
  switch (type) {
    case RegistryType::None:
      return "REG_NONE";
    case RegistryType::Sz:
      return "REG_SZ";
    case RegistryType::ExpandSz:
      return "REG_EXPAND_SZ";
    case RegistryType::Binary:
      return "REG_BINARY";
    case RegistryType::Dword:
      return "REG_DWORD";
    case RegistryType::Qword:
      return "REG_QWORD";
    case RegistryType::MultiSz:
      return "REG_MULTI_SZ";
    case RegistryType::Other:
      break;
  }
  return "another registry type";
}

template <class T>
value::Reading<T> mistyped(const DataReading& data) {
  return {FactStatus::Mistyped,
          {},
          {UnknownReason::NotCollected, {}, std::string(type_name(data.value.type))},
          data.origin};
}

/// What the origin of a value that decides something else calls it.
std::string label(const HiveValue& value) {
  return value.name.empty() ? "default value" : "value \"" + value.name + "\"";
}

}  // namespace

// --- values

KeyValues::KeyValues(HiveReader& reader, const KeyReading& key) : reader_(reader), key_(key) {
  constexpr std::size_t kValueCost = 1024;
  if (!key_.present()) return;
  if (reader_.afford(0)) list_ = reader_.hive().values(key_.value);
  if (!reader_.afford(list_.items.size() * kValueCost))
    key_ = KeyReading::unreadable(HiveReader::exhausted(), key_.origin);
}

value::Reading<HiveValue> KeyValues::find(std::string_view name) const {
  if (!key_.present()) return without_value<HiveValue>(key_);
  for (const HiveValue& value : list_.items) {
    if (base::equal_folded(value.name, name)) return value::Reading<HiveValue>::of(value, key_.origin);
  }
  if (list_.error) return value::Reading<HiveValue>::unreadable(reader_.corrupt(*list_.error), key_.origin);
  return value::Reading<HiveValue>::absent(key_.origin);
}

DataReading KeyValues::data(std::string_view name) const {
  const auto found = find(name);
  return found.present() ? reader_.data(found.value, label(found.value)) : without_value<RegistryData>(found);
}

TextReading KeyValues::text(std::string_view name) const {
  const DataReading read = data(name);
  if (!read.present()) return without_value<std::string>(read);
  const auto* text = std::get_if<std::string>(&read.value.data);
  return text != nullptr ? TextReading::of(*text, read.origin) : mistyped<std::string>(read);
}

NumberReading KeyValues::dword(std::string_view name) const {
  const DataReading read = data(name);
  if (!read.present()) return without_value<std::uint32_t>(read);
  if (read.value.type != RegistryType::Dword) return mistyped<std::uint32_t>(read);
  return NumberReading::of(static_cast<std::uint32_t>(std::get<std::uint64_t>(read.value.data)), read.origin);
}

value::Reading<bool> KeyValues::flag(std::string_view name) const {
  return converted(dword(name), [](std::uint32_t number) { return number != 0; });
}

BytesReading KeyValues::bytes(std::string_view name) const {
  const auto found = find(name);
  if (!found.present()) return without_value<std::string>(found);
  if (!reader_.afford(found.value.size))
    return BytesReading::unreadable(HiveReader::exhausted(), found.origin);
  auto bytes = reader_.hive().data(found.value);
  const value::OriginId origin = reader_.origin(found.value.cell, label(found.value));
  if (!bytes) return BytesReading::unreadable(reader_.corrupt(bytes.error()), origin);
  return BytesReading::of(std::move(*bytes), origin);
}

// --- keys

HiveReader::HiveReader(const HiveFile& file, value::Evidence& evidence)
    : file_(file), evidence_(evidence), left_(limits::kHiveEvidence) {}

value::OriginId HiveReader::origin(std::uint32_t cell, std::string_view what) {
  std::string note = fmt::format("cell at 0x{:x}", formats::Hive::file_offset(cell));
  if (!what.empty()) note = fmt::format("{}, {}", what, note);
  evidence_.origins.push_back(
      {.backend = "hive", .file = file_.name(), .line = 0, .column = 0, .note = std::move(note)});
  return static_cast<value::OriginId>(evidence_.origins.size() - 1);
}

Unknown HiveReader::corrupt(const ParseError& error) const {
  return {
      UnknownReason::Corrupt, {}, fmt::format("{} at 0x{:x}: {}", file_.name(), error.offset, error.what)};
}

KeyReading HiveReader::reading_of(HiveKey key) {
  const value::OriginId place = origin(key.cell);
  if (!key.is_link) return KeyReading::of(std::move(key), place);
  return KeyReading::unreadable({UnknownReason::Unsupported, {}, "the key \"" + key.name + "\" is a link"},
                                place);
}

KeyReading HiveReader::root() {
  auto root = hive().root();
  if (!root) return KeyReading::unreadable(corrupt(root.error()));
  return KeyReading::of(std::move(*root), origin(root->cell));
}

KeyReading HiveReader::key(const KeyReading& from, std::string_view path) {
  KeyReading at = from;
  while (!path.empty() && at.present()) {
    const std::string_view name = path.substr(0, path.find('\\'));
    path.remove_prefix(std::min(path.size(), name.size() + 1));
    auto found = hive().find(at.value, name);
    if (!found) return KeyReading::unreadable(corrupt(found.error()), at.origin);
    if (!*found) return KeyReading::absent(at.origin);
    at = reading_of(std::move(**found));
  }
  return at;
}

HiveList<HiveKey> HiveReader::subkeys(const KeyReading& key) const {
  return key.present() ? hive().subkeys(key.value) : HiveList<HiveKey>{};
}

DataReading HiveReader::data(const HiveValue& value, std::string_view what) {
  const value::OriginId place = origin(value.cell, what);
  if (!afford(value.size)) return DataReading::unreadable(exhausted(), place);
  const auto bytes = hive().data(value);
  if (!bytes) return DataReading::unreadable(corrupt(bytes.error()), place);
  const bool is_text = value.type == formats::kRegSz || value.type == formats::kRegExpandSz;
  auto data = formats::registry_data(value.type, is_text ? to_first_zero(*bytes) : std::string_view(*bytes));
  if (!data) {
    return DataReading::unreadable(
        corrupt(
            {formats::Hive::file_offset(value.resident ? value.cell : value.data_cell), data.error().what}),
        place);
  }
  return DataReading::of(std::move(*data), place);
}

bool HiveReader::afford(std::size_t bytes) {
  exhausted_ = exhausted_ || bytes > left_;
  if (!exhausted_) left_ -= bytes;
  return !exhausted_;
}

Unknown HiveReader::exhausted() {
  return {UnknownReason::Budget, {}, "the hive holds more than is read"};
}

}  // namespace polc::backends::hive
