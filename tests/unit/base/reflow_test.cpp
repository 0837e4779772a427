#include "runtime/base/reflow.hpp"

#include "runtime/base/text.hpp"
#include "tests/unit/catch.hpp"

using polc::base::reflow;

TEST_CASE("lines of a paragraph are joined and wrapped", "[reflow]") {
  CHECK(reflow("one two\nthree four", 80) == "one two three four");
  CHECK(reflow("one two\nthree four", 9) == "one two\nthree\nfour");
  CHECK(reflow("one\ntwo", 80, "  ") == "  one two");
  CHECK(reflow("one\n\ntwo\n", 80, "  ") == "  one\n\n  two\n");
  CHECK(reflow("one  \ntwo", 80) == "one\ntwo");
  CHECK(reflow("", 80, "  ").empty());
}

TEST_CASE("list items keep their marks and hang behind them", "[reflow]") {
  CHECK(reflow("1. one two\n   three\n2. four", 12) == "1. one two\n   three\n2. four");
  CHECK(reflow("- one\n  two\n- three", 80, "> ") == "> - one two\n> - three");
  CHECK(reflow("10. one two", 8) == "10. one\n    two");
  CHECK(reflow("- one\n  - two\n    three", 80) == "- one\n  - two three");
  CHECK(reflow("1. one\n\n   two\n   three\n\nfour\nfive", 80) == "1. one\n\n   two three\n\nfour five");
  CHECK(reflow("text\n- item", 80) == "text\n- item");
}

TEST_CASE("a number or a dash in running text begins no list", "[reflow]") {
  CHECK(reflow("since\n2012. Then", 80) == "since 2012. Then");
  CHECK(reflow("ports\n3306/tcp and\n-1", 80) == "ports 3306/tcp and -1");
}

TEST_CASE("what an author laid out stays", "[reflow]") {
  CHECK(reflow("Run:\n\n    Set-X   1\n      -Y\n\nthen\nthis", 6) ==
        "Run:\n\n    Set-X   1\n      -Y\n\nthen\nthis");
  CHECK(reflow("```\na\nb\n```\nc\nd", 80) == "```\na\nb\n```\nc d");
  CHECK(reflow("# Title\ntext\n| a | b |\n| c | d |", 80) == "# Title\ntext\n| a | b |\n| c | d |");
  CHECK(reflow("1. one\n\n       code\n       more", 80) == "1. one\n\n       code\n       more");
}

TEST_CASE("a text on one line has single blanks, and none at its ends") {
  CHECK(polc::base::on_one_line("  a \t\r\n  b c\n") == "a b c");
  CHECK(polc::base::on_one_line(" \n ").empty());
  CHECK(polc::base::on_one_line("").empty());
}
