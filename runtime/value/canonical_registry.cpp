// Normal form of registry keys, and the 32-bit view of them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <span>
#include <vector>

#include "runtime/base/casefold.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::value {
namespace {

using Parts = std::vector<std::string_view>;

struct Hive {
  std::string_view written;
  std::string_view canonical;
};

constexpr std::array kHives{
    Hive{"HKLM", "HKLM"},
    Hive{"HKEY_LOCAL_MACHINE", "HKLM"},
    Hive{"HKCU", "HKCU"},
    Hive{"HKEY_CURRENT_USER", "HKCU"},
    Hive{"HKU", "HKU"},
    Hive{"HKEY_USERS", "HKU"},
    Hive{"HKCR", "HKLM\\SOFTWARE\\Classes"},
    Hive{"HKEY_CLASSES_ROOT", "HKLM\\SOFTWARE\\Classes"},
    Hive{"HKCC", "HKLM\\SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current"},
    Hive{"HKEY_CURRENT_CONFIG", "HKLM\\SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current"},
};

/// Whether a 32-bit program sees another key than a 64-bit one. The longest entry that is a prefix of a key's path
/// decides; below HKLM and HKCU alike, paths are relative to them. (Table of Windows 7 and later.)
struct ViewRule {
  std::string_view path;
  bool redirected;
};

constexpr bool kRedirected = true;
constexpr bool kShared = false;

constexpr std::array kMachineViews{
    ViewRule{"SOFTWARE", kRedirected},
    ViewRule{"SOFTWARE\\Classes", kShared},
    ViewRule{"SOFTWARE\\Classes\\CLSID", kRedirected},
    ViewRule{"SOFTWARE\\Classes\\DirectShow", kRedirected},
    ViewRule{"SOFTWARE\\Classes\\Interface", kRedirected},
    ViewRule{"SOFTWARE\\Classes\\Media Type", kRedirected},
    ViewRule{"SOFTWARE\\Classes\\MediaFoundation", kRedirected},
    ViewRule{"SOFTWARE\\Clients", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\COM3", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Cryptography\\Calais\\Current", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Cryptography\\Calais\\Readers", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Cryptography\\Services", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\CTF\\SystemShared", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\CTF\\TIP", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\DFS", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Driver Signing", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\EnterpriseCertificates", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\EventSystem", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\MSMQ", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Non-Driver Signing", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Notepad\\DefaultFonts", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\OLE", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\RAS", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\RPC", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\SOFTWARE\\Microsoft\\Shared Tools\\MSInfo", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\SystemCertificates", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\TermServLicensing", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\TransactionServer", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Control Panel\\Cursors\\Schemes", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\AutoplayHandlers", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\DriveIcons", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\KindMap", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Group Policy", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\PreviewHandlers", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Setup", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Telephony\\Locations", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Console", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\FontDpi", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\FontLink", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\FontMapper", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Fonts", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\FontSubstitutes", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Gre_Initialize", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Language Pack", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\NetworkCards", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Perflib", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Ports", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Print", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList", kShared},
    ViewRule{"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Time Zones", kShared},
    ViewRule{"SOFTWARE\\Policies", kShared},
    ViewRule{"SOFTWARE\\RegisteredApplications", kShared},
};

constexpr std::array kUserViews{
    ViewRule{"SOFTWARE\\Classes\\CLSID", kRedirected},
    ViewRule{"SOFTWARE\\Classes\\DirectShow", kRedirected},
    ViewRule{"SOFTWARE\\Classes\\Interface", kRedirected},
    ViewRule{"SOFTWARE\\Classes\\Media Type", kRedirected},
    ViewRule{"SOFTWARE\\Classes\\MediaFoundation", kRedirected},
};

constexpr std::string_view kWow = "WOW6432Node";
constexpr std::string_view kClassesHive = "_Classes";
constexpr std::size_t kLongestName = 255;
constexpr std::size_t kUsualDepth = 12;

Parts split(std::string_view text) {
  Parts parts;
  parts.reserve(kUsualDepth);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\\'), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string join(const Parts& parts) {
  std::string path;
  for (const std::string_view part : parts) {
    if (!path.empty()) path += '\\';
    path += part;
  }
  return path;
}

bool equal(std::string_view a, std::string_view b) {
  return base::equal_folded(a, b);
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && equal(text.substr(text.size() - end.size()), end);
}

bool begins_with(const Parts& parts, std::span<const std::string_view> beginning) {
  return parts.size() >= beginning.size() &&
         std::equal(beginning.begin(), beginning.end(), parts.begin(), equal);
}

bool begins_with(const Parts& parts, std::initializer_list<std::string_view> beginning) {
  return begins_with(parts, std::span(beginning.begin(), beginning.size()));
}

bool is_name(std::string_view name) {
  const bool clean =
      std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!clean || base::find_invalid_utf8(name)) return false;
  return name.size() <= kLongestName || base::folded_characters(name).size() <= kLongestName;
}

/// The part of a written key that names the hive, without the prefixes of PowerShell and regedit.
std::string_view without_prefix(std::string_view written) {
  for (const std::string_view prefix :
       {"Microsoft.PowerShell.Core\\Registry::", "Registry::", "Computer\\"}) {
    if (equal(written.substr(0, prefix.size()), prefix)) return written.substr(prefix.size());
  }
  return written;
}

std::string_view without_colon(std::string_view hive) {
  if (!hive.empty() && hive.back() == ':') hive.remove_suffix(1);
  return hive;
}

bool is_redirected(const Parts& below_hive, const ViewRule* rules, std::size_t count) {
  std::size_t longest = 0;
  bool redirected = kShared;
  for (const ViewRule* rule = rules; rule != rules + count; ++rule) {
    const Parts path = split(rule->path);
    if (path.size() <= longest || !begins_with(below_hive, path)) continue;
    longest = path.size();
    redirected = rule->redirected;
  }
  return redirected;
}

/// 'SOFTWARE\Classes\CLSID\x' moves to 'SOFTWARE\Classes\WOW6432Node\CLSID\x', anything else below SOFTWARE to
/// 'SOFTWARE\WOW6432Node\x'.
Parts redirected_path(Parts below_hive) {
  const bool is_class = begins_with(below_hive, {"SOFTWARE", "Classes"});
  below_hive.insert(below_hive.begin() + (is_class ? 2 : 1), kWow);
  return below_hive;
}

/// Keys that Windows links to others: the running control set, the 32-bit classes, LocalSystem's profile.
void follow_links(Parts& parts, std::uint32_t current_control_set) {
  if (begins_with(parts, {"HKLM", "SYSTEM"}) && parts.size() > 2 &&
      equal(parts[2], fmt::format("ControlSet{:03}", current_control_set))) {
    parts[2] = "CurrentControlSet";
  }
  if (begins_with(parts, {"HKLM", "SOFTWARE", kWow, "Classes"})) std::swap(parts[2], parts[3]);
  if (begins_with(parts, {"HKU", ".DEFAULT"})) parts[1] = "S-1-5-18";
}

/// The hive of a user: the SID in normal form, 'HKU\<SID>\SOFTWARE\Classes' as its own hive 'HKU\<SID>_Classes'.
std::string with_user_hive(Parts parts) {
  if (parts.size() < 2 || parts[0] != "HKU") return join(parts);
  std::string user = canonical_sid(parts[1]).value_or(std::string(parts[1]));
  const bool is_classes_hive = ends_with(parts[1], kClassesHive);
  if (!is_classes_hive && parts.size() >= 4 && equal(parts[2], "SOFTWARE") && equal(parts[3], "Classes")) {
    user += kClassesHive;
    parts.erase(parts.begin() + 2, parts.begin() + 4);
  }
  parts[1] = user;
  return join(parts);
}

}  // namespace

