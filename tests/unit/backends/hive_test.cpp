// Hives made by hand as targets: what each says, what it leaves open, and what is refused.
#include "runtime/backends/hive/hive.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/support/hive_builder.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using test::HiveTree;
using test::le;
using value::EvidenceSection;
using value::FactStatus;
using value::HostRole;
using value::UnknownReason;

namespace {

constexpr std::string_view kMachine = "S-1-5-21-1-2-3";

std::string sid_bytes(std::string_view text) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t at = 4; at < text.size();) {
    const std::size_t end = std::min(text.find('-', at), text.size());
    numbers.push_back(static_cast<std::uint32_t>(std::stoul(std::string(text.substr(at, end - at)))));
    at = end + 1;
  }
  std::string bytes = le(1, 1) + le(numbers.size() - 1, 1) + std::string(5, '\0') + le(numbers[0], 1);
  for (std::size_t i = 1; i < numbers.size(); ++i) bytes += le(numbers[i], 4);
  return bytes;
}

/// A descriptor that gives one SID full control.
std::string full_control(std::string_view sid) {
  const std::string who = sid_bytes(sid);
  const std::string entry = le(0, 1) + le(3, 1) + le(8 + who.size(), 2) + le(0xF003F, 4) + who;
  const std::string list = le(2, 2) + le(8 + entry.size(), 2) + le(1, 2) + le(0, 2) + entry;
  return le(1, 2) + le(0x8004, 2) + le(0, 12) + le(20, 4) + list;
}

HiveTree system_tree(std::string_view product = "ServerNT", std::string_view domain = "",
                     std::uint32_t netlogon = 3) {
  HiveTree root{.name = "CMI-CreateHive"};
  root.at("Select").with(test::dword("Current", 2));
  root.at("ControlSet001\\Control\\Lsa").with(test::dword("RestrictAnonymous", 0));
  HiveTree& set = root.at("ControlSet002");
  set.at("Control\\Lsa").with(test::dword("RestrictAnonymous", 1));
  set.at("Control\\ComputerName\\ComputerName").with(test::text("ComputerName", "AUTOMATE01"));
  set.at("Control\\ProductOptions").with(test::text("ProductType", product));
  set.at("Services\\Tcpip\\Parameters").with(test::text("Domain", domain));
  set.at("Services\\Netlogon")
      .with(test::dword("Start", netlogon))
      .with(test::dword("Type", 0x20))
      .with(test::text("ObjectName", "LocalSystem"));
  return root;
}

HiveTree security_tree(std::string_view own = kMachine, std::string_view domain = "") {
  HiveTree root{.name = "SECURITY"};
  root.at("Policy\\PolAdtEv");
  root.at("Policy\\PolAcDmS").with({.name = "", .type = 0, .data = sid_bytes(own)});
  root.at("Policy\\PolPrDmS").with({.name = "", .type = 0, .data = domain.empty() ? "" : sid_bytes(domain)});
  root.at("Policy\\Accounts");
  return root;
}

