// Standards that controls refer to, as SARIF taxonomies (section 3.19.3). Internal to the SARIF writers.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

#include "runtime/report/sarif/document.hpp"

namespace polc::report::sarif {

/// One published standard. The guid is polc's own and never changes: it ties relationships to the taxonomy.
struct Standard {
  ir::ReferenceKind kind;
  std::string_view name;
  std::string_view guid;
  std::string_view organization;
  std::string_view uri;
  std::string_view description;
  /// How a control relates to an entry (section 3.53.3): "superset", the entry is the wider category, so results
  /// need not repeat it; "relevant", they do.
  std::string_view relation;
};

/// nullptr for URLs.
const Standard* standard_of(ir::ReferenceKind kind);

/// Collects the entries that the reported rules name, and writes the objects that refer to them.
class Taxonomies {
 public:
  explicit Taxonomies(const ir::Program& program) : program_(program) {}

  /// `relationships` of a rule; remembers its entries. Null when there are none.
  Json relationships(const ir::Control& control);

  /// `taxa` of a result: the entries that it must repeat. Null when there are none.
  Json taxa(const ir::Control& control) const;

  /// `run.taxonomies`, in the order of ReferenceKind, entries ascending.
  Json components() const;

  /// `driver.supportedTaxonomies`.
  Json supported() const;

  bool empty() const;

 private:
  static constexpr std::size_t kKinds = 6;
  const ir::Program& program_;
  std::array<std::set<std::string, std::less<>>, kKinds> entries_;
};

}  // namespace polc::report::sarif
