// Any bytes as what a repository holds beside its packs: configuration, references, commits, tags, trees, deltas. No
// reference leads out of the repository, and no delta makes more than it may.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "runtime/git/config.hpp"
#include "runtime/git/delta.hpp"
#include "runtime/git/refs.hpp"

namespace {

using namespace polc;

constexpr std::size_t kBytes = 4096;

void follow_references(const std::string& text) {
  os::MemoryFileSystem files;
  files.files["/r/HEAD"] = text;
  files.files["/r/packed-refs"] = text;
  files.files["/x"] = std::string(40, '1');
  const git::References references(files, "/r", "/r", git::HashKind::Sha1);
  (void)references.follow("HEAD");
  (void)references.follow("refs/heads/main");
  (void)references.follow(text);
  for (const std::string& line : files.log) {
    if (!line.starts_with("read /r/")) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  (void)git::Config::parse(text);
  follow_references(text);
  for (const auto kind : {git::HashKind::Sha1, git::HashKind::Sha256}) {
    (void)git::parse_commit(kind, text);
    (void)git::parse_tag(kind, text);
    (void)git::parse_tree(kind, text, kBytes);
  }
  const auto made = git::apply_delta(std::string_view(text).substr(0, size / 2),
                                     std::string_view(text).substr(size / 2), kBytes);
  if (made && made->size() > kBytes) std::abort();
  return 0;
}
