// Sites, applications and virtual directories: which folder a configuration path leads to, and which paths there are.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/derive/iis_files.hpp"
#include "runtime/derive/iis_recognition.hpp"

namespace polc::derive {

/// One virtual directory with the configuration path that it stands for.
struct IisDirectory {
  std::string path;              ///< "Default Web Site/LabTech"
  std::string application;       ///< path of the application it belongs to
  std::string physical;          ///< as configured, variables and all
  bool reads_subfolders = true;  ///< allowSubDirConfig
};

class IisSites {
 public:
  /// From <sites> of the applicationHost.config that is in force; nullptr where there is none.
  IisSites(const IisFiles& files, const IisFile* server);

  /// Why it cannot be told which sites there are: <sites> lies elsewhere or is encrypted, or has something that IIS refuses.
  const std::optional<IisStranger>& stranger() const { return stranger_; }

  /// The directory that a path lies in, the innermost one; nullptr when no site has it.
  const IisDirectory* directory_of(std::string_view path) const;

  /// Full path of the web.config of a level; "" when the folder cannot be told (UNC, unknown variable).
  std::string web_config_of(const IisDirectory& directory, std::string_view path) const;

  /// Whether the level reads a web.config at all.
  static bool reads_web_config(const IisDirectory& directory, std::string_view path);

  /// Sites, applications, virtual directories, folders with a web.config, and paths of <location>.
  std::vector<std::string> paths() const;

 private:
  void add_site(const formats::XmlElement& site, const formats::XmlElement& sites);
  void add_directory(const formats::XmlElement& directory, const std::string& application,
                     const std::vector<const formats::XmlElement*>& owners);
  void add_folders(const IisDirectory& directory, std::set<std::string>& seen,
                   std::vector<std::string>& paths) const;

  const IisFiles* files_;
  const IisFile* server_;
  std::vector<IisDirectory> directories_;
  std::vector<std::string> sites_;
  std::optional<IisStranger> stranger_;
};

inline constexpr std::string_view kSitesElement = "system.applicationHost/sites";

/// True for a path that is `prefix` or lies below it, ignoring case; "" is above all.
bool is_below(std::string_view path, std::string_view prefix);

/// "a", "a/b", "a/b/c" of "a/b/c", from the outermost.
std::vector<std::string> levels_of(std::string_view path);

std::string joined(std::string_view path, std::string_view below);

}  // namespace polc::derive
