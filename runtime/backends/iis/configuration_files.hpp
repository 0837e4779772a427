// Finds and reads the configuration files of a web server, on the disks of a machine or in copies of them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/target.hpp"
#include "runtime/formats/xml.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

inline constexpr std::string_view kIisServerFile = "applicationHost.config";
inline constexpr std::string_view kIisWebConfig = "web.config";

/// A folder that was looked into; `detail` says why not.
struct IisFolder {
  os::ReadStatus status = os::ReadStatus::Failed;
  std::vector<TargetEntry> entries;  ///< with paths of the disk
  std::string detail;
};

/// The disks on which a server's configuration lies. Paths "of the disk" have forward slashes and mean something to the
/// implementation alone; Windows paths are absolute, with backslashes and without variables.
class IisDisk {
 public:
  virtual ~IisDisk() = default;

  /// nullopt for what is not on these disks, and is not to be looked for: shares, removable drives.
  virtual std::optional<std::string> path_of(const std::string& windows_path) const = 0;
  virtual std::string windows_path_of(const std::string& path) const = 0;
  /// True for the disks themselves: what is not found does not exist. A copy may lack what nobody copied.
  virtual bool is_whole() const = 0;

  virtual os::ReadResult read(const std::string& path, std::size_t max_bytes) const = 0;
  virtual IisFolder list(const std::string& path) const = 0;
  /// Of the text of a file: its first line, without a column.
  virtual value::Origin origin(const std::string& path) const = 0;
};

/// Fills the IIS section of some evidence, whose host variables expand the paths in configuration files.
class IisConfigurationFiles {
 public:
  IisConfigurationFiles(const IisDisk& disk, value::Evidence& evidence);

  /// The server's own files; `folder` is a path of the disk. False when it has no applicationHost.config.
  bool add_server(const std::string& folder, std::string_view server_file);

  /// machine.config and the root web.config of ASP.NET; `folder` is a path of the disk.
  void add_framework(const std::string& folder);

  /// Every web.config below every virtual directory. Only then, and only if all of them were searched to the end, the
  /// section is complete.
  void add_directories();

 private:
  bool proves_absence_in(const std::string& folder) const;
  std::optional<formats::XmlElement> add_file(std::string name, const std::string& path);
  void add_section_files(const formats::XmlElement& root, const std::string& windows_folder,
                         const std::string& folder);
  std::optional<std::string> folder_of(const std::string& written);
  bool add_folder(const std::string& folder, std::size_t depth);
  void add_web_config(const std::string& path);
  void name_files();
  bool leave_open(value::Unknown why);

  const IisDisk& disk_;
  value::Evidence& evidence_;
  std::optional<std::vector<std::string>> directories_;  ///< physical paths as configured; nullopt: not known
  std::set<std::string> seen_;
  std::size_t folders_ = 0;
};

}  // namespace polc::backends
