// A Markdown document of bounded size, block by block. For the writers of Markdown reports.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace polc::report::markdown {

class Blocks {
 public:
  /// `limit` is in bytes and counts the note, which stands last where something was left out; the note is borrowed.
  Blocks(std::size_t limit, std::string_view note) : limit_(limit), note_(note) {}

  /// Appends a block, or nothing of it when it does not fit; after that every block is left out.
  void add(std::string_view block);

  /// A heading; blocks behind it begin with a blank line, as tables do.
  void heading(std::size_t level, std::string_view words);

  /// The head of a table; rows follow. Cells are Markdown.
  void table(std::initializer_list<std::string_view> columns);
  void row(std::initializer_list<std::string_view> cells);

  /// What was added, with a note when something was left out.
  std::string finish();

 private:
  std::string text_;
  std::size_t limit_;
  std::string_view note_;
  std::size_t left_out_ = 0;
};

/// Text in the font of code; unlike a code span it can be put into a cell of a table whatever the text is.
std::string inline_code(std::string_view text);

/// Text in a `summary` element, where Markdown has no meaning up to the next blank line: one line.
std::string summary_text(std::string_view text);

}  // namespace polc::report::markdown
