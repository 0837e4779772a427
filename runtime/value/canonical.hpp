// Normal forms: the one place where spellings of the same Windows object become one. Policies and evidence both go
// through here, so that two spellings can be compared by comparing text. Every function keeps the writer's case for
// display and gives nullopt for what has no certain reading; folded() makes the form for look-ups.
//
// Sources: MicrosoftDocs/win32 "Registry Keys Affected by WOW64", "Naming Files, Paths, and Namespaces";
// [MS-DTYP] 2.4.2.1 (SID strings); RFC 4122 (GUIDs).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace polc::value {

/// A canonical name as Windows compares it (base::fold_case).
std::string folded(std::string_view canonical);

// --- registry ------------------------------------------------------------------------------------------------

/// Normal form of a key: 'HKLM\SYSTEM\CurrentControlSet\Control\Lsa'. Only `\` separates; doubled and trailing
/// ones are dropped. A '/' is part of a name ('...\Ciphers\RC4 128/128').
///
///   HKEY_LOCAL_MACHINE\X · HKLM:\X · Registry::HKLM\X · Computer\HKEY_LOCAL_MACHINE\X   HKLM\X
///   HKEY_CURRENT_USER, HKEY_USERS (and their short forms)                                HKCU\, HKU\ (SIDs canonical)
///   HKEY_CLASSES_ROOT\X                                                                  HKLM\SOFTWARE\Classes\X
///   HKEY_CURRENT_CONFIG\X       HKLM\SYSTEM\CurrentControlSet\Hardware Profiles\Current\X
///   HKLM\SYSTEM\ControlSet00n\X, where n is `current_control_set`                        ...\CurrentControlSet\X
///   HKLM\SOFTWARE\WOW6432Node\Classes\X                       HKLM\SOFTWARE\Classes\WOW6432Node\X
///   HKU\<SID>\Software\Classes\X                             HKU\<SID>_Classes\X
///   HKU\.DEFAULT\X (the profile of LocalSystem)              HKU\S-1-5-18\X
///
/// nullopt: no hive at the beginning, a name above 255 characters, a control character, or not UTF-8.
std::optional<std::string> canonical_registry_key(std::string_view written,
                                                  std::uint32_t current_control_set = 1);

/// The hive that the beginning of `written` is most likely meant to be: "HKLM"; "" when nothing is close.
std::string_view nearest_hive(std::string_view written);

/// Where a 32-bit program finds a canonical key below HKLM or HKCU: a redirected one below WOW6432Node, a shared one
/// itself.
std::string registry_key_in_view32(std::string_view canonical_key);

/// 'HKCU\X' of the user with that SID: canonical 'HKU\<SID>\X'. The user "Default" is the profile that new users
/// get, 'HKU\Default\X'. nullopt if the key is not below HKCU.
std::optional<std::string> registry_key_of_user(std::string_view canonical_key, std::string_view sid);

/// True for a canonical key below HKCU, which means nothing without a user.
bool is_per_user_key(std::string_view canonical_key);

/// Value name; '(Default)', as PowerShell and regedit show it, is ''. nullopt above 16383 characters, for NUL, or
/// when not UTF-8.
std::optional<std::string> canonical_value_name(std::string_view written);

// --- files -----------------------------------------------------------------------------------------------------

/// Absolute path: 'C:\Windows\System32', '\\server\share\x', or '%windir%\x' with a variable in front. '/' becomes
/// '\', doubled and trailing separators go, '\\?\' and '\\.\' prefixes of drive paths go, the drive letter is upper
/// case; 'C:' is the root 'C:\'. nullopt for relative paths, '.' and '..' parts, streams, wildcards, and controls.
std::optional<std::string> canonical_file_path(std::string_view written);

/// Path relative to a folder, which it cannot leave: 'sections\authorization.config'. '/' becomes '\'. nullopt for
/// absolute paths, UNC, '.' and '..' parts, variables, streams, wildcards, and controls.
std::optional<std::string> canonical_relative_path(std::string_view written);

/// The path with its %VARIABLE% replaced, again canonical. `variables` by upper-case name. nullopt if one is not
/// known or the result has no normal form.
std::optional<std::string> expand_variables(std::string_view canonical_path,
                                            const std::map<std::string, std::string>& variables);

/// Path in the IIS configuration: 'Default Web Site/LabTech'. Both separators, doubled and outer ones accepted,
/// 'MACHINE/WEBROOT/APPHOST' in front dropped; '' is the server level.
std::optional<std::string> canonical_iis_path(std::string_view written);

// --- names -----------------------------------------------------------------------------------------------------

/// "S-1-5-32-544". Lower-case 's', leading zeros and hexadecimal parts are accepted; an authority of 2^32 and more
/// is written in hexadecimal. nullopt for anything but 1 to 15 sub-authorities of 32 bits.
std::optional<std::string> canonical_sid(std::string_view written);

/// "0cce9215-69ae-11d9-bed3-505054503030": lower case, without braces.
std::optional<std::string> canonical_guid(std::string_view written);

/// 'DOMAIN\name', '.\name' or 'name', without surrounding spaces.
std::optional<std::string> canonical_account_name(std::string_view written);

/// Service name: 1 to 256 characters, no '/' or '\'.
std::optional<std::string> canonical_service_name(std::string_view written);

}  // namespace polc::value
