// Every diagnostic of data files and snapshots, shown once in full: message and hint.
#include <set>
#include <string>

#include "runtime/backends/backend.hpp"
#include "runtime/backends/snapshot/snapshot.hpp"
#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;

namespace {

struct Row {
  std::uint16_t code;
  std::string text;
  const char* shown;  ///< message, or message [hint]
};

const std::string kHead = "polc_snapshot: 1\n";

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      {3500, std::string(limits::kYamlBytes + 1, ' '),
       "the file has 16777217 bytes; at most 16777216 are read [collect less, or write it as JSON]"},
      {3501, kHead + "layer: \xff\n", "byte 0xff is not UTF-8 [save the file as UTF-8]"},
      {3502, std::string("\xff\xfep\0", 4),
       "the file is UTF-16 [save it as UTF-8; in PowerShell: Set-Content -Encoding utf8]"},
      {3503, kHead + "layer: 'x\n", "this is not YAML: a quoted text that is not closed"},
      {3504, "{\"polc_snapshot\": 1,}", "this is not JSON: expected ',', ':', '}' or ']' between values"},
      {3505, kHead + "host: &x {}\n",
       "YAML anchors and aliases are not accepted [write the content out at each place]"},
      {3506, kHead + "host: !!map {}\n",
       "YAML tags such as tag:yaml.org,2002:map are not accepted [quote the value to make it a text]"},
      {3507, kHead + "---\n", "a second YAML document begins here [put it into a file of its own]"},
      {3508, kHead + "host: {}\nhost: {}\n", "'host' is given twice [keep one of the two]"},
      {3509, kHead + "host: " + nested(32) + "\n", "more than 32 levels of nesting"},
      {3512, kHead + "host: \x01\n",
       "control character U+0001 in a data file [write it with an escape in double quotes]"},
      {3513, "", "the file holds nothing"},
      {3514, kHead + "host: {build: 020348}\n",
       "'020348' begins with a zero [quote it if it is a text, or drop the zero]"},
      {3515, kHead + "? [a]\n: 1\n", "a key must be a word or a quoted text"},
      {3531, "polc_snapshot: 7\n",
       "polc_snapshot version 7 is not known [this version of polc reads version 1]"},
      {3532, kHead + "servcies: {}\n", "'servcies' has no meaning in a snapshot [did you mean 'services'?]"},
      {3533, kHead + "accounts: {A: {}}\n", "an account needs 'sid'"},
      {3534, kHead + "host: {os: 2022}\n", "'os' must be a text, not a number [put it into quotes]"},
      {3535, kHead + "host: {os: }\n",
       "nothing is written for 'os' [write absent if it was looked for and is not there; leave the key out "
       "if nobody "
       "looked]"},
      {3536, kHead + "host: {role: domain}\n",
       "'domain' is not known for 'role'; known are dc, member, workgroup"},
      {3537, kHead + "user_rights: {SeDebugPrivilige: []}\n",
       "'SeDebugPrivilige' is not the name of a user right [did you mean 'SeDebugPrivilege'?]"},
      {3538, kHead + "host: {build: -1}\n", "-1 is out of range for 'build': 0 to 4294967295"},
      {3539, kHead + "names: {A: S-1}\n", "'S-1' is not a SID such as S-1-5-32-544"},
      {3540, kHead + "services: {A: {}, a: {}}\n", "'a' is the same as 'A' to Windows [keep one of the two]"},
      {3541, kHead + "registry: {'HKLM\\A': absent, 'HKLM\\A\\B': {}}\n",
       "'HKLM\\A\\B' is recorded, but 'HKLM\\A' is absent"},
      {3542, kHead + "services: absent\n",
       "'services' cannot be absent [leave it out if nobody looked, or write {unreadable: REASON}]"},
      {3543, kHead + "services: {complete: true, unreadable: corrupt}\n",
       "'services' is said to be complete and unreadable [keep one of the two]"},
      {3544, kHead + "registry: {'HKCU\\A': {}}\n",
       "'HKCU\\A' does not say whose [write HKU\\<SID>\\..., or HKU\\Default\\... for the default profile]"},
      {3545, kHead + "account_policy: {lockout_threshold: 0}\n",
       "0 stands for 'never' in 'lockout_threshold' [write never]"},
      {3546, kHead + "file_security: {'C:\\A': {allow: {'CORP\\A': Read}}}\n",
       "no SID is known for 'CORP\\A' [write the SID, or list the name under 'names']"},
      {3547, kHead + "host: {os: {unreadable: time out}}\n",
       "'time out' is not a reason for not having read something; reasons are not collected, access denied, "
       "unsupported, corrupt, timed out, stale, conflict, overflow, budget, network not permitted, "
       "unresolved name, "
       "default unknown [did you mean 'timed out'?]"},
  };
  return all;
}

/// Reached only by files too large for a table row; tests/unit/formats has them. 3530 is not about a snapshot.
const std::set<std::uint16_t> kElsewhere{3510, 3511, 3530};

std::string shown(const base::Diagnostic& d) {
  const std::string hint = base::hint_of(d);
  return base::message_of(d) + (hint.empty() ? "" : " [" + hint + "]");
}

}  // namespace

TEST_CASE("every diagnostic of data files and snapshots, in full") {
  for (const Row& row : rows()) {
    CAPTURE(row.code);
    base::DiagnosticSink sink;
    const std::string name = row.text.starts_with("{") ? "a.json" : "a.yaml";
    const backends::Target target{.file = 1, .name = name, .bytes = row.text};
    CHECK_FALSE(snapshot_backend().collect(target, {}, sink));
    REQUIRE(sink.sorted().size() == 1);
    CHECK(sink.sorted()[0].code == row.code);
    CHECK(shown(sink.sorted()[0]) == row.shown);
  }
}

TEST_CASE("no diagnostic of data files and snapshots is without a row") {
  std::set<std::uint16_t> covered = kElsewhere;
  for (const Row& row : rows()) covered.insert(row.code);
  for (const base::DiagnosticInfo& info : base::diagnostic_registry()) {
    if (info.code < 3500 || info.code >= 3548) continue;
    CAPTURE(info.code, info.name);
    CHECK(covered.contains(info.code));
  }
}
