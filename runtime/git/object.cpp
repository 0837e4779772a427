#include "runtime/git/object.hpp"

#include <array>

#include "runtime/base/hash.hpp"

namespace polc::git {
namespace {

constexpr std::array<std::pair<std::string_view, ObjectType>, 4> kTypes{{{"commit", ObjectType::Commit},
                                                                         {"tree", ObjectType::Tree},
                                                                         {"blob", ObjectType::Blob},
                                                                         {"tag", ObjectType::Tag}}};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Takes "KEY VALUE\n" off the front of `text`; nullopt when it begins otherwise.
std::optional<std::string_view> take_header(std::string_view& text, std::string_view key) {
  if (!text.starts_with(key) || text.substr(key.size(), 1) != " ") return std::nullopt;
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view value = text.substr(key.size() + 1, end - key.size() - 1);
  text.remove_prefix(end + 1);
  return value;
}

std::optional<ObjectId> take_id(HashKind kind, std::string_view& text, std::string_view key) {
  const auto value = take_header(text, key);
  return value ? parse_id(kind, *value) : std::nullopt;
}

/// Modes of git's trees; those of files differ in who may run them.
std::optional<EntryKind> entry_kind(std::string_view mode) {
  if (mode == "100644" || mode == "100755" || mode == "100664") return EntryKind::File;
  if (mode == "40000") return EntryKind::Folder;
  if (mode == "120000") return EntryKind::Link;
  if (mode == "160000") return EntryKind::Submodule;
  return std::nullopt;
}

bool is_entry_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos;
}

}  // namespace

std::size_t id_bytes(HashKind kind) {
  return kind == HashKind::Sha1 ? base::Sha1{}.size() : base::Sha256{}.size();
}

std::string ObjectId::hex() const {
  return base::hex_text({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::optional<ObjectId> parse_id(HashKind kind, std::string_view hex) {
  if (hex.size() != 2 * id_bytes(kind)) return std::nullopt;
  ObjectId id;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = hex_digit(hex[i]);
    const int low = hex_digit(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return id;
}

std::string_view type_name(ObjectType type) {
  for (const auto& [name, known] : kTypes) {
    if (known == type) return name;
  }
  return "object";
}

std::optional<ObjectType> parse_type(std::string_view name) {
  for (const auto& [known, type] : kTypes) {
    if (known == name) return type;
  }
  return std::nullopt;
}

ObjectId hash_object(HashKind kind, const Object& object) {
  std::string text(type_name(object.type));
  text += ' ' + std::to_string(object.bytes.size());
  text += '\0';
  text += object.bytes;
  const auto id = [](const auto& digest) { return ObjectId{std::string(digest.begin(), digest.end())}; };
  return kind == HashKind::Sha1 ? id(base::sha1(text)) : id(base::sha256(text));
}

Result<Commit> parse_commit(HashKind kind, std::string_view bytes) {
  const auto tree = take_id(kind, bytes, "tree");
  if (!tree) return failure(Problem::Damaged, "a commit names no tree");
  Commit commit{*tree, {}};
  while (const auto parent = take_header(bytes, "parent")) {
    const auto id = parse_id(kind, *parent);
    if (!id) return failure(Problem::Damaged, "a commit names a parent by something that is no id");
    commit.parents.push_back(*id);
  }
  return commit;
}

Result<Tag> parse_tag(HashKind kind, std::string_view bytes) {
  const auto target = take_id(kind, bytes, "object");
  const auto name = target ? take_header(bytes, "type") : std::nullopt;
  const auto type = name ? parse_type(*name) : std::nullopt;
  if (!type) return failure(Problem::Damaged, "a tag does not say what it names");
  return Tag{*target, *type};
}

Result<Tree> parse_tree(HashKind kind, std::string_view bytes, std::size_t max_entries) {
  Tree tree;
  while (!bytes.empty()) {
    const std::size_t space = bytes.find(' ');
    const std::size_t end = bytes.find('\0');
    if (end == std::string_view::npos || space > end || bytes.size() - end - 1 < id_bytes(kind))
      return failure(Problem::Damaged, "a tree ends in the middle of an entry");
    const auto what = entry_kind(bytes.substr(0, space));
    const std::string_view name = bytes.substr(space + 1, end - space - 1);
    if (!what || !is_entry_name(name))
      return failure(Problem::Damaged, "a tree holds an entry that git does not write");
    if (tree.size() == max_entries)
      return failure(Problem::TooLarge, "more than " + std::to_string(max_entries) + " entries of folders");
    ObjectId id{std::string(bytes.substr(end + 1, id_bytes(kind)))};
    if (!tree.emplace(name, TreeEntry{*what, std::move(id)}).second)
      return failure(Problem::Damaged, "a tree holds the same name twice");
    bytes.remove_prefix(end + 1 + id_bytes(kind));
  }
  return tree;
}

}  // namespace polc::git
