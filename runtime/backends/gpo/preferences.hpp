// Group Policy preferences ([MS-GPPREF]): what they set once or at each refresh, and users may change. Read are registry
// values, local groups and services.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/gpo/half.hpp"
#include "runtime/backends/registry_builder.hpp"
#include "runtime/formats/xml.hpp"

namespace polc::backends::gpo {

/// Registry.xml ([MS-GPPREF] 2.2.1.10). Items that apply only under conditions of the machine, are created only where
/// they are missing, or whose variables are replaced on the machine, are Unknown. The result is why keys may be missing:
/// an item that cannot be placed.
std::optional<value::Unknown> read_registry_preferences(const formats::XmlElement& root, Half half,
                                                        std::string_view file, value::Evidence& evidence,
                                                        RegistryBuilder& registry);

/// Local groups of Groups.xml ([MS-GPPREF] 2.2.1.4), into evidence.local_groups.rows. Members are known only where the
/// preference deletes all others and adds nobody whom it does not name. User accounts are not read. The result is why
/// groups may be missing.
std::optional<value::Unknown> read_group_preferences(const formats::XmlElement& root, std::string_view file,
                                                     value::Evidence& evidence);

/// Services of Services.xml ([MS-GPPREF] NTServices), into evidence.services.rows: how they start. A service that the rows
/// show to start in another way already is Unknown(conflict).
std::optional<value::Unknown> read_service_preferences(const formats::XmlElement& root, std::string_view file,
                                                       value::Evidence& evidence);

/// Overwrites the values of all `cpassword` attributes: they are passwords that anybody can decrypt (MS14-025) and must
/// not be kept or shown. True if there was one.
bool erase_passwords(std::string& xml);

// --- for both

/// How certain it is that an item is carried out, and as it is read.
struct Certainty {
  bool disabled = false;
  std::optional<value::Unknown> doubt;  ///< item-level targeting, or something in the item that is not known
};

using Names = std::vector<std::string_view>;

/// What is not known in an element, which may mean anything: attributes and children outside of those named, text.
std::optional<value::Unknown> unknown_content(const formats::XmlElement& element, const Names& attributes,
                                              const Names& children);

/// Of the element of an item or a collection inside of one with the certainty `outer`, from its own attributes;
/// `children` are those that it may have.
Certainty certainty_of(const formats::XmlElement& element, const Certainty& outer, const Names& children);

/// "" when there is none.
std::string attribute_of(const formats::XmlElement& element, std::string_view name);

/// nullptr if there is none.
const formats::XmlElement* child_of(const formats::XmlElement& element, std::string_view name);

value::OriginId preference_origin(value::Evidence& evidence, std::string_view file, std::uint32_t line);

}  // namespace polc::backends::gpo
