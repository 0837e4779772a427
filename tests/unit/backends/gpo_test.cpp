#include "runtime/backends/gpo/gpo.hpp"

#include "runtime/backends/gpo/preferences.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/derive/registry.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/support/file_target.hpp"
#include "tests/support/windows_bytes.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends {
namespace {

using test::dword;
using test::pol_entry;
using test::pol_file;
using test::utf16;
using test::utf16_file;
using value::FactStatus;
using value::RegistryData;
using value::RegistryType;
using value::UnknownReason;
using namespace std::string_literals;

const std::string kBackup = "{31B2F340-016D-11D2-945F-00C04FB984F9}/";
const std::string kMachine = kBackup + "DomainSysvol/GPO/Machine/";
const std::string kUser = kBackup + "DomainSysvol/GPO/User/";
const std::string kTemplate = kMachine + "microsoft/windows nt/SecEdit/GptTmpl.inf";
const std::string kAudit = kMachine + "microsoft/windows nt/Audit/audit.csv";
const std::string kVersion = "[Version]\r\nsignature=\"$CHICAGO$\"\r\n";
const std::string kTextEnd(2, '\0');

/// A backup with one object.
class Backup : public test::FileTarget {
 public:
  Backup() {
    add(kBackup + "bkupInfo.xml",
        "<BackupInst xmlns='x'><BackupTime><![CDATA[2024-03-01T10:00:00]]></BackupTime>"
        "<GPODisplayName><![CDATA[Baseline]]></GPODisplayName></BackupInst>");
    add(kBackup + "DomainSysvol/GPO/GPO.cmt", "");
  }

  value::Evidence read(const Request& request = {}) {
    auto all = gpo_backend().collect(folder(), request, sink);
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    return std::move(all->front());
  }
};

value::Fact fact(const value::Evidence& evidence, std::string_view key, std::string_view name,
                 std::string_view user = {}) {
  return derive::Registry(evidence).data(key, name, user);
}

bool is_dword(const value::Fact& fact, std::uint64_t number) {
  const auto* data = fact.value.get<RegistryData>();
  return fact.status == FactStatus::Present && data != nullptr &&
         *data == RegistryData{RegistryType::Dword, 0, number};
}

bool is_unknown(const value::Fact& fact, UnknownReason reason, std::string_view words) {
  return fact.status == FactStatus::Unknown && fact.unknowns.front().reason == reason &&
         fact.unknowns.front().detail.find(words) != std::string::npos;
}

std::string registry_xml(const std::string& items) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<RegistrySettings clsid=\"{A}\">\r\n" + items +
         "\r\n</RegistrySettings>\r\n";
}

std::string registry_item(const std::string& properties, const std::string& inside = {},
                          const std::string& attributes = {}) {
  return "<Registry name=\"x\" " + attributes + "><Properties " + properties + "/>" + inside + "</Registry>";
}

/// Backup.xml with its <Options>, and a file that it lists.
std::string manifest(const std::string& options, const std::string& file = "x",
                     const std::string& more = "") {
  return "<GroupPolicyBackupScheme xmlns:bkp='y'><GroupPolicyObject><GroupPolicyCoreSettings>"
         "<Options><![CDATA[" +
         options + "]]></Options>" + more +
         "</GroupPolicyCoreSettings><GroupPolicyExtension><FSObjectFile bkp:Location='" + file +
         "'/></GroupPolicyExtension></GroupPolicyObject></GroupPolicyBackupScheme>";
}

const std::string kItemKey = "hive=\"HKEY_LOCAL_MACHINE\" key=\"SOFTWARE\\A\" ";

}  // namespace

TEST_CASE("gpo: a backup is one piece of policy evidence with its name, time and places") {
  Backup backup;
  backup.add(kMachine + "registry.pol", pol_file(pol_entry("Software\\A", "X", 1)));
  REQUIRE(recognise(backup.folder()) == &gpo_backend());
  const value::Evidence evidence = backup.read();
  CHECK(evidence.layer == value::Layer::Policy);
  CHECK(evidence.backend == "gpo");
  CHECK(evidence.target == "t/{31B2F340-016D-11D2-945F-00C04FB984F9} \"Baseline\"");
  CHECK(evidence.collected_at == 1709287200);
  const auto x = fact(evidence, "HKLM\\SOFTWARE\\A", "X");
  CHECK(is_dword(x, 1));
  CHECK(test::place_text(evidence, x.origin) == "t/" + kMachine + "registry.pol, entry 1");
  CHECK(backup.messages().empty());
}

