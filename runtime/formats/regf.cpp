#include "runtime/formats/regf.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/limits.hpp"
#include "runtime/formats/little_endian.hpp"
#include "runtime/formats/windows_text.hpp"

namespace polc::formats {
namespace {

constexpr std::size_t kBaseBlock = 4096;
constexpr std::size_t kSector = 512;
constexpr std::size_t kPage = 4096;
constexpr std::size_t kBinHeader = 32;
constexpr std::size_t kCellUnit = 8;
constexpr std::size_t kSizeField = 4;

/// The path in the base block ends at its first zero; half a character at its beginning is dropped.
std::string last_file_name(std::string_view field) {
  std::size_t end = 0;
  while (end + 1 < field.size() && utf16_unit(field, end) != 0) end += 2;
  const auto text = utf8_from_utf16(field.substr(0, end));
  return text ? *text : std::string();
}

std::optional<ParseError> wrong_kind(std::string_view bytes) {
  const auto error = [](std::size_t offset, std::string what) { return ParseError{offset, std::move(what)}; };
  const std::uint32_t major = le32(bytes, 20);
  const std::uint32_t minor = le32(bytes, 24);
  const std::uint32_t type = le32(bytes, 28);
  if (type == 1 || type == 6) return error(28, "this is the transaction log of a hive, not the hive");
  if (type != 0 || le32(bytes, 32) != 1) return error(28, "this form of hive file is not known");
  if (major != 1 || minor < 3 || minor > 6) {
    return error(20, fmt::format("version {}.{} of the hive format is not known", major, minor));
  }
  return std::nullopt;
}

}  // namespace

std::uint32_t hive_checksum(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (std::size_t offset = 0; offset < 508; offset += 4) sum ^= le32(bytes, offset);
  // 0 and -1 are never written.
  return sum == 0 ? 1 : sum == 0xFFFFFFFF ? 0xFFFFFFFE : sum;
}

Parsed<HiveHeader> parse_hive_header(std::string_view bytes) {
  if (!bytes.starts_with(kHiveSignature)) return parse_error(0, "no registry hive");
  if (bytes.size() < kSector) return parse_error(bytes.size(), "the hive ends inside its first sector");
  if (le32(bytes, 508) != hive_checksum(bytes)) {
    return parse_error(508, "the checksum of the hive's base block is wrong");
  }
  if (auto wrong = wrong_kind(bytes)) return tl::unexpected<ParseError>(std::move(*wrong));
  HiveHeader header;
  header.primary_sequence = le32(bytes, 4);
  header.secondary_sequence = le32(bytes, 8);
  header.last_written = le64(bytes, 12);
  header.minor_version = le32(bytes, 24);
  header.root_cell = le32(bytes, 36);
  header.bins_size = le32(bytes, 40);
  header.file_name = last_file_name(bytes.substr(48, 64));
  if (header.bins_size == 0 || header.bins_size % kPage != 0) {
    return parse_error(40, fmt::format("a hive cannot have {} bytes of bins", header.bins_size));
  }
  if (bytes.size() < kBaseBlock || bytes.size() - kBaseBlock < header.bins_size) {
    return parse_error(bytes.size(), fmt::format("the hive ends after {} bytes and should have {}",
                                                 bytes.size(), kBaseBlock + header.bins_size));
  }
  return header;
}

// --- cells

Parsed<Hive> Hive::open(std::string_view bytes) {
  auto header = parse_hive_header(bytes);
  if (!header) return tl::unexpected<ParseError>(std::move(header.error()));
  if (header->dirty()) return parse_error(4, "the hive has changes that are only in its transaction log");
  Hive hive(bytes, std::move(*header));
  hive.map_cells();
  return hive;
}

Hive::Hive(std::string_view bytes, HiveHeader header)
    : bytes_(bytes), bins_(bytes.substr(kBaseBlock, header.bins_size)), header_(std::move(header)) {}

void Hive::map_cells() {
  starts_.assign(bins_.size() / kCellUnit, false);
  for (std::size_t begin = 0; begin < bins_.size();) begin = map_bin(begin);
}

/// Marks the cells of the bin at `begin`; returns where the next one should be. Where there is no bin, or its cells
/// do not fill it, nothing is marked: what refers there cannot be read.
std::size_t Hive::map_bin(std::size_t begin) {
  const std::size_t next_page = begin + kPage;
  if (bins_.substr(begin, 4) != "hbin" || le32(bins_, begin + 4) != begin) return next_page;
  const std::size_t size = le32(bins_, begin + 8);
  if (size == 0 || size % kPage != 0 || size > bins_.size() - begin) return next_page;
  const std::size_t end = begin + size;
  for (std::size_t at = begin + kBinHeader; at < end;) {
    const auto field = static_cast<std::int32_t>(le32(bins_, at));
    const std::size_t length = field < 0 ? std::size_t{0} - static_cast<std::size_t>(std::int64_t{field})
                                         : static_cast<std::size_t>(field);
    if (length < kCellUnit || length % kCellUnit != 0 || length > end - at) break;
    starts_[at / kCellUnit] = field < 0;
    at += length;
  }
  return end;
}

std::size_t Hive::file_offset(std::uint32_t cell) {
  return kBaseBlock + cell;
}

/// What an allocated cell holds, without its size.
Parsed<std::string_view> Hive::cell(std::uint32_t offset) const {
  const bool known =
      offset % kCellUnit == 0 && offset / kCellUnit < starts_.size() && starts_[offset / kCellUnit];
  if (!known) return parse_error(file_offset(offset), "no cell in use begins here");
  const auto field = std::int64_t{static_cast<std::int32_t>(le32(bins_, offset))};
  return bins_.substr(offset + kSizeField, static_cast<std::size_t>(-field) - kSizeField);
}

/// A cell that begins with `signature` and has at least `size` bytes.
Parsed<std::string_view> Hive::record(std::uint32_t offset, std::string_view signature, std::size_t size,
                                      std::string_view what) const {
  auto content = cell(offset);
  if (!content) return content;
  if (content->size() < size || content->substr(0, signature.size()) != signature) {
    return parse_error(file_offset(offset), fmt::format("the cell holds no {}", what));
  }
  return content;
}

}  // namespace polc::formats
