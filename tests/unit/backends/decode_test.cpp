// Forms and errors of snapshots, one row each.
#include <string>

#include "runtime/backends/backend.hpp"
#include "tests/unit/backends/evidence_text.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/formats/reading.hpp"

using namespace polc;
using namespace polc::backends;

namespace {

/// Evidence of the YAML text below `polc_snapshot: 1`, or what is wrong with it.
std::string decoded(const std::string& body) {
  const std::string text = "polc_snapshot: 1\n" + body;
  base::DiagnosticSink sink;
  const auto evidence = collect({.file = 1, .name = "host.yaml", .bytes = text}, {}, sink);
  return evidence && sink.empty() ? evidence_text(evidence->front()) : formats::shown(sink, text);
}

std::string hints(const std::string& body) {
  const std::string text = "polc_snapshot: 1\n" + body;
  base::DiagnosticSink sink;
  collect({.file = 1, .name = "host.yaml", .bytes = text}, {}, sink);
  std::string out;
  for (const base::Diagnostic& d : sink.sorted()) out += base::hint_of(d);
  return out;
}

/// The line of the evidence that begins with `name`; everything when there is none.
std::string line_of(const std::string& body, const std::string& name) {
  const std::string all = decoded(body);
  const std::size_t begin = all.find(name + " | ");
  return begin == std::string::npos ? all : all.substr(begin, all.find('\n', begin) - begin);
}

std::string value_of(const std::string& written) {
  return line_of("registry:\n  'HKLM\\K': {values: {V: " + written + "}}\n", "HKLM\\K @ V");
}

}  // namespace

TEST_CASE("forms of a registry value") {
  const std::pair<const char*, const char*> rows[] = {
      {"0", "= type4/0 0"},
      {"0x1F", "= type4/0 31"},
      {"4294967295", "= type4/0 4294967295"},
      {"'1'", "= type1/0 \"1\""},
      {"yes", "= type1/0 \"yes\""},
      {"10.0", "= type1/0 \"10.0\""},
      {"''", "= type1/0 \"\""},
      {"[]", "= type6/0 []"},
      {"['']", "= type6/0 [\"\"]"},
      {"[a, 'b c']", "= type6/0 [\"a\", \"b c\"]"},
      {"{dword: 7}", "= type4/0 7"},
      {"{qword: 18446744073709551615}", "= type5/0 18446744073709551615"},
      {"{sz: absent}", "= type1/0 \"absent\""},
      {"{expand_sz: '%windir%'}", "= type2/0 \"%windir%\""},
      {"{multi_sz: [x]}", "= type6/0 [\"x\"]"},
      {"{mistyped: 'a: b'}", "mistyped not collected: a: b"},
      {"{binary: '00 fF,10'}", "= type3/0 00ff10"},
      {"{binary: ''}", "= type3/0 "},
      {"{none: '01'}", "= type0/0 01"},
      {"{type: 8, data: '0102'}", "= type7/8 0102"},
      {"absent", "absent"},
      {"'absent'", "= type1/0 \"absent\""},
      {"{absent: true}", "absent"},
      {"{unreadable: access denied}", "unknown access denied: "},
      {"{unreadable: 'corrupt: bad length: 3'}", "unknown corrupt: bad length: 3"},
  };
  for (const auto& [written, expected] : rows) {
    CAPTURE(written);
    CHECK(value_of(written) == "HKLM\\K @ V | \"V\" | " + std::string(expected));
  }
}

TEST_CASE("every reason for not having read something") {
  for (const char* reason :
       {"not collected", "access denied", "unsupported", "corrupt", "timed out", "stale", "conflict",
        "overflow", "budget", "network not permitted", "unresolved name", "default unknown"}) {
    const std::string fact = "{unreadable: '" + std::string(reason) + ": x'}";
    CHECK(value_of(fact) == "HKLM\\K @ V | \"V\" | unknown " + std::string(reason) + ": x");
    CHECK(line_of("services: " + fact + "\n", "services") ==
          "services | true | false | " + std::string(reason) + ": x");
  }
}

