#include "runtime/git/refs.hpp"

#include <algorithm>

#include "runtime/base/limits.hpp"
#include "runtime/git/git_file.hpp"

namespace polc::git {
namespace {

constexpr std::string_view kHead = "HEAD";
constexpr std::string_view kSymbolic = "ref:";

bool is_reference_part(std::string_view part) {
  constexpr std::string_view kForbidden = " ~^:?*[\\\x7f";
  return !part.empty() && part.front() != '.' && part.back() != '.' && !part.ends_with(".lock") &&
         part.find("..") == std::string_view::npos && part.find("@{") == std::string_view::npos &&
         std::none_of(part.begin(), part.end(), [&](char c) {
           return static_cast<unsigned char>(c) < 0x20 || kForbidden.find(c) != std::string_view::npos;
         });
}

/// What each work tree has for itself.
bool is_of_one_work_tree(std::string_view name) {
  return name == kHead || name.starts_with("refs/bisect/") || name.starts_with("refs/worktree/") ||
         name.starts_with("refs/rewritten/");
}

}  // namespace

bool is_reference_name(std::string_view name) {
  if (name == kHead) return true;
  if (!name.starts_with("refs/")) return false;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find('/'), name.size());
    if (!is_reference_part(name.substr(0, end)) || end + 1 == name.size()) return false;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return true;
}

Result<std::optional<std::string>> References::loose(const std::string& name) const {
  const std::string& folder = is_of_one_work_tree(name) ? own_ : common_;
  return read_whole(*files_, folder + "/" + name, limits::kGitFileBytes);
}

// "ID NAME", and for an annotated tag "^ID" of what it names in the next line.
Result<std::optional<ObjectId>> References::packed(std::string_view name) const {
  if (!packed_) {
    auto text = read_whole(*files_, common_ + "/packed-refs", limits::kGitPackedRefsBytes);
    if (!text) return tl::unexpected(text.error());
    packed_ = text->value_or("");
  }
  std::string_view rest = *packed_;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || line.substr(space + 1) != name) continue;
    const auto id = parse_id(kind_, line.substr(0, space));
    if (!id) return failure(Problem::Damaged, "'packed-refs' holds no id for '" + std::string(name) + "'");
    return *id;
  }
  return std::nullopt;
}

Result<std::optional<Reference>> References::follow(std::string_view first) const {
  std::string name(first);
  for (std::size_t hops = 0; hops <= limits::kGitSymbolicRefs; ++hops) {
    if (!is_reference_name(name))
      return failure(Problem::BadRevision, "'" + name + "' is no name of a reference");
    const auto text = loose(name);
    if (!text) return tl::unexpected(text.error());
    if (!*text) {
      const auto id = packed(name);
      if (!id) return tl::unexpected(id.error());
      return *id ? std::optional(Reference{name, **id}) : std::nullopt;
    }
    const std::string_view value = trimmed(**text);
    if (!value.starts_with(kSymbolic)) {
      const auto id = parse_id(kind_, value);
      if (!id) return failure(Problem::Damaged, "the reference '" + name + "' holds no id");
      return Reference{name, *id};
    }
    std::string target(trimmed(value.substr(kSymbolic.size())));
    if (target == kHead || !is_reference_name(target))
      return failure(Problem::Damaged,
                     "the reference '" + name + "' leads to something that is no reference");
    name = std::move(target);
  }
  return failure(Problem::Damaged, "the reference '" + std::string(first) +
                                       "' leads from one to the next more than " +
                                       std::to_string(limits::kGitSymbolicRefs) + " times");
}

}  // namespace polc::git
