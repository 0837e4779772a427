// The live registry: keys that the tests write, read back as evidence.
#include "runtime/backends/windows/registry.hpp"

#include <algorithm>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/registry_keys.hpp"
#include "tests/unit/backends_windows/registry_fixture.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using namespace std::string_literals;
using test::TestKey;
using value::FactStatus;
using value::RegistryType;
using value::UnknownReason;

namespace {

PlanSlice slice_of(std::initializer_list<std::string> folded_keys) {
  PlanSlice slice;
  for (const std::string& key : folded_keys) slice.add_registry_key(key);
  return slice;
}

value::Evidence read(const PlanSlice& slice, const windows::RegistryBounds& bounds = {},
                     const windows::KeyObserver& observer = {}) {
  value::Evidence evidence;
  windows::collect_registry(evidence, &slice, bounds, observer);
  return evidence;
}

value::Evidence read(const TestKey& key) {
  return read(slice_of({key.folded()}));
}

const value::RegistryKeyEvidence& record(const value::Evidence& evidence, const std::string& folded) {
  const auto row = evidence.registry.find(folded);
  REQUIRE(row != evidence.registry.end());
  return row->second;
}

const value::Reading<value::RegistryData>& data(const value::Evidence& evidence, const TestKey& key,
                                                const std::string& folded_name) {
  const auto& values = record(evidence, key.folded()).values;
  const auto row = values.find(folded_name);
  REQUIRE(row != values.end());
  return row->second.data;
}

}  // namespace

TEST_CASE("live registry: values of every type come as they are stored") {
  TestKey key;
  key.set(L"Number", REG_DWORD, "\x04\x03\x02\xff"s);
  key.set(L"Large", REG_QWORD, "\x01\0\0\0\0\0\0\x80"s);
  key.set(L"Text", REG_SZ, "a\0\xe4\0\0\0"s);
  key.set(L"Open", REG_SZ, "a\0b\0"s);
  key.set(L"Cut", REG_SZ, "a\0\0\0b\0\0\0"s);
  key.set(L"Expanding", REG_EXPAND_SZ, "%\0w\0%\0\0\0"s);
  key.set(L"List", REG_MULTI_SZ, "a\0\0\0b\0\0\0\0\0"s);
  key.set(L"Bytes", REG_BINARY, "\0\xff"s);
  key.set(L"None", REG_NONE, "");
  key.set(L"Other", 77, "\x01");
  key.set(L"", REG_SZ, "d\0\0\0"s);
  const auto evidence = read(key);
  const auto shows = [&](const std::string& name, RegistryType type, auto content) {
    INFO(name);
    const auto& reading = data(evidence, key, name);
    REQUIRE(reading.present());
    CHECK(reading.value.type == type);
    CHECK(std::get<decltype(content)>(reading.value.data) == content);
  };
  shows("NUMBER", RegistryType::Dword, std::uint64_t{0xff020304});
  shows("LARGE", RegistryType::Qword, std::uint64_t{0x8000000000000001});
  shows("TEXT", RegistryType::Sz, "a\xc3\xa4"s);
  shows("OPEN", RegistryType::Sz, "ab"s);
  shows("CUT", RegistryType::Sz, "a"s);
  shows("EXPANDING", RegistryType::ExpandSz, "%w%"s);
  shows("LIST", RegistryType::MultiSz, std::vector<std::string>{"a", "b"});
  shows("BYTES", RegistryType::Binary, std::vector<std::uint8_t>{0, 0xff});
  shows("NONE", RegistryType::None, std::vector<std::uint8_t>{});
  shows("OTHER", RegistryType::Other, std::vector<std::uint8_t>{1});
  shows("", RegistryType::Sz, "d"s);
  CHECK(data(evidence, key, "OTHER").value.other_type == 77);
  CHECK(record(evidence, key.folded()).values_complete);
}

TEST_CASE("live registry: damaged data is unreadable, not another value") {
  TestKey key;
  key.set(L"Short", REG_DWORD, "\x01\0\0"s);
  key.set(L"Odd", REG_SZ, "a\0b"s);
  key.set(L"Surrogate", REG_SZ, "\0\xd8\0\0"s);
  const auto evidence = read(key);
  for (const char* name : {"SHORT", "ODD", "SURROGATE"}) {
    INFO(name);
    CHECK(data(evidence, key, name).status == FactStatus::Unknown);
    CHECK(data(evidence, key, name).unknown.reason == UnknownReason::Corrupt);
  }
}

