#include "runtime/derive/acl.hpp"

#include <algorithm>

#include "runtime/derive/facts.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/principals.hpp"
#include "runtime/value/rights.hpp"

namespace polc::derive {
namespace {

using formats::AccessEntry;
using formats::SecurityDescriptor;
using value::Fact;
using value::ObjectClass;
using value::Principal;
using value::Rights;
using value::UnknownReason;
using value::Value;

enum class AclAttribute : value::AttributeId { Allow, Deny, Trustees, Owner, Protected, Entries, Sddl };

constexpr std::string_view kEveryone = "S-1-1-0";

ObjectClass class_of(value::ResourceKind kind) {
  if (kind == value::ResourceKind::ShareAcl) return ObjectClass::Share;
  return kind == value::ResourceKind::RegistryAcl ? ObjectClass::RegistryKey : ObjectClass::File;
}

/// What one entry says for the object, for folders and for files below it. A share has nothing below it and a
/// registry key no files, so there the same mask stands for the missing places: "Read" is Read everywhere it can be.
Rights reach(const AccessEntry& entry, ObjectClass object_class) {
  const std::uint32_t mask = value::mapped_mask(entry.mask, object_class);
  const auto when = [&](bool applies) { return applies ? mask : 0U; };
  Rights rights;
  rights.self = when((entry.flags & formats::ace_flag::kInheritOnly) == 0);
  rights.subfolders = when((entry.flags & formats::ace_flag::kContainerInherit) != 0);
  rights.files = when((entry.flags & formats::ace_flag::kObjectInherit) != 0);
  if (object_class == ObjectClass::Share) rights.subfolders = rights.self;
  if (object_class != ObjectClass::File) rights.files = rights.subfolders;
  return rights;
}

void add(Rights& rights, const Rights& more) {
  rights.self |= more.self;
  rights.subfolders |= more.subfolders;
  rights.files |= more.files;
}

/// Identity of a trustee while its SID may not be known.
bool same(const Principal& a, const Principal& b) {
  if (a.resolved() || b.resolved()) return a.sid == b.sid;
  return a.form == b.form && a.rid == b.rid && a.name == b.name;
}

template <class T>
T* find_trustee(std::vector<T>& list, const Principal& trustee, const Principal& (*of)(const T&)) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const T& item) { return same(of(item), trustee); });
  return found == list.end() ? nullptr : &*found;
}

struct Grant {
  Principal trustee;
  Rights rights;
  bool conditional = false;
};

const Principal& trustee_of(const Grant& grant) {
  return grant.trustee;
}

const Principal& itself(const Principal& principal) {
  return principal;
}

}  // namespace

AccessLists::AccessLists(const Context& context) : context_(context) {
  const value::Evidence& evidence = context.evidence;
  for (const auto& row : evidence.file_security.rows) add(files_, file_key(row.path), row);
  for (const auto& row : evidence.key_security.rows) {
    add(keys_, value::folded(value::canonical_registry_key(row.path).value_or(row.path)), row);
  }
  for (const auto& row : evidence.shares.rows) {
    shares_[value::folded(row.name)] = {&row.sddl, nullptr, {}, nullptr};
  }
}

/// Two spellings of one path ('%SystemDrive%\X', 'C:\X') are one object, of which there is one descriptor.
void AccessLists::add(Records& records, std::string key, const value::SecurityRow& row) {
  if (key.empty()) {
    unplaced_files_ = true;
    return;
  }
  const auto [found, is_new] =
      records.try_emplace(std::move(key), Record{&row.sddl, &row.names, {}, nullptr});
  if (is_new) return;
  const auto& first = *found->second.sddl;
  if (first.status != row.sddl.status || first.value != row.sddl.value) found->second.other = &row.sddl;
}

/// Folded path on the target; "" when a variable in it is not known.
std::string AccessLists::file_key(const std::string& path) const {
  const auto canonical = value::canonical_file_path(path);
  if (!canonical) return {};
  const auto expanded = value::expand_variables(*canonical, context_.evidence.host.variables);
  return expanded ? value::folded(*expanded) : std::string();
}

Fact AccessLists::missing(const value::Address& address) const {
  switch (class_of(address.resource)) {
    case ObjectClass::Share:
      return missing_row(context_.evidence.shares, value::AbsentLevel::Object);
    case ObjectClass::RegistryKey:
      return missing_row(context_.evidence.key_security, value::AbsentLevel::Object);
    case ObjectClass::File:
      break;
  }
  if (unplaced_files_) {
    return Fact::unknown(UnknownReason::UnresolvedName, "a recorded path has a variable that is not known",
                         context_.evidence.file_security.origin);
  }
  return missing_row(context_.evidence.file_security, value::AbsentLevel::Object);
}

Fact AccessLists::fact(const value::Address& address) {
  const auto* written = address.argument<std::string>(0);
  if (written == nullptr) return Fact::unknown(UnknownReason::Unsupported);
  const ObjectClass object_class = class_of(address.resource);
  const bool is_file = object_class == ObjectClass::File;
  const std::string key = is_file ? file_key(*written) : value::folded(*written);
  if (key.empty()) return Fact::unknown(UnknownReason::UnresolvedName, *written);
  Records& records = is_file ? files_ : object_class == ObjectClass::Share ? shares_ : keys_;
  const auto found = records.find(key);
  if (found == records.end()) return missing(address);

  Record& record = found->second;
  if (record.other != nullptr) {
    Fact fact =
        Fact::unknown(UnknownReason::Conflict, "the same object is recorded twice", record.sddl->origin);
    fact.related.push_back(record.other->origin);
    return fact;
  }
  if (!record.sddl->present() || static_cast<AclAttribute>(address.attribute) == AclAttribute::Sddl) {
    return fact_of(*record.sddl, value::AbsentLevel::Object,
                   [](const std::string& sddl) { return value::text(sddl); });
  }
  if (!record.parsed) record.parsed = formats::parse_sddl(record.sddl->value);
  if (!*record.parsed)
    return Fact::unknown(UnknownReason::Corrupt, record.parsed->error().what, record.sddl->origin);
  return attribute(record, object_class, address.attribute);
}

