#include "runtime/backends/hive/hive_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/regf_log.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::backends::hive {
namespace {

using formats::Hive;
using formats::HiveKey;

bool has(const Hive& hive, const HiveKey& key, std::string_view name) {
  const auto found = hive.find(key, name);
  return found && *found;
}

/// True when the path of keys is there.
bool has_path(const Hive& hive, HiveKey key, std::initializer_list<std::string_view> path) {
  for (const std::string_view name : path) {
    auto found = hive.find(key, name);
    if (!found || !*found) return false;
    key = std::move(**found);
  }
  return true;
}

struct Mark {
  std::string_view name;   ///< of the hive
  std::string_view child;  ///< below its root
};
/// Hives of Windows whose content no section is about.
constexpr std::array kOthers{
    Mark{"DRIVERS", "DriverDatabase"},
    Mark{"COMPONENTS", "CanonicalData"},
    Mark{"SCHEMA", "wcm://"},
    Mark{"BCD", "Objects"},
    Mark{"UsrClass.dat", "Local Settings"},
    Mark{"Amcache.hve", "Root"},
    Mark{"Syscache.hve", "DefaultObjectStore"},
    Mark{"ELAM", "Microsoft Antimalware"},
};

constexpr std::array<std::string_view, 5> kStems{"SAM", "SECURITY", "SYSTEM", "SOFTWARE", "NTUSER"};
/// What people and tools append: `reg save HKLM\SAM sam.hiv`.
constexpr std::array<std::string_view, 5> kExtensions{"", "DAT", "HIV", "HIVE", "SAVE"};

std::string_view stem_of(std::string_view name) {
  return name.substr(0, name.find('.'));
}

bool is_hive_name(std::string_view name, std::string_view stem) {
  if (!base::equal_folded(stem_of(name), stem)) return false;
  const std::string_view extension = name.substr(std::min(name.size(), stem.size() + 1));
  return std::any_of(kExtensions.begin(), kExtensions.end(),
                     [&](std::string_view known) { return base::equal_folded(extension, known); });
}

}  // namespace

HiveIdentity identify(const Hive& hive) {
  const auto root = hive.root();
  if (!root) return {};
  if (has(hive, *root, "Select")) return {HiveKind::System, "SYSTEM"};
  if (has_path(hive, *root, {"SAM", "Domains"}) || has_path(hive, *root, {"Domains", "Account"}))
    return {HiveKind::Sam, "SAM"};
  if (has_path(hive, *root, {"Policy", "PolAdtEv"}) || has_path(hive, *root, {"Policy", "Accounts"}))
    return {HiveKind::Security, "SECURITY"};
  if (has_path(hive, *root, {"Microsoft", "Windows NT", "CurrentVersion"}))
    return {HiveKind::Software, "SOFTWARE"};
  if (has(hive, *root, "Software") && (has(hive, *root, "Control Panel") || has(hive, *root, "Environment")))
    return {HiveKind::User, "NTUSER.DAT"};
  for (const Mark& other : kOthers) {
    if (has(hive, *root, other.child)) return {HiveKind::Other, other.name};
  }
  return {};
}

std::string_view place_of(HiveKind kind) {
  switch (kind) {
    case HiveKind::System:
      return "HKLM\\SYSTEM";
    case HiveKind::Software:
      return "HKLM\\SOFTWARE";
    case HiveKind::Sam:
      return "HKLM\\SAM";
    case HiveKind::Security:
      return "HKLM\\SECURITY";
    case HiveKind::User:
    case HiveKind::Other:
    case HiveKind::Unknown:
      break;
  }
  return "";
}

bool HiveFile::open(std::string_view bytes, const TargetFiles* files, base::DiagnosticSink& sink) {
  const auto header = formats::parse_hive_header(bytes);
  if (header && header->dirty()) {
    std::vector<std::string> logs;
    for (const char* extension : {".LOG1", ".LOG2", ".LOG"}) {
      if (files == nullptr) break;
      os::ReadResult log = files->read(path_ + extension, limits::kHiveLogBytes);
      if (log.status == os::ReadStatus::Ok) logs.push_back(std::move(log.text));
    }
    auto whole = formats::replay_hive_logs(bytes, {logs.begin(), logs.end()});
    if (!whole) {
      const std::string why = logs.empty() ? std::string("no log lies beside it") : whole.error().what;
      sink.add(diag::DirtyHive{.name = name_, .why = why}.at());
      return false;
    }
    storage_ = std::move(*whole);
    bytes = storage_;
  }
  auto hive = Hive::open(bytes);
  const auto root = hive ? hive->root() : tl::unexpected<formats::ParseError>(hive.error());
  if (!root) {
    sink.add(diag::BrokenHive{
        .name = name_, .offset = fmt::format("0x{:x}", root.error().offset), .problem = root.error().what}
                 .at());
    return false;
  }
  hive_ = std::move(*hive);
  identity_ = identify(*hive_);
  return true;
}

bool HiveFile::read(const TargetFiles& files, base::DiagnosticSink& sink) {
  os::ReadResult file = files.read(path_, limits::kHiveBytes);
  if (file.status != os::ReadStatus::Ok) {
    sink.add(diag::UnreadHive{.name = name_, .why = file.detail}.at());
    return false;
  }
  storage_ = std::move(file.text);
  return open(storage_, &files, sink);
}

bool is_default_hive(std::string_view path) {
  return base::equal_folded(path, "DEFAULT");
}

std::vector<std::string> hive_names(const TargetFiles& files) {
  std::vector<TargetEntry> entries;
  if (files.list("", entries) != os::ReadStatus::Ok) return {};
  std::vector<std::string> names;
  for (const TargetEntry& entry : entries) {
    const bool named = std::any_of(kStems.begin(), kStems.end(),
                                   [&](std::string_view stem) { return is_hive_name(entry.path, stem); });
    if ((named || is_default_hive(entry.path)) && entry.kind == os::FileKind::File)
      names.push_back(entry.path);
  }
  return names;
}

std::optional<std::string> find_hive(const TargetFiles& files, std::string_view stem) {
  for (std::string& name : hive_names(files)) {
    if (is_hive_name(name, stem)) return std::move(name);
  }
  return std::nullopt;
}

}  // namespace polc::backends::hive
