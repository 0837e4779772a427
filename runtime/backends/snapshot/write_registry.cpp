// Registry keys and values, on their way out.
#include <fmt/format.h>

#include <set>

#include "runtime/backends/snapshot/form.hpp"
#include "runtime/backends/snapshot/redaction.hpp"
#include "runtime/backends/snapshot/section_writers.hpp"
#include "runtime/backends/snapshot/table_writer.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::snapshot {
namespace {

using value::FactStatus;
using value::RegistryData;
using value::RegistryKeyEvidence;
using value::RegistryType;

std::string hexadecimal(const std::vector<std::uint8_t>& bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xFU];
  }
  return text;
}

Tree typed(std::string_view word, Tree content) {
  Tree tree = Tree::row();
  tree.add(word, std::move(content));
  return tree;
}

/// Registry data as the form has it.
struct DataShape {
  using Value = RegistryData;
};

std::optional<Tree> written_number(const RegistryData& data, std::uint64_t number) {
  if (data.type == RegistryType::Dword && number <= UINT32_MAX) return Tree::of_number(number);
  if (data.type == RegistryType::Qword) return typed("qword", Tree::of_number(number));
  return std::nullopt;
}

std::optional<Tree> written_string(const RegistryData& data, const std::string& text) {
  auto tree = written(kAnyText, text);
  if (tree && data.type == RegistryType::ExpandSz) return typed("expand_sz", std::move(*tree));
  return data.type == RegistryType::Sz ? tree : std::nullopt;
}

std::optional<Tree> written_bytes(const RegistryData& data, const std::vector<std::uint8_t>& bytes) {
  Tree text = Tree::of_text(hexadecimal(bytes));
  if (data.type == RegistryType::Binary) return typed("binary", std::move(text));
  if (data.type == RegistryType::None) return typed("none", std::move(text));
  if (data.type != RegistryType::Other) return std::nullopt;
  Tree tree = typed("type", Tree::of_number(data.other_type));
  tree.add("data", std::move(text));
  return tree;
}

std::optional<Tree> written(const DataShape&, const RegistryData& data) {
  const auto& content = data.data;
  if (const auto* number = std::get_if<std::uint64_t>(&content)) return written_number(data, *number);
  if (const auto* text = std::get_if<std::string>(&content)) return written_string(data, *text);
  if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&content))
    return written_bytes(data, *bytes);
  if (const auto* texts = std::get_if<std::vector<std::string>>(&content)) {
    const ListShape<TextShape> shape{.inner = kAnyText};
    return data.type == RegistryType::MultiSz ? written(shape, *texts) : std::nullopt;
  }
  return written_bytes(data, {});
}

class RegistryWriter {
 public:
  explicit RegistryWriter(const value::RegistryEvidence& keys) : keys_(keys) {
    for (const auto& [folded, key] : keys) {
      if (key.presence.present()) note_contradicted(folded);
    }
  }

  Tree key(const std::string& folded, const RegistryKeyEvidence& key) const {
    const bool contradicted = contradicted_.count(folded) > 0;
    if (key.presence.status == FactStatus::Absent && !contradicted) return Tree::absent();
    Tree tree;
    bool complete = key.values_complete;
    Tree values = written_values(key, complete);
    Tree subkeys = Tree::list();
    subkeys.on_one_line = true;
    bool subkeys_complete = key.subkeys_complete && !contradicted;
    for (const auto& [name, spelling] : key.subkeys) {
      const bool good = spelling.find('\\') == std::string::npos && value::folded(spelling) == name;
      auto text = good ? written(kText, spelling) : std::nullopt;
      text ? subkeys.items.push_back(std::move(*text)) : void(subkeys_complete = false);
    }
    if (const auto why = presence_in_doubt(key, contradicted)) {
      const bool nothing_else =
          values.items.empty() && subkeys.items.empty() && !complete && !subkeys_complete;
      if (nothing_else) return Tree::unreadable(*why);
      tree.add(kUnreadable, Tree::reason(*why));
    }
    if (complete) tree.add(kComplete, Tree::of_flag(true));
    if (!values.items.empty()) tree.add("values", std::move(values));
    if (!subkeys.items.empty()) tree.add("subkeys", std::move(subkeys));
    if (subkeys_complete) tree.add("subkeys_complete", Tree::of_flag(true));
    return tree;
  }

 private:
  /// Claims of the keys above that deny this one: a snapshot with both would be refused.
  void note_contradicted(const std::string& present) {
    std::string_view child = present;
    for (auto cut = child.rfind('\\'); cut != std::string_view::npos; cut = child.rfind('\\')) {
      const std::string name(child.substr(cut + 1));
      child = child.substr(0, cut);
      const auto above = keys_.find(std::string(child));
      if (above == keys_.end()) continue;
      const RegistryKeyEvidence& key = above->second;
      const bool denies =
          key.presence.status == FactStatus::Absent || (key.subkeys_complete && key.subkeys.count(name) == 0);
      if (denies) contradicted_.insert(above->first);
    }
  }

  static Tree written_values(const RegistryKeyEvidence& key, bool& complete) {
    const SecretValues secrets(key.path);
    Tree values;
    for (const auto& [folded, row] : key.values) {
      const bool good =
          value::canonical_value_name(row.name) == row.name && value::folded(row.name) == folded;
      if (!good) {
        complete = false;
      } else if (secrets.holds(row)) {
        values.add(row.name, Tree::unreadable(reason_in_words(withheld())));
      } else {
        values.add(row.name, written_fact(row.data, DataShape{}));
      }
    }
    return values;
  }

  /// Why it is not certain that the key exists; nullopt when it is.
  static std::optional<std::string> presence_in_doubt(const RegistryKeyEvidence& key, bool contradicted) {
    if (key.presence.status == FactStatus::Absent && contradicted)
      return reason_in_words({value::UnknownReason::Conflict, {}, "keys below it were seen"});
    if (key.presence.present()) return std::nullopt;
    return reason_in_words(key.presence.unknown);
  }

  const value::RegistryEvidence& keys_;
  std::set<std::string> contradicted_;
};

}  // namespace

std::optional<Tree> write_registry(const value::Evidence& evidence, const PlanSlice* slice) {
  if (!evidence.registry_collected && evidence.registry.empty()) return std::nullopt;
  const RegistryWriter writer(evidence.registry);
  Tree registry;
  for (const auto& [folded, key] : evidence.registry) {
    if (slice != nullptr && !slice->needs_registry_key(folded)) continue;
    // What has another normal form cannot be told from the key that has it: left out, it is not collected.
    const bool canonical =
        value::canonical_registry_key(key.path) == key.path && value::folded(key.path) == folded;
    if (canonical) registry.add(key.path, writer.key(folded, key));
  }
  return registry;
}

}  // namespace polc::backends::snapshot