TEST_CASE("registry values that are refused") {
  const std::pair<const char*, const char*> rows[] = {
      {"4294967296", "POL3538 4294967296 is out of range for a DWORD: 0 to 4294967295"},
      {"-1", "POL3538 -1 is out of range for a DWORD: 0 to 4294967295"},
      {"{qword: 18446744073709551616}",
       "POL3538 18446744073709551616 is out of range for a QWORD: 0 to 18446744073709551615"},
      {"true", "POL3534 a registry value must be a number, a text or a list, not true or false"},
      {"", "POL3535 nothing is written for a registry value"},
      {"~", "POL3535 nothing is written for a registry value"},
      {"[1]", "POL3534 a registry list of texts must be a text, not a number"},
      {"{dwrd: 1}", "POL3532 'dwrd' has no meaning in a registry value"},
      {"{dword: '1'}", "POL3534 a DWORD must be a number, not a text"},
      {"{sz: 1}", "POL3534 a registry text must be a text, not a number"},
      {"{binary: '0'}", "POL3539 '0' is not binary data"},
      {"{binary: '0 0'}", "POL3539 '0 0' is not binary data"},
      {"{binary: 'xy'}", "POL3539 'xy' is not binary data"},
      {"{binary: 12}", "POL3534 binary data must be a text of hexadecimal digits, not a number"},
      {"{dword: 1, qword: 2}", "POL3532 'dword' has no meaning in a registry value with a type number"},
      {"{}", "POL3534 a registry value must be a number, a text, a list or one {type: value}, not a mapping"},
      {"{unreadable: denied}",
       "POL3547 'denied' is not a reason for not having read something; reasons are not collected, access "
       "denied, "
       "unsupported, corrupt, timed out, stale, conflict, overflow, budget, network not permitted, "
       "unresolved name, "
       "default unknown"},
      {"{unreadable: true}", "POL3534 'unreadable' must be a text with the reason, not true or false"},
      {"{absent: false}", "POL3532 'absent' has no meaning in a registry value"},
  };
  for (const auto& [written, expected] : rows) {
    CAPTURE(written);
    const std::string shown = value_of(written);
    CHECK(shown.substr(shown.find("POL")) == expected);
    CHECK(shown.substr(0, 2) == "3:");
  }
}

TEST_CASE("registry keys: one spelling, closure, and no contradictions") {
  const std::pair<std::string, std::string> refused[] = {
      {"  'HKLM\\Software\\A': {}\n  'HKEY_LOCAL_MACHINE\\SOFTWARE\\a\\': {}\n",
       "4:3 POL3540 'HKEY_LOCAL_MACHINE\\SOFTWARE\\a\\' is the same as 'HKLM\\Software\\A' to Windows"},
      {"  'HKLM\\SYSTEM\\ControlSet001\\A': {}\n  'HKLM\\SYSTEM\\CurrentControlSet\\A': {}\n",
       "4:3 POL3540 'HKLM\\SYSTEM\\CurrentControlSet\\A' is the same as 'HKLM\\SYSTEM\\ControlSet001\\A' to "
       "Windows"},
      {"  'HKLM\\A': {values: {x: 1, X: 2}}\n", "3:29 POL3540 'X' is the same as 'x' to Windows"},
      {"  'HKLM\\A': {values: {'': 1, (Default): 2}}\n",
       "3:30 POL3540 '(Default)' is the same as '' to Windows"},
      {"  'HKLM\\A': {subkeys: [b, B]}\n", "3:27 POL3540 'B' is the same as 'b' to Windows"},
      {"  'HKLM\\A': {subkeys: ['b\\c']}\n", "3:24 POL3539 'b\\c' is not the name of one subkey"},
      {"  'HKCU\\Software\\A': {}\n", "3:3 POL3544 'HKCU\\Software\\A' does not say whose"},
      {"  'HKLN\\Software\\A': {}\n", "3:3 POL3539 'HKLN\\Software\\A' is not the path of a registry key"},
      {"  'HKLM\\A': 1\n", "3:13 POL3534 a registry key must be a mapping, not a number"},
      {"  'HKLM\\A':\n", "3:11 POL3535 nothing is written for a registry key"},
      {"  'HKLM\\A': {complet: true}\n", "3:14 POL3532 'complet' has no meaning in a registry key"},
      {"  'HKLM\\A': {complete: yes}\n", "3:24 POL3534 'complete' must be true or false, not a text"},
      {"  'HKLM\\A': absent\n  'HKLM\\A\\B\\C': {}\n",
       "4:3 POL3541 'HKLM\\A\\B\\C' is recorded, but 'HKLM\\A' is absent"},
      {"  'HKLM\\A': {subkeys: [X], subkeys_complete: true}\n  'HKLM\\A\\x\\y': {}\n  'HKLM\\A\\B\\C': {}\n",
       "5:3 POL3541 'HKLM\\A\\B\\C' is recorded, but the complete list of subkeys of 'HKLM\\A' lacks it"},
  };
  for (const auto& [body, expected] : refused) {
    CAPTURE(body);
    CHECK(decoded("registry:\n" + body) == expected);
  }
  CHECK(hints("registry:\n  'HKLN\\A': {}\n") == "did you mean HKLM?");
  // Not contradictions: what is absent or unreadable below an absent key, and names that only begin alike.
  CHECK(
      decoded("registry:\n  'HKLM\\A': absent\n  'HKLM\\A\\B': absent\n  'HKLM\\A\\C': {unreadable: stale}\n"
              "  'HKLM\\A B': {}\n  'HKLM\\AB': {}\n")
          .find("POL") == std::string::npos);
  const std::string deepest = "HKLM" + [] {
    std::string path;
    for (int i = 0; i < 512; ++i) path += "\\a";
    return path;
  }();
  CHECK(decoded("registry:\n  ? '" + deepest + "'\n  : {}\n").find("POL") == std::string::npos);
  CHECK(decoded("registry:\n  ? '" + deepest + "\\a'\n  : {}\n").find("POL3539") != std::string::npos);
}

