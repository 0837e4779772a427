// Writes a row by the calls that read it (form.hpp).
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "runtime/backends/snapshot/form.hpp"
#include "runtime/backends/snapshot/shape_writer.hpp"

namespace polc::backends::snapshot {

class RowWriter {
 public:
  /// `defaults` holds the optional parts of an untouched row, in order: those are left out.
  explicit RowWriter(const std::vector<std::optional<Tree>>* defaults = nullptr,
                     value::Layer layer = value::Layer::Effective)
      : defaults_(defaults), layer_(layer) {}

  template <class T, class Shape>
  void fact(std::string_view name, const value::Reading<T>& reading, const Shape& shape) {
    ++facts_;
    if (auto tree = written_reading(reading, shape)) row_.add(name, std::move(*tree));
  }

  /// What cannot be absent on a machine and was not found all the same could not be told by this backend.
  template <class T, class Shape>
  void certain_fact(std::string_view name, const value::Reading<T>& reading, const Shape& shape) {
    ++facts_;
    auto tree = written_reading(reading, shape);
    if (!tree) return;
    const bool absent = tree->kind == Tree::Kind::Absent;
    row_.add(name, absent ? Tree::unreadable("unsupported: nothing was found") : std::move(*tree));
  }

  template <class T, class Shape>
  void policy_fact(std::string_view name, const value::Reading<T>& reading, const Shape& shape) {
    layer_ == value::Layer::Policy ? fact(name, reading, shape) : certain_fact(name, reading, shape);
  }

  template <class Out, class Shape>
  void optional(std::string_view name, const Out& out, const Shape& shape) {
    auto tree = part(out, shape);
    const bool is_default = defaults_ != nullptr && (*defaults_)[optional_.size()] == tree;
    optional_.push_back(tree);
    if (is_default) return;
    if (tree) {
      row_.add(name, std::move(*tree));
    } else {
      good_ = good_ && is_unset(out);
    }
  }

  template <class Out, class Shape>
  void required(std::string_view name, const Out& out, const Shape& shape) {
    auto tree = part(out, shape);
    good_ = good_ && tree.has_value();
    if (tree) row_.add(name, std::move(*tree));
  }

  void add(std::string_view name, Tree tree) { row_.add(name, std::move(tree)); }

  /// nullopt when a part of the row has no place in a snapshot.
  std::optional<Tree> take() {
    row_.on_one_line = true;
    return good_ ? std::optional(std::move(row_)) : std::nullopt;
  }

  /// The same, with one marker for a row of nothing but facts with that marker.
  std::optional<Tree> take_facts() {
    const auto& items = row_.items;
    const bool all =
        !items.empty() && items.size() == facts_ && items.front().is_marker() &&
        items.front().kind != Tree::Kind::Mistyped &&
        std::all_of(items.begin(), items.end(), [&](const Tree& t) { return t == items.front(); });
    return all && good_ ? std::optional(Tree(items.front())) : take();
  }

  std::vector<std::optional<Tree>> optional_parts() { return std::move(optional_); }

 private:
  template <class Out, class Shape>
  static std::optional<Tree> part(const Out& out, const Shape& shape) {
    if constexpr (std::is_same_v<Out, std::optional<typename Shape::Value>>) {
      return out ? written(shape, *out) : std::nullopt;
    } else {
      return written(shape, out);
    }
  }

  static bool is_unset(const std::string& text) { return text.empty(); }
  template <class T>
  static bool is_unset(const std::optional<T>& part) {
    return !part.has_value();
  }
  template <class T>
  static bool is_unset(const T&) {
    return false;
  }

  Tree row_ = Tree::row();
  const std::vector<std::optional<Tree>>* defaults_;
  value::Layer layer_;
  std::vector<std::optional<Tree>> optional_;
  std::size_t facts_ = 0;
  bool good_ = true;
};

/// A writer that has been through all of the row's description.
template <class Row>
RowWriter described_row(const Row& row, value::Layer layer = value::Layer::Effective) {
  static const std::vector<std::optional<Tree>> defaults = [] {
    Row untouched{};
    RowWriter writer;
    describe(writer, untouched);
    return writer.optional_parts();
  }();
  Row copy = row;  // descriptions serve readers too, which fill the row
  RowWriter writer(&defaults, layer);
  describe(writer, copy);
  return writer;
}

template <class Row>
std::optional<Tree> written_row(const Row& row) {
  return described_row(row).take();
}

/// A row of facts, which may be one marker as a whole.
template <class Row>
std::optional<Tree> written_facts(const Row& row, value::Layer layer = value::Layer::Effective) {
  return described_row(row, layer).take_facts();
}

}  // namespace polc::backends::snapshot