TEST_CASE("gpo: SYSVOL folders, several objects below one folder, and what is none") {
  test::FileTarget sysvol;
  sysvol.add("Policies/{A}/GPT.INI", "[General]\r\nVersion=1\r\n");
  sysvol.add("Policies/{A}/MACHINE/Registry.pol", pol_file(pol_entry("Software\\A", "X", 1)));
  sysvol.add("Policies/{B}/User/registry.pol", pol_file(pol_entry("Software\\A", "Y", 2)));
  sysvol.add("Policies/notes.txt", "x");
  REQUIRE(gpo_backend().recognises(sysvol.folder()));
  const auto all = gpo_backend().collect(sysvol.folder(), {}, sysvol.sink);
  REQUIRE(all);
  REQUIRE(all->size() == 2);
  CHECK(all->at(0).target == "t/Policies/{A}");
  CHECK(is_dword(fact(all->at(0), "HKLM\\SOFTWARE\\A", "X"), 1));
  CHECK(is_dword(fact(all->at(1), "HKCU\\SOFTWARE\\A", "Y", "Default"), 2));

  test::FileTarget other;
  other.add("Machine/notes.txt", "x");
  CHECK_FALSE(gpo_backend().recognises(other.folder()));
  CHECK_FALSE(gpo_backend().collect(other.folder(), {}, other.sink));
  CHECK(other.messages() ==
        std::vector<std::string>{"'t' cannot be searched for Group Policy objects: no Group "
                                 "Policy object is in it"});
}

TEST_CASE("gpo: what no part names is absent, keys and values alike") {
  Backup backup;
  backup.add(kMachine + "Registry.pol", pol_file(pol_entry("Software\\A\\B", "X", 1)));
  const value::Evidence evidence = backup.read();
  for (const char* key : {"HKLM\\SOFTWARE\\A\\B", "HKLM\\SOFTWARE\\A", "HKLM\\SOFTWARE",
                          "HKLM\\SOFTWARE\\C\\D", "HKLM\\SYSTEM\\CurrentControlSet"}) {
    INFO(key);
    CHECK(fact(evidence, key, "Y").status == FactStatus::Absent);
  }
  CHECK(fact(evidence, "HKCU\\SOFTWARE\\A", "Y", "Default").status == FactStatus::Absent);
  CHECK(evidence.account_policy.min_length.status == FactStatus::Absent);
  CHECK(evidence.user_rights.complete);
  CHECK(evidence.audit_policy.complete);
  CHECK(evidence.users.complete);
  REQUIRE(evidence.users.rows.size() == 1);
  CHECK(evidence.users.rows[0].sid == "Default");
}

TEST_CASE("gpo: control names of Registry.pol") {
  const std::string space = utf16(" ") + kTextEnd;
  Backup backup;
  backup.add(kMachine + "Registry.pol",
             pol_file(pol_entry("Software\\A", "**delvals.", 1, space) + pol_entry("Software\\A", "1", 7) +
                      pol_entry("Software\\B", "**del.Gone", 1, space) +
                      pol_entry("Software\\B", "**DeleteValues", 1, utf16("P;Q") + kTextEnd) +
                      pol_entry("Software\\B", "**DeleteKeys", 1, utf16("Sub;Other") + kTextEnd) +
                      pol_entry("Software\\B", "**SecureKey=1", 4, dword(1)) +
                      pol_entry("Software\\B", "**soft.Perhaps", 3) +
                      pol_entry("Software\\B", "**fancy.New", 4) + pol_entry("Software\\C", "Z", 1) +
                      pol_entry("Software\\C", "**DelVals", 1, space) + pol_entry("Software\\D", "", 0, "")));
  const value::Evidence evidence = backup.read();
  CHECK(is_dword(fact(evidence, "HKLM\\SOFTWARE\\A", "1"), 7));
  CHECK(fact(evidence, "HKLM\\SOFTWARE\\A", "2").status == FactStatus::Absent);
  for (const char* name : {"Gone", "P", "Q"}) {
    INFO(name);
    const auto& row = evidence.registry.at("HKLM\\SOFTWARE\\B").values.at(value::folded(name));
    CHECK(row.data.status == FactStatus::Absent);
    CHECK(fact(evidence, "HKLM\\SOFTWARE\\B", name).status == FactStatus::Absent);
  }
  CHECK(evidence.registry.at("HKLM\\SOFTWARE\\B\\SUB").presence.status == FactStatus::Absent);
  CHECK(evidence.registry.at("HKLM\\SOFTWARE\\B\\OTHER").presence.status == FactStatus::Absent);
  CHECK(is_unknown(fact(evidence, "HKLM\\SOFTWARE\\B", "Perhaps"), UnknownReason::Unsupported, "**soft."));
  CHECK(evidence.registry.at("HKLM\\SOFTWARE\\B").values.count("NEW") == 0);
  CHECK(is_unknown(fact(evidence, "HKLM\\SOFTWARE\\C", "Z"), UnknownReason::Conflict, "entry 9"));
  CHECK(evidence.registry.at("HKLM\\SOFTWARE\\D").presence.present());
  CHECK(evidence.registry.at("HKLM\\SOFTWARE\\D").values.empty());
}

TEST_CASE("gpo: data that cannot be what its type says is unknown, unknown types keep their bytes") {
  Backup backup;
  backup.add(kMachine + "Registry.pol", pol_file(pol_entry("Software\\A", "Short", 4, "\1"s) +
                                                 pol_entry("Software\\A", "Bogus", 153, "\1\2"s)));
  const value::Evidence evidence = backup.read();
  CHECK(is_unknown(fact(evidence, "HKLM\\SOFTWARE\\A", "Short"), UnknownReason::Corrupt,
                   "a REG_DWORD of 1 bytes"));
  const auto bogus = fact(evidence, "HKLM\\SOFTWARE\\A", "Bogus");
  REQUIRE(bogus.status == FactStatus::Present);
  CHECK(bogus.value.get<RegistryData>()->other_type == 153);
}