TEST_CASE("a key says whether it exists, and which of its lists are closed") {
  const std::string body =
      "registry:\n  'HKLM\\A': {complete: true, subkeys_complete: true}\n  'HKLM\\B': {unreadable: access "
      "denied}\n"
      "  'HKLM\\C': {values: {X: 1}}\n  'HKLM\\D': absent\n";
  CHECK(line_of(body, "HKLM\\A") == "HKLM\\A | \"HKLM\\A\" | = true");
  CHECK(line_of(body, "HKLM\\B") == "HKLM\\B | \"HKLM\\B\" | unknown access denied: ");
  CHECK(line_of(body, "HKLM\\D") == "HKLM\\D | \"HKLM\\D\" | absent");
  const std::string all = decoded(body);
  CHECK(all.find("values of HKLM\\A is complete") != std::string::npos);
  CHECK(all.find("subkeys of HKLM\\A is complete") != std::string::npos);
  CHECK(all.find("HKLM\\C is complete") == std::string::npos);
}

TEST_CASE("keys and words that a snapshot does not have") {
  const std::pair<const char*, const char*> rows[] = {
      {"hots: {}\n", "2:1 POL3532 'hots' has no meaning in a snapshot"},
      {"host: {nmae: A}\n", "2:8 POL3532 'nmae' has no meaning in 'host'"},
      {"host: {role: domain controller}\n",
       "2:14 POL3536 'domain controller' is not known for 'role'; known are dc, member, workgroup"},
      {"host: {build: '20348'}\n", "2:15 POL3534 'build' must be a number, not a text"},
      {"host: {name: 12}\n", "2:14 POL3534 'name' must be a text, not a number"},
      {"host: {name: absent}\n", "2:14 POL3542 'name' cannot be absent"},
      {"host: {name: ''}\n", "2:14 POL3539 '' is not a text for 'name'"},
      {"host: {domain_sid: S-1-5-x}\n", "2:20 POL3539 'S-1-5-x' is not a SID such as S-1-5-32-544"},
      {"host: {addresses: [10.0.0.1]}\n",
       "2:20 POL3539 '10.0.0.1' is not an IP address with its prefix such as 10.20.0.5/24"},
      {"host: {variables: {A: x, a: y}}\n", "2:26 POL3540 'a' is the same as 'A' to Windows"},
      {"host: [1]\n", "2:7 POL3534 'host' must be a mapping, not a list"},
      {"layer: Policy\n", "2:8 POL3536 'Policy' is not known for 'layer'; known are policy, effective"},
      {"collected: {at: 2026-13-01T00:00:00Z}\n",
       "2:17 POL3539 '2026-13-01T00:00:00Z' is not a time such as 2026-11-20T08:00:00Z, in UTC"},
      {"collected: {at: 2026-11-20 08:00}\n",
       "2:17 POL3539 '2026-11-20 08:00' is not a time such as 2026-11-20T08:00:00Z, in UTC"},
      {"user_rights: {SeTcbPrivilge: []}\n", "2:15 POL3537 'SeTcbPrivilge' is not the name of a user right"},
      {"user_rights: {SeTcbPrivilege: Administrators}\n",
       "2:31 POL3534 'SeTcbPrivilege' must be a list, not a text"},
      {"user_rights: {SeTcbPrivilege: [], setcbprivilege: []}\n",
       "2:35 POL3540 'setcbprivilege' is the same as 'SeTcbPrivilege' to Windows"},
      {"user_rights: absent\n", "2:14 POL3542 'user_rights' cannot be absent"},
      {"audit_policy: {Logn: [success]}\n", "2:16 POL3537 'Logn' is not the name of an audit subcategory"},
      {"audit_policy: {Logon: [succes]}\n",
       "2:24 POL3536 'succes' is not known for 'Logon'; known are success, failure"},
      {"audit_policy: {Logon: [], 0CCE9215-69AE-11D9-BED3-505054503030: []}\n",
       "2:27 POL3540 '0CCE9215-69AE-11D9-BED3-505054503030' is the same as 'Logon' to Windows"},
      {"services: {A: {state: on}}\n",
       "2:23 POL3536 'on' is not known for 'state'; known are stopped, start_pending, stop_pending, running, "
       "continue_pending, pause_pending, paused"},
      {"services: {A: {}, a: {}}\n", "2:19 POL3540 'a' is the same as 'A' to Windows"},
      {"services: {complete: 1}\n", "2:22 POL3534 'complete' must be true or false, not a number"},
      {"services: {complete: true, unreadable: stale}\n",
       "2:11 POL3543 'services' is said to be complete and unreadable"},
      {"accounts: {A: {enabled: true}}\n", "2:15 POL3533 an account needs 'sid'"},
      {"users: {nobody: {}}\n", "2:9 POL3539 'nobody' is not a SID such as S-1-5-32-544"},
      {"users: {Default: {hive: loaded}}\n",
       "2:25 POL3534 'hive' must be the word readable, or {unreadable: REASON}, not a text"},
      {"listeners: {tcp: {items: [{port: 65536, address: 0.0.0.0}]}}\n",
       "2:34 POL3538 65536 is out of range for 'port': 0 to 65535"},
      {"listeners: {tcp: {items: [{port: 1}]}}\n", "2:27 POL3533 a listener needs 'address'"},
      {"listeners: {tcp: {items: [{port: 1, address: 1.2.3}]}}\n",
       "2:46 POL3539 '1.2.3' is not an IP address such as 127.0.0.1 or ::1"},
      {"listeners: {tcp: {items: [{port: 1, address: 10.0.0.0/8}]}}\n",
       "2:46 POL3539 '10.0.0.0/8' is not an IP address such as 127.0.0.1 or ::1"},
      {"listeners: {tcp: {complete: true}}\n", "2:18 POL3533 'tcp' needs 'items'"},
      {"listeners: {tpc: {}}\n", "2:13 POL3532 'tpc' has no meaning in 'listeners'"},
      {"http: [{url: x, status: 200, at: 2026-01-01}]\n", "2:8 POL3533 a recorded answer needs 'vantage'"},
      {"http: [{url: x, vantage: a, at: 2026-01-01, status: 99}]\n",
       "2:53 POL3538 99 is out of range for 'status': 100 to 999"},
      {"exposure: {internet: {at: 2026-01-01, open: [443]}}\n",
       "2:46 POL3539 '443' is not a port such as 443/tcp or a range such as 70-74/udp"},
      {"exposure: {internet: {at: 2026-01-01, open: [70-74/udp], closed: [72/udp]}}\n",
       "2:67 POL3541 '72/udp' is recorded, but it was listed before for this vantage"},
      {"attestations: [{key: a, answer: true, owner: b, date: 2026-01-01}]\n",
       "2:33 POL3534 'answer' must be one of the words yes, no, not true or false"},
      {"attestations: [{key: a, answer: yes, date: 2026-02-30}]\n",
       "2:16 POL3533 an attestation needs 'owner'\n2:44 POL3539 '2026-02-30' is not a date such as "
       "2026-11-20"},
      {"passwords: {a: {length: 12, owner: b, date: 2026-01-01}}\n",
       "2:17 POL3532 'length' has no meaning in a password"},
      {"passwords: {a: {classes: [letters], owner: b, date: 2026-01-01}}\n",
       "2:27 POL3536 'letters' is not known for 'classes'; known are upper, lower, digit, symbol"},
      {"windows_features: {A: true}\n",
       "2:23 POL3534 'A' must be one of the words enabled, disabled, not true or false"},
      {"certificates: {My: {items: [{subject: a, issuer: b, thumbprint: c}]}}\n",
       "2:29 POL3533 a certificate needs 'not_after'"},
      {"iis: {file: {}}\n", "2:7 POL3532 'file' has no meaning in 'iis'"},
      {"iis: {files: {'inetpub\\web.config': absent}}\n",
       "2:15 POL3539 'inetpub\\web.config' is not applicationHost.config or the absolute path of a "
       "web.config"},
      {"iis: {files: {web.config: a, Web.Config: b}}\n",
       "2:30 POL3540 'Web.Config' is the same as 'web.config' to Windows"},
  };
  for (const auto& [body, expected] : rows) {
    CAPTURE(body);
    CHECK(decoded(body) == expected);
  }
}

