// Verdicts of the other two example hosts.
#pragma once

#include <map>
#include <string>

namespace polc::test {

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
      {"CWA-TLS-10", "pass"},  // the recipe was followed, whatever Enabled is
      {"CWA-TLS-11", "pass"},
      {"CWA-TLS-22", "unknown"},  // Enabled was not looked at
      {"CWA-TLS-23", "fail"},
      {"CWA-ACL-01", "unknown"},
      {"CWA-IIS-01", "unknown"},
      {"CWA-IIS-03", "unknown"},
      {"CWA-PWD-01", "unknown"},
  };
}

}  // namespace polc::test
