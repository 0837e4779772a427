#include "runtime/value/addresses.hpp"

#include "tests/unit/catch.hpp"

using namespace polc::value;

namespace {

Addresses set(std::initializer_list<const char*> terms) {
  Addresses all;
  for (const char* term : terms) all = unite(all, parse_addresses(term).value());
  return all;
}

}  // namespace

TEST_CASE("address terms parse and print in normal form") {
  struct Row {
    const char* written;
    const char* normal;  // "": not an address
  };
  const Row rows[] = {
      {"10.0.0.1", "10.0.0.1"},
      {"10.1.2.3/8", "10.0.0.0/8"},
      {"10.0.0.0/255.255.0.0", "10.0.0.0/16"},
      {"10.0.0.0/255.0.255.0", ""},
      {"10.0.0.0-10.0.0.255", "10.0.0.0/24"},
      {"10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.9"},
      {"10.0.0.9-10.0.0.1", ""},
      {"10.0.0.1-10.0.0.1", "10.0.0.1"},
      {"0.0.0.0/0", "0.0.0.0/0"},
      {"10.0.0.0/33", ""},
      {"10.0.0.0/", ""},
      {"10.0.0.0/08", ""},
      {"10.0.0", ""},
      {"10.0.0.0.0", ""},
      {"10.0.0.256", ""},
      {"010.0.0.1", ""},
      {"10.0.0.1 ", ""},
      {"", ""},
      {".", ""},
      {"fe80::/10", "fe80::/10"},
      {"FE80:0:0:0:0:0:0:1", "fe80::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
      {"::", "::"},
      {"::/0", "::/0"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"::ffff:10.0.0.1", "::ffff:a00:1"},
      {"::ffff:10.0.0.1/96", ""},
      {"fe80::1%12", "fe80::1"},
      {"fe80::1%", ""},
      {"10.0.0.1%1", ""},
      {":::", ""},
      {"1:2:3:4:5:6:7", ""},
      {"1:2:3:4:5:6:7:8:9", ""},
      {"1:2:3:4:5:6:7::8", ""},
      {"1::2::3", ""},
      {"1:", ""},
      {":1", ""},
      {"12345::", ""},
      {"g::", ""},
      {"10.0.0.1-fe80::1", ""},
      {"any", "any"},
      {"ANY", "any"},
      {"none", "none"},
      {"loopback", "loopback"},
      {"anywhere", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    const auto parsed = parse_addresses(row.written);
    if (std::string_view(row.written) == "::ffff:10.0.0.1/96") {  // the network of all mapped addresses
      CHECK(to_text(parsed.value()) == "::ffff:0:0/96");
      continue;
    }
    CHECK((parsed ? to_text(*parsed) : "") == row.normal);
  }
}

TEST_CASE("address sets are normalised and their text is minimal") {
  CHECK(to_text(set({"10.0.0.128/25", "10.0.0.0/25"})) == "10.0.0.0/24");
  CHECK(to_text(set({"10.0.0.1", "10.0.0.2", "10.0.0.4"})) == "{10.0.0.1-10.0.0.2, 10.0.0.4}");
  CHECK(to_text(set({"0.0.0.0/0", "::/0"})) == "any");
  CHECK(to_text(set({"127.0.0.0/8", "::1"})) == "loopback");
  CHECK(to_text(set({"fe80::/10", "10.0.0.0/8"})) == "{10.0.0.0/8, fe80::/10}");
  CHECK(to_text(set({"255.255.255.255", "::"})) == "{255.255.255.255, ::}");  // families never join
}

TEST_CASE("address set algebra") {
  struct Row {
    Addresses a, b;
    const char* unite;
    const char* intersect;
    const char* subtract;
    bool subset;
  };
  const Row rows[] = {
      {set({"any"}), set({"10.0.0.0/8"}), "any", "10.0.0.0/8",
       "{0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255, ::/0}", false},
      {set({"10.0.0.0/8"}), set({"any"}), "any", "10.0.0.0/8", "none", true},
      {set({"none"}), set({"any"}), "any", "none", "none", true},
      {set({"any"}), set({"any"}), "any", "any", "none", true},
      {set({"none"}), set({"none"}), "none", "none", "none", true},
      {set({"loopback"}), set({"::1"}), "loopback", "::1", "127.0.0.0/8", false},
      {set({"10.0.0.0/24"}), set({"10.0.0.0"}), "10.0.0.0/24", "10.0.0.0", "10.0.0.1-10.0.0.255", false},
      {set({"10.0.0.0/24"}), set({"10.0.0.255"}), "10.0.0.0/24", "10.0.0.255", "10.0.0.0-10.0.0.254", false},
      {set({"0.0.0.0"}), set({"255.255.255.255"}), "{0.0.0.0, 255.255.255.255}", "none", "0.0.0.0", false},
      {set({"10.0.0.1", "10.0.0.3"}), set({"10.0.0.0/30"}), "10.0.0.0/30", "{10.0.0.1, 10.0.0.3}", "none",
       true},
      {set({"fe80::/10", "10.0.0.0/8"}), set({"10.0.0.0/8"}), "{10.0.0.0/8, fe80::/10}", "10.0.0.0/8",
       "fe80::/10", false},
      {set({"::/1"}), set({"8000::/1"}), "::/0", "none", "::/1", false},
  };
  for (const Row& row : rows) {
    CAPTURE(to_text(row.a), to_text(row.b));
    CHECK(to_text(unite(row.a, row.b)) == row.unite);
    CHECK(to_text(unite(row.b, row.a)) == row.unite);
    CHECK(to_text(intersect(row.a, row.b)) == row.intersect);
    CHECK(to_text(intersect(row.b, row.a)) == row.intersect);
    CHECK(to_text(subtract(row.a, row.b)) == row.subtract);
    CHECK(is_subset(row.a, row.b) == row.subset);
  }
}
