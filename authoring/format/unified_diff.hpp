// What an edit changes, as `diff -u` says it.
#pragma once

#include <string>
#include <string_view>

namespace polc::authoring {

/// The unified diff from `before` to `after`, with three lines of context; empty where they are equal. `patch -p1` and
/// `git apply` understand it. Names are as shown, with forward slashes. A text in which very much changes is replaced as a
/// whole, so time is linear in its size.
/// Source: E. W. Myers, "An O(ND) difference algorithm and its variations" (1986); POSIX diff, option -u.
std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace polc::authoring