TEST_CASE("hints say what to write instead") {
  CHECK(hints("hots: {}\n") == "did you mean 'host'?");
  CHECK(hints("host: {name: 12}\n") == "put it into quotes");
  CHECK(hints("host: {build: '20348'}\n") == "leave the quotes out");
  CHECK(hints("services: {complete: 'true'}\n") == "write true or false, without quotes");
  CHECK(hints("user_rights: {SeTcbPrivilge: []}\n") == "did you mean 'SeTcbPrivilege'?");
  CHECK(hints("registry: {'HKLM\\A': {values: {X: 4294967296}}}\n") == "write {qword: N} for a REG_QWORD");
  CHECK(hints("registry: {'HKLM\\A': {values: {X: true}}}\n") == "write 1 or 0, or quote the text");
  CHECK(hints("services: {unreadable: acces denied}\n") == "did you mean 'access denied'?");
  CHECK(hints("host: {name: absent}\n") == "leave it out if nobody looked, or write {unreadable: REASON}");
}

TEST_CASE("Windows' zeros and infinities in account policy") {
  const std::string all =
      "account_policy: {min_length: 0, complexity: false, history: 0, max_age: never, min_age: 0d, "
      "reversible_encryption: true, lockout_threshold: never, lockout_duration: until_unlocked, "
      "lockout_window: 15min}\n";
  CHECK(line_of(all, "account_policy") ==
        "account_policy | = 0 | = false | = 0 | = never | = 0 | = true | = never | = never | = 900");
  CHECK(line_of("account_policy: {lockout_duration: absent}\n", "account_policy")
            .ends_with("| absent | unknown not collected: "));
  CHECK(line_of("account_policy: {unreadable: stale}\n", "account_policy")
            .starts_with("account_policy | unknown stale:  | unknown"));
  const std::pair<const char*, const char*> refused[] = {
      {"max_age: 0d", "2:27 POL3545 0 stands for 'never' in 'max_age'"},
      {"lockout_threshold: 0", "2:37 POL3545 0 stands for 'never' in 'lockout_threshold'"},
      {"lockout_duration: 0min", "2:36 POL3545 0 stands for 'until_unlocked' in 'lockout_duration'"},
      {"max_age: 42",
       "2:27 POL3534 'max_age' must be a length of time such as 15min, 24h or 42d, not a number"},
      {"max_age: 42 days", "2:27 POL3539 '42 days' is not a length of time such as 15min, 24h or 42d"},
      {"min_length: -1", "2:30 POL3538 -1 is out of range for 'min_length': 0 to 4294967295"},
      {"min_length: absent", "2:30 POL3542 'min_length' cannot be absent"},
  };
  for (const auto& [body, expected] : refused) {
    CAPTURE(body);
    CHECK(decoded("account_policy: {" + std::string(body) + "}\n") == expected);
  }
}

