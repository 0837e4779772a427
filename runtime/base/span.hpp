// Where something stands in a source text. Spans are byte offsets; lines and columns are computed once, from
// the source buffer, when a person or a report needs them (PEGTL counts bytes, SARIF counts code points).
#pragma once

#include <cstdint>

namespace polc::base {

/// Index of a file in a SourceManager. 0 is reserved for "no file" (command line, built-in text).
using FileId = std::uint32_t;
inline constexpr FileId kNoFile = 0;

/// Half-open byte range [begin, end) of one file.
struct Span {
  FileId file = kNoFile;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

/// A position for people: both numbers are 1-based, columns count Unicode code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

}  // namespace polc::base
