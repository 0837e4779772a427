// Reading and writing the primitives of program files. Both archives have the same members, so that each
// structure's layout is written down once and serves both ways (layout.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "runtime/base/limits.hpp"
#include "runtime/ir/text_table.hpp"

namespace polc::ir {

/// What a layout function takes: the structure itself, constant when it is written.
template <class Archive, class T>
using Subject = std::conditional_t<Archive::kWriting, const T&, T&>;

class Writer {
 public:
  static constexpr bool kWriting = true;

  void byte(std::uint8_t v) { bytes_.push_back(static_cast<char>(v)); }
  void flag(bool v) { byte(v ? 1 : 0); }
  template <class Unsigned>
  void number(Unsigned v) {
    for (; v >= 0x80U; v = static_cast<Unsigned>(v >> 7U)) byte(static_cast<std::uint8_t>(v | 0x80U));
    byte(static_cast<std::uint8_t>(v));
  }
  void signed_number(std::int32_t v) {
    const auto bits = static_cast<std::uint32_t>(v);
    number((bits << 1U) ^ (v < 0 ? UINT32_MAX : 0U));
  }
  template <class Enum>
  void choice(Enum v, Enum) {
    byte(static_cast<std::uint8_t>(v));
  }
  void text(const std::string& v) { number(pool_index(v)); }
  template <std::size_t N>
  void raw(const std::array<std::uint8_t, N>& v) {
    bytes_.append(reinterpret_cast<const char*>(v.data()), N);
  }
  void raw(const std::vector<std::uint8_t>& v) {
    number(v.size());
    bytes_.append(reinterpret_cast<const char*>(v.data()), v.size());
  }
  template <class T, class Layout>
  void list(const std::vector<T>& v, std::size_t /*least_bytes*/, Layout layout) {
    number(v.size());
    for (const T& element : v) layout(*this, element);
  }

  std::string take() { return std::exchange(bytes_, {}); }
  const TextTable& pool() const { return pool_; }

 private:
  std::uint32_t pool_index(const std::string& v) {
    const auto [place, is_new] = pool_ids_.try_emplace(v, static_cast<std::uint32_t>(pool_.size()));
    if (is_new) pool_.push_back(v);
    return place->second;
  }

  std::string bytes_;
  TextTable pool_;
  std::map<std::string, std::uint32_t> pool_ids_{{std::string(), 0U}};
};

/// Reads what Writer wrote, and survives anything else: a read that does not fit marks the archive as failed
/// and gives zeros from then on. Claims about sizes are checked before memory is taken.
class Reader {
 public:
  static constexpr bool kWriting = false;

  /// Strings of values come from `pool`, which must outlive the reader. `memory` is what may still be
  /// allocated.
  Reader(std::string_view bytes, const TextTable& pool, std::size_t& memory)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()), pool_(pool), memory_(memory) {}

  bool failed() const { return failed_; }
  bool finished() const { return !failed_ && at_ == end_; }

  void byte(std::uint8_t& v) { v = next(); }
  void flag(bool& v) {
    const std::uint8_t b = next();
    v = b != 0;
    if (b > 1) fail();
  }
  template <class Unsigned>
  void number(Unsigned& v) {
    // Most numbers take one byte.
    if (at_ != end_ && static_cast<std::uint8_t>(*at_) < 0x80U) {
      v = static_cast<std::uint8_t>(*at_++);
      return;
    }
    const std::uint64_t wide = variable_length();
    v = static_cast<Unsigned>(wide);
    if (v != wide) fail();
  }
  void signed_number(std::int32_t& v) {
    std::uint32_t bits = 0;
    number(bits);
    v = static_cast<std::int32_t>((bits >> 1U) ^ ((bits & 1U) != 0 ? UINT32_MAX : 0U));
  }
  template <class Enum>
  void choice(Enum& v, Enum last) {
    const std::uint8_t b = next();
    if (b > static_cast<std::uint8_t>(last)) return fail();
    v = static_cast<Enum>(b);
  }
  void text(std::string& v) {
    std::uint32_t id = 0;
    number(id);
    if (id >= pool_.size()) return fail();
    if (take_memory(pool_[id].size(), 1)) v.assign(pool_[id]);
  }
  template <std::size_t N>
  void raw(std::array<std::uint8_t, N>& v) {
    for (std::uint8_t& b : v) b = next();
  }
  void raw(std::vector<std::uint8_t>& v) {
    const std::size_t count = this->count(1, 1);
    v.assign(at_, at_ + count);
    at_ += count;
  }
  /// `least_bytes`: no element takes fewer in the file.
  template <class T, class Layout>
  void list(std::vector<T>& v, std::size_t least_bytes, Layout layout) {
    v.resize(count(least_bytes, sizeof(T)));
    for (T& element : v) {
      if (failed_) return;
      layout(*this, element);
    }
  }

  /// A count of elements that the rest of the input can hold and the memory allows; 0 otherwise.
  std::size_t count(std::size_t least_bytes, std::size_t memory_each) {
    std::uint32_t n = 0;
    number(n);
    if (n > static_cast<std::size_t>(end_ - at_) / least_bytes) fail();
    return !failed_ && take_memory(n, memory_each) ? n : 0;
  }
  std::string_view bytes(std::size_t size) {
    if (size > static_cast<std::size_t>(end_ - at_)) fail();
    if (failed_) return {};
    at_ += size;
    return {at_ - size, size};
  }
  void fail() {
    failed_ = true;
    at_ = end_;
  }

 private:
  std::uint8_t next() {
    if (at_ == end_) {
      failed_ = true;
      return 0;
    }
    return static_cast<std::uint8_t>(*at_++);
  }
  std::uint64_t variable_length() {
    std::uint64_t v = 0;
    for (unsigned shift = 0; at_ != end_; shift += 7) {
      const std::uint64_t b = static_cast<std::uint8_t>(*at_++);
      if (shift == 63 && b > 1) break;
      v |= (b & 0x7FU) << shift;
      if (b < 0x80U) return v;
    }
    fail();
    return 0;
  }
  bool take_memory(std::size_t count, std::size_t each) {
    if (count * each > memory_) {
      fail();
      return false;
    }
    memory_ -= count * each;
    return true;
  }

  const char* at_;
  const char* end_;
  const TextTable& pool_;
  std::size_t& memory_;
  bool failed_ = false;
};

}  // namespace polc::ir
