// The annotated example of docs/snapshot.md, and the same content as JSON.
#pragma once

#include <string>

namespace polc::backends {

/// First YAML block of the document.
std::string example_yaml();

/// A YAML snapshot as JSON: `absent` becomes {"absent": true}, hexadecimal numbers decimal.
std::string as_json(const std::string& yaml);

std::string file_text(const std::string& path_below_root);

}  // namespace polc::backends
