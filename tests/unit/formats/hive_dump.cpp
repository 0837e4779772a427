#include "tests/unit/formats/hive_dump.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/hash.hpp"

namespace polc::formats {
namespace {

/// Long data as its digest, so that a dump stays small.
std::string data_text(std::string_view data) {
  constexpr std::size_t kShown = 64;
  if (data.size() > kShown) return base::hex_text(base::sha256(data));
  std::string text;
  for (const char c : data) text += fmt::format("{:02x}", static_cast<std::uint8_t>(c));
  return text;
}

struct Pending {
  HiveKey key;
  std::string path;
};

void dump_values(const Hive& hive, const Pending& at, HiveDump& result) {
  const auto error = [&](const ParseError& e) {
    result.errors.push_back(fmt::format("{:#x}: {}", e.offset, e.what));
  };
  const auto values = hive.values(at.key);
  if (values.error) error(*values.error);
  for (const HiveValue& value : values.items) {
    const auto data = hive.data(value);
    if (!data) error(data.error());
    if (data) result.lines.push_back(value_line(at.path, value.name, value.type, *data));
    ++result.values;
  }
}

}  // namespace

std::string key_line(const std::string& path) {
  return path;
}

std::string value_line(const std::string& path, const std::string& name, std::uint32_t type,
                       std::string_view data) {
  return fmt::format("{}: {} = {:x} {}", path, name, type, data_text(data));
}

HiveDump dump(const Hive& hive) {
  HiveDump result;
  const auto root = hive.root();
  if (!root) {
    result.errors.push_back(fmt::format("{:#x}: {}", root.error().offset, root.error().what));
    return result;
  }
  std::vector<Pending> pending{{*root, ""}};
  while (!pending.empty()) {
    const Pending at = std::move(pending.back());
    pending.pop_back();
    ++result.keys;
    result.lines.push_back(key_line(at.path));
    dump_values(hive, at, result);
    auto children = hive.subkeys(at.key);
    if (children.error)
      result.errors.push_back(fmt::format("{:#x}: {}", children.error->offset, children.error->what));
    for (HiveKey& child : children.items) {
      std::string path = at.path + "\\" + child.name;
      pending.push_back({std::move(child), std::move(path)});
    }
  }
  std::sort(result.lines.begin(), result.lines.end());
  return result;
}

}  // namespace polc::formats
