// Reads a mapping with a fixed set of keys. The calls below name the keys; what is left over at the end is
// unknown. SchemaWriter (schema.cpp) answers the same calls, so that a form is described once (form.hpp).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/backends/snapshot/decoder.hpp"
#include "runtime/base/diagnostics/evidence.hpp"

namespace polc::backends::snapshot {

class FieldReader {
 public:
  /// `place` is how messages call the mapping: "a service". With `marker`, the whole row is absent or unreadable,
  /// and every fact of it becomes that.
  FieldReader(Decoder& decoder, Node node, std::string_view place,
              std::optional<Marker> marker = std::nullopt)
      : decoder_(decoder), node_(node), place_(place), marker_(std::move(marker)) {
    if (marker_) return;
    if (!node.is_mapping()) {
      decoder.wrong_kind(node, place, "a mapping");
      broken_ = true;
      return;
    }
    for (const Member member : node.members()) unread_.push_back(member);
  }

  /// A fact: a value, `absent`, {unreadable: ...} or {mistyped: ...}. Left out, it is not collected.
  template <class T, class Shape>
  void fact(std::string_view name, value::Reading<T>& out, const Shape& shape) {
    if (marker_) {
      out = marked<T>(*marker_, node_);
      return;
    }
    const auto member = take(name);
    if (!member) return;
    if (auto instead = marked_reading<T>(decoder_, member->value)) {
      out = std::move(*instead);
    } else if (auto read = shape.read(decoder_, member->value, quoted_key(name))) {
      out = value::Reading<T>::of(std::move(*read), decoder_.origin(member->value));
    }
  }

  /// A fact that is there on every machine: `absent` is refused.
  template <class T, class Shape>
  void certain_fact(std::string_view name, value::Reading<T>& out, const Shape& shape) {
    fact(name, out, shape);
    if (out.status != value::FactStatus::Absent) return;
    decoder_.report(diag::AbsentHere{.place = quoted_key(name)}.at(span_of(name)));
  }

  /// A fact that is there on every machine, but that a policy may leave to it.
  template <class T, class Shape>
  void policy_fact(std::string_view name, value::Reading<T>& out, const Shape& shape) {
    if (decoder_.evidence().layer == value::Layer::Policy) {
      fact(name, out, shape);
    } else {
      certain_fact(name, out, shape);
    }
  }

  /// Part of the row itself; `Out` is the shape's value or an optional of it.
  template <class Out, class Shape>
  void optional(std::string_view name, Out& out, const Shape& shape) {
    if (const auto member = take(name)) {
      if (auto read = shape.read(decoder_, member->value, quoted_key(name))) out = std::move(*read);
    }
  }

  template <class Out, class Shape>
  void required(std::string_view name, Out& out, const Shape& shape) {
    if (!marker_ && !broken_ && !has(name)) {
      decoder_.report(
          diag::MissingEvidenceKey{.key = std::string(name), .place = std::string(place_)}.at(node_.span()));
    }
    optional(name, out, shape);
  }

  /// A key that `read(Node)` understands by itself.
  template <class Read>
  void part(std::string_view name, Read read) {
    if (const auto member = take(name)) read(member->value);
  }

  bool has(std::string_view name) const { return find(name) != unread_.end(); }

  /// The row is a single fact instead of a mapping.
  bool is_marked() const { return marker_.has_value(); }

  /// Reports the keys that nobody asked for.
  void finish() {
    for (const Member& member : unread_) decoder_.unknown_key(member.key, place_, known_);
  }

  Node node() const { return node_; }
  Decoder& decoder() { return decoder_; }

 private:
  template <class T>
  value::Reading<T> marked(const Marker& marker, Node node) {
    const value::OriginId origin = decoder_.origin(node);
    return marker.absent ? value::Reading<T>::absent(origin)
                         : value::Reading<T>::unreadable(marker.why, origin);
  }

  std::vector<Member>::const_iterator find(std::string_view name) const {
    return std::find_if(unread_.begin(), unread_.end(),
                        [&](const Member& m) { return m.key.text() == name; });
  }

  std::optional<Member> take(std::string_view name) {
    known_.push_back(name);
    const auto found = find(name);
    if (found == unread_.end()) return std::nullopt;
    const Member member = *found;
    unread_.erase(found);
    return member;
  }

  base::Span span_of(std::string_view name) const {
    for (const Member member : node_.members()) {
      if (member.key.text() == name) return member.value.span();
    }
    return node_.span();
  }

  Decoder& decoder_;
  Node node_;
  std::string_view place_;
  std::optional<Marker> marker_;
  std::vector<Member> unread_;
  std::vector<std::string_view> known_;
  bool broken_ = false;
};

}  // namespace polc::backends::snapshot
