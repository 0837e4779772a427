// Operating system and profiles, from a SOFTWARE hive.
#include <algorithm>
#include <array>
#include <charconv>

#include "runtime/backends/hive/sections.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::hive {
namespace {

using value::FactStatus;
using value::Unknown;
using value::UnknownReason;

constexpr std::uint32_t kWindows11 = 22000;

NumberReading number_in(const TextReading& text) {
  if (!text.present()) return without_value<std::uint32_t>(text);
  std::uint32_t number = 0;
  const char* end = text.value.data() + text.value.size();
  const auto [rest, error] = std::from_chars(text.value.data(), end, number);
  if (error == std::errc{} && rest == end) return NumberReading::of(number, text.origin);
  return NumberReading::unreadable({UnknownReason::Corrupt, {}, "a build number that is no number"},
                                   text.origin);
}

TextReading installation_type(const TextReading& text) {
  struct Known {
    std::string_view windows, ours;
  };
  constexpr std::array kTypes{Known{"Server", "server"}, Known{"Server Core", "server_core"},
                              Known{"Client", "client"}};
  if (!text.present()) return text;
  for (const Known& type : kTypes) {
    if (base::equal_folded(type.windows, text.value))
      return TextReading::of(std::string(type.ours), text.origin);
  }
  return TextReading::unreadable({UnknownReason::Unsupported, {}, "installation type \"" + text.value + "\""},
                                 text.origin);
}

/// Windows 11 still calls itself Windows 10 here (Microsoft Q&A, "ProductName in Windows 11").
TextReading product_name(TextReading name, const NumberReading& build) {
  constexpr std::string_view kOld = "Windows 10 ";
  if (name.present() && build.present() && build.value >= kWindows11 && name.value.starts_with(kOld))
    name.value.replace(0, kOld.size(), "Windows 11 ");
  return name;
}

void put_variable(HiveReader& reader, std::string_view name, const TextReading& path) {
  // A path that is itself written with variables does not help to resolve one.
  if (path.present() && value::canonical_file_path(path.value) && path.value.find('%') == std::string::npos)
    reader.evidence().host.variables.emplace(name, path.value);
}

value::UserProfileEvidence profile_row(HiveReader& reader, const KeyReading& key, std::string sid) {
  const TextReading path = KeyValues(reader, key).text("ProfileImagePath");
  value::UserProfileEvidence row;
  row.sid = std::move(sid);
  row.origin = key.origin;
  row.hive_readable = false;
  row.hive_unreadable = {
      UnknownReason::NotCollected,
      {},
      "this user's keys are in " + (path.present() ? path.value : "their profile") + "\\NTUSER.DAT"};
  return row;
}

}  // namespace

void read_software_host(HiveReader& reader) {
  value::HostEvidence& host = reader.evidence().host;
  const KeyValues version(reader, reader.key(reader.root(), "Microsoft\\Windows NT\\CurrentVersion"));
  host.build = number_in(version.text("CurrentBuildNumber"));
  host.ubr = version.dword("UBR");
  host.os = product_name(version.text("ProductName"), host.build);
  host.edition = version.text("EditionID");
  host.installation_type = installation_type(version.text("InstallationType"));
  put_variable(reader, "SYSTEMROOT", version.text("SystemRoot"));
  const KeyValues current(reader, reader.key(reader.root(), "Microsoft\\Windows\\CurrentVersion"));
  put_variable(reader, "PROGRAMFILES", current.text("ProgramFilesDir"));
  put_variable(reader, "PROGRAMFILES(X86)", current.text("ProgramFilesDir (x86)"));
}

void read_profiles(HiveReader& reader) {
  auto& section = reader.evidence().users;
  const KeyReading list = reader.key(reader.root(), "Microsoft\\Windows NT\\CurrentVersion\\ProfileList");
  if (!list.present()) {
    const Unknown missing{UnknownReason::Corrupt, {}, "the hive has no list of profiles"};
    return unreadable(section, list.status == FactStatus::Absent ? missing : list.unknown, list.origin);
  }
  section.origin = list.origin;
  auto profiles = reader.subkeys(list);
  for (formats::HiveKey& key : profiles.items) {
    // "<SID>.bak" is what a profile that could not be loaded leaves behind.
    auto sid = value::canonical_sid(key.name);
    // A hive that was read before is in the table already.
    const bool listed = sid && std::any_of(section.rows.begin(), section.rows.end(),
                                           [&](const auto& row) { return row.sid == *sid; });
    if (sid && !listed)
      section.rows.push_back(profile_row(reader, reader.reading_of(std::move(key)), std::move(*sid)));
  }
  value::UserProfileEvidence preset;
  preset.sid = "Default";
  preset.hive_readable = false;
  preset.hive_unreadable = {UnknownReason::NotCollected, {}, "its keys are in Users\\Default\\NTUSER.DAT"};
  preset.origin = list.origin;
  section.rows.push_back(std::move(preset));
  close(section, profiles.error ? std::optional(reader.corrupt(*profiles.error)) : std::nullopt);
}

}  // namespace polc::backends::hive