TEST_CASE("live registry: a value name that is no text is unreadable and shown") {
  TestKey key;
  key.set(L"a\xd800", REG_DWORD, "\x01\0\0\0"s);
  const auto evidence = read(key);
  REQUIRE(record(evidence, key.folded()).values.size() == 1);
  const auto& row = record(evidence, key.folded()).values.begin()->second;
  CHECK(row.name == "a\xef\xbf\xbd");
  CHECK(row.data.status == FactStatus::Unknown);
}

TEST_CASE("live registry: a value of the longest size is read, one byte more is not") {
  TestKey key;
  key.set(L"Longest", REG_BINARY, std::string(limits::kLiveValueBytes, 'x'));
  key.set(L"Longer", REG_BINARY, std::string(limits::kLiveValueBytes + 1, 'x'));
  const auto evidence = read(key);
  CHECK(data(evidence, key, "LONGEST").present());
  CHECK(data(evidence, key, "LONGER").unknown.reason == UnknownReason::Budget);
  CHECK(record(evidence, key.folded()).values_complete);
}

TEST_CASE("live registry: the names of subkeys are complete, with the machine's spelling") {
  TestKey key;
  key.create(L"One");
  key.create(L"tWo\\Deeper");
  const auto evidence = read(key);
  const auto& row = record(evidence, key.folded());
  CHECK(row.subkeys == std::map<std::string, std::string>{{"ONE", "One"}, {"TWO", "tWo"}});
  CHECK(row.subkeys_complete);
  CHECK(row.path == key.path());
  CHECK(evidence.registry.size() == 1);
}

TEST_CASE("live registry: a missing key is absent from the first part that is missing") {
  TestKey key;
  key.create(L"There");
  const auto evidence = read(slice_of({key.folded("There\\Not\\Deeper"), key.folded("There\\Not\\Other")}));
  REQUIRE(evidence.registry.size() == 1);
  const auto& row = record(evidence, key.folded("There\\Not"));
  CHECK(row.presence.status == FactStatus::Absent);
  CHECK(evidence.origins.at(row.presence.origin).note == "not among the subkeys of " + key.path("There"));
}

TEST_CASE("live registry: Wine has no HKLM\\SECURITY, which is no proof that Windows has nothing there") {
  if (windows::open_key("HKLM\\SECURITY").error != ERROR_FILE_NOT_FOUND) {
    WARN("skipped: this machine shows HKLM\\SECURITY");
    return;
  }
  const auto evidence = read(slice_of({"HKLM\\SECURITY\\POLICY\\POLADTEV"}));
  const auto& row = record(evidence, "HKLM\\SECURITY");
  CHECK(row.presence.status == FactStatus::Unknown);
  CHECK(row.presence.unknown.detail == "the hive HKLM\\SECURITY is not loaded: RegOpenKeyEx failed with 2");
}

TEST_CASE("live registry: the hive of a user who is not logged on is unknown") {
  const auto evidence = read(slice_of({"HKU\\S-1-5-21-1-2-3-4\\SOFTWARE\\X"}));
  CHECK(record(evidence, "HKU\\S-1-5-21-1-2-3-4").presence.status == FactStatus::Unknown);
  CHECK(evidence.registry.size() == 1);
}

TEST_CASE("live registry: both views are read where they are") {
  TestKey in64;
  TestKey in32(KEY_WOW64_32KEY);
  in64.set(L"Bits", REG_DWORD, "\x40\0\0\0"s);
  in32.set(L"Bits", REG_DWORD, "\x20\0\0\0"s);
  const std::string path32 = value::folded(value::registry_key_in_view32(in64.path()));
  CHECK(path32.find("WOW6432NODE") != std::string::npos);
  const auto evidence = read(slice_of({in64.folded(), path32}));
  const auto bits = [&](const std::string& path) {
    return std::get<std::uint64_t>(record(evidence, path).values.at("BITS").data.value.data);
  };
  CHECK(bits(in64.folded()) == 64);
  CHECK(bits(path32) == 32);
}

