// Every policy text of the repository, as it is and with comments at every place.
#include <cctype>

#include "grammar/scan.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/format/support.hpp"

using namespace polc;
using namespace polc::authoring::test;

namespace {

/// The scanner takes `2026-01-01` and `tcp+udp` apart, the language does not.
bool is_inside_token(const std::string& text, std::size_t at) {
  if (at == 0 || (text[at] != '-' && text[at - 1] != '-' && text[at] != '+' && text[at - 1] != '+'))
    return false;
  return std::isalnum(static_cast<unsigned char>(text[at])) !=
         std::isalnum(static_cast<unsigned char>(text[at - 1]));
}

/// Where a token begins, and the end of the text.
std::vector<std::size_t> gaps(const std::string& text) {
  std::vector<std::size_t> offsets;
  grammar::Scanner scanner(text);
  grammar::Token token = scanner.next();
  for (; token.kind != grammar::TokenKind::End; token = scanner.next()) {
    if (!is_inside_token(text, token.begin)) offsets.push_back(token.begin);
  }
  offsets.push_back(text.size());
  return offsets;
}

std::string with_comment_everywhere(const std::string& text, const std::string& before,
                                    const std::string& behind) {
  std::string result;
  std::size_t at = 0;
  int number = 0;
  for (const std::size_t gap : gaps(text)) {
    result += text.substr(at, gap - at) + before + std::to_string(++number) + behind;
    at = gap;
  }
  return result + text.substr(at);
}

}  // namespace

TEST_CASE("all policies keep their meaning and format to themselves") {
  std::size_t checked = 0;
  for (const auto& [name, text] : policy_files()) {
    if (!formatted(text)) continue;
    INFO(name);
    CHECK(broken_promise(text) == "");
    ++checked;
  }
  CHECK(checked > 40);
}

TEST_CASE("the policies that ship are formatted") {
  for (const auto& [name, text] : policy_files()) {
    if (name.starts_with("tests/")) continue;
    INFO(name << ": run polc fmt policies stdlib");
    CHECK(formatted(text) == text);
  }
}

TEST_CASE("comments stay wherever they stand") {
  const std::vector<std::pair<std::string, std::string>> kinds{{" // c", "\n"},
                                                               {"\n// c", "\n"},
                                                               {"\n\n/// c", "\n\n"},
                                                               {"\n// c\n\n  // d", "\r\n"},
                                                               {" //", " \t\n"}};
  for (const auto& [name, text] : policy_files()) {
    if (text.size() > 6000 || text.starts_with("\xEF\xBB\xBF") || !formatted(text)) continue;
    for (const auto& [before, behind] : kinds) {
      const std::string commented = with_comment_everywhere(text, before, behind);
      INFO(name << " with '" << before << "'");
      CHECK(broken_promise(commented) == "");
    }
  }
}

TEST_CASE("one comment at each place of a policy that uses the whole language") {
  const std::vector<std::string> comments{" // c\n", "\n// c\n", "\n\n// c\n\n"};
  std::size_t tried = 0;
  for (const auto& [name, text] : policy_files()) {
    if (name != "tests/unit/format/everything.pol") continue;
    for (const std::string& declaration : declarations(text)) {
      for (const std::size_t place : gaps(declaration)) {
        const std::string& comment = comments[++tried % comments.size()];
        INFO("at " << declaration.substr(place, 20));
        CHECK(broken_promise(declaration.substr(0, place) + comment + declaration.substr(place)) == "");
      }
    }
  }
  CHECK(tried > 300);
}
