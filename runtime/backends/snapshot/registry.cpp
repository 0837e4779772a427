// Registry keys and values of a snapshot.
#include <algorithm>
#include <array>
#include <string>

#include "runtime/backends/snapshot/sections.hpp"
#include "runtime/backends/snapshot/shapes.hpp"
#include "runtime/backends/snapshot/tables.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::snapshot {
namespace {

using value::RegistryData;
using value::RegistryType;

/// Levels of a registry tree (Microsoft Learn, "Registry element size limits").
constexpr std::ptrdiff_t kDeepestKey = 512;

/// The character after '\\': what sorts behind all that is below a key.
constexpr char kAfterSeparator = '\\' + 1;

RegistryData data_of(RegistryType type, auto content) {
  RegistryData data;
  data.type = type;
  data.data = std::move(content);
  return data;
}

/// Value of a hexadecimal digit, or -1.
int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::vector<std::uint8_t>> bytes_of(Decoder& decoder, Node node) {
  if (!node.is_text()) {
    decoder.wrong_kind(node, "binary data", "a text of hexadecimal digits");
    return std::nullopt;
  }
  std::vector<std::uint8_t> bytes;
  int high = -1;
  for (const char c : node.text()) {
    const bool separator = c == ' ' || c == ',' || c == '\n';
    const int digit = digit_of(c);
    if (separator && high < 0) continue;
    if (digit < 0) {
      decoder.malformed(node, "binary data", "write two hexadecimal digits a byte: '00 ff 10'");
      return std::nullopt;
    }
    if (high < 0) {
      high = digit;
    } else {
      bytes.push_back(static_cast<std::uint8_t>(high * 16 + digit));
      high = -1;
    }
  }
  if (high < 0) return bytes;
  decoder.malformed(node, "binary data", "the last byte has one digit only");
  return std::nullopt;
}

std::optional<RegistryData> number(Decoder& decoder, Node node, RegistryType type, std::uint64_t high,
                                   std::string_view advice) {
  const auto n =
      read_unsigned(decoder, node, type == RegistryType::Dword ? "a DWORD" : "a QWORD", high, advice);
  return n ? std::optional(data_of(type, *n)) : std::nullopt;
}

std::optional<RegistryData> text(Decoder& decoder, Node node, RegistryType type) {
  auto content = TextShape{.may_be_empty = true}.read(decoder, node, "a registry text");
  return content ? std::optional(data_of(type, std::move(*content))) : std::nullopt;
}

std::optional<RegistryData> texts(Decoder& decoder, Node node) {
  auto content =
      ListShape<TextShape>{.inner = {.may_be_empty = true}}.read(decoder, node, "a registry list of texts");
  return content ? std::optional(data_of(RegistryType::MultiSz, std::move(*content))) : std::nullopt;
}

std::optional<RegistryData> binary(Decoder& decoder, Node node, RegistryType type) {
  auto content = bytes_of(decoder, node);
  return content ? std::optional(data_of(type, std::move(*content))) : std::nullopt;
}

constexpr std::string_view kDwordAdvice = "write {qword: N} for a REG_QWORD";

/// {expand_sz: ...} and its kin.
struct TypedForm {
  std::string_view word;
  std::optional<RegistryData> (*read)(Decoder&, Node);
};
constexpr std::array kTypedForms{
    TypedForm{"dword",
              [](Decoder& d, Node n) { return number(d, n, RegistryType::Dword, UINT32_MAX, kDwordAdvice); }},
    TypedForm{"qword", [](Decoder& d, Node n) { return number(d, n, RegistryType::Qword, UINT64_MAX, {}); }},
    TypedForm{"sz", [](Decoder& d, Node n) { return text(d, n, RegistryType::Sz); }},
    TypedForm{"expand_sz", [](Decoder& d, Node n) { return text(d, n, RegistryType::ExpandSz); }},
    TypedForm{"multi_sz", [](Decoder& d, Node n) { return texts(d, n); }},
    TypedForm{"binary", [](Decoder& d, Node n) { return binary(d, n, RegistryType::Binary); }},
    TypedForm{"none", [](Decoder& d, Node n) { return binary(d, n, RegistryType::None); }},
};

std::vector<std::string_view> typed_words() {
  std::vector<std::string_view> words;
  for (const TypedForm& form : kTypedForms) words.push_back(form.word);
  words.insert(words.end(), {"type", kUnreadable, kAbsent, kMistyped});
  return words;
}

/// {type: 8, data: '00 ff'}: a type without a name of its own.
std::optional<RegistryData> other_type(Decoder& decoder, Node node) {
  std::optional<std::uint64_t> type;
  std::optional<RegistryData> data;
  for (const Member member : node.members()) {
    if (member.key.text() == "type") {
      type = read_unsigned(decoder, member.value, "'type'", UINT32_MAX);
    } else if (member.key.text() == "data") {
      data = binary(decoder, member.value, RegistryType::Other);
    } else {
      decoder.unknown_key(member.key, "a registry value with a type number", {"type", "data"});
      return std::nullopt;
    }
  }
  if (!type || !data) return std::nullopt;
  data->other_type = static_cast<std::uint32_t>(*type);
  return data;
}

std::optional<RegistryData> typed_value(Decoder& decoder, Node node) {
  if (node.size() == 2) return other_type(decoder, node);
  if (node.size() == 1) {
    const Member only = *node.members().begin();
    for (const TypedForm& form : kTypedForms) {
      if (form.word == only.key.text()) return form.read(decoder, only.value);
    }
    decoder.unknown_key(only.key, "a registry value", typed_words());
    return std::nullopt;
  }
  decoder.wrong_kind(node, "a registry value", "a number, a text, a list or one {type: value}");
  return std::nullopt;
}

std::optional<RegistryData> value_data(Decoder& decoder, Node node) {
  switch (node.kind()) {
    case NodeKind::Integer:
      return number(decoder, node, RegistryType::Dword, UINT32_MAX, kDwordAdvice);
    case NodeKind::Text:
    case NodeKind::Word:
      return data_of(RegistryType::Sz, std::string(node.text()));
    case NodeKind::Sequence:
      return texts(decoder, node);
    case NodeKind::Mapping:
      return typed_value(decoder, node);
    case NodeKind::Boolean:
      decoder.report(diag::WrongEvidenceKind{.place = "a registry value",
                                             .expected = "a number, a text or a list",
                                             .found = "true or false",
                                             .advice = "write 1 or 0, or quote the text"}
                         .at(node.span()));
      return std::nullopt;
    case NodeKind::Null:
    case NodeKind::Fraction:
      break;
  }
  decoder.wrong_kind(node, "a registry value", "a number, a text or a list");
  return std::nullopt;
}

void read_value(Decoder& decoder, const Member& member, Node mapping, value::RegistryKeyEvidence& key) {
  const auto name = value::canonical_value_name(member.key.text());
  if (!name) {
    decoder.malformed(member.key, "the name of a registry value");
    return;
  }
  const auto [at, added] = key.values.try_emplace(value::folded(*name));
  if (!added) {
    for (const Member earlier : mapping.members()) {
      const auto other = value::canonical_value_name(earlier.key.text());
      if (!other || value::folded(*other) != at->first) continue;
      decoder.same_name(member.key, earlier.key);
      return;
    }
  }
  value::RegistryValueEvidence& out = at->second;
  out.name = *name;
  if (auto instead = marked_reading<RegistryData>(decoder, member.value)) {
    out.data = std::move(*instead);
  } else if (auto data = value_data(decoder, member.value)) {
    out.data = value::Reading<RegistryData>::of(std::move(*data), decoder.origin(member.value));
  }
}

void read_values(Decoder& decoder, Node node, value::RegistryKeyEvidence& key) {
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, "'values'", "a mapping of names to values");
    return;
  }
  for (const Member member : node.members()) {
    if (decoder.enough()) return;
    read_value(decoder, member, node, key);
  }
}

