// Security descriptors of files, registry keys and shares: as SDDL, or as a readable list that becomes SDDL.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "runtime/backends/snapshot/form.hpp"
#include "runtime/backends/snapshot/sections.hpp"
#include "runtime/backends/snapshot/tables.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/text.hpp"
#include "runtime/formats/sddl.hpp"
#include "runtime/value/principals.hpp"
#include "runtime/value/rights.hpp"

namespace polc::backends::snapshot {
namespace {

using value::ObjectClass;

/// SID of a principal of the snapshot, with what `host` and `names` say; nullopt when they do not know it.
std::optional<std::string> sid_of(const value::Evidence& evidence, std::string_view text) {
  const auto below = [](const value::Reading<std::string>& authority,
                        std::uint32_t rid) -> std::optional<std::string> {
    if (!authority.present()) return std::nullopt;
    return fmt::format("{}-{}", authority.value, rid);
  };
  if (const auto known = value::principal_from_text(text)) {
    using Form = value::Principal::Form;
    if (known->form == Form::Sid) return known->sid;
    if (known->form == Form::DomainRelative) return below(evidence.host.domain_sid, known->rid);
    if (known->form == Form::MachineRelative) return below(evidence.host.machine_sid, known->rid);
  }
  std::string full(text);
  if (text.starts_with(".\\") && evidence.host.name.present())
    full = evidence.host.name.value + full.substr(1);
  for (const value::NameRow& row : evidence.names.rows) {
    if (base::equal_folded(row.name, full)) return row.sid;
  }
  return std::nullopt;
}

std::optional<std::string> trustee(Decoder& decoder, Node node) {
  if (!node.is_text()) {
    decoder.wrong_kind(node, "a principal", "a text");
    return std::nullopt;
  }
  if (auto sid = sid_of(decoder.evidence(), node.text())) return sid;
  decoder.report(diag::UnknownTrustee{.name = std::string(node.text())}.at(node.span()));
  return std::nullopt;
}

/// One entry of a readable list.
struct Entry {
  std::uint32_t mask = 0;
  std::string flags;  ///< SDDL: "OICI", "CIIO", ...
  bool inherited = false;
};

std::optional<std::uint32_t> one_right(Decoder& decoder, Node node, ObjectClass object_class) {
  if (node.kind() == NodeKind::Integer) {
    const auto mask = read_unsigned(decoder, node, "an access mask", UINT32_MAX);
    return mask ? std::optional(static_cast<std::uint32_t>(*mask)) : std::nullopt;
  }
  if (!node.is_text()) {
    decoder.wrong_kind(node, "a right", "the name of an access right or a number");
    return std::nullopt;
  }
  if (const auto mask = value::find_right(object_class, node.text())) return mask;
  std::vector<std::string_view> known;
  for (const value::RightInfo& right : value::named_rights(object_class)) known.push_back(right.name);
  decoder.report(diag::UnknownEvidenceName{.name = std::string(node.text()),
                                           .kind = "an access right of such an object",
                                           .suggestion = std::string(base::nearest(node.text(), known))}
                     .at(node.span()));
  return std::nullopt;
}

std::optional<std::uint32_t> rights(Decoder& decoder, Node node, ObjectClass object_class) {
  if (!node.is_sequence()) return one_right(decoder, node, object_class);
  std::uint32_t mask = 0;
  for (const Node item : node.items()) {
    const auto right = one_right(decoder, item, object_class);
    if (!right) return std::nullopt;
    mask |= *right;
  }
  return mask;
}

/// Inheritance flags for "self", "subfolders", "files" (winnt.h; Microsoft Learn, "ACE inheritance rules").
std::optional<std::string> scope_flags(Decoder& decoder, Node node) {
  const auto words = ListShape<WordShape>{.inner = {"ace_scope"}}.read(decoder, node, "'applies_to'");
  if (!words) return std::nullopt;
  const auto has = [&](std::string_view word) {
    return std::find(words->begin(), words->end(), word) != words->end();
  };
  if (words->empty()) {
    decoder.wrong_kind(node, "'applies_to'", "a list of self, subfolders and files that is not empty");
    return std::nullopt;
  }
  std::string flags;
  if (has("files")) flags += "OI";
  if (has("subfolders")) flags += "CI";
  if (!has("self")) flags += "IO";
  return flags;
}

std::string_view whole_scope(ObjectClass object_class) {
  switch (object_class) {
    case ObjectClass::File:
      return "OICI";
    case ObjectClass::RegistryKey:
      return "CI";
    case ObjectClass::Share:
      break;
  }
  return "";
}

std::optional<Entry> read_entry(Decoder& decoder, Node node, ObjectClass object_class) {
  Entry entry{.mask = 0, .flags = std::string(whole_scope(object_class)), .inherited = false};
  if (!node.is_mapping()) {
    const auto mask = rights(decoder, node, object_class);
    if (!mask) return std::nullopt;
    entry.mask = *mask;
    return entry;
  }
  bool good = true;
  FieldReader fields(decoder, node, "an access list entry");
  if (!fields.has("rights")) {
    decoder.report(
        diag::MissingEvidenceKey{.key = "rights", .place = "an access list entry"}.at(node.span()));
    good = false;
  }
  fields.part("rights", [&](Node rights_node) {
    const auto mask = rights(decoder, rights_node, object_class);
    good = good && mask.has_value();
    entry.mask = mask.value_or(0);
  });
  if (object_class != ObjectClass::Share) {
    fields.part("applies_to", [&](Node scope) {
      const auto flags = scope_flags(decoder, scope);
      good = good && flags.has_value();
      entry.flags = flags.value_or("");
    });
    fields.optional("inherited", entry.inherited, kFlag);
  }
  fields.finish();
  return good ? std::optional(entry) : std::nullopt;
}

/// A discretionary list in the order Windows keeps: explicit denials, explicit grants, then what was inherited.
struct AccessList {
  std::string explicit_denials, explicit_grants, inherited_denials, inherited_grants;
  bool good = true;