TEST_CASE("gpo: a damaged Registry.pol leaves its half unknown, and only that") {
  Backup backup;
  const std::string whole = pol_file(pol_entry("Software\\A", "X", 1));
  backup.add(kMachine + "Registry.pol", whole.substr(0, whole.size() - 3));
  backup.add(kUser + "Registry.pol", whole);
  backup.add(kTemplate,
             utf16_file(kVersion +
                        "[Unicode]\r\nUnicode=yes\r\n[Registry Values]\r\nMACHINE\\Software\\B\\Y=4,2\r\n"));
  const value::Evidence evidence = backup.read();
  for (const char* key : {"HKLM\\SOFTWARE\\A", "HKLM\\SOFTWARE\\B", "HKLM\\SYSTEM"}) {
    INFO(key);
    CHECK(is_unknown(fact(evidence, key, "X"), UnknownReason::Corrupt, "Registry.pol, byte 0x34: entry 1"));
  }
  // Registry.pol may have said otherwise.
  CHECK(fact(evidence, "HKLM\\SOFTWARE\\B", "Y").status == FactStatus::Unknown);
  CHECK(is_dword(fact(evidence, "HKCU\\SOFTWARE\\A", "X", "Default"), 1));
  CHECK(fact(evidence, "HKCU\\SOFTWARE\\A", "Y", "Default").status == FactStatus::Absent);
  REQUIRE(backup.messages().size() == 1);
  CHECK(backup.messages()[0].find("Registry.pol' is not used: byte 0x34: entry 1: ") != std::string::npos);
}

TEST_CASE("gpo: a Registry.pol cut off anywhere is never more than it was, and closes nothing") {
  const std::string file = pol_file(pol_entry("Software\\A", "X", 1) + pol_entry("Software\\A", "X", 0));
  for (std::size_t size = 0; size < file.size(); ++size) {
    INFO(size);
    Backup backup;
    backup.add(kMachine + "Registry.pol", file.substr(0, size));
    const auto x = fact(backup.read(), "HKLM\\SOFTWARE\\A", "X");
    const std::size_t one_entry = 8 + pol_entry("Software\\A", "X", 1).size();
    if (size == 8 || size == one_entry) {
      CHECK((x.status == FactStatus::Absent) == (size == 8));
    } else {
      CHECK(x.status == FactStatus::Unknown);
    }
  }
}

TEST_CASE("gpo: a file that the backup lists and does not have is no absence") {
  Backup backup;
  backup.add(kBackup + "Backup.xml", manifest("0", "DomainSysvol\\GPO\\Machine\\registry.pol"));
  const value::Evidence evidence = backup.read();
  CHECK(is_unknown(fact(evidence, "HKLM\\SOFTWARE\\A", "X"), UnknownReason::NotCollected,
                   "is listed in Backup.xml"));
  CHECK(fact(evidence, "HKCU\\SOFTWARE\\A", "X", "Default").status == FactStatus::Absent);
}

TEST_CASE("gpo: what stands in a disabled half is not configured, and that is said") {
  struct Case {
    const char* options;
    bool machine;
    bool user;
  };
  for (const Case& c :
       {Case{"0", true, true}, Case{"1", true, false}, Case{"2", false, true}, Case{"3", false, false}}) {
    CAPTURE(c.options);
    Backup backup;
    backup.add(kBackup + "Backup.xml", manifest(c.options));
    test::FileTarget sysvol;
    sysvol.add("gpt.ini", "[General]\r\nVersion=1\r\noptions = " + std::string(c.options) + "\r\n");
    for (const auto& [target, below] :
         {std::pair<test::FileTarget*, std::string>{&backup, kBackup + "DomainSysvol/GPO/"}, {&sysvol, ""}}) {
      target->add(below + "Machine/Registry.pol", pol_file(pol_entry("Software\\A", "X", 1)));
      target->add(below + "User/Registry.pol", pol_file(pol_entry("Software\\A", "X", 1)));
      const auto all = gpo_backend().collect(target->folder(), {}, target->sink);
      REQUIRE(all);
      const auto machine = fact(all->front(), "HKLM\\SOFTWARE\\A", "X");
      const auto user = fact(all->front(), "HKCU\\SOFTWARE\\A", "X", "Default");
      CHECK(machine.status == (c.machine ? FactStatus::Present : FactStatus::Absent));
      CHECK(user.status == (c.user ? FactStatus::Present : FactStatus::Absent));
      CHECK(target->messages().size() == (c.machine ? 0U : 1U) + (c.user ? 0U : 1U));
    }
  }
  Backup empty;
  empty.add(kBackup + "Backup.xml", manifest("3"));
  empty.add(kMachine + "Registry.pol", pol_file(""));
  empty.read();
  CHECK(empty.messages().empty());
}