TEST_CASE("tables: collected, complete, unreadable in whole or in part, missing") {
  CHECK(line_of("services: {}\n", "services") == "services | true | false | none");
  CHECK(line_of("host: {}\n", "services") == "services | false | false | none");
  CHECK(line_of("services: {unreadable: corrupt, A: {state: running}}\n", "services") ==
        "services | true | false | corrupt: ");
  CHECK(line_of("iis: absent\n", "iis") == "iis | true | true | none");
  CHECK(line_of("shares: absent\n", "shares") == "shares | true | true | none");
  CHECK(line_of("certificates: {Root: absent}\n", "store ROOT") == "store ROOT | true | true | none");
  CHECK(line_of("listeners: {unreadable: timed out}\n", "udp") == "udp | true | false | timed out: ");
  CHECK(line_of("firewall: {unreadable: stale}\n", "policy_rules") ==
        "policy_rules | true | false | stale: ");
  // Words of the form are lower case; a service can be called by any of them.
  CHECK(decoded("services: {Complete: {state: running}}\n").find("services | \"Complete\"") !=
        std::string::npos);
}

TEST_CASE("rows that are absent or unreadable as a whole") {
  CHECK(decoded("services: {A: absent}\n").find("services | \"A\" | absent | absent | absent") !=
        std::string::npos);
  CHECK(decoded("services: {A: {unreadable: stale}}\n")
            .find("| unknown stale:  | unknown stale:  | unknown stale: ") != std::string::npos);
  CHECK(decoded("local_groups: {A: absent}\n").find("local_groups | ~A | absent") != std::string::npos);
  CHECK(decoded("local_groups: {A: [B, S-1-5-18]}\n").find("local_groups | ~A | = [~B, S-1-5-18~]") !=
        std::string::npos);
  CHECK(decoded("file_security: {'C:\\A': absent}\n").find("file_security | \"C:\\A\" | absent | []") !=
        std::string::npos);
  CHECK(decoded("windows_features: {A: absent, B: disabled}\n").find("windows_features | \"B\" | = false") !=
        std::string::npos);
}

