// Services of Group Policy preferences.
#include <algorithm>
#include <array>

#include "runtime/backends/gpo/preferences.hpp"
#include "runtime/backends/origins.hpp"
#include "runtime/base/casefold.hpp"

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
  const std::string type = attribute_of(properties, "startupType");
  if (type.empty() || base::equal_folded(type, "NOCHANGE")) return Start::absent(origin);
  if (certainty.conditional) {
    return Start::unreadable(
        {UnknownReason::Unsupported, {}, "the preference applies only where its targeting matches"}, origin);
  }
  const auto known = std::find_if(kStarts.begin(), kStarts.end(),
                                  [&](std::string_view start) { return base::equal_folded(start, type); });
  if (known == kStarts.end())
    return Start::unreadable({UnknownReason::Unsupported, {}, "the startup type " + type}, origin);
  return Start::of(std::string(*known), origin);
}

void add_service(const std::string& name, Start start, value::Evidence& evidence) {
  auto& rows = evidence.services.rows;
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const value::ServiceRow& other) {
    return base::equal_folded(other.name, name);
  });
  if (row == rows.end()) {
    value::ServiceRow added;
    added.name = name;
    added.origin = start.origin;
    added.start = std::move(start);
    rows.push_back(std::move(added));
  } else if (row->start.status == FactStatus::Absent) {
    row->start = std::move(start);
  } else if (start.status != FactStatus::Absent &&
             (start.status != row->start.status || start.value != row->start.value)) {
    row->start = Start::unreadable(conflict_between(evidence, row->start.origin, start.origin), start.origin);
  }
}

/// False for an element that names no service.
bool read_service(const XmlElement& element, const Certainty& outer, std::string_view file,
                  value::Evidence& evidence) {
  const Certainty certainty = certainty_of(element, outer);
  if (certainty.disabled) return true;
  if (element.name != "NTService") {
    bool read = true;
    for (const XmlElement& child : element.children) {
      if (child.name == "NTService" || child.name == "Collection")
        read = read_service(child, certainty, file, evidence) && read;
    }
    return read;
  }
  const XmlElement* properties = child_of(element, "Properties");
  const std::string name = properties == nullptr ? std::string() : attribute_of(*properties, "serviceName");
  if (name.empty() || name.find('%') != std::string::npos) return false;
  const value::OriginId origin = preference_origin(evidence, file, properties->line);
  add_service(name, start_of(*properties, certainty, origin), evidence);
  return true;
}

}  // namespace

std::optional<Unknown> read_service_preferences(const XmlElement& root, std::string_view file,
                                                value::Evidence& evidence) {
  if (root.name != "NTServices") return Unknown{UnknownReason::Corrupt, {}, "the root is not NTServices"};
  if (read_service(root, {}, file, evidence)) return std::nullopt;
  return Unknown{UnknownReason::Corrupt, {}, "an item that names no service"};
}

}  // namespace polc::backends::gpo
