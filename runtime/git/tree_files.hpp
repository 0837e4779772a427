// The files of a commit as a file system that cannot be written: what reads modules from a disk reads them from there, too.
#pragma once

#include <map>
#include <memory>

#include "runtime/git/repository.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::git {

/// The root of the tree is "/", which is the working folder, too. Names compare as git stores them, case and all. Symbolic
/// links and submodules are there, of kind Other, and never followed: reading one, or through one, fails and says so. What
/// cannot be told because an object is missing or damaged is a failure as well, not an absence.
class TreeFiles : public os::FileSystem {
 public:
  /// Keeps the repository alive.
  static Result<std::unique_ptr<TreeFiles>> open(std::shared_ptr<const Repository> repository,
                                                 const ObjectId& commit);

  /// What stands at a path; its folders are read on the way.
  Result<TreeEntry> find(const std::string& path) const;

  /// The bytes of a file, or why there are none.
  Result<std::string> content(const std::string& path) const;

  os::ReadResult read(const std::string& path, std::size_t max_bytes) const override;
  os::ReadResult read_pieces(const std::string& path,
                             const std::function<void(std::string_view)>& use) const override;
  os::ReadResult read_range(const std::string& path, std::uint64_t offset, std::size_t count) const override;
  os::FileKind kind(const std::string& path) const override;
  os::ListResult list(const std::string& path, std::size_t max_entries) const override;
  std::optional<std::string> canonical(const std::string& path) const override;
  std::optional<std::string> write_whole(const std::string& path, std::string_view bytes) override;
  std::string working_folder() const override { return "/"; }

 private:
  TreeFiles(std::shared_ptr<const Repository> repository, ObjectId root)
      : repository_(std::move(repository)), root_(std::move(root)) {}

  Result<const Tree*> tree(const ObjectId& id) const;

  std::shared_ptr<const Repository> repository_;
  ObjectId root_;
  mutable std::map<ObjectId, Tree> trees_;  ///< that were read
  mutable std::size_t entries_ = 0;         ///< of all of them
};

}  // namespace polc::git
