// What the tests of a policy have seen of its conditions. Counted is what a case saw of a control that it expects something
// of: a condition that nobody looks at is not covered by being evaluated.
//
// Demanded of each atom: true, false and, where it rests on something that is read, unknown; of each atom (and quantifier,
// and choice) whose fact may be absent: absence; of each guard: true and false. What can be is read off the program and the
// resource catalogue (atoms.hpp).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "authoring/testing/atoms.hpp"
#include "authoring/testing/bench.hpp"

namespace polc::authoring {

enum class Sight : std::uint8_t { True, False, Unknown, Absent };
inline constexpr std::size_t kSights = 4;

/// What is demanded and what was seen, by Sight.
struct Seen {
  bool demanded[kSights] = {};
  bool seen[kSights] = {};

  std::size_t demands() const;
  std::size_t covered() const;
};

struct AtomCoverage : Seen {
  ir::SourceRange place;
  std::string file;  ///< as reports name it
  std::string line;  ///< in which it begins; "" until read_text()
};

struct ControlCoverage {
  std::string id;
  Seen guard;  ///< True and False
  std::vector<AtomCoverage> atoms;

  std::size_t demands() const;
  std::size_t covered() const;
};

/// One policy. Feed every case, then read `controls()`.
class Coverage {
 public:
  /// `program` with default parameters: the order of its controls and atoms is that of all its variants.
  explicit Coverage(const ir::Program& program);

  void observe(const Stand& stand);

  /// Takes the lines that the listing shows.
  void read_text(const base::SourceManager& sources);

  const std::vector<ControlCoverage>& controls() const { return controls_; }
  std::size_t demands() const;
  std::size_t covered() const;
  bool complete() const { return covered() == demands(); }

 private:
  std::vector<ControlCoverage> controls_;
};

/// A table of the controls that were not seen in full (all of them, if `verbose`), and a line for the whole.
std::string coverage_table(const Coverage& coverage, bool verbose);

/// The lines of these controls' conditions, each with what was seen of it and what was not.
std::string coverage_listing(const Coverage& coverage, bool verbose);

}  // namespace polc::authoring
