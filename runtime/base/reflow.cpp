#include "runtime/base/reflow.hpp"

#include <algorithm>

#include "runtime/base/escape.hpp"
#include "runtime/base/text.hpp"

namespace polc::base {
namespace {

constexpr std::string_view kLaidOut = "#>|";  // headings, quotes, rows of tables

std::size_t leading_spaces(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

/// Columns of "- ", "12. " and the spaces around it; 0 when the line begins no list item.
std::size_t mark_width(std::string_view line) {
  const std::size_t begin = leading_spaces(line);
  std::size_t end = begin;
  while (end < line.size() && is_digit(line[end])) ++end;
  const std::string_view closing = end > begin ? ".)" : "-*+";
  if (end == line.size() || closing.find(line[end]) == std::string_view::npos) return 0;
  ++end;
  const std::size_t text = line.find_first_not_of(' ', end);
  return text == std::string_view::npos || text == end ? 0 : text;
}

bool is_fence(std::string_view line) {
  line.remove_prefix(leading_spaces(line));
  return line.starts_with("```") || line.starts_with("~~~");
}

class Reflow {
 public:
  Reflow(std::size_t columns, std::string_view indent) : columns_(columns), indent_(indent) {}

  void line(std::string_view line) {
    const bool fence = is_fence(line);
    if (fence || in_fence_) {
      keep(line);
      in_fence_ = fence != in_fence_;
    } else if (const std::size_t mark = mark_width(line); mark > 0 && may_begin_item(line)) {
      end_paragraph();
      mark_ = line.substr(0, mark);
      hang_ = mark;
      add(line.substr(mark));
    } else if (is_laid_out(line)) {
      keep(line);
    } else {
      if (paragraph_.empty()) hang_ = std::min(hang_, leading_spaces(line));
      add(line.substr(leading_spaces(line)));
    }
  }

  std::string finish() {
    end_paragraph();
    if (!out_.empty()) out_.pop_back();
    return std::move(out_);
  }

 private:
  /// A number in running text begins no list unless it is 1.
  bool may_begin_item(std::string_view line) const {
    const std::string_view mark = line.substr(leading_spaces(line));
    return paragraph_.empty() || hang_ > 0 || !is_digit(mark.front()) || mark.starts_with("1.");
  }

  bool is_laid_out(std::string_view line) const {
    const std::size_t spaces = leading_spaces(line);
    if (spaces == line.size() || spaces > hang_) return true;
    return kLaidOut.find(line[spaces]) != std::string_view::npos;
  }

  void add(std::string_view words) {
    if (!paragraph_.empty()) paragraph_ += ' ';
    const bool breaks = words.ends_with("  ");  // Markdown's way to end a line
    words = words.substr(0, words.find_last_not_of(' ') + 1);
    paragraph_ += words;
    if (breaks) end_paragraph();
  }

  void end_paragraph() {
    if (paragraph_.empty()) return;
    std::string wrapped = wrap(paragraph_, columns_, std::string(indent_) + std::string(hang_, ' '));
    if (!mark_.empty()) wrapped.replace(indent_.size(), mark_.size(), mark_);
    out_ += wrapped + '\n';
    paragraph_.clear();
    mark_ = {};
  }

  void keep(std::string_view line) {
    end_paragraph();
    if (leading_spaces(line) < line.size()) out_.append(indent_).append(line);
    out_ += '\n';
  }

  std::size_t columns_;
  std::string_view indent_;
  std::string out_;
  std::string paragraph_;
  std::string_view mark_;
  std::size_t hang_ = 0;
  bool in_fence_ = false;
};

}  // namespace

std::string reflow(std::string_view text, std::size_t columns, std::string_view indent) {
  Reflow reflow(columns, indent);
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    reflow.line(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return reflow.finish();
}

}  // namespace polc::base
