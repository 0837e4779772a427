// Evidence to snapshot and back: what was decoded is what was written, for documented, shipped and random hosts.
#include "runtime/backends/snapshot/writer.hpp"

#include <algorithm>
#include <string>

#include "runtime/backends/backend.hpp"
#include "runtime/backends/snapshot/redaction.hpp"
#include "runtime/backends/snapshot/snapshot.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/unit/backends/evidence_text.hpp"
#include "tests/unit/backends/example.hpp"
#include "tests/unit/backends/random_evidence.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/formats/reading.hpp"

using namespace polc;
using namespace polc::backends;

namespace {

/// The evidence of a snapshot's text, as text; what is wrong with it otherwise.
std::string read_back(const std::string& text, const std::string& name, std::optional<value::Evidence>* out) {
  base::DiagnosticSink sink;
  auto pieces = collect({.file = 1, .name = name, .bytes = text}, {}, sink);
  if (!pieces || !sink.empty()) return formats::shown(sink, text);
  if (out != nullptr) *out = pieces->front();
  return evidence_text(pieces->front());
}

value::Evidence decoded(const std::string& text, const std::string& name = "host.yaml") {
  std::optional<value::Evidence> evidence;
  const std::string problem = read_back(text, name, &evidence);
  INFO(problem);
  REQUIRE(evidence);
  return *evidence;
}

/// What a snapshot keeps of configuration files: no secrets, lines that end in line feeds.
value::Evidence without_secrets_in_files(value::Evidence evidence) {
  for (auto& row : evidence.iis.files.rows) {
    if (row.xml.present() && !row.xml.value.empty())
      row.xml.value = snapshot::without_secrets(row.xml.value).value_or("not XML");
  }
  return evidence;
}

void check_round_trip(const value::Evidence& original) {
  const std::string expected = evidence_text(without_secrets_in_files(original));
  for (const SnapshotForm form : {SnapshotForm::Yaml, SnapshotForm::Json}) {
    const auto written = write_snapshot(original, {.form = form});
    const char* name = form == SnapshotForm::Json ? "host.json" : "host.yaml";
    const std::string again = read_back(written.text, name, nullptr);
    const auto [is, should] = std::mismatch(again.begin(), again.end(), expected.begin(), expected.end());
    const auto from = static_cast<std::size_t>(should - expected.begin());
    const std::size_t line = expected.rfind('\n', from) + 1;
    REQUIRE(again.substr(std::min(line, again.size()), 300) == expected.substr(line, 300));
    REQUIRE(again == expected);
  }
}

std::string yaml_of(const std::string& body) {
  return write_snapshot(decoded("polc_snapshot: 1\n" + body), {}).text;
}

}  // namespace

TEST_CASE("the documented example comes back from YAML and from JSON") {
  check_round_trip(decoded(example_yaml()));
}

TEST_CASE("every shipped host comes back from YAML and from JSON") {
  for (const char* host : {"hardened", "fresh-install", "partial"}) {
    CAPTURE(host);
    check_round_trip(decoded(file_text("policies/hosts/" + std::string(host) + ".yaml")));
  }
}

TEST_CASE("random evidence of every section and state comes back") {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    check_round_trip(random_evidence(seed));
  }
}

TEST_CASE("writing what was read back changes nothing") {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    CAPTURE(seed);
    const std::string once = write_snapshot(random_evidence(seed), {}).text;
    CHECK(write_snapshot(decoded(once), {}).text == once);
  }
}

TEST_CASE("YAML for people: one line a row, quotes where they are needed, nothing hidden") {
  const std::string body =
      "layer: effective\n"
      "host:\n"
      "  name: AUTOMATE01\n"
      "  os: '1.5'\n"
      "  addresses: ['10.20.0.5/24']\n"
      "registry:\n"
      "  'HKLM\\SOFTWARE\\K':\n"
      "    complete: true\n"
      "    values:\n"
      "      '': 'absent'\n"
      "      Blob: {binary: '00ff'}\n"
      "      Escape: \"\\u001b[31m\\u202eabc\"\n"
      "      List: [one, 'two, three', '']\n"
      "      Number: 1\n"
      "      Path: {expand_sz: '%windir%\\System32'}\n"
      "      Quote: 'it''s'\n"
      "      Secure: {unreadable: 'access denied: error 5'}\n"
      "      Typed: {mistyped: '\"1\"'}\n"
      "  'HKLM\\SOFTWARE\\L': absent\n"
      "services:\n"
      "  complete: true\n"
      "  Complete: {state: running, start: automatic, account: LocalSystem}\n"
      "  Gone: absent\n"
      "iis:\n"
      "  files:\n"
      "    applicationHost.config: |\n"
      "      <configuration>\n"
      "        <x a=\"1\"/>\n"
      "      </configuration>\n"
      "...\n";
  CHECK(yaml_of(body) == "polc_snapshot: 1\n" + body);
}