std::string domain_f(std::uint16_t threshold = 5) {
  std::string f(240, '\0');
  const auto ticks = [](std::int64_t seconds) { return static_cast<std::uint64_t>(-seconds * 10'000'000); };
  test::put(f, 0x18, ticks(42L * 86'400), 8);
  test::put(f, 0x20, ticks(86'400), 8);
  test::put(f, 0x30, ticks(1'800), 8);
  test::put(f, 0x38, ticks(900), 8);
  test::put(f, 0x4C, 0x11, 4);
  test::put(f, 0x50, 14, 2);
  test::put(f, 0x52, 24, 2);
  test::put(f, 0x54, threshold, 2);
  return f;
}

std::string user_f(std::uint32_t rid, std::uint32_t flags) {
  std::string f(80, '\0');
  test::put(f, 0x30, rid, 4);
  test::put(f, 0x38, flags, 4);
  return f;
}

std::string user_v(std::string_view name) {
  std::string v(0xCC, '\0');
  const std::string text = test::utf16(name);
  test::put(v, 0x10, text.size(), 4);
  return v + text;
}

std::string group_c(std::uint32_t rid, std::string_view name, const std::vector<std::string>& members) {
  const std::string text = test::utf16(name);
  std::string sids;
  for (const std::string& member : members) sids += sid_bytes(member);
  std::string c(52, '\0');
  test::put(c, 0, rid, 4);
  test::put(c, 20, text.size(), 4);
  test::put(c, 40, text.size(), 4);
  test::put(c, 44, sids.size(), 4);
  test::put(c, 48, members.size(), 4);
  return c + text + sids;
}

HiveTree sam_tree(std::uint16_t threshold = 5) {
  HiveTree root{.name = "SAM"};
  HiveTree& account = root.at("SAM\\Domains\\Account");
  account.with(test::binary("F", domain_f(threshold))).with(test::binary("V", "head" + sid_bytes(kMachine)));
  account.at("Users\\000001F4")
      .with(test::binary("F", user_f(500, 0x10)))
      .with(test::binary("V", user_v("Root")));
  account.at("Users\\000001F5")
      .with(test::binary("F", user_f(501, 0x215)))
      .with(test::binary("V", user_v("Guest")));
  account.at("Users\\Names\\Root");
  account.at("Aliases\\000003E9").with(test::binary("C", group_c(1001, "Makers", {})));
  root.at("SAM\\Domains\\Builtin\\Aliases\\00000220")
      .with(test::binary("C", group_c(544, "Administrators", {"S-1-5-21-1-2-3-500", "S-1-5-21-9-9-9-512"})));
  return root;
}

HiveTree software_tree() {
  HiveTree root{.name = "CMI-CreateHive"};
  root.at("Microsoft\\Windows NT\\CurrentVersion")
      .with(test::text("ProductName", "Windows Server 2022 Standard"))
      .with(test::text("CurrentBuildNumber", "20348"))
      .with(test::dword("UBR", 2849))
      .with(test::text("EditionID", "ServerStandard"))
      .with(test::text("InstallationType", "Server Core"))
      .with(test::text("SystemRoot", "C:\\Windows"));
  root.at("Classes");
  return root;
}

/// Files that pretend to be as large as told.
class LargeFiles : public os::MemoryFileSystem {
 public:
  std::map<std::string, std::size_t> sizes;

  os::ReadResult read(const std::string& path, std::size_t max_bytes) const override {
    const auto size = sizes.find(path);
    if (size != sizes.end() && size->second > max_bytes)
      return {os::ReadStatus::TooLarge, {}, std::to_string(size->second) + " bytes"};
    return MemoryFileSystem::read(path, max_bytes);
  }
};

/// A machine's files; diagnostics as "POL3580 message [hint]".
struct Machine {
  LargeFiles files;
  base::SourceManager sources;
  std::string diagnostics;

  Machine& with(const std::string& path, const HiveTree& tree, const test::HiveOptions& options = {}) {
    files.files["/m/" + path] = test::hive_file(tree, options);
    return *this;
  }

  /// The file at `path`, or the folder for "".
  std::optional<value::Evidence> collect(const std::string& path = "", const PlanSlice* slice = nullptr,
                                         std::string_view label = "") {
    const std::string full = path.empty() ? "/m" : "/m/" + path;
    const bool folder = files.kind(full) == os::FileKind::Folder;
    const std::string root = folder ? full : os::parent_path(full);
    const TargetFiles around(files, sources, root, "m");
    const std::string bytes = folder ? "" : files.files.at(full);
    const std::string name = path.empty() ? "m" : path;
    const Target target{.name = name,
                        .bytes = bytes,
                        .kind = folder ? os::FileKind::Folder : os::FileKind::File,
                        .label = label,
                        .files = &around};
    CHECK(hive_backend().recognises(target));
    base::DiagnosticSink sink;
    auto pieces = hive_backend().collect(target, {.slice = slice}, sink);
    diagnostics.clear();
    for (const auto& d : sink.sorted()) {
      diagnostics += base::code_text(d.code) + " " + base::message_of(d) + " [" + base::hint_of(d) + "]";
    }
    if (!pieces) return std::nullopt;
    REQUIRE(pieces->size() == 1);
    return std::move(pieces->front());
  }
};

value::Evidence evidence_of(const std::string& path, const HiveTree& tree, const PlanSlice* slice = nullptr) {
  Machine machine;
  auto evidence = machine.with(path, tree).collect(path, slice);
  INFO(machine.diagnostics);
  REQUIRE(evidence);
  return std::move(*evidence);
}

const value::RegistryKeyEvidence* key_in(const value::Evidence& evidence, std::string_view path) {
  const auto found = evidence.registry.find(value::folded(path));
  return found == evidence.registry.end() ? nullptr : &found->second;
}

template <class Rows, class Match>
const auto& row_in(const Rows& rows, Match match) {
  const auto found = std::find_if(rows.begin(), rows.end(), match);
  REQUIRE(found != rows.end());
  return *found;
}

const value::ServiceRow& service(const value::Evidence& evidence, std::string_view name) {
  return row_in(evidence.services.rows, [&](const auto& row) { return row.name == name; });
}

PlanSlice slice_of(std::initializer_list<std::string_view> keys) {
  PlanSlice slice;
  for (const std::string_view key : keys) slice.add_registry_key(value::folded(key));
  return slice;
}

}  // namespace

// --- registry

TEST_CASE("CurrentControlSet is the set that Select names, and the other sets keep their names") {
  const auto e = evidence_of("SYSTEM", system_tree());
  const auto* current = key_in(e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa");
  REQUIRE(current != nullptr);
  CHECK(std::get<std::uint64_t>(current->values.at("RESTRICTANONYMOUS").data.value.data) == 1);
  CHECK(current->values_complete);
  CHECK(current->subkeys_complete);
  const auto* other = key_in(e, "HKLM\\SYSTEM\\ControlSet001\\Control\\Lsa");
  REQUIRE(other != nullptr);
  CHECK(std::get<std::uint64_t>(other->values.at("RESTRICTANONYMOUS").data.value.data) == 0);
  CHECK(key_in(e, "HKLM\\SYSTEM\\ControlSet002\\Control\\Lsa") == nullptr);
  const auto& top = key_in(e, "HKLM\\SYSTEM")->subkeys;
  CHECK(top.contains("CURRENTCONTROLSET"));
  CHECK(top.contains("CONTROLSET001"));
}

TEST_CASE("each fact of a hive says in which cell it was read") {
  const auto e = evidence_of("SYSTEM", system_tree());
  const auto& data =
      key_in(e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa")->values.at("RESTRICTANONYMOUS").data;
  const value::Origin& origin = e.origins.at(data.origin);
  CHECK(origin.backend == "hive");
  CHECK(origin.file == "SYSTEM");
  const std::string bytes = test::hive_file(system_tree());
  // The second value of that name: the first is in ControlSet001.
  const std::size_t second = bytes.find("RestrictAnonymous", bytes.find("RestrictAnonymous") + 1);
  CHECK(origin.note == fmt::format("cell at 0x{:x}", second - 24));
}

TEST_CASE("without Select nothing below HKLM\\SYSTEM is believed") {
  HiveTree tree = system_tree();
  SECTION("no number") {
    tree.at("Select").values.clear();
  }
  SECTION("a number of another type") {
    tree.at("Select").values = {test::text("Current", "2")};
  }
  const auto e = evidence_of("SYSTEM", tree);
  CHECK(e.registry.size() == 1);
  CHECK(key_in(e, "HKLM\\SYSTEM")->presence.unknown.reason == UnknownReason::Corrupt);
  CHECK_FALSE(e.services.complete);
  CHECK(e.services.unreadable);
  CHECK_FALSE(e.host.name.present());
}

TEST_CASE("a control set that Select names and that is not there is damage, not absence") {
  HiveTree tree = system_tree();
  tree.at("Select").values = {test::dword("Current", 7)};
  const auto e = evidence_of("SYSTEM", tree);
  CHECK(e.services.unreadable->detail == "Select names control set 7, which is not there");
  CHECK(e.firewall.local_rules.unreadable);
}

TEST_CASE("only the keys that are asked for get rows with values, and those above them close the world") {
  const PlanSlice slice = slice_of({"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa"});
  const auto e = evidence_of("SYSTEM", system_tree(), &slice);
  CHECK(e.registry.size() == 4);
  CHECK(key_in(e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa")->values_complete);
  const auto* above = key_in(e, "HKLM\\SYSTEM\\CurrentControlSet\\Control");
  CHECK(above->values.empty());
  CHECK_FALSE(above->values_complete);
  CHECK(above->subkeys_complete);
  CHECK_FALSE(e.services.collected);
  CHECK_FALSE(e.firewall.local_rules.collected);
}

TEST_CASE("a tree that is asked for is read to its leaves, also where slices are joined") {
  PlanSlice of_tls, slice;
  of_tls.add_registry_tree(value::folded("HKLM\\SYSTEM\\CurrentControlSet\\Control"));
  slice.add(of_tls);
  const auto e = evidence_of("SYSTEM", system_tree(), &slice);
  CHECK(key_in(e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa")->values_complete);
  CHECK(key_in(e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName")->values.size() ==
        1);
  CHECK(key_in(e, "HKLM\\SYSTEM\\CurrentControlSet\\Services") == nullptr);
}

TEST_CASE("a key that may be among the unreadable ones is Unknown(corrupt); its neighbours are not") {
  Machine machine;
  machine.with("SYSTEM", system_tree());
  std::string& bytes = machine.files.files["/m/SYSTEM"];
  const std::size_t lsa = bytes.rfind("Lsa");  // that of ControlSet002
  bytes[lsa - 76] = 'x';
  const PlanSlice slice = slice_of({"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\Deeper",
                                    "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ProductOptions"});
  const auto e = machine.collect("SYSTEM", &slice);
  REQUIRE(e);
  const auto* damaged = key_in(*e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa");
  REQUIRE(damaged != nullptr);
  CHECK(damaged->presence.unknown.reason == UnknownReason::Corrupt);
  CHECK(damaged->presence.unknown.detail == fmt::format("SYSTEM at 0x{:x}: the cell holds no key", lsa - 80));
  CHECK_FALSE(key_in(*e, "HKLM\\SYSTEM\\CurrentControlSet\\Control")->subkeys_complete);
  CHECK(key_in(*e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ProductOptions")->values_complete);
}

TEST_CASE("data that its type cannot hold is Unknown(corrupt); a text ends at its first zero") {
  HiveTree tree = software_tree();
  tree.at("Vendor")
      .with({.name = "Short", .type = 4, .data = "abc"})
      .with({.name = "Half", .type = 1, .data = std::string("\x00\xD8", 2)})
      .with({.name = "Rest", .type = 1, .data = test::utf16("text") + le(0, 2) + std::string("\x00\xD8g", 3)})
      .with({.name = "Odd", .type = 0x1234, .data = "??"});
  const auto e = evidence_of("SOFTWARE", tree);
  const auto& values = key_in(e, "HKLM\\SOFTWARE\\Vendor")->values;
  CHECK(values.at("SHORT").data.unknown.reason == UnknownReason::Corrupt);
  CHECK(values.at("HALF").data.unknown.reason == UnknownReason::Corrupt);
  CHECK(std::get<std::string>(values.at("REST").data.value.data) == "text");
  CHECK(values.at("ODD").data.value.other_type == 0x1234);
}

TEST_CASE(
    "the 32-bit view stays WOW6432Node, its classes are those of HKLM\\SOFTWARE\\Classes\\WOW6432Node") {
  HiveTree tree = software_tree();
  tree.at("WOW6432Node\\Vendor").with(test::dword("v", 1));
  tree.at("Classes\\WOW6432Node\\CLSID").with(test::dword("v", 2));
  HiveTree link{.name = "Classes", .link = true};
  link.with({.name = "SymbolicLinkValue",
             .type = 6,
             .data = test::utf16("\\REGISTRY\\MACHINE\\SOFTWARE\\Classes\\Wow6432Node")});
  tree.at("WOW6432Node").keys.push_back(link);
  const auto e = evidence_of("SOFTWARE", tree);
  CHECK(key_in(e, "HKLM\\SOFTWARE\\WOW6432Node\\Vendor")->values.contains("V"));
  CHECK(key_in(e, "HKLM\\SOFTWARE\\Classes\\WOW6432Node\\CLSID")->values.contains("V"));
}

TEST_CASE("a link shows what it leads to; one that leads out of the hive, or to another link, is Unknown") {
  HiveTree tree = system_tree();
  HiveTree& profiles = tree.at("ControlSet002\\Hardware Profiles");
  const auto link = [](std::string name, std::string_view target) {
    HiveTree key{.name = std::move(name), .link = true};
    return key.with({.name = "SymbolicLinkValue", .type = 6, .data = test::utf16(target)});
  };
  profiles.keys.push_back(
      link("Current", "\\Registry\\Machine\\System\\CurrentControlSet\\Hardware Profiles\\0001"));
  profiles.keys.push_back(
      link("Again", "\\Registry\\Machine\\System\\CurrentControlSet\\Hardware Profiles\\Current"));
  profiles.keys.push_back(link("Out", "\\Registry\\Machine\\Software\\Vendor"));
  profiles.keys.push_back(
      link("Circle", "\\Registry\\Machine\\System\\CurrentControlSet\\Hardware Profiles"));
  profiles.at("0001\\System").with(test::dword("Here", 1));
  const auto e = evidence_of("SYSTEM", tree);
  const std::string base = "HKLM\\SYSTEM\\CurrentControlSet\\Hardware Profiles\\";
  CHECK(key_in(e, base + "Current\\System")->values.contains("HERE"));
  for (const char* name : {"Again", "Out"}) {
    REQUIRE(key_in(e, base + name) != nullptr);
    CHECK(key_in(e, base + name)->presence.unknown.reason == UnknownReason::Unsupported);
  }
  CHECK(key_in(e, base + "Circle\\Circle")->presence.unknown.reason == UnknownReason::Unsupported);
}

TEST_CASE("a key that the machine would not show is not taken for it") {
  HiveTree tree = system_tree();
  tree.at("CurrentControlSet\\Control\\Lsa").with(test::dword("RestrictAnonymous", 9));
  const auto e = evidence_of("SYSTEM", tree);
  CHECK(std::get<std::uint64_t>(key_in(e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa")
                                    ->values.at("RESTRICTANONYMOUS")
                                    .data.value.data) == 1);
}

TEST_CASE("secrets stay where they are: SAM and SECURITY give no registry rows") {
  CHECK(evidence_of("SAM", sam_tree()).registry.empty());
  CHECK(evidence_of("SECURITY", security_tree()).registry.empty());
}

TEST_CASE("keys nest at most 512 deep") {
  for (const std::size_t depth : {limits::kRegistryDepth - 1, limits::kRegistryDepth}) {
    HiveTree tree = software_tree();
    HiveTree* at = &tree;
    for (std::size_t i = 0; i < depth; ++i) {
      at->keys.push_back({.name = "k"});
      at = &at->keys.back();
    }
    const auto e = evidence_of("SOFTWARE", tree);
    const auto deepest =
        std::max_element(e.registry.begin(), e.registry.end(),
                         [](const auto& a, const auto& b) { return a.first.size() < b.first.size(); });
    CHECK(deepest->second.presence.present() == (depth < limits::kRegistryDepth));
  }
}

TEST_CASE("what the rows of one hive may take is bounded, and what is left out is not absent") {
  // Values of one megabyte that all keys share: a small file that would be a large evidence.
  HiveTree tree = software_tree();
  constexpr std::size_t kMegabyte = 1U << 20U;
  tree.at("Vendor\\a").with(test::binary("v", std::string(kMegabyte, 'x')));
  for (int i = 0; i < 600; ++i) tree.at("Vendor").keys.push_back({.name = fmt::format("k{}", i)});
  std::string bytes = test::hive_file(tree);
  const std::size_t owner = test::cell_of(bytes, "nk", "a");
  for (int i = 0; i < 600; ++i) {
    const std::size_t key = test::cell_of(bytes, "nk", fmt::format("k{}", i));
    test::put(bytes, key + 4 + 36, 1, 4);
    bytes.replace(key + 4 + 40, 4, bytes.substr(owner + 4 + 40, 4));
  }
  Machine machine;
  machine.files.files["/m/SOFTWARE"] = bytes;
  const auto e = machine.collect("SOFTWARE");
  REQUIRE(e);
  std::size_t read = 0;
  std::size_t open = 0;
  for (const auto& [path, key] : e->registry) {
    const auto value = key.values.find("V");
    const bool has_value = value != key.values.end();
    read += has_value && value->second.data.present() ? 1 : 0;
    open += has_value && value->second.data.unknown.reason == UnknownReason::Budget ? 1 : 0;
    if (key.presence.status == FactStatus::Unknown)
      CHECK(key.presence.unknown.reason == UnknownReason::Budget);
  }
  CHECK(read <= limits::kHiveEvidence / kMegabyte);
  CHECK(read >= limits::kHiveEvidence / kMegabyte - 2);
  CHECK(open > 0);
}

TEST_CASE("keys that share a long list of values do not multiply the work") {
  // A thousand services with the values of one: each list is walked only while there is something left to spend.
  HiveTree tree = system_tree();
  HiveTree& services = tree.at("ControlSet002\\Services");
  HiveTree& owner = services.at("a").with(test::dword("Type", 0x20));
  for (int i = 0; i < 20'000; ++i) owner.with(test::dword(fmt::format("v{}", i), 1));
  for (int i = 0; i < 1'000; ++i) services.keys.push_back({.name = fmt::format("k{}", i)});
  std::string bytes = test::hive_file(tree);
  const std::size_t first = test::cell_of(bytes, "nk", "a");
  for (int i = 0; i < 1'000; ++i) {
    const std::size_t key = test::cell_of(bytes, "nk", fmt::format("k{}", i));
    bytes.replace(key + 4 + 36, 8, bytes.substr(first + 4 + 36, 8));
  }
  Machine machine;
  machine.files.files["/m/SYSTEM"] = bytes;
  PlanSlice slice;
  slice.add(EvidenceSection::Services);
  const auto e = machine.collect("SYSTEM", &slice);
  REQUIRE(e);
  const auto known = std::count_if(e->services.rows.begin(), e->services.rows.end(),
                                   [](const auto& row) { return row.start.status == FactStatus::Absent; });
  CHECK(known > 20);
  CHECK(known < 30);
  CHECK(service(*e, "k999").start.unknown.reason == UnknownReason::Budget);
}

TEST_CASE("access lists of the keys that are asked for; one of a missing key is absent") {
  HiveTree tree = software_tree();
  tree.at("Vendor").security = full_control("S-1-5-32-544");
  tree.at("Broken").security = "no descriptor";
  PlanSlice slice;
  for (const char* key : {"HKLM\\SOFTWARE\\VENDOR", "HKLM\\SOFTWARE\\BROKEN", "HKLM\\SOFTWARE\\NONE\\BELOW"})
    slice.add_object(EvidenceSection::KeySecurity, key);
  const auto e = evidence_of("SOFTWARE", tree, &slice);
  const auto row = [&](std::string_view path) {
    return row_in(e.key_security.rows,
                  [&](const auto& r) { return value::folded(r.path) == value::folded(path); });
  };
  CHECK(row("HKLM\\SOFTWARE\\Vendor").sddl.value == "D:(A;OICI;0xf003f;;;S-1-5-32-544)");
  CHECK(row("HKLM\\SOFTWARE\\Broken").sddl.unknown.reason == UnknownReason::Corrupt);
  CHECK(row("HKLM\\SOFTWARE\\None\\Below").sddl.status == FactStatus::Absent);
  CHECK(e.key_security.rows.size() == 3);
  CHECK_FALSE(e.key_security.complete);
}

// --- which hive, and whose

TEST_CASE("a copy of some key is refused, unless the command line says of which") {
  HiveTree tree{.name = "Vendor"};
  tree.at("Product").with(test::dword("v", 1));
  Machine machine;
  machine.with("x.hiv", tree);
  CHECK_FALSE(machine.collect("x.hiv"));
  CHECK(machine.diagnostics ==
        "POL3583 'x.hiv' is the copy of some key, and nothing in it says of which [save a whole hive, or say "
        "which key "
        "it is: --target 'hive:HKLM\\SOFTWARE\\Vendor=file.hiv']");
  CHECK_FALSE(machine.collect("x.hiv", nullptr, "HKLM"));
  CHECK_FALSE(machine.collect("x.hiv", nullptr, "Vendor"));
  const auto e = machine.collect("x.hiv", nullptr, "HKLM\\SOFTWARE\\Vendor");
  REQUIRE(e);
  CHECK(key_in(*e, "HKLM\\SOFTWARE\\Vendor\\Product")->values.contains("V"));
  CHECK(key_in(*e, "HKLM\\SOFTWARE") == nullptr);
}

TEST_CASE("hives that answer nothing are called by their names") {
  HiveTree tree{.name = "R"};
  tree.at("Objects");
  Machine machine;
  CHECK_FALSE(machine.with("BCD", tree).collect("BCD"));
  CHECK(machine.diagnostics ==
        "POL3584 'BCD' is the hive BCD, which answers nothing that a policy can ask [SYSTEM, SOFTWARE, SAM, "
        "SECURITY "
        "and NTUSER.DAT are read]");
}

TEST_CASE("whose NTUSER.DAT it is comes from its content, its place, or the command line") {
  HiveTree tree{.name = "CMI-CreateHive"};
  tree.at("Control Panel");
  tree.at("Software\\Policies\\Vendor").with(test::dword("v", 1));
  tree.at("Software\\Classes\\Local").with(test::dword("v", 1));
  Machine machine;
  std::string path = "NTUSER.DAT";
  std::string label;
  std::string user = "S-1-5-21-1-2-3-1001";
  SECTION("the access list of its root") {
    tree.security = full_control(user);
  }
  SECTION("Protected Storage System Provider") {
    tree.at("Software\\Microsoft\\Protected Storage System Provider\\" + user);
  }
  SECTION("the name of its file") {
    path = user + ".DAT";
  }
  SECTION("the name of its folder") {
    path = user + "/NTUSER.DAT";
  }
  SECTION("the folder of the default profile") {
    path = "Users/Default/NTUSER.DAT";
    user = "Default";
  }
  SECTION("the command line") {
    label = user;
    tree.security = full_control("S-1-5-21-1-2-3-1002");
  }
  const auto e = machine.with(path, tree).collect(path, nullptr, label);
  INFO(machine.diagnostics);
  REQUIRE(e);
  CHECK(key_in(*e, "HKU\\" + user + "\\Software\\Policies\\Vendor")->values.contains("V"));
  CHECK(key_in(*e, "HKU\\" + user + "_Classes\\Local") == nullptr);
  REQUIRE(e->users.rows.size() == 1);
  CHECK(e->users.rows[0].sid == user);
  CHECK(e->users.rows[0].hive_readable);
  CHECK_FALSE(e->users.complete);
}

TEST_CASE("DEFAULT is the hive of LocalSystem, alone and among the hives of its machine") {
  HiveTree tree{.name = "R"};
  tree.at("Control Panel\\Desktop").with(test::text("ScreenSaveActive", "1"));
  tree.at("Software");
  const auto shows_it = [](const value::Evidence& e) {
    return key_in(e, "HKU\\S-1-5-18\\Control Panel\\Desktop")->values.contains("SCREENSAVEACTIVE");
  };
  Machine machine;
  const auto alone = machine.with("DEFAULT", tree).collect("DEFAULT");
  INFO(machine.diagnostics);
  REQUIRE(alone);
  CHECK(shows_it(*alone));
  HiveTree software = software_tree();
  software.at("Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-18");
  tree.security = full_control("S-1-5-21-1-2-3-1001");
  const auto among = machine.with("SOFTWARE", software).with("NTUSER.DAT", tree).collect();
  INFO(machine.diagnostics);
  REQUIRE(among);
  CHECK(shows_it(*among));
  CHECK(key_in(*among, "HKU\\S-1-5-21-1-2-3-1001\\Control Panel") != nullptr);
  const auto& rows = among->users.rows;
  CHECK(std::count_if(rows.begin(), rows.end(), [](const auto& r) { return r.sid == "S-1-5-18"; }) == 1);
  CHECK(row_in(rows, [](const auto& r) { return r.sid == "S-1-5-18"; }).hive_readable);

  const auto labelled = machine.with("saved.hiv", tree).collect("saved.hiv", nullptr, ".default");
  REQUIRE(labelled);
  CHECK(shows_it(*labelled));
}

TEST_CASE("a user's hive that names nobody, or two, is refused") {
  HiveTree tree{.name = "R"};
  tree.at("Control Panel");
  tree.at("Software");
  SECTION("nobody") {
    tree.security = full_control("S-1-5-32-544");
  }
  SECTION("two") {
    tree.security = full_control("S-1-5-21-1-2-3-1001");
    tree.at("Software\\Microsoft\\Protected Storage System Provider\\S-1-5-21-1-2-3-1002");
  }
  Machine machine;
  CHECK_FALSE(machine.with("NTUSER.DAT", tree).collect("NTUSER.DAT"));
  CHECK(machine.diagnostics ==
        "POL3585 'NTUSER.DAT' does not tell whose it is [say it: --target hive:<SID>=NTUSER.DAT, or "
        "hive:Default=NTUSER.DAT for the default profile]");
}

TEST_CASE("only the keys of users that are asked for are read from a user's hive") {
  HiveTree tree{.name = "R", .security = full_control("S-1-5-21-1-2-3-1001")};
  tree.at("Control Panel\\Desktop").with(test::text("ScreenSaveActive", "1"));
  tree.at("Software\\Other");
  const PlanSlice slice = slice_of({"HKCU\\Control Panel\\Desktop"});
  const auto e = evidence_of("NTUSER.DAT", tree, &slice);
  CHECK(e.registry.size() == 3);
  CHECK(key_in(e, "HKU\\S-1-5-21-1-2-3-1001\\Control Panel\\Desktop")->values_complete);
}

// --- dirty and damaged files

TEST_CASE("a dirty hive is read with the logs beside it") {
  HiveTree before = system_tree();
  HiveTree after = system_tree();
  after.at("ControlSet002\\Control\\Lsa").values = {test::dword("RestrictAnonymous", 2)};
  Machine machine;
  machine.with("SYSTEM", before, {.primary_sequence = 6, .secondary_sequence = 5});
  CHECK_FALSE(machine.collect("SYSTEM"));
  CHECK(machine.diagnostics ==
        "POL3581 'SYSTEM' has changes that are only in its transaction logs: no log lies beside it [copy the "
        ".LOG1 and "
        ".LOG2 that lie beside it too, or save it with reg save, which writes it whole]");
  machine.files.files["/m/system.log1"] = "";
  CHECK_FALSE(machine.collect("SYSTEM"));
  CHECK(machine.diagnostics.find("the logs hold no change that the hive lacks") != std::string::npos);
  const std::string dirty = machine.files.files["/m/SYSTEM"];
  machine.files.files["/m/SYSTEM.LOG2"] = test::hive_log({{5, dirty, test::hive_file(after)}});
  for (const char* path : {"SYSTEM", ""}) {
    const auto e = machine.collect(path);
    REQUIRE(e);
    CHECK(std::get<std::uint64_t>(key_in(*e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa")
                                      ->values.at("RESTRICTANONYMOUS")
                                      .data.value.data) == 2);
  }
}

TEST_CASE("a hive that was cut short is refused with its place") {
  Machine machine;
  machine.with("SYSTEM", system_tree());
  std::string& bytes = machine.files.files["/m/SYSTEM"];
  bytes.resize(bytes.size() - 1);
  CHECK_FALSE(machine.collect("SYSTEM"));
  CHECK(
      machine.diagnostics ==
      fmt::format(
          "POL3580 'SYSTEM' cannot be read as a registry hive: the hive ends after {} bytes and should have "
          "{}, at 0x{:x} [copy it again, or save it with: reg save HKLM\\SYSTEM file.hiv]",
          bytes.size(), bytes.size() + 1, bytes.size()));
}

TEST_CASE("a hive without a root is refused with its place") {
  Machine machine;
  machine.with("SYSTEM", system_tree());
  machine.files.files["/m/SYSTEM"][4096] = 'x';
  CHECK_FALSE(machine.collect("SYSTEM"));
  CHECK(machine.diagnostics.starts_with(
      "POL3580 'SYSTEM' cannot be read as a registry hive: no cell in use begins here, at 0x1020"));
}

TEST_CASE("no damage of one byte makes something absent that was there") {
  const std::string good = test::hive_file(system_tree());
  const PlanSlice slice = slice_of({"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa"});
  std::size_t kept = 0;
  for (std::size_t at = 512; at < good.size(); ++at) {
    if (at == 1024) at = 4096;
    Machine machine;
    std::string& bytes = machine.files.files["/m/SYSTEM"] = good;
    bytes[at] = static_cast<char>(~bytes[at]);
    const auto e = machine.collect("SYSTEM", &slice);
    if (!e) continue;
    const auto* key = key_in(*e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa");
    if (key == nullptr || !key->presence.present()) continue;
    const bool there = key->values.contains("RESTRICTANONYMOUS");
    kept += there ? 1 : 0;
    CHECK((there || !key->values_complete || key->values.size() == 1));  // renamed, at worst
  }
  CHECK(kept > 1'000);
}

TEST_CASE("the time of the last write is the time of the evidence") {
  CHECK(evidence_of("SAM", sam_tree()).collected_at == 1'609'459'200);
  Machine machine;
  CHECK_FALSE(machine.with("SAM", sam_tree(), {.last_written = 0}).collect("SAM")->collected_at);
}

// --- SYSTEM

TEST_CASE("services are those of programs; drivers and empty keys are none") {
  HiveTree tree = system_tree();
  HiveTree& services = tree.at("ControlSet002\\Services");
  const auto add = [&](const std::string& name, std::uint32_t type, std::uint32_t start) -> HiveTree& {
    return services.at(name).with(test::dword("Type", type)).with(test::dword("Start", start));
  };
  add("Driver", 1, 0);
  add("Delayed", 0x10, 2).with(test::dword("DelayedAutostart", 1)).with(test::text("ObjectName", ".\\svc"));
  add("Off", 0x60, 4);
  add("Odd", 0x20, 9);
  services.at("NoService").with(test::text("Note", "x"));
  const auto e = evidence_of("SYSTEM", tree);
  CHECK(e.services.complete);
  CHECK(e.services.rows.size() == 4);
  CHECK(service(e, "Netlogon").start.value == "manual");
  CHECK(service(e, "Netlogon").account.value.name == "LocalSystem");
  CHECK(service(e, "Netlogon").state.status == FactStatus::Unknown);
  CHECK(service(e, "Delayed").start.value == "automatic_delayed");
  CHECK(service(e, "Delayed").account.value.name == ".\\svc");
  CHECK(service(e, "Off").start.value == "disabled");
  CHECK(service(e, "Off").account.status == FactStatus::Absent);
  CHECK(service(e, "Odd").start.unknown.reason == UnknownReason::Corrupt);
}

TEST_CASE("shares with their permissions; administrative shares are in no hive") {
  HiveTree tree = system_tree();
  HiveTree& shares = tree.at("ControlSet002\\Services\\LanmanServer\\Shares");
  shares.with(test::texts("LTShare", {"CSCFlags=0", "Path=C:\\LTShare", "Type=0"}));
  shares.with(test::texts("Open", {"Type=0"}));
  shares.at("Security").with(test::binary("LTShare", full_control("S-1-1-0")));
  const auto e = evidence_of("SYSTEM", tree);
  REQUIRE(e.shares.rows.size() == 2);
  CHECK(e.shares.rows[0].path.value == "C:\\LTShare");
  CHECK(e.shares.rows[0].sddl.value == "D:(A;OICI;0xf003f;;;S-1-1-0)");
  CHECK(e.shares.rows[1].path.status == FactStatus::Absent);
  CHECK(e.shares.rows[1].sddl.unknown.reason == UnknownReason::DefaultUnknown);
  CHECK_FALSE(e.shares.complete);
}

namespace {

constexpr std::string_view kRule = "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=443|Name=Web|";

HiveTree with_firewall() {
  HiveTree tree = system_tree();
  HiveTree& store = tree.at("ControlSet002\\Services\\SharedAccess\\Parameters\\FirewallPolicy");
  store.at("DomainProfile").with(test::dword("EnableFirewall", 0));
  store.at("StandardProfile")
      .with(test::dword("EnableFirewall", 1))
      .with(test::dword("DefaultInboundAction", 0));
  store.at("PublicProfile")
      .with(test::dword("EnableFirewall", 1))
      .with(test::dword("DoNotAllowExceptions", 1));
  store.at("FirewallRules").with(test::text("web", kRule));
  store.at("RestrictedServices\\AppIso\\FirewallRules").with(test::text("app", kRule));
  return tree;
}

const value::FirewallProfileRow& profile(const value::Evidence& e, value::FirewallProfile which,
                                         value::FirewallStore store) {
  return row_in(e.firewall.profiles.rows,
                [&](const auto& row) { return row.profile == which && row.store == store; });
}

}  // namespace

TEST_CASE("the local firewall store: profiles, rules, and the rules of applications") {
  using value::FirewallProfile;
  constexpr auto kLocal = value::FirewallStore::Local;
  const auto e = evidence_of("SYSTEM", with_firewall());
  CHECK(profile(e, FirewallProfile::Domain, kLocal).enabled.value == false);
  CHECK(profile(e, FirewallProfile::Private, kLocal).enabled.value == true);
  CHECK(profile(e, FirewallProfile::Private, kLocal).block_inbound.value == false);
  CHECK(profile(e, FirewallProfile::Public, kLocal).shields_up.value == true);
  CHECK(profile(e, FirewallProfile::Public, kLocal).block_inbound.status == FactStatus::Absent);
  CHECK(e.firewall.local_rules.complete);
  REQUIRE(e.firewall.local_rules.rows.size() == 2);
  CHECK(e.firewall.local_rules.rows[0].id == "web");
  CHECK(e.firewall.local_rules.rows[0].local_ports == std::vector<std::string>{"443"});
  CHECK(e.firewall.local_rules.rows[1].id == "app");
  // Whether a policy overrides them is written in SOFTWARE.
  CHECK_FALSE(e.firewall.profiles.complete);
  CHECK_FALSE(e.firewall.policy_rules.collected);
}

TEST_CASE("rules that cannot be read leave the store open") {
  HiveTree tree = with_firewall();
  HiveTree& store = tree.at("ControlSet002\\Services\\SharedAccess\\Parameters\\FirewallPolicy");
  SECTION("no rule") {
    store.at("FirewallRules").with(test::text("bad", "v2.31|Action=Perhaps|"));
  }
  SECTION("no text") {
    store.at("FirewallRules").with(test::dword("bad", 1));
  }
  SECTION("rules of a device management") {
    store.at("Mdm\\FirewallRules").with(test::text("mdm", kRule));
  }
  SECTION("exceptions of Windows XP") {
    store.at("StandardProfile\\GloballyOpenPorts\\List").with(test::text("80:TCP", "80:TCP:*:Enabled:Web"));
  }
  const auto e = evidence_of("SYSTEM", tree);
  CHECK_FALSE(e.firewall.local_rules.complete);
  CHECK(e.firewall.local_rules.unreadable);
  CHECK(e.firewall.local_rules.rows.size() == 2);
}

TEST_CASE("empty lists of exceptions say nothing") {
  HiveTree tree = with_firewall();
  tree.at(
      "ControlSet002\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\StandardProfile\\GloballyOpenPorts"
      "\\List");
  CHECK(evidence_of("SYSTEM", tree).firewall.local_rules.complete);
}

// --- SOFTWARE

TEST_CASE("the operating system as SOFTWARE names it") {
  const auto e = evidence_of("SOFTWARE", software_tree());
  CHECK(e.host.os.value == "Windows Server 2022 Standard");
  CHECK(e.host.build.value == 20348);
  CHECK(e.host.ubr.value == 2849);
  CHECK(e.host.edition.value == "ServerStandard");
  CHECK(e.host.installation_type.value == "server_core");
  CHECK(e.host.variables.at("SYSTEMROOT") == "C:\\Windows");
  CHECK_FALSE(e.host.role.present());
  HiveTree eleven = software_tree();
  eleven.at("Microsoft\\Windows NT\\CurrentVersion").values = {test::text("ProductName", "Windows 10 Pro"),
                                                               test::text("CurrentBuildNumber", "22631")};
  CHECK(evidence_of("SOFTWARE", eleven).host.os.value == "Windows 11 Pro");
}

TEST_CASE("profiles are listed, and their hives are elsewhere") {
  HiveTree tree = software_tree();
  HiveTree& list = tree.at("Microsoft\\Windows NT\\CurrentVersion\\ProfileList");
  list.at("S-1-5-21-1-2-3-1001").with(test::text("ProfileImagePath", "C:\\Users\\anna"));
  list.at("S-1-5-21-1-2-3-1002.bak");
  const auto e = evidence_of("SOFTWARE", tree);
  CHECK(e.users.complete);
  REQUIRE(e.users.rows.size() == 2);
  CHECK(e.users.rows[0].sid == "S-1-5-21-1-2-3-1001");
  CHECK_FALSE(e.users.rows[0].hive_readable);
  CHECK(e.users.rows[0].hive_unreadable.detail == "this user's keys are in C:\\Users\\anna\\NTUSER.DAT");
  CHECK(e.users.rows[1].sid == "Default");
}

TEST_CASE("the firewall's policy store; one that is not there sets nothing") {
  using value::FirewallProfile;
  constexpr auto kPolicy = value::FirewallStore::Policy;
  const auto none = evidence_of("SOFTWARE", software_tree());
  CHECK(none.firewall.policy_rules.complete);
  CHECK(profile(none, FirewallProfile::Public, kPolicy).enabled.status == FactStatus::Absent);
  HiveTree tree = software_tree();
  HiveTree& store = tree.at("Policies\\Microsoft\\WindowsFirewall");
  store.at("DomainProfile").with(test::dword("AllowLocalPolicyMerge", 0));
  store.at("StandardProfile").with(test::dword("EnableFirewall", 0));
  store.at("FirewallRules").with(test::text("web", kRule));
  const auto e = evidence_of("SOFTWARE", tree);
  CHECK(profile(e, FirewallProfile::Domain, kPolicy).local_rules.value == false);
  CHECK(profile(e, FirewallProfile::Private, kPolicy).enabled.value == false);
  CHECK(profile(e, FirewallProfile::Public, kPolicy).enabled.unknown.reason == UnknownReason::Unsupported);
  CHECK(e.firewall.policy_rules.rows.at(0).store == kPolicy);
}

// --- SECURITY

namespace {

/// Privilgs: count, control, (LUID, attributes).
std::string privileges(const std::vector<std::uint32_t>& luids) {
  std::string bytes = le(luids.size(), 4) + le(0, 4);
  for (const std::uint32_t luid : luids) bytes += le(luid, 8) + le(3, 4);
  return bytes;
}

void give(HiveTree& tree, std::string_view sid, const std::vector<std::uint32_t>& luids,
          std::uint32_t logon) {
  HiveTree& account = tree.at("Policy\\Accounts\\" + std::string(sid));
  if (!luids.empty()) account.at("Privilgs").with({.name = "", .type = 0, .data = privileges(luids)});
  if (logon != 0) account.at("ActSysAc").with({.name = "", .type = 0, .data = le(logon, 4)});
}

std::string holders(const value::Evidence& e, std::string_view right) {
  const auto& row = row_in(e.user_rights.rows, [&](const auto& r) { return r.right == right; });
  REQUIRE(row.holders.present());
  std::string text;
  for (const auto& holder : row.holders.value) text += holder.sid + " ";
  return text;
}

}  // namespace

TEST_CASE("user rights: privileges by their numbers, logon rights by their bits, nobody for the rest") {
  HiveTree tree = security_tree();
  give(tree, "S-1-5-32-544", {7, 20, 17}, 0x401);
  give(tree, "S-1-5-20", {7}, 0x10 | 0x20);  // a bit of Windows NT that is no right any more
  give(tree, "S-1-5-32-546", {}, 0x80);
  const auto e = evidence_of("SECURITY", tree);
  CHECK(e.user_rights.complete);
  CHECK(holders(e, "SeTcbPrivilege") == "S-1-5-32-544 S-1-5-20 ");
  CHECK(holders(e, "SeDebugPrivilege") == "S-1-5-32-544 ");
  CHECK(holders(e, "SeInteractiveLogonRight") == "S-1-5-32-544 ");
  CHECK(holders(e, "SeRemoteInteractiveLogonRight") == "S-1-5-32-544 ");
  CHECK(holders(e, "SeServiceLogonRight") == "S-1-5-20 ");
  CHECK(holders(e, "SeDenyNetworkLogonRight") == "S-1-5-32-546 ");
  CHECK(holders(e, "SeCreateTokenPrivilege").empty());
}

TEST_CASE("an account whose rights cannot be read may hold any of them") {
  HiveTree tree = security_tree();
  give(tree, "S-1-5-32-544", {7}, 0);
  SECTION("a list that is longer than its data") {
    tree.at("Policy\\Accounts\\S-1-5-20\\Privilgs")
        .with({.name = "", .type = 0, .data = le(5, 4) + le(0, 16)});
  }
  SECTION("logon rights of another size") {
    tree.at("Policy\\Accounts\\S-1-5-20\\ActSysAc").with({.name = "", .type = 0, .data = "abc"});
  }
  SECTION("no SID") {
    tree.at("Policy\\Accounts\\Somebody");
  }
  SECTION("a list that is shorter than its data") {
    tree.at("Policy\\Accounts\\S-1-5-20\\Privilgs")
        .with({.name = "", .type = 0, .data = le(0, 4) + le(0, 16)});
  }
  SECTION("a privilege without a name") {
    give(tree, "S-1-5-20", {7, 0x107}, 0);
  }
  SECTION("a logon right without a name") {
    give(tree, "S-1-5-20", {}, 0x1010);
  }
  const auto e = evidence_of("SECURITY", tree);
  CHECK(e.user_rights.rows.empty());
  CHECK_FALSE(e.user_rights.complete);
  CHECK(e.user_rights.unreadable->reason == UnknownReason::Corrupt);
}

namespace {

std::string audit_policy(const std::vector<std::uint16_t>& counts,
                         const std::vector<std::uint16_t>& settings) {
  std::string body;
  for (const std::uint16_t setting : settings) body += le(setting, 2);
  std::string bytes = le(0x100, 4) + le(counts.size(), 4) + le(12 + body.size() + 2, 4) + body + le(0, 2);
  for (const std::uint16_t count : counts) bytes += le(count, 2);
  return bytes;
}

value::Evidence audited(const std::string& bytes) {
  HiveTree tree = security_tree();
  tree.at("Policy\\PolAdtEv").with({.name = "", .type = 0, .data = bytes});
  return evidence_of("SECURITY", tree);
}

value::Reading<std::vector<std::string>> outcomes(const value::Evidence& e, std::string_view name) {
  const std::string_view guid = value::find_audit_subcategory(name)->guid;
  return row_in(e.audit_policy.rows, [&](const auto& row) { return row.guid == guid; }).outcomes;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("audit policy of Server 2016 to 2022: 59 settings in the order of the categories") {
  std::vector<std::uint16_t> settings(59, 0);
  settings[0] = 1;   // Security State Change
  settings[9] = 3;   // Special Logon
  settings[15] = 2;  // Group Membership
  settings[20] = 1;  // Other Object Access Events
  settings[33] = 3;  // Process Creation
  settings[58] = 2;  // Kerberos Authentication Service
  const auto e = audited(audit_policy({5, 11, 14, 3, 6, 6, 6, 4, 4}, settings));
  CHECK(e.audit_policy.complete);
  CHECK(e.audit_policy.rows.size() == 59);
  CHECK(outcomes(e, "Security State Change").value == Words{"success"});
  CHECK(outcomes(e, "Special Logon").value == Words{"success", "failure"});
  CHECK(outcomes(e, "Group Membership").value == Words{"failure"});
  CHECK(outcomes(e, "Other Object Access Events").value == Words{"success"});
  CHECK(outcomes(e, "Process Creation").value == Words{"success", "failure"});
  CHECK(outcomes(e, "Kerberos Authentication Service").value == Words{"failure"});
  CHECK(outcomes(e, "Logon").value.empty());
}

TEST_CASE("audit policy of Windows 11 24H2: the setting without a known name leaves the table open") {
  std::vector<std::uint16_t> settings(60, 0);
  settings[34] = 1;
  const auto e = audited(audit_policy({5, 12, 14, 3, 6, 6, 6, 4, 4}, settings));
  CHECK(outcomes(e, "Process Creation").value == Words{"success"});
  CHECK_FALSE(e.audit_policy.complete);
  CHECK(e.audit_policy.rows.size() == 59);
}

TEST_CASE("audit policy of Windows 7: what published layouts disagree about is Unknown") {
  const auto e = audited(audit_policy({5, 9, 12, 3, 4, 6, 6, 4, 4}, std::vector<std::uint16_t>(53, 3)));
  CHECK(outcomes(e, "Logon").value == Words{"success", "failure"});
  CHECK(outcomes(e, "Special Logon").unknown.reason == UnknownReason::Unsupported);
}

TEST_CASE("an audit policy of another form is Unknown as a whole, a setting of another kind by itself") {
  const std::vector<std::uint16_t> counts{5, 11, 14, 3, 6, 6, 6, 4, 4};
  const std::string good = audit_policy(counts, std::vector<std::uint16_t>(59, 1));
  for (const auto& bytes :
       {good.substr(0, good.size() - 1), good + "x", std::string(), "\x01" + good.substr(1),
        audit_policy({5, 11, 14, 3, 6, 6, 6, 4, 5}, std::vector<std::uint16_t>(60, 1)),
        audit_policy(counts, std::vector<std::uint16_t>(58, 1))}) {
    const auto e = audited(bytes);
    CHECK(e.audit_policy.rows.empty());
    CHECK_FALSE(e.audit_policy.complete);
    CHECK(e.audit_policy.unreadable);
  }
  const auto e = audited(audit_policy(counts, std::vector<std::uint16_t>(59, 4)));
  CHECK(outcomes(e, "Logon").unknown.reason == UnknownReason::Corrupt);
}

// --- SAM and the role

TEST_CASE("account policy, accounts and groups of a machine that is no domain controller") {
  Machine machine;
  const auto e = machine.with("SYSTEM", system_tree()).with("SAM", sam_tree()).collect();
  REQUIRE(e);
  const auto& policy = e->account_policy;
  CHECK(policy.min_length.value == value::Integer::of(14));
  CHECK(policy.history.value == value::Integer::of(24));
  CHECK(policy.complexity.value);
  CHECK(policy.reversible_encryption.value);
  CHECK(policy.max_age.value == value::Integer::of(42L * 86'400));
  CHECK(policy.min_age.value == value::Integer::of(86'400));
  CHECK(policy.lockout_threshold.value == value::Integer::of(5));
  CHECK(policy.lockout_duration.value == value::Integer::of(1'800));
  CHECK(policy.lockout_window.value == value::Integer::of(900));
  CHECK(e->host.machine_sid.value == kMachine);
  CHECK(e->accounts.complete);
  REQUIRE(e->accounts.rows.size() == 2);
  CHECK(e->accounts.rows[0].account.name == "Root");
  CHECK(e->accounts.rows[0].account.sid == "S-1-5-21-1-2-3-500");
  CHECK(e->accounts.rows[0].enabled.value);
  CHECK(e->accounts.rows[0].password_required.value);
  CHECK(e->accounts.rows[0].password_expires.value);
  CHECK_FALSE(e->accounts.rows[1].enabled.value);
  CHECK_FALSE(e->accounts.rows[1].password_required.value);
  CHECK_FALSE(e->accounts.rows[1].password_expires.value);
  CHECK(e->local_groups.complete);
  REQUIRE(e->local_groups.rows.size() == 2);
  CHECK(e->local_groups.rows[0].group.sid == "S-1-5-32-544");
  CHECK(e->local_groups.rows[0].members.value.at(1).sid == "S-1-5-21-9-9-9-512");
  CHECK(e->local_groups.rows[1].group.sid == "S-1-5-21-1-2-3-1001");
  CHECK(e->local_groups.rows[1].members.value.empty());
}

TEST_CASE("without a threshold the lockout times are absent; never and until unlocked are without end") {
  Machine machine;
  const auto e = machine.with("SYSTEM", system_tree()).with("SAM", sam_tree(0)).collect();
  CHECK(e->account_policy.lockout_threshold.value.is_infinite());
  CHECK(e->account_policy.lockout_duration.status == FactStatus::Absent);
  HiveTree forever = sam_tree();
  std::string& f = forever.at("SAM\\Domains\\Account").values[0].data;
  test::put(f, 0x18, std::uint64_t{1} << 63U, 8);
  test::put(f, 0x30, std::uint64_t{1} << 63U, 8);
  test::put(f, 0x20, 5, 8);
  const auto other = machine.with("SAM", forever).collect();
  CHECK(other->account_policy.max_age.value.is_infinite());
  CHECK(other->account_policy.lockout_duration.value.is_infinite());
  CHECK(other->account_policy.min_age.unknown.reason == UnknownReason::Corrupt);
}

TEST_CASE("the SAM of a domain controller is not its domain's") {
  Machine machine;
  machine.with("SAM", sam_tree());
  SECTION("by SYSTEM in the same folder") {
    machine.with("SYSTEM", system_tree("LanmanNT", "corp.example", 2));
  }
  SECTION("by SECURITY in the same folder") {
    machine.with("SECURITY", security_tree("S-1-5-21-4-5-6", "S-1-5-21-4-5-6"));
  }
  for (const char* target : {"", "SAM"}) {
    const auto e = machine.collect(target);
    REQUIRE(e);
    CHECK(e->host.role.value == HostRole::DomainController);
    CHECK(e->account_policy.min_length.unknown.reason == UnknownReason::Unsupported);
    CHECK(e->account_policy.lockout_duration.unknown.reason == UnknownReason::Unsupported);
    CHECK(e->accounts.rows.empty());
    CHECK_FALSE(e->accounts.complete);
    CHECK_FALSE(e->local_groups.complete);
    CHECK_FALSE(e->host.machine_sid.present());
  }
}

TEST_CASE("a SAM by itself may be a domain controller's") {
  const auto e = evidence_of("SAM", sam_tree());
  CHECK(e.account_policy.min_length.unknown.reason == UnknownReason::NotCollected);
  CHECK(e.account_policy.min_length.unknown.detail ==
        "whether this is a domain controller is written in SYSTEM; put that hive beside this one");
  CHECK(e.accounts.unreadable);
  CHECK_FALSE(e.host.role.present());
}

TEST_CASE("a SAM finds SYSTEM beside it, and learns whose it is") {
  Machine machine;
  const auto e = machine.with("SAM", sam_tree()).with("system.hiv", system_tree()).collect("SAM");
  REQUIRE(e);
  CHECK(e->account_policy.min_length.present());
  CHECK(e->host.name.value == "AUTOMATE01");
  CHECK(e->registry.empty());
}

TEST_CASE("a SAM and a SECURITY of different machines contradict each other") {
  Machine machine;
  const auto e = machine.with("SAM", sam_tree())
                     .with("SYSTEM", system_tree())
                     .with("SECURITY", security_tree("S-1-5-21-7-7-7"))
                     .collect();
  CHECK(e->account_policy.min_length.unknown.reason == UnknownReason::Conflict);
  CHECK(e->host.machine_sid.unknown.reason == UnknownReason::Conflict);
}

TEST_CASE("member or workgroup: SECURITY decides, SYSTEM alone only where its traces agree") {
  const auto role = [](const HiveTree& system) { return evidence_of("SYSTEM", system).host.role; };
  CHECK(role(system_tree("ServerNT", "corp.example", 2)).value == HostRole::Member);
  CHECK(role(system_tree("ServerNT", "", 3)).value == HostRole::Workgroup);
  CHECK(role(system_tree("WinNT", "corp.example", 3)).status == FactStatus::Unknown);
  CHECK(role(system_tree("WinNT", "", 2)).status == FactStatus::Unknown);
  CHECK(role(system_tree("LanmanNT", "corp.example", 2)).value == HostRole::DomainController);
  Machine machine;
  machine.with("SYSTEM", system_tree("WinNT", "corp.example", 3));
  const auto outside = machine.with("SECURITY", security_tree()).collect();
  CHECK(outside->host.role.value == HostRole::Workgroup);
  CHECK(outside->host.domain.status == FactStatus::Absent);
  CHECK(outside->host.domain_sid.status == FactStatus::Absent);
  CHECK(outside->host.machine_sid.value == kMachine);
  const auto inside = machine.with("SECURITY", security_tree(kMachine, "S-1-5-21-9-9-9")).collect();
  CHECK(inside->host.role.value == HostRole::Member);
  CHECK(inside->host.domain.value == "corp.example");
  CHECK(inside->host.domain_sid.value == "S-1-5-21-9-9-9");
}

TEST_CASE(
    "an account that calls itself another is not believed; one that cannot be read leaves the table open") {
  Machine machine;
  machine.with("SYSTEM", system_tree());
  HiveTree tree = sam_tree();
  tree.at("SAM\\Domains\\Account\\Users\\000001F5").values[0].data = user_f(500, 0x10);
  const auto hijacked = machine.with("SAM", tree).collect();
  CHECK(hijacked->accounts.rows.at(1).enabled.unknown.reason == UnknownReason::Conflict);
  tree.at("SAM\\Domains\\Account\\Users\\000001F5").values[1].data = "short";
  const auto damaged = machine.with("SAM", tree).collect();
  CHECK(damaged->accounts.rows.size() == 1);
  CHECK_FALSE(damaged->accounts.complete);
  CHECK(damaged->accounts.unreadable->reason == UnknownReason::Corrupt);
}

TEST_CASE("a group whose members do not add up is Unknown") {
  Machine machine;
  machine.with("SYSTEM", system_tree());
  HiveTree tree = sam_tree();
  std::string& c = tree.at("SAM\\Domains\\Builtin\\Aliases\\00000220").values[0].data;
  SECTION("more members than bytes") {
    test::put(c, 48, 3, 4);
  }
  SECTION("fewer members than bytes") {
    test::put(c, 48, 1, 4);
  }
  SECTION("beyond the value") {
    test::put(c, 40, 5'000, 4);
  }
  const auto e = machine.with("SAM", tree).collect();
  CHECK(e->local_groups.rows.at(0).members.unknown.reason == UnknownReason::Corrupt);
}

// --- folders

TEST_CASE("a folder of hives is one machine: both firewall stores close the profiles") {
  Machine machine;
  machine.with("config/SYSTEM", with_firewall()).with("config/SOFTWARE", software_tree());
  machine.files.files["/m/config/SYSTEM.LOG1"] = "";
  machine.files.files["/m/config/notes.txt"] = "x";
  const auto e = machine.collect("config");
  REQUIRE(e);
  CHECK(e->firewall.profiles.complete);
  CHECK(e->firewall.profiles.rows.size() == 6);
  CHECK(e->host.name.value == "AUTOMATE01");
  CHECK(e->host.build.value == 20348);
  CHECK(e->backend == "hive");
  CHECK(e->layer == value::Layer::Effective);
}

TEST_CASE("a hive of the folder that cannot be believed is no reason to judge without it") {
  Machine machine;
  machine.with("SYSTEM", system_tree()).with("SAM", sam_tree());
  SECTION("damaged") {
    machine.files.files["/m/SAM"][100] ^= 1;
    CHECK_FALSE(machine.collect());
    CHECK(machine.diagnostics.starts_with("POL3580 'm/SAM' cannot be read as a registry hive: the checksum"));
  }
  SECTION("twice") {
    machine.with("SAM.hiv", sam_tree());
    CHECK_FALSE(machine.collect());
    CHECK(machine.diagnostics ==
          "POL3586 'm/SAM.hiv' and 'm/SAM' are both the hive SAM [keep one of the two in the folder]");
  }
}

TEST_CASE("hives have at most 512 MiB, their logs 64 MiB") {
  Machine machine;
  machine.with("SYSTEM", system_tree());
  machine.files.sizes["/m/SYSTEM"] = limits::kHiveBytes;
  CHECK(machine.collect());
  machine.files.sizes["/m/SYSTEM"] = limits::kHiveBytes + 1;
  machine.files.files["/m/SAM"] = test::hive_file(sam_tree());  // by which the folder is recognised
  CHECK_FALSE(machine.collect());
  CHECK(machine.diagnostics == "POL3582 'm/SYSTEM' cannot be read: 536870913 bytes []");

  Machine dirty;
  dirty.with("SYSTEM", system_tree(), {.primary_sequence = 6, .secondary_sequence = 5});
  const std::string before = dirty.files.files["/m/SYSTEM"];
  dirty.files.files["/m/SYSTEM.LOG1"] = test::hive_log({{5, before, test::hive_file(system_tree("WinNT"))}});
  dirty.files.sizes["/m/SYSTEM.LOG1"] = limits::kHiveLogBytes;
  CHECK(dirty.collect("SYSTEM"));
  dirty.files.sizes["/m/SYSTEM.LOG1"] = limits::kHiveLogBytes + 1;
  CHECK_FALSE(dirty.collect("SYSTEM"));
}

TEST_CASE("what a target can answer depends on which hives it has") {
  const auto sections = [](const std::vector<Capability>& capabilities) {
    std::vector<EvidenceSection> all;
    for (const Capability& c : capabilities) {
      CHECK(c.about == About::Configured);
      all.push_back(c.section);
    }
    return all;
  };
  using Sections = std::vector<EvidenceSection>;
  const std::string sam = test::hive_file(sam_tree());
  const Target target{.name = "SAM", .bytes = sam};
  CHECK(sections(hive_backend().capabilities(&target)) ==
        Sections{EvidenceSection::Host, EvidenceSection::AccountPolicy, EvidenceSection::Accounts,
                 EvidenceSection::LocalGroups});
  CHECK(sections(hive_backend().capabilities(nullptr)).size() == 12);
  const std::string system = test::hive_file(system_tree());
  const Target other{.name = "SYSTEM", .bytes = system};
  CHECK(hive_backend().capabilities(&other).at(1).keys == std::vector<std::string>{"HKLM\\SYSTEM"});
}

TEST_CASE("nothing but hives is recognised") {
  os::MemoryFileSystem files;
  base::SourceManager sources;
  files.files["/m/SYSTEM"] = "no hive";
  files.files["/m/other"] = "regf";
  const TargetFiles around(files, sources, "/m", "m");
  CHECK_FALSE(hive_backend().recognises({.name = "m", .kind = os::FileKind::Folder, .files = &around}));
  CHECK_FALSE(hive_backend().recognises({.name = "x", .bytes = "polc_snapshot: 1"}));
  CHECK(hive_backend().recognises({.name = "x", .bytes = "regf"}));
}
