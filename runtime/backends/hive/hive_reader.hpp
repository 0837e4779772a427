// A hive on its way into evidence: keys by path, values as readings, places as origins, and a purse for what the rows
// of one hive may take.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/backends/hive/hive_files.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::hive {

using KeyReading = value::Reading<formats::HiveKey>;
using DataReading = value::Reading<value::RegistryData>;
using TextReading = value::Reading<std::string>;
using NumberReading = value::Reading<std::uint32_t>;
using BytesReading = value::Reading<std::string>;

class HiveReader;

/// The values of one key, listed once.
class KeyValues {
 public:
  KeyValues(HiveReader& reader, const KeyReading& key);

  /// Absent only if the whole list could be read. Mistyped with a word on what was there.
  DataReading data(std::string_view name) const;
  TextReading text(std::string_view name) const;  ///< REG_SZ or REG_EXPAND_SZ
  NumberReading dword(std::string_view name) const;
  value::Reading<bool> flag(std::string_view name) const;  ///< a DWORD that is not 0
  BytesReading bytes(std::string_view name) const;         ///< whatever the type

  const formats::HiveList<formats::HiveValue>& list() const { return list_; }

 private:
  value::Reading<formats::HiveValue> find(std::string_view name) const;

  HiveReader& reader_;
  KeyReading key_;
  formats::HiveList<formats::HiveValue> list_;
};

class HiveReader {
 public:
  HiveReader(const HiveFile& file, value::Evidence& evidence);

  const formats::Hive& hive() const { return file_.hive(); }
  const HiveFile& file() const { return file_; }
  value::Evidence& evidence() { return evidence_; }

  /// A new origin: the cell in the file, and what it is.
  value::OriginId origin(std::uint32_t cell, std::string_view what = {});

  /// Unknown(corrupt) with the place.
  value::Unknown corrupt(const formats::ParseError& error) const;

  KeyReading root();

  /// The key at a path below `from`: present, absent (its parent was read whole), or unreadable. Links are not
  /// followed: a key behind one is unreadable.
  KeyReading key(const KeyReading& from, std::string_view path);

  /// Subkeys of a key that is present.
  formats::HiveList<formats::HiveKey> subkeys(const KeyReading& key) const;

  /// A key as the reading of itself.
  KeyReading reading_of(formats::HiveKey key);

  /// Data of a value in the form of evidence; Unknown(corrupt) for what its type cannot hold. `what`: for its origin.
  DataReading data(const formats::HiveValue& value, std::string_view what = {});

  /// False when what was read so far and `bytes` more are too much; from then on nothing more is read.
  bool afford(std::size_t bytes);

  /// Unknown(budget), once that is so.
  static value::Unknown exhausted();

 private:
  const HiveFile& file_;
  value::Evidence& evidence_;
  std::size_t left_;
  bool exhausted_ = false;
};

/// `to` without a value: absent or unreadable like `from`.
template <class To, class From>
value::Reading<To> without_value(const value::Reading<From>& from) {
  return {from.status, {}, from.unknown, from.origin};
}

/// `from` converted; what is not present stays what it is.
template <class From, class Convert>
auto converted(const value::Reading<From>& from, Convert convert)
    -> value::Reading<decltype(convert(from.value))> {
  using To = decltype(convert(from.value));
  if (!from.present()) return without_value<To>(from);
  return value::Reading<To>::of(convert(from.value), from.origin);
}

/// A section that could not be read at all.
template <class Row>
void unreadable(value::Section<Row>& section, value::Unknown why, value::OriginId origin = 0) {
  section = {};
  section.collected = true;
  section.unreadable = std::move(why);
  section.origin = origin;
}

/// A section whose rows are all there are, unless `error` says otherwise.
template <class Row>
void close(value::Section<Row>& section, const std::optional<value::Unknown>& error) {
  section.collected = true;
  section.complete = !error && !section.unreadable;
  if (error && !section.unreadable) section.unreadable = error;
}

}  // namespace polc::backends::hive
