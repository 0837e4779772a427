#include "authoring/language_server/position.hpp"

#include <algorithm>

#include "runtime/base/text.hpp"

namespace polc::authoring {
namespace {

/// Bytes of the character at `at`; one for what is no UTF-8.
std::uint32_t length_at(std::string_view text, std::uint32_t at) {
  const auto character = base::decode_utf8(text, at);
  return character ? static_cast<std::uint32_t>(character->length) : 1;
}

std::uint32_t units(std::uint32_t bytes, PositionEncoding encoding) {
  if (encoding == PositionEncoding::Utf8) return bytes;
  return bytes == 4 ? 2 : 1;
}

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool lone_return = text[i] == '\r' && text.substr(i + 1, 1) != "\n";
    if (text[i] == '\n' || lone_return) starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

Position LineIndex::position(std::uint32_t offset, PositionEncoding encoding) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  Position result{static_cast<std::uint32_t>(next - starts_.begin() - 1), 0};
  for (std::uint32_t at = starts_[result.line]; at < offset;) {
    const std::uint32_t length = length_at(text_, at);
    if (at + length > offset) break;
    result.character += units(length, encoding);
    at += length;
  }
  return result;
}

std::uint32_t LineIndex::offset(Position position, PositionEncoding encoding) const {
  if (position.line >= starts_.size()) return static_cast<std::uint32_t>(text_.size());
  std::uint32_t at = starts_[position.line];
  std::uint32_t left = position.character;
  while (at < text_.size() && text_[at] != '\n' && text_[at] != '\r') {
    const std::uint32_t length = length_at(text_, at);
    if (left < units(length, encoding)) break;
    left -= units(length, encoding);
    at += length;
  }
  return at;
}

}  // namespace polc::authoring
