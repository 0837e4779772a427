#include "runtime/base/secret.hpp"

#include <string>

#include "runtime/backends/secret/composition.hpp"
#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;

namespace {

base::SecretBuffer secret(std::string_view text) {
  base::SecretBuffer buffer(limits::kSecretBytes);
  REQUIRE(buffer.append(text));
  return buffer;
}

bool breached(std::string_view password, std::string_view list, std::size_t piece) {
  const base::SecretBuffer buffer = secret(password);
  BreachSearch search(buffer);
  for (std::size_t at = 0; at < list.size(); at += piece) search.feed(list.substr(at, piece));
  return search.finish();
}

}  // namespace

TEST_CASE("composition of a secret: length in characters, classes by Unicode category") {
  struct Row {
    const char* text;
    std::int64_t length;
    std::vector<std::string> classes;
  };
  const Row rows[] = {
      {"", 0, {}},
      {"abc", 3, {"lower"}},
      {"ABC", 3, {"upper"}},
      {"0123456789", 10, {"digit"}},
      {"Aa1!", 4, {"upper", "lower", "digit", "symbol"}},
      {"$+<=>^`|~", 9, {"symbol"}},
      {"_-()[]\"'", 8, {"symbol"}},
      {"a b", 3, {"lower"}},
      {"\xc3\x84\xc3\xb6", 2, {"upper", "lower"}},  // Ä ö
      {"\xd0\x96\xd0\xb6", 2, {"upper", "lower"}},  // Ж ж
      {"\xe6\xbc\xa2\xe5\xad\x97", 2, {}},          // letters without case
      {"\xd9\xa3", 1, {"digit"}},                   // Arabic-Indic three
      {"\xe2\x82\xac", 1, {"symbol"}},              // euro sign
      {"\xf0\x9f\x94\x92", 1, {"symbol"}},          // an emoji is one character
      {"a\xcc\x88", 2, {"lower"}},                  // combining diaeresis counts for the length
      {"a\xff\xfeZ", 4, {"upper", "lower"}},        // bytes that are not UTF-8
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const value::PasswordRow out = password_composition("x", secret(row.text));
    CHECK(out.name == "x");
    CHECK(out.length == value::Number::exactly(value::Integer::of(row.length)));
    CHECK(out.classes == row.classes);
    CHECK_FALSE(out.in_breach_list.has_value());
  }
}

TEST_CASE("breach lists: digests with counts, plain lines, any pieces") {
  // SHA-1 of "password".
  const std::string digest = "5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8";
  const std::string list =
      "0000000000000000000000000000000000000000:3\r\n" + digest + ":9545824\r\nhunter2\n\nlast";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, list.size()}) {
    CAPTURE(piece);
    CHECK(breached("password", list, piece));
    CHECK(breached("hunter2", list, piece));
    CHECK(breached("last", list, piece));
    CHECK_FALSE(breached("hunter", list, piece));
    CHECK_FALSE(breached("hunter22", list, piece));
    CHECK_FALSE(breached("", list, piece));
    CHECK_FALSE(breached("3", list, piece));
  }
  CHECK(breached("password", "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8", 100));
  CHECK_FALSE(breached("password", digest + "0", 100));
  CHECK_FALSE(breached("password", "X" + digest, 100));
}

TEST_CASE("lines of a breach list are bounded by the longest secret") {
  const std::string longest(limits::kSecretBytes, 'x');
  CHECK(breached(longest, longest + "\r\n", 1000));
  CHECK_FALSE(breached(longest, longest + "x\n", 1000));
  CHECK(breached("abc", std::string(100'000, 'x') + "\nabc\n", 1000));
}

TEST_CASE("a secret buffer takes its capacity and no more, and moves without copying") {
  base::SecretBuffer buffer(4);
  REQUIRE(buffer.append("abcd"));
  CHECK_FALSE(buffer.append("e"));
  CHECK(buffer.view() == "abcd");
  const char* storage = buffer.view().data();
  buffer.drop_back(2);
  CHECK(buffer.view() == "ab");
  CHECK(storage[2] == '\0');
  const base::SecretBuffer moved = std::move(buffer);
  CHECK(moved.view().data() == storage);
  CHECK(moved.view() == "ab");
  CHECK(buffer.size() == 0);  // NOLINT(bugprone-use-after-move): that is the point
}

TEST_CASE("password evidence names its secret and no host") {
  const value::Evidence evidence = password_evidence({password_composition("mysql.root", secret("Aa1!"))});
  REQUIRE(evidence.passwords.rows.size() == 1);
  CHECK(evidence.origins.at(evidence.passwords.rows[0].origin).note == "--secret mysql.root");
  CHECK_FALSE(evidence.host.name.present());
  CHECK_FALSE(evidence.passwords.complete);
}
