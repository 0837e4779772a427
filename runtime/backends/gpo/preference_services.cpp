// Services of Group Policy preferences.
#include <algorithm>
#include <array>
#include <map>

#include "runtime/backends/gpo/preferences.hpp"
#include "runtime/backends/origins.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::gpo {
namespace {

using formats::XmlElement;
using value::FactStatus;
using value::Unknown;
using value::UnknownReason;
using Start = value::Reading<std::string>;

/// How a service starts; absent where the preference leaves that alone.
Start start_of(const XmlElement& properties, const Certainty& certainty, value::OriginId origin) {
  constexpr std::array<std::string_view, 5> kStarts{"boot", "system", "automatic", "manual", "disabled"};
  static const Names kProperties{"startupType",
                                 "serviceName",
                                 "serviceAction",
                                 "timeout",
                                 "accountName",
                                 "cpassword",
                                 "interact",
                                 "firstFailure",
                                 "secondFailure",
                                 "thirdFailure",
                                 "resetFailCountDelay",
                                 "restartServiceDelay",
                                 "restartComputerDelay",
                                 "restartMessage",
                                 "program",
                                 "args",
                                 "append"};
  if (certainty.doubt && certainty.doubt->reason == UnknownReason::Corrupt)
    return Start::unreadable(*certainty.doubt, origin);
  if (auto unknown = unknown_content(properties, kProperties, {}))
    return Start::unreadable(*std::move(unknown), origin);
  const std::string type = attribute_of(properties, "startupType");
  if (type.empty() || base::equal_folded(type, "NOCHANGE")) return Start::absent(origin);
  if (certainty.doubt) return Start::unreadable(*certainty.doubt, origin);
  const auto known = std::find_if(kStarts.begin(), kStarts.end(),
                                  [&](std::string_view start) { return base::equal_folded(start, type); });
  if (known == kStarts.end())
    return Start::unreadable({UnknownReason::Unsupported, {}, "the startup type " + type}, origin);
  return Start::of(std::string(*known), origin);
}

class ServiceItems {
 public:
  ServiceItems(std::string_view file, value::Evidence& evidence) : file_(file), evidence_(evidence) {
    const auto& rows = evidence.services.rows;
    for (std::size_t i = 0; i < rows.size(); ++i) rows_.try_emplace(value::folded(rows[i].name), i);
  }

  void read(const XmlElement& element, const Certainty& outer) {
    if (element.name == "NTService") {
      const Certainty certainty = certainty_of(element, outer, {"Properties", "Filters"});
      return certainty.disabled ? void() : read_item(element, certainty);
    }
    const Certainty certainty = certainty_of(element, outer, {"NTService", "Collection", "Filters"});
    if (certainty.disabled) return;
    if (certainty.doubt && certainty.doubt->reason == UnknownReason::Corrupt) problem_ = certainty.doubt;
    for (const XmlElement& child : element.children) {
      if (child.name == "NTService" || child.name == "Collection") read(child, certainty);
    }
  }

  const std::optional<Unknown>& problem() const { return problem_; }

 private:
  void read_item(const XmlElement& item, const Certainty& certainty) {
    const XmlElement* properties = child_of(item, "Properties");
    const std::string name = properties == nullptr ? std::string() : attribute_of(*properties, "serviceName");
    if (name.empty() || name.find('%') != std::string::npos) {
      problem_ = {UnknownReason::Corrupt, {}, "an item that names no service"};
      return;
    }
    add(name, start_of(*properties, certainty, preference_origin(evidence_, file_, properties->line)));
  }

  void add(const std::string& name, Start start) {
    auto& rows = evidence_.services.rows;
    const auto [known, is_new] = rows_.try_emplace(value::folded(name), rows.size());
    if (is_new) {
      value::ServiceRow added;
      added.name = name;
      added.origin = start.origin;
      added.start = std::move(start);
      rows.push_back(std::move(added));
      return;
    }
    Start& other = rows[known->second].start;
    if (other.status == FactStatus::Absent) {
      other = std::move(start);
    } else if (start.status != FactStatus::Absent &&
               (start.status != other.status || start.value != other.value)) {
      other = Start::unreadable(conflict_between(evidence_, other.origin, start.origin), start.origin);
    }
  }

  std::string_view file_;
  value::Evidence& evidence_;
  std::map<std::string, std::size_t> rows_;  ///< by folded name
  std::optional<Unknown> problem_;
};

}  // namespace

std::optional<Unknown> read_service_preferences(const XmlElement& root, std::string_view file,
                                                value::Evidence& evidence) {
  if (root.name != "NTServices") return Unknown{UnknownReason::Corrupt, {}, "the root is not NTServices"};
  ServiceItems items(file, evidence);
  items.read(root, {});
  return items.problem();
}

}  // namespace polc::backends::gpo
