// Formats texts and holds the results against the promises of authoring/format/format.hpp.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polc::authoring::test {

/// The formatted text; nullopt where the parser reports an error.
std::optional<std::string> formatted(const std::string& text);

/// What is wrong with the formatting of a text that parses: "" when it keeps its meaning, formats to itself, and has no
/// blanks at the ends of lines that are not content.
std::string broken_promise(const std::string& text);

/// The declarations of a text that parses, each as written.
std::vector<std::string> declarations(const std::string& text);

/// Path below the repository and content of every .pol file that is checked in.
std::vector<std::pair<std::string, std::string>> policy_files();

}  // namespace polc::authoring::test
