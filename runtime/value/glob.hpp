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

  /// How far a text that is read character by character may have matched: bit i says that the first i tokens have.
  using States = std::vector<std::uint64_t>;
  States begin() const;

  /// Reads one character, folded (base::folded_characters). False: no continuation matches any more.
  bool step(States& states, char32_t folded) const;
  bool accepts(const States& states) const;

  /// Ordinary characters of the pattern, folded, ascending. It tells none of the others apart.
  const std::vector<char32_t>& characters() const { return characters_; }

 private:
  using Word = std::uint64_t;

  const Word* mask_of(char32_t character) const;

  // Bit i of a state set says that the first i tokens of the pattern have matched. A character moves the states
  // whose next token accepts it up by one; a star keeps its state alive.
  std::size_t tokens_ = 0;
  std::size_t words_ = 0;             ///< words of one state set
  std::vector<Word> stars_;           ///< states that a star keeps alive
  std::vector<char32_t> characters_;  ///< as characters()
  std::vector<Word> masks_;  ///< states reached on a character: one set for each, then one for all others
};

}  // namespace polc::value