TEST_CASE("JSON is compact, and absent is never a text") {
  const auto evidence = decoded("polc_snapshot: 1\nservices: {W: absent, 'a\"\\b': {account: absent}}\n");
  CHECK(write_snapshot(evidence, {.form = SnapshotForm::Json}).text ==
        "{\"polc_snapshot\":1,\"layer\":\"effective\",\"services\":{\"W\":{\"absent\":true},"
        "\"a\\\"\\\\b\":{\"account\":{\"absent\":true}}}}\n");
}

TEST_CASE("a text that is not UTF-8 is corrupt, not changed and not left out") {
  value::Evidence evidence;
  evidence.host.os = value::Reading<std::string>::of("Windows \xff");
  evidence.host.edition =
      value::Reading<std::string>::unreadable({value::UnknownReason::AccessDenied, {}, "error \xfe"});
  const auto again = decoded(write_snapshot(evidence, {}).text);
  CHECK(again.host.os.status == value::FactStatus::Unknown);
  CHECK(again.host.os.unknown.reason == value::UnknownReason::Corrupt);
  CHECK(again.host.edition.unknown.detail == "error \\x{fe}");
}

TEST_CASE("a table that loses a row to the form is no longer complete, and says why") {
  value::Evidence evidence;
  evidence.services.collected = evidence.services.complete = true;
  for (const char* name : {"good", "bad\xff", "GOOD"})
    evidence.services.rows.push_back({name, {}, {}, {}, 0});
  const auto written = write_snapshot(evidence, {});
  const auto again = decoded(written.text);
  CHECK(again.services.rows.size() == 1);
  CHECK_FALSE(again.services.complete);
  REQUIRE(again.services.unreadable);
  CHECK(again.services.unreadable->detail == "bad\\x{ff} has no place in a snapshot");
  REQUIRE(written.sections.size() == 1);
  REQUIRE(written.sections[0].gaps.size() == 1);
  CHECK(written.sections[0].gaps[0].reason == "corrupt: bad\\x{ff} has no place in a snapshot");
}

TEST_CASE("two rows of one name that differ are not one of them") {
  const auto group = [](const char* member) {
    return value::LocalGroupRow{
        {.sid = "S-1-5-32-544", .name = {}},
        value::Reading<std::vector<value::PrincipalEvidence>>::of({{.sid = member, .name = {}}})};
  };
  const auto again = [](std::vector<value::LocalGroupRow> rows) {
    value::Evidence evidence;
    evidence.local_groups.collected = evidence.local_groups.complete = true;
    evidence.local_groups.rows = std::move(rows);
    return decoded(write_snapshot(evidence, {}).text).local_groups;
  };
  const auto same = again({group("S-1-5-18"), group("S-1-5-18")});
  CHECK((same.complete && same.rows.size() == 1));
  const auto differ = again({group("S-1-5-18"), group("S-1-5-19"), group("S-1-5-18")});
  CHECK(differ.rows.empty());
  CHECK_FALSE(differ.complete);
  CHECK(differ.unreadable);
}

TEST_CASE("complete and unreadable at once is written as unreadable") {
  value::Evidence evidence;
  evidence.volumes.collected = evidence.volumes.complete = true;
  evidence.volumes.unreadable = value::Unknown{value::UnknownReason::TimedOut, {}, {}};
  evidence.volumes.rows.push_back({"C:", "NTFS", {}, 0});
  const auto again = decoded(write_snapshot(evidence, {}).text);
  CHECK_FALSE(again.volumes.complete);
  CHECK(again.volumes.unreadable->reason == value::UnknownReason::TimedOut);
}

