#include "runtime/value/canonical.hpp"

#include "tests/unit/catch.hpp"

using namespace polc::value;

namespace {

const std::string kNone = "(none)";

}  // namespace

TEST_CASE("registry keys have one normal form") {
  struct Row {
    const char* written;
    std::string normal;
  };
  const Row rows[] = {
      {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa"},
      {"HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\", "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa"},
      {"HKEY_LOCAL_MACHINE\\Software\\X", "HKLM\\Software\\X"},
      {"hkey_local_machine:\\Software\\X", "HKLM\\Software\\X"},
      {"Registry::HKLM\\Software", "HKLM\\Software"},
      {"Microsoft.PowerShell.Core\\Registry::HKEY_USERS\\x", "HKU\\x"},
      {"Computer\\HKEY_LOCAL_MACHINE\\SAM", "HKLM\\SAM"},
      {"HKLM\\\\SOFTWARE\\\\X", "HKLM\\SOFTWARE\\X"},
      {"HKLM", "HKLM"},
      {"HKLM\\", "HKLM"},
      {"HKLM\\SYSTEM\\ControlSet001\\Services", "HKLM\\SYSTEM\\CurrentControlSet\\Services"},
      {"HKLM\\System\\controlset001\\Services", "HKLM\\System\\CurrentControlSet\\Services"},
      {"HKLM\\SYSTEM\\ControlSet002\\Services", "HKLM\\SYSTEM\\ControlSet002\\Services"},
      {"HKLM\\SOFTWARE\\ControlSet001", "HKLM\\SOFTWARE\\ControlSet001"},
      {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC4 128/128",
       "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Ciphers\\RC4 128/128"},
      {"HKCR\\.pol", "HKLM\\SOFTWARE\\Classes\\.pol"},
      {"HKCC\\Software", "HKLM\\SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current\\Software"},
      {"HKCU\\Software\\X", "HKCU\\Software\\X"},
      {"HKU\\s-1-5-021-1-2-3-500\\Software", "HKU\\S-1-5-21-1-2-3-500\\Software"},
      {"HKU\\.DEFAULT\\Software", "HKU\\S-1-5-18\\Software"},
      {"HKU\\S-1-5-18\\SOFTWARE\\Classes\\X", "HKU\\S-1-5-18_Classes\\X"},
      {"HKU\\S-1-5-21-1-2-3-500_Classes\\X", "HKU\\S-1-5-21-1-2-3-500_Classes\\X"},
      {"HKLM\\SOFTWARE\\Wow6432Node\\Classes\\CLSID", "HKLM\\SOFTWARE\\Classes\\Wow6432Node\\CLSID"},
      {"HKLM/SOFTWARE/X", kNone},  // one name with slashes, and no hive
      {"SOFTWARE\\X", kNone},
      {"HKLMX\\SOFTWARE", kNone},
      {"", kNone},
      {"\\", kNone},
      {"HKLM\\a\tb", kNone},
      {"HKLM\\a\xFF", kNone},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    CHECK(canonical_registry_key(row.written).value_or(kNone) == row.normal);
  }
}

TEST_CASE("the running control set is the one that the host names") {
  CHECK(canonical_registry_key("HKLM\\SYSTEM\\ControlSet002\\X", 2) == "HKLM\\SYSTEM\\CurrentControlSet\\X");
  CHECK(canonical_registry_key("HKLM\\SYSTEM\\ControlSet001\\X", 2) == "HKLM\\SYSTEM\\ControlSet001\\X");
}

TEST_CASE("a key name has at most 255 characters") {
  const std::string longest(255, 'k');
  CHECK(canonical_registry_key("HKLM\\" + longest) == "HKLM\\" + longest);
  CHECK(canonical_registry_key("HKLM\\" + longest + "k") == std::nullopt);
}

TEST_CASE("a normal form is its own normal form") {
  for (const char* written :
       {"HKCR\\CLSID\\x", "HKU\\.DEFAULT\\Software\\Classes\\x",
        "HKU\\S-1-5-18\\Software\\Classes\\Software\\Classes", "HKLM:\\SYSTEM\\ControlSet001"}) {
    const std::string normal = canonical_registry_key(written).value();
    CHECK(canonical_registry_key(normal) == normal);
  }
}

TEST_CASE("misspelt hives have a suggestion") {
  CHECK(nearest_hive("HLKM\\SOFTWARE") == "HKLM");
  CHECK(nearest_hive("HKEY_LOCAL_MACHNE:\\SOFTWARE") == "HKEY_LOCAL_MACHINE");
  CHECK(nearest_hive("HKLM/SOFTWARE") == "HKLM");
  CHECK(nearest_hive("C:\\Windows") == "");
}

TEST_CASE("the 32-bit view redirects what WOW64 redirects") {
  struct Row {
    const char* key;
    const char* view32;
  };
  const Row rows[] = {
      {"HKLM\\SOFTWARE", "HKLM\\SOFTWARE\\WOW6432Node"},
      {"HKLM\\Software\\LabTech", "HKLM\\Software\\WOW6432Node\\LabTech"},
      {"HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows", "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows"},
      {"HKLM\\SOFTWARE\\PoliciesX", "HKLM\\SOFTWARE\\WOW6432Node\\PoliciesX"},
      {"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\Explorer",
       "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\Explorer"},
      {"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run",
       "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Run"},
      {"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList",
       "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList"},
      {"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon",
       "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon"},
      {"HKLM\\SOFTWARE\\Classes\\.txt", "HKLM\\SOFTWARE\\Classes\\.txt"},
      {"HKLM\\SOFTWARE\\Classes\\CLSID\\x", "HKLM\\SOFTWARE\\Classes\\WOW6432Node\\CLSID\\x"},
      {"HKLM\\SYSTEM\\CurrentControlSet", "HKLM\\SYSTEM\\CurrentControlSet"},
      {"HKLM\\SOFTWARE\\WOW6432Node\\X", "HKLM\\SOFTWARE\\WOW6432Node\\X"},
      {"HKCU\\Software\\X", "HKCU\\Software\\X"},
      {"HKCU\\Software\\Classes\\CLSID\\x", "HKCU\\Software\\Classes\\WOW6432Node\\CLSID\\x"},
      {"HKU\\S-1-5-18\\Software\\X", "HKU\\S-1-5-18\\Software\\X"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.key);
    CHECK(registry_key_in_view32(row.key) == row.view32);
  }
}

TEST_CASE("keys of the current user belong to a user") {
  CHECK(registry_key_of_user("HKCU\\Software\\X", "S-1-5-21-1-2-3-500") ==
        "HKU\\S-1-5-21-1-2-3-500\\Software\\X");
  CHECK(registry_key_of_user("HKCU\\Software\\Classes\\X", "S-1-5-21-1-2-3-500") ==
        "HKU\\S-1-5-21-1-2-3-500_Classes\\X");
  CHECK(registry_key_of_user("HKCU\\Software\\X", "Default") == "HKU\\Default\\Software\\X");
  CHECK(registry_key_of_user("HKLM\\Software\\X", "S-1-5-18") == std::nullopt);
  CHECK(is_per_user_key("HKCU\\Software"));
  CHECK_FALSE(is_per_user_key("HKCUX\\Software"));
  CHECK_FALSE(is_per_user_key("HKU\\S-1-5-18"));
}

TEST_CASE("value names") {
  CHECK(canonical_value_name("") == "");
  CHECK(canonical_value_name("(default)") == "");
  CHECK(canonical_value_name("a\\b/c") == "a\\b/c");
  CHECK(canonical_value_name(std::string("a\0b", 3)) == std::nullopt);
  CHECK(canonical_value_name(std::string(16383, 'v')).has_value());
  CHECK_FALSE(canonical_value_name(std::string(16384, 'v')).has_value());
}

TEST_CASE("file paths have one normal form") {
  struct Row {
    const char* written;
    std::string normal;
  };
  const Row rows[] = {
      {"C:\\LTShare", "C:\\LTShare"},
      {"c:/LTShare/", "C:\\LTShare"},
      {"C:\\\\LTShare\\\\x\\", "C:\\LTShare\\x"},
      {"C:", "C:\\"},
      {"C:\\", "C:\\"},
      {"C:x", kNone},
      {"LTShare", kNone},
      {"\\LTShare", kNone},
      {".\\x", kNone},
      {"C:\\a\\..\\b", kNone},
      {"C:\\a\\.\\b", kNone},
      {"C:\\a:stream", kNone},
      {"C:\\a*", kNone},
      {"C:\\a\nb", kNone},
      {"\\\\?\\C:\\x", "C:\\x"},
      {"\\\\.\\C:\\x", "C:\\x"},
      {"\\\\?\\UNC\\server\\share\\x", "\\\\server\\share\\x"},
      {"\\\\?\\Volume{x}\\", kNone},
      {"\\\\server\\share\\x\\", "\\\\server\\share\\x"},
      {"//server/share", "\\\\server\\share"},
      {"\\\\server", kNone},
      {"%windir%\\System32", "%windir%\\System32"},
      {"%windir%", "%windir%"},
      {"%windir%x", kNone},
      {"%windir", kNone},
      {"%%\\x", kNone},
      {"", kNone},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    CHECK(canonical_file_path(row.written).value_or(kNone) == row.normal);
  }
}

TEST_CASE("variables expand or the path is unknown") {
  const std::map<std::string, std::string> variables{{"WINDIR", "C:\\Windows"}, {"BAD", "relative"}};
  CHECK(expand_variables("%windir%\\System32", variables) == "C:\\Windows\\System32");
  CHECK(expand_variables("%other%\\System32", variables) == std::nullopt);
  CHECK(expand_variables("%bad%\\System32", variables) == std::nullopt);
  CHECK(expand_variables("C:\\100%", variables) == "C:\\100%");
}

TEST_CASE("IIS paths") {
  CHECK(canonical_iis_path("Default Web Site/LabTech/") == "Default Web Site/LabTech");
  CHECK(canonical_iis_path("MACHINE/WEBROOT/APPHOST") == "");
  CHECK(canonical_iis_path("machine/webroot/apphost/Default Web Site") == "Default Web Site");
  CHECK(canonical_iis_path("") == "");
  CHECK(canonical_iis_path("a/../b") == std::nullopt);
}

TEST_CASE("SIDs have one normal form") {
  struct Row {
    const char* written;
    std::string normal;
  };
  const Row rows[] = {
      {"S-1-5-32-544", "S-1-5-32-544"},
      {"s-1-5-32-544", "S-1-5-32-544"},
      {"S-1-05-032-0544", "S-1-5-32-544"},
      {"S-1-0x5-0x20-0x220", "S-1-5-32-544"},
      {"S-1-5-4294967295", "S-1-5-4294967295"},
      {"S-1-5-4294967296", kNone},
      {"S-1-4294967296-1", "S-1-0x000100000000-1"},
      {"S-1-0x000100000000-1", "S-1-0x000100000000-1"},
      {"S-1-281474976710656-1", kNone},
      {"S-1-5", kNone},
      {"S-1-5-", kNone},
      {"S-1--5-1", kNone},
      {"S-2-5-1", kNone},
      {"S-1-5--1", kNone},
      {"S-1-5-1 ", kNone},
      {"S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15", "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15"},
      {"S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16", kNone},
      {"Administrators", kNone},
      {"", kNone},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    CHECK(canonical_sid(row.written).value_or(kNone) == row.normal);
  }
}

TEST_CASE("GUIDs, account and service names") {
  const std::string guid = "0cce9215-69ae-11d9-bed3-505054503030";
  CHECK(canonical_guid("{0CCE9215-69AE-11D9-BED3-505054503030}") == guid);
  CHECK(canonical_guid(guid) == guid);
  CHECK(canonical_guid("{" + guid) == std::nullopt);
  CHECK(canonical_guid("0cce9215-69ae-11d9-bed3-50505450303g") == std::nullopt);
  CHECK(canonical_guid("0cce921569ae11d9bed3505054503030") == std::nullopt);

  CHECK(canonical_account_name(" CORP\\alice ") == "CORP\\alice");
  CHECK(canonical_account_name(".\\alice") == ".\\alice");
  CHECK(canonical_account_name("alice") == "alice");
  CHECK(canonical_account_name("CORP\\") == std::nullopt);
  CHECK(canonical_account_name("\\alice") == std::nullopt);
  CHECK(canonical_account_name("A\\B\\c") == std::nullopt);
  CHECK(canonical_account_name("a*b") == std::nullopt);
  CHECK(canonical_account_name("") == std::nullopt);

  CHECK(canonical_service_name("RemoteRegistry") == "RemoteRegistry");
  CHECK(canonical_service_name("a/b") == std::nullopt);
  CHECK(canonical_service_name("") == std::nullopt);
  CHECK(canonical_service_name(std::string(256, 's')).has_value());
  CHECK_FALSE(canonical_service_name(std::string(257, 's')).has_value());
}
