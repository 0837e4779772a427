// Which facts are known to be present where a condition is judged: `E is present and ...` settles E for what
// follows it.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/types/expression.hpp"

namespace polc::compiler {

/// Text that is equal exactly for expressions that ask the same.
std::string identity(const Expressions& expressions, ExprId id);

class SettledFacts {
 public:
  explicit SettledFacts(const Expressions& expressions) : expressions_(expressions) {}

  /// Adds the facts that are present whenever `condition` has the given truth; undo() takes the last `n` back.
  std::size_t learn(ExprId condition, bool truth);
  void undo(std::size_t n);

  bool contains(ExprId fact) const;

 private:
  void add(std::string key);

  const Expressions& expressions_;
  std::vector<std::string> order_;
  std::unordered_map<std::string, std::uint32_t> counts_;
};

}  // namespace polc::compiler