TEST_CASE("live registry: links of the system are followed") {
  const auto evidence = read(slice_of({"HKLM\\SYSTEM\\CURRENTCONTROLSET\\CONTROL"}));
  const auto& row = record(evidence, "HKLM\\SYSTEM\\CURRENTCONTROLSET\\CONTROL");
  CHECK(row.presence.present());
  CHECK(row.subkeys.contains("PRODUCTOPTIONS"));
}

TEST_CASE("live registry: keys of users are read in every loaded hive") {
  PlanSlice slice;
  slice.add_registry_key("HKCU\\SOFTWARE");
  const auto evidence = read(slice);
  const auto hives = windows::loaded_hives();
  REQUIRE_FALSE(hives.sids.empty());
  for (const std::string& sid : hives.sids) {
    INFO(sid);
    CHECK(evidence.registry.contains("HKU\\" + sid + "\\SOFTWARE"));
  }
  CHECK(evidence.registry.size() == hives.sids.size());
}

TEST_CASE("live registry: nothing outside of the slice is opened") {
  TestKey key;
  key.create(L"Wanted\\Below");
  key.create(L"Other");
  const PlanSlice slice = slice_of({key.folded("Wanted"), key.folded("Missing\\X")});
  std::vector<std::string> opened;
  read(slice, {}, [&](const std::string& path) { opened.push_back(path); });
  CHECK(opened.size() == 4);  // Wanted; Missing\X, Missing and the key above, which shows that it is missing
  for (const std::string& path : opened) {
    INFO(path);
    CHECK(slice.needs_registry_key(path));
    CHECK(path != key.folded("Wanted\\Below"));
  }
}

TEST_CASE("live registry: a slice without registry opens nothing") {
  PlanSlice slice;
  slice.add(value::EvidenceSection::Host);
  std::size_t opened = 0;
  const auto evidence = read(slice, {}, [&](const std::string&) { ++opened; });
  CHECK(opened == 0);
  CHECK_FALSE(evidence.registry_collected);
}

TEST_CASE("live registry: a tree is read with all that is below it") {
  TestKey key;
  key.set(L"X", REG_DWORD, "\x01\0\0\0"s, L"A\\B\\C");
  PlanSlice slice;
  slice.add_registry_tree(key.folded());
  const auto evidence = read(slice);
  CHECK(evidence.registry.size() == 4);
  CHECK(record(evidence, key.folded("A\\B\\C")).values.at("X").data.present());
}

TEST_CASE("live registry: as many keys as the bound are read, the next one is unknown") {
  TestKey key;
  key.create(L"A");
  key.create(L"B");
  key.create(L"C");
  const PlanSlice slice = slice_of({key.folded("A"), key.folded("B"), key.folded("C")});
  CHECK(record(read(slice, {.keys = 3}), key.folded("C")).presence.present());
  const auto& last = record(read(slice, {.keys = 2}), key.folded("C")).presence;
  CHECK(last.unknown.reason == UnknownReason::Budget);
}

TEST_CASE("live registry: data beyond the bound leaves the key open") {
  TestKey key;
  key.set(L"X", REG_BINARY, std::string(100'000, 'x'));
  CHECK(record(read(key), key.folded()).values_complete);
  const auto row = record(read(slice_of({key.folded()}), {.bytes = 50'000}), key.folded());
  CHECK_FALSE(row.values_complete);
  CHECK(row.values.empty());
}

TEST_CASE("live registry: lists end after as many names as their bound, not before") {
  TestKey key;
  for (const wchar_t* name : {L"A", L"B", L"C"}) {
    key.create(name);
    key.set(name, REG_DWORD, "\x01\0\0\0"s);
  }
  const auto opened = windows::open_key(key.folded());
  std::size_t seen = 0;
  const auto value = [&](const windows::ListedValue&) { return ++seen > 0; };
  const auto subkey = [&](std::wstring_view) { return ++seen > 0; };
  CHECK(windows::list_values(opened.key.get(), value, 3) == ERROR_NO_MORE_ITEMS);
  CHECK(windows::list_subkeys(opened.key.get(), subkey, 3) == ERROR_NO_MORE_ITEMS);
  CHECK(seen == 6);
  CHECK(windows::list_values(opened.key.get(), value, 2) == ERROR_TOO_MANY_NAMES);
  CHECK(windows::list_subkeys(opened.key.get(), subkey, 2) == ERROR_TOO_MANY_NAMES);
  CHECK(seen == 10);
}