TEST_CASE("a registry that contradicts itself is written without the claim that is contradicted") {
  value::Evidence evidence = decoded(
      "polc_snapshot: 1\nregistry: {'HKLM\\SOFTWARE\\A': absent, 'HKLM\\SOFTWARE\\B': {subkeys_complete: "
      "true}}\n");
  for (const char* path : {"HKLM\\SOFTWARE\\A\\X", "HKLM\\SOFTWARE\\B\\X"}) {
    value::RegistryKeyEvidence key;
    key.path = path;
    key.presence = value::Reading<bool>::of(true);
    evidence.registry.emplace(value::folded(path), key);
  }
  const auto again = decoded(write_snapshot(evidence, {}).text);
  CHECK(again.registry.size() == 4);
  CHECK(again.registry.at(value::folded("HKLM\\SOFTWARE\\A")).presence.unknown.reason ==
        value::UnknownReason::Conflict);
  CHECK_FALSE(again.registry.at(value::folded("HKLM\\SOFTWARE\\B")).subkeys_complete);
}

TEST_CASE("a key of another control set is not written under the name of the current one") {
  value::Evidence evidence;
  for (const char* path : {"HKLM\\SYSTEM\\ControlSet001\\X", "HKLM\\SYSTEM\\CurrentControlSet\\X"}) {
    value::RegistryKeyEvidence key;
    key.path = path;
    key.presence = path[13] == 'o' ? value::Reading<bool>::absent() : value::Reading<bool>::of(true);
    evidence.registry.emplace(value::folded(path), key);
  }
  const auto again = decoded(write_snapshot(evidence, {}).text);
  CHECK(again.registry.size() == 1);
}

TEST_CASE("only what a slice names is written, and always the host") {
  const auto evidence = decoded(
      "polc_snapshot: 1\nhost: {name: one}\nservices: {W: absent}\n"
      "registry: {'HKLM\\SOFTWARE\\A': absent, 'HKLM\\SOFTWARE\\B': absent}\n");
  PlanSlice slice;
  slice.add(value::EvidenceSection::Registry);
  slice.add_registry_key(value::folded("HKLM\\SOFTWARE\\B"));
  const auto again = decoded(write_snapshot(evidence, {.slice = &slice}).text);
  CHECK(again.host.name.value == "one");
  CHECK_FALSE(again.services.collected);
  CHECK(again.registry.size() == 1);
  CHECK(again.registry.count(value::folded("HKLM\\SOFTWARE\\B")) == 1);
}

TEST_CASE("absent in the account policy is for policies alone") {
  value::Evidence evidence;
  evidence.account_policy.min_length = value::Reading<value::Integer>::absent();
  CHECK(decoded(write_snapshot(evidence, {}).text).account_policy.min_length.status ==
        value::FactStatus::Unknown);
  evidence.layer = value::Layer::Policy;
  CHECK(decoded(write_snapshot(evidence, {}).text).account_policy.min_length.status ==
        value::FactStatus::Absent);
}

TEST_CASE("secrets of the registry are withheld, and their neighbours are not") {
  struct Row {
    const char* key;
    const char* name;
    const char* data;
    bool secret;
  };
  const Row rows[] = {
      {"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon", "DefaultPassword", "'x'", true},
      {"HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon", "defaultpassword", "7",
       true},
      {"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon", "CachedLogonsCount", "'10'", false},
      {"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon", "DefaultUserName", "'x'", false},
      {"HKLM\\SECURITY\\Policy\\Secrets\\_SC_MySQL\\CurrVal", "''", "{binary: '00'}", true},
      {"HKLM\\SECURITY\\Policy\\PolEKList", "''", "{binary: '00'}", true},
      {"HKLM\\SECURITY\\Policy\\PolAdtEv", "''", "{binary: '00'}", false},
      {"HKLM\\SECURITY\\Cache", "NL$1", "{binary: '00'}", true},
      {"HKLM\\SAM\\SAM\\Domains\\Account\\Users\\000001F4", "V", "{binary: '00'}", true},
      {"HKLM\\SAM\\SAM\\Domains\\Account\\Users\\000001F4", "F", "{binary: '00'}", true},
      {"HKLM\\SAM\\SAM\\Domains\\Account", "F", "{binary: '00'}", true},
      {"HKLM\\SAM\\SAM\\Domains\\Account\\Users\\Names\\Guest", "''", "{type: 501, data: ''}", false},
      {"HKLM\\SOFTWARE\\LabTech\\Service", "ServerPassword", "'AbCd=='", true},
      {"HKLM\\SOFTWARE\\TightVNC\\Server", "Password", "{binary: '0011223344556677'}", true},
      {"HKLM\\SOFTWARE\\X", "PasswordComplexity", "1", false},
      {"HKLM\\SOFTWARE\\X", "Password", "''", false},
      {"HKLM\\SOFTWARE\\X", "Connection", "'Server=db;Uid=sa;Pwd = hunter2;'", true},
      {"HKLM\\SOFTWARE\\X", "Connection", "[a, 'password=hunter2']", true},
      {"HKLM\\SOFTWARE\\X", "Connection", "'Server=db;Password=;'", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.key, row.name, row.data);
    const std::string body = std::string("polc_snapshot: 1\nregistry: {'") + row.key +
                             "': {complete: true, values: {" + row.name + ": " + row.data + "}}}\n";
    const auto written = write_snapshot(decoded(body), {});
    const auto again = decoded(written.text);
    const auto& key = again.registry.begin()->second;
    CHECK(key.values_complete);
    REQUIRE(key.values.size() == 1);
    const auto& data = key.values.begin()->second.data;
    CHECK(data.present() != row.secret);
    CHECK(written.withheld == (row.secret ? 1U : 0U));
    if (row.secret) CHECK(data.unknown.detail == "a secret, withheld");
    CHECK((written.text.find("hunter2") == std::string::npos));
  }
}

