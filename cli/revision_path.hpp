// REV:path on the command line: a file as it is in a git revision.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "runtime/base/result.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::cli {

/// `main:policies/automate.pol` as typed; nothing of it was looked up yet.
struct RevisionPath {
  std::string argument;  ///< the whole of it
  std::string revision;  ///< what stands before the first colon; may be empty, which opening refuses
  std::string
      path;  ///< from the root of the repository; from the working folder where it begins with ./ or ../
};

/// A file in a revision, and the file system to read it and all around it from.
struct OpenRevision {
  std::unique_ptr<os::FileSystem>
      files;           ///< the revision's whole tree below "/"; lives without the repository object
  std::string root;    ///< "/"
  std::string path;    ///< absolute in `files`: "/policies/automate.pol"; an ordinary file
  std::string commit;  ///< id in hexadecimal
};

/// Whether an argument names a file in a revision: it has a colon, is no file of that name, and does not begin with a drive
/// (one letter before the colon; a branch of such a name is written `heads/x`).
std::optional<RevisionPath> parse_revision_path(const std::string& argument, const os::FileSystem& files);

/// Finds the repository around the working folder, the commit, and the file in it. `files` must outlive the result. Errors
/// are diagnostics 5140 to 5150.
base::Result<OpenRevision> open_revision(const RevisionPath& wanted, const os::FileSystem& files);

}  // namespace polc::cli
