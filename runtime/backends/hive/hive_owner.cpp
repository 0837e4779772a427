#include "runtime/backends/hive/hive_owner.hpp"

#include <set>

#include "runtime/base/casefold.hpp"
#include "runtime/formats/sddl.hpp"
#include "runtime/formats/security_descriptor.hpp"
#include "runtime/os/file_system.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::hive {
namespace {

constexpr const char* kLocalSystem = "S-1-5-18";
constexpr std::uint32_t kKeyAllAccess = 0xF003F;
constexpr std::uint32_t kGenericAll = 0x10000000;

/// Accounts of people: local and of domains, or of Entra ID.
bool is_person(std::string_view sid) {
  return sid.starts_with("S-1-5-21-") || sid.starts_with("S-1-12-1-");
}

/// "S-1-5-21-1-2-3-1001.DAT", and the same without an extension.
std::optional<std::string> sid_in(const std::string& name) {
  return value::canonical_sid(name.substr(0, name.find('.')));
}

std::set<std::string> named_by_access_list(HiveReader& reader) {
  std::set<std::string> people;
  const KeyReading root = reader.root();
  if (!root.present()) return people;
  const auto bytes = reader.hive().security(root.value);
  const auto text = bytes ? formats::security_descriptor_text(*bytes) : formats::parse_error(0, "");
  const auto descriptor = text ? formats::parse_sddl(*text) : formats::parse_error(0, "");
  if (!descriptor) return people;
  for (const formats::AccessEntry& entry : descriptor->entries) {
    const bool all = (entry.mask & kKeyAllAccess) == kKeyAllAccess || (entry.mask & kGenericAll) != 0;
    if (entry.allow && !entry.conditional && all && is_person(entry.trustee.sid))
      people.insert(entry.trustee.sid);
  }
  return people;
}

std::set<std::string> named_by_protected_storage(HiveReader& reader) {
  std::set<std::string> people;
  const KeyReading key = reader.key(reader.root(), "Software\\Microsoft\\Protected Storage System Provider");
  for (const formats::HiveKey& child : reader.subkeys(key).items) {
    const auto sid = value::canonical_sid(child.name);
    if (sid && is_person(*sid)) people.insert(*sid);
  }
  return people;
}

}  // namespace

std::optional<std::string> owner_of(HiveReader& reader, std::string_view label, const TargetFiles* files) {
  if (base::equal_folded(label, "Default")) return "Default";
  if (base::equal_folded(label, ".DEFAULT")) return kLocalSystem;
  if (!label.empty()) return value::canonical_sid(label);
  if (is_default_hive(reader.file().path())) return kLocalSystem;
  const std::string folder = files == nullptr ? std::string() : os::file_name(files->root());
  if (auto sid = sid_in(os::file_name(reader.file().name()))) return sid;
  if (auto sid = sid_in(folder)) return sid;
  if (base::equal_folded(folder, "Default")) return "Default";
  std::set<std::string> people = named_by_access_list(reader);
  people.merge(named_by_protected_storage(reader));
  return people.size() == 1 ? std::optional(*people.begin()) : std::nullopt;
}

}  // namespace polc::backends::hive
