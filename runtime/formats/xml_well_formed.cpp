#include "runtime/formats/xml_well_formed.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include "runtime/base/text.hpp"

namespace polc::formats {
namespace {

constexpr bool is_xml_character(char32_t c) {
  return c == U'\t' || c == U'\n' || c == U'\r' || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

/// "#65" or "#x41" of a reference to a character.
bool names_character(std::string_view name) {
  name.remove_prefix(1);
  const bool hexadecimal = name.starts_with('x');
  if (hexadecimal) name.remove_prefix(1);
  std::uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), number, hexadecimal ? 16 : 10);
  return error == std::errc() && end == name.data() + name.size() && is_xml_character(number);
}

bool is_defined(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kEntities{"lt", "gt", "amp", "apos", "quot"};
  if (name.starts_with('#')) return names_character(name);
  return std::find(kEntities.begin(), kEntities.end(), name) != kEntities.end();
}

/// Goes once through the markup. What does not end is left to the parser.
class MarkupCheck {
 public:
  explicit MarkupCheck(std::string_view text) : text_(text) {}

  std::optional<ParseError> run() {
    while (at_ < text_.size() && !error_) {
      if (text_[at_] != '<') {
        check_text();
      } else if (begins("<!--")) {
        check_comment();
      } else if (begins("<![CDATA[")) {
        skip_behind("]]>");
      } else if (begins("<?")) {
        check_instruction();
      } else if (begins("<!")) {
        skip_behind(">");
      } else {
        check_tag();
      }
    }
    return error_;
  }

 private:
  bool begins(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  void skip_behind(std::string_view end) {
    const auto found = text_.find(end, at_);
    at_ = found == std::string_view::npos ? text_.size() : found + end.size();
  }

  void fail(std::size_t offset, std::string what) { error_ = ParseError{offset, std::move(what)}; }

  void check_comment() {
    at_ += std::string_view("<!--").size();
    const std::size_t dashes = text_.find("--", at_);
    skip_behind("-->");
    if (dashes != std::string_view::npos && dashes + 3 < at_) fail(dashes, "\"--\" in a comment");
  }

  void check_instruction() {
    constexpr std::string_view kDeclaration = "<?xml";
    const bool is_declaration =
        begins(kDeclaration) && text_.substr(at_ + kDeclaration.size()).find_first_of(" \t\r\n?") == 0;
    if (is_declaration && at_ > 0) return fail(at_, "an XML declaration that is not at the beginning");
    skip_behind("?>");
  }

  void check_text() {
    const std::size_t end = std::min(text_.find('<', at_), text_.size());
    const std::string_view text = text_.substr(at_, end - at_);
    if (const auto closing = text.find("]]>"); closing != std::string_view::npos) {
      return fail(at_ + closing, "\"]]>\" in text");
    }
    check_references(end);
    at_ = end;
  }

  void check_tag() {
    while (at_ < text_.size() && text_[at_] != '>' && !error_) {
      const char c = text_[at_++];
      if (c != '"' && c != '\'') continue;
      const std::size_t end = std::min(text_.find(c, at_), text_.size());
      const auto markup = text_.substr(at_, end - at_).find('<');
      if (markup != std::string_view::npos) return fail(at_ + markup, "'<' in an attribute");
      check_references(end);
      at_ = end + 1;
    }
    ++at_;
  }

  void check_references(std::size_t end) {
    const std::string_view text = text_.substr(0, end);
    for (std::size_t i = text.find('&', at_); i != std::string_view::npos && !error_;
         i = text.find('&', i + 1)) {
      const std::size_t semicolon = text.find(';', i);
      const bool defined =
          semicolon != std::string_view::npos && is_defined(text.substr(i + 1, semicolon - i - 1));
      if (!defined) fail(i, "'&' begins no entity that XML defines");
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<ParseError> error_;
};

std::optional<ParseError> forbidden_character(std::string_view text) {
  for (std::size_t at = base::skip_plain_ascii(text, 0); at < text.size();) {
    const auto character = base::decode_utf8(text, at);
    if (!character) return ParseError{at, "invalid UTF-8"};
    if (!is_xml_character(character->value)) return ParseError{at, "a character that XML does not have"};
    at = base::skip_plain_ascii(text, at + character->length);
  }
  return std::nullopt;
}

}  // namespace

std::optional<ParseError> not_well_formed(std::string_view text) {
  if (auto character = forbidden_character(text)) return character;
  return MarkupCheck(text).run();
}

}  // namespace polc::formats
