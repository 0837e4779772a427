// Tables of a snapshot with what they claim. A row that has no place in the form is left out, and the table then says
// that it is not complete, and why.
#pragma once

#include <map>
#include <set>

#include "runtime/backends/snapshot/shape_writer.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::snapshot {

class TableWriter {
 public:
  /// `may_be_missing`: the form lets the owner of the table be absent (no IIS).
  template <class Row>
  explicit TableWriter(const value::Section<Row>& section, bool may_be_missing = false)
      : complete_(section.complete && !section.unreadable),
        missing_(section.object_missing && may_be_missing),
        unreadable_(section.unreadable) {
    if (section.object_missing && !may_be_missing) leave_out("a table without an owner");
  }

  /// A row by name. Of two that differ under a name that is one to Windows, neither is written: nothing says which is
  /// true.
  void add(std::string_view name, std::optional<Tree> row);

  /// A row of a list.
  void add(std::optional<Tree> row);

  /// A part of the table that is no row: `version` of IIS.
  void add_part(std::string_view name, Tree part) { rows_.add(name, std::move(part)); }

  void leave_out(std::string_view what);

  Tree named();      ///< {complete: ..., name: row, ...}
  Tree listed();     ///< {complete: ..., items: [...]}
  Tree open_list();  ///< [...], or {unreadable: ..., items: [...]}

 private:
  void drop_disputed();

  /// `absent` or {unreadable: ...}, where that says it all.
  std::optional<Tree> as_a_whole() const;
  Tree with_claims(Tree rows) const;

  bool complete_;
  bool missing_;
  std::optional<value::Unknown> unreadable_;
  std::map<std::string, std::size_t> names_;  ///< folded: which of rows_
  std::set<std::size_t> disputed_;            ///< of rows_
  Tree rows_;
};

/// True for a table that somebody looked at.
template <class Row>
bool was_read(const value::Section<Row>& section) {
  return section.collected || section.object_missing || section.unreadable || !section.rows.empty();
}

}  // namespace polc::backends::snapshot