  std::string text() const {
    return explicit_denials + explicit_grants + inherited_denials + inherited_grants;
  }
};

void read_entries(Decoder& decoder, Node node, std::string_view place, bool allow, ObjectClass object_class,
                  AccessList& list) {
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, place, "a mapping of principals to rights");
    list.good = false;
    return;
  }
  for (const Member member : node.members()) {
    const auto sid = trustee(decoder, member.key);
    const auto entry = read_entry(decoder, member.value, object_class);
    if (!sid || !entry) {
      list.good = false;
      continue;
    }
    std::string& part = allow ? (entry->inherited ? list.inherited_grants : list.explicit_grants)
                              : (entry->inherited ? list.inherited_denials : list.explicit_denials);
    part += fmt::format("({};{}{};0x{:x};;;{})", allow ? "A" : "D", entry->flags,
                        entry->inherited ? "ID" : "", entry->mask, *sid);
  }
}

std::optional<std::string> parsed_sddl(Decoder& decoder, Node node) {
  auto text = kText.read(decoder, node, "'sddl'");
  if (!text) return std::nullopt;
  const auto parsed = formats::parse_sddl(*text);
  if (parsed) return text;
  decoder.malformed(node, "a security descriptor in SDDL",
                    fmt::format("{}, at character {}", parsed.error().what, parsed.error().offset + 1));
  return std::nullopt;
}

/// `owner`, `group`, `protected`, `allow` and `deny` as SDDL.
std::optional<std::string> readable_descriptor(Decoder& decoder, FieldReader& fields,
                                               ObjectClass object_class) {
  AccessList list;
  std::string owner;
  std::string group;
  bool is_protected = false;
  const auto principal = [&](std::string& out, std::string_view prefix) {
    return [&decoder, &list, &out, prefix](Node node) {
      const auto sid = trustee(decoder, node);
      list.good = list.good && sid.has_value();
      out = std::string(prefix) + sid.value_or("");
    };
  };
  fields.part("owner", principal(owner, "O:"));
  fields.part("group", principal(group, "G:"));
  fields.optional("protected", is_protected, kFlag);
  fields.part("allow", [&](Node node) { read_entries(decoder, node, "'allow'", true, object_class, list); });
  fields.part("deny", [&](Node node) { read_entries(decoder, node, "'deny'", false, object_class, list); });
  if (!list.good) return std::nullopt;
  return owner + group + "D:" + (is_protected ? "P" : "") + list.text();
}

