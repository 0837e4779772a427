// Dirty hives and their logs.
#include "runtime/formats/regf_log.hpp"

#include "runtime/formats/regf.hpp"
#include "tests/support/hive_builder.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/formats/hive_dump.hpp"

namespace polc::formats {
namespace {

using test::HiveChange;
using test::HiveTree;

HiveTree tree(std::uint32_t number, std::size_t bulk = 0) {
  HiveTree root{.name = "R"};
  root.with(test::dword("n", number)).with(test::binary("bulk", std::string(bulk, 'b')));
  return root;
}

/// States of one hive; the first is what is on the disk, written from 5 to 6.
struct History {
  std::string disk = test::hive_file(tree(1), {.primary_sequence = 6, .secondary_sequence = 5});
  std::string second = test::hive_file(tree(2));
  std::string third = test::hive_file(tree(3, 9'000));  // has grown
  std::string fourth = test::hive_file(tree(4));        // has shrunk again
};

std::uint32_t number_in(const tl::expected<std::string, ParseError>& bytes) {
  REQUIRE(bytes);
  const auto hive = Hive::open(*bytes);
  REQUIRE(hive);
  CHECK(dump(*hive).errors == std::vector<std::string>{});
  const auto values = hive->values(*hive->root());
  return test::get32(*hive->data(values.items.at(0)), 0);
}

std::string refusal(std::string_view hive, const std::vector<std::string_view>& logs) {
  const auto bytes = replay_hive_logs(hive, logs);
  REQUIRE_FALSE(bytes);
  return bytes.error().what;
}

}  // namespace

TEST_CASE("a dirty hive gets the changes of its log, and is as long as the last one says") {
  const History h;
  const std::string log =
      test::hive_log({{5, h.disk, h.second}, {6, h.second, h.third}, {7, h.third, h.fourth}});
  const auto bytes = replay_hive_logs(h.disk, {log});
  CHECK(number_in(bytes) == 4);
  CHECK(bytes->size() == h.fourth.size());
  const auto header = parse_hive_header(*bytes);
  CHECK(header->primary_sequence == 7);
  CHECK_FALSE(header->dirty());
}

TEST_CASE("two logs in either order") {
  const History h;
  const std::string first = test::hive_log({{5, h.disk, h.second}});
  const std::string second = test::hive_log({{6, h.second, h.third}});
  CHECK(number_in(replay_hive_logs(h.disk, {first, second})) == 3);
  CHECK(number_in(replay_hive_logs(h.disk, {second, first})) == 3);
}

TEST_CASE("changes that the hive already has are passed over") {
  const History h;
  const std::string old =
      test::hive_log({{3, h.disk, h.fourth}, {4, h.fourth, h.third}, {5, h.disk, h.second}});
  CHECK(number_in(replay_hive_logs(h.disk, {old})) == 2);
  const std::string older = test::hive_log({{3, h.disk, h.fourth}});
  CHECK(refusal(h.disk, {older}) == "the logs hold no change that the hive lacks");
}

TEST_CASE("a clean hive is left alone, whatever its logs hold") {
  const History h;
  const std::string clean = test::hive_file(tree(1));
  CHECK(replay_hive_logs(clean, {test::hive_log({{7, h.disk, h.second}})}) == clean);
}

TEST_CASE("a gap before the first change is normal, one between two logs is not") {
  const History h;
  const std::string late = test::hive_log({{40, h.disk, h.second}});
  CHECK(number_in(replay_hive_logs(h.disk, {late})) == 2);
  const std::string later = test::hive_log({{42, h.second, h.third}});
  CHECK(refusal(h.disk, {late, later}) ==
        "the logs hold changes 40 to 40 and 42 to 42, but not what is between them");
}

TEST_CASE("a change whose hashes are wrong ends the log") {
  const History h;
  std::string log = test::hive_log({{5, h.disk, h.second}, {6, h.second, h.third}});
  const std::size_t entry = log.rfind("HvLE");
  SECTION("in its pages") {
    log[entry + 700] ^= 1;
  }
  SECTION("in its head") {
    log[entry + 12] ^= 1;
  }
  SECTION("cut off") {
    log.resize(log.size() - 512);
  }
  CHECK(number_in(replay_hive_logs(h.disk, {log})) == 2);
}

TEST_CASE("logs that cannot be used are told apart") {
  const History h;
  CHECK(refusal(h.disk, {}) == "the logs hold no change that the hive lacks");
  CHECK(refusal(h.disk, {""}) == "the logs hold no change that the hive lacks");
  CHECK(refusal(h.disk, {h.disk}) == "the logs are of the form of Windows 8 and before, which is not read");
  const std::string old = test::hive_log({{5, h.disk, h.second}}, 1);
  CHECK(number_in(replay_hive_logs(h.disk, {old})) == 2);  // what counts is the form of the entries
  std::string unsigned_log = test::hive_log({{5, h.disk, h.second}});
  unsigned_log[100] = 'x';
  CHECK(refusal(h.disk, {unsigned_log}) == "the logs hold no change that the hive lacks");
}

TEST_CASE("a change may not write beyond the hive, nor make it larger than its own pages do") {
  const History h;
  std::string huge = h.second;
  huge.resize(huge.size() + (std::size_t{4096} << 4U), '\0');
  const std::string log = test::hive_log({{5, h.disk, h.second}});
  const auto changed = [&](std::size_t field, std::uint32_t number) {
    // Signed anew: only the content is wrong.
    std::string bytes = log;
    test::put(bytes, 512 + field, number, 4);
    return test::rehash_log_entry(std::move(bytes), 512);
  };
  CHECK(refusal(h.disk, {changed(16, 512U << 20U)}) == "change 5 in the log does not fit the hive");
  CHECK(refusal(h.disk, {changed(16, 0)}) == "change 5 in the log does not fit the hive");
  CHECK(refusal(h.disk, {changed(20, 100'000)}) == "change 5 in the log does not fit the hive");
  CHECK(refusal(h.disk, {changed(40, 1U << 20U)}) == "change 5 in the log does not fit the hive");
  CHECK(refusal(h.disk, {changed(44, 0xFFFFFFFF)}) == "change 5 in the log does not fit the hive");
  CHECK(number_in(replay_hive_logs(h.disk, {test::hive_log({{5, h.disk, huge}})})) == 2);
}

TEST_CASE("a hive whose base block is wrong is not repaired") {
  History h;
  const std::string log = test::hive_log({{5, h.disk, h.second}});
  h.disk[100] ^= 1;
  CHECK(refusal(h.disk, {log}) == "the checksum of the hive's base block is wrong");
}

}  // namespace polc::formats
