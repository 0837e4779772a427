// Tables of a snapshot: rows by name or in a list, with their claim to be complete.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/backends/snapshot/field_reader.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::snapshot {

/// Reads `absent` (only where `may_be_missing`), `complete` and `unreadable`, and calls `other(Member)` for every
/// other member of the mapping.
template <class Row, class Other>
void read_section(Decoder& decoder, Node node, std::string_view place, value::Section<Row>& section,
                  bool may_be_missing, Other other) {
  section.collected = true;
  section.origin = decoder.origin(node);
  if (const auto marker = decoder.marker(node)) {
    if (!marker->absent) {
      section.unreadable = marker->why;
    } else if (may_be_missing) {
      section.object_missing = true;
    } else {
      decoder.report(diag::AbsentHere{.place = std::string(place)}.at(node.span()));
    }
    return;
  }
  if (!node.is_mapping()) {
    decoder.wrong_kind(node, place, "a mapping");
    return;
  }
  for (const Member member : node.members()) {
    if (decoder.enough()) return;
    const std::string_view key = member.key.text();
    if (key == kComplete) {
      if (member.value.kind() != NodeKind::Boolean)
        decoder.wrong_kind(member.value, "'complete'", "true or false");
      section.complete = member.value.is_true();
    } else if (key == kUnreadable) {
      section.unreadable = decoder.reason(member.value);
    } else {
      other(member);
    }
  }
  if (section.complete && section.unreadable) {
    decoder.report(diag::CompleteButUnreadable{.place = std::string(place)}.at(node.span()));
    section.complete = false;
  }
}

/// Tells names that are one to Windows.
class NameCheck {
 public:
  explicit NameCheck(Decoder& decoder) : decoder_(decoder) {}

  /// False, and reported, for a name seen before. `name` is canonical, `key` is where it stands.
  bool is_new(std::string_view name, Node key) {
    const auto [first, added] = seen_.emplace(value::folded(name), key);
    if (!added) decoder_.same_name(key, first->second);
    return added;
  }

 private:
  Decoder& decoder_;
  std::map<std::string, Node> seen_;
};

/// Rows by name: `read_row(Member, Row&)` returns false to drop the row after reporting it.
template <class Row, class ReadRow>
void read_named_rows(Decoder& decoder, Node node, std::string_view place, value::Section<Row>& section,
                     bool may_be_missing, ReadRow read_row) {
  read_section(decoder, node, place, section, may_be_missing, [&](const Member& member) {
    Row row;
    if (read_row(member, row)) section.rows.push_back(std::move(row));
  });
}

/// Rows in a list: `read_row(Node, Row&)` as above.
template <class Row, class ReadRow>
void read_items(Decoder& decoder, Node items, std::string_view place, value::Section<Row>& section,
                ReadRow read_row) {
  if (!items.is_sequence()) {
    decoder.wrong_kind(items, place, "a list");
    return;
  }
  for (const Node item : items.items()) {
    if (decoder.enough()) return;
    Row row;
    if (read_row(item, row)) section.rows.push_back(std::move(row));
  }
}

/// {complete: ..., items: [...]}.
template <class Row, class ReadRow>
void read_listed_rows(Decoder& decoder, Node node, std::string_view place, value::Section<Row>& section,
                      bool may_be_missing, ReadRow read_row) {
  bool listed = false;
  read_section(decoder, node, place, section, may_be_missing, [&](const Member& member) {
    if (member.key.text() != kItems) {
      decoder.unknown_key(member.key, place, {kComplete, kUnreadable, kItems});
      return;
    }
    listed = true;
    read_items(decoder, member.value, "'items'", section, read_row);
  });
  if (section.complete && !listed) {
    decoder.report(
        diag::MissingEvidenceKey{.key = std::string(kItems), .place = std::string(place)}.at(node.span()));
  }
}

/// A row that is a mapping of facts, or a marker for all of them.
template <class Row>
void read_row_of_facts(Decoder& decoder, Node node, std::string_view place, Row& row) {
  FieldReader fields(decoder, node, place, decoder.marker(node));
  describe(fields, row);
  fields.finish();
}

/// A row that is a mapping.
template <class Row>
void read_mapping_row(Decoder& decoder, Node node, std::string_view place, Row& row) {
  FieldReader fields(decoder, node, place);
  describe(fields, row);
  fields.finish();
}

/// One fact: a value of the shape, `absent`, {unreadable: ...} or {mistyped: ...}.
template <class Shape>
value::Reading<typename Shape::Value> read_fact(Decoder& decoder, Node node, std::string_view place,
                                                const Shape& shape) {
  using Reading = value::Reading<typename Shape::Value>;
  if (auto marked = marked_reading<typename Shape::Value>(decoder, node)) return std::move(*marked);
  auto read = shape.read(decoder, node, place);
  return read ? Reading::of(std::move(*read), decoder.origin(node)) : Reading{};
}

}  // namespace polc::backends::snapshot
