// One element of one section, followed through all places of a path: what is written last, what collections add up
// to, and which locks are broken on the way.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/derive/iis.hpp"

namespace polc::derive {

/// Where something was written.
struct IisOccurrence {
  const IisFile* file = nullptr;
  const formats::XmlElement* element = nullptr;
};

struct IisWritten {
  std::string text;
  IisOccurrence where;
};

/// One element of a collection.
struct IisItem {
  std::string added_as;  ///< name of the element that added it
  std::vector<std::string> key;
  IisOccurrence where;
  std::optional<IisSource> locked_by;  ///< lockItem="true" and where that stands
};

/// What a section's element amounts to.
struct IisEffective {
  std::map<std::string, IisWritten> attributes;  ///< by name
  std::vector<IisItem> items;
  std::optional<IisOccurrence> defaults;  ///< <applicationPoolDefaults> and the like
  std::vector<IisOccurrence> seen;        ///< elements that contributed
};

/// Why a section of a path has no value.
struct IisProblem {
  value::Unknown why;
  IisOccurrence where;
};

/// `server` declares the sections and how far they may be overridden; `files` has those that configSource names.
tl::expected<IisEffective, IisProblem> effective(const value::IisElement& element, const IisFiles& files,
                                                 const IisFile& server,
                                                 const std::vector<IisSource>& sources);

/// "applicationHost.config:12" or "web.config of C:\inetpub\wwwroot, line 3": a place in the words of the host.
std::string place_of(const IisOccurrence& where);

/// The attribute of a collection element; "processModel.identityType" looks into its child element.
const std::string* item_attribute(const formats::XmlElement& element, std::string_view name);

}  // namespace polc::derive