TEST_CASE("gpo: an object that cannot say what it has and whether it is applied says nothing") {
  const std::string whole = manifest("0");
  for (const std::string& text : {whole.substr(0, whole.size() - 9), manifest("4"), manifest(""),
                                  std::string("<GroupPolicyBackupScheme/>"), std::string()}) {
    CAPTURE(text);
    Backup backup;
    backup.add(kBackup + "Backup.xml", text);
    backup.add(kMachine + "Registry.pol", pol_file(pol_entry("Software\\A", "X", 1)));
    const value::Evidence evidence = backup.read();
    for (const char* name : {"X", "Y"})
      CHECK(is_unknown(fact(evidence, "HKLM\\SOFTWARE\\A", name), UnknownReason::Corrupt, "Backup.xml, "));
    CHECK_FALSE(evidence.user_rights.complete);
    CHECK_FALSE(evidence.services.complete);
    CHECK_FALSE(evidence.audit_policy.complete);
    CHECK_FALSE(evidence.key_security.complete);
    REQUIRE(backup.messages().size() == 1);
    CHECK(backup.messages()[0].find("Backup.xml' is not used: ") != std::string::npos);
  }
  for (const char* text : {"[General]\r\nOptions=4\r\n", "[General]\r\nOptions=\r\n", "[General\r\n"}) {
    CAPTURE(text);
    test::FileTarget sysvol;
    sysvol.add("gpt.ini", text);
    const auto all = gpo_backend().collect(sysvol.folder(), {}, sysvol.sink);
    REQUIRE(all);
    CHECK(fact(all->front(), "HKLM\\SOFTWARE\\A", "X").status == FactStatus::Unknown);
  }
}

TEST_CASE("gpo: a WMI filter is said, and the object is judged") {
  Backup backup;
  backup.add(kBackup + "Backup.xml", manifest("0", "x", "<WMIFilter><![CDATA[[d;{A};0]]]></WMIFilter>"));
  backup.add(kMachine + "Registry.pol", pol_file(pol_entry("Software\\A", "X", 1)));
  CHECK(is_dword(fact(backup.read(), "HKLM\\SOFTWARE\\A", "X"), 1));
  CHECK(backup.messages() ==
        std::vector<std::string>{"'t/{31B2F340-016D-11D2-945F-00C04FB984F9}' has a WMI filter, "
                                 "which decides on each machine whether it is applied"});
}

TEST_CASE("gpo: a backup without its content says nothing") {
  test::FileTarget backup;
  backup.add(kBackup + "bkupInfo.xml", "<BackupInst><GPODisplayName>A</GPODisplayName></BackupInst>");
  const auto all = gpo_backend().collect(backup.folder(), {}, backup.sink);
  REQUIRE(all);
  const value::Evidence& evidence = all->front();
  CHECK(fact(evidence, "HKLM\\SOFTWARE\\A", "X").status == FactStatus::Unknown);
  CHECK(evidence.account_policy.min_length.status == FactStatus::Unknown);
  CHECK_FALSE(evidence.user_rights.complete);
  CHECK_FALSE(evidence.audit_policy.complete);
}

TEST_CASE("gpo: two spellings of one file are not one of them") {
  Backup backup;
  backup.add(kMachine + "registry.pol", pol_file(pol_entry("Software\\A", "X", 1)));
  backup.add(kMachine + "Registry.pol", pol_file(pol_entry("Software\\A", "X", 0)));
  CHECK(is_unknown(fact(backup.read(), "HKLM\\SOFTWARE\\A", "X"), UnknownReason::Conflict,
                   "two files are called"));
}

TEST_CASE("gpo: only the files that the plan needs are read") {
  Backup backup;
  backup.add(kMachine + "Registry.pol", pol_file(pol_entry("Software\\A", "X", 1)));
  backup.add(kTemplate, utf16_file(kVersion + "[Unicode]\r\nUnicode=yes\r\n"));
  backup.add(
      kAudit,
      "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting\r\n");
  PlanSlice slice;
  slice.add(value::EvidenceSection::AuditPolicy);
  backup.disk.log.clear();
  backup.read({.slice = &slice});
  const auto reads = [&](const std::string& path) {
    const auto& log = backup.disk.log;
    return std::find(log.begin(), log.end(), "read /t/" + path) != log.end();
  };
  CHECK(reads(kAudit));
  CHECK(reads(kTemplate));  // its legacy categories are about the same events
  CHECK_FALSE(reads(kMachine + "Registry.pol"));

  PlanSlice one_key;
  one_key.add_registry_key(value::folded("HKLM\\SOFTWARE\\B"));
  const value::Evidence evidence = backup.read({.slice = &one_key});
  CHECK(evidence.registry.count("HKLM\\SOFTWARE\\A") == 0);
  CHECK(fact(evidence, "HKLM\\SOFTWARE\\B", "X").status == FactStatus::Absent);
}

