// Profiles of the machine: ProfileList, and which of their hives are loaded.
#include <windows.h>
// After windows.h, which it needs.
#include <sddl.h>

#include <map>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/principals.hpp"
#include "runtime/backends/windows/registry.hpp"
#include "runtime/backends/windows/registry_keys.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::windows {
namespace {

using value::Unknown;
using value::UnknownReason;

const std::string kProfileKey = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList";

/// Windows renames the key of a profile that it could not load.
std::string_view without_bak(std::string_view name) {
  if (name.ends_with(".bak")) name.remove_suffix(4);
  return name;
}

/// "alice" of 'C:\Users\alice'; "" when there is none.
std::string folder_name(const std::string& key) {
  const auto path = stored_value(key, "ProfileImagePath");
  const auto* text = path.present() ? std::get_if<std::string>(&path.value.data) : nullptr;
  return text == nullptr ? std::string() : text->substr(text->rfind('\\') + 1);
}

/// The name that the machine has for the user of the profile, else that of the folder.
std::string account_or(const std::string& folder, const std::string& sid) {
  PSID raw = nullptr;
  const auto wide = os::wide_text(sid);
  if (!wide || ConvertStringSidToSidW(wide->c_str(), &raw) == 0) return folder;
  const LocalMemory<void> binary(raw);
  const auto principal = principal_of(raw);
  return principal && !principal->name.empty() ? principal->name : folder;
}

value::UserProfileEvidence profile(const std::string& sid, const LoadedHives& loaded,
                                   value::OriginId origin) {
  value::UserProfileEvidence row;
  row.sid = sid;
  row.hive_readable = loaded.sids.contains(sid);
  if (!row.hive_readable) {
    row.hive_unreadable = {
        UnknownReason::NotCollected,
        {},
        "the hive is not loaded, its user is not logged on; NTUSER.DAT can be a target of its own"};
  }
  row.origin = origin;
  return row;
}

}  // namespace

void collect_users(value::Evidence& evidence, const PlanSlice* slice) {
  if (slice != nullptr && !slice->needs(value::EvidenceSection::Users)) return;
  auto& section = evidence.users;
  section.collected = true;
  section.origin = add_origin(evidence, kProfileKey);
  const LoadedHives loaded = loaded_hives();
  std::map<std::string, std::string> names;  // by SID
  std::uint32_t end = 0;
  if (const OpenedKey list = open_key(kProfileKey); list.error != ERROR_SUCCESS) {
    section.unreadable = failure("RegOpenKeyEx", list.error, "administrator");
  } else {
    end = list_subkeys(list.key.get(), [&](std::wstring_view wide) {
      const std::string name = os::utf8_text(wide);
      const auto sid = value::canonical_sid(without_bak(name));
      if (sid) names.emplace(*sid, folder_name(kProfileKey + "\\" + name));
      return true;
    });
    if (end != ERROR_NO_MORE_ITEMS) section.unreadable = failure("RegEnumKeyEx", end);
  }
  // A hive without an entry is of a user who has no lasting profile.
  for (const std::string& sid : loaded.sids) names.emplace(sid, std::string());
  for (const auto& [sid, folder] : names) {
    auto row = profile(sid, loaded, section.origin);
    row.name = account_or(folder, sid);
    section.rows.push_back(std::move(row));
  }
  auto standard = profile("Default", loaded, section.origin);
  standard.hive_unreadable.detail =
      "the hive of the default profile is not loaded; its NTUSER.DAT can be a target";
  section.rows.push_back(std::move(standard));
  section.complete = end == ERROR_NO_MORE_ITEMS && loaded.error == ERROR_NO_MORE_ITEMS;
}

}  // namespace polc::backends::windows
