#include "runtime/base/escape.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "runtime/base/text.hpp"

namespace polc::base {
namespace {

constexpr std::string_view kEllipsis = "...";

bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool contains(std::string_view set, char c) {
  return set.find(c) != std::string_view::npos;
}

void append_visible(std::string& out, char32_t c, std::string_view bytes) {
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  // Private-use and unassigned characters have a glyph box and deceive nobody.
  if (deception_of(c) == Deception::None) {
    out += bytes;
  } else {
    fmt::format_to(std::back_inserter(out), "\\u{{{:x}}}", static_cast<std::uint32_t>(c));
  }
}

/// Calls `each(code point, bytes)` for characters and `broken(byte)` for bytes that are not UTF-8.
template <class Each, class Broken>
void for_each_character(std::string_view text, Each each, Broken broken) {
  for (std::size_t i = 0; i < text.size();) {
    const auto character = decode_utf8(text, i);
    if (character) {
      each(character->value, text.substr(i, character->length));
      i += character->length;
    } else {
      broken(static_cast<unsigned char>(text[i]));
      ++i;
    }
  }
}

void append_broken(std::string& out, unsigned char byte) {
  fmt::format_to(std::back_inserter(out), "\\x{{{:02x}}}", byte);
}

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::size_t run_length(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_not_of(text[at], at);
  return (end == std::string_view::npos ? text.size() : end) - at;
}

/// Offset behind the code span that opens at `at`, or `at` if the backticks there open none.
std::size_t code_span_end(std::string_view text, std::size_t at) {
  const std::size_t ticks = run_length(text, at);
  for (std::size_t i = at + ticks; (i = text.find('`', i)) != std::string_view::npos;) {
    const std::size_t closing = run_length(text, i);
    i += closing;
    if (closing == ticks) return i;
  }
  return at;
}

bool opens_tag(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return false;
  const bool autolink = text.compare(at + 1, 8, "https://") == 0 || text.compare(at + 1, 7, "http://") == 0;
  return !autolink && (is_alpha(text[at + 1]) || contains("/!?", text[at + 1]));
}

/// GitHub makes links of "https://..." and "www." without any markup.
bool opens_bare_link(std::string_view text, std::size_t at) {
  if (text[at] == ':') return text.compare(at, 3, "://") == 0;
  return text[at] == '.' && at >= 3 && text.substr(at - 3, 3) == "www";
}

bool is_web_link(std::string_view destination) {
  return destination.starts_with("https://") || destination.starts_with("http://");
}

/// Markdown outside code blocks: tags and links to anywhere but the web lose their function.
std::string defuse_inline(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '`') {
      const std::size_t end = std::max(code_span_end(text, i), i + run_length(text, i));
      out += text.substr(i, end - i);
      i = end;
      continue;
    }
    const bool foreign_link =
        text[i] == '(' && i > 0 && text[i - 1] == ']' && !is_web_link(text.substr(i + 1));
    const bool link_definition = text[i] == ':' && i > 0 && text[i - 1] == ']';
    if (foreign_link || link_definition || (text[i] == '<' && opens_tag(text, i))) out += '\\';
    out += text[i++];
  }
  return out;
}