void read_subkeys(Decoder& decoder, Node node, value::RegistryKeyEvidence& key) {
  const auto names = ListShape<TextShape>{}.read(decoder, node, "'subkeys'");
  if (!names) return;
  NameCheck check(decoder);
  auto item = node.items().begin();
  for (const std::string& name : *names) {
    if (name.find('\\') != std::string::npos) decoder.malformed(*item, "the name of one subkey");
    if (check.is_new(name, *item)) key.subkeys.emplace(value::folded(name), name);
    ++item;
  }
}

void read_key(Decoder& decoder, Node node, value::RegistryKeyEvidence& key) {
  const value::OriginId origin = decoder.origin(node);
  if (const auto marker = decoder.marker(node)) {
    key.presence = marker->absent ? value::Reading<bool>::absent(origin)
                                  : value::Reading<bool>::unreadable(marker->why, origin);
    return;
  }
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, "a registry key", "a mapping");
    return;
  }
  key.presence = value::Reading<bool>::of(true, origin);
  const FlagShape flag;
  for (const Member member : node.members()) {
    const std::string_view name = member.key.text();
    if (name == "values") {
      read_values(decoder, member.value, key);
    } else if (name == kComplete) {
      key.values_complete = flag.read(decoder, member.value, "'complete'").value_or(false);
    } else if (name == "subkeys") {
      read_subkeys(decoder, member.value, key);
    } else if (name == "subkeys_complete") {
      key.subkeys_complete = flag.read(decoder, member.value, "'subkeys_complete'").value_or(false);
    } else if (name == kUnreadable) {
      // Whether the key exists could not be told, but something of it is known.
      if (auto why = decoder.reason(member.value))
        key.presence = value::Reading<bool>::unreadable(std::move(*why), origin);
    } else {
      decoder.unknown_key(member.key, "a registry key",
                          {kComplete, kUnreadable, "values", "subkeys", "subkeys_complete"});
    }
  }
}

