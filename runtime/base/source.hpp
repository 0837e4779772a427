// The texts that diagnostics point into: policies, modules, configuration files and snapshots alike.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/span.hpp"

namespace polc::base {

/// One immutable text with its display name and a line index. The name is what reports show: relative to the
/// repository root, with forward slashes, never absolute.
class SourceBuffer {
 public:
  SourceBuffer(std::string name, std::string text);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }

  /// Position of a byte offset; an offset past the end gives the position behind the last character.
  LineColumn position(std::uint32_t offset) const;

  /// The text of a 1-based line without its line ending; empty when there is no such line.
  std::string_view line(std::uint32_t number) const;

  /// Byte offset at which a 1-based line begins.
  std::uint32_t line_begin(std::uint32_t number) const;

  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

/// Owns every buffer of one run; FileIds and references stay valid as long as the manager lives.
class SourceManager {
 public:
  FileId add(std::string name, std::string text);

  /// nullptr for kNoFile and for ids that this manager did not hand out.
  const SourceBuffer* find(FileId file) const;

  /// The text a span covers; empty when the file is unknown or the span is out of range.
  std::string_view text(Span span) const;

  std::size_t size() const { return buffers_.size(); }

 private:
  std::deque<SourceBuffer> buffers_;  // a deque: references survive growth
};

}  // namespace polc::base
