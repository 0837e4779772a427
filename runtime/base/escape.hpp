// Text of hosts, policies and files made safe for the place it is printed to. Evidence is hostile: a registry
// value may carry terminal escapes, right-to-left overrides, Markdown links or HTML.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace polc::base {

/// One line, safe for a terminal and for plain-text messages: controls, line ends, directional and invisible
/// characters become `\n`, `\t` or `\u{202e}`, spaces that only look like one too, bytes that are not UTF-8
/// `\x{ff}`. Everything else stays as it is.
std::string visible(std::string_view text);

/// Like visible(), but line feeds stay and carriage returns before them are dropped; tabs become spaces.
std::string visible_block(std::string_view text);

/// Inline Markdown text that shows `text` literally: punctuation that could start markup is escaped, `<` and
/// `&` become entities, line ends become spaces. Also safe inside a table cell.
std::string markdown_text(std::string_view text);

/// A code span that shows `text` literally, whatever backticks it holds.
std::string markdown_code(std::string_view text);

/// A fenced code block that shows `text` literally; ends with a line feed.
std::string markdown_fence(std::string_view text, std::string_view language = {});

/// Markdown that an author wrote, safe to embed in somebody else's page: raw HTML, entities' ampersands stay
/// text, links and images lose their function unless they point to http or https, and deceptive characters
/// are shown.
std::string markdown_block(std::string_view markdown);

/// visible_block() without the characters that XML 1.0 forbids besides controls (section 2.2): U+FFFE and U+FFFF become
/// `\u{fffe}` and `\u{ffff}`. Markup is left to the XML writer.
std::string xml_characters(std::string_view text);

/// HTML text, or a value between quotes, that shows `text` literally; line feeds stay.
std::string html_text(std::string_view text);

/// A relative path as an RFC 3986 relative reference: `\` becomes `/`, every byte outside the unreserved set
/// and
/// "/" is percent-encoded, "." segments are dropped, a first segment with ":" cannot be taken for a scheme.
/// The caller refuses paths that climb out ("..") or are absolute.
std::string uri_path(std::string_view path);

/// One path segment or opaque name: like uri_path, with "/" encoded too.
std::string uri_segment(std::string_view text);

/// True for an absolute http or https URI made of RFC 3986 characters only.
bool is_web_uri(std::string_view text);

/// Columns that `text` takes on a terminal: 2 for wide characters, 0 for combining marks. `text` should be
/// visible(); bytes that are not UTF-8 count 1.
std::size_t display_width(std::string_view text);
std::size_t display_width(char32_t code_point);

/// At most `columns` wide; what was cut is marked by "...".
std::string shorten(std::string_view text, std::size_t columns);

/// At most `bytes` long, cut between characters; what was cut is marked by "...".
std::string shorten_bytes(std::string_view text, std::size_t bytes);

/// Lines of at most `columns` (single words may be longer), broken at spaces. Line feeds in the text are
/// kept.
std::string wrap(std::string_view text, std::size_t columns, std::string_view indent = {});

}  // namespace polc::base
