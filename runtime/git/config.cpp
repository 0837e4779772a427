#include "runtime/git/config.hpp"

#include <algorithm>

#include "runtime/base/casefold.hpp"

namespace polc::git {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

class ConfigParser {
 public:
  explicit ConfigParser(std::string_view text) : text_(text) {}

  Result<std::vector<ConfigEntry>> parse() {
    std::vector<ConfigEntry> entries;
    for (skip_space(); at_ < text_.size(); skip_space()) {
      if (text_[at_] == '[') {
        if (!header()) return damaged();
      } else if (auto entry = key_and_value()) {
        entries.push_back(std::move(*entry));
      } else {
        return damaged();
      }
    }
    return entries;
  }

 private:
  tl::unexpected<Error> damaged() const {
    const auto line = std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n') + 1;
    return failure(Problem::Damaged, "'.git/config' cannot be understood at line " + std::to_string(line));
  }

  /// Also empty lines and comments.
  void skip_space() {
    while (at_ < text_.size()) {
      if (text_[at_] == '#' || text_[at_] == ';') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (is_blank(text_[at_]) || text_[at_] == '\n') {
        ++at_;
      } else {
        return;
      }
    }
  }

  std::string_view word() {
    const std::size_t begin = at_;
    const auto belongs = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
             c == '.';
    };
    while (at_ < text_.size() && belongs(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  /// `[section]` or `[section "subsection"]`.
  bool header() {
    ++at_;
    section_ = base::lower_case(word());
    subsection_.clear();
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ < text_.size() && text_[at_] == '"') {
      for (++at_; at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n'; ++at_) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        subsection_ += text_[at_];
      }
      if (at_ == text_.size() || text_[at_] != '"') return false;
      ++at_;
    }
    if (at_ == text_.size() || text_[at_] != ']') return false;
    ++at_;
    return !section_.empty();
  }

  std::optional<ConfigEntry> key_and_value() {
    ConfigEntry entry{section_, subsection_, base::lower_case(word()), "true"};
    if (entry.key.empty() || section_.empty()) return std::nullopt;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ == text_.size() || text_[at_] == '\n' || text_[at_] == '#' || text_[at_] == ';') return entry;
    if (text_[at_] != '=') return std::nullopt;
    ++at_;
    auto text = value();
    if (!text) return std::nullopt;
    entry.value = std::move(*text);
    return entry;
  }

  /// To the end of the line: quotes keep spaces and comment signs, a backslash continues the line.
  std::optional<std::string> value() {
    std::string result;
    std::size_t kept = 0;  // what stands in quotes keeps its spaces
    bool quoted = false;
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    for (; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      const char c = text_[at_];
      if (!quoted && (c == '#' || c == ';')) {
        at_ = std::min(text_.find('\n', at_), text_.size());
        break;
      }
      if (c == '"') {
        quoted = !quoted;
        kept = result.size();
      } else if (c == '\\') {
        if (!escape(result)) return std::nullopt;
        kept = result.size();
      } else {
        result += c;
        if (quoted) kept = result.size();
      }
    }
    if (quoted) return std::nullopt;
    while (result.size() > kept && is_blank(result.back())) result.pop_back();
    return result;
  }

  bool escape(std::string& result) {
    if (++at_ == text_.size()) return false;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    switch (text_[at_]) {
      case '\n':
        return true;
      case 'n':
        result += '\n';
        return true;
      case 't':
        result += '\t';
        return true;
      case 'b':
        result += '\b';
        return true;
      case '"':
      case '\\':
        result += text_[at_];
        return true;
      default:
        return false;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string section_, subsection_;
};

}  // namespace

Result<Config> Config::parse(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  auto entries = ConfigParser(text).parse();
  if (!entries) return tl::unexpected(entries.error());
  Config config;
  config.entries_ = std::move(*entries);
  return config;
}

std::optional<std::string> Config::value(std::string_view section, std::string_view key) const {
  std::optional<std::string> found;
  for (const ConfigEntry& entry : entries_) {
    if (entry.section == section && entry.subsection.empty() && entry.key == key) found = entry.value;
  }
  return found;
}

}  // namespace polc::git
