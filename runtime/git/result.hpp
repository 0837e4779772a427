// Why something could not be read out of a git repository. The caller knows what was asked for and makes a diagnostic of it.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace polc::git {

enum class Problem {
  NoRepository,     ///< no `.git` here or above
  BadRevision,      ///< the text has a form that is not understood
  UnknownRevision,  ///< no reference, tag or object of that name, or not so many ancestors
  Ambiguous,        ///< it could mean several things
  NoSuchPath,       ///< positively not in the revision
  NotAFile,         ///< a folder, a symbolic link, a submodule
  MissingObject,    ///< named by the repository, and not in it
  Damaged,          ///< bytes that are not what git writes, or not what their id says
  Unsupported,      ///< a form of repository that is not read
  TooLarge,         ///< beyond a bound (runtime/base/limits.hpp)
  Unreadable,       ///< the system refused
};

struct Error {
  Problem problem = Problem::Damaged;
  std::string what;  ///< lower case, no final period; may quote the repository's own text
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(Problem problem, std::string what) {
  return tl::unexpected<Error>(Error{problem, std::move(what)});
}

}  // namespace polc::git
