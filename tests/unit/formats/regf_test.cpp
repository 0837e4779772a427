// Hives made by hand: every kind of list and data, and each way in which a file can lie about itself.
#include "runtime/formats/regf.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/limits.hpp"
#include "tests/support/hive_builder.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/formats/hive_dump.hpp"

namespace polc::formats {
namespace {

using test::cell_of;
using test::HiveTree;
using test::put;
using Lines = std::vector<std::string>;

constexpr std::uint32_t kNobody = 0xFFFFFFFF;

HiveTree small_tree() {
  HiveTree root{.name = "ROOT"};
  root.with(test::dword("Answer", 42));
  root.at("Alpha\\Beta").with(test::text("Word", "deep"));
  root.at("Gamma").with(test::binary("", std::string(100, 'x')));
  return root;
}

std::string refusal(std::string_view bytes) {
  const auto hive = Hive::open(bytes);
  REQUIRE_FALSE(hive);
  return fmt::format("{}: {}", hive.error().offset, hive.error().what);
}

HiveDump dumped(const std::string& bytes) {
  const auto hive = Hive::open(bytes);
  REQUIRE(hive);
  return dump(*hive);
}

/// The only error of a damaged small hive. What is left of it is part of the whole.
std::string only_error(const std::string& bytes) {
  const HiveDump found = dumped(bytes);
  const HiveDump whole = dumped(test::hive_file(small_tree()));
  CHECK(std::includes(whole.lines.begin(), whole.lines.end(), found.lines.begin(), found.lines.end()));
  REQUIRE(found.errors.size() == 1);
  return found.errors[0];
}

std::string at(std::size_t cell, std::string_view what) {
  return fmt::format("{:#x}: {}", cell, what);
}

/// A field of the record in a cell, behind the cell's size.
void set(std::string& hive, std::size_t cell, std::size_t field, std::uint64_t number, std::size_t size = 4) {
  put(hive, cell + 4 + field, number, size);
}

std::size_t followed(const std::string& hive, std::size_t cell, std::size_t field) {
  return Hive::file_offset(test::get32(hive, cell + 4 + field));
}

}  // namespace

TEST_CASE("keys, values and data of a small hive") {
  const HiveDump found = dumped(test::hive_file(small_tree()));
  CHECK(found.errors == Lines{});
  CHECK(found.keys == 4);
  CHECK(found.lines.at(1) == ": Answer = 4 2a000000");
  CHECK(found.lines.at(2) == "\\Alpha");
  CHECK(found.lines.at(4) == "\\Alpha\\Beta: Word = 1 64006500650070000000");
}

TEST_CASE("each kind of subkey list says the same") {
  HiveTree root = small_tree();
  const Lines expected = dumped(test::hive_file(root)).lines;
  for (const auto list : {HiveTree::List::Leaf, HiveTree::List::FastLeaf, HiveTree::List::Root}) {
    root.list = list;
    CHECK(dumped(test::hive_file(root)).lines == expected);
    CHECK(dumped(test::hive_file(root)).errors == Lines{});
  }
}

TEST_CASE("names are UTF-16 or the lower halves of it") {
  HiveTree root{.name = "R"};
  root.keys.push_back({.name = "Größe"});
  root.keys.push_back({.name = "名前", .latin1 = false});
  root.values.push_back({.name = "né", .type = 1, .data = "", .latin1 = true});
  root.values.push_back({.name = "\xF0\x9F\x94\x91", .type = 3, .data = "k", .latin1 = false});
  const HiveDump found = dumped(test::hive_file(root));
  CHECK(found.errors == Lines{});
  CHECK(found.lines == Lines{"", ": né = 1 ", ": \xF0\x9F\x94\x91 = 3 6b", "\\Größe", "\\名前"});
}

TEST_CASE("data is resident, in a cell, or in segments from 16345 bytes on") {
  for (const std::size_t size : {0U, 1U, 4U, 5U, 16344U, 16345U, 32688U, 32689U}) {
    HiveTree root{.name = "R"};
    std::string data(size, '\0');
    for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<char>(i * 7 + i / 256);
    root.with(test::binary("v", data));
    const std::string bytes = test::hive_file(root);
    const auto hive = Hive::open(bytes);
    REQUIRE(hive);
    const auto values = hive->values(*hive->root());
    REQUIRE(values.items.size() == 1);
    CHECK(hive->data(values.items[0]) == data);
    CHECK(values.items[0].resident == (size <= 4));
  }
}

TEST_CASE("segments that do not make up the data are refused") {
  HiveTree root{.name = "R"};
  root.with(test::binary("v", std::string(20'000, 'x')));
  std::string bytes = test::hive_file(root);
  const std::size_t value = cell_of(bytes, "vk", "v");
  const std::size_t big = followed(bytes, value, 8);
  SECTION("one segment too few") {
    set(bytes, big, 2, 1, 2);
    CHECK(dumped(bytes).errors == Lines{at(big, "the segments do not make up the data")});
  }
  SECTION("more data than the segments hold") {
    set(bytes, value, 4, 32'000);
    CHECK(dumped(bytes).errors.size() == 1);
  }
  SECTION("before version 1.4 there are no segments") {
    put(bytes, 24, 3, 4);
    test::sign(bytes);
    CHECK(dumped(bytes).errors == Lines{at(big, "the data is longer than its cell")});
  }
}

TEST_CASE("find looks for a name as Windows compares names") {
  const std::string bytes = test::hive_file(small_tree());
  const auto hive = Hive::open(bytes);
  const auto found = hive->find(*hive->root(), "aLPHA");
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->name == "Alpha");
  const auto missing = hive->find(*hive->root(), "Delta");
  REQUIRE(missing);
  CHECK_FALSE(*missing);
}

TEST_CASE("what is not found in a list that cannot be read is not missing") {
  std::string bytes = test::hive_file(small_tree());
  const std::size_t gamma = cell_of(bytes, "nk", "Gamma");
  set(bytes, gamma, 0, 0x7878, 2);
  const auto hive = Hive::open(bytes);
  CHECK((*hive->find(*hive->root(), "Alpha"))->name == "Alpha");
  const auto lost = hive->find(*hive->root(), "Delta");
  REQUIRE_FALSE(lost);
  CHECK(lost.error().offset == gamma);
}

TEST_CASE("a key whose name the list does not know is lost, not another key") {
  HiveTree tree = small_tree();
  tree.list = GENERATE(HiveTree::List::FastLeaf, HiveTree::List::HashLeaf);
  std::string bytes = test::hive_file(tree);
  const std::size_t gamma = cell_of(bytes, "nk", "Gamma");
  set(bytes, gamma, 77, 'e', 1);
  CHECK(only_error(bytes) == at(gamma, "the key has another name than the list it stands in knows"));
  const auto hive = Hive::open(bytes);
  CHECK_FALSE(hive->find(*hive->root(), "Gamma"));
  CHECK_FALSE(hive->find(*hive->root(), "Gemma"));
}

TEST_CASE("the base block is believed only if all of it makes sense") {
  const std::string good = test::hive_file(small_tree());
  const auto changed = [&](std::size_t offset, std::uint64_t number, bool signed_anew = true) {
    std::string bytes = good;
    put(bytes, offset, number, 4);
    if (signed_anew) test::sign(bytes);
    return refusal(bytes);
  };
  CHECK(refusal("") == "0: no registry hive");
  CHECK(refusal("CREG") == "0: no registry hive");
  CHECK(refusal("regf") == "4: the hive ends inside its first sector");
  CHECK(changed(36, 64, false) == "508: the checksum of the hive's base block is wrong");
  CHECK(changed(4, 8) == "4: the hive has changes that are only in its transaction log");
  CHECK(changed(20, 2) == "20: version 2.5 of the hive format is not known");
  CHECK(changed(24, 2) == "20: version 1.2 of the hive format is not known");
  CHECK(changed(24, 7) == "20: version 1.7 of the hive format is not known");
  CHECK(changed(28, 1) == "28: this is the transaction log of a hive, not the hive");
  CHECK(changed(28, 6) == "28: this is the transaction log of a hive, not the hive");
  CHECK(changed(32, 2) == "28: this form of hive file is not known");
  CHECK(changed(40, 0) == "40: a hive cannot have 0 bytes of bins");
  CHECK(changed(40, 100) == "40: a hive cannot have 100 bytes of bins");
  CHECK(changed(40, 8192) == "8192: the hive ends after 8192 bytes and should have 12288");
  for (const std::uint32_t minor : {3U, 4U, 5U, 6U}) {
    CHECK(Hive::open(test::hive_file(small_tree(), {.minor_version = minor})));
  }
}

TEST_CASE("a hive that was cut anywhere is refused") {
  const std::string good = test::hive_file(small_tree());
  for (std::size_t size = 0; size < good.size(); size += size < 600 ? 1 : 97) {
    CHECK_FALSE(Hive::open(std::string_view(good).substr(0, size)));
  }
  CHECK(Hive::open(good + std::string(777, 'x')));  // padding is usual
}

TEST_CASE("a damaged key is missing from its list, which says so") {
  std::string bytes = test::hive_file(small_tree());
  const std::size_t gamma = cell_of(bytes, "nk", "Gamma");
  const auto root_cell = static_cast<std::uint32_t>(cell_of(bytes, "nk", "ROOT") - 4096);
  SECTION("not a key") {
    set(bytes, gamma, 0, 0x7878, 2);
    CHECK(only_error(bytes) == at(gamma, "the cell holds no key"));
  }
  SECTION("free") {
    put(bytes, gamma, 0U - test::get32(bytes, gamma), 4);
    CHECK(only_error(bytes) == at(gamma, "no cell in use begins here"));
  }
  SECTION("of another parent") {
    set(bytes, gamma, 16, root_cell + 8);
    CHECK(only_error(bytes) == at(gamma, "the key belongs to another parent"));
  }
  SECTION("without a name") {
    set(bytes, gamma, 72, 0, 2);
    CHECK(only_error(bytes) == at(gamma, "the key's name has no end"));
  }
  SECTION("with a name beyond its cell") {
    set(bytes, gamma, 72, 600, 2);
    CHECK(only_error(bytes) == at(gamma, "the key's name has no end"));
  }
  SECTION("with a zero in its name, which programs cannot ask for") {
    set(bytes, gamma, 77, 0, 1);
    CHECK(only_error(bytes) == at(gamma, "the key's name has a character that Windows programs cannot name"));
  }
  SECTION("with a backslash in its name") {
    set(bytes, gamma, 77, '\\', 1);
    CHECK(only_error(bytes) == at(gamma, "the key's name has a character that Windows programs cannot name"));
  }
  SECTION("with half a surrogate pair in its name") {
    set(bytes, gamma, 2, 0, 2);
    set(bytes, gamma, 72, 4, 2);
    set(bytes, gamma, 76, 0x0041D800);
    CHECK(only_error(bytes) == at(gamma, "the key's name: half a surrogate pair in UTF-16 text"));
  }
}

TEST_CASE("key names have at most 256 units") {
  for (const std::size_t length : {256U, 257U}) {
    HiveTree root{.name = "R"};
    root.keys.push_back({.name = std::string(length, 'k')});
    CHECK(dumped(test::hive_file(root)).errors.size() == (length == 256 ? 0 : 1));
  }
}

TEST_CASE("lists that lie make their key incomplete") {
  std::string bytes = test::hive_file(small_tree());
  const std::size_t root = cell_of(bytes, "nk", "ROOT");
  const std::size_t list = followed(bytes, root, 28);
  const std::size_t alpha = cell_of(bytes, "nk", "Alpha") - 4096;
  SECTION("more subkeys than the list has") {
    set(bytes, root, 20, 3);
    CHECK(only_error(bytes) == at(list, "the list has fewer subkeys than the 3 of its key"));
  }
  SECTION("fewer subkeys than the list has") {
    set(bytes, root, 20, 1);
    CHECK(only_error(bytes) == at(list, "the list names a subkey twice, or too many"));
  }
  SECTION("a list of subkeys, and none counted") {
    set(bytes, root, 20, 0);
    CHECK(only_error(bytes) == at(root, "the key counts no subkeys, but has a list of them"));
  }
  SECTION("a list of values, and none counted") {
    set(bytes, root, 36, 0);
    CHECK(only_error(bytes) == at(root, "the key counts no values, but has a list of them"));
  }
  SECTION("more subkeys than the hive can hold") {
    set(bytes, root, 20, 100'000'000);
    CHECK(only_error(bytes) == at(root, "the hive is too small for 100000000 subkeys"));
  }
  SECTION("a list that is longer than its cell") {
    set(bytes, list, 2, 60'000, 2);
    CHECK(only_error(bytes) == at(list, "the list is longer than its cell"));
  }
  SECTION("a list of another kind of record") {
    set(bytes, list, 0, 0x7878, 2);
    CHECK(only_error(bytes) == at(list, "the cell holds no list of subkeys"));
  }
  SECTION("no list at all") {
    set(bytes, root, 28, kNobody);
    CHECK(only_error(bytes) == at(4096 + std::size_t{kNobody}, "no cell in use begins here"));
  }
  SECTION("a subkey twice") {
    set(bytes, list, 12, alpha);
    CHECK(only_error(bytes) == at(list, "the list names a subkey twice, or too many"));
  }
  SECTION("more values than the list has") {
    set(bytes, root, 36, 1'000);
    CHECK(only_error(bytes) == at(followed(bytes, root, 40), "the list of values is longer than its cell"));
  }
  SECTION("a value list that is no cell") {
    set(bytes, root, 40, 4);
    CHECK(only_error(bytes) == at(4100, "no cell in use begins here"));
  }
}

TEST_CASE("a list of rubbish is left after 64 entries") {
  for (const std::size_t bad : {64U, 65U}) {
    HiveTree tree{.name = "ROOT"};
    for (std::size_t i = 0; i < 80; ++i) tree.keys.push_back({.name = fmt::format("k{}", i)});
    for (std::size_t i = 0; i < 80; ++i) tree.with(test::dword(fmt::format("v{}", i), 1));
    std::string bytes = test::hive_file(tree);
    for (std::size_t i = 0; i < bad; ++i) {
      set(bytes, cell_of(bytes, "nk", fmt::format("k{}", i)), 0, 0x7878, 2);
      set(bytes, cell_of(bytes, "vk", fmt::format("v{}", i)), 0, 0x7878, 2);
    }
    const HiveDump found = dumped(bytes);
    CHECK(found.keys == (bad == 64 ? 1 + 80 - bad : 1));
    CHECK(found.values == (bad == 64 ? 80 - bad : 0));
    CHECK(found.errors.size() == 2);
  }
}

TEST_CASE("an index root holds leaves only, and as many as its cell") {
  HiveTree tree = small_tree();
  tree.list = HiveTree::List::Root;
  std::string bytes = test::hive_file(tree);
  const std::size_t list = followed(bytes, cell_of(bytes, "nk", "ROOT"), 28);
  SECTION("itself") {
    set(bytes, list, 4, list - 4096);
    CHECK(only_error(bytes) == at(list, "the cell holds no list of subkeys"));
  }
  SECTION("too many") {
    set(bytes, list, 2, 1'000, 2);
    CHECK(only_error(bytes) == at(list, "the list is longer than its cell"));
  }
}

TEST_CASE("keys cannot form a circle") {
  HiveTree tree{.name = "ROOT"};
  tree.at("Alpha\\Beta");
  std::string bytes = test::hive_file(tree);
  const std::size_t root = cell_of(bytes, "nk", "ROOT");
  const std::size_t alpha = cell_of(bytes, "nk", "Alpha");
  const std::size_t beta = cell_of(bytes, "nk", "Beta");
  SECTION("back to the root, which agrees") {
    set(bytes, followed(bytes, alpha, 28), 4, root - 4096);
    set(bytes, root, 16, alpha - 4096);
    CHECK(dumped(bytes).errors == Lines{at(root, "the key belongs to another parent")});
  }
  SECTION("back to a parent, which then is no longer its parent's") {
    set(bytes, followed(bytes, alpha, 28), 4, alpha - 4096);
    set(bytes, alpha, 16, alpha - 4096);
    CHECK(dumped(bytes).errors == Lines{at(alpha, "the key belongs to another parent")});
  }
  CHECK(beta != 0);
}

TEST_CASE("two keys or values of one name make a list incomplete") {
  HiveTree tree{.name = "ROOT"};
  tree.keys = {{.name = "Same"}, {.name = "SAME"}};
  tree.with(test::dword("v", 1)).with(test::dword("V", 2));
  const std::string bytes = test::hive_file(tree);
  const HiveDump found = dumped(bytes);
  CHECK(found.errors == Lines{at(cell_of(bytes, "vk", "V"), "a second value of the same name"),
                              at(cell_of(bytes, "nk", "SAME"), "a second key of the same name")});
  CHECK(found.keys == 2);
}

TEST_CASE("a damaged value is missing from its list, which says so") {
  HiveTree tree = small_tree();
  tree.with(test::binary("Long", "eight by"));
  std::string bytes = test::hive_file(tree);
  const std::size_t value = cell_of(bytes, "vk", "Long");
  const std::size_t small = cell_of(bytes, "vk", "Answer");
  const auto error = [&] {
    const HiveDump found = dumped(bytes);
    REQUIRE(found.errors.size() == 1);
    return found.errors[0];
  };
  SECTION("not a value") {
    set(bytes, value, 0, 0x7878, 2);
    CHECK(error() == at(value, "the cell holds no value"));
  }
  SECTION("a name beyond its cell") {
    set(bytes, value, 2, 200, 2);
    CHECK(error() == at(value, "the value's name has no end"));
  }
  SECTION("a zero in its name") {
    set(bytes, value, 21, 0, 1);
    CHECK(error() == at(value, "the value's name has a zero character"));
  }
  SECTION("five bytes in a field of four") {
    set(bytes, small, 4, 0x80000005);
    CHECK(error() == at(small, "more than four bytes of resident data"));
  }
  SECTION("data beyond its cell") {
    set(bytes, value, 4, 100);
    CHECK(error() == at(followed(bytes, value, 8), "the data is longer than its cell"));
  }
  SECTION("data in no cell") {
    set(bytes, value, 8, 12);
    CHECK(error() == at(4108, "no cell in use begins here"));
  }
}

TEST_CASE("data of one value is bounded") {
  HiveTree root{.name = "R"};
  root.with(test::binary("v", std::string(limits::kRegistryDataBytes, 'x')));
  std::string bytes = test::hive_file(root);
  CHECK(dumped(bytes).errors == Lines{});
  const std::size_t value = cell_of(bytes, "vk", "v");
  set(bytes, value, 4, limits::kRegistryDataBytes + 1);
  CHECK(dumped(bytes).errors == Lines{at(value, "16777217 bytes of data; at most 16777216 are read")});
}

TEST_CASE("cells never overlap: one inside of another is none") {
  std::string bytes = test::hive_file(small_tree());
  const std::size_t gamma = cell_of(bytes, "nk", "Gamma");
  const std::size_t list = followed(bytes, cell_of(bytes, "nk", "ROOT"), 28);
  set(bytes, list, 12, gamma - 4096 + 8);
  CHECK(only_error(bytes) == at(gamma + 8, "no cell in use begins here"));
}

TEST_CASE("a bin whose cells do not fill it, or that is none, hides what is in it") {
  std::string bytes = test::hive_file(small_tree());
  SECTION("a cell without a size") {
    const std::size_t gamma = cell_of(bytes, "nk", "Gamma");
    put(bytes, gamma, 0, 4);
    CHECK_FALSE(dumped(bytes).errors.empty());
    CHECK(dumped(bytes).keys < 4);
  }
  SECTION("a bin of another place") {
    put(bytes, 4100, 4096, 4);
    CHECK(dumped(bytes).errors == Lines{"0x1020: no cell in use begins here"});
  }
  SECTION("a bin that is longer than the hive") {
    put(bytes, 4104, 1U << 30U, 4);
    CHECK(dumped(bytes).keys == 0);
  }
}

TEST_CASE("security descriptors and links") {
  HiveTree root{.name = "R", .security = "descriptor bytes"};
  root.keys.push_back({.name = "L", .link = true});
  const std::string bytes = test::hive_file(root);
  const auto hive = Hive::open(bytes);
  CHECK(hive->security(*hive->root()) == std::string_view("descriptor bytes"));
  const auto link = hive->subkeys(*hive->root()).items.at(0);
  CHECK(link.is_link);
  CHECK(hive->security(link).error().what == "the key has no security descriptor");
}

TEST_CASE("no flipped bit invents a key or a value") {
  HiveTree tree = small_tree();
  tree.list = HiveTree::List::Root;
  tree.with(test::binary("Big", std::string(20'000, 'b')));
  const std::string good = test::hive_file(tree);
  const Lines whole = dumped(good).lines;
  std::size_t refused = 0;
  for (std::size_t bit = 0; bit < 4096UL * 8 + 1600UL * 8; ++bit) {
    if (bit / 8 >= 512 && bit / 8 < 4096) continue;
    std::string bytes = good;
    bytes[bit / 8] = static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) ^ (1U << bit % 8));
    const auto hive = Hive::open(bytes);
    if (!hive) {
      ++refused;
      continue;
    }
    // A name or data may differ by the flipped bit; nothing is there that was not, and what is lost is owned to.
    const HiveDump found = dump(*hive);
    CHECK(found.keys <= 4);
    CHECK(found.values <= 4);
    if (found.keys < 4 || found.values < 4) CHECK_FALSE(found.errors.empty());
  }
  CHECK(refused >= 512 * 8);
  CHECK(whole.size() == 8);
}

}  // namespace polc::formats
