// Shared by the reader tests: a document as one line, and diagnostics with their places.
#pragma once

#include <string>
#include <string_view>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/formats/document.hpp"

namespace polc::formats {

inline char mark_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::Null:
      return '~';
    case NodeKind::Boolean:
      return 'b';
    case NodeKind::Integer:
      return 'i';
    case NodeKind::Fraction:
      return 'f';
    case NodeKind::Text:
      return 't';
    case NodeKind::Word:
      return 'w';
    case NodeKind::Sequence:
      return 's';
    case NodeKind::Mapping:
      return 'm';
  }
  return '?';
}

/// {a:i1,b:[tx,~]}: kinds before scalars.
inline std::string shown(Node node) {
  std::string out;
  if (node.is_mapping()) {
    for (const Member member : node.members()) {
      out += (out.empty() ? "" : ",") + std::string(member.key.text()) + ":" + shown(member.value);
    }
    return "{" + out + "}";
  }
  if (node.is_sequence()) {
    for (const Node item : node.items()) out += (out.empty() ? "" : ",") + shown(item);
    return "[" + out + "]";
  }
  return mark_of(node.kind()) + std::string(node.text());
}

/// "2:5 POL3508 'a' is given twice", one a line.
inline std::string shown(const base::DiagnosticSink& sink, std::string_view text) {
  const base::SourceBuffer buffer("test", std::string(text));
  std::string out;
  for (const base::Diagnostic& d : sink.sorted()) {
    const base::LineColumn place = buffer.position(d.span.begin);
    if (!out.empty()) out += "\n";
    out += std::to_string(place.line) + ":" + std::to_string(place.column) + " " + base::code_text(d.code) +
           " " + base::message_of(d);
  }
  return out;
}

}  // namespace polc::formats
