// A git repository, read from its own files: no program is started, nothing is downloaded, and what its configuration
// includes or names is never opened. Variables such as GIT_DIR are not looked at.
#pragma once

#include <string>

#include "runtime/git/bounds.hpp"
#include "runtime/git/config.hpp"
#include "runtime/git/object_store.hpp"
#include "runtime/git/refs.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::git {

/// Borrows the file system.
class Repository {
 public:
  /// The repository whose work tree is `folder` or the nearest folder above it. `folder` is absolute.
  static Result<Repository> find(const os::FileSystem& files, const std::string& folder,
                                 const Bounds& bounds = {});

  /// The repository whose work tree is `work_tree`. A linked work tree's `.git` file is followed to a local folder, never
  /// to another machine.
  static Result<Repository> open(const os::FileSystem& files, const std::string& work_tree,
                                 const Bounds& bounds = {});

  const std::string& work_tree() const { return work_tree_; }
  const Config& config() const { return config_; }
  const References& references() const { return references_; }
  const ObjectStore& objects() const { return objects_; }

 private:
  Repository(std::string work_tree, Config config, References references, ObjectStore objects)
      : work_tree_(std::move(work_tree)),
        config_(std::move(config)),
        references_(std::move(references)),
        objects_(std::move(objects)) {}

  std::string work_tree_;
  Config config_;
  References references_;
  ObjectStore objects_;
};

}  // namespace polc::git
