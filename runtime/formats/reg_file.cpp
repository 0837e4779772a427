#include "runtime/formats/reg_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/registry_data.hpp"

namespace polc::formats {
namespace {

constexpr std::string_view kHeader4 = "REGEDIT4";
constexpr std::string_view kHeader5 = "Windows Registry Editor Version 5.00";
constexpr std::size_t kDwordDigits = 8;

std::string_view first_line(std::string_view text) {
  std::string_view line = text.substr(0, text.find('\n'));
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) {
    line.remove_suffix(1);
  }
  return line;
}

class RegFileParser {
 public:
  explicit RegFileParser(std::string_view text) : text_(text) {}

  Parsed<RegFile> parse() {
    const std::string_view header = first_line(text_);
    if (header != kHeader4 && header != kHeader5) {
      return parse_error(0,
                         "no .reg file: the first line is neither \"REGEDIT4\" nor \"Windows Registry "
                         "Editor Version 5.00\"");
    }
    file_.windows1252 = header == kHeader4;
    for (next_line(); at_ < text_.size(); next_line()) {
      if (!read_line()) return tl::unexpected<ParseError>(error_);
    }
    return std::move(file_);
  }

 private:
  bool fail(std::size_t offset, std::string what) {
    error_ = {offset, std::move(what)};
    return false;
  }

  bool count_entry() {
    if (++entries_ <= limits::kRegFileEntries) return true;
    return fail(at_, fmt::format("more than {} keys and values", limits::kRegFileEntries));
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\n'; }

  void next_line() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (at_ < text_.size()) ++at_;
    ++line_;
  }

  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t' ||
           (peek() == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n')) {
      ++at_;
    }
  }

  bool take(char c) {
    if (peek() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }

  bool take_word(std::string_view word) {
    if (!base::equal_folded(text_.substr(at_, word.size()), word)) return false;
    at_ += word.size();
    return true;
  }

  /// Nothing but blanks and a comment may follow.
  bool end_line() {
    skip_blanks();
    if (peek() == '\n' || peek() == ';') return true;
    return fail(at_, "text that belongs to nothing");
  }

  bool read_line() {
    skip_blanks();
    if (peek() == '\n' || peek() == ';') return true;
    if (peek() == '[') return read_key();
    if (peek() == '"' || peek() == '@') return read_value();
    return fail(at_, "neither a key nor a value");
  }

  /// Names of keys may hold brackets: the last one of the line closes.
  bool read_key() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::size_t close = text_.substr(at_, end - at_).rfind(']');
    if (close == std::string_view::npos) return fail(at_, "the key is not closed with ']'");
    if (!count_entry()) return false;
    RegFileKey key;
    key.line = line_;
    std::string_view path = text_.substr(at_ + 1, close - 1);
    key.deleted = path.starts_with('-');
    if (key.deleted) path.remove_prefix(1);
    key.path = path;
    at_ += close + 1;
    file_.keys.push_back(std::move(key));
    return end_line();
  }

  bool read_value() {
    if (file_.keys.empty()) return fail(at_, "a value before the first key");
    if (file_.keys.back().deleted) return fail(at_, "a value below a key that is deleted");
    if (!count_entry()) return false;
    RegFileValue value;
    value.line = line_;
    if (!take('@')) {
      std::string broken;
      const std::size_t begin = at_;
      if (!read_quoted(value.name, broken)) return false;
      if (!broken.empty()) return fail(begin, std::move(broken));
    }
    skip_blanks();
    if (!take('=')) return fail(at_, "'=' is missing behind the name");
    skip_blanks();
    if (!read_data(value) || !end_line()) return false;
    file_.keys.back().values.push_back(std::move(value));
    return true;
  }

