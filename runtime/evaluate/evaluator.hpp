// The interpreter: truth and values of a program's nodes over one host's facts (docs/language.md §4, §6, §7).
// evaluate() runs it for verdicts, explain() once more for the controls that are shown.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/limits.hpp"
#include "runtime/evaluate/default_rows.hpp"
#include "runtime/evaluate/elements.hpp"
#include "runtime/evaluate/outcome.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::evaluate {

/// A truth value, and whether it is true only because a complete collection was empty.
struct Judgement {
  value::Truth truth = value::Truth::Unknown;
  bool vacuous = false;
};

/// How an atom came to its truth; explanations say more than "false".
enum class Settlement : std::uint8_t { Compared, Absent, Mistyped, Unknown };

struct AtomResult {
  value::Truth truth = value::Truth::Unknown;
  Settlement settlement = Settlement::Compared;
  bool by_default = false;  ///< the OS default took the place of an absent fact
};

class Evaluator {
 public:
  /// `budget`: steps that each start() grants.
  Evaluator(const ir::Program& program, const value::FactTable& facts,
            std::uint64_t budget = limits::kEvaluationSteps);

  /// A fresh budget and no collected reasons: once for every control.
  void start();

  Judgement judge(ir::NodeId node);
  Outcome compute(ir::NodeId node);
  AtomResult judge_atom(ir::NodeId node);

  /// The collection of a quantifier. Where it is not present, `collection()` says so and there are none.
  Elements elements(ir::NodeId collection);

  /// Binds a quantifier's variable for the time of its life.
  class Binding {
   public:
    Binding(Evaluator& evaluator, const ir::Node& quantifier, const value::Value& value);
    ~Binding();
    Binding(const Binding&) = delete;
    Binding& operator=(const Binding&) = delete;

   private:
    Evaluator& evaluator_;
    std::uint32_t slot_;
    const value::Value* outer_;
    ir::NodeId outer_collection_;
  };

  /// Whose absence the default of the operating system answers.
  enum class Defaults : std::uint8_t {
    AsWritten,   ///< comparisons that say `or default`
    Everywhere,  ///< every one whose default is known: would the control pass untouched?
    Nowhere,     ///< none: does it pass where things are configured?
  };
  void take_defaults(Defaults defaults) { defaults_ = defaults; }

  /// Reasons for every Unknown that reached a truth value since start(): sorted, no repetitions.
  std::vector<value::Unknown> unknowns() const;

  /// Canonical text of the fact that a value comes from; "" for computed values.
  std::string address_text(ir::NodeId node);

  const ir::Program& program() const { return program_; }
  const value::FactTable& facts() const { return facts_; }

 private:
  friend class Binding;
  /// One step into the program: counts against the budget and the depth.
  class Level {
   public:
    explicit Level(Evaluator& evaluator);
    ~Level() { --evaluator_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    bool granted() const { return granted_; }

   private:
    Evaluator& evaluator_;
    bool granted_ = false;
  };

  enum class Substitution : std::uint8_t { None, Value, Nothing };

  bool exhausted() const { return steps_left_ == 0; }
  value::Type type_of(ir::NodeId node) const { return program_.nodes[node].type; }

  // Truth.
  Judgement connect(const ir::Node& node);
  Judgement quantify(const ir::Node& node);
  bool all_possible_agree(const ir::Node& node, const Elements& elements);
  Judgement select(const ir::Node& node);
  AtomResult atom(const ir::Node& node);
  AtomResult compare(const ir::Node& node);
  AtomResult decide(const ir::Node& node, const Outcome& left, const Outcome& right,
                    const std::vector<Outcome>* ends);
  AtomResult holds(const ir::Node& node);
  AtomResult is_present(const ir::Node& node);
  AtomResult is_resolved(const ir::Node& node);
  AtomResult settle(const ir::Node& node, const Outcome& operand, ir::NodeId operand_node);
  AtomResult settle_absent(const ir::Node& node);
  AtomResult settle_mistyped(const ir::Node& node);
  AtomResult with_default(const ir::Node& node);
  bool takes_default(const ir::Node& node) const;

  // Values.
  Outcome substituted(Outcome outcome) const;
  const value::Value& resolved(ir::ConstantId id);
  Outcome read(const ir::Node& node);
  Outcome field(const ir::Node& node);
  Outcome operation(const ir::Node& node);
  Outcome materialise(ir::NodeId range);
  Outcome propagate(const ir::Node& node, const std::vector<Outcome>& operands, value::FactStatus status);
  std::vector<Outcome> compute_operands(const ir::Node& node);

  // Reasons.
  void note(value::Unknown unknown);
  void note(const Outcome& outcome, ir::NodeId node);
  void note_reasons(const value::Fact& fact, ir::NodeId node);
  void note_open(const Outcome& outcome, ir::NodeId node, value::UnknownReason reason);
  const HostTraits& host_traits();

  const ir::Program& program_;
  const value::FactTable& facts_;
  std::vector<const value::Value*> bound_;  ///< by variable slot
  std::vector<ir::NodeId> bound_from_;      ///< the collection a slot's value comes from
  std::vector<value::Unknown> unknowns_;
  std::map<ir::ConstantId, value::Value>
      resolved_;  ///< constants whose principals this host's evidence named
  std::optional<HostTraits> host_traits_;
  std::uint64_t budget_;
  std::uint64_t steps_left_ = 0;
  std::uint32_t depth_ = 0;
  Substitution substitution_ = Substitution::None;
  const value::Value* substitute_ = nullptr;
  Defaults defaults_ = Defaults::AsWritten;
};

}  // namespace polc::evaluate
