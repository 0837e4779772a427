// One fact of policies/hosts/hardened.yaml at a time: how its text changes, and which verdicts of
// policies/automate.pol change with it. Every verdict that is not listed must stay as it is.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace polc::test {

struct Edit {
  std::string name;
  std::string find;     ///< occurs exactly once in the host's text
  std::string replace;  ///< empty: the fact is taken out
  std::map<std::string, std::string> verdicts;
};

inline const std::string kTls10 = R"(TLS 1.0\Server':
    values:
)";
inline const std::string kTls11 = R"(TLS 1.1\Server':
    values:
)";
inline const std::string kSsl2 = R"(SSL 2.0\Server':
    values:
)";
inline const std::string kSsl3 = R"(SSL 3.0\Server':
    values:
)";
inline const std::string kOff = "      Enabled: 0\n      DisabledByDefault: 1\n";
inline const std::string kLastRule = "local_ports: 68, remote_ports: 67}\n";

/// The same rules, and one more.
inline Edit with_rule(const std::string& name, const std::string& rule,
                      std::map<std::string, std::string> verdicts) {
  return {name, kLastRule, kLastRule + "      - {name: one more, " + rule + "}\n", std::move(verdicts)};
}

/// An attestation answered with no.
inline Edit answered_no(const std::string& key, const std::string& control) {
  return {
      key + ": no", "{key: " + key + ", answer: yes", "{key: " + key + ", answer: no", {{control, "fail"}}};
}

/// What is closed today, and would be unknown if more might be open.
inline std::map<std::string, std::string> unknown_closed_ports() {
  std::map<std::string, std::string> verdicts;
  for (const char* id : {"CWA-PORT-10", "CWA-PORT-11", "CWA-PORT-12", "CWA-PORT-20", "CWA-PORT-22",
                         "CWA-PORT-23", "CWA-PORT-30", "CWA-PORT-31", "CWA-PORT-40"})
    verdicts[id] = "unknown";
  return verdicts;
}

/// Unknown rules may also block what is open today.
inline std::map<std::string, std::string> unknown_ports() {
  std::map<std::string, std::string> verdicts = unknown_closed_ports();
  for (const char* id : {"CWA-PORT-01", "CWA-PORT-02", "CWA-PORT-03", "CWA-API-01"}) verdicts[id] = "unknown";
  return verdicts;
}

