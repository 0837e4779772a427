// Any bytes as a hive: opened or refused with a place, and all of it can be walked in bounded time.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "runtime/base/limits.hpp"
#include "runtime/formats/regf.hpp"

namespace {

using polc::formats::Hive;
using polc::formats::HiveKey;

void visit(const Hive& hive, const HiveKey& key) {
  for (const auto& value : hive.values(key).items) {
    const auto data = hive.data(value);
    if (data && data->size() != value.size) std::abort();
  }
  (void)hive.security(key);
}

/// Each cell is a key at most once, so no walk is longer than the file.
void walk(const Hive& hive, std::size_t size) {
  const auto root = hive.root();
  if (!root) return;
  std::vector<HiveKey> pending{*root};
  for (std::size_t keys = 0; !pending.empty(); ++keys) {
    if (keys > size / 80) std::abort();
    const HiveKey key = std::move(pending.back());
    pending.pop_back();
    visit(hive, key);
    for (auto& child : hive.subkeys(key).items) pending.push_back(std::move(child));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  if (size >= 512) {
    // A checksum is no obstacle to an attacker, and should be none here.
    const std::uint32_t sum = polc::formats::hive_checksum(bytes);
    for (unsigned i = 0; i < 4; ++i) bytes[508 + i] = static_cast<char>(sum >> (8 * i) & 0xFFU);
  }
  const auto hive = Hive::open(bytes);
  if (hive) walk(*hive, size);
  if (!hive && hive.error().offset > size) std::abort();
  return 0;
}
