// Registry hives as files (REGF): keys, values and security descriptors, read in place from the bytes.
// Layout: Maxim Suhanov, "Windows registry file format specification",
// https://github.com/msuhanov/regf/blob/master/Windows%20registry%20file%20format%20specification.md
//
// A hive is not trusted. A cell is used only if it is one of the allocated cells that tile its bin, so cells never
// overlap; a key counts only below the parent that it names itself, so keys never form a circle. What does not fit
// is an error with its place, and spoils nothing but the list it stands in. Nothing is allocated that the file does
// not pay for with bytes of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

/// First bytes of a hive and of its logs.
inline constexpr std::string_view kHiveSignature = "regf";

/// The base block: the first 4096 bytes.
struct HiveHeader {
  std::uint32_t primary_sequence = 0;
  std::uint32_t secondary_sequence = 0;
  std::uint64_t last_written = 0;  ///< FILETIME: 100 ns since 1601, UTC; 0 = unknown
  std::uint32_t minor_version = 0;
  std::uint32_t root_cell = 0;
  std::uint32_t bins_size = 0;  ///< bytes behind the base block that belong to the hive
  std::string file_name;        ///< end of the path the hive was last loaded from; may be empty

  /// The machine was writing to the hive, or had only written to its log yet.
  bool dirty() const { return primary_sequence != secondary_sequence; }
};

/// Errors: no hive, a transaction log instead of a hive, a wrong checksum, a version or form that is not known, fewer
/// bytes than promised.
Parsed<HiveHeader> parse_hive_header(std::string_view bytes);

/// XOR-32 of the first 508 bytes, as the base block keeps it. `bytes` has at least 512.
std::uint32_t hive_checksum(std::string_view bytes);

struct HiveKey {
  std::uint32_t cell = 0;  ///< offset of its cell from the end of the base block
  std::string name;        ///< UTF-8; 1 to 256 UTF-16 units, no zero, no backslash
  bool is_link = false;    ///< a symbolic link: its value "SymbolicLinkValue" names the target
  std::uint32_t subkey_count = 0;
  std::uint32_t subkey_list = 0;
  std::uint32_t value_count = 0;
  std::uint32_t value_list = 0;
  std::uint32_t security = 0;
};

struct HiveValue {
  std::uint32_t cell = 0;
  std::string name;             ///< UTF-8, no zero; "" is the default value
  std::uint32_t type = 0;       ///< REG_SZ = 1, ...; any number occurs
  std::uint32_t size = 0;       ///< bytes of data
  std::uint32_t data_cell = 0;  ///< unused for resident data
  bool resident = false;        ///< the data (at most 4 bytes) is in the value itself
};

/// What could be read of a list. With an error there may be more.
template <class Item>
struct HiveList {
  std::vector<Item> items;
  std::optional<ParseError> error;

  bool complete() const { return !error; }
};

/// Borrows its bytes. Offsets of errors count from the start of the file.
class Hive {
 public:
  /// Also an error: a dirty hive (replay its logs first, regf_log.hpp).
  static Parsed<Hive> open(std::string_view bytes);

  const HiveHeader& header() const { return header_; }

  Parsed<HiveKey> root() const;

  /// In the order of the file. An entry that cannot be read, a name that occurs twice and a count that is not met
  /// make the list incomplete.
  HiveList<HiveKey> subkeys(const HiveKey& key) const;
  HiveList<HiveValue> values(const HiveKey& key) const;

  /// The subkey of that name as Windows compares names; nullopt when there is none. An error when it was not found
  /// and the list could not be read to its end.
  Parsed<std::optional<HiveKey>> find(const HiveKey& key, std::string_view name) const;

  /// At most limits::kRegistryDataBytes bytes.
  Parsed<std::string> data(const HiveValue& value) const;

  /// The self-relative security descriptor of a key ([MS-DTYP] 2.4.6).
  Parsed<std::string_view> security(const HiveKey& key) const;

  /// Where a cell is in the file: what errors and origins show.
  static std::size_t file_offset(std::uint32_t cell);

 private:
  Hive(std::string_view bytes, HiveHeader header);

  void map_cells();
  std::size_t map_bin(std::size_t begin);
  Parsed<std::string_view> cell(std::uint32_t offset) const;
  Parsed<std::string_view> record(std::uint32_t offset, std::string_view signature, std::size_t size,
                                  std::string_view what) const;
  Parsed<HiveKey> key_node(std::uint32_t offset, std::optional<std::uint32_t> parent) const;
  Parsed<HiveValue> value_node(std::uint32_t offset) const;
  std::optional<ParseError> leaf(std::uint32_t offset, const HiveKey& key,
                                 class SubkeyCollector& found) const;
  Parsed<std::string> big_data(std::string_view record, const HiveValue& value) const;

  std::string_view bytes_;
  std::string_view bins_;
  HiveHeader header_;
  std::vector<bool> starts_;  ///< by offset / 8: an allocated cell begins there
};

}  // namespace polc::formats
