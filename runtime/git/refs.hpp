// References: names of commits. Loose files, packed-refs, and references that lead to others.
// Source: git's Documentation/gitrepository-layout.txt and git-check-ref-format.txt.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/git/object.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::git {

struct Reference {
  std::string name;  ///< where following ended: "refs/heads/main"
  ObjectId id;
};

/// "HEAD", or what git allows to stand below `refs/`: no `..`, no control characters, no part that begins with a dot.
bool is_reference_name(std::string_view name);

class References {
 public:
  /// `own` is the git folder of this work tree, `common` that of the whole repository; mostly the same.
  References(const os::FileSystem& files, std::string own, std::string common, HashKind kind)
      : files_(&files), own_(std::move(own)), common_(std::move(common)), kind_(kind) {}

  /// Follows "HEAD" or "refs/..." to an id; nullopt where there is no such reference, or a branch without commits.
  Result<std::optional<Reference>> follow(std::string_view name) const;

 private:
  Result<std::optional<std::string>> loose(const std::string& name) const;
  Result<std::optional<ObjectId>> packed(std::string_view name) const;

  const os::FileSystem* files_;
  std::string own_, common_;
  HashKind kind_;
  mutable std::optional<std::string> packed_;  ///< the text of packed-refs, once it was read
};

}  // namespace polc::git
