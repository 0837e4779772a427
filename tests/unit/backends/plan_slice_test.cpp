// Nothing outside of the plan is read, shown for every backend with one recording file system: which files were opened,
// and what came of them. The machine itself has the same test in backends_windows.
#include <algorithm>
#include <set>

#include "runtime/value/canonical.hpp"
#include "tests/support/beyond_slice.hpp"
#include "tests/support/hive_builder.hpp"
#include "tests/unit/backends/memory_target.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using test::HiveTree;
using value::EvidenceSection;

namespace {

using Files = std::map<std::string, std::string>;
using Names = std::set<std::string>;

/// One target, what a plan asks of it, and the files that may be opened for that.
struct Case {
  const char* kind;
  Files files;
  std::string target;  ///< path of the target; for a program its command
  PlanSlice slice;
  Names opened = {};
  bool answers = true;     ///< something of what was asked for came back
  bool holds_more = true;  ///< without a slice there is more to find
  bool is_a_program = false;
};

PlanSlice sections(std::initializer_list<EvidenceSection> all) {
  PlanSlice slice;
  for (const EvidenceSection section : all) slice.add(section);
  return slice;
}

PlanSlice keys(std::initializer_list<std::string_view> all) {
  PlanSlice slice;
  for (const std::string_view key : all) slice.add_registry_key(value::folded(key));
  return slice;
}

// --- targets with more in them than is asked for

const std::string kJson =
    R"({"polc_snapshot": 1, "host": {"name": "H"}, "services": {"A": {"start": "manual"}},)"
    R"( "registry": {"HKLM\\SOFTWARE\\A": {"values": {"X": 1}}, "HKLM\\SOFTWARE\\B": {"values": {"Y": 2}}}})";
const std::string kStatements =
    R"({"polc_attestations": 1, "attestations": [{"key": "a", "answer": "yes", "owner": "o", "date": "2026-01-01"}]})";
const std::string kReg =
    "Windows Registry Editor Version "
    "5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\r\n\"X\"=dword:00000001\r\n"
    "[HKEY_LOCAL_MACHINE\\SOFTWARE\\B]\r\n\"Y\"=dword:00000002\r\n";
const std::string kTemplate =
    "[Unicode]\r\nUnicode=yes\r\n[System Access]\r\nMinimumPasswordLength = 8\r\n[Privilege Rights]\r\n"
    "SeDebugPrivilege = *S-1-5-32-544\r\n[Registry Values]\r\nMACHINE\\Software\\A\\X=4,1\r\n"
    "[Version]\r\nsignature=\"$CHICAGO$\"\r\n";
const std::string kAudit =
    "Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting\r\n"
    "H,System,x,{0CCE9215-69AE-11D9-BED3-505054503030},Success,\r\n";
const std::string kScan =
    "<?xml version=\"1.0\"?><nmaprun><host><status state=\"up\"/><address addr=\"192.0.2.7\" "
    "addrtype=\"ipv4\"/><ports><port protocol=\"tcp\" portid=\"443\"><state state=\"open\"/></port></ports>"
    "</host><runstats><finished time=\"1795161600\" exit=\"success\"/></runstats></nmaprun>";
const std::string kServer =
    "<configuration><system.applicationHost><sites/></system.applicationHost><system.webServer>"
    "<directoryBrowse configSource=\"browse.config\"/></system.webServer></configuration>";

Files group_policy() {
  const std::string machine = "/t/{31B2F340-016D-11D2-945F-00C04FB984F9}/DomainSysvol/GPO/Machine/";
  const std::string object = "/t/{31B2F340-016D-11D2-945F-00C04FB984F9}/";
  return {
      {object + "bkupInfo.xml", "<BackupInst/>"},
      {object + "Backup.xml",
       "<B><GroupPolicyObject><SecurityGroups><Group><Sid>S-1-5-21-1-2-3-512</Sid><SamAccountName>Domain "
       "Admins</SamAccountName><NetBIOSDomainName>D</NetBIOSDomainName></Group></SecurityGroups>"
       "<GroupPolicyCoreSettings><Options>0</Options></GroupPolicyCoreSettings></GroupPolicyObject></B>"},
      {machine + "Registry.pol",
       test::pol_file(test::pol_entry("Software\\A", "X", 1) + test::pol_entry("Software\\B", "Y", 2))},
      {machine + "Microsoft/Windows NT/SecEdit/GptTmpl.inf", kTemplate},
      {machine + "Microsoft/Windows NT/Audit/audit.csv", kAudit},
      {machine + "Preferences/Groups/Groups.xml", "<Groups/>"},
      {machine + "Preferences/Services/Services.xml", "<NTServices/>"},
      {machine + "Preferences/Registry/Registry.xml", "<RegistrySettings/>"},
      {object + "DomainSysvol/GPO/User/Registry.pol", test::pol_file(test::pol_entry("Software\\A", "Z", 3))},
  };
}

/// Paths of a backup's parts.
Names parts(std::initializer_list<const char*> below) {
  const std::string object = "/t/{31B2F340-016D-11D2-945F-00C04FB984F9}/";
  Names all{object + "bkupInfo.xml", object + "Backup.xml"};
  for (const char* part : below) all.insert(object + "DomainSysvol/GPO/Machine/" + part);
  return all;
}

HiveTree software() {
  HiveTree root{.name = "R"};
  root.at("Microsoft\\Windows NT\\CurrentVersion").with(test::text("ProductName", "Windows Server 2022"));
  root.at("A").with(test::dword("X", 1));
  root.at("B").with(test::dword("Y", 2));
  root.at("Policies\\Microsoft\\WindowsFirewall\\DomainProfile").with(test::dword("EnableFirewall", 1));
  return root;
}

HiveTree system() {
  HiveTree root{.name = "R"};
  root.at("Select").with(test::dword("Current", 1));
  root.at("ControlSet001\\Control\\ProductOptions").with(test::text("ProductType", "WinNT"));
  root.at("ControlSet001\\Services\\A").with(test::dword("Start", 3)).with(test::dword("Type", 16));
  return root;
}

HiveTree sam() {
  HiveTree root{.name = "SAM"};
  root.at("SAM\\Domains\\Account\\Users\\Names");
  root.at("SAM\\Domains\\Builtin\\Aliases");
  return root;
}

Files hives() {
  return {{"/t/SOFTWARE", test::hive_file(software())},
          {"/t/SYSTEM", test::hive_file(system())},
          {"/t/SAM", test::hive_file(sam())},
          {"/t/NTUSER.DAT", "another file"}};
}

Files web_server(const std::string& folder) {
  return {{folder + "applicationHost.config", kServer},
          {folder + "redirection.config", "<configuration/>"},
          {folder + "browse.config", "<directoryBrowse/>"},
          {folder + "administration.config", "<configuration/>"}};
}

std::vector<Case> cases() {
  const std::string config = "/t/Windows/System32/inetsrv/config/";
  return {
      {.kind = "snapshot",
       .files = {{"/t/host.json", kJson}, {"/t/other.json", kJson}},
       .target = "/t/host.json",
       .slice = keys({"HKLM\\SOFTWARE\\A"}),
       .opened = {"/t/host.json"}},
      {.kind = "snapshot",
       .files = {{"/t/host.json", kJson}},
       .target = "/t/host.json",
       .slice = sections({EvidenceSection::Services}),
       .opened = {"/t/host.json"}},
      {.kind = "attestations",
       .files = {{"/t/a.json", kStatements}, {"/t/b.json", kStatements}},
       .target = "/t/a.json",
       .slice = sections({EvidenceSection::Attestations}),
       .opened = {"/t/a.json"},
       .holds_more = false},
      {.kind = "attestations",
       .files = {{"/t/a.json", kStatements}},
       .target = "/t/a.json",
       .slice = sections({EvidenceSection::Services}),
       .opened = {"/t/a.json"},
       .answers = false},
      {.kind = "gpo",
       .files = group_policy(),
       .target = "/t",
       .slice = keys({"HKLM\\SOFTWARE\\A"}),
       .opened = parts({"Registry.pol", "Microsoft/Windows NT/SecEdit/GptTmpl.inf",
                        "Preferences/Registry/Registry.xml"})},
      {.kind = "gpo",
       .files = group_policy(),
       .target = "/t",
       .slice = sections({EvidenceSection::UserRights}),
       .opened = parts({"Microsoft/Windows NT/SecEdit/GptTmpl.inf"})},
      // The firewall's policy consists of registry values.
      {.kind = "gpo",
       .files = group_policy(),
       .target = "/t",
       .slice = sections({EvidenceSection::Firewall}),
       .opened = parts({"Registry.pol", "Microsoft/Windows NT/SecEdit/GptTmpl.inf",
                        "Preferences/Registry/Registry.xml"})},
      {.kind = "gpo",
       .files = group_policy(),
       .target = "/t",
       .slice = sections({EvidenceSection::Exposure}),
       .opened = parts({}),
       .answers = false},
      {.kind = "reg",
       .files = {{"/t/a.reg", kReg}, {"/t/b.reg", kReg}},
       .target = "/t/a.reg",
       .slice = keys({"HKLM\\SOFTWARE\\A"}),
       .opened = {"/t/a.reg"}},
      {.kind = "secedit",
       .files = {{"/t/a.inf", kTemplate}, {"/t/b.inf", kTemplate}},
       .target = "/t/a.inf",
       .slice = sections({EvidenceSection::UserRights}),
       .opened = {"/t/a.inf"}},
      {.kind = "auditpol",
       .files = {{"/t/a.csv", kAudit}, {"/t/b.csv", kAudit}},
       .target = "/t/a.csv",
       .slice = sections({EvidenceSection::Services}),
       .opened = {"/t/a.csv"},
       .answers = false},
      {.kind = "hive",
       .files = hives(),
       .target = "/t/SOFTWARE",
       .slice = keys({"HKLM\\SOFTWARE\\A"}),
       .opened = {"/t/SOFTWARE"}},
      // What kind of machine it is decides whether its SAM can be believed, and stands in its SYSTEM.
      {.kind = "hive",
       .files = hives(),
       .target = "/t/SAM",
       .slice = sections({EvidenceSection::Accounts}),
       .opened = {"/t/SAM", "/t/SYSTEM"}},
      {.kind = "hive",
       .files = hives(),
       .target = "/t/SYSTEM",
       .slice = sections({EvidenceSection::Services}),
       .opened = {"/t/SYSTEM"}},
      {.kind = "iis",
       .files = web_server("/t/"),
       .target = "/t/applicationHost.config",
       .slice = sections({EvidenceSection::Iis}),
       .opened = {"/t/applicationHost.config", "/t/redirection.config", "/t/browse.config"},
       .holds_more = false},
      {.kind = "iis",
       .files = web_server(config),
       .target = "/t",
       .slice = sections({EvidenceSection::Services}),
       .answers = false},
      {.kind = "nmap",
       .files = {{"/t/scan.xml", kScan}, {"/t/scan2.xml", kScan}},
       .target = "/t/scan.xml",
       .slice = sections({EvidenceSection::Services}),
       .opened = {"/t/scan.xml"},
       .answers = false},
#ifndef _WIN32
      // A program may answer more than it was asked.
      {.kind = "exec",
       .files = {{"/t/host.json", kJson}},
       .target = "printf '{\"services\":{\"A\":{\"start\":\"manual\"}},\"volumes\":{}}\\n{\"done\":true}\\n'",
       .slice = sections({EvidenceSection::Services}),
       .is_a_program = true},
#endif
  };
}

// --- what was touched

struct Touched {
  Names opened;
  std::vector<std::string> beyond;  ///< of the case's slice
  bool answers = false;
};

Touched touched_by(const Case& c, const PlanSlice* slice) {
  MemoryTarget t;
  t.disk.files = c.files;
  const auto pieces = c.is_a_program ? t.collect("", {.slice = slice}, c.kind, c.target)
                                     : t.collect(c.target, {.slice = slice}, c.kind);
  INFO(t.problems());
  CHECK(pieces.size() == 1);
  Touched touched;
  for (const std::string& access : t.disk.log) {
    if (access.starts_with("read ")) touched.opened.insert(access.substr(5));
  }
  for (const value::Evidence& piece : pieces) {
    for (std::string& what : test::beyond_slice(piece, c.slice)) touched.beyond.push_back(std::move(what));
    test::for_each_section([&](EvidenceSection section) {
      touched.answers = touched.answers || (section != EvidenceSection::Host && c.slice.needs(section) &&
                                            test::was_looked_for(piece, section));
    });
  }
  return touched;
}

}  // namespace

TEST_CASE("no backend opens a file or brings a fact outside of the plan's slice") {
  for (const Case& c : cases()) {
    CAPTURE(c.kind, c.target);
    const Touched touched = touched_by(c, &c.slice);
    CHECK(touched.opened == c.opened);
    CHECK(touched.beyond == std::vector<std::string>());
    CHECK(touched.answers == c.answers);
  }
}

TEST_CASE("without a slice the same targets tell more: the recording sees it") {
  for (const Case& c : cases()) {
    CAPTURE(c.kind, c.target);
    const Touched touched = touched_by(c, nullptr);
    CHECK(touched.beyond.empty() != c.holds_more);
    CHECK(std::includes(touched.opened.begin(), touched.opened.end(), c.opened.begin(), c.opened.end()));
  }
}

TEST_CASE("every backend of this system that reads more than the machine itself has such a case") {
  Names tried;
  for (const Case& c : cases()) tried.insert(c.kind);
  for (const Backend* backend : backends::backends()) {
    CAPTURE(backend->name());
    const bool elsewhere = backend->name() == kLive || backend->name() == "exec";
    CHECK((elsewhere || tried.contains(std::string(backend->name()))));
  }
}