inline std::vector<Edit> worse_facts() {
  return {
      {"anonymous enumeration", "RestrictAnonymous: 1 ", "RestrictAnonymous: 0 ", {{"CWA-GPO-01", "fail"}}},
      {"anonymous enumeration as text",
       "RestrictAnonymous: 1 ",
       "RestrictAnonymous: '1' ",
       {{"CWA-GPO-01", "fail"}}},
      {"AutoPlay of devices",
       "NoAutoplayfornonVolume: 1",
       "NoAutoplayfornonVolume: 0",
       {{"CWA-GPO-02", "fail"}}},
      {"autorun commands run", "NoAutorun: 1 ", "NoAutorun: 2 ", {{"CWA-GPO-03", "fail"}}},
      {"AutoPlay on fixed drives",
       "NoDriveTypeAutoRun: 0xFF",
       "NoDriveTypeAutoRun: 0xB5",
       {{"CWA-GPO-04", "fail"}}},
      {"no choice of the editor",
       "NoDriveTypeAutoRun: 0xFF",
       "NoDriveTypeAutoRun: 0x91",
       {{"CWA-GPO-04", "fail"}}},
      {"somebody is the system",
       "SeTcbPrivilege: []",
       "SeTcbPrivilege: [Administrators]",
       {{"CWA-GPO-05", "fail"}}},
      {"installer elevates",
       "AlwaysInstallElevated: 0",
       "AlwaysInstallElevated: 1",
       {{"CWA-GPO-06", "fail"}}},
      {"installer not configured", "AlwaysInstallElevated: 0", "AlwaysInstallElevated: absent", {}},
      {"installer elevates for one user",
       R"(-1002\SOFTWARE\Policies\Microsoft\Windows\Installer': absent)",
       R"(-1002\SOFTWARE\Policies\Microsoft\Windows\Installer': {values: {AlwaysInstallElevated: 1}})",
       {{"CWA-GPO-07", "fail"}}},

      {"one account for both",
       "sid: S-1-5-32-555\n    members:\n",
       "sid: S-1-5-32-555\n    members:\n"
       "      - {sid: S-1-5-21-1004336348-1177238915-682003330-1002, name: 'AUTOMATE01\\adm-j.meyer'}\n",
       {{"CWA-ACC-01", "fail"}}},
      {"administrators log on remotely",
       "    - {sid: S-1-5-114, name: 'NT AUTHORITY\\Local account and member of Administrators group'}\n",
       "",
       {{"CWA-ACC-04", "fail"}}},
      {"AppLocker only audits", "EnforcementMode: 1", "EnforcementMode: 0", {{"CWA-NET-03", "fail"}}},
      {"AppLocker's service is stopped",
       "AppIDSvc: {state: running",
       "AppIDSvc: {state: stopped",
       {{"CWA-NET-03", "fail"}}},
      {"no AppLocker rules",
       R"(SrpV2\Exe':
    values:
      EnforcementMode: 1
)",
       "SrpV2\\Exe': absent\n",
       {{"CWA-NET-03", "notApplicable"}}},

      {"heartbeat does not listen",
       "      - {port: 75, address: 0.0.0.0, process: LTAgent.exe}\n",
       "",
       {{"CWA-PORT-01", "fail"}}},
      {"heartbeat is blocked",
       "{name: Automate heartbeat, direction: inbound, action: allow",
       "{name: Automate heartbeat, direction: inbound, action: block",
       {{"CWA-PORT-01", "fail"}}},
      {"HTTPS for the office only",
       "protocol: tcp, local_ports: 443}",
       "protocol: tcp, local_ports: 443, remote_addresses: [10.20.0.0/24]}",
       {{"CWA-PORT-02", "fail"}}},
      {"Solution Center rule is off",
       "{name: Automate Solution Center, direction: inbound, action: allow, protocol",
       "{name: Automate Solution Center, direction: inbound, action: allow, enabled: false, protocol",
       {{"CWA-PORT-03", "fail"}}},
      {"Solution Center is not forwarded",
       "8041/tcp, 8484/tcp]\n    filtered: [",
       "8041/tcp]\n    filtered: [8484/tcp, ",
       {{"CWA-PORT-04", "fail"}}},
      with_rule("redirector", "direction: inbound, action: allow, protocol: tcp, local_ports: 70",
                {{"CWA-PORT-10", "fail"}}),
      with_rule("tunnel", "direction: inbound, action: allow, protocol: udp, local_ports: 72",
                {{"CWA-PORT-11", "fail"}}),
      with_rule("mediator", "direction: inbound, action: allow, protocol: udp, local_ports: 8002",
                {{"CWA-PORT-12", "fail"}}),
      with_rule("behind the last technician",
                "direction: inbound, action: allow, protocol: tcp, local_ports: 40101",
                {{"CWA-PORT-20", "fail"}}),
      with_rule("last technician", "direction: inbound, action: allow, protocol: tcp, local_ports: 40100",
                {{"CWA-PORT-22", "fail"}}),
      with_rule("all of the heading",
                "direction: inbound, action: allow, protocol: tcp, local_ports: '40000-41000'",
                {{"CWA-PORT-20", "fail"}, {"CWA-PORT-22", "fail"}}),
      with_rule("routers", "direction: inbound, action: allow, protocol: udp, local_ports: '40000-41000'",
                {{"CWA-PORT-23", "fail"}}),
      with_rule("outbound is another matter",
                "direction: outbound, action: allow, protocol: tcp, local_ports: 3306", {}),
      with_rule("MySQL for the office",
                "direction: inbound, action: allow, protocol: tcp, local_ports: 3306, remote_addresses: "
                "[10.20.0.0/24]",
                {{"CWA-PORT-31", "fail"}}),
      with_rule("allowed and blocked", "direction: inbound, action: block, protocol: tcp, local_ports: 3306",
                {}),
      {"MySQL listens everywhere",
       "{port: 3306, address: 127.0.0.1",
       "{port: 3306, address: 0.0.0.0",
       {{"CWA-PORT-34", "fail"}}},
      {"MySQL at the perimeter",
       "filtered: [3306/tcp, ",
       "closed: []\n    filtered: [",
       {{"CWA-PORT-33", "unknown"}}},
      {"MySQL open at the perimeter",
       "open: [443/tcp, 8040/tcp, 8041/tcp, 8484/tcp]\n    filtered: [3306/tcp, ",
       "open: [443/tcp, 3306/tcp, 8040/tcp, 8041/tcp, 8484/tcp]\n    filtered: [",
       {{"CWA-PORT-33", "fail"}}},
      {"Remote Desktop by policy",
       R"(Terminal Services':
    values:
      fDenyTSConnections: 1)",
       R"(Terminal Services':
    values:
      fDenyTSConnections: 0)",
       {{"CWA-PORT-30", "fail"}}},
      {"the policy outranks the local setting",
       R"(Terminal Server':
    values:
      fDenyTSConnections: 1)",
       R"(Terminal Server':
    values:
      fDenyTSConnections: 0)",
       {}},
      {"Remote Desktop rule",
       "{name: Remote Desktop - User Mode (UDP-In), direction: inbound, action: allow, enabled: false",
       "{name: Remote Desktop - User Mode (UDP-In), direction: inbound, action: allow, enabled: true",
       {{"CWA-PORT-30", "fail"}}},
      {"Remote Desktop at the perimeter",
       "filtered: [3306/tcp, 3389/tcp, 3389/udp]",
       "closed: []\n    filtered: [3306/tcp, 3389/udp]",
       {{"CWA-PORT-32", "unknown"}}},
      {"SMB rule",
       "{name: File and Printer Sharing (SMB-In), direction: inbound, action: allow, enabled: false",
       "{name: File and Printer Sharing (SMB-In), direction: inbound, action: allow, enabled: true",
       {{"CWA-PORT-40", "fail"}}},
      {"the firewall is off",
       "public: {enabled: true",
       "public: {enabled: false",
       {{"CWA-PORT-10", "fail"},
        {"CWA-PORT-11", "fail"},
        {"CWA-PORT-12", "fail"},
        {"CWA-PORT-20", "fail"},
        {"CWA-PORT-22", "fail"},
        {"CWA-PORT-23", "fail"},
        {"CWA-PORT-30", "fail"},
        {"CWA-PORT-31", "fail"},
        {"CWA-PORT-40", "fail"}}},
      {"Control's web page is closed",
       "{name: ConnectWise Control web page, direction: inbound, action: allow",
       "{name: ConnectWise Control web page, direction: inbound, action: block",
       {{"CWA-API-01", "fail"}}},
      {"Control's relay is not forwarded",
       "8040/tcp, 8041/tcp, 8484/tcp]\n    filtered: [",
       "8040/tcp, 8484/tcp]\n    filtered: [8041/tcp, ",
       {{"CWA-API-02", "fail"}}},

      {"TLS 1.0 only off by default",
       kTls10 + kOff,
       kTls10 + "      Enabled: 1\n      DisabledByDefault: 1\n",
       {{"CWA-TLS-22", "fail"}}},
      {"TLS 1.0 disabled without the recipe",
       kTls10 + kOff,
       kTls10 + "      Enabled: 0\n      DisabledByDefault: 0\n",
       {{"CWA-TLS-22", "fail"}}},
      {"TLS 1.0 on",
       kTls10 + kOff,
       kTls10 + "      Enabled: 0xFFFFFFFF\n      DisabledByDefault: 0\n",
       {{"CWA-TLS-10", "fail"}, {"CWA-TLS-22", "fail"}}},
      {"TLS 1.1 on",
       kTls11 + kOff,
       kTls11 + "      Enabled: 1\n      DisabledByDefault: 0\n",
       {{"CWA-TLS-11", "fail"}, {"CWA-TLS-23", "fail"}}},
      {"TLS 1.1 as Windows has it",
       "TLS 1.1\\Server':\n    values:\n" + kOff,
       "TLS 1.1\\Server': absent\n",
       {{"CWA-TLS-11", "fail"}, {"CWA-TLS-23", "fail"}}},
      {"SSL 2.0 on",
       kSsl2 + kOff,
       kSsl2 + "      Enabled: 1\n      DisabledByDefault: 0\n",
       {{"CWA-TLS-20", "fail"}}},
      {"SSL 3.0 on",
       kSsl3 + kOff,
       kSsl3 + "      Enabled: 1\n      DisabledByDefault: 0\n",
       {{"CWA-TLS-21", "fail"}}},
      {"SSL 3.0 as Windows has it",
       "SSL 3.0\\Server':\n    values:\n" + kOff,
       "SSL 3.0\\Server': absent\n",
       {}},

      {"a short password",
       "automate.system: {length_at_least: 12",
       "automate.system: {length_at_least: 11",
       {{"CWA-PWD-01", "unknown"}}},
      {"no symbol",
       "mysql.root: {length_at_least: 12, classes: [upper, lower, digit, symbol]",
       "mysql.root: {length_at_least: 12, classes: [upper, lower, digit]",
       {{"CWA-PWD-02", "fail"}}},

      {"full control",
       "'NT AUTHORITY\\SYSTEM': Modify",
       "'NT AUTHORITY\\SYSTEM': FullControl",
       {{"CWA-ACL-01", "fail"}}},
      {"less than modify",
       "'IIS AppPool\\CwaRestApi': Modify",
       "'IIS AppPool\\CwaRestApi': Read",
       {{"CWA-ACL-01", "fail"}}},
      {"one principal missing", "      'IIS AppPool\\LabTech WebCC': Modify\n", "", {{"CWA-ACL-01", "fail"}}},
      {"one principal more, inherited",
       "      'NT AUTHORITY\\SYSTEM': Modify\n",
       "      'NT AUTHORITY\\SYSTEM': Modify\n      Users: {rights: [Read], inherited: true}\n",
       {{"CWA-ACL-01", "fail"}}},
      {"somebody is denied",
       "      'NT AUTHORITY\\SYSTEM': Modify\n",
       "      'NT AUTHORITY\\SYSTEM': Modify\n    deny: {Guests: FullControl}\n",
       {{"CWA-ACL-01", "fail"}}},
      {"inheritance", "protected: true ", "protected: false ", {{"CWA-ACL-02", "fail"}}},

      {"Server header of IIS",
       "removeServerHeader=\"true\"",
       "removeServerHeader=\"false\"",
       {{"CWA-IIS-01", "fail"}}},
      {"Server header of one application",
       "            <requestFiltering>\n              <requestLimits",
       "            <requestFiltering removeServerHeader=\"false\">\n              <requestLimits",
       {{"CWA-IIS-01", "fail"}}},
      {"OPTIONS is allowed",
       "verb=\"OPTIONS\" allowed=\"false\"",
       "verb=\"OPTIONS\" allowed=\"true\"",
       {{"CWA-IIS-02", "fail"}}},
      {"verbs compare with their case", "verb=\"OPTIONS\"", "verb=\"options\"", {{"CWA-IIS-02", "fail"}}},
      {"unlisted verbs are refused",
       "<verbs allowUnlisted=\"true\">\n                <add verb=\"OPTIONS\" allowed=\"false\" />",
       "<verbs allowUnlisted=\"false\">\n                <add verb=\"GET\" allowed=\"true\" />",
       {}},
      {"OPTIONS is allowed for one application",
       "              <requestLimits",
       "              <verbs><remove verb=\"OPTIONS\" /></verbs>\n              <requestLimits",
       {{"CWA-IIS-02", "fail"}}},
      {"http.sys names itself", "DisableServerHeader: 2", "DisableServerHeader: 1", {{"CWA-IIS-03", "fail"}}},
      {"the answer names the server",
       "Content-Length: '315', Connection",
       "Content-Length: '315', server: Microsoft-HTTPAPI/2.0, Connection",
       {{"CWA-IIS-04", "fail"}}},

      answered_no("accounts.first-logon", "CWA-ACC-01"),
      answered_no("accounts.two-per-person", "CWA-ACC-02"),
      answered_no("accounts.no-internet", "CWA-NET-01"),
      answered_no("accounts.internet-exceptions", "CWA-NET-02"),
      answered_no("automate.user-classes", "CWA-ACC-05"),
      answered_no("control.user-class", "CWA-API-05"),
      answered_no("perimeter.rdp", "CWA-PORT-32"),
      answered_no("tls.reboot", "CWA-TLS-30"),
  };
}

