// The texts that an editor works on: what is open in it, and the files around them. Nothing outside of the root folder is
// read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/os/file_system.hpp"

namespace polc::authoring {

/// "file:///c%3A/a%20b.pol" as a path with forward slashes; nullopt for other schemes and for what is no URI.
std::optional<std::string> path_of_uri(std::string_view uri);

/// The opposite, for an absolute path.
std::string uri_of_path(std::string_view path);

/// Open texts in front of the files of the same name. Everything else is the file system behind it; nothing is written.
class Overlay : public os::FileSystem {
 public:
  explicit Overlay(const os::FileSystem& files) : files_(files) {}

  void open(const std::string& path, std::string text) { texts_[path] = std::move(text); }
  void close(const std::string& path) { texts_.erase(path); }
  const std::map<std::string, std::string>& texts() const { return texts_; }

  os::ReadResult read(const std::string& path, std::size_t max_bytes) const override;
  os::ReadResult read_pieces(const std::string& path,
                             const std::function<void(std::string_view)>& use) const override;
  os::ReadResult read_range(const std::string& path, std::uint64_t offset, std::size_t count) const override;
  os::FileKind kind(const std::string& path) const override;
  os::ListResult list(const std::string& path, std::size_t max_entries) const override;
  std::optional<std::string> canonical(const std::string& path) const override;
  std::optional<std::string> write_whole(const std::string& path, std::string_view bytes) override;
  std::string working_folder() const override { return files_.working_folder(); }

 private:
  const os::FileSystem& files_;
  std::map<std::string, std::string> texts_;  ///< by canonical path
};

/// Paths of the files below `root` that declare a policy, sorted, at most limits::kWorkspacePolicies. Hidden folders and
/// links are left out.
std::vector<std::string> find_policies(const os::FileSystem& files, const std::string& root);

}  // namespace polc::authoring