TEST_CASE("gpo: registry preferences, action by action") {
  struct Case {
    std::string item;
    FactStatus status;
    const char* words;
  };
  const std::string x = kItemKey + "name=\"X\" default=\"0\" type=\"REG_DWORD\" value=\"00000010\" ";
  const std::string filters = "<Filters><FilterOs/></Filters>";
  const Case cases[] = {
      {registry_item("action=\"U\" " + x), FactStatus::Present, ""},
      {registry_item(x), FactStatus::Present, ""},
      {registry_item("action=\"R\" " + x), FactStatus::Present, ""},
      {registry_item("action=\"R\" displayDecimal=\"1\" " + x), FactStatus::Present, ""},
      {registry_item("action=\"C\" " + x), FactStatus::Unknown, "only where it is missing"},
      {registry_item("action=\"D\" " + x), FactStatus::Absent, ""},
      {registry_item("action=\"U\" " + x, filters), FactStatus::Unknown, "targeting"},
      {registry_item("action=\"D\" " + x, filters), FactStatus::Unknown, "targeting"},
      {registry_item("action=\"U\" " + x, "<Filters/>"), FactStatus::Present, ""},
      {registry_item("action=\"U\" " + x, "", "disabled=\"1\""), FactStatus::Absent, ""},
      {"<Collection name=\"c\">" + registry_item("action=\"U\" " + x) + "</Collection>", FactStatus::Present,
       ""},
      {"<Collection name=\"c\" disabled=\"1\">" + registry_item("action=\"U\" " + x) + "</Collection>",
       FactStatus::Absent, ""},
      {"<Collection name=\"c\">" + filters + registry_item("action=\"U\" " + x) + "</Collection>",
       FactStatus::Unknown, "targeting"},
      {registry_item("action=\"U\" bitfield=\"1\" " + x), FactStatus::Unknown, "single bits"},
      {registry_item("action=\"Q\" " + x), FactStatus::Unknown, "an unknown action"},
      {registry_item("action=\"U\" hive=\"HKEY_X\" key=\"A\" name=\"X\""), FactStatus::Unknown,
       "place is not known"},
      {registry_item("action=\"U\" hive=\"HKEY_LOCAL_MACHINE\" key=\"A\\%X%\" name=\"X\""),
       FactStatus::Unknown, "place is not known"},
      {"<Registry name=\"x\"/>", FactStatus::Unknown, "without properties"},
  };
  for (const Case& c : cases) {
    INFO(c.item);
    Backup backup;
    backup.add(kMachine + "Preferences/Registry/Registry.xml", registry_xml(c.item));
    const value::Evidence evidence = backup.read();
    const auto found = fact(evidence, "HKLM\\SOFTWARE\\A", "X");
    CHECK(found.status == c.status);
    if (c.status == FactStatus::Present) {
      CHECK(is_dword(found, 0x10));
      CHECK(test::place_text(evidence, found.origin).find("Registry.xml:3, preference, not enforced") !=
            std::string::npos);
    }
    if (c.status == FactStatus::Unknown)
      CHECK(found.unknowns.front().detail.find(c.words) != std::string::npos);
  }
}

TEST_CASE("gpo: data of registry preferences") {
  struct Case {
    std::string properties;
    std::optional<RegistryData> data;
  };
  const Case cases[] = {
      {"type=\"REG_SZ\" value=\"a\"/>", RegistryData{RegistryType::Sz, 0, "a"s}},
      {"type=\"REG_SZ\" value=\"%WindowsDir%\\a\"/>", std::nullopt},
      {"type=\"REG_SZ\" value=\"100%\"/>", RegistryData{RegistryType::Sz, 0, "100%"s}},
      {"type=\"REG_EXPAND_SZ\" value=\"a\"/>", RegistryData{RegistryType::ExpandSz, 0, "a"s}},
      {"type=\"REG_DWORD\" value=\"FFFFFFFF\"/>",
       RegistryData{RegistryType::Dword, 0, std::uint64_t{0xFFFFFFFF}}},
      {"type=\"REG_DWORD\" value=\"1FFFFFFFF\"/>", std::nullopt},
      {"type=\"REG_DWORD\" value=\"\"/>", std::nullopt},
      {"type=\"REG_QWORD\" value=\"00000001FFFFFFFF\"/>",
       RegistryData{RegistryType::Qword, 0, std::uint64_t{0x1FFFFFFFF}}},
      {"type=\"REG_BINARY\" value=\"00FF10\"/>",
       RegistryData{RegistryType::Binary, 0, std::vector<std::uint8_t>{0, 255, 16}}},
      {"type=\"REG_BINARY\" value=\"0\"/>", std::nullopt},
      {"type=\"REG_MULTI_SZ\" value=\"a b\"><Values><Value>a</Value><Value>b</Value></Values></Properties>",
       RegistryData{RegistryType::MultiSz, 0, std::vector<std::string>{"a", "b"}}},
      {"type=\"REG_MULTI_SZ\" value=\"a b\"/>", std::nullopt},
      {"type=\"REG_MULTI_SZ\" value=\"\"/>",
       RegistryData{RegistryType::MultiSz, 0, std::vector<std::string>{}}},
      {"type=\"REG_LINK\" value=\"a\"/>", std::nullopt},
  };
  for (const Case& c : cases) {
    INFO(c.properties);
    Backup backup;
    backup.add(kMachine + "Preferences/Registry/Registry.xml",
               registry_xml("<Registry name=\"x\"><Properties action=\"U\" name=\"X\" " + kItemKey +
                            c.properties + "</Registry>"));
    const auto found = fact(backup.read(), "HKLM\\SOFTWARE\\A", "X");
    REQUIRE((found.status == FactStatus::Present) == c.data.has_value());
    if (c.data) {
      CHECK(*found.value.get<RegistryData>() == *c.data);
    } else {
      CHECK(found.status == FactStatus::Unknown);
    }
  }
}