std::string percent_encode(std::string_view text, std::string_view kept) {
  std::string out;
  for (const char c : text) {
    if (is_alpha(c) || is_digit(c) || contains(kept, c)) {
      out += c;
    } else {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for_each_character(
      text, [&](char32_t c, std::string_view bytes) { append_visible(out, c, bytes); },
      [&](unsigned char byte) { append_broken(out, byte); });
  return out;
}

std::string visible_block(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto each = [&](char32_t c, std::string_view bytes) {
    const bool ends_line =
        c == '\r' && bytes.data() + 1 < text.data() + text.size() && bytes.data()[1] == '\n';
    if (ends_line) return;
    if (c == '\n') {
      out += '\n';
    } else if (c == '\t') {
      out += "    ";
    } else {
      append_visible(out, c, bytes);
    }
  };
  for_each_character(text, each, [&](unsigned char byte) { append_broken(out, byte); });
  return out;
}

std::string markdown_text(std::string_view text) {
  const std::string shown = visible_block(text);
  std::string out;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    if (c == '\n') {
      out += ' ';
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '@') {
      out += "@<!-- -->";  // mentions and mail addresses are looked for in the text that escapes leave
    } else {
      if (contains("\\`*_[]#|~>!", c) || opens_bare_link(shown, i)) out += '\\';
      out += c;
    }
  }
  // Openers of lists and rules matter only where a line begins.
  const bool list = !out.empty() && contains("-+=", out.front());
  const std::size_t digits = std::min(out.find_first_not_of("0123456789"), out.size());
  const bool numbered = digits > 0 && digits < out.size() && contains(".)", out[digits]);
  if (list) out.insert(0, "\\");
  if (numbered) out.insert(digits, "\\");
  return out;
}

std::string markdown_code(std::string_view text) {
  const std::string shown = visible(text);
  if (shown.empty()) return {};
  const std::string ticks(longest_run(shown, '`') + 1, '`');
  const bool padded =
      shown.front() == '`' || shown.back() == '`' || shown.front() == ' ' || shown.back() == ' ';
  return padded ? ticks + ' ' + shown + ' ' + ticks : ticks + shown + ticks;
}

std::string markdown_fence(std::string_view text, std::string_view language) {
  const std::string shown = visible_block(text);
  const std::string fence(std::max<std::size_t>(3, longest_run(shown, '`') + 1), '`');
  const std::string_view end = shown.ends_with('\n') ? "" : "\n";
  return fmt::format("{}{}\n{}{}{}\n", fence, language, shown, end, fence);
}

std::string markdown_block(std::string_view markdown) {
  const std::string shown = visible_block(markdown);
  std::string out;
  std::string prose;
  std::string fence;  // the marker of the code block we are in
  const auto flush = [&] {
    out += defuse_inline(prose);
    prose.clear();
  };
  for (std::size_t begin = 0; begin < shown.size();) {
    const std::size_t end = std::min(shown.find('\n', begin), shown.size() - 1) + 1;
    const std::string_view line = std::string_view(shown).substr(begin, end - begin);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view body = line.substr(indent);
    const bool marker = indent <= 3 && (body.starts_with("```") || body.starts_with("~~~"));
    begin = end;
    if (fence.empty() && !marker) {
      prose += line;
      continue;
    }
    flush();
    out += line;
    if (fence.empty()) {
      fence = body.substr(0, run_length(body, 0));
    } else if (marker && body.starts_with(fence)) {
      fence.clear();
    }
  }
  flush();
  if (!fence.empty()) out += (out.ends_with('\n') ? "" : "\n") + fence + '\n';
  return out;
}

std::string xml_characters(std::string_view text) {
  std::string out = visible_block(text);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kForbidden{
      {{"\xEF\xBF\xBE", "\\u{fffe}"}, {"\xEF\xBF\xBF", "\\u{ffff}"}}};
  for (const auto& [bytes, shown] : kForbidden) {
    for (std::size_t at = 0; (at = out.find(bytes, at)) != std::string::npos; at += shown.size())
      out.replace(at, bytes.size(), shown);
  }
  return out;
}

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : visible_block(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string uri_path(std::string_view path) {
  std::string out;
  std::string slashes(path);
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  for (std::size_t begin = 0; begin <= slashes.size();) {
    const std::size_t end = std::min(slashes.find('/', begin), slashes.size());
    const std::string_view segment = std::string_view(slashes).substr(begin, end - begin);
    if (!segment.empty() && segment != ".") {
      if (!out.empty()) out += '/';
      // ":" is legal in a segment, but in the first one it would end a scheme.
      out += percent_encode(segment, out.empty() ? "-._~" : "-._~:@");
    }
    begin = end + 1;
  }
  return out;
}

std::string uri_segment(std::string_view text) {
  return percent_encode(text, "-._~");
}

bool is_web_uri(std::string_view text) {
  if (!is_web_link(text)) return false;
  const std::string_view rest = text.substr(text.find("://") + 3);
  if (rest.empty() || contains("/?#:", rest.front())) return false;
  return std::all_of(rest.begin(), rest.end(), [](char c) {
    return is_alpha(c) || is_digit(c) || contains("-._~:/?#[]@!$&'()*+,;=%", c);
  });
}

std::size_t display_width(char32_t code_point) {
  const int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point));
  return width < 0 ? 0 : static_cast<std::size_t>(width);
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_character(
      text, [&](char32_t c, std::string_view) { width += display_width(c); },
      [&](unsigned char) { ++width; });
  return width;
}

std::string shorten(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns <= kEllipsis.size()) return std::string(kEllipsis.substr(0, columns));
  std::string out;
  std::size_t width = 0;
  bool full = false;
  const auto take = [&](std::size_t cost, std::string_view bytes) {
    full = full || width + cost > columns - kEllipsis.size();
    if (full) return;
    width += cost;
    out += bytes;
  };
  for_each_character(
      text, [&](char32_t c, std::string_view bytes) { take(display_width(c), bytes); },
      [&](unsigned char byte) {
        const char raw = static_cast<char>(byte);
        take(1, std::string_view(&raw, 1));
      });
  return out += kEllipsis;
}

std::string shorten_bytes(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  if (bytes <= kEllipsis.size()) return std::string(kEllipsis.substr(0, bytes));
  std::size_t end = bytes - kEllipsis.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) += kEllipsis;
}

std::string wrap(std::string_view text, std::size_t columns, std::string_view indent) {
  std::string out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (begin > 0) out += '\n';
    std::size_t used = 0;
    while (!line.empty()) {
      const std::size_t space = std::min(line.find(' ', line.find_first_not_of(' ')), line.size());
      std::string_view word = line.substr(0, space);
      const std::size_t room = columns > indent.size() ? columns - indent.size() : 0;
      if (used > 0 && used + display_width(word) > room) {
        out += '\n';
        used = 0;
        word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
      }
      if (used == 0 && !word.empty()) out += indent;
      out += word;
      used += display_width(word);
      line.remove_prefix(space);
    }
    begin = end + 1;
  }
  return out;
}

}  // namespace polc::base
