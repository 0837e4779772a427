// The bounds of reading objects; tests and fuzzing make them small.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/base/limits.hpp"

namespace polc::git {

struct Bounds {
  std::size_t packs = limits::kGitPacks;
  std::uint64_t pack_bytes = limits::kGitPackBytes;
  std::size_t bucket_entries = limits::kGitBucketEntries;
  std::size_t object_bytes = limits::kGitObjectBytes;
  std::size_t delta_depth = limits::kGitDeltaDepth;
  std::uint64_t inflated_bytes = limits::kGitInflatedBytes;
  std::size_t tags = limits::kGitTags;
  std::size_t ancestors = limits::kGitAncestors;
  std::size_t tree_entries = limits::kGitTreeEntries;
};

}  // namespace polc::git
