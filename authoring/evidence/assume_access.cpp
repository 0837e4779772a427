// Access lists as SDDL, and the shares that they may belong to.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "authoring/evidence/parts.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::evidence {
namespace {

using value::Evidence;
using value::FactStatus;
using value::Reading;
using value::ResourceKind;
using value::Value;

/// What is assumed of one object's security descriptor.
struct Descriptor {
  ResourceKind resource = ResourceKind::Acl;
  std::string path;
  bool absent = false;
  const Value* allow = nullptr;
  const Value* deny = nullptr;
  const Value* owner = nullptr;
  bool is_protected = false;
};

/// One entry for each place that a mask is for: the object, folders below it, files below it.
std::string entries(char type, const std::string& sid, const value::Rights& rights, ResourceKind resource) {
  const auto entry = [&](std::string_view flags, std::uint32_t mask) {
    return mask == 0 ? std::string() : fmt::format("({};{};0x{:x};;;{})", type, flags, mask, sid);
  };
  if (resource == ResourceKind::ShareAcl) return entry("", rights.self);
  if (resource == ResourceKind::RegistryAcl) {
    if (rights.self == rights.subfolders) return entry("CI", rights.self);
    return entry("", rights.self) + entry("CIIO", rights.subfolders);
  }
  if (rights.self == rights.subfolders && rights.self == rights.files) return entry("OICI", rights.self);
  return entry("", rights.self) + entry("CIIO", rights.subfolders) + entry("OIIO", rights.files);
}

void add_entries(std::string& sddl, char type, const Value* map, ResourceKind resource,
                 std::vector<value::PrincipalEvidence>& names) {
  const auto* entries_of = map != nullptr ? map->get<value::MapValue>() : nullptr;
  if (entries_of == nullptr) return;
  for (const value::MapEntry& entry : entries_of->entries) {
    const value::PrincipalEvidence who = principal_of(entry.key);
    const auto* rights = entry.value.get<value::Rights>();
    if (rights != nullptr) sddl += entries(type, who.sid, *rights, resource);
    names.push_back(who);
  }
}

/// Owner, then entries that deny, then those that allow: the order that Windows keeps.
std::string sddl_of(const Descriptor& descriptor, std::vector<value::PrincipalEvidence>& names) {
  const std::string owner =
      descriptor.owner != nullptr ? principal_of(*descriptor.owner).sid : "S-1-5-32-544";
  std::string sddl = "O:" + owner + "D:" + (descriptor.is_protected ? "P" : "");
  add_entries(sddl, 'D', descriptor.deny, descriptor.resource, names);
  add_entries(sddl, 'A', descriptor.allow, descriptor.resource, names);
  return sddl;
}

bool note(Descriptor& descriptor, const Assumption& assumption) {
  const std::string_view attribute = attribute_of(assumption.location);
  const Value* value = &assumption.fact.value;
  if (assumption.fact.status != FactStatus::Present) {
    descriptor.absent = true;
  } else if (attribute == "allow") {
    descriptor.allow = value;
  } else if (attribute == "deny") {
    descriptor.deny = value;
  } else if (attribute == "owner") {
    descriptor.owner = value;
  } else if (attribute == "protected") {
    descriptor.is_protected = bool_of(*value);
  } else {
    return false;
  }
  return true;
}

value::ShareRow& share_row(Evidence& evidence, const std::string& name) {
  auto& rows = evidence.shares.rows;
  evidence.shares.collected = true;
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const value::ShareRow& row) {
    return value::folded(row.name) == value::folded(name);
  });
  if (found != rows.end()) return *found;
  rows.emplace_back();
  rows.back().name = name;
  return rows.back();
}

void write(Evidence& evidence, const Descriptor& descriptor) {
  std::vector<value::PrincipalEvidence> names;
  const auto sddl = descriptor.absent ? Reading<std::string>::absent()
                                      : Reading<std::string>::of(sddl_of(descriptor, names));
  if (descriptor.resource == ResourceKind::ShareAcl) {
    if (descriptor.absent) return close(evidence.shares);
    share_row(evidence, descriptor.path).sddl = sddl;
    return;
  }
  auto& section = descriptor.resource == ResourceKind::Acl ? evidence.file_security : evidence.key_security;
  section.collected = true;
  section.rows.push_back({descriptor.path, sddl, std::move(names)});
}

void add_shares(Evidence& evidence, const Assumption& assumption) {
  close(evidence.shares);
  std::size_t number = 1;
  for (const Value& record : elements_of(assumption.fact.value)) {
    const Value* name = field(record, "name");
    value::ShareRow& row =
        share_row(evidence, name != nullptr ? text_of(*name) : "Share" + std::to_string(number++));
    if (const Value* path = field(record, "path")) row.path = Reading<std::string>::of(text_of(*path));
  }
}

}  // namespace

void add_access(Evidence& evidence, const Assumptions& assumptions, std::vector<std::string>& left_out) {
  std::map<std::pair<ResourceKind, std::string>, Descriptor> descriptors;
  for (const Assumption* assumption : assumptions) {
    const ResourceKind resource = assumption->location.resource;
    if (resource == ResourceKind::Shares) {
      add_shares(evidence, *assumption);
      continue;
    }
    const std::string path = text_of(assumption->location, 0);
    Descriptor& descriptor = descriptors[{resource, value::folded(path)}];
    descriptor.resource = resource;
    descriptor.path = path;
    if (!note(descriptor, *assumption)) left_out.push_back(value::to_text(assumption->location));
  }
  for (const auto& [key, descriptor] : descriptors) write(evidence, descriptor);
}

}  // namespace polc::evidence
