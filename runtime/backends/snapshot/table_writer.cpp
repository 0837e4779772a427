#include "runtime/backends/snapshot/table_writer.hpp"

#include "runtime/base/escape.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::snapshot {
namespace {

constexpr std::size_t kShownName = 60;

/// A name that is no word of the form.
std::string row_key(std::string_view name) {
  std::string key(name);
  if (name == kComplete || name == kUnreadable) key.front() = static_cast<char>(key.front() - 'a' + 'A');
  return key;
}

}  // namespace

void TableWriter::leave_out(std::string_view what) {
  complete_ = false;
  if (unreadable_) return;
  unreadable_ =
      value::Unknown{value::UnknownReason::Corrupt,
                     {},
                     base::shorten_bytes(base::visible(what), kShownName) + " has no place in a snapshot"};
}

void TableWriter::add(std::string_view name, std::optional<Tree> row) {
  const auto [first, is_new] = names_.try_emplace(value::folded(name), rows_.items.size());
  if (!is_new && row && rows_.items[first->second] == *row) return;
  if (!is_new) disputed_.insert(first->second);
  if (!is_new || !row || base::find_invalid_utf8(name)) {
    if (is_new) names_.erase(first);
    return leave_out(name);
  }
  rows_.add(row_key(name), std::move(*row));
}

void TableWriter::drop_disputed() {
  for (auto index = disputed_.rbegin(); index != disputed_.rend(); ++index) {
    rows_.keys.erase(rows_.keys.begin() + static_cast<std::ptrdiff_t>(*index));
    rows_.items.erase(rows_.items.begin() + static_cast<std::ptrdiff_t>(*index));
  }
  disputed_.clear();
}

void TableWriter::add(std::optional<Tree> row) {
  row ? rows_.items.push_back(std::move(*row)) : leave_out("a row");
}

std::optional<Tree> TableWriter::as_a_whole() const {
  if (missing_) return Tree::absent();
  if (unreadable_ && rows_.items.empty()) return Tree::unreadable(reason_in_words(*unreadable_));
  return std::nullopt;
}

Tree TableWriter::with_claims(Tree rows) const {
  Tree table;
  if (complete_ || (rows.items.empty() && !unreadable_)) table.add(kComplete, Tree::of_flag(complete_));
  if (unreadable_) table.add(kUnreadable, Tree::reason(reason_in_words(*unreadable_)));
  if (rows.kind == Tree::Kind::List) {
    table.add(kItems, std::move(rows));
    return table;
  }
  for (std::size_t i = 0; i < rows.items.size(); ++i) table.add(rows.keys[i], std::move(rows.items[i]));
  return table;
}

Tree TableWriter::named() {
  drop_disputed();
  if (auto whole = as_a_whole()) return std::move(*whole);
  return with_claims(std::move(rows_));
}

Tree TableWriter::listed() {
  if (auto whole = as_a_whole()) return std::move(*whole);
  rows_.kind = Tree::Kind::List;
  return with_claims(std::move(rows_));
}

Tree TableWriter::open_list() {
  if (auto whole = as_a_whole()) return std::move(*whole);
  complete_ = false;
  rows_.kind = Tree::Kind::List;
  return unreadable_ ? with_claims(std::move(rows_)) : std::move(rows_);
}

}  // namespace polc::backends::snapshot
