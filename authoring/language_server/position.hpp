// Places in a text as editors count them: lines and units from 0, a unit being one of UTF-16 or, where that was agreed
// on, of UTF-8.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace polc::authoring {

enum class PositionEncoding { Utf16, Utf8 };

struct Position {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

/// The lines of one text, which must outlive this. Lines end with LF, CRLF or CR, as in the protocol.
class LineIndex {
 public:
  explicit LineIndex(std::string_view text);

  /// An offset behind the text is its end; one inside a character is the character's beginning.
  Position position(std::uint32_t offset, PositionEncoding encoding) const;

  /// A character behind the end of its line is the end of the line, a line behind the text the end of the text.
  std::uint32_t offset(Position position, PositionEncoding encoding) const;

 private:
  std::string_view text_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace polc::authoring
