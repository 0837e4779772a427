// grammar/polc.ebnf, which people read, and grammar/rules.hpp, which the parser runs, say the same.
#include "tests/unit/grammar/ebnf.hpp"

#include <regex>
#include <set>
#include <string>
#include <vector>

#include "grammar/scan.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/grammar/support.hpp"

using namespace polc::grammar;
using namespace polc::grammar::test;

namespace {

/// The text is fine but for what no grammar can say: limits, days that do not exist.
bool parses(const std::string& text) {
  const std::set<std::uint16_t> kMeaning{1013, 1014, 1017, 1019, 1020};
  for (const auto& diagnostic : parse_text(text).diagnostics) {
    if (kMeaning.count(diagnostic.code) == 0) return false;
  }
  return true;
}

/// Polc.ebnf says which of several readings is taken; a made-up sentence may have meant another one. A value `any`
/// before `{` can only stand in a field.
bool is_misread(const std::string& sentence) {
  static const std::regex fields(R"(\b(policy|setting|waive)\b)");
  static const std::regex any(R"(\bany \{)");
  static const std::regex body(R"(\bor (absent|default) (and|or|=>))");
  return (std::regex_search(sentence, fields) && std::regex_search(sentence, any)) ||
         std::regex_search(sentence, body);
}

std::vector<std::string> tokens_of(const std::string& text) {
  std::vector<std::string> tokens;
  Scanner scanner(text);
  for (Token token = scanner.next(); token.kind != TokenKind::End; token = scanner.next()) {
    tokens.emplace_back(scanner.text(token));
  }
  return tokens;
}

std::string joined(const std::vector<std::string>& tokens) {
  std::string text;
  for (const std::string& token : tokens) text += token + " ";
  return text;
}

Ebnf read_grammar() {
  return Ebnf(read_file("grammar/polc.ebnf"));
}

}  // namespace

TEST_CASE("every production is a rule and every marked rule a production") {
  const std::string rules = read_file("grammar/lexical.hpp") + read_file("grammar/rules.hpp");
  const std::regex marker(R"(\};\s*//= (\w+))");
  std::set<std::string> marked;
  for (std::sregex_iterator it(rules.begin(), rules.end(), marker), end; it != end; ++it) {
    INFO((*it)[1]);
    CHECK(marked.insert((*it)[1]).second);
  }
  std::set<std::string> productions;
  const Ebnf grammar = read_grammar();
  for (const auto& [name, term] : grammar.productions()) productions.insert(name);
  CHECK(marked == productions);
}

TEST_CASE("samples match the pattern of their production") {
  const Ebnf grammar = read_grammar();
  for (const auto& [production, texts] : samples()) {
    for (const std::string& text : texts) {
      INFO(production << ": " << text);
      CHECK(Recognizer(grammar, text).accepts(production));
    }
  }
}

TEST_CASE("sentences made from the EBNF parse") {
  const Ebnf grammar = read_grammar();
  Generator generator(grammar, samples(), 20270331);
  std::size_t tried = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::string sentence = generator.sentence(i % 2 == 0 ? "declaration" : "control");
    if (is_misread(sentence)) continue;
    ++tried;
    const Parsed parsed = parse_text(sentence);
    INFO(sentence);
    INFO(parsed.report());
    REQUIRE(parses(sentence));
  }
  CHECK(tried > 700);
}

TEST_CASE("what parses is a sentence of the EBNF") {
  const Ebnf grammar = read_grammar();
  Generator generator(grammar, samples(), 1);
  std::mt19937 random(2);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  std::size_t accepted = 0;
  for (int i = 0; i < 2000; ++i) {
    std::vector<std::string> tokens = tokens_of(generator.sentence(i % 2 == 0 ? "declaration" : "control"));
    const std::size_t at = pick(tokens.size());
    switch (pick(3)) {
      case 0:
        tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at));
        break;
      case 1:
        std::swap(tokens[at], tokens[pick(tokens.size())]);
        break;
      default:
        tokens[at] = tokens[pick(tokens.size())];
    }
    const std::string sentence = joined(tokens);
    if (!parses(sentence)) continue;
    ++accepted;
    INFO(sentence);
    REQUIRE(Recognizer(grammar, sentence).accepts("file"));
  }
  CHECK(accepted > 100);
}

TEST_CASE("the EBNF accepts the policies that ship") {
  const Ebnf grammar = read_grammar();
  for (const std::string path : {"stdlib/std/tls.pol", "stdlib/std/account_policies.pol",
                                 "stdlib/std/iis.pol", "tests/unit/grammar/worked_example.pol"}) {
    INFO(path);
    const std::string text = read_file(path);
    REQUIRE_FALSE(text.empty());
    CHECK(Recognizer(grammar, text).accepts("file"));
    CHECK(parses(text));
  }
}
