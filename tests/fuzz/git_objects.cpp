// Any bytes as a pack's index, a loose object and a pack: what is read has the id that was asked for, within the bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "runtime/git/object_store.hpp"

namespace {

using namespace polc;

constexpr git::HashKind kKind = git::HashKind::Sha1;
constexpr std::size_t kNames = 8 + 256 * 4;  // where an index has its ids
constexpr std::size_t kReadIds = 8;

std::string take(std::string& bytes, std::size_t count) {
  std::string taken = bytes.substr(0, count);
  bytes.erase(0, count);
  return taken;
}

std::size_t take_size(std::string& bytes) {
  std::size_t size = 0;
  for (const char c : take(bytes, 2)) size = size << 8U | static_cast<std::uint8_t>(c);
  return size;
}

void read(const git::ObjectStore& store, const git::ObjectId& id) {
  const auto object = store.read(id);
  if (!object) return;
  if (git::hash_object(kKind, *object) != id) std::abort();
  if (object->bytes.size() > store.bounds().object_bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t index_size = take_size(bytes);
  const std::size_t loose_size = take_size(bytes);
  const std::string index = take(bytes, index_size);

  os::MemoryFileSystem files;
  const git::ObjectId loose = git::hash_object(kKind, {git::ObjectType::Blob, "loose"});
  const std::string hex = loose.hex();
  files.files["/objects/" + hex.substr(0, 2) + "/" + hex.substr(2)] = take(bytes, loose_size);
  files.files["/objects/pack/p.idx"] = index;
  files.files["/objects/pack/p.pack"] = std::move(bytes);

  git::Bounds bounds;
  bounds.object_bytes = 4096;
  bounds.delta_depth = 16;
  bounds.inflated_bytes = 1U << 16U;
  const git::ObjectStore store(files, "/objects", kKind, "it was never there", bounds);
  read(store, loose);
  for (std::size_t i = 0; i < kReadIds; ++i) {
    const std::size_t at = kNames + i * git::id_bytes(kKind);
    if (at + git::id_bytes(kKind) > index.size()) break;
    const git::ObjectId id{index.substr(at, git::id_bytes(kKind))};
    read(store, id);
    (void)store.with_prefix(id.hex().substr(0, git::kShortestId));
  }
  return 0;
}
