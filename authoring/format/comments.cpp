#include "authoring/format/comments.hpp"

#include <algorithm>

#include "grammar/scan.hpp"

namespace polc::authoring {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view without_final_blanks(std::string_view text) {
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

}  // namespace

bool Comments::blank_before(std::uint32_t offset) const {
  const std::string_view before = tree_.source().substr(0, offset);
  const std::size_t last = before.find_last_not_of(kBlanks);
  const std::string_view between = before.substr(last == std::string_view::npos ? 0 : last + 1);
  return std::count(between.begin(), between.end(), '\n') > 1;
}

bool Comments::on_own_line(const grammar::Comment& comment) const {
  return grammar::first_on_line(tree_.source(), comment.begin);
}

bool Comments::any_before(std::uint32_t offset) const {
  return next_ < tree_.comments().size() && next().begin < offset;
}

bool Comments::gap_before(std::uint32_t offset) const {
  return blank_before(any_before(offset) ? next().begin : offset);
}

bool Comments::any_gap_before(std::uint32_t offset) const {
  for (std::size_t i = next_; i < tree_.comments().size() && tree_.comments()[i].begin < offset; ++i) {
    if (blank_before(tree_.comments()[i].begin)) return true;
  }
  return blank_before(offset);
}

Doc Comments::take(std::uint32_t offset, bool keep_blank) {
  const grammar::Comment& comment = next();
  ++next_;
  const std::string_view text = tree_.source().substr(comment.begin, comment.end - comment.begin);
  return document_.comment(
      {without_final_blanks(text), on_own_line(comment), keep_blank && gap_before(offset)});
}

Doc Comments::before(std::uint32_t offset, bool keep_blanks) {
  std::vector<Doc> taken;
  while (any_before(offset)) taken.push_back(take(offset, keep_blanks));
  return taken.empty() ? kNothing : document_.concat(std::move(taken));
}

Doc Comments::behind(std::uint32_t next_token) {
  if (!any_before(next_token) || on_own_line(next())) return kNothing;
  return take(next_token, false);
}

std::vector<Doc> Comments::before_end(std::uint32_t offset, bool first) {
  std::vector<Doc> taken;
  while (any_before(offset)) {
    taken.push_back(document_.hard_line(!(first && taken.empty()) && gap_before(offset)));
    taken.push_back(take(offset, false));
  }
  return taken;
}

void Comments::skip(std::uint32_t offset) {
  while (any_before(offset)) ++next_;
}

}  // namespace polc::authoring
