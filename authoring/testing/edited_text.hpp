// Where in the text of a policy an operator or suffix stands, seen from the places of the expressions around it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "authoring/testing/mutants.hpp"

namespace polc::authoring {

struct WordChange {
  std::string_view from, to;
};

/// All functions give nullopt where the text is not as expected: a place that is in no file, or words that are not there.
class EditedText {
 public:
  EditedText(const ir::Program& program, const base::SourceManager& sources)
      : program_(program), sources_(sources) {}

  /// The text of a range; "" for a range that is nowhere.
  std::string of(const ir::SourceRange& range) const;

  /// One of the words, alone between two expressions.
  std::optional<Edit> replaced_between(const ir::SourceRange& left, const ir::SourceRange& right,
                                       std::span<const WordChange> changes) const;

  /// One of the words, first behind an expression and inside the one around it.
  std::optional<Edit> replaced_behind(const ir::SourceRange& inner, const ir::SourceRange& outer,
                                      std::span<const WordChange> changes) const;

  /// One of the words, at the beginning of an expression.
  std::optional<Edit> replaced_head(const ir::SourceRange& range, std::span<const WordChange> changes) const;

  /// `or absent` or `or default` behind a comparison: deleted, or replaced.
  std::optional<Edit> without_suffix(const ir::SourceRange& comparison) const;
  std::optional<Edit> with_suffix(const ir::SourceRange& comparison, std::string suffix) const;

  /// An item of a list in braces, with one of its commas.
  std::optional<Edit> without_member(const ir::SourceRange& list, const ir::SourceRange& member) const;

  /// The lines around the edits as they are, and as they become; each with its line feed.
  struct Lines {
    std::uint32_t first_line = 0;  ///< 1-based
    std::string before, after;
  };
  Lines lines(const std::vector<Edit>& edits) const;

  std::string_view file_name(std::uint32_t file) const { return program_.text(program_.files[file].path); }

 private:
  std::string_view source(std::uint32_t file) const;
  std::optional<Edit> word_at(std::uint32_t file, std::uint32_t begin, std::uint32_t end, bool alone,
                              std::span<const WordChange> changes) const;

  const ir::Program& program_;
  const base::SourceManager& sources_;
};

}  // namespace polc::authoring
