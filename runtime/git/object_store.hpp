// The objects of a repository, loose and packed. Every object that is handed out has the id that was asked for: bytes that
// were changed, by accident or on purpose, are an error and never content. (What SHA-1 can promise: two objects made to
// have the same id are not told apart; git recognises the known ways to make them.)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/git/bounds.hpp"
#include "runtime/git/object.hpp"
#include "runtime/git/pack.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::git {

/// Digits that an abbreviated id has at least, as in git.
inline constexpr std::size_t kShortestId = 4;

/// Reads on demand, and keeps the heads of packs. Borrows the file system. Replacements (`refs/replace`), grafts and
/// alternates are not followed.
class ObjectStore {
 public:
  /// `folder` is the repository's `objects`; `why_missing` is said of an object that is not there.
  ObjectStore(const os::FileSystem& files, std::string folder, HashKind kind, std::string why_missing,
              const Bounds& bounds = {});

  HashKind kind() const { return kind_; }
  const Bounds& bounds() const { return bounds_; }

  Result<Object> read(const ObjectId& id) const;

  /// The same, of the one type.
  Result<Object> read(const ObjectId& id, ObjectType type) const;

  /// Ids that begin with these digits, each once, ascending. `digits`: at least kShortestId, lower-case hexadecimal.
  Result<std::vector<ObjectId>> with_prefix(std::string_view digits) const;

 private:
  Result<std::optional<Object>> read_loose(const ObjectId& id) const;
  Result<std::optional<Object>> read_packed(const ObjectId& id) const;
  Result<Object> inflate_loose(std::string compressed) const;
  Result<void> open_packs() const;

  const os::FileSystem* files_;
  std::string folder_;
  HashKind kind_;
  std::string why_missing_;
  Bounds bounds_;
  mutable Budget budget_;
  mutable std::optional<std::vector<Pack>> packs_;  ///< once they were looked for
};

}  // namespace polc::git
