#include "runtime/git/config.hpp"

#include "tests/unit/catch.hpp"

using namespace polc::git;

TEST_CASE("sections, subsections, quotes, comments and continued lines") {
  const auto config = Config::parse(
      "\xEF\xBB\xBF# a comment\n"
      "[core]\n\tRepositoryFormatVersion = 1 ; behind a value\n\tbare\n"
      "[remote \"or\\\"i]gin\"] url = https://example.com/a.git\n"
      "[Section]\r\n a = \" x # y \"  \r\n b = one \\\n   two\n c = \\t\\\\\n empty =\n");
  REQUIRE(config);
  CHECK(config->value("core", "repositoryformatversion") == "1");
  CHECK(config->value("core", "bare") == "true");
  CHECK(config->value("section", "a") == " x # y ");
  CHECK(config->value("section", "b") == "one    two");
  CHECK(config->value("section", "c") == "\t\\");
  CHECK(config->value("section", "empty") == "");
  CHECK_FALSE(config->value("section", "d"));
  CHECK_FALSE(config->value("remote", "url"));
  CHECK(config->entries()[2].subsection == "or\"i]gin");
  CHECK(config->entries()[2].value == "https://example.com/a.git");
}

TEST_CASE("the last value counts") {
  CHECK(Config::parse("[a]\nk=1\n[b]\nk=2\n[a]\nk=3\n")->value("a", "k") == "3");
}

TEST_CASE("what git would refuse is refused with its line") {
  for (const char* text : {"[core]\nx\n[core\n", "[core]\nx\nk = \"open\n", "\n\nk = 1\n", "[a]\n\nk = \\q\n",
                           "[a]\n\n= 1\n", "[a]\n\n[\"x\"]\n", "[a]\n\n[a \"x\n", "[a]\n\nk = \\"}) {
    INFO(text);
    const auto config = Config::parse(text);
    REQUIRE_FALSE(config);
    CHECK(config.error().problem == Problem::Damaged);
    CHECK(config.error().what.ends_with("at line 3"));
  }
}
