// A small reader of grammar/polc.ebnf, with what a test can do with a grammar: recognise a text and make one up.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polc::grammar::test {

struct Term {
  enum class Kind { Sequence, Choice, Optional, Repeat, Except, Literal, Pattern, Name };
  Kind kind = Kind::Sequence;
  std::string text;         // of a Literal, Pattern or Name
  std::vector<Term> parts;  // of the others; Except has two
  std::regex pattern;       // of a Pattern
};

class Ebnf {
 public:
  /// Throws std::runtime_error with the offending place; undefined names are an error too.
  explicit Ebnf(std::string_view text);

  const std::map<std::string, Term>& productions() const { return productions_; }

 private:
  void check(const Term& term) const;

  std::map<std::string, Term> productions_;
};

/// Decides whether a text is a sentence, by all readings the grammar allows.
class Recognizer {
 public:
  Recognizer(const Ebnf& grammar, std::string_view text) : grammar_(grammar), text_(text) {}

  bool accepts(const std::string& production);

 private:
  using Ends = std::set<std::size_t>;
  Ends ends(const Term& term, std::size_t at);
  Ends ends_of_name(const std::string& name, std::size_t at);
  Ends ends_of_token(std::size_t at, std::size_t length) const;
  std::size_t skip_trivia(std::size_t at) const;

  const Ebnf& grammar_;
  std::string_view text_;
  std::map<std::pair<std::string, std::size_t>, Ends> known_;
};

/// For each production with a pattern, texts that match it.
const std::map<std::string, std::vector<std::string>>& samples();

/// Makes sentences: tokens separated by blanks. The same seed makes the same sentences everywhere.
class Generator {
 public:
  /// `samples`: for each production with a pattern, texts that match it.
  Generator(const Ebnf& grammar, std::map<std::string, std::vector<std::string>> samples, unsigned seed);

  std::string sentence(const std::string& production);

 private:
  void generate(const Term& term, const std::string& production, int depth, std::string& out);
  std::size_t pick(std::size_t n) { return static_cast<std::size_t>(random_()) % n; }
  int height(const Term& term) const;
  const Term& choose(const std::vector<Term>& alternatives, int depth);

  const Ebnf& grammar_;
  std::map<std::string, std::vector<std::string>> samples_;
  std::map<std::string, int> heights_;  // of the smallest sentence of each production
  std::mt19937 random_;
};

}  // namespace polc::grammar::test
