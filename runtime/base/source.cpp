#include "runtime/base/source.hpp"

#include <algorithm>

namespace polc::base {
namespace {

bool is_continuation_byte(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

SourceBuffer::SourceBuffer(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') line_starts_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

LineColumn SourceBuffer::position(std::uint32_t offset) const {
  const auto end = std::min<std::size_t>(offset, text_.size());
  const auto after =
      std::upper_bound(line_starts_.begin(), line_starts_.end(), static_cast<std::uint32_t>(end));
  const auto index = static_cast<std::uint32_t>(after - line_starts_.begin());
  std::uint32_t column = 1;
  for (std::size_t i = line_starts_[index - 1]; i < end; ++i) {
    if (!is_continuation_byte(text_[i])) ++column;
  }
  // A byte order mark is not a character of the first line.
  if (index == 1 && end >= 3 && text_.compare(0, 3, "\xEF\xBB\xBF") == 0) --column;
  return {index, column};
}

std::string_view SourceBuffer::line(std::uint32_t number) const {
  if (number == 0 || number > line_count()) return {};
  const std::size_t begin = line_starts_[number - 1];
  std::size_t end = number < line_count() ? line_starts_[number] - 1 : text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return std::string_view(text_).substr(begin, end - begin);
}

std::uint32_t SourceBuffer::line_begin(std::uint32_t number) const {
  if (number == 0) return 0;
  return number > line_count() ? static_cast<std::uint32_t>(text_.size()) : line_starts_[number - 1];
}

FileId SourceManager::add(std::string name, std::string text) {
  buffers_.emplace_back(std::move(name), std::move(text));
  return static_cast<FileId>(buffers_.size());
}

const SourceBuffer* SourceManager::find(FileId file) const {
  if (file == kNoFile || file > buffers_.size()) return nullptr;
  return &buffers_[file - 1];
}

std::string_view SourceManager::text(Span span) const {
  const SourceBuffer* buffer = find(span.file);
  if (buffer == nullptr || span.begin > span.end || span.end > buffer->text().size()) return {};
  return std::string_view(buffer->text()).substr(span.begin, span.end - span.begin);
}

}  // namespace polc::base
