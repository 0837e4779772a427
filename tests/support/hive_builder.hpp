// Registry hives made by hand: a tree of keys as the bytes of a hive file, and logs for a dirty one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/windows_bytes.hpp"

namespace polc::test {

/// A number as little-endian bytes.
std::string le(std::uint64_t number, std::size_t bytes);

struct HiveEntry {
  std::string name;  ///< UTF-8
  std::uint32_t type = 0;
  std::string data = {};
  bool latin1 = true;  ///< how the name is stored
};

HiveEntry dword(std::string name, std::uint32_t number);
HiveEntry text(std::string name, std::string_view value);  ///< REG_SZ
HiveEntry texts(std::string name, const std::vector<std::string>& values);
HiveEntry binary(std::string name, std::string bytes);

struct HiveTree {
  enum class List : std::uint8_t {
    Leaf,
    FastLeaf,
    HashLeaf,
    Root
  };  ///< li, lf, lh; ri with one li for each child

  std::string name;
  std::vector<HiveEntry> values = {};
  std::vector<HiveTree> keys = {};
  List list = List::HashLeaf;
  bool latin1 = true;
  bool link = false;
  std::string security = {};  ///< a descriptor of its own; empty: none

  /// The key at that path below this one; made where it is missing.
  HiveTree& at(std::string_view path);
  HiveTree& with(HiveEntry value);
};

struct HiveOptions {
  std::uint32_t minor_version = 5;
  std::uint32_t primary_sequence = 7;
  std::uint32_t secondary_sequence = 7;
  std::uint64_t last_written = 132'539'328'000'000'000;  ///< 2021-01-01
};

std::string hive_file(const HiveTree& root, const HiveOptions& options = {});

/// Writes the checksum of the base block anew.
void sign(std::string& hive);

/// Where in the file the cell of the first key (`signature` "nk") or value ("vk") of that name begins.
std::size_t cell_of(const std::string& hive, std::string_view signature, std::string_view name);

void put(std::string& bytes, std::size_t offset, std::uint64_t number, std::size_t size);
std::uint32_t get32(const std::string& bytes, std::size_t offset);

/// A log of one change: every page in which `after` differs from `before`.
struct HiveChange {
  std::uint32_t sequence = 0;
  std::string before, after;
};
/// The log with the hashes of the entry at `offset` computed anew.
std::string rehash_log_entry(std::string log, std::size_t offset);
std::string hive_log(const std::vector<HiveChange>& changes, std::uint32_t type = 6);

}  // namespace polc::test
