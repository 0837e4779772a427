#include "runtime/value/glob.hpp"

#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"

namespace polc::value {
namespace {

constexpr std::size_t kWordBits = 64;

struct Token {
  char32_t character = 0;
  bool any = false;  ///< `?`
};

struct Tokens {
  std::vector<Token> tokens;
  std::vector<std::size_t> stars;  ///< number of tokens in front of each star
};

Tokens tokenise(const std::u32string& pattern) {
  Tokens result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool escape = pattern[i] == U'`' && i + 1 < pattern.size();
    if (escape) {
      result.tokens.push_back({pattern[++i], false});
    } else if (pattern[i] == U'*') {
      result.stars.push_back(result.tokens.size());
    } else {
      result.tokens.push_back({pattern[i], pattern[i] == U'?'});
    }
  }
  return result;
}

void set_bit(std::uint64_t* words, std::size_t bit) {
  words[bit / kWordBits] |= std::uint64_t{1} << (bit % kWordBits);
}

bool has_bit(const std::vector<std::uint64_t>& words, std::size_t bit) {
  return (words[bit / kWordBits] >> (bit % kWordBits) & 1U) != 0;
}

}  // namespace

std::optional<Glob> Glob::parse(std::string_view pattern) {
  const std::u32string characters = base::folded_characters(pattern);
  if (characters.size() > limits::kPatternCharacters) return std::nullopt;
  const Tokens tokens = tokenise(characters);
  Glob glob;
  glob.tokens_ = tokens.tokens.size();
  glob.words_ = glob.tokens_ / kWordBits + 1;
  glob.stars_.resize(glob.words_);
  for (const std::size_t star : tokens.stars) set_bit(glob.stars_.data(), star);
  for (const Token& token : tokens.tokens) {
    if (!token.any) glob.characters_.push_back(token.character);
  }
  std::sort(glob.characters_.begin(), glob.characters_.end());
  glob.characters_.erase(std::unique(glob.characters_.begin(), glob.characters_.end()),
                         glob.characters_.end());
  glob.masks_.resize((glob.characters_.size() + 1) * glob.words_);
  for (std::size_t i = 0; i < glob.tokens_; ++i) {
    const Token& token = tokens.tokens[i];
    for (std::size_t c = 0; c <= glob.characters_.size(); ++c) {
      const bool accepts =
          token.any || (c < glob.characters_.size() && glob.characters_[c] == token.character);
      if (accepts) set_bit(glob.masks_.data() + c * glob.words_, i + 1);
    }
  }
  return glob;
}

const Glob::Word* Glob::mask_of(char32_t character) const {
  const auto at = std::lower_bound(characters_.begin(), characters_.end(), character);
  const bool known = at != characters_.end() && *at == character;
  const auto index = known ? static_cast<std::size_t>(at - characters_.begin()) : characters_.size();
  return masks_.data() + index * words_;
}

Glob::States Glob::begin() const {
  States states(words_);
  set_bit(states.data(), 0);
  return states;
}

bool Glob::step(States& states, char32_t folded) const {
  const Word* mask = mask_of(folded);
  Word carry = 0;
  Word alive = 0;
  for (std::size_t w = 0; w < words_; ++w) {
    const Word moved = states[w] << 1U | carry;
    carry = states[w] >> (kWordBits - 1);
    states[w] = (moved & mask[w]) | (states[w] & stars_[w]);
    alive |= states[w];
  }
  return alive != 0;
}

bool Glob::accepts(const States& states) const {
  return has_bit(states, tokens_);
}

bool Glob::matches(std::string_view text) const {
  States states = begin();
  for (const char32_t character : base::folded_characters(text)) {
    if (!step(states, character)) return false;
  }
  return accepts(states);
}

}  // namespace polc::value