std::optional<std::string> canonical_registry_key(std::string_view written,
                                                  std::uint32_t current_control_set) {
  Parts parts = split(without_prefix(written));
  if (parts.empty() || !std::all_of(parts.begin(), parts.end(), is_name)) return std::nullopt;
  const std::string_view hive_name = without_colon(parts.front());
  const auto* const hive =
      std::find_if(kHives.begin(), kHives.end(), [&](const Hive& h) { return equal(h.written, hive_name); });
  if (hive == kHives.end()) return std::nullopt;
  Parts canonical = split(hive->canonical);
  canonical.insert(canonical.end(), parts.begin() + 1, parts.end());
  follow_links(canonical, current_control_set);
  return with_user_hive(std::move(canonical));
}

std::string_view nearest_hive(std::string_view written) {
  const std::string_view rest = without_prefix(written);
  const std::string_view first = without_colon(rest.substr(0, rest.find_first_of("\\/")));
  std::vector<std::string_view> names;
  for (const Hive& hive : kHives) names.push_back(hive.written);
  return base::nearest(first, names);
}

std::string registry_key_in_view32(std::string_view canonical_key) {
  Parts parts = split(canonical_key);
  const bool machine = begins_with(parts, {"HKLM"});
  const bool user = begins_with(parts, {"HKCU"});
  if (!machine && !user) return std::string(canonical_key);
  const Parts below_hive(parts.begin() + 1, parts.end());
  const auto names_wow = [](std::string_view part) { return equal(part, kWow); };
  if (std::any_of(below_hive.begin(), below_hive.end(), names_wow)) return std::string(canonical_key);
  const bool redirected = machine ? is_redirected(below_hive, kMachineViews.data(), kMachineViews.size())
                                  : is_redirected(below_hive, kUserViews.data(), kUserViews.size());
  if (!redirected) return std::string(canonical_key);
  Parts moved = redirected_path(below_hive);
  moved.insert(moved.begin(), parts.front());
  return join(moved);
}

std::optional<std::string> registry_key_of_user(std::string_view canonical_key, std::string_view sid) {
  const Parts parts = split(canonical_key);
  if (!begins_with(parts, {"HKCU"})) return std::nullopt;
  Parts moved{"HKU", sid};
  moved.insert(moved.end(), parts.begin() + 1, parts.end());
  return with_user_hive(std::move(moved));
}

bool is_per_user_key(std::string_view canonical_key) {
  return begins_with(split(canonical_key), {"HKCU"});
}

}  // namespace polc::value