TEST_CASE("gpo: preferences about keys and default values") {
  Backup backup;
  const std::string key = "hive=\"HKEY_LOCAL_MACHINE\" name=\"\" default=\"0\" ";
  backup.add(kMachine + "Preferences/Registry/Registry.xml",
             registry_xml(registry_item(kItemKey +
                                        "name=\"\" default=\"1\" action=\"U\" type=\"REG_SZ\" value=\"d\"") +
                          registry_item(key + "key=\"SOFTWARE\\Gone\" action=\"D\"") +
                          registry_item(key + "key=\"SOFTWARE\\New\" action=\"R\"")));
  const value::Evidence evidence = backup.read();
  CHECK(fact(evidence, "HKLM\\SOFTWARE\\A", "").status == FactStatus::Present);
  CHECK(evidence.registry.at("HKLM\\SOFTWARE\\GONE").presence.status == FactStatus::Absent);
  CHECK(evidence.registry.at("HKLM\\SOFTWARE\\NEW").presence.present());
}

TEST_CASE("gpo: parts that contradict each other are a conflict, those that agree are not") {
  Backup backup;
  backup.add(kMachine + "Registry.pol",
             pol_file(pol_entry("Software\\A", "X", 1) + pol_entry("Software\\A", "Y", 1)));
  backup.add(
      kTemplate,
      utf16_file(kVersion +
                 "[Registry Values]\r\nMACHINE\\Software\\A\\X=4,0\r\nMACHINE\\Software\\A\\Y=4,1\r\n"));
  const value::Evidence evidence = backup.read();
  CHECK(is_unknown(fact(evidence, "HKLM\\SOFTWARE\\A", "X"), UnknownReason::Conflict, "GptTmpl.inf:4"));
  CHECK(is_dword(fact(evidence, "HKLM\\SOFTWARE\\A", "Y"), 1));
}

TEST_CASE("gpo: damaged preferences may be about any key") {
  Backup backup;
  backup.add(kMachine + "Registry.pol", pol_file(pol_entry("Software\\A", "X", 1)));
  backup.add(kMachine + "Preferences/Registry/Registry.xml", "<RegistrySettings>\r\n<Registry");
  const value::Evidence evidence = backup.read();
  for (const char* name : {"X", "Y"})
    CHECK(is_unknown(fact(evidence, "HKLM\\SOFTWARE\\A", name), UnknownReason::Corrupt, "Registry.xml:"));
  CHECK(fact(evidence, "HKCU\\SOFTWARE\\A", "X", "Default").status == FactStatus::Unknown);
  REQUIRE(backup.messages().size() == 1);
  CHECK(backup.messages()[0].find("Registry.xml:") != std::string::npos);
}

TEST_CASE("gpo: what is not known in a registry preference makes it unknown") {
  const std::string x = kItemKey + "name=\"X\" default=\"0\" type=\"REG_DWORD\" value=\"00000001\" ";
  const std::string filter = "<FilterOs bool=\"AND\"/>";
  const std::string good = registry_item("action=\"U\" " + x);
  const auto x_of = [](const std::string& items) {
    Backup backup;
    backup.add(kMachine + "Preferences/Registry/Registry.xml", registry_xml(items));
    return fact(backup.read(), "HKLM\\SOFTWARE\\A", "X");
  };
  REQUIRE(is_dword(x_of(good), 1));
  REQUIRE(is_dword(x_of("<Collection name=\"c\">" + good + "</Collection>"), 1));
  for (const std::string& items : {
           registry_item("action=\"U\" " + x, "", "disajled=\"1\""),
           registry_item("action=\"U\" " + x, "", "disabled=\"2\""),
           registry_item("agtion=\"D\" " + x),
           registry_item("iction=\"C\" " + x),
           registry_item("action=\"E\" " + x),
           registry_item("bitfaeld=\"1\" " + x),
           registry_item("bitfield=\"2\" " + x),
           registry_item("action=\"U\" " + x, "<Filters>4FilterOs bool=\"AND\"</Filters>"),
           registry_item("action=\"U\" " + x, "<Filterr>" + filter + "</Filterr>"),
           registry_item("action=\"U\" " + x, "<Filters/><Filters>" + filter + "</Filters>"),
           registry_item("action=\"U\" " + x, "text"),
           "<Collection name=\"c\" disbaled=\"1\">" + good + "</Collection>",
           "<Collection name=\"c\"><Fjlters>" + filter + "</Fjlters>" + good + "</Collection>",
           good + "<Regirtry/>",
           registry_item("hive=\"HKEY_LOCAL_MACHINE\" kfy=\"SOFTWARE\\A\" name=\"X\" type=\"REG_SZ\""),
           registry_item(kItemKey + "namf=\"X\" type=\"REG_SZ\" value=\"a\""),
           good + "Registry name=\"x\"",
       }) {
    CAPTURE(items);
    CHECK(x_of(items).status == FactStatus::Unknown);
  }
  const auto list = [&](const std::string& values) {
    return x_of("<Registry name=\"x\"><Properties action=\"U\" " + kItemKey +
                "name=\"X\" type=\"REG_MULTI_SZ\" value=\"\">" + values + "</Properties></Registry>");
  };
  CHECK(list("<Values><Value>a</Value></Values>").status == FactStatus::Present);
  CHECK(list("<Values><Valve>a</Valve></Values>").status == FactStatus::Unknown);
  CHECK(list("<Values><Value>a<Value/></Value></Values>").status == FactStatus::Unknown);
  CHECK(list("<Valuez><Value>a</Value></Valuez>").status == FactStatus::Unknown);
}

