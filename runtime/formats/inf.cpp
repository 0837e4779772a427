#include "runtime/formats/inf.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"

namespace polc::formats {
namespace {

constexpr std::string_view kInfBlanks = " \t";

class InfParser {
 public:
  explicit InfParser(std::string_view text) : text_(text) {}

  Parsed<InfFile> parse() {
    while (at_ < text_.size()) {
      skip_blanks();
      const char first = peek();
      const bool read = first == '[' ? read_header() : read_line();
      if (!read) return tl::unexpected<ParseError>(error_);
    }
    file_.cut_off = !text_.empty() && text_.back() != '\n';
    return std::move(file_);
  }

 private:
  bool fail(std::size_t offset, std::string what) {
    error_ = {offset, std::move(what)};
    return false;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\n'; }

  void skip_blanks() {
    while (at_ < text_.size() && kInfBlanks.find(text_[at_]) != std::string_view::npos) ++at_;
  }

  /// At the end of the text or of a line, of either kind.
  bool at_line_end() const {
    return peek() == '\n' || (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
  }

  void next_line() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (at_ < text_.size()) ++at_;
    ++line_;
  }

  bool read_header() {
    const std::size_t begin = at_;
    while (!at_line_end() && peek() != ']') ++at_;
    if (peek() != ']') return fail(begin, "the section header is not closed with ']'");
    const std::string name(text_.substr(begin + 1, at_ - begin - 1));
    ++at_;
    skip_blanks();
    if (!at_line_end() && peek() != ';') return fail(at_, "text behind a section header");
    auto same = std::find_if(file_.sections.begin(), file_.sections.end(),
                             [&](const InfSection& s) { return base::equal_folded(s.name, name); });
    if (same == file_.sections.end()) {
      if (file_.sections.size() == limits::kInfSections) {
        return fail(begin, fmt::format("more than {} sections", limits::kInfSections));
      }
      same = file_.sections.insert(same, InfSection{name, line_, {}});
    }
    current_ = static_cast<std::size_t>(same - file_.sections.begin());
    next_line();
    return true;
  }

  bool read_line() {
    if (at_line_end() || peek() == ';') {
      next_line();
      return true;
    }
    if (file_.sections.empty()) return fail(at_, "a line before the first section");
    InfLine line;
    line.line = line_;
    bool more = true;
    while (more) {
      if (line.fields.size() == limits::kInfFields) {
        return fail(at_, fmt::format("more than {} fields in one line", limits::kInfFields));
      }
      if (!read_field(line, more)) return false;
    }
    // `key =` has no fields, `key = ""` has an empty one.
    if (line.has_key && line.fields.size() == 1 && line.fields.front().empty() && !quoted_)
      line.fields.clear();
    line.cut_off = text_.find('\n', at_) == std::string_view::npos;
    file_.sections[current_].lines.push_back(std::move(line));
    next_line();
    return true;
  }

  /// One field and what ends it; `more` says that a comma did. A '=' that ends the first field makes it the key.
  bool read_field(InfLine& line, bool& more) {
    std::string field;
    std::size_t solid = 0;  // characters that trailing blanks do not take away
    quoted_ = false;
    skip_blanks();
    for (;; ++at_) {
      if (at_line_end() || peek() == ';' || peek() == ',') break;
      const bool may_be_key = !line.has_key && line.fields.empty();
      if (peek() == '=' && may_be_key) {
        field.resize(solid);
        line.has_key = true;
        line.key = std::move(field);
        ++at_;
        return true;
      }
      if (peek() == '\\' && joins_next_line()) continue;
      if (peek() == '"') {
        if (!read_quoted(field)) return false;
        solid = field.size();
        continue;
      }
      if (is_control(peek())) return fail(at_, "a control character");
      field += peek();
      if (kInfBlanks.find(peek()) == std::string_view::npos) solid = field.size();
    }
    field.resize(solid);
    line.fields.push_back(std::move(field));
    more = peek() == ',' && at_ < text_.size();
    if (more) ++at_;
    return true;
  }

  static bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; }

  /// A backslash that is the last of its line; moves to where the next line's text begins, less one.
  bool joins_next_line() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && kInfBlanks.find(text_[end]) != std::string_view::npos) ++end;
    if (end < text_.size() && text_[end] == '\r') ++end;
    if (end >= text_.size() || text_[end] != '\n') return false;
    at_ = end + 1;
    ++line_;
    skip_blanks();
    --at_;
    return true;
  }

  /// From the opening quote to the closing one, which stays current.
  bool read_quoted(std::string& field) {
    const std::size_t begin = at_;
    quoted_ = true;
    for (++at_; !at_line_end(); ++at_) {
      if (peek() == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') return true;
        ++at_;
      }
      if (is_control(peek())) return fail(at_, "a control character");
      field += peek();
    }
    return fail(begin, "a quote that is not closed in its line");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool quoted_ = false;  ///< the field that was read last has a quoted part
  std::size_t current_ = 0;
  InfFile file_;
  ParseError error_;
};

}  // namespace

const InfSection* InfFile::find(std::string_view name) const {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const InfSection& s) { return base::equal_folded(s.name, name); });
  return found == sections.end() ? nullptr : &*found;
}

Parsed<InfFile> parse_inf(std::string_view text) {
  if (text.size() > limits::kInfBytes) {
    return parse_error(0, fmt::format("a template of more than {} bytes", limits::kInfBytes));
  }
  return InfParser(text).parse();
}

}  // namespace polc::formats
