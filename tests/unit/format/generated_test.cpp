// Policies made up from the grammar, with blanks, line ends and comments between their tokens as chance has it.
#include <fstream>
#include <iterator>
#include <random>

#include "grammar/scan.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/format/support.hpp"
#include "tests/unit/grammar/ebnf.hpp"

using namespace polc;
using namespace polc::authoring::test;

namespace {

std::string read_grammar() {
  std::ifstream stream(POLC_SOURCE_DIR "/grammar/polc.ebnf", std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string strewn(const std::string& sentence, std::mt19937& random) {
  static const std::vector<std::string> kBetween{" ",        " ",         " ",           "\n",
                                                 "\n\n",     " // c\n",   "\n// c\n",    "\n/// c\n",
                                                 "\n\n\n\t", "\n//\n\n ", " /// c\r\n ", "\r\n\r\n"};
  std::string text;
  grammar::Scanner scanner(sentence);
  grammar::Token token = scanner.next();
  for (; token.kind != grammar::TokenKind::End; token = scanner.next()) {
    text += scanner.text(token);
    const bool blank_behind = token.end == sentence.size() || sentence[token.end] == ' ';
    if (blank_behind) text += kBetween[random() % kBetween.size()];
  }
  return text;
}

}  // namespace

TEST_CASE("policies made from the grammar keep their meaning and format to themselves") {
  const grammar::test::Ebnf grammar(read_grammar());
  grammar::test::Generator generator(grammar, grammar::test::samples(), 20270401);
  std::mt19937 random(7);
  std::size_t checked = 0;
  for (int i = 0; i < 1500; ++i) {
    std::string sentence = generator.sentence(i % 2 == 0 ? "declaration" : "control");
    if (i % 3 == 0) sentence += "\n" + generator.sentence("declaration");
    const std::string text = i % 5 == 0 ? sentence : strewn(sentence, random);
    if (!formatted(text))
      continue;  // what no grammar can say: days that do not exist, suffixes that are operands
    INFO(text);
    REQUIRE(broken_promise(text) == "");
    ++checked;
  }
  CHECK(checked > 500);
}