/// A line or block that is taken out.
inline Edit without(const std::string& name, const std::string& text,
                    const std::map<std::string, std::string>& verdicts) {
  return {name, text, "", verdicts};
}

/// An attestation that is taken out.
inline Edit without_attestation(const std::string& rest, const std::string& control) {
  return without(rest, "  - {key: " + rest + "}\n", {{control, "review"}});
}

inline std::vector<Edit> missing_facts() {
  const std::string installer = R"(\SOFTWARE\Policies\Microsoft\Windows\Installer': absent
)";
  return {
      without("anonymous enumeration",
              "      RestrictAnonymous: 1                # no anonymous enumeration of accounts and shares\n",
              {{"CWA-GPO-01", "unknown"}}),
      without("AutoPlay of devices", R"(  'HKLM\SOFTWARE\Policies\Microsoft\Windows\Explorer':
    values:
      NoAutoplayfornonVolume: 1
)",
              {{"CWA-GPO-02", "unknown"}}),
      without("autorun commands",
              "      NoAutorun: 1                        # do not execute any autorun commands\n",
              {{"CWA-GPO-03", "unknown"}}),
      without("AutoPlay", "      NoDriveTypeAutoRun: 0xFF            # AutoPlay is off on all drives\n",
              {{"CWA-GPO-04", "unknown"}}),
      without("a right",
              "  SeTcbPrivilege: []                      # nobody acts as part of the operating system\n",
              {{"CWA-GPO-05", "unknown"}}),
      without("the installer", R"(  'HKLM\SOFTWARE\Policies\Microsoft\Windows\Installer':
    values:
      AlwaysInstallElevated: 0
)",
              {{"CWA-GPO-06", "unknown"}}),
      without("the installer of one user",
              "  'HKU\\S-1-5-21-1004336348-1177238915-682003330-1002" + installer,
              {{"CWA-GPO-07", "unknown"}}),
      without("the installer of new users", "  'HKU\\Default" + installer, {{"CWA-GPO-07", "unknown"}}),
      {"a hive that cannot be loaded",
       "682003330-1002: {name: adm-j.meyer}",
       "682003330-1002: {name: adm-j.meyer, hive: {unreadable: access denied}}",
       {{"CWA-GPO-07", "unknown"}}},
      {"users that were not all listed",
       "users:\n  complete: true\n",
       "users:\n",
       {{"CWA-GPO-07", "unknown"}}},

      without("a group", R"(  Remote Desktop Users:
    sid: S-1-5-32-555
    members:
      - {sid: S-1-5-21-1004336348-1177238915-682003330-1001, name: 'AUTOMATE01\j.meyer'}
)",
              {{"CWA-ACC-01", "unknown"}}),
      {"the role",
       "  role: workgroup\n",
       "",
       // "domain: absent" alone says that the machine is in no domain, so CWA-PORT-40 is still decided
       {{"CWA-ACC-01", "unknown"}, {"CWA-ACC-03", "unknown"}, {"CWA-ACC-04", "unknown"}}},
      without("AppLocker", R"(  'HKLM\SOFTWARE\Policies\Microsoft\Windows\SrpV2\Exe':
    values:
      EnforcementMode: 1
)",
              {{"CWA-NET-03", "unknown"}}),
      without("a service",
              "  AppIDSvc: {state: running, start: automatic, account: 'NT AUTHORITY\\LOCAL SERVICE'}\n",
              {{"CWA-NET-03", "unknown"}}),
      without("Remote Desktop by policy",
              R"(  'HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services':
    values:
      fDenyTSConnections: 1
)",
              {{"CWA-PORT-30", "unknown"}}),
      {"sockets that were not all listed",
       "  udp:\n    complete: true\n    items:\n      - {port: 75, address: 0.0.0.0, process: LTAgent.exe}\n",
       "  udp:\n    items:\n",
       {{"CWA-PORT-01", "unknown"}}},
      {"rules of the local store that were not all listed", "  local_rules:\n    complete: true\n",
       "  local_rules:\n", unknown_ports()},
      {"rules of Group Policy", "  policy_rules: {complete: true, items: []}\n", "", unknown_ports()},
      {"state of a profile", "public: {enabled: true", "public: {enabled: {unreadable: access denied}",
       unknown_closed_ports()},
      {"an access list",
       R"(    owner: Administrators
    protected: true                       # inherits nothing from C:\
    allow:
      'IIS AppPool\LabTech': Modify
      'IIS AppPool\LabTech WebCC': Modify
      'IIS AppPool\CwaRestApi': Modify
      'NT AUTHORITY\SYSTEM': Modify
)",
       "    sddl: {unreadable: access denied}\n",
       {{"CWA-ACL-01", "unknown"}, {"CWA-ACL-02", "unknown"}}},
      {"web.config files that were not all looked for",
       "  version: '10.0'\n  complete: true\n",
       "  version: '10.0'\n",
       {{"CWA-IIS-01", "unknown"}, {"CWA-IIS-02", "unknown"}}},
      without(
          "TLS 1.0",
          R"(  'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Server':
    values:
      Enabled: 0
      DisabledByDefault: 1
)",
          {{"CWA-TLS-10", "unknown"}, {"CWA-TLS-22", "unknown"}}),
      without(
          "SSL 3.0",
          R"(  'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\SSL 3.0\Server':
    values:
      Enabled: 0
      DisabledByDefault: 1
)",
          {{"CWA-TLS-21", "unknown"}}),
      without("http.sys", R"(  'HKLM\SYSTEM\CurrentControlSet\Services\HTTP\Parameters':
    values:
      DisableServerHeader: 2
)",
              {{"CWA-IIS-03", "unknown"}}),
      {"headers that were not all written down",
       "headers: {complete: true, ",
       "headers: {complete: false, ",
       {{"CWA-IIS-04", "unknown"}}},
      {"another request", "    version: '1.0'\n", "    version: '1.1'\n", {{"CWA-IIS-04", "unknown"}}},
      {"another vantage point",
       "  internet:\n",
       "  office:\n",
       {{"CWA-PORT-04", "unknown"},
        {"CWA-PORT-32", "unknown"},
        {"CWA-PORT-33", "unknown"},
        {"CWA-API-02", "unknown"}}},
      without("a password",
              "  mysql.root: {length_at_least: 12, classes: [upper, lower, digit, symbol], owner: Database "
              "administration, date: 2025-01-13}\n",
              {{"CWA-PWD-02", "unknown"}}),
      {"length of a password",
       "automate.system: {length_at_least: 12, ",
       "automate.system: {",
       {{"CWA-PWD-01", "unknown"}}},
      without_attestation("accounts.first-logon, answer: yes, owner: Service desk, date: 2025-01-10",
                          "CWA-ACC-01"),
      without_attestation("accounts.no-internet, answer: yes, owner: Security, date: 2025-01-10",
                          "CWA-NET-01"),
      without_attestation("tls.reboot, answer: yes, owner: Automate administration, date: 2025-01-13",
                          "CWA-TLS-30"),
      {"an expired attestation",
       "key: automate.user-classes, answer: yes, owner: Automate administration, date: 2025-01-13",
       "key: automate.user-classes, answer: yes, owner: Automate administration, date: 2025-01-13, expires: "
       "2025-06-30",
       {{"CWA-ACC-05", "review"}}},
  };
}

