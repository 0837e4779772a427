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

/// Why something about the group's members is written in a way that is not known.
std::optional<Unknown> unknown_in_group(const XmlElement& properties, const XmlElement* list) {
  static const Names kProperties{"action",          "newName",        "description",
                                 "userAction",      "groupSid",       "deleteAllUsers",
                                 "deleteAllGroups", "removeAccounts", "groupName"};
  if (auto unknown = unknown_content(properties, kProperties, {"Members"})) return unknown;
  if (list == nullptr) return std::nullopt;
  if (auto unknown = unknown_content(*list, {}, {"Member"})) return unknown;
  for (const XmlElement& member : list->children) {
    if (auto unknown = unknown_content(member, {"name", "action", "sid"}, {})) return unknown;
    const std::string action = attribute_of(member, "action");
    if (action != "ADD" && action != "REMOVE") {
      return Unknown{UnknownReason::Corrupt, {}, "a member's action is neither ADD nor REMOVE"};
    }
  }
  return std::nullopt;
}

Members members_of(const XmlElement& properties, const Certainty& certainty, value::OriginId origin) {
  const auto unknown = [&](const char* detail) {
    return Members::unreadable({UnknownReason::Unsupported, {}, detail}, origin);
  };
  const XmlElement* list = child_of(properties, "Members");
  if (certainty.doubt) return Members::unreadable(*certainty.doubt, origin);
  if (auto why = unknown_in_group(properties, list)) return Members::unreadable(*std::move(why), origin);
  const std::string action = attribute_of(properties, "action");
  if (action == "D") return Members::absent(origin);
  if (action == "C") return unknown("the preference creates the group only where it is missing");
  if (!action.empty() && action != "U" && action != "R") return unknown("an unknown action");
  if (!attribute_of(properties, "userAction").empty())
    return unknown("the preference adds or removes whoever logs on");
  const bool deletes_others =
      attribute_of(properties, "deleteAllUsers") == "1" && attribute_of(properties, "deleteAllGroups") == "1";
  if (!deletes_others) return unknown("the preference changes some members; the others are left alone");
  std::vector<value::PrincipalEvidence> members;
  for (const XmlElement& member : list == nullptr ? std::vector<XmlElement>() : list->children) {
    if (attribute_of(member, "action") == "ADD") members.push_back(named_in(member, "sid", "name"));
  }
  return Members::of(std::move(members), origin);
}

/// Without a SID the name counts, unless something shows that there was one: another spelling, or what is no SID.
bool tells_group(const XmlElement* properties, const value::PrincipalEvidence& group) {
  if (!group.sid.empty()) return true;
  return !group.name.empty() && attribute_of(*properties, "groupSid").empty() &&
         !unknown_in_group(*properties, nullptr);
}

/// Carries the reason why groups may be missing: something in a collection that is not known.
void read_groups_in(const XmlElement& element, const Certainty& outer, std::string_view file,
                    value::Evidence& evidence, std::optional<Unknown>& problem) {
  const bool is_group = element.name == "Group";
  const Certainty certainty = is_group
                                  ? certainty_of(element, outer, {"Properties", "Filters"})
                                  : certainty_of(element, outer, {"Group", "User", "Collection", "Filters"});
  if (certainty.disabled) return;
  if (!is_group) {
    if (!problem && certainty.doubt && certainty.doubt->reason == UnknownReason::Corrupt)
      problem = certainty.doubt;
    for (const XmlElement& child : element.children) {
      if (child.name == "Group" || child.name == "Collection")
        read_groups_in(child, certainty, file, evidence, problem);
    }
    return;
  }
  const XmlElement* properties = child_of(element, "Properties");
  value::PrincipalEvidence group;
  if (properties != nullptr) group = named_in(*properties, "groupSid", "groupName");
  if (!tells_group(properties, group)) {
    problem = Unknown{UnknownReason::Corrupt, {}, "an item that does not tell which group it is about"};
    return;
  }
  const value::OriginId origin = preference_origin(evidence, file, properties->line);
  // The editor shows built-in groups as "Administrators (built-in)", which is no name on any machine.
  if (!group.sid.empty()) group.name.clear();
  evidence.local_groups.rows.push_back({std::move(group), members_of(*properties, certainty, origin)});
}

}  // namespace

std::optional<Unknown> read_group_preferences(const XmlElement& root, std::string_view file,
                                              value::Evidence& evidence) {
  if (root.name != "Groups") return Unknown{UnknownReason::Corrupt, {}, "the root is not Groups"};
  std::optional<Unknown> problem;
  read_groups_in(root, {}, file, evidence, problem);
  return problem;
}

}  // namespace polc::backends::gpo
