#include "runtime/formats/regf_log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <optional>

#include "runtime/formats/little_endian.hpp"
#include "runtime/formats/regf.hpp"

namespace polc::formats {
namespace {

constexpr std::size_t kHiveBase = 4096;
constexpr std::size_t kLogSector = 512;
constexpr std::size_t kEntryHeader = 40;
constexpr std::uint32_t kNewLog = 6;

/// Marvin32 (Niels Ferguson, Microsoft) with the seed that the registry uses.
std::uint64_t marvin32(std::string_view bytes) {
  std::uint32_t low = 0x7A4E55C5;
  std::uint32_t high = 0x82EF4D88;
  const auto take = [&](std::uint32_t word) {
    low += word;
    high ^= low;
    low = std::rotl(low, 20) + high;
    high = std::rotl(high, 9) ^ low;
    low = std::rotl(low, 27) + high;
    high = std::rotl(high, 19);
  };
  std::size_t offset = 0;
  for (; bytes.size() - offset >= 4; offset += 4) take(le32(bytes, offset));
  std::uint32_t tail = 0x80;
  for (std::size_t end = bytes.size(); end > offset; --end) {
    tail = tail << 8U | static_cast<std::uint8_t>(bytes[end - 1]);
  }
  take(tail);
  take(0);
  return std::uint64_t{high} << 32U | low;
}

struct LogEntry {
  std::uint32_t sequence = 0;
  std::uint32_t bins_size = 0;
  std::uint32_t page_count = 0;
  std::string_view bytes;  ///< the whole entry
};

/// The entry at `offset`; nullopt where the log ends or is not to be believed.
std::optional<LogEntry> entry_at(std::string_view log, std::size_t offset) {
  const std::string_view rest = log.substr(std::min(offset, log.size()));
  if (rest.size() < kEntryHeader || !rest.starts_with("HvLE")) return std::nullopt;
  const std::size_t size = le32(rest, 4);
  if (size < kEntryHeader || size % kLogSector != 0 || size > rest.size()) return std::nullopt;
  const std::string_view bytes = rest.substr(0, size);
  if (le64(bytes, 24) != marvin32(bytes.substr(kEntryHeader)) ||
      le64(bytes, 32) != marvin32(bytes.substr(0, 32))) {
    return std::nullopt;
  }
  return LogEntry{le32(bytes, 12), le32(bytes, 16), le32(bytes, 20), bytes};
}

/// Entries of one log whose numbers follow one another.
std::vector<LogEntry> entries_of(std::string_view log) {
  std::vector<LogEntry> entries;
  std::size_t offset = kLogSector;
  for (auto entry = entry_at(log, offset); entry; entry = entry_at(log, offset)) {
    if (!entries.empty() && entry->sequence != entries.back().sequence + 1) break;
    entries.push_back(*entry);
    offset += entry->bytes.size();
  }
  return entries;
}

bool is_log(std::string_view log) {
  return log.size() >= kLogSector && log.starts_with(kHiveSignature) && le32(log, 508) == hive_checksum(log);
}

/// Puts the pages of an entry where they belong; false, and nothing is changed, if they do not fit.
bool apply(const LogEntry& entry, std::size_t room, std::string& hive) {
  const std::string_view references = entry.bytes.substr(kEntryHeader);
  // A hive grows by pages that are in the log.
  const bool plausible = entry.bins_size % kHiveBase == 0 && entry.bins_size != 0 &&
                         entry.bins_size <= room && entry.page_count <= references.size() / 8;
  if (!plausible) return false;
  const std::string_view pages = references.substr(std::size_t{entry.page_count} * 8);
  std::size_t used = 0;
  for (std::size_t i = 0; i < entry.page_count; ++i) {
    const std::size_t offset = le32(references, 8 * i);
    const std::size_t size = le32(references, 8 * i + 4);
    if (offset > entry.bins_size || size > entry.bins_size - offset || size > pages.size() - used)
      return false;
    used += size;
  }
  hive.resize(std::max(hive.size(), kHiveBase + entry.bins_size), '\0');
  used = 0;
  for (std::size_t i = 0; i < entry.page_count; ++i) {
    const std::size_t size = le32(references, 8 * i + 4);
    hive.replace(kHiveBase + le32(references, 8 * i), size, pages.substr(used, size));
    used += size;
  }
  return true;
}

void put32(std::string& bytes, std::size_t offset, std::uint32_t number) {
  for (std::size_t i = 0; i < 4; ++i) bytes[offset + i] = static_cast<char>(number >> (8 * i) & 0xFFU);
}

/// The base block as Windows leaves it once everything is written.
void settle(std::string& hive, const LogEntry& last) {
  hive.resize(kHiveBase + last.bins_size);
  put32(hive, 4, last.sequence);
  put32(hive, 8, last.sequence);
  put32(hive, 40, last.bins_size);
  put32(hive, 508, hive_checksum(hive));
}

/// All entries to apply, in order. A gap before the first is normal (a log was written anew after its changes had
/// reached the hive); a gap between two logs is not.
Parsed<std::vector<LogEntry>> pending(const HiveHeader& header, const std::vector<std::string_view>& logs) {
  std::vector<std::vector<LogEntry>> runs;
  bool old_form = false;
  for (const std::string_view log : logs) {
    if (!is_log(log)) continue;
    old_form = old_form || le32(log, 28) != kNewLog;
    std::vector<LogEntry> run = entries_of(log);
    std::erase_if(run, [&](const LogEntry& entry) { return entry.sequence < header.secondary_sequence; });
    if (!run.empty()) runs.push_back(std::move(run));
  }
  std::sort(runs.begin(), runs.end(),
            [](const auto& a, const auto& b) { return a[0].sequence < b[0].sequence; });
  std::vector<LogEntry> all;
  for (const auto& run : runs) {
    if (!all.empty() && run[0].sequence != all.back().sequence + 1) {
      return parse_error(
          4, fmt::format("the logs hold changes {} to {} and {} to {}, but not what is between them",
                         all[0].sequence, all.back().sequence, run[0].sequence, run.back().sequence));
    }
    all.insert(all.end(), run.begin(), run.end());
  }
  if (!all.empty()) return all;
  return parse_error(4, old_form ? "the logs are of the form of Windows 8 and before, which is not read"
                                 : "the logs hold no change that the hive lacks");
}

}  // namespace

Parsed<std::string> replay_hive_logs(std::string_view hive, const std::vector<std::string_view>& logs) {
  auto header = parse_hive_header(hive);
  if (!header) return tl::unexpected<ParseError>(std::move(header.error()));
  if (!header->dirty()) return std::string(hive);
  const auto entries = pending(*header, logs);
  if (!entries) return tl::unexpected<ParseError>(entries.error());
  std::size_t room = header->bins_size;
  for (const std::string_view log : logs) room += log.size();
  std::string result(hive);
  for (const LogEntry& entry : *entries) {
    if (!apply(entry, room, result)) {
      return parse_error(4, fmt::format("change {} in the log does not fit the hive", entry.sequence));
    }
  }
  settle(result, entries->back());
  return result;
}

}  // namespace polc::formats
