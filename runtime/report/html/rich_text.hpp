// Markdown that a policy's author wrote, as HTML. CommonMark by cmark, then made safe: no raw HTML, no images, and links that
// show where they lead and lead to the web.
#pragma once

#include <string>
#include <string_view>

namespace polc::report::html {

/// Headings of the text begin at `heading`, 1..6. Texts longer than a policy may hold are shown as they are, in a `pre`.
/// Ends with a line feed unless empty.
std::string rich_text(std::string_view markdown, int heading);

}  // namespace polc::report::html
