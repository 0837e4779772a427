// Patterns of `like`, of waiver hosts and of attestations.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace polc::value {

/// `*` is any text, also none; `?` is one character; a backtick makes the next character an ordinary one. The
/// whole text must match, ignoring case as Windows does.
class Glob {
 public:
  /// nullopt above limits::kPatternCharacters.
  static std::optional<Glob> parse(std::string_view pattern);

  /// Time is linear in the length of the text, whatever the pattern.
  bool matches(std::string_view text) const;

 private:
  using Word = std::uint64_t;

  const Word* mask_of(char32_t character) const;

  // Bit i of a state set says that the first i tokens of the pattern have matched. A character moves the states
  // whose next token accepts it up by one; a star keeps its state alive.
  std::size_t tokens_ = 0;
  std::size_t words_ = 0;             ///< words of one state set
  std::vector<Word> stars_;           ///< states that a star keeps alive
  std::vector<char32_t> characters_;  ///< ordinary characters of the pattern, ascending
  std::vector<Word> masks_;  ///< states reached on a character: one set for each, then one for all others
};

}  // namespace polc::value
