#include "runtime/git/revision.hpp"

#include <algorithm>
#include <array>

#include "runtime/base/casefold.hpp"

namespace polc::git {
namespace {

bool is_hexadecimal(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

class Resolver {
 public:
  explicit Resolver(const Repository& repository)
      : repository_(repository), objects_(repository.objects()), steps_left_(objects_.bounds().ancestors) {}

  Result<ObjectId> resolve(std::string_view revision) {
    const std::size_t base = std::min(revision.find_first_of("~^"), revision.size());
    auto commit = named(revision.substr(0, base));
    std::string_view steps = revision.substr(base);
    while (commit && !steps.empty()) commit = step(*commit, steps);
    return commit;
  }

 private:
  Result<ObjectId> named(std::string_view name) const {
    if (name == "@") name = "HEAD";
    if (name.find("@{") != std::string_view::npos)
      return failure(Problem::BadRevision, "the log of a reference ('@{...}') is not read");
    if (const auto id = parse_id(objects_.kind(), name)) return commit_of(*id);
    const auto reference = by_reference(name);
    if (!reference) return tl::unexpected(reference.error());
    if (*reference) return **reference;
    if (name.size() >= kShortestId && is_hexadecimal(name)) return by_short_id(base::lower_case(name));
    return failure(Problem::UnknownRevision, "no branch, tag or other reference has that name");
  }

  /// In git's order. Where several of that name lead to different commits, none is chosen.
  Result<std::optional<ObjectId>> by_reference(std::string_view name) const {
    const std::string text(name);
    if (!is_reference_name(text == "HEAD" ? text : "refs/" + text))
      return failure(Problem::BadRevision, "it is no name of a reference");
    const std::array<std::string, 6> places = {text,
                                               "refs/" + text,
                                               "refs/tags/" + text,
                                               "refs/heads/" + text,
                                               "refs/remotes/" + text,
                                               "refs/remotes/" + text + "/HEAD"};
    std::optional<ObjectId> found;
    std::string found_as;
    for (const std::string& place : places) {
      if (!is_reference_name(place)) continue;
      const auto reference = repository_.references().follow(place);
      if (!reference) return tl::unexpected(reference.error());
      if (!*reference) continue;
      auto commit = commit_of((*reference)->id);
      if (!commit) return tl::unexpected(commit.error());
      if (found && *found != *commit)
        return failure(Problem::Ambiguous, "it is '" + found_as + "' and '" + place + "'");
      if (!found) found_as = place;
      found = std::move(*commit);
      if (place == text) break;  // a full name means just that
    }
    return found;
  }

  Result<ObjectId> by_short_id(const std::string& digits) const {
    const auto ids = objects_.with_prefix(digits);
    if (!ids) return tl::unexpected(ids.error());
    if (ids->empty())
      return failure(Problem::UnknownRevision, "no reference has that name, and no id begins so");
    if (ids->size() > 1) {
      return failure(Problem::Ambiguous, std::to_string(ids->size()) + " objects have such an id, '" +
                                             (*ids)[0].hex() + "' and '" + (*ids)[1].hex() + "' among them");
    }
    return commit_of(ids->front());
  }

  /// Annotated tags are followed.
  Result<ObjectId> commit_of(ObjectId id) const {
    for (std::size_t tags = 0; tags <= objects_.bounds().tags; ++tags) {
      const auto object = objects_.read(id);
      if (!object) return tl::unexpected(object.error());
      if (object->type == ObjectType::Commit) return id;
      if (object->type != ObjectType::Tag)
        return failure(Problem::BadRevision,
                       "it names a " + std::string(type_name(object->type)) + ", and no commit");
      auto tag = parse_tag(objects_.kind(), object->bytes);
      if (!tag) return tl::unexpected(tag.error());
      id = std::move(tag->target);
    }
    return failure(Problem::TooLarge,
                   "a tag leads to the next more than " + std::to_string(objects_.bounds().tags) + " times");
  }

  /// Takes one `~N` or `^N` off the front of `steps`.
  Result<ObjectId> step(const ObjectId& commit, std::string_view& steps) {
    const char kind = steps.front();
    steps.remove_prefix(1);
    const std::size_t length = std::min(steps.find_first_not_of("0123456789"), steps.size());
    constexpr std::size_t kMostDigits = 9;
    if (length > kMostDigits || (length < steps.size() && steps[length] != '~' && steps[length] != '^'))
      return failure(Problem::BadRevision, "behind '~' and '^' stands a number or nothing");
    const std::size_t number = length == 0 ? 1 : std::stoul(std::string(steps.substr(0, length)));
    steps.remove_prefix(length);
    return kind == '~' ? ancestor(commit, number) : parent(commit, number);
  }

  Result<ObjectId> ancestor(ObjectId commit, std::size_t generations) {
    for (std::size_t i = 0; i < generations; ++i) {
      auto next = parent(commit, 1);
      if (!next) return next;
      commit = std::move(*next);
    }
    return commit;
  }

  /// The commit itself for 0.
  Result<ObjectId> parent(const ObjectId& commit, std::size_t number) {
    if (number == 0) return commit;
    if (steps_left_ == 0) {
      return failure(Problem::TooLarge,
                     "it lies more than " + std::to_string(objects_.bounds().ancestors) + " commits back");
    }
    --steps_left_;
    const auto object = objects_.read(commit, ObjectType::Commit);
    if (!object) return tl::unexpected(object.error());
    const auto parsed = parse_commit(objects_.kind(), object->bytes);
    if (!parsed) return tl::unexpected(parsed.error());
    if (number <= parsed->parents.size()) return parsed->parents[number - 1];
    const std::string count = parsed->parents.empty() ? "no parents"
                              : parsed->parents.size() == 1
                                  ? "one parent"
                                  : std::to_string(parsed->parents.size()) + " parents";
    return failure(Problem::UnknownRevision, "commit " + commit.hex() + " has " + count);
  }

  const Repository& repository_;
  const ObjectStore& objects_;
  std::size_t steps_left_;
};

}  // namespace

Result<ObjectId> resolve_revision(const Repository& repository, std::string_view revision) {
  return Resolver(repository).resolve(revision);
}

}  // namespace polc::git