value::Reading<std::string> descriptor_fact(Decoder& decoder, FieldReader& fields, ObjectClass object_class) {
  value::Reading<std::string> sddl;
  const bool readable = fields.has("allow");
  if (fields.has("sddl") && !readable) {
    fields.part("sddl", [&](Node node) {
      if (auto instead = marked_reading<std::string>(decoder, node)) {
        sddl = std::move(*instead);
      } else if (auto text = parsed_sddl(decoder, node)) {
        sddl = value::Reading<std::string>::of(std::move(*text), decoder.origin(node));
      }
    });
  } else if (readable) {
    const value::OriginId origin = decoder.origin(fields.node());
    if (auto text = readable_descriptor(decoder, fields, object_class)) {
      sddl = value::Reading<std::string>::of(std::move(*text), origin);
    }
  }
  return sddl;
}

void read_names(Decoder& decoder, Node node, std::vector<value::PrincipalEvidence>& names) {
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, "'names'", "a mapping of SIDs to names");
    return;
  }
  for (const Member member : node.members()) {
    auto sid = kSid.read(decoder, member.key, "a SID");
    auto name = kText.read(decoder, member.value, "a name");
    if (sid && name) names.push_back({.sid = std::move(*sid), .name = std::move(*name)});
  }
}

void require_descriptor(Decoder& decoder, const FieldReader& fields, std::string_view place) {
  if (fields.has("sddl") || fields.has("allow") || !fields.node().is_mapping()) return;
  decoder.report(diag::MissingEvidenceKey{.key = "sddl' or 'allow", .place = std::string(place)}.at(
      fields.node().span()));
}

void read_descriptor(Decoder& decoder, Node node, std::string_view place, ObjectClass object_class,
                     value::SecurityRow& row) {
  if (auto instead = marked_reading<std::string>(decoder, node)) {
    row.sddl = std::move(*instead);
    return;
  }
  if (node.is_text()) {
    if (auto text = parsed_sddl(decoder, node))
      row.sddl = value::Reading<std::string>::of(std::move(*text), decoder.origin(node));
    return;
  }
  FieldReader fields(decoder, node, place);
  require_descriptor(decoder, fields, place);
  row.sddl = descriptor_fact(decoder, fields, object_class);
  fields.part("names", [&](Node names) { read_names(decoder, names, row.names); });
  fields.finish();
}

using CanonicalPath = std::optional<std::string> (*)(std::string_view);

void read_objects(Decoder& decoder, Node node, std::string_view place, ObjectClass object_class,
                  std::string_view path_in_words, CanonicalPath canonical,
                  value::Section<value::SecurityRow>& section) {
  NameCheck names(decoder);
  read_named_rows(decoder, node, place, section, false, [&](const Member& member, value::SecurityRow& row) {
    auto path = canonical(member.key.text());
    if (!path) {
      decoder.malformed(member.key, path_in_words);
      return false;
    }
    row.path = std::move(*path);
    read_descriptor(decoder, member.value, "an access list", object_class, row);
    return names.is_new(row.path, member.key);
  });
}

void read_share(Decoder& decoder, Node node, value::ShareRow& row) {
  const auto marker = decoder.marker(node);
  FieldReader fields(decoder, node, "a share", marker);
  fields.fact("path", row.path, kText);
  if (marker) {
    fields.fact("sddl", row.sddl, kText);
  } else {
    row.sddl = descriptor_fact(decoder, fields, ObjectClass::Share);
  }
  fields.finish();
}

}  // namespace

void decode_file_security(Decoder& decoder, Node node) {
  read_objects(
      decoder, node, "'file_security'", ObjectClass::File, "the absolute path of a file or folder",
      [](std::string_view path) { return value::canonical_file_path(path); },
      decoder.evidence().file_security);
}

void decode_key_security(Decoder& decoder, Node node) {
  read_objects(
      decoder, node, "'key_security'", ObjectClass::RegistryKey, "the path of a registry key",
      [](std::string_view path) { return value::canonical_registry_key(path); },
      decoder.evidence().key_security);
}

void decode_shares(Decoder& decoder, Node node) {
  NameCheck names(decoder);
  read_named_rows(decoder, node, "'shares'", decoder.evidence().shares, true,
                  [&](const Member& member, value::ShareRow& row) {
                    row.name = member.key.text();
                    row.origin = decoder.origin(member.key);
                    read_share(decoder, member.value, row);
                    return names.is_new(row.name, member.key);
                  });
}

}  // namespace polc::backends::snapshot