inline std::map<std::string, std::string> fresh_verdicts() {
  return {
      {"CWA-ACC-01", "review"},   {"CWA-ACC-02", "review"},        {"CWA-ACC-03", "notApplicable"},
      {"CWA-ACC-04", "fail"},     {"CWA-ACC-05", "review"},        {"CWA-NET-01", "review"},
      {"CWA-NET-02", "review"},   {"CWA-NET-03", "notApplicable"}, {"CWA-GPO-01", "fail"},
      {"CWA-GPO-02", "fail"},     {"CWA-GPO-03", "fail"},          {"CWA-GPO-04", "fail"},
      {"CWA-GPO-05", "pass"},     {"CWA-GPO-06", "pass"},          {"CWA-GPO-07", "pass"},
      {"CWA-PORT-01", "pass"},    {"CWA-PORT-02", "pass"},         {"CWA-PORT-03", "pass"},
      {"CWA-PORT-04", "unknown"}, {"CWA-PORT-05", "pass"},         {"CWA-PORT-10", "fail"},
      {"CWA-PORT-11", "fail"},    {"CWA-PORT-12", "fail"},         {"CWA-PORT-20", "fail"},
      {"CWA-PORT-22", "fail"},    {"CWA-PORT-23", "fail"},         {"CWA-PORT-30", "fail"},
      {"CWA-PORT-31", "fail"},    {"CWA-PORT-32", "unknown"},      {"CWA-PORT-33", "unknown"},
      {"CWA-PORT-34", "fail"},    {"CWA-PORT-40", "fail"},         {"CWA-TLS-10", "fail"},
      {"CWA-TLS-11", "fail"},     {"CWA-TLS-20", "pass"},          {"CWA-TLS-21", "pass"},
      {"CWA-TLS-22", "fail"},     {"CWA-TLS-23", "fail"},          {"CWA-TLS-30", "review"},
      {"CWA-PWD-01", "unknown"},  {"CWA-PWD-02", "fail"},          {"CWA-ACL-01", "fail"},
      {"CWA-ACL-02", "fail"},     {"CWA-IIS-01", "fail"},          {"CWA-IIS-02", "fail"},
      {"CWA-IIS-03", "fail"},     {"CWA-IIS-04", "fail"},          {"CWA-API-01", "pass"},
      {"CWA-API-02", "unknown"},  {"CWA-API-05", "review"},
  };
}

