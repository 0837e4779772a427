// A self-contained HTML page: one file that loads nothing, sends nothing, and runs no script but its own.
#pragma once

#include <string>
#include <string_view>

namespace polc::report::html {

struct Page {
  std::string title;        ///< as it comes
  std::string body;         ///< HTML
  std::string_view style;   ///< CSS
  std::string_view script;  ///< JavaScript; "" for none
};

/// The document. Its content security policy allows the style and the script by their hashes and nothing else, so the body
/// must have no style attributes and no handlers.
std::string write_page(const Page& page);

/// The look of all of polc's pages: light and dark, on screen and paper.
std::string_view common_style();

/// Attribute value and fragment for `text`: ASCII letters, digits, `-`, `_` and `.` stay, everything else becomes `-` and its
/// code, so that different texts have different anchors.
std::string anchor(std::string_view text);

}  // namespace polc::report::html
