#include "runtime/formats/encoding.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/text.hpp"

namespace polc::formats {
namespace {

bool is_utf16(std::string_view text) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff")) return true;
  // Without a mark: ASCII in UTF-16 has a zero in every other byte, and no text format begins with a zero.
  return text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0');
}

}  // namespace

std::size_t byte_order_mark(std::string_view text) {
  return text.starts_with("\xef\xbb\xbf") ? 3 : 0;
}

bool check_size_and_marks(std::string_view text, std::size_t limit, base::FileId file,
                          base::DiagnosticSink& sink) {
  const base::Span start{file, 0, 0};
  if (text.size() > limit) {
    sink.add(
        diag::FileTooLarge{.size = std::to_string(text.size()), .limit = std::to_string(limit)}.at(start));
    return false;
  }
  if (is_utf16(text)) {
    sink.add(diag::Utf16File{}.at(start));
    return false;
  }
  return true;
}

bool check_utf8(std::string_view text, base::FileId file, base::DiagnosticSink& sink) {
  const auto bad = base::find_invalid_utf8(text);
  if (!bad) return true;
  const auto offset = static_cast<std::uint32_t>(*bad);
  const auto byte = static_cast<std::uint8_t>(text[*bad]);
  sink.add(diag::NotUtf8{.byte = fmt::format("0x{:02x}", byte)}.at({file, offset, offset + 1}));
  return false;
}

}  // namespace polc::formats
