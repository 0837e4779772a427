// Markdown on a terminal: paragraphs broken anew at the width, everything else as the author laid it out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace polc::base {

/// The lines of a paragraph, or of a list item, are joined and wrapped; items keep their mark and hang behind it.
/// Blank lines, fenced and indented lines, headings, quotes and table rows stay as they are, however long.
std::string reflow(std::string_view text, std::size_t columns, std::string_view indent = {});

}  // namespace polc::base
