#include "runtime/git/delta.hpp"

#include <cstdint>
#include <optional>

namespace polc::git {
namespace {

constexpr unsigned kSizeBits = 63;  ///< of a size; more would not fit

tl::unexpected<Error> damaged_delta(const char* why) {
  return failure(Problem::Damaged, std::string("a delta is damaged: ") + why);
}

class DeltaReader {
 public:
  explicit DeltaReader(std::string_view bytes) : bytes_(bytes) {}

  bool at_end() const { return bytes_.empty(); }

  std::optional<std::uint8_t> byte() {
    if (bytes_.empty()) return std::nullopt;
    const auto value = static_cast<std::uint8_t>(bytes_.front());
    bytes_.remove_prefix(1);
    return value;
  }

  std::optional<std::string_view> take(std::size_t count) {
    if (count > bytes_.size()) return std::nullopt;
    const std::string_view taken = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return taken;
  }

  /// Seven bits a byte, the lowest first.
  std::optional<std::uint64_t> size() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < kSizeBits; shift += 7) {
      const auto next = byte();
      if (!next) return std::nullopt;
      value |= std::uint64_t{*next & 0x7FU} << shift;
      if ((*next & 0x80U) == 0) return value;
    }
    return std::nullopt;
  }

  /// A number of which only the bytes that `mask` names are there, the lowest first.
  std::optional<std::uint32_t> sparse(unsigned mask, unsigned bytes) {
    std::uint32_t value = 0;
    for (unsigned i = 0; i < bytes; ++i) {
      if ((mask >> i & 1U) == 0) continue;
      const auto next = byte();
      if (!next) return std::nullopt;
      value |= std::uint32_t{*next} << (8 * i);
    }
    return value;
  }

 private:
  std::string_view bytes_;
};

constexpr std::uint8_t kCopy = 0x80;
constexpr std::uint32_t kDefaultCopy = 0x10000;  ///< what a size of 0 stands for

/// The bytes that the next instruction adds; nullopt when it makes no sense.
std::optional<std::string_view> next_piece(DeltaReader& reader, std::string_view base) {
  const auto code = reader.byte();
  if (!code || *code == 0) return std::nullopt;
  if ((*code & kCopy) == 0) return reader.take(*code);
  const auto offset = reader.sparse(*code & 0xFU, 4);
  const auto size = reader.sparse(*code >> 4U & 0x7U, 3);
  if (!offset || !size) return std::nullopt;
  const std::size_t count = *size == 0 ? kDefaultCopy : *size;
  if (*offset > base.size() || count > base.size() - *offset) return std::nullopt;
  return base.substr(*offset, count);
}

}  // namespace

Result<std::string> apply_delta(std::string_view base, std::string_view delta, std::size_t max_bytes) {
  DeltaReader reader(delta);
  const auto base_size = reader.size();
  const auto result_size = base_size ? reader.size() : std::nullopt;
  if (!result_size) return damaged_delta("its header ends too early");
  if (*base_size != base.size()) return damaged_delta("it belongs to another object");
  if (*result_size > max_bytes)
    return failure(Problem::TooLarge, "an object is larger than " + std::to_string(max_bytes) + " bytes");
  std::string result;
  result.reserve(static_cast<std::size_t>(*result_size));
  while (!reader.at_end()) {
    const auto piece = next_piece(reader, base);
    if (!piece || piece->size() > *result_size - result.size())
      return damaged_delta("an instruction in it makes no sense");
    result += *piece;
  }
  if (result.size() != *result_size) return damaged_delta("it makes less than it says");
  return result;
}

}  // namespace polc::git
