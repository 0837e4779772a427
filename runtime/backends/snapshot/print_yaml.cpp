// Snapshots as YAML for people to review: what could be mistaken is quoted, what cannot be seen is escaped.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "runtime/backends/snapshot/decoder.hpp"
#include "runtime/backends/snapshot/tree.hpp"
#include "runtime/base/text.hpp"

namespace polc::backends::snapshot {
namespace {

/// A key that follows on its line must end within 1024 characters (YAML 1.2, 7.4.2); longer ones stand behind '? '.
constexpr std::size_t kShortKey = 1000;

/// The character shows itself, wherever it is printed.
bool is_visible(const base::CodePoint& c) {
  const bool control = c.value < 0x20 || c.value == 0x7f;
  const bool no_character = (c.value & 0xFFFEU) == 0xFFFEU;
  return !control && !no_character && base::deception_of(c.value) == base::Deception::None;
}

/// All characters are visible, or among those that are allowed too.
bool is_plainly_visible(std::string_view text, std::u32string_view allowed = {}) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = base::decode_utf8(text, at);
    if (!c || !(is_visible(*c) || allowed.find(c->value) != allowed.npos)) return false;
    at += c->length;
  }
  return true;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// "2026-11-20" and "2026-11-20T08:00:00Z".
bool is_date(std::string_view text) {
  return text.size() >= 10 && text[4] == '-' && text[7] == '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return base::is_digit(c) || c == '-' || c == ':' || c == 'T' || c == 'Z';
         });
}

/// Needs no quotes anywhere and is a text to every reader of this form.
bool is_plain(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kWords{"true",  "True", "TRUE", "false", "False",
                                                           "FALSE", "null", "Null", "NULL",  "absent"};
  if (is_date(text)) return true;
  if (text.empty() || !is_letter(text.front()) || text.back() == ' ') return false;
  if (std::find(kWords.begin(), kWords.end(), text) != kWords.end()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || base::is_digit(c) || std::string_view(" _./()-").find(c) != std::string_view::npos;
  });
}

void print_escaped(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint c = base::decode_utf8(text, at).value_or(base::CodePoint{0xFFFD, 1});
    if (c.value == '"' || c.value == '\\') {
      out += '\\';
      out += static_cast<char>(c.value);
    } else if (c.value == '\n' || c.value == '\r' || c.value == '\t') {
      out += c.value == '\n' ? "\\n" : c.value == '\r' ? "\\r" : "\\t";
    } else if (is_visible(c)) {
      out += text.substr(at, c.length);
    } else {
      const auto code = static_cast<unsigned>(c.value);
      out += code > 0xFFFF ? fmt::format("\\U{:08x}", code) : fmt::format("\\u{:04x}", code);
    }
    at += c.length;
  }
  out += '"';
}

void print_text(std::string& out, std::string_view text) {
  if (is_plain(text)) {
    out += text;
  } else if (is_plainly_visible(text)) {
    out += '\'';
    for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
    out += '\'';
  } else {
    print_escaped(out, text);
  }
}

/// A literal block shows every line as it is; it cannot begin with a space or hold lines of spaces only.
bool can_be_block(std::string_view text) {
  const std::size_t content = text.ends_with('\n') ? text.size() - 1 : text.size();
  if (text.find('\n') == std::string_view::npos || !is_plainly_visible(text, U"\n\t")) return false;
  if (std::string_view(" \t\n").find(text.front()) != std::string_view::npos || text[content - 1] == '\n')
    return false;
  for (std::size_t begin = 0; begin < content;) {
    const std::size_t end = std::min(text.find('\n', begin), content);
    const std::string_view line = text.substr(begin, end - begin);
    if (!line.empty() && line.find_first_not_of(" \t") == std::string_view::npos) return false;
    begin = end + 1;
  }
  return true;
}

class YamlPrinter {
 public:
  std::string print(const Tree& root) {
    print_members(root, 0);
    return std::move(out_) + "...\n";
  }

 private:
  static constexpr std::size_t kStep = 2;

  static bool is_container(const Tree& tree) {
    return tree.kind == Tree::Kind::Map || tree.kind == Tree::Kind::List;
  }

  void marker(std::string_view word, std::string_view text) {
    out_.append("{").append(word).append(": ");
    print_text(out_, text);
    out_ += '}';
  }

  void inline_value(const Tree& tree) {
    using Kind = Tree::Kind;
    switch (tree.kind) {
      case Kind::Absent:
        out_ += kAbsent;
        return;
      case Kind::Unreadable:
        return marker(kUnreadable, tree.text);
      case Kind::Mistyped:
        return marker(kMistyped, tree.text);
      case Kind::Flag:
        out_ += tree.number != 0 ? "true" : "false";
        return;
      case Kind::Number:
        out_ += std::to_string(tree.number);
        return;
      case Kind::Reason:
      case Kind::Text:
        return print_text(out_, tree.text);
      case Kind::List:
      case Kind::Map:
        return inline_items(tree);
    }
  }

  void inline_items(const Tree& tree) {
    const bool is_map = tree.kind == Tree::Kind::Map;
    out_ += is_map ? '{' : '[';
    for (std::size_t i = 0; i < tree.items.size(); ++i) {
      if (i > 0) out_ += ", ";
      if (is_map) {
        print_text(out_, tree.keys[i]);
        out_ += ": ";
      }
      inline_value(tree.items[i]);
    }
    out_ += is_map ? '}' : ']';
  }

  /// What follows "key:" or "-", up to the end of the line and the lines below it.
  void value_after(const Tree& tree, std::size_t indent) {
    if (is_container(tree) && !tree.on_one_line && !tree.items.empty()) {
      out_ += '\n';
      tree.kind == Tree::Kind::Map ? print_members(tree, indent + kStep) : print_items(tree, indent + kStep);
    } else if (tree.kind == Tree::Kind::Text && can_be_block(tree.text)) {
      block(tree.text, indent + kStep);
    } else {
      out_ += ' ';
      inline_value(tree);
      out_ += '\n';
    }
  }

  void block(std::string_view text, std::size_t indent) {
    out_ += text.ends_with('\n') ? " |\n" : " |-\n";
    if (text.ends_with('\n')) text.remove_suffix(1);
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      if (end > begin) out_.append(indent, ' ').append(text.substr(begin, end - begin));
      out_ += '\n';
      begin = end + 1;
    }
  }

  void print_members(const Tree& map, std::size_t indent) {
    std::string key;
    for (std::size_t i = 0; i < map.items.size(); ++i) {
      key.clear();
      print_text(key, map.keys[i]);
      out_.append(indent, ' ');
      if (key.size() > kShortKey) out_.append("? ").append(key).append("\n").append(indent, ' ');
      if (key.size() <= kShortKey) out_ += key;
      out_ += ':';
      value_after(map.items[i], indent);
    }
  }

  void print_items(const Tree& list, std::size_t indent) {
    for (const Tree& item : list.items) {
      if (item.kind == Tree::Kind::Map && !item.on_one_line && !item.items.empty()) {
        // The first member stands behind the dash.
        const std::size_t dash = out_.size() + indent;
        print_members(item, indent + kStep);
        out_[dash] = '-';
      } else {
        out_.append(indent, ' ').append("-");
        value_after(item, indent);
      }
    }
  }

  std::string out_;
};

}  // namespace

std::string yaml_text(const Tree& root) {
  return YamlPrinter().print(root);
}

}  // namespace polc::backends::snapshot