/// Canonical path of a key, or nullopt and a report.
std::optional<std::string> path_of(Decoder& decoder, Node key) {
  auto path = value::canonical_registry_key(key.text());
  if (!path) {
    const std::string_view hive = value::nearest_hive(key.text());
    const std::string problem =
        hive.empty() ? "begin with HKLM\\ or HKU\\" : "did you mean " + std::string(hive) + "?";
    decoder.malformed(key, "the path of a registry key", problem);
    return std::nullopt;
  }
  if (std::count(path->begin(), path->end(), '\\') > kDeepestKey) {
    decoder.malformed(key, "the path of a registry key", "keys nest at most 512 deep");
    return std::nullopt;
  }
  if (!path->starts_with("HKCU")) return path;
  decoder.report(diag::WhoseUserKey{.key = std::string(key.text())}.at(key.span()));
  return std::nullopt;
}

void report_same_key(Decoder& decoder, Node section, Node key, const std::string& folded_path) {
  for (const Member earlier : section.members()) {
    const auto path = value::canonical_registry_key(earlier.key.text());
    if (!path || value::folded(*path) != folded_path) continue;
    decoder.same_name(key, earlier.key);
    return;
  }
}

Node node_of(Node section, const std::string& folded_path) {
  for (const Member member : section.members()) {
    const auto path = value::canonical_registry_key(member.key.text());
    if (path && value::folded(*path) == folded_path) return member.key;
  }
  return section;
}

void contradiction(Decoder& decoder, Node section, const value::RegistryEvidence::value_type& inner,
                   std::string outer) {
  decoder.report(diag::EvidenceContradiction{.inner = inner.second.path, .outer = std::move(outer)}.at(
      node_of(section, inner.first).span()));
}

/// The first recorded key below an absent one that is there all the same.
void check_below_absent(Decoder& decoder, Node section, const value::RegistryEvidence::value_type& absent) {
  const value::RegistryEvidence& keys = decoder.evidence().registry;
  const std::string prefix = absent.first + '\\';
  for (auto below = keys.lower_bound(prefix); below != keys.end() && below->first.starts_with(prefix);
       ++below) {
    if (below->second.presence.status != value::FactStatus::Present) continue;
    contradiction(decoder, section, *below, "'" + absent.second.path + "' is absent");
    return;
  }
}

/// The first recorded key below one with a complete list of subkeys that the list does not lead to.
void check_below_complete(Decoder& decoder, Node section,
                          const value::RegistryEvidence::value_type& complete) {
  const value::RegistryEvidence& keys = decoder.evidence().registry;
  const std::string prefix = complete.first + '\\';
  auto below = keys.lower_bound(prefix);
  while (below != keys.end() && below->first.starts_with(prefix)) {
    const std::size_t child_end = below->first.find('\\', prefix.size());
    const std::string child = below->first.substr(prefix.size(), child_end - prefix.size());
    const bool listed = complete.second.subkeys.contains(child);
    if (!listed && below->second.presence.status == value::FactStatus::Present) {
      const std::string outer = "the complete list of subkeys of '" + complete.second.path + "' lacks it";
      return contradiction(decoder, section, *below, outer);
    }
    const bool inside_listed = listed && child_end != std::string::npos;
    below = inside_listed ? keys.lower_bound(prefix + child + kAfterSeparator) : std::next(below);
  }
}

/// Below an absent key there is nothing, and a complete list of subkeys names all that is there.
void check_closure(Decoder& decoder, Node section) {
  for (const auto& entry : decoder.evidence().registry) {
    if (decoder.enough()) return;
    if (entry.second.presence.status == value::FactStatus::Absent)
      check_below_absent(decoder, section, entry);
    if (entry.second.subkeys_complete) check_below_complete(decoder, section, entry);
  }
}

}  // namespace

void decode_registry(Decoder& decoder, Node node) {
  value::Evidence& evidence = decoder.evidence();
  evidence.registry_collected = true;
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, "'registry'", "a mapping of keys");
    return;
  }
  for (const Member member : node.members()) {
    if (decoder.enough()) return;
    auto path = path_of(decoder, member.key);
    if (!path) continue;
    std::string folded = value::folded(*path);
    const auto before = evidence.registry.size();
    const auto at = evidence.registry.try_emplace(evidence.registry.end(), std::move(folded));
    if (evidence.registry.size() == before) {
      report_same_key(decoder, node, member.key, at->first);
      continue;
    }
    at->second.path = std::move(*path);
    read_key(decoder, member.value, at->second);
  }
  check_closure(decoder, node);
}

}  // namespace polc::backends::snapshot