/// With its SID where the host knows it, and the name that the host gave for it.
Principal AccessLists::trustee(const Record& record, const Principal& principal) const {
  Principal result = context_.names.resolve(principal);
  if (record.names == nullptr || !result.name.empty()) return result;
  for (const auto& shown : *record.names) {
    if (shown.sid == result.sid) result.name = shown.name;
  }
  return result;
}

Fact AccessLists::attribute(const Record& record, ObjectClass object_class, value::AttributeId id) const {
  const SecurityDescriptor& descriptor = **record.parsed;
  const value::OriginId origin = record.sddl->origin;
  switch (static_cast<AclAttribute>(id)) {
    case AclAttribute::Allow:
      return granted(record, object_class, true);
    case AclAttribute::Deny:
      return granted(record, object_class, false);
    case AclAttribute::Trustees:
      return trustees(record);
    case AclAttribute::Owner:
      if (!descriptor.owner)
        return Fact::unknown(UnknownReason::NotCollected, "no owner in the descriptor", origin);
      return Fact::present(Value(trustee(record, *descriptor.owner)), origin);
    case AclAttribute::Protected:
      return Fact::present(boolean(descriptor.protected_list), origin);
    case AclAttribute::Entries:
      return entries(record, object_class);
    case AclAttribute::Sddl:
      break;
  }
  return Fact::unknown(UnknownReason::Unsupported);
}

/// The union of each principal's entries of one kind. A conditional entry may or may not apply, so what its
/// principal has is not known: it is left out of a map that says it is incomplete.
Fact AccessLists::granted(const Record& record, ObjectClass object_class, bool allow) const {
  const SecurityDescriptor& descriptor = **record.parsed;
  std::vector<Grant> grants;
  if (descriptor.null_list && allow) {
    const Principal everyone{Principal::Form::Sid, 0, std::string(kEveryone), "Everyone"};
    const std::uint32_t all = value::find_right(object_class, "FullControl").value_or(0);
    grants.push_back({everyone, value::rights_everywhere(all), false});
  }
  for (const AccessEntry& entry : descriptor.entries) {
    const Rights rights = reach(entry, object_class);
    if (entry.allow != allow || rights == Rights{}) continue;
    const Principal who = trustee(record, entry.trustee);
    Grant* grant = find_trustee(grants, who, trustee_of);
    if (grant == nullptr) grant = &grants.emplace_back(Grant{who, {}, false});
    derive::add(grant->rights, rights);
    grant->conditional = grant->conditional || entry.conditional;
  }
  value::MapValue map;
  for (Grant& grant : grants) {
    if (grant.conditional) {
      map.complete = false;
    } else {
      map.entries.push_back({Value(std::move(grant.trustee)), Value(grant.rights)});
    }
  }
  Fact fact = Fact::present(Value(map), record.sddl->origin);
  if (!map.complete)
    fact.unknowns.push_back({UnknownReason::Unsupported, {}, "conditional access control entries"});
  const bool direct_only =
      std::any_of(descriptor.entries.begin(), descriptor.entries.end(), [&](const AccessEntry& entry) {
        return entry.allow == allow && (entry.flags & formats::ace_flag::kNoPropagate) != 0;
      });
  if (descriptor.null_list) fact.note = "there is no access list: everyone has full access";
  if (direct_only) fact.note = "some entries reach direct children only";
  return fact;
}

Fact AccessLists::trustees(const Record& record) const {
  const SecurityDescriptor& descriptor = **record.parsed;
  std::vector<Principal> seen;
  if (descriptor.null_list) seen.push_back({Principal::Form::Sid, 0, std::string(kEveryone), "Everyone"});
  for (const AccessEntry& entry : descriptor.entries) {
    Principal who = trustee(record, entry.trustee);
    if (find_trustee(seen, who, itself) == nullptr) seen.push_back(std::move(who));
  }
  std::vector<Value> elements;
  for (Principal& who : seen) elements.emplace_back(std::move(who));
  return Fact::present(Value(value::SetValue::exactly(std::move(elements))), record.sddl->origin);
}

Fact AccessLists::entries(const Record& record, ObjectClass object_class) const {
  const SecurityDescriptor& descriptor = **record.parsed;
  const value::OriginId origin = record.sddl->origin;
  value::ListValue list;
  for (const AccessEntry& entry : descriptor.entries) {
    const bool inherited = (entry.flags & formats::ace_flag::kInherited) != 0;
    list.items.push_back(RecordBuilder(origin)
                             .field("principal", Value(trustee(record, entry.trustee)))
                             .field("type", symbol(entry.allow ? "allowed" : "denied"))
                             .field("rights", entry.conditional
                                                  ? Fact::unknown(UnknownReason::Unsupported,
                                                                  "conditional access control entry", origin)
                                                  : Fact::present(Value(reach(entry, object_class)), origin))
                             .field("inherited", boolean(inherited))
                             .build());
  }
  return Fact::present(Value(std::move(list)), origin);
}

}  // namespace polc::derive
