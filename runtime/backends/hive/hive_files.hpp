// The hive files of a target: found, brought up to date with their logs, and told apart by what is in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/target.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/formats/regf.hpp"

namespace polc::backends::hive {

enum class HiveKind : std::uint8_t {
  System,
  Software,
  Sam,
  Security,
  User,
  Other,    ///< a hive of Windows that answers nothing here: DRIVERS, COMPONENTS, BCD, ...
  Unknown,  ///< the saved copy of some key
};

/// What a hive is, by the keys below its root; `name` of a HiveKind::Other is Windows' own.
struct HiveIdentity {
  HiveKind kind = HiveKind::Unknown;
  std::string_view name;
};
HiveIdentity identify(const formats::Hive& hive);

/// "HKLM\SYSTEM"; "" for kinds whose place is not fixed.
std::string_view place_of(HiveKind kind);

/// A hive that can be read. Its bytes are those after its logs, if it was dirty.
class HiveFile {
 public:
  HiveFile(std::string path, std::string name) : path_(std::move(path)), name_(std::move(name)) {}
  HiveFile(const HiveFile&) = delete;  // the hive points into the bytes kept here
  HiveFile& operator=(const HiveFile&) = delete;

  /// Opens `bytes`, a view that outlives this. A dirty hive is brought up to date with logs of the same name beside
  /// it. False, and reported, when that fails.
  bool open(std::string_view bytes, const TargetFiles* files, base::DiagnosticSink& sink);

  /// Reads the file from the target first.
  bool read(const TargetFiles& files, base::DiagnosticSink& sink);

  const formats::Hive& hive() const { return *hive_; }
  const HiveIdentity& identity() const { return identity_; }
  HiveKind kind() const { return identity_.kind; }
  const std::string& path() const { return path_; }  ///< below the target's folder
  const std::string& name() const { return name_; }  ///< what reports show

 private:
  std::string path_;
  std::string name_;
  std::string storage_;
  std::optional<formats::Hive> hive_;
  HiveIdentity identity_;
};

/// True for "DEFAULT", as Windows calls the file behind HKU\.DEFAULT, the hive of LocalSystem.
bool is_default_hive(std::string_view path);

/// Files of a folder that are named like a machine's hives or a user's ("SYSTEM", "sam.save", "NTUSER.DAT"), sorted.
std::vector<std::string> hive_names(const TargetFiles& files);

/// The first of them that is named like this one ("SYSTEM").
std::optional<std::string> find_hive(const TargetFiles& files, std::string_view stem);

}  // namespace polc::backends::hive
