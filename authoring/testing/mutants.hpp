// Small changes of a policy that its tests should notice: one operator, bound, absence rule, member of a set or guard at a
// time. They are made in the program, so that trying one costs an evaluation and no compilation, and are known by the edit of
// the policy's text that would have the same effect.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"

namespace polc::authoring {

/// One node of the program as it is in the mutant.
struct Patch {
  ir::NodeId node = 0;
  ir::Node replacement;
  std::optional<value::Value> constant;             ///< that replacement.data names
  std::optional<std::vector<ir::NodeId>> operands;  ///< of the replacement, in the place of the node's own
};

struct Edit {
  std::uint32_t file = 0;  ///< index into Program::files
  std::uint32_t begin = 0, end = 0;
  std::string text;
};

struct Mutant {
  std::string key;             ///< equal for the same edit in all variants of a policy
  std::vector<Edit> edits;     ///< in one file, by position
  std::vector<Patch> patches;  ///< wherever the text was expanded to
  std::vector<std::uint32_t>
      controls;  ///< that the patches are in: indices into Program::controls, ascending
};

/// All mutants of a program, in the order of controls and text. `sources` holds the policy's text.
std::vector<Mutant> mutants_of(const ir::Program& program, const base::SourceManager& sources);

/// Puts the patches of a mutant into a copy of its program, and takes them back at the end of its life.
class Mutation {
 public:
  Mutation(ir::Program& program, const Mutant& mutant);
  ~Mutation();
  Mutation(const Mutation&) = delete;
  Mutation& operator=(const Mutation&) = delete;

 private:
  ir::Program& program_;
  std::vector<std::pair<ir::NodeId, ir::Node>> saved_;
  std::size_t constants_, operands_;
};

}  // namespace polc::authoring
