// Facts of the hardened host taken out, and the verdicts that turn: never to a pass.
#pragma once

#include "tests/e2e/one_fact/edit.hpp"

namespace polc::test {

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
      without("AutoPlay of devices",
              R"(  'HKLM\SOFTWARE\Policies\Microsoft\Windows\Explorer': {values: {NoAutoplayfornonVolume: 1}}
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
      without("the installer",
              R"(  'HKLM\SOFTWARE\Policies\Microsoft\Windows\Installer': {values: {AlwaysInstallElevated: 0}}
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
      without("AppLocker",
              R"(  'HKLM\SOFTWARE\Policies\Microsoft\Windows\SrpV2\Exe': {values: {EnforcementMode: 1}}
)",
              {{"CWA-NET-03", "unknown"}}),
      without("a service",
              "  AppIDSvc: {state: running, start: automatic, account: 'NT AUTHORITY\\LOCAL SERVICE'}\n",
              {{"CWA-NET-03", "unknown"}}),
      without(
          "Remote Desktop by policy",
          R"(  'HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services': {values: {fDenyTSConnections: 1}}
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
      // the guide's recipe is enough for CWA-TLS-10, and Enabled = 0 is enough without it
      {"Enabled of TLS 1.0",
       kTls10 + kOff,
       kTls10 + "      DisabledByDefault: 1\n",
       {{"CWA-TLS-22", "unknown"}}},
      {"the recipe of TLS 1.0", kTls10 + kOff, kTls10 + "      Enabled: 0\n", {{"CWA-TLS-22", "unknown"}}},
      without(
          "SSL 3.0",
          R"(  'HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\SSL 3.0\Server':
    values:
      Enabled: 0
      DisabledByDefault: 1
)",
          {{"CWA-TLS-21", "unknown"}}),
      without(
          "http.sys",
          R"(  'HKLM\SYSTEM\CurrentControlSet\Services\HTTP\Parameters': {values: {DisableServerHeader: 2}}
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

}  // namespace polc::test