  bool read_data(RegFileValue& value) {
    if (take('-')) {
      value.deleted = true;
      return true;
    }
    if (peek() == '"') {
      std::string text;
      if (!read_quoted(text, value.broken)) return false;
      value.data = {value::RegistryType::Sz, 0, std::move(text)};
      return true;
    }
    if (take_word("dword:")) return read_dword(value);
    if (take_word("hex")) return read_hex(value);
    return fail(at_, "the data is neither quoted nor dword:, hex: or hex(type):");
  }

  /// From the opening quote to behind the closing one.
  bool read_quoted(std::string& text, std::string& broken) {
    const std::size_t begin = at_;
    for (++at_; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\\' && at_ + 1 < text_.size()) {
        c = text_[++at_];
        if (c != '\\' && c != '"') broken = "a backslash that stands before neither a backslash nor a quote";
      }
      if (c == '\n') ++line_;
      text += c;
    }
    return fail(begin, "a quote that is not closed");
  }

  static int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  }

  /// At most `most` hexadecimal digits; how many is the result.
  std::size_t read_number(std::size_t most, std::uint32_t& number) {
    std::size_t digits = 0;
    for (; digits < most && digit_of(peek()) >= 0; ++digits, ++at_) {
      number = number << 4U | static_cast<std::uint32_t>(digit_of(peek()));
    }
    return digits;
  }

  /// The number that was read may go on behind the end of the file.
  bool is_cut_off() const { return at_ >= text_.size(); }

  bool read_dword(RegFileValue& value) {
    skip_blanks();
    std::uint32_t number = 0;
    const std::size_t digits = read_number(kDwordDigits, number);
    if (digits == 0) return fail(at_, "'dword:' without hexadecimal digits");
    if (digit_of(peek()) >= 0) return fail(at_, "more than 8 digits behind 'dword:'");
    value.data = {value::RegistryType::Dword, 0, std::uint64_t{number}};
    if (is_cut_off() && digits < kDwordDigits) value.broken = "the file ends inside of this number";
    return true;
  }

  bool read_hex(RegFileValue& value) {
    std::uint32_t type = kRegBinary;
    if (take('(')) {
      type = 0;
      if (read_number(kDwordDigits, type) == 0) return fail(at_, "'hex(' without a type");
      if (!take(')')) return fail(at_, "the type behind 'hex(' is not closed with ')'");
    }
    if (!take(':')) return fail(at_, "':' is missing behind 'hex'");
    std::string bytes;
    if (!read_bytes(bytes)) return false;
    auto data = file_.windows1252 ? registry_data_windows1252(type, bytes) : registry_data(type, bytes);
    if (is_cut_off()) {
      value.broken = "the file ends inside of this line";
    } else if (!data) {
      value.broken = data.error().what;
    }
    if (data) value.data = std::move(*data);
    return true;
  }

  /// Pairs of digits with commas between them; '\' at the end of a line goes on in the next.
  bool read_bytes(std::string& bytes) {
    for (;;) {
      if (!skip_to_byte()) return false;
      std::uint32_t byte = 0;
      if (read_number(2, byte) == 0) return true;
      bytes.push_back(static_cast<char>(byte));
      skip_blanks();
      if (!take(',')) return true;
    }
  }

  bool skip_to_byte() {
    skip_blanks();
    while (take('\\')) {
      skip_blanks();
      if (peek() == ';') at_ = std::min(text_.find('\n', at_), text_.size());
      if (at_ >= text_.size()) return fail(at_, "the file ends inside of a value");
      if (!take('\n')) return fail(at_, "text behind the '\\' that continues a line");
      ++line_;
      skip_blanks();
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::size_t entries_ = 0;
  RegFile file_;
  ParseError error_;
};

}  // namespace

bool is_reg_file(std::string_view text) {
  const std::string_view header = first_line(text);
  return header == kHeader4 || header == kHeader5;
}

Parsed<RegFile> parse_reg_file(std::string_view text) {
  if (text.size() > limits::kRegFileBytes) {
    return parse_error(0, fmt::format("a .reg file of more than {} bytes", limits::kRegFileBytes));
  }
  return RegFileParser(text).parse();
}

}  // namespace polc::formats
