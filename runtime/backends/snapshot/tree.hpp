// A snapshot on its way out: what the sections are written to, before it becomes YAML or JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polc::backends::snapshot {

/// One node. Markers are kinds of their own, so that no text of a host can be mistaken for one.
struct Tree {
  enum class Kind : std::uint8_t {
    Absent,
    Unreadable,  ///< {unreadable: text}
    Mistyped,    ///< {mistyped: text}
    Reason,      ///< the text behind a table's own `unreadable:`
    Flag,        ///< number is 0 or 1
    Number,
    Text,
    List,
    Map,
  };
  Kind kind = Kind::Map;
  bool on_one_line = false;  ///< YAML: a row of a table
  std::uint64_t number = 0;
  std::string text = {};
  std::vector<std::string> keys = {};  ///< of a Map: one for each item
  std::vector<Tree> items = {};

  static Tree absent() { return {.kind = Kind::Absent}; }
  static Tree unreadable(std::string reason) { return {.kind = Kind::Unreadable, .text = std::move(reason)}; }
  static Tree mistyped(std::string what) { return {.kind = Kind::Mistyped, .text = std::move(what)}; }
  static Tree reason(std::string text) { return {.kind = Kind::Reason, .text = std::move(text)}; }
  static Tree of_flag(bool flag) { return {.kind = Kind::Flag, .number = flag ? 1U : 0U}; }
  static Tree of_number(std::uint64_t number) { return {.kind = Kind::Number, .number = number}; }
  static Tree of_text(std::string text) { return {.kind = Kind::Text, .text = std::move(text)}; }
  static Tree list() { return {.kind = Kind::List}; }
  static Tree row() { return {.kind = Kind::Map, .on_one_line = true}; }

  /// Appends to a Map; `key` must be new.
  void add(std::string_view key, Tree item) {
    keys.emplace_back(key);
    items.push_back(std::move(item));
  }

  bool is_marker() const { return kind <= Kind::Mistyped; }
  friend bool operator==(const Tree&, const Tree&) = default;
};

/// Block style with one line a row; ends with "...\n". Everything a reader could mistake is quoted.
std::string yaml_text(const Tree& root);

/// Compact; ends with a line feed.
std::string json_text(const Tree& root);

}  // namespace polc::backends::snapshot