TEST_CASE("firewall rules: readable, raw, and raw with the name of its registry value") {
  const auto rule = [](const std::string& written) {
    return line_of("firewall: {local_rules: {items: [" + written + "]}}\n", "local_rules | false");
  };
  CHECK(rule("{name: a, direction: inbound, action: allow}") ==
        "local_rules | false | \"\" | \"a\" | \"\" | true | true | true | [] | none | [] | [] | [] | [] | [] "
        "| [] | "
        "\"\" | \"\" | false | false | false | false");
  CHECK(rule("{id: i, name: a, group: g, enabled: false, direction: outbound, action: block, profiles: "
             "[public], "
             "protocol: udp, local_ports: [70-74, 8002, RPC], remote_ports: 1, local_addresses: 10.0.0.1, "
             "remote_addresses: [10.0.0.0/8, LocalSubnet], interface_types: Lan, program: p, service: s, "
             "edge_traversal: true, other_conditions: true}") ==
        "local_rules | false | \"i\" | \"a\" | \"g\" | false | false | false | [profile2] | 17 | [\"70-74\", "
        "\"8002\", "
        "\"RPC\"] | [\"1\"] | [\"10.0.0.1\"] | [\"10.0.0.0/8\", \"LocalSubnet\"] | [\"Lan\"] | [] | \"p\" | "
        "\"s\" | "
        "true | false | false | true");
  const std::string raw = "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=443|Name=Web|";
  CHECK(rule("'" + raw + "'")
            .starts_with(
                "local_rules | false | \"\" | \"Web\" | \"\" | true | true | true | [] | 6 | [\"443\"]"));
  CHECK(rule("{id: x, rule: '" + raw + "'}").starts_with("local_rules | false | \"x\" | \"Web\""));
  CHECK(rule("{name: a, direction: inbound, action: allow, local_ports: any, remote_addresses: [Any]}") ==
        rule("{name: a, direction: inbound, action: allow}"));

  const std::pair<const char*, const char*> refused[] = {
      {"{name: a, action: allow}", "POL3533 a firewall rule needs 'direction'"},
      {"{name: a, direction: in, action: allow}",
       "POL3536 'in' is not known for 'direction'; known are inbound, outbound"},
      {"{name: a, direction: inbound, action: allow, ports: 1}",
       "POL3532 'ports' has no meaning in a firewall rule"},
      {"{name: a, direction: inbound, action: allow, local_ports: 74-70}",
       "POL3539 '74-70' is not a port, a range such as 70-74 or a keyword such as RPC"},
      {"{name: a, direction: inbound, action: allow, local_ports: 65536}",
       "POL3538 65536 is out of range for 'local_ports': 0 to 65535"},
      {"{name: a, direction: inbound, action: allow, remote_addresses: 10.0.0.300}",
       "POL3539 '10.0.0.300' is not an address, a prefix, a range or a keyword such as LocalSubnet"},
      {"{name: a, direction: inbound, action: allow, protocol: 256}",
       "POL3538 256 is out of range for 'protocol': 0 to 255"},
      {"{name: a, direction: inbound, action: allow, profiles: [all]}",
       "POL3536 'all' is not known for 'profiles'; known are domain, private, public"},
      {"{rule: 'v2.31|Action=Allow|', name: a}", "POL3532 'name' has no meaning in a firewall rule"},
      {"'Action=Allow'", "POL3539 'Action=Allow' is not a firewall rule as the registry keeps it"},
  };
  for (const auto& [written, expected] : refused) {
    CAPTURE(written);
    CHECK(rule(written).find(expected) != std::string::npos);
  }
}

