// Real hives: every one is read or refused with a place, and hivex reads the same out of them.
#include "tests/support/shared_hives.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include "runtime/formats/regf.hpp"
#include "runtime/formats/regf_log.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/formats/hive_dump.hpp"
#ifdef POLC_HIVEX
#include <hivex.h>
#endif

namespace polc::formats {
namespace {

using test::SharedHive;

const std::vector<SharedHive>& hives() {
  static const std::vector<SharedHive> all = test::shared_hives(POLC_TEST_OUTPUT "/hives");
  return all;
}

bool is_log(const std::string& name) {
  std::string folded(name);
  std::transform(folded.begin(), folded.end(), folded.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return folded.find(".log") != std::string::npos;
}

std::vector<std::string_view> logs_of(const std::string& hive) {
  static const std::map<std::string, std::vector<std::string>> kLogs{
      {"regipy/UsrClass.dat", {"regipy/UsrClass.dat.LOG1", "regipy/UsrClass.dat.LOG2"}},
      {"regipy/transactions_NTUSER.DAT",
       {"regipy/transactions_ntuser.dat.log1", "regipy/transactions_ntuser.dat.log2"}}};
  std::vector<std::string_view> logs;
  const auto found = kLogs.find(hive);
  if (found == kLogs.end()) return logs;
  for (const std::string& name : found->second) logs.push_back(test::find_hive(hives(), name)->bytes);
  return logs;
}

/// What a broken hive says first; all others have no error at all.
const std::map<std::string, std::string> kBroken{
    {"regipy/corrupted_system_hive", "0x136940: no cell in use begins here"},
};

#ifdef POLC_HIVEX

/// What hivex gives back belongs to the caller; an empty list and nothing are the same here.
template <class T>
struct Owned {
  T* pointer;
  ~Owned() { std::free(pointer); }
};

void hivex_values(hive_h* hive, hive_node_h node, const std::string& path, std::vector<std::string>& lines) {
  const Owned<hive_value_h> values{hivex_node_values(hive, node)};
  for (std::size_t i = 0; values.pointer != nullptr && values.pointer[i] != 0; ++i) {
    const Owned<char> name{hivex_value_key(hive, values.pointer[i])};
    // Real hives have types beyond hivex's enumeration, which therefore cannot hold them.
    std::uint32_t type = 0;
    static_assert(sizeof(type) == sizeof(hive_type));
    std::size_t size = 0;
    const Owned<char> data{
        hivex_value_value(hive, values.pointer[i], reinterpret_cast<hive_type*>(&type), &size)};
    const bool read = name.pointer != nullptr && data.pointer != nullptr;
    lines.push_back(read ? value_line(path, name.pointer, type, {data.pointer, size})
                         : path + ": unread by hivex");
  }
}

/// The same dump by hivex.
std::vector<std::string> hivex_dump(const std::string& bytes) {
  const std::string path = POLC_TEST_OUTPUT "/hives/oracle";
  std::ofstream(path, std::ios::binary) << bytes;
  hive_h* hive = hivex_open(path.c_str(), 0);
  REQUIRE(hive != nullptr);
  std::vector<std::string> lines;
  std::vector<std::pair<hive_node_h, std::string>> pending{{hivex_root(hive), ""}};
  while (!pending.empty()) {
    const auto [node, name] = pending.back();
    pending.pop_back();
    lines.push_back(key_line(name));
    hivex_values(hive, node, name, lines);
    const Owned<hive_node_h> children{hivex_node_children(hive, node)};
    for (std::size_t i = 0; children.pointer != nullptr && children.pointer[i] != 0; ++i) {
      const Owned<char> child{hivex_node_name(hive, children.pointer[i])};
      pending.emplace_back(children.pointer[i], name + "\\" + child.pointer);
    }
  }
  hivex_close(hive);
  std::sort(lines.begin(), lines.end());
  return lines;
}

#endif

}  // namespace

TEST_CASE("every real hive is read whole or refused with a place", "[shared]") {
  if (hives().empty()) return;
  for (const SharedHive& file : hives()) {
    INFO(file.name);
    const auto bytes = replay_hive_logs(file.bytes, logs_of(file.name));
    if (is_log(file.name)) {
      REQUIRE_FALSE(bytes);
      CHECK(bytes.error().what == "this is the transaction log of a hive, not the hive");
      std::cout << fmt::format("{:40} refused: {}\n", file.name, bytes.error().what);
      continue;
    }
    REQUIRE(bytes);
    const auto hive = Hive::open(*bytes);
    REQUIRE(hive);
    const HiveDump found = dump(*hive);
    std::cout << fmt::format("{:40} {:6} keys {:6} values {:3} errors{}\n", file.name, found.keys,
                             found.values, found.errors.size(),
                             file.bytes == *bytes ? "" : ", logs replayed");
    const auto broken = kBroken.find(file.name);
    if (broken == kBroken.end()) {
      CHECK(found.errors == std::vector<std::string>{});
    } else {
      REQUIRE_FALSE(found.errors.empty());
      CHECK(found.errors.front() == broken->second);
    }
  }
}

#ifdef POLC_HIVEX
TEST_CASE("hivex reads the same keys, names, types and data out of every real hive", "[shared]") {
  for (const SharedHive& file : hives()) {
    if (is_log(file.name) || kBroken.contains(file.name)) continue;
    INFO(file.name);
    const auto bytes = replay_hive_logs(file.bytes, logs_of(file.name));
    REQUIRE(bytes);
    const HiveDump ours = dump(*Hive::open(*bytes));
    const std::vector<std::string> theirs = hivex_dump(*bytes);
    CHECK(ours.lines.size() == theirs.size());
    const auto different = std::mismatch(ours.lines.begin(), ours.lines.end(), theirs.begin(), theirs.end());
    CHECK((different.first == ours.lines.end() ? "" : *different.first) ==
          (different.second == theirs.end() ? "" : *different.second));
  }
}
#endif

}  // namespace polc::formats