inline std::map<std::string, std::string> partial_verdicts() {
  return {
      {"CWA-ACC-01", "fail"},     // a person said no
      {"CWA-ACC-02", "pass"},     // a person said yes
      {"CWA-ACC-03", "unknown"},  // rights need administrative rights to read
      {"CWA-ACC-04", "notApplicable"},
      {"CWA-NET-03", "unknown"},  // whether AppLocker is used could not be read
      {"CWA-GPO-01", "unknown"},
      {"CWA-GPO-02", "pass"},
      {"CWA-GPO-03", "pass"},
      {"CWA-GPO-04", "fail"},  // text is not a number, and Windows ignores it
      {"CWA-GPO-05", "unknown"},
      {"CWA-GPO-06", "pass"},
      {"CWA-GPO-07", "unknown"},  // one user's hive could not be loaded
      {"CWA-PORT-01", "unknown"},
      {"CWA-PORT-02", "unknown"},  // Group Policy may block it
      {"CWA-PORT-30", "unknown"},
      {"CWA-PORT-31", "unknown"},  // Group Policy may allow it
      {"CWA-PORT-32", "unknown"},  // no scan, and the attestation has expired
      {"CWA-PORT-34", "fail"},     // bound to every address, seen
      {"CWA-PORT-40", "notApplicable"},
      {"CWA-TLS-10", "unknown"},  // Enabled was not looked at
      {"CWA-TLS-11", "pass"},
      {"CWA-TLS-22", "unknown"},
      {"CWA-TLS-23", "fail"},
      {"CWA-ACL-01", "unknown"},
      {"CWA-IIS-01", "unknown"},
      {"CWA-IIS-03", "unknown"},
      {"CWA-PWD-01", "unknown"},
  };
}

}  // namespace polc::test
