#include "runtime/value/principals.hpp"

#include <set>

#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"
#include "tests/unit/catch.hpp"

using namespace polc::value;

namespace {

/// "S-1-...", "domain 512", "machine 500", "name CORP\x" or "none".
std::string meaning(std::string_view text) {
  const auto principal = principal_from_text(text);
  if (!principal) return "none";
  switch (principal->form) {
    case Principal::Form::Sid:
      return principal->sid;
    case Principal::Form::DomainRelative:
      return "domain " + std::to_string(principal->rid);
    case Principal::Form::MachineRelative:
      return "machine " + std::to_string(principal->rid);
    case Principal::Form::Name:
      return "name " + principal->name;
  }
  return "";
}

}  // namespace

TEST_CASE("principals by name") {
  struct Row {
    const char* text;
    const char* meaning;
  };
  const Row rows[] = {
      {"Administrators", "S-1-5-32-544"},
      {"administrators", "S-1-5-32-544"},
      {"BUILTIN\\Administrators", "S-1-5-32-544"},
      {"builtin\\ADMINISTRATORS", "S-1-5-32-544"},
      {"NT AUTHORITY\\Administrators", "none"},
      {"SYSTEM", "S-1-5-18"},
      {"NT AUTHORITY\\SYSTEM", "S-1-5-18"},
      {"BUILTIN\\SYSTEM", "none"},
      {"LocalSystem", "S-1-5-18"},
      {"NT AUTHORITY\\LocalService", "S-1-5-19"},
      {"NT AUTHORITY\\NETWORK SERVICE", "S-1-5-20"},
      {"Authenticated Users", "S-1-5-11"},
      {"Everyone", "S-1-1-0"},
      {"Local account", "S-1-5-113"},
      {"NT AUTHORITY\\Local account and member of Administrators group", "S-1-5-114"},
      {"NT SERVICE\\ALL SERVICES", "S-1-5-80-0"},
      {"ALL SERVICES", "S-1-5-80-0"},
      {"Window Manager\\Window Manager Group", "S-1-5-90-0"},
      {"Window Manager\\DWM-3", "S-1-5-90-0-3"},
      {"Window Manager\\DWM-x", "none"},
      {"Font Driver Host\\UMFD-0", "S-1-5-96-0-0"},
      {"APPLICATION PACKAGE AUTHORITY\\ALL APPLICATION PACKAGES", "S-1-15-2-1"},
      {"Mandatory Label\\High Mandatory Level", "S-1-16-12288"},
      {"IIS_IUSRS", "S-1-5-32-568"},
      {"Domain Admins", "domain 512"},
      {"enterprise admins", "domain 519"},
      {"CORP\\Domain Admins", "name CORP\\Domain Admins"},
      {"Administrator", "machine 500"},
      {"Guest", "machine 501"},
      {".\\Administrator", "name .\\Administrator"},
      {"alice@corp.example", "name alice@corp.example"},
      {"s-1-5-32-544", "S-1-5-32-544"},
      {"S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1001"},
      {"S-1-5", "none"},
      {"alice", "none"},
      {"NT AUTHORITY\\alice", "none"},
      {"BUILTIN\\alice", "none"},
      {"IIS AppPool\\", "none"},
      {"", "none"},
      {"\\", "none"},
      {"@", "none"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(meaning(row.text) == row.meaning);
  }
}

// Values seen on real machines: windows.md B.5 and well-known service SIDs of Microsoft's documentation.
TEST_CASE("SIDs of virtual accounts are computed") {
  CHECK(application_pool_sid("DefaultAppPool") ==
        "S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415");
  CHECK(meaning("IIS AppPool\\LabTech") == "S-1-5-82-4031826879-2264154351-3294156951-803206817-528297091");
  CHECK(meaning("iis apppool\\LABTECH") == "S-1-5-82-4031826879-2264154351-3294156951-803206817-528297091");
  CHECK(meaning("IIS AppPool\\LabTech WebCC") ==
        "S-1-5-82-2265531366-2377269834-1813117809-2627886491-3658881364");
  CHECK(meaning("IIS AppPool\\CwaRestApi") ==
        "S-1-5-82-1502262457-2971812382-1939034921-793213210-2116162947");
  CHECK(meaning("NT SERVICE\\TrustedInstaller") ==
        "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464");
  CHECK(meaning("nt service\\WdiServiceHost") ==
        "S-1-5-80-3139157870-2983391045-3678747466-658725712-1809340420");
}

TEST_CASE("misspelt aliases have a suggestion") {
  CHECK(nearest_alias("Adminstrators") == "Administrators");
  CHECK(nearest_alias("BUILTIN\\Adminstrators") == "Administrators");
  CHECK(nearest_alias("Evryone") == "Everyone");
  CHECK(nearest_alias("xyzzy quux") == "");
}

TEST_CASE("the table of well-known principals is sound") {
  std::set<std::string> aliases;
  for (const WellKnownPrincipal& known : well_known_principals()) {
    CAPTURE(known.alias);
    CHECK(aliases.insert(polc::base::fold_case(known.alias)).second);
    CHECK((known.sid.empty() ? known.relative_rid != 0 : canonical_sid(known.sid) == std::string(known.sid)));
    const auto read = principal_from_text(known.alias);
    REQUIRE(read.has_value());
    CHECK(read->sid == known.sid);
    CHECK(read->rid == known.relative_rid);
    // What is shown reads back as the same principal.
    const auto again = principal_from_text(read->name);
    CHECK(again == read);
  }
}

TEST_CASE("principals read as a policy would write them") {
  struct Row {
    const char* sid;
    const char* name;
    const char* text;
  };
  const Row rows[] = {
      {"S-1-5-18", "", "SYSTEM"},
      {"S-1-5-18", "NT-AUTORITÄT\\SYSTEM", "SYSTEM"},
      {"S-1-5-11", "", "'Authenticated Users'"},
      {"S-1-5-21-1-2-3-1001", "CORP\\alice", "'CORP\\alice'"},
      {"S-1-5-21-1-2-3-1001", "", "'S-1-5-21-1-2-3-1001'"},
      {"S-1-5-21-1-2-3-1001", "alice", "'S-1-5-21-1-2-3-1001'"},                    // would not read back
      {"S-1-5-21-1-2-3-1001", "BUILTIN\\Administrators", "'S-1-5-21-1-2-3-1001'"},  // would deceive
      {"S-1-5-21-1-2-3-512", "Domain Admins", "'S-1-5-21-1-2-3-512'"},              // of which domain?
      {"S-1-5-82-4031826879-2264154351-3294156951-803206817-528297091", "IIS AppPool\\LabTech",
       "'IIS AppPool\\LabTech'"},
      {"S-1-5-82-1-2-3-4-5", "IIS AppPool\\LabTech", "'S-1-5-82-1-2-3-4-5'"},
      {"", "CORP\\alice", "'CORP\\alice'"},
      {"-", "Domain Admins", "'Domain Admins'"},
      {"", "CORP\\o'hara\n", R"("CORP\\o'hara\n")"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sid, row.name);
    Principal principal;
    principal.sid = row.sid;
    principal.name = row.name;
    CHECK(to_text(principal) == row.text);
  }
}
