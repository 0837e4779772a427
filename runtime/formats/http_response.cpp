#include "runtime/formats/http_response.hpp"

#include <algorithm>

#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"
#include "runtime/formats/windows_text.hpp"

namespace polc::formats {
namespace {

constexpr std::string_view kProtocol = "HTTP/";

bool is_token_character(char c) {
  constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
  return base::is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kSymbols.find(c) != std::string_view::npos;
}

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7F';
}

std::string_view without_space_around(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string as_utf8(std::string_view text) {
  return base::find_invalid_utf8(text) ? utf8_from_windows1252(text) : std::string(text);
}

class HeadReader {
 public:
  explicit HeadReader(std::string_view head) : head_(head) {}

  Parsed<HttpHead> read() {
    if (head_.size() > limits::kHttpHeadBytes)
      return parse_error(0, "more than " + std::to_string(limits::kHttpHeadBytes) + " bytes");
    if (const auto error = read_status_line(next_line())) return parse_error(line_, *error);
    while (offset_ < head_.size()) {
      const std::string_view line = next_line();
      if (line.empty()) break;
      if (const auto error = read_field_line(line)) return parse_error(line_, *error);
    }
    for (auto& [name, value] : answer_.fields) value = as_utf8(value);
    return std::move(answer_);
  }

 private:
  /// Without its end. `line_` is where it begins.
  std::string_view next_line() {
    line_ = offset_;
    const std::size_t end = std::min(head_.find('\n', offset_), head_.size());
    offset_ = std::min(end + 1, head_.size());
    std::string_view line = head_.substr(line_, end - line_);
    if (end < head_.size() && line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  /// "HTTP/1.1 404 Not Found"; the reason, and the space before it, may be missing.
  std::optional<std::string> read_status_line(std::string_view line) {
    constexpr std::size_t kVersion = 8;  // "HTTP/1.1"
    constexpr std::size_t kEnd = 12;     // behind the status
    const bool formed = line.size() >= kEnd && line.starts_with("HTTP/1.") &&
                        base::is_digit(line[kVersion - 1]) && line[kVersion] == ' ' &&
                        (line.size() == kEnd || line[kEnd] == ' ');
    if (!formed) return "no status line of HTTP/1";
    const std::string_view status = line.substr(kVersion + 1, 3);
    if (!std::all_of(status.begin(), status.end(), base::is_digit) || status.front() == '0')
      return "a status that is no number of three digits";
    if (std::any_of(line.begin(), line.end(), is_control)) return "a control character in the status line";
    for (const char digit : status)
      answer_.status = static_cast<std::uint16_t>(answer_.status * 10 + (digit - '0'));
    return std::nullopt;
  }

  std::optional<std::string> read_field_line(std::string_view line) {
    if (std::any_of(line.begin(), line.end(), is_control)) return "a control character in a header field";
    if (line.front() == ' ' || line.front() == '\t') return go_on(line);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return "a header field without a colon";
    const std::string_view name = line.substr(0, colon);
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_token_character))
      return "a header field whose name is no name";
    if (answer_.fields.size() == limits::kHttpFields)
      return "more than " + std::to_string(limits::kHttpFields) + " header fields";
    answer_.fields.emplace_back(name, without_space_around(line.substr(colon + 1)));
    return std::nullopt;
  }

  std::optional<std::string> go_on(std::string_view line) {
    if (answer_.fields.empty()) return "a line that continues nothing";
    const std::string_view rest = without_space_around(line);
    std::string& value = answer_.fields.back().second;
    if (!value.empty() && !rest.empty()) value += ' ';
    value += rest;
    return std::nullopt;
  }

  std::string_view head_;
  std::size_t offset_ = 0;
  std::size_t line_ = 0;
  HttpHead answer_;
};

}  // namespace

bool may_be_http(std::string_view bytes) {
  return kProtocol.starts_with(bytes.substr(0, kProtocol.size()));
}

std::optional<std::size_t> http_head_size(std::string_view bytes) {
  for (std::size_t end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n', end + 1)) {
    const std::string_view next = bytes.substr(end + 1);
    if (next.starts_with('\n')) return end + 2;
    if (next.starts_with("\r\n")) return end + 3;
  }
  return std::nullopt;
}

Parsed<HttpHead> parse_http_head(std::string_view head) {
  return HeadReader(head).read();
}

}  // namespace polc::formats