TEST_CASE("secrets of configuration files are withheld line by line") {
  const std::pair<const char*, const char*> rows[] = {
      {"<p userName='u' password='secret'/>", "<p userName='u' password='[withheld]'/>"},
      {"<p password=\"[enc:AesProvider:abc:enc]\" a=\"1\"/>", "<p password=\"[withheld]\" a=\"1\"/>"},
      {"<p password=''/>", "<p password=''/>"},
      {"<c passwordFormat=\"SHA1\" enablePasswordReset='true'/>",
       "<c passwordFormat=\"SHA1\" enablePasswordReset='true'/>"},
      {"<add key='DbPassword' value='x'/>", "<add key='DbPassword' value='[withheld]'/>"},
      {"<add value='x' name = 'DB_PASSWORD'/>", "<add value='[withheld]' name = 'DB_PASSWORD'/>"},
      {"<add key='Theme' value='x'/>", "<add key='Theme' value='x'/>"},
      {"<add connectionString='Server=db;Pwd=x'/>", "<add connectionString='[withheld]'/>"},
      {"<add connectionString='Server=db'/>", "<add connectionString='Server=db'/>"},
      {"<machineKey validationKey='AutoGenerate,IsolateApps' decryptionKey='AB12'/>",
       "<machineKey validationKey='AutoGenerate,IsolateApps' decryptionKey='[withheld]'/>"},
      {"<add name='AesProvider' sessionKey='AQIA'/>", "<add name='AesProvider' sessionKey='[withheld]'/>"},
      {"<e><CipherValue>AQ\r\nAA</CipherValue></e>", "<e><CipherValue>[withheld]\n</CipherValue></e>"},
      {"<a><!-- <p password='old'/> a > b --><b/></a>",
       "<a><!-- <p password='[withheld]'/> a > b --><b/></a>"},
      {"<a b='x > y'\r\n  password\r\n= 'se\ncret'/>", "<a b='x > y'\n  password\n= '[withheld]\n'/>"},
      {"<?xml version='1.0'?><a><![CDATA[<p password='x'/>]]></a>",
       "<?xml version='1.0'?><a><![CDATA[<p password='[withheld]'/>]]></a>"},
  };
  for (const auto& [xml, expected] : rows) {
    CAPTURE(xml);
    CHECK(snapshot::without_secrets(xml).value_or("refused") == expected);
  }
  CHECK_FALSE(snapshot::without_secrets("<a password='x'"));
}

TEST_CASE("a configuration file that is not XML is unreadable: its secrets cannot be told") {
  value::Evidence evidence;
  evidence.iis.files.collected = true;
  evidence.iis.files.rows.push_back(
      {"applicationHost.config", value::Reading<std::string>::of("<a password='x'"), 0});
  const auto again = decoded(write_snapshot(evidence, {}).text);
  CHECK(again.iis.files.rows.at(0).xml.unknown.reason == value::UnknownReason::Corrupt);
}

TEST_CASE("the exact length of a secret is not written") {
  value::Evidence evidence;
  evidence.passwords.collected = true;
  value::PasswordRow row;
  row.name = "root";
  row.owner = "DBA";
  row.date = value::Date{20'000};
  row.length = value::Number::exactly(value::Integer::of(12));
  evidence.passwords.rows.push_back(row);
  const auto again = decoded(write_snapshot(evidence, {}).text);
  CHECK(*again.passwords.rows.at(0).length == value::Number::at_least(value::Integer::of(12)));
}
