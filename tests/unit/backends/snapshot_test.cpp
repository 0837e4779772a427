// Whole snapshots: the documented example, its JSON twin, truncations, the example hosts, recognition, slices.
#include "runtime/backends/snapshot/snapshot.hpp"

#include <nlohmann/json.hpp>
#include <string>

#include "runtime/base/limits.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/unit/backends/evidence_text.hpp"
#include "tests/unit/backends/example.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/formats/reading.hpp"

using namespace polc;
using namespace polc::backends;
using value::EvidenceSection;

namespace {

struct Outcome {
  std::optional<value::Evidence> evidence;
  std::string diagnostics;
};

Outcome load(const std::string& text, const std::string& name = "host.yaml",
             const PlanSlice* slice = nullptr) {
  base::DiagnosticSink sink;
  Outcome out;
  auto pieces = collect({.file = 1, .name = name, .bytes = text}, {.slice = slice}, sink);
  if (pieces) out.evidence = std::move(pieces->front());
  out.diagnostics = formats::shown(sink, text);
  return out;
}

bool all_lines_in(const std::string& part, const std::string& whole) {
  std::istringstream lines(part);
  for (std::string line; std::getline(lines, line);) {
    if (whole.find(line + "\n") == std::string::npos) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("the documented example is a snapshot and fills every section") {
  const Outcome out = load(example_yaml());
  REQUIRE(out.diagnostics == "");
  REQUIRE(out.evidence);
  const value::Evidence& e = *out.evidence;
  CHECK(e.backend == "snapshot");
  CHECK(e.target == "host.yaml");
  CHECK(e.layer == value::Layer::Effective);
  CHECK(e.collected_at == 1795161600);
  CHECK(e.host.name.value == "AUTOMATE01");
  CHECK(e.host.domain.status == value::FactStatus::Absent);
  CHECK(e.host.variables.at("SYSTEMROOT") == "C:\\Windows");
  CHECK(e.registry_collected);
  for (const bool collected : {e.users.collected,
                               e.user_rights.collected,
                               e.audit_policy.collected,
                               e.services.collected,
                               e.local_groups.collected,
                               e.accounts.collected,
                               e.names.collected,
                               e.tcp_listeners.collected,
                               e.udp_listeners.collected,
                               e.firewall.profiles.collected,
                               e.firewall.policy_rules.collected,
                               e.firewall.local_rules.collected,
                               e.file_security.collected,
                               e.key_security.collected,
                               e.shares.collected,
                               e.iis.files.collected,
                               e.http.collected,
                               e.exposure.collected,
                               e.attestations.collected,
                               e.passwords.collected,
                               e.windows_features.collected,
                               e.volumes.collected}) {
    CHECK(collected);
  }
  CHECK(e.certificates.at("MY").rows.size() == 1);
}

TEST_CASE("facts remember the line and column of the snapshot that states them") {
  const Outcome out = load("polc_snapshot: 1\nregistry:\n  'HKLM\\A':\n    values: {\xc3\xa4: 1, X: 2}\n");
  REQUIRE(out.evidence);
  const auto& data = out.evidence->registry.at("HKLM\\A").values.at("X").data;
  const value::Origin& origin = out.evidence->origins.at(data.origin);
  CHECK(origin.backend == "snapshot");
  CHECK(origin.file == "host.yaml");
  CHECK(origin.line == 4);
  CHECK(origin.column == 23);
}

TEST_CASE("a configuration file in a literal block begins in the line below, others where they stand") {
  const auto place = [](const std::string& text) {
    const Outcome out = load("polc_snapshot: 1\niis:\n  files:\n    web.config: " + text + "\n");
    REQUIRE(out.evidence);
    const value::Origin& origin = out.evidence->origins.at(out.evidence->iis.files.rows.at(0).xml.origin);
    return std::to_string(origin.line) + ':' + std::to_string(origin.column);
  };
  CHECK(place("|\n      <a/>") == "5:0");
  CHECK(place("|2-  # chomped\n\n        <a/>") == "5:0");
  CHECK(place(">\n      <a/>") == "4:17");
  CHECK(place("'<a/>'") == "4:17");
  CHECK(place("absent") == "4:17");
}

TEST_CASE("YAML and JSON say the same") {
  for (const std::string& yaml :
       {example_yaml(), file_text("policies/hosts/hardened.yaml"),
        file_text("policies/hosts/fresh-install.yaml"), file_text("policies/hosts/partial.yaml")}) {
    const Outcome from_yaml = load(yaml);
    const Outcome from_json = load(as_json(yaml), "host.json");
    REQUIRE(from_yaml.diagnostics == "");
    REQUIRE(from_json.diagnostics == "");
    CHECK(evidence_text(*from_yaml.evidence) == evidence_text(*from_json.evidence));
  }
}

TEST_CASE("a truncated snapshot never claims more than the whole") {
  const std::string yaml = example_yaml();
  const std::string claims = completeness_claims(*load(yaml).evidence);
  CHECK(claims.find("services is complete\n") != std::string::npos);
  // At the end of every line, and at every seventh byte: all of them take a minute without optimisation.
  for (std::size_t size = 0; size < yaml.size(); ++size) {
    if (yaml[size] != '\n' && size % 7 != 0) continue;
    const Outcome out = load(yaml.substr(0, size));
    if (!out.evidence) continue;
    CAPTURE(size);
    CHECK(all_lines_in(completeness_claims(*out.evidence), claims));
  }
}

TEST_CASE("no truncation of a JSON snapshot is taken for the whole") {
  const std::string json =
      as_json("polc_snapshot: 1\nregistry:\n  'HKLM\\A': {complete: true, values: {X: 1}}\n");
  REQUIRE(load(json, "host.json").evidence);
  for (std::size_t size = 0; size < json.size(); ++size)
    CHECK_FALSE(load(json.substr(0, size), "host.json").evidence);
}

TEST_CASE("targets are recognised by their content") {
  const auto backend_of = [](const std::string& name, const std::string& text) {
    const Backend* backend = recognise({.file = 1, .name = name, .bytes = text});
    return backend == nullptr ? "none" : std::string(backend->name());
  };
  CHECK(backend_of("a.txt", "polc_snapshot: 1\n") == "snapshot");
  CHECK(backend_of("a.yaml", "# hello\n---\npolc_snapshot : 1\n") == "snapshot");
  CHECK(backend_of("a.yaml", "\xef\xbb\xbfpolc_snapshot: 1\n") == "snapshot");
  CHECK(backend_of("a.json", "{\"host\": {}, \"polc_snapshot\": 1}") == "snapshot");
  CHECK(backend_of("a.json", "{\"polc_attestations\":1}") == "attestations");
  CHECK(backend_of("a.yaml", "polc_attestations: 1\nattestations: [{note: see polc_snapshot}]\n") ==
        "attestations");
  CHECK(backend_of("a.yaml", "host: {name: A}\n") == "none");
  CHECK(backend_of("a.yaml", "# polc_snapshot is not here\n") == "none");
  CHECK(load("host: {name: A}\n").diagnostics ==
        "1:1 POL3530 'host.yaml' is no evidence that this version can read");
  CHECK(load(std::string("p\0o\0l\0c\0", 8)).diagnostics == "1:1 POL3502 the file is UTF-16");
  CHECK(load("").diagnostics == "1:1 POL3530 'host.yaml' is no evidence that this version can read");
}

TEST_CASE("snapshots are versioned") {
  CHECK(load("polc_snapshot: 2\n").diagnostics == "1:16 POL3531 polc_snapshot version 2 is not known");
  CHECK(load("polc_snapshot: '1'\n").diagnostics ==
        "1:16 POL3534 'polc_snapshot' must be the number 1, not a text");
  // What a newer version means by its keys is not guessed at.
  CHECK(load("polc_snapshot: 2\nnew_section: 1\n").diagnostics ==
        "1:16 POL3531 polc_snapshot version 2 is not known");
}

TEST_CASE("attestation files hold attestations and nothing else") {
  const std::string row = "  - {key: a.b, answer: yes, owner: Ops, date: 2026-10-01, host: 'lt*'}\n";
  const Outcome out = load("polc_attestations: 1\nattestations:\n" + row, "signed.yaml");
  REQUIRE(out.diagnostics == "");
  CHECK(out.evidence->backend == "attestations");
  REQUIRE(out.evidence->attestations.rows.size() == 1);
  CHECK(out.evidence->attestations.rows[0].answer);
  CHECK(out.evidence->attestations.rows[0].host_glob == "lt*");
  CHECK(load("polc_attestations: 1\nhost: {name: A}\nattestations: []\n").diagnostics ==
        "2:1 POL3532 'host' has no meaning in an attestation file");
  CHECK(load("polc_attestations: 1\n").diagnostics == "1:1 POL3533 an attestation file needs 'attestations'");
}

TEST_CASE("a slice leaves sections and registry keys of JSON undecoded") {
  const std::string json = R"({"polc_snapshot": 1, "host": {"name": "A"}, "services": {"no such form": 1},
    "users": {"complete": true}, "registry": {"HKLM:\\SOFTWARE\\A": {"subkeys": ["B"]},
    "HKEY_LOCAL_MACHINE\\Software\\A\\B": {"values": {"X": 1}}, "HKLM\\SOFTWARE\\A\\B\\C": {},
    "HKLM\\SOFTWARE\\AB": {"values": {"X": 0.5}}, "HKU\\S-1-5-18\\X": {}}})";
  CHECK_FALSE(load(json, "host.json").evidence);
  PlanSlice slice;
  slice.add(EvidenceSection::Users);
  slice.add_registry_key("HKLM\\SOFTWARE\\A\\B");
  const Outcome out = load(json, "host.json", &slice);
  REQUIRE(out.diagnostics == "");
  CHECK(out.evidence->host.name.value == "A");
  CHECK(out.evidence->users.complete);
  CHECK_FALSE(out.evidence->services.collected);
  CHECK(out.evidence->registry.size() == 4);
  CHECK(out.evidence->registry.contains("HKU\\S-1-5-18\\X"));  // whose users the table may lack
  CHECK(out.evidence->registry.contains("HKLM\\SOFTWARE\\A"));
  CHECK(out.evidence->registry.contains("HKLM\\SOFTWARE\\A\\B\\C"));
}

TEST_CASE("a slice knows what stands above and below a key, and whose hives a user key means") {
  PlanSlice slice;
  CHECK_FALSE(slice.needs(EvidenceSection::Registry));
  slice.add_registry_key("HKLM\\SOFTWARE\\A\\B");
  CHECK(slice.needs(EvidenceSection::Registry));
  for (const char* key :
       {"HKLM", "HKLM\\SOFTWARE", "HKLM\\SOFTWARE\\A", "HKLM\\SOFTWARE\\A\\B", "HKLM\\SOFTWARE\\A\\B\\C"}) {
    CHECK(slice.needs_registry_key(key));
  }
  for (const char* key :
       {"HKLM\\SYSTEM", "HKLM\\SOFTWARE\\A\\BC", "HKLM\\SOFTWARE\\A B", "HKU\\S-1-5-18\\X"}) {
    CHECK_FALSE(slice.needs_registry_key(key));
  }
  CHECK_FALSE(slice.needs(EvidenceSection::Accounts));
  slice.add(EvidenceSection::Names);
  CHECK(slice.needs(EvidenceSection::Accounts));
  slice.add_registry_key("HKCU\\SOFTWARE\\X");
  CHECK(slice.needs_registry_key("HKU\\S-1-5-18\\X"));
}

TEST_CASE("the schema covers every section and closes every object of the form") {
  const auto schema = nlohmann::json::parse(snapshot_schema());
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  CHECK(schema["additionalProperties"] == false);
  for (int i = 0; i <= static_cast<int>(EvidenceSection::Volumes); ++i) {
    const std::string name(value::section_name(static_cast<EvidenceSection>(i)));
    CAPTURE(name);
    REQUIRE(schema["properties"].contains(name));
    CHECK(schema["properties"][name]["description"].get<std::string>().size() > 10);
  }
  CHECK(schema["properties"].size() == static_cast<std::size_t>(EvidenceSection::Volumes) + 4);
  const std::string text = schema.dump();
  for (const char* word : {"SeTcbPrivilege", "Credential Validation", "automatic_delayed", "server_core",
                           "filtered", "access denied", "until_unlocked", "FullControl", "subfolders"}) {
    CAPTURE(word);
    CHECK(text.find(word) != std::string::npos);
  }
}

TEST_CASE("files above the limit are refused by size") {
  CHECK(target_size_limit() == limits::kTargetBytes);
  std::string text = "{\"polc_snapshot\": 1";
  text.resize(limits::kSnapshotBytes + 1, ' ');
  CHECK(load(text, "host.json").diagnostics ==
        "1:1 POL3500 the file has 134217729 bytes; at most 134217728 are read");
}
