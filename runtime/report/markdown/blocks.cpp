#include "runtime/report/markdown/blocks.hpp"

#include <fmt/format.h>

#include "runtime/base/escape.hpp"

namespace polc::report::markdown {
namespace {

std::string row_text(std::initializer_list<std::string_view> cells) {
  std::string out = "|";
  for (const std::string_view cell : cells) out += fmt::format(" {} |", cell);
  return out + "\n";
}

}  // namespace

void Blocks::add(std::string_view block) {
  if (left_out_ > 0 || text_.size() + block.size() + note_.size() > limit_) {
    ++left_out_;
  } else {
    text_ += block;
  }
}

void Blocks::heading(std::size_t level, std::string_view words) {
  add(fmt::format("\n{} {}\n", std::string(level, '#'), words));
}

void Blocks::table(std::initializer_list<std::string_view> columns) {
  std::string rule = "|";
  for (std::size_t i = 0; i < columns.size(); ++i) rule += " --- |";
  add("\n" + row_text(columns) + rule + "\n");
}

void Blocks::row(std::initializer_list<std::string_view> cells) {
  add(row_text(cells));
}

std::string Blocks::finish() {
  if (left_out_ > 0) text_ += note_;
  return std::move(text_);
}

std::string inline_code(std::string_view text) {
  return "<code>" + base::markdown_text(text) + "</code>";
}

std::string summary_text(std::string_view text) {
  std::string out;
  for (const char c : base::html_text(base::visible(text))) {
    out += c;
    if (c == '@') out += "<!-- -->";
  }
  return out;
}

}  // namespace polc::report::markdown
