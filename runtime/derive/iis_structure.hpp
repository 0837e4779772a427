// What IIS refuses in any configuration file, whatever its sections say: it answers 500.19 to everything that the file
// takes part in, so nothing that stands in it can be believed.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/derive/iis_recognition.hpp"

namespace polc::derive {

/// The first offence in a file, by its root element: text between elements, names of sections in other letter case,
/// locations in locations, attributes of locations and of declarations that IIS does not know or whose value it does not.
/// Sections that IIS itself does not read are passed over, and so are encrypted ones.
std::optional<IisStranger> structural_offence(const formats::XmlElement& configuration);

/// The same for the root of a file that holds one section.
std::optional<IisStranger> structural_offence_in_section(const formats::XmlElement& section);

/// An attribute that is written and has none of these words, ignoring case.
std::optional<IisStranger> other_word(const formats::XmlElement& element, std::string_view attribute,
                                      const std::vector<std::string_view>& words);

/// An attribute that is none of `known`, nor a namespace.
std::optional<IisStranger> attribute_beyond(const formats::XmlElement& element,
                                            const std::vector<std::string_view>& known);

}  // namespace polc::derive
