// Real hives as targets: facts known of them, and nothing claimed about damaged ones.
#include "tests/support/shared_hives.hpp"

#include <algorithm>
#include <iostream>

#include "runtime/backends/hive/hive.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using value::FactStatus;

namespace {

const std::vector<test::SharedHive>& hives() {
  static const std::vector<test::SharedHive> all = test::shared_hives(POLC_TEST_OUTPUT "/hives");
  return all;
}

/// Files of a target under the names that Windows gave them.
struct Folder {
  os::MemoryFileSystem files;
  base::SourceManager sources;

  void put(const std::string& name, const std::string& hive) {
    files.files["/config/" + name] = test::find_hive(hives(), hive)->bytes;
  }

  std::optional<value::Evidence> collect(const std::string& name, const PlanSlice* slice = nullptr) {
    const TargetFiles around(files, sources, "/config", "config");
    const Target target{
        .name = name,
        .bytes = name.empty() ? std::string_view() : std::string_view(files.files.at("/config/" + name)),
        .kind = name.empty() ? os::FileKind::Folder : os::FileKind::File,
        .files = &around};
    base::DiagnosticSink sink;
    auto pieces = hive_backend().collect(target, {.slice = slice}, sink);
    return pieces ? std::optional(std::move(pieces->front())) : std::nullopt;
  }
};

std::uint64_t number(const value::Evidence& e, std::string_view key, std::string_view name) {
  const auto& data = e.registry.at(value::folded(key)).values.at(value::folded(name)).data;
  REQUIRE(data.present());
  return std::get<std::uint64_t>(data.value.data);
}

}  // namespace

TEST_CASE("a real SYSTEM: registry, role, services and firewall", "[shared]") {
  if (hives().empty()) return;
  Folder folder;
  folder.put("SYSTEM", "regipy/SYSTEM");
  const auto e = folder.collect("SYSTEM");
  REQUIRE(e);
  const std::string lsa = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa";
  CHECK(number(*e, lsa, "RestrictAnonymous") == 0);
  CHECK(number(*e, lsa, "RestrictAnonymousSAM") == 1);
  CHECK(number(*e, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server", "fDenyTSConnections") == 0);
  CHECK(e->host.name.value == "WKS-WIN732BITA");
  CHECK(e->host.role.value == value::HostRole::Member);
  CHECK(e->host.domain.value == "shieldbase.local");
  CHECK(e->firewall.local_rules.rows.size() == 323);
  CHECK(e->firewall.local_rules.complete);
  CHECK(e->services.complete);
  CHECK(e->services.rows.size() > 100);
  const auto unreadable = std::count_if(e->registry.begin(), e->registry.end(),
                                        [](const auto& row) { return !row.second.presence.present(); });
  std::cout << "regipy/SYSTEM: " << e->registry.size() << " keys, " << e->services.rows.size()
            << " services, " << unreadable << " keys unreadable\n";
  CHECK(unreadable == 0);
}

TEST_CASE("a real SAM needs the SYSTEM of its machine", "[shared]") {
  if (hives().empty()) return;
  Folder folder;
  folder.put("SAM", "regipy/SAM");
  CHECK(folder.collect("SAM")->account_policy.min_length.status == FactStatus::Unknown);
  folder.put("SYSTEM", "regipy/SYSTEM");
  const auto e = folder.collect("SAM");
  REQUIRE(e);
  CHECK(e->account_policy.min_length.value == value::Integer::of(0));
  CHECK(e->account_policy.max_age.value.is_infinite());
  CHECK(e->account_policy.lockout_threshold.value.is_infinite());
  CHECK(e->account_policy.lockout_duration.status == FactStatus::Absent);
  CHECK(e->host.machine_sid.value == "S-1-5-21-1760460187-1592185332-161725925");
  REQUIRE(e->accounts.rows.size() == 3);
  CHECK(e->accounts.complete);
  CHECK(e->accounts.rows[0].account.name == "Administrator");
  CHECK_FALSE(e->accounts.rows[0].enabled.value);
  CHECK(e->accounts.rows[2].account.name == "Preston");
  CHECK(e->accounts.rows[2].enabled.value);
  CHECK(e->local_groups.complete);
  REQUIRE(e->local_groups.rows.size() == 14);
  CHECK(e->local_groups.rows[0].group.name == "Administrators");
  CHECK(e->local_groups.rows[0].members.value.size() == 2);
}

TEST_CASE("real hives of users name their owners, dirty ones with their logs", "[shared]") {
  if (hives().empty()) return;
  Folder folder;
  folder.put("NTUSER.DAT", "regipy/NTUSER.DAT");
  const auto clean = folder.collect("NTUSER.DAT");
  REQUIRE(clean);
  CHECK(clean->users.rows.at(0).sid == "S-1-5-21-2036804247-3058324640-2116585241-1673");
  folder.put("NTUSER.DAT", "regipy/transactions_NTUSER.DAT");
  CHECK_FALSE(folder.collect("NTUSER.DAT"));
  folder.put("ntuser.dat.LOG1", "regipy/transactions_ntuser.dat.log1");
  folder.put("ntuser.dat.LOG2", "regipy/transactions_ntuser.dat.log2");
  const auto replayed = folder.collect("NTUSER.DAT");
  REQUIRE(replayed);
  CHECK(replayed->registry.size() > 3'000);
}

TEST_CASE("a corrupted SYSTEM makes Unknown what it lost, and says where", "[shared]") {
  if (hives().empty()) return;
  Folder folder;
  folder.put("SYSTEM", "regipy/corrupted_system_hive");
  PlanSlice slice;
  const std::string key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa";
  slice.add_registry_key(value::folded(key));
  const auto e = folder.collect("SYSTEM", &slice);
  REQUIRE(e);
  const auto& lsa = e->registry.at(value::folded(key));
  CHECK(lsa.presence.unknown.reason == value::UnknownReason::Corrupt);
  CHECK(lsa.presence.unknown.detail.starts_with("SYSTEM at 0x"));
  const auto whole = folder.collect("SYSTEM");
  CHECK_FALSE(whole->services.complete);
}

TEST_CASE("no truncation of a real hive is believed, no flipped byte makes its value absent", "[shared]") {
  if (hives().empty()) return;
  Folder folder;
  folder.put("SYSTEM", "regipy/SYSTEM");
  PlanSlice slice;
  const std::string key = value::folded("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa");
  slice.add_registry_key(key);
  std::string& bytes = folder.files.files["/config/SYSTEM"];
  const std::string good = bytes;
  for (std::size_t cut = 1; cut < good.size(); cut += good.size() / 37) {
    bytes = good.substr(0, good.size() - cut);
    const auto e = folder.collect("SYSTEM", &slice);
    CHECK((!e || e->registry.at(key).values.contains("RESTRICTANONYMOUS")));  // what is cut may be padding
  }
  std::size_t read = 0;
  for (std::size_t at = 4096 + 7; at < good.size(); at += good.size() / 101) {
    bytes = good;
    bytes[at] = static_cast<char>(~bytes[at]);
    const auto e = folder.collect("SYSTEM", &slice);
    if (!e) continue;  // without its first bin a hive is refused
    const auto row = e->registry.find(key);
    const bool there = row != e->registry.end() && row->second.values.contains("RESTRICTANONYMOUS");
    read += there ? 1 : 0;
    if (!there && row != e->registry.end())
      CHECK((!row->second.presence.present() || !row->second.values_complete));
  }
  CHECK(read > 90);
}
