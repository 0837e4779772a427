// Which further files an applicationHost.config leads to.
#pragma once

#include <string>
#include <vector>

#include "runtime/formats/xml.hpp"

namespace polc::backends {

/// Relative paths of all configSource attributes, normal and below the file's own folder; others are left out, and stay
/// unknown to whoever asks for their section.
std::vector<std::string> section_files(const formats::XmlElement& root);

/// physicalPath of every virtual directory of every site, and of the defaults for those that have none.
std::vector<std::string> physical_paths(const formats::XmlElement& root);

}  // namespace polc::backends
