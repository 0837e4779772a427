// Local groups of Group Policy preferences.
#include "runtime/backends/gpo/preferences.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::gpo {
namespace {

using formats::XmlElement;
using value::Unknown;
using value::UnknownReason;
using Members = value::Reading<std::vector<value::PrincipalEvidence>>;

value::PrincipalEvidence named_in(const XmlElement& element, std::string_view sid, std::string_view name) {
  value::PrincipalEvidence principal;
  principal.sid = value::canonical_sid(attribute_of(element, sid)).value_or("");
  principal.name = attribute_of(element, name);
  return principal;
}

Members members_of(const XmlElement& properties, const Certainty& certainty, value::OriginId origin) {
  const auto unknown = [&](const char* detail) {
    return Members::unreadable({UnknownReason::Unsupported, {}, detail}, origin);
  };
  const std::string action = attribute_of(properties, "action");
  if (certainty.conditional) return unknown("the preference applies only where its targeting matches");
  if (action == "D") return Members::absent(origin);
  if (action == "C") return unknown("the preference creates the group only where it is missing");
  const bool deletes_others =
      attribute_of(properties, "deleteAllUsers") == "1" && attribute_of(properties, "deleteAllGroups") == "1";
  if (!deletes_others) return unknown("the preference changes some members; the others are left alone");
  std::vector<value::PrincipalEvidence> members;
  const XmlElement* list = child_of(properties, "Members");
  for (const XmlElement& member : list == nullptr ? std::vector<XmlElement>() : list->children) {
    if (attribute_of(member, "action") == "ADD") members.push_back(named_in(member, "sid", "name"));
  }
  return Members::of(std::move(members), origin);
}

void read_group(const XmlElement& element, const Certainty& outer, std::string_view file,
                value::Evidence& evidence) {
  const Certainty certainty = certainty_of(element, outer);
  if (certainty.disabled) return;
  const XmlElement* properties = child_of(element, "Properties");
  if (element.name != "Group" || properties == nullptr) {
    for (const XmlElement& child : element.children) {
      if (child.name == "Group" || child.name == "Collection") read_group(child, certainty, file, evidence);
    }
    return;
  }
  const value::OriginId origin = preference_origin(evidence, file, properties->line);
  value::PrincipalEvidence group = named_in(*properties, "groupSid", "groupName");
  // The editor shows built-in groups as "Administrators (built-in)", which is no name on any machine.
  if (!group.sid.empty()) group.name.clear();
  evidence.local_groups.rows.push_back({std::move(group), members_of(*properties, certainty, origin)});
}

}  // namespace

std::optional<Unknown> read_group_preferences(const XmlElement& root, std::string_view file,
                                              value::Evidence& evidence) {
  if (root.name != "Groups") return Unknown{UnknownReason::Corrupt, {}, "the root is not Groups"};
  read_group(root, {}, file, evidence);
  return std::nullopt;
}

}  // namespace polc::backends::gpo
