// The IIS configuration schema, as far as hardening needs it: which sections, elements and attributes exist, what type
// they have, what holds where nothing is written, and how collections inherit.
//
// Source of names, types and defaults: IIS_schema.xml, ASPNET_schema.xml, FX_schema.xml and WebDAV_schema.xml of
// IIS 10 (%windir%\System32\inetsrv\config\schema).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/type.hpp"
#include "runtime/value/value.hpp"

namespace polc::value {

enum class IisKind : std::uint8_t {
  Bool,
  Integer,
  Text,
  TimeSpan,  ///< "[d.]hh:mm:ss"
  Seconds,   ///< a duration written as a number of seconds
  Minutes,   ///< a duration written as a number of minutes
  Enumeration,
  Flags,  ///< any of the members, separated by commas
};

struct IisAttribute {
  std::string_view
      name;  ///< of elements inside collection elements with the path: "processModel.identityType"
  IisKind kind = IisKind::Text;
  std::vector<std::string_view> members;     ///< of Enumeration and Flags; a flag "None" means no flag
  std::optional<std::string_view> fallback;  ///< as written in configuration, where nothing is written
  std::uint32_t since_build = 0;  ///< first Windows build that knows it; 0 = all that are supported
  bool key = false;               ///< identifies a collection element, alone or with other keys
  bool encrypted = false;
};

/// How the elements of a collection are written and inherited.
struct IisCollection {
  /// Element names that add: mostly "add". Where there are several ("allow", "deny"), the attribute "element" of each
  /// item says which it was.
  std::vector<std::string_view> add;
  std::string_view remove;  ///< "" if elements cannot be removed
  std::string_view clear;   ///< "" if the collection cannot be cleared
  std::vector<IisAttribute> attributes;
  bool prepends = false;      ///< own elements come in front of inherited ones
  bool duplicates = false;    ///< several elements with the same key may stand
  bool open = false;          ///< attributes beyond `attributes` are allowed
  std::string_view defaults;  ///< element that holds defaults for all others: "applicationPoolDefaults"
};

/// A section ("system.webServer/security/requestFiltering") or an element inside one (".../requestFiltering/verbs").
struct IisElement {
  std::string path;
  std::string_view section;  ///< the section it belongs to: the unit of locking and of <location> overrides
  std::vector<IisAttribute> attributes;
  std::optional<IisCollection> collection;
};

/// All elements, sections before what they hold.
const std::vector<IisElement>& iis_schema();

/// By path, ignoring case; nullptr if unknown.
const IisElement* find_iis_element(std::string_view path);

/// By name, ignoring case; nullptr if unknown.
const IisAttribute* find_iis_attribute(const std::vector<IisAttribute>& attributes, std::string_view name);

/// The path or attribute that was most likely meant; "" when nothing is close.
std::string_view nearest_iis_element(std::string_view path);
std::string_view nearest_iis_attribute(const std::vector<IisAttribute>& attributes, std::string_view name);

/// Bool, Int, Text, Duration, Name for enumerations, set of Name for flags. What identifies a collection element is a
/// Name, too: IIS compares it ignoring case (IAppHostPropertySchema::IsCaseSensitive is false unless a schema says so).
Type iis_type(const IisAttribute& attribute);

/// The typed value of an attribute as configuration files write it; nullopt for what IIS would refuse. Words ignore
/// case and come back in the schema's spelling; "Infinite" is +infinity.
std::optional<Value> iis_value(const IisAttribute& attribute, std::string_view written);

/// iis_value of the fallback; nullopt if there is none.
std::optional<Value> iis_default(const IisAttribute& attribute);

}  // namespace polc::value
