// What stands in a configuration file and IIS would not know: it answers 500.19 there instead of passing over it, so
// neither what is written nor a default can be believed.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "runtime/derive/iis_files.hpp"
#include "runtime/value/iis_schema.hpp"

namespace polc::derive {

struct IisStranger {
  const formats::XmlElement* element = nullptr;
  std::string what;         ///< "has an unknown attribute enablde"
  bool is_allowed = false;  ///< IIS takes it; what it leads to cannot be judged here
};

/// Attributes that steer configuration itself, in any element: locks, configSource and the like.
bool is_control(const std::string& name);

/// The names in a lock: "enabled, showFlags"; "*" is all.
std::set<std::string> names_in_lock(const std::string& list);

/// An attribute, a child, an item or a name in a lock of `element` that the schema does not have. Names are told apart by case, as IIS does.
std::optional<IisStranger> stranger_in(const formats::XmlElement& element, const value::IisElement& schema);

/// A section below system.webServer in `container` that neither the server nor the file itself declares. Nothing is
/// strange where the server declares no sections: then it is only a part of one.
std::optional<IisStranger> undeclared_section(const formats::XmlElement& container, const IisFile& file,
                                              const IisFile& server);

}  // namespace polc::derive