TEST_CASE("firewall profiles: what is not set in the policy store is absent") {
  const std::string body =
      "firewall:\n  profiles:\n    policy: {public: {enabled: true, inbound: absent}, domain: absent}\n"
      "    local: {private: {inbound: block, outbound: allow}}\n";
  const std::string all = decoded(body);
  const std::string unread = "unknown not collected: ";
  CHECK(all.find("profiles | profile2 | true | = true | absent | " + unread) != std::string::npos);
  CHECK(all.find("profiles | profile0 | true | absent | absent | absent | absent | absent") !=
        std::string::npos);
  CHECK(all.find("profiles | profile1 | false | " + unread + " | = true | = false") != std::string::npos);
  CHECK(decoded("firewall: {profiles: {local: {home: {}}}}\n") ==
        "2:31 POL3536 'home' is not known for 'local'; known are domain, private, public");
  CHECK(decoded("firewall: {active: absent}\n") == "2:20 POL3542 'active' cannot be absent");
}

TEST_CASE("readable access lists become SDDL in the order Windows keeps") {
  const std::string head =
      "host: {name: SRV, domain_sid: S-1-5-21-1-2-3}\nnames: {'SRV\\joe': S-1-5-21-9-9-9-1001}\n";
  const auto sddl = [&](const std::string& written) {
    return line_of(head + "file_security: {'C:\\A': " + written + "}\n", "file_security | \"C:\\A\"");
  };
  const auto expected = [](const std::string& text) {
    return "file_security | \"C:\\A\" | = \"" + text + "\" | []";
  };
  CHECK(sddl("{allow: {}}") == expected("D:"));
  CHECK(sddl("{owner: Administrators, group: SYSTEM, protected: true, allow: {Everyone: Read}}") ==
        expected("O:S-1-5-32-544G:S-1-5-18D:P(A;OICI;0x20089;;;S-1-1-0)"));
  CHECK(sddl("{allow: {'SRV\\JOE': Modify, '.\\joe': 0x1}}") ==
        expected("D:(A;OICI;0x301bf;;;S-1-5-21-9-9-9-1001)(A;OICI;0x1;;;S-1-5-21-9-9-9-1001)"));
  CHECK(sddl("{allow: {Domain Admins: FullControl}}") == expected("D:(A;OICI;0xf01ff;;;S-1-5-21-1-2-3-512)"));
  CHECK(
      sddl("{allow: {Users: {rights: [Read, Write], inherited: true}, Everyone: Read}, deny: {Guests: "
           "Write}}") ==
      expected("D:(D;OICI;0x116;;;S-1-5-32-546)(A;OICI;0x20089;;;S-1-1-0)(A;OICIID;0x2019f;;;S-1-5-32-545)"));

  const std::pair<const char*, const char*> scopes[] = {
      {"[self]", ""},
      {"[self, subfolders]", "CI"},
      {"[self, files]", "OI"},
      {"[subfolders]", "CIIO"},
      {"[files]", "OIIO"},
      {"[subfolders, files]", "OICIIO"},
      {"[self, subfolders, files]", "OICI"},
  };
  for (const auto& [scope, flags] : scopes) {
    CHECK(sddl("{allow: {Everyone: {rights: 1, applies_to: " + std::string(scope) + "}}}") ==
          expected("D:(A;" + std::string(flags) + ";0x1;;;S-1-1-0)"));
  }
  CHECK(line_of("key_security: {'HKLM\\A': {allow: {Everyone: Read}}}\n", "key_security | \"HKLM\\A\"")
            .find("(A;CI;0x20019;;;S-1-1-0)") != std::string::npos);
  CHECK(decoded("shares: {A: {path: 'C:\\A', allow: {Everyone: Change}}}\n").find("D:(A;;0x") !=
        std::string::npos);
}

