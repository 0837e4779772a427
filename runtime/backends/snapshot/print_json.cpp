// Snapshots as JSON (RFC 8259).
#include <fmt/format.h>

#include <iterator>

#include "runtime/backends/snapshot/tree.hpp"

namespace polc::backends::snapshot {
namespace {

void print_json_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

void print_json_marker(std::string& out, std::string_view word, std::string_view text) {
  fmt::format_to(std::back_inserter(out), R"({{"{}":)", word);
  print_json_text(out, text);
  out += '}';
}

void print_json(std::string& out, const Tree& tree) {
  using Kind = Tree::Kind;
  switch (tree.kind) {
    case Kind::Absent:
      out += R"({"absent":true})";
      return;
    case Kind::Unreadable:
      return print_json_marker(out, "unreadable", tree.text);
    case Kind::Mistyped:
      return print_json_marker(out, "mistyped", tree.text);
    case Kind::Flag:
      out += tree.number != 0 ? "true" : "false";
      return;
    case Kind::Number:
      out += std::to_string(tree.number);
      return;
    case Kind::Reason:
    case Kind::Text:
      return print_json_text(out, tree.text);
    case Kind::List:
    case Kind::Map:
      break;
  }
  const bool is_map = tree.kind == Kind::Map;
  out += is_map ? '{' : '[';
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    if (i > 0) out += ',';
    if (is_map) {
      print_json_text(out, tree.keys[i]);
      out += ':';
    }
    print_json(out, tree.items[i]);
  }
  out += is_map ? '}' : ']';
}

}  // namespace

std::string json_text(const Tree& root) {
  std::string out;
  print_json(out, root);
  out += '\n';
  return out;
}

}  // namespace polc::backends::snapshot
