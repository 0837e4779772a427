// Git repositories made byte by byte, in memory: right ones on every system, and ones that git would never write.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/hash.hpp"
#include "runtime/git/object.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::test {

inline std::string deflated(std::string_view bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string result(size, '\0');
  compress(reinterpret_cast<Bytef*>(result.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
           static_cast<uLong>(bytes.size()));
  result.resize(size);
  return result;
}

inline std::string big_endian(std::uint64_t number, unsigned bytes) {
  std::string text;
  for (unsigned i = bytes; i > 0; --i) text += static_cast<char>(number >> (8 * (i - 1)));
  return text;
}

/// A delta, instruction by instruction.
class DeltaBuilder {
 public:
  DeltaBuilder(std::uint64_t base_bytes, std::uint64_t result_bytes) {
    size(base_bytes);
    size(result_bytes);
  }
  DeltaBuilder& insert(std::string_view bytes) {
    text_ += static_cast<char>(bytes.size());
    text_ += bytes;
    return *this;
  }
  DeltaBuilder& copy(std::uint32_t offset, std::uint32_t bytes) {
    text_ += '\xFF';
    for (unsigned i = 0; i < 4; ++i) text_ += static_cast<char>(offset >> (8 * i));
    for (unsigned i = 0; i < 3; ++i) text_ += static_cast<char>(bytes >> (8 * i));
    return *this;
  }
  DeltaBuilder& raw(std::string_view bytes) {
    text_ += bytes;
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  void size(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U) text_ += static_cast<char>((number & 0x7FU) | 0x80U);
    text_ += static_cast<char>(number);
  }
  std::string text_;
};

class PackBuilder {
 public:
  static constexpr unsigned kOffsetDelta = 6;
  static constexpr unsigned kReferenceDelta = 7;

  /// Appends an entry and its row of the index; gives its offset. `base` stands between head and data.
  std::uint64_t add(const git::ObjectId& id, unsigned type, std::string_view bytes,
                    std::string_view base = {}) {
    return add_raw(id, type, bytes.size(), std::string(base) + deflated(bytes));
  }

  /// The same, with a size and compressed bytes that need not fit.
  std::uint64_t add_raw(const git::ObjectId& id, unsigned type, std::uint64_t size, std::string_view data) {
    const std::uint64_t offset = pack_.size();
    auto byte = static_cast<unsigned>(type << 4U | (size & 0xFU));
    for (size >>= 4U; size > 0; size >>= 7U) {
      pack_ += static_cast<char>(byte | 0x80U);
      byte = static_cast<unsigned>(size & 0x7FU);
    }
    pack_ += static_cast<char>(byte);
    pack_ += data;
    rows_.push_back({id, offset});
    return offset;
  }

  /// How an entry at the end of the pack names a base so many bytes before it.
  static std::string distance(std::uint64_t back) {
    std::string text(1, static_cast<char>(back & 0x7FU));
    while ((back >>= 7U) > 0) text.insert(text.begin(), static_cast<char>(0x80U | (--back & 0x7FU)));
    return text;
  }

  std::uint64_t size() const { return pack_.size(); }

  std::string pack() const {
    std::string head = "PACK" + big_endian(2, 4) + big_endian(rows_.size(), 4);
    return head + pack_.substr(head.size()) + std::string(20, 'c');
  }

  /// Offsets are written as 64 bits wide where `wide`.
  std::string index(bool wide = false) const {
    auto rows = rows_;
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
    std::string text("\377tOc\0\0\0\2", 8), names, offsets, wides;
    for (unsigned byte = 0; byte < 256; ++byte) {
      text += big_endian(
          static_cast<std::uint64_t>(std::count_if(
              rows.begin(), rows.end(),
              [&](const Row& row) { return static_cast<std::uint8_t>(row.id.bytes.front()) <= byte; })),
          4);
    }
    for (const Row& row : rows) {
      names += row.id.bytes;
      offsets += big_endian(wide ? 0x80000000U | wides.size() / 8 : row.offset, 4);
      if (wide) wides += big_endian(row.offset, 8);
    }
    return text + names + std::string(4 * rows.size(), '\0') + offsets + wides + std::string(40, 'c');
  }

 private:
  struct Row {
    git::ObjectId id;
    std::uint64_t offset;
  };
  std::string pack_ = std::string(12, '\0');
  std::vector<Row> rows_;
};

/// A repository at /repo, whose HEAD is refs/heads/main.
class GitBuilder {
 public:
  explicit GitBuilder(git::HashKind kind = git::HashKind::Sha1) : kind(kind) {
    files.folder = "/repo";
    file("HEAD", "ref: refs/heads/main\n");
    if (kind == git::HashKind::Sha256)
      file("config", "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n");
  }

  void file(const std::string& name, std::string text) {
    files.files["/repo/.git/" + name] = std::move(text);
  }
  std::string& at(const std::string& name) { return files.files.at("/repo/.git/" + name); }

  static std::string loose_name(const git::ObjectId& id) {
    return "objects/" + id.hex().substr(0, 2) + "/" + id.hex().substr(2);
  }

  git::ObjectId loose(git::ObjectType type, const std::string& bytes) {
    const git::ObjectId id = git::hash_object(kind, {type, bytes});
    loose_as(id, std::string(git::type_name(type)) + " " + std::to_string(bytes.size()) + '\0' + bytes);
    return id;
  }
  /// Any text in the place of an object.
  void loose_as(const git::ObjectId& id, const std::string& text) { file(loose_name(id), deflated(text)); }

  git::ObjectId blob(const std::string& bytes) { return loose(git::ObjectType::Blob, bytes); }

  static std::string entry(const std::string& mode, const std::string& name, const git::ObjectId& id) {
    return mode + " " + name + '\0' + id.bytes;
  }
  git::ObjectId tree(const std::string& entries) { return loose(git::ObjectType::Tree, entries); }

  git::ObjectId commit(const git::ObjectId& tree, const std::vector<git::ObjectId>& parents = {},
                       const std::string& message = "change") {
    std::string text = "tree " + tree.hex() + "\n";
    for (const git::ObjectId& parent : parents) text += "parent " + parent.hex() + "\n";
    return loose(git::ObjectType::Commit, text + "author A <a@example.com> 0 +0000\n\n" + message + "\n");
  }

  git::ObjectId tag(const git::ObjectId& target, const std::string& type, const std::string& name) {
    return loose(git::ObjectType::Tag,
                 "object " + target.hex() + "\ntype " + type + "\ntag " + name + "\n\nmessage\n");
  }

  void reference(const std::string& name, const git::ObjectId& id) { file(name, id.hex() + "\n"); }

  void pack(const std::string& name, const PackBuilder& pack, bool wide = false) {
    file("objects/pack/" + name + ".pack", pack.pack());
    file("objects/pack/" + name + ".idx", pack.index(wide));
  }

  git::HashKind kind;
  os::MemoryFileSystem files;
};

}  // namespace polc::test