TEST_CASE("access lists that are refused") {
  const std::pair<const char*, const char*> rows[] = {
      {"{owner: Administrators}", "POL3533 an access list needs 'sddl' or 'allow'"},
      {"{allow: {'CORP\\x': Read}}", "POL3546 no SID is known for 'CORP\\x'"},
      {"{allow: {Domain Admins: Read}}", "POL3546 no SID is known for 'Domain Admins'"},
      {"{allow: {Everyone: Reed}}", "POL3537 'Reed' is not the name of an access right of such an object"},
      {"{allow: {Everyone: {applies_to: [self]}}}", "POL3533 an access list entry needs 'rights'"},
      {"{allow: {Everyone: {rights: Read, applies_to: [below]}}}",
       "POL3536 'below' is not known for 'applies_to'; known are self, subfolders, files"},
      {"{sddl: 'D:(A', names: {}}", "POL3539 'D:(A' is not a security descriptor in SDDL"},
      {"'nonsense'", "POL3539 'nonsense' is not a security descriptor in SDDL"},
      {"{sddl: 'D:', allow: {}}", "POL3532 'sddl' has no meaning in an access list"},
      {"{sddl: 'D:', owner: SYSTEM}", "POL3532 'owner' has no meaning in an access list"},
      {"12", "POL3534 an access list must be a mapping, not a number"},
  };
  for (const auto& [written, expected] : rows) {
    CAPTURE(written);
    CHECK(decoded("file_security: {'C:\\A': " + std::string(written) + "}\n").find(expected) !=
          std::string::npos);
  }
  CHECK(decoded("file_security: {'A\\B': absent}\n") ==
        "2:17 POL3539 'A\\B' is not the absolute path of a file or folder");
  CHECK(decoded("file_security: {'C:\\A': absent, 'c:/a/': absent}\n") ==
        "2:33 POL3540 'c:/a/' is the same as 'C:\\A' to Windows");
}

TEST_CASE("many errors are reported together, and not without end") {
  CHECK(decoded("host: {a: 1, b: 2, name: 3}\nlayer: x\n") ==
        "2:8 POL3532 'a' has no meaning in 'host'\n2:14 POL3532 'b' has no meaning in 'host'\n"
        "2:26 POL3534 'name' must be a text, not a number\n"
        "3:8 POL3536 'x' is not known for 'layer'; known are policy, effective");
  std::string body = "registry:\n";
  for (int i = 0; i < 20'000; ++i) body += "  'HKLM\\K" + std::to_string(i) + "': 1\n";
  const std::string shown = decoded(body);
  CHECK(std::count(shown.begin(), shown.end(), '\n') == 100);
  CHECK(shown.find("POL1000") != std::string::npos);
}

TEST_CASE("mistyped stands where a fact can, and not where a row or a table does") {
  CHECK(line_of("host: {build: {mistyped: x}}\n", "host").find("mistyped not collected: x") !=
        std::string::npos);
  CHECK(line_of("shares: {S: {sddl: {mistyped: x}}}\n", "shares").find("POL") == std::string::npos);
  CHECK(decoded("services: {W: {mistyped: x}}\n").find("POL3532") != std::string::npos);
  CHECK(line_of("names: {mistyped: S-1-5-18}\n", "names").find("true") != std::string::npos);
  CHECK(decoded("host: {build: {mistyped: 1}}\n").find("POL") != std::string::npos);
}

TEST_CASE("a key that was not seen itself can have values") {
  const std::string body = "registry: {'HKLM\\K': {unreadable: access denied, values: {V: 1}}}\n";
  CHECK(line_of(body, "HKLM\\K") == "HKLM\\K | \"HKLM\\K\" | unknown access denied: ");
  CHECK(line_of(body, "HKLM\\K @ V") == "HKLM\\K @ V | \"V\" | = type4/0 1");
}

TEST_CASE("lists and rows by exact name can say that the rest could not be read") {
  CHECK(line_of("http: {unreadable: timed out, items: []}\n", "http") == "http | true | false | timed out: ");
  CHECK(line_of("passwords: {unreadable: corrupt}\n", "passwords") == "passwords | true | false | corrupt: ");
  const std::string named = "passwords: {unreadable: {owner: a, date: 2026-01-01}}\n";
  CHECK(decoded(named).find("passwords | \"unreadable\"") != std::string::npos);
  CHECK(decoded("http: {complete: true, items: []}\n").find("POL3532") != std::string::npos);
  CHECK(decoded("exposure: [443/tcp]\n").find("POL") != std::string::npos);
}

TEST_CASE("several scans from one vantage point each have their time") {
  const std::string body =
      "exposure: {internet: [{at: 2026-01-01, open: [443/tcp]}, {at: 2026-01-02, closed: [443/tcp]}]}\n";
  const std::string all = decoded(body);
  CHECK(all.find("\"internet\" | 443/tcp | \"open\" | 1767225600") != std::string::npos);
  CHECK(all.find("\"internet\" | 443/tcp | \"closed\" | 1767312000") != std::string::npos);
}

TEST_CASE("only a policy leaves settings of the account policy to the machine") {
  CHECK(decoded("account_policy: {min_length: absent}\n").find("POL3542") != std::string::npos);
  CHECK(decoded("layer: policy\naccount_policy: {min_length: absent}\n").find("POL") == std::string::npos);
}
