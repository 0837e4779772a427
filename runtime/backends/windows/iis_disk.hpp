// The fixed disks of the machine, as the reader of IIS configuration sees them. Windows only.
#pragma once

#include <cstdint>
#include <memory>

#include "runtime/backends/iis/configuration_files.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::backends::windows {

/// Neither a share nor another machine is reached, be it by the path itself or by a symbolic link in it. Junctions, which
/// lead to local folders alone, are followed.
class FixedDisks : public IisDisk {
 public:
  FixedDisks();

  std::optional<std::string> path_of(const std::string& windows_path) const override;
  std::string windows_path_of(const std::string& path) const override;
  bool is_whole() const override { return true; }
  os::ReadResult read(const std::string& path, std::size_t max_bytes) const override;
  IisFolder list(const std::string& path) const override;
  value::Origin origin(const std::string& path) const override;

 private:
  std::unique_ptr<os::FileSystem> files_;
};

/// True for a symbolic link, or another entry of a folder that stands for something which may be on another machine: by
/// its FILE_ATTRIBUTE_ flags and the tag of its reparse point, 0 where the system tells none.
bool may_leave_machine(std::uint32_t attributes, std::uint32_t reparse_tag);

/// Fills the files of the IIS section. `windows_folder` is the path of the disk of %windir%. A server without
/// applicationHost.config is not installed.
void read_iis(value::Evidence& evidence, const IisDisk& disk, const std::string& windows_folder);

}  // namespace polc::backends::windows