TEST_CASE("gpo: local groups of preferences are known where all other members are deleted") {
  const auto groups = [](const std::string& properties) {
    return "<Groups>\r\n<Group name=\"x\"><Properties groupSid=\"S-1-5-32-544\" groupName=\"Administrators "
           "(built-in)\" " +
           properties +
           "><Members><Member name=\"CORP\\a\" action=\"ADD\" sid=\"S-1-5-21-1-2-3-1000\"/>"
           "<Member name=\"CORP\\b\" action=\"REMOVE\" "
           "sid=\"\"/></Members></Properties></Group>\r\n</Groups>\r\n";
  };
  const auto members = [&](const std::string& properties) {
    Backup backup;
    backup.add(kMachine + "Preferences/Groups/Groups.xml", groups(properties));
    const value::Evidence evidence = backup.read();
    REQUIRE(evidence.local_groups.rows.size() == 1);
    CHECK(evidence.local_groups.rows[0].group.sid == "S-1-5-32-544");
    CHECK(evidence.local_groups.complete);
    return evidence.local_groups.rows[0].members;
  };
  const auto all = members("action=\"U\" deleteAllUsers=\"1\" deleteAllGroups=\"1\"");
  REQUIRE(all.present());
  REQUIRE(all.value.size() == 1);
  CHECK(all.value[0].sid == "S-1-5-21-1-2-3-1000");
  CHECK(members("action=\"U\" deleteAllUsers=\"1\"").status == FactStatus::Unknown);
  CHECK(members("action=\"U\"").status == FactStatus::Unknown);
  CHECK(members("action=\"C\" deleteAllUsers=\"1\" deleteAllGroups=\"1\"").status == FactStatus::Unknown);
  CHECK(members("action=\"D\"").status == FactStatus::Absent);
  const std::string all_others = "deleteAllUsers=\"1\" deleteAllGroups=\"1\" ";
  CHECK(members(all_others + "userAction=\"\"").present());
  for (const char* more : {"userAction=\"ADD\"", "userActiom=\"ADD\"", "action=\"E\"", "agtion=\"D\""}) {
    CAPTURE(more);
    CHECK(members(all_others + more).status == FactStatus::Unknown);
  }
}

TEST_CASE("gpo: what is not known among local groups leaves them open") {
  const auto members = R"(deleteAllUsers="1" deleteAllGroups="1"><Members>)"s;
  const auto read = [](const std::string& items) {
    Backup backup;
    backup.add(kMachine + "Preferences/Groups/Groups.xml", "<Groups>" + items + "</Groups>");
    return std::move(backup.read().local_groups);
  };
  const auto group = [&](const std::string& list) {
    return R"(<Group name="x"><Properties groupSid="S-1-5-32-544" )" + members + list +
           "</Members></Properties></Group>";
  };
  const auto good = read(group(R"(<Member action="ADD" name="a" sid="S-1-5-18"/>)"));
  CHECK((good.complete && good.rows.at(0).members.present()));
  for (const char* list : {R"(<Member actiom="ADD" name="a"/>)", R"(<Member action="BDD" name="a"/>)",
                           R"(<Membes action="ADD" name="a"/>)", "text"}) {
    CAPTURE(list);
    CHECK(read(group(list)).rows.at(0).members.status == FactStatus::Unknown);
  }
  for (const std::string& items :
       {"<Groop/>" + group(""), "<Group name=\"x\"/>"s, "<Group><Properties/></Group>"s,
        R"(<Group><Properties grotpSid="S-1-5-32-544" groupName="A"/></Group>)"s,
        R"(<Group><Properties groupSid="S,1-5-32-544" groupName="A"/></Group>)"s}) {
    CAPTURE(items);
    CHECK_FALSE(read(items).complete);
  }
}

TEST_CASE("gpo: passwords in preferences are neither kept nor shown") {
  Backup backup;
  const std::string secret = "j1Uyj3Vx8TY9LtLZil2uAuZkFQA/4latT76ZwgdHdhw";
  backup.add(kMachine + "Preferences/Groups/Groups.xml",
             "<Groups><User name=\"a\"><Properties action=\"U\" cpassword=\"" + secret +
                 "\" userName=\"a\"/></User></Groups>");
  backup.read();
  for (base::FileId file = 1; file <= backup.sources.size(); ++file) {
    CHECK(backup.sources.find(file)->text().find(secret) == std::string::npos);
  }
  REQUIRE(backup.messages().size() == 1);
  CHECK(backup.messages()[0].find("holds a password (cpassword)") != std::string::npos);
}

