// What one --target names, and the bounded way to the files that belong to it.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/source.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::backends {

/// A file below the target's folder, or beside the target's file.
struct TargetEntry {
  std::string path;  ///< relative to the root, with forward slashes and the spelling of the disk
  os::FileKind kind = os::FileKind::Missing;
  /// When Missing: NotFound, positively; else why it cannot be told (a folder that cannot be read, a link that leads
  /// out of the target).
  os::ReadStatus status = os::ReadStatus::NotFound;
};

/// A text that diagnostics and origins can point into: always UTF-8, whatever it was on the disk.
struct TargetText {
  base::FileId file = base::kNoFile;
  std::string name;       ///< what reports show
  std::string_view text;  ///< lives as long as the run
};

/// Files of one target. Nothing outside of the root is read, neither by '..' nor by a link; names compare as Windows
/// compares them, on every system. Borrows the file system and the sources.
class TargetFiles {
 public:
  /// `root` is an existing folder, `name` what reports call it.
  TargetFiles(const os::FileSystem& files, base::SourceManager& sources, std::string root, std::string name);

  /// Names in a folder of the target ("" is the root), sorted. More than limits::kFolderEntries, or a folder that
  /// cannot be read, is a failure.
  os::ReadStatus list(std::string_view folder, std::vector<TargetEntry>& entries) const;

  /// The entry whose path is `path` ignoring case; Missing when there is none, or, with the status Failed, when names
  /// on the way differ in case only.
  TargetEntry find(std::string_view path) const;

  /// The bytes of a file, which is found ignoring case. NotFound, Denied, TooLarge and Failed stay apart.
  os::ReadResult read(std::string_view path, std::size_t max_bytes) const;

  /// Keeps a text that was read, so that diagnostics can show its lines.
  TargetText keep(std::string_view path, std::string text) const;

  /// What reports show for a file of the target: "backup/{GUID}/.../GptTmpl.inf".
  std::string display_name(std::string_view path) const;

  const std::string& root() const { return root_; }

 private:
  std::string real_path(std::string_view path) const;
  const os::ListResult& listing(const std::string& folder) const;

  /// Each folder is listed once: what is found and what is read belong to one moment, and large trees stay cheap.
  mutable std::map<std::string, os::ListResult> listings_;
  const os::FileSystem& files_;
  base::SourceManager& sources_;
  std::string root_;
  std::string name_;
};

/// A target, read just far enough to tell what it is. Backends that need a file's content find it here.
struct Target {
  base::FileId file = base::kNoFile;  ///< of `bytes`; kNoFile for folders and for what is no file
  std::string_view name = {};         ///< what reports show: relative, with forward slashes
  std::string_view bytes = {};        ///< the whole file; empty for a folder
  os::FileKind kind = os::FileKind::File;
  /// What the command line adds in KIND:LABEL=PATH: the vantage of a scan, whose hive it is; "" without one.
  /// Of a target that is no file, all that stands behind "kind:".
  std::string_view label = {};
  const TargetFiles* files = nullptr;  ///< the folder, or the folder around the file; nullptr in memory
};

}  // namespace polc::backends
