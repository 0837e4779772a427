// Texts of a program in one block of memory, so that loading a program costs two allocations for all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polc::ir {

/// Append-only list of texts. Entry 0 is always "". Views stay valid until the next push_back.
class TextTable {
 public:
  /// Takes over a block of texts: text i is bytes [ends[i-1], ends[i]). `ends` must be ascending, start with
  /// 0 and end at bytes.size().
  static TextTable adopt(std::string bytes, std::vector<std::uint32_t> ends) {
    TextTable table;
    table.bytes_ = std::move(bytes);
    table.ends_ = std::move(ends);
    return table;
  }

  void push_back(std::string_view text) {
    bytes_.append(text);
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }

  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t id) const {
    const std::uint32_t begin = id == 0 ? 0 : ends_[id - 1];
    return std::string_view(bytes_).substr(begin, ends_[id] - begin);
  }

  const std::string& bytes() const { return bytes_; }
  const std::vector<std::uint32_t>& ends() const { return ends_; }

  friend bool operator==(const TextTable&, const TextTable&) = default;

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_{0};
};

}  // namespace polc::ir