TEST_CASE("gpo: passwords are found however the attribute is written") {
  for (const char* text :
       {"<a cpassword=\"x\"/>", "<a cpassword = 'x'/>", "<a CPASSWORD=\r\n\"x\"/>", "<a cpassword=\"x"}) {
    INFO(text);
    std::string xml = text;
    CHECK(gpo::erase_passwords(xml));
    CHECK(xml.find('x') == std::string::npos);
    CHECK(xml.size() == std::string(text).size());
  }
  std::string without = "<a name=\"cpassword\" cpassword=\"\" b=\"x\"/>";
  const std::string before = without;
  CHECK_FALSE(gpo::erase_passwords(without));
  CHECK(without == before);
}

TEST_CASE("gpo: audit.csv is told by GUID and number") {
  Backup backup;
  const auto row = [](const char* guid, const char* words, const char* number) {
    return ",System,x,{0cce92"s + guid + "-69ae-11d9-bed3-505054503030}," + words + ",," + number + "\r\n";
  };
  backup.add(kAudit,
             "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion "
             "Setting,Setting Value\r\n" +
                 row("15", "Success and Failure", "3") + row("16", "Erfolg", "1") + row("17", "", "2") +
                 row("1b", "No Auditing", "4") + row("1c", "Not Specified", "0") +
                 row("26", "No Auditing", "0") + row("27", "Success", "9") + row("28", "Success", "1") +
                 row("28", "Failure", "2") +
                 ",S-1-5-21-1-2-3-1000,x,{0cce9249-69ae-11d9-bed3-505054503030},Success,,1\r\n" +
                 ",,Option:CrashOnAuditFail,,Disabled,,0\r\n");
  const value::Evidence evidence = backup.read();
  const auto outcomes = [&](const std::string& guid) {
    for (const auto& r : evidence.audit_policy.rows) {
      if (r.guid == "0cce92" + guid + "-69ae-11d9-bed3-505054503030") return r.outcomes;
    }
    FAIL("no row " << guid);
    return value::Reading<std::vector<std::string>>{};
  };
  using Names = std::vector<std::string>;
  CHECK(outcomes("15").value == Names{"success", "failure"});
  CHECK(outcomes("16").value == Names{"success"});
  CHECK(outcomes("17").value == Names{"failure"});
  CHECK((outcomes("1b").present() && outcomes("1b").value.empty()));
  CHECK(outcomes("1c").status == FactStatus::Absent);
  CHECK(outcomes("26").unknown.reason == UnknownReason::Conflict);
  CHECK(outcomes("27").unknown.reason == UnknownReason::Corrupt);
  CHECK(outcomes("28").unknown.reason == UnknownReason::Conflict);
  CHECK(evidence.audit_policy.rows.size() == 8);
  CHECK(evidence.audit_policy.complete);
  CHECK(test::place_text(evidence, outcomes("15").origin) == "t/" + kAudit + ":2");
}

TEST_CASE("gpo: keys have at most as many levels as Windows has") {
  const auto with_levels = [](std::size_t levels) {
    std::string key = "a";
    for (std::size_t i = 1; i < levels; ++i) key += "\\a";
    Backup backup;
    backup.add(kMachine + "Registry.pol", pol_file(pol_entry(key, "X", 1)));
    return fact(backup.read(), "HKLM\\" + key, "X");
  };
  CHECK(is_dword(with_levels(limits::kRegistryLevels), 1));
  CHECK(is_unknown(with_levels(limits::kRegistryLevels + 1), UnknownReason::Corrupt,
                   "no key or value can have"));
}

TEST_CASE("gpo: the limits of the search") {
  const auto nested = [](std::size_t levels) {
    std::string path;
    for (std::size_t i = 1; i < levels; ++i) path += "d/";
    return path;
  };
  test::FileTarget deep;
  deep.add(nested(limits::kGpoFolderLevels) + "gpt.ini", "");
  CHECK(gpo_backend().collect(deep.folder(), {}, deep.sink));
  test::FileTarget deeper;
  deeper.add(nested(limits::kGpoFolderLevels + 1) + "gpt.ini", "");
  CHECK_FALSE(gpo_backend().collect(deeper.folder(), {}, deeper.sink));
  CHECK(deeper.messages()[0].find("too deep") != std::string::npos);

  test::FileTarget wide;
  wide.add("A/gpt.ini", "");
  for (std::size_t i = 2; i < limits::kGpoFolders; ++i) wide.add("x" + std::to_string(i) + "/f", "");
  CHECK(gpo_backend().collect(wide.folder(), {}, wide.sink));
  wide.add("y/f", "");
  CHECK_FALSE(gpo_backend().collect(wide.folder(), {}, wide.sink));
  CHECK(wide.messages()[0].find("too many folders") != std::string::npos);
}

}  // namespace polc::backends
