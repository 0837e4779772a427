#include "runtime/evaluate/excerpt.hpp"

namespace polc::evaluate {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

/// End of a word that begins at `at`.
std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

}  // namespace

const ir::SourceRange* Excerpt::inside(const ir::Node& node) const {
  ir::RangeId range = node.range;
  for (std::uint32_t at = node.expansion; at != expansion_; at = program_.expansions[at].caller) {
    if (at == 0) return nullptr;
    range = program_.expansions[at].call;
  }
  return inside(range);
}

const ir::SourceRange* Excerpt::inside(ir::RangeId range) const {
  if (!known_ || range == 0) return nullptr;
  const ir::SourceRange& r = program_.ranges[range];
  const bool within = r.file == range_.file && r.begin >= range_.begin && r.end <= range_.end &&
                      r.end - range_.begin <= text_.size();
  return within ? &r : nullptr;
}

std::optional<std::uint32_t> Excerpt::begin(const ir::Node& node) const {
  const ir::SourceRange* r = inside(node);
  return r != nullptr ? std::optional(r->begin - range_.begin) : std::nullopt;
}

std::optional<std::uint32_t> Excerpt::begin(const ir::Expansion& called) const {
  const ir::SourceRange* r = inside(called.call);
  return r != nullptr ? std::optional(r->begin - range_.begin) : std::nullopt;
}

std::optional<std::uint32_t> Excerpt::end(const ir::Node& node) const {
  const ir::SourceRange* r = inside(node);
  return r != nullptr ? std::optional(r->end - range_.begin) : std::nullopt;
}

std::string_view Excerpt::text(const ir::Node& node) const {
  const ir::SourceRange* r = inside(node);
  return r != nullptr ? text_.substr(r->begin - range_.begin, r->end - r->begin) : std::string_view();
}

std::optional<std::uint32_t> Excerpt::after(const ir::Node& left, const ir::Node& limit) const {
  const auto from = end(left);
  const auto to = end(limit);
  if (!from || !to) return std::nullopt;
  std::size_t at = *from;
  while (at < *to) {
    if (is_blank(text_[at]) || text_[at] == ')') {
      ++at;
    } else if (text_.substr(at, 2) == "//") {
      at = std::min(text_.find('\n', at), text_.size());
    } else {
      return static_cast<std::uint32_t>(at);
    }
  }
  return std::nullopt;
}

std::string_view Excerpt::variable(const ir::Node& quantifier) const {
  const std::string_view all = text(quantifier);
  const std::size_t keyword = word_end(all, 0);
  const std::string_view word = all.substr(0, keyword);
  if (word != "all" && word != "any") return {};
  const std::size_t begin = skip_blanks(all, keyword);
  return all.substr(begin, word_end(all, begin) - begin);
}

}  // namespace polc::evaluate
