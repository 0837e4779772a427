// Tries the mutants of a policy against its tests.
#pragma once

#include <string>
#include <vector>

#include "authoring/testing/bench.hpp"

namespace polc::authoring {

/// A mutant that no expectation noticed.
struct Survivor {
  std::string name;  ///< control id, and the changed lines as they would read: what `equivalent` names
  std::string file;
  std::uint32_t line = 0;
  std::string before, after;  ///< the changed lines, each with its line feed
  std::string reason;         ///< why it is equivalent; "" when nobody says that it is
};

struct MutationResult {
  std::string file;  ///< of the tests
  std::size_t mutants = 0;
  std::vector<Survivor> survivors;
  std::vector<compiler::EquivalentMutant> stale;  ///< names that no surviving mutant has

  /// Survivors without a reason.
  std::size_t unexplained() const;
};

/// `stands` are all cases of the bench, and pass.
MutationResult mutate(const Bench& bench, const std::vector<std::unique_ptr<Stand>>& stands);

/// Survivors as edits of the policy, and how many mutants there were. Ends with a line feed.
std::string mutation_text(const MutationResult& result, bool verbose);

}  // namespace polc::authoring
