// One question about conditions: their boolean structure over atoms, the locations that the atoms constrain, and the
// regions of each location. Conditions are added first; then it can be searched for a host, any number of times.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "authoring/analysis/assumed_facts.hpp"
#include "authoring/analysis/bounds.hpp"
#include "authoring/analysis/regions.hpp"
#include "runtime/evaluate/evaluator.hpp"
#include "runtime/ir/program.hpp"

namespace polc::analysis {

using FormulaId = std::uint32_t;
using AtomId = std::uint32_t;
using BindingId = std::uint32_t;  ///< innermost binding of a quantifier's variable; 0: none

/// What a search asks of a condition. Under a definite assumption a condition may still be Unknown.
enum class Want : std::uint8_t { True, False, NotTrue, NotFalse };

struct Formula {
  enum class Kind : std::uint8_t { True, False, And, Or, Not, Atom };
  Kind kind = Kind::False;
  std::vector<FormulaId> parts;
  AtomId atom = 0;
};

/// A condition with no further structure for the search, under the bindings of the quantifiers around it.
struct Atom {
  enum class Kind : std::uint8_t {
    Condition,     ///< a boolean node of the program
    Case,          ///< the subject of a Select is its label number `detail`
    NoCase,        ///< no case of a Select applies: its subject is not there
    NoCollection,  ///< the collection of a quantifier is not there
    Region,        ///< the location is in its region number `detail`
    Together,      ///< two facts of one object go together (coherence.hpp)
    Attested,      ///< a person says yes; `node` is the index of the control
    HostName,      ///< the host's name matches the pattern of the scope
  };
  Kind kind = Kind::Condition;
  std::uint32_t program = 0;
  ir::NodeId node = 0;
  std::uint32_t detail = 0;
  BindingId binding = 0;
  std::vector<LocationId> locations;  ///< that its truth depends on; sorted, no repetitions
  /// By region of the locations, the last one fastest; nullopt: not judged yet.
  std::vector<std::optional<value::Truth>> table;
};

struct Binding {
  BindingId outer = 0;
  ir::NodeId quantifier = 0;
  value::Value value;
};

struct Place {
  value::Type type;
  bool may_be_absent = true;
  Hints hints;
  std::optional<Bounds> bounds;    ///< of the setting that it belongs to, in a scope that is in range
  std::vector<value::Fact> fixed;  ///< the regions, where expanding a quantifier decided them
  std::optional<Regions> regions;  ///< made when first needed
};

/// The hosts that are looked at; all of them, unless it says otherwise.
struct Scope {
  std::string host_name = "*";  ///< pattern that their name matches, as in a waiver
  bool in_range = false;        ///< settings hold numbers inside their range
  bool no_defaults =
      false;  ///< no default answers for what is absent: `or default` is as if it were not written
  bool policies =
      false;  ///< a Group Policy object, too, which may leave open what is always there on a machine
};

/// One program of the question. Borrows it.
struct Subject {
  explicit Subject(const ir::Program& p, const Locations& locations)
      : program(&p), derivation(p), facts(derivation, locations) {}
  const ir::Program* program;
  Derivation derivation;
  AssumedFacts facts;
};

class Question {
 public:
  explicit Question(Scope scope = {}) : scope_(std::move(scope)) {}

  /// A program that the question is about; it must outlive the question.
  std::uint32_t add_program(const ir::Program& program);

  FormulaId add_condition(std::uint32_t program, ir::NodeId root);
  FormulaId add_guard(std::uint32_t program, std::uint32_t control);  ///< True where the control has none
  FormulaId add_body(std::uint32_t program, std::uint32_t control);   ///< requirements and attestation
  FormulaId add_host_name(std::uint32_t program);                     ///< the name is one of the scope
  FormulaId conjunction(std::vector<FormulaId> parts);
  FormulaId disjunction(std::vector<FormulaId> parts);
  FormulaId negation(FormulaId part);

  const Formula& formula(FormulaId id) const { return formulas_[id]; }
  const Atom& atom(AtomId id) const { return atoms_[id]; }
  const std::vector<value::Fact>& regions(LocationId location);
  const value::Address& location(LocationId id) const { return locations_.address(id); }
  std::size_t location_count() const { return locations_.size(); }

  /// What holds on every host about locations that conditions so far speak of: one formula a pair.
  std::vector<FormulaId> relations();

  /// Why the regions of a location do not cover all that it can hold; "" when they do.
  const std::string& incomplete(LocationId location);

  /// Truth of an atom where its locations are in these regions; nullopt above limits::kAnalysisRelation combinations.
  std::optional<value::Truth> truth(AtomId atom, const std::vector<std::size_t>& regions);

  /// Why that no host was found does not mean that there is none; "" when it does.
  std::string doubt() const;

  /// Why the question cannot be answered at all; "" when it can.
  const std::string& refused() const { return refused_; }

  Subject& subject(std::uint32_t program) { return *subjects_[program]; }

 private:
  friend class Expander;

  /// Runs `act` with an evaluator that knows what is assumed now, under the bindings.
  void under(std::uint32_t program, BindingId binding, const std::function<void(evaluate::Evaluator&)>& act);
  void bind(evaluate::Evaluator& evaluator, BindingId binding,
            const std::function<void(evaluate::Evaluator&)>& act);
  value::Truth judge(const Atom& atom);
  value::Truth judge_here(const Atom& atom, evaluate::Evaluator& evaluator);
  FormulaId add(Formula formula);
  Place& place(LocationId location);
  void share_addresses(LocationId first, LocationId second);

  Scope scope_;
  std::vector<std::unique_ptr<Subject>> subjects_;
  Locations locations_;
  std::vector<Place> places_;  ///< by LocationId
  std::vector<Formula> formulas_{{Formula::Kind::True, {}, 0}, {Formula::Kind::False, {}, 0}};
  std::vector<Atom> atoms_;
  std::vector<Binding> bindings_{Binding{}};
  std::string refused_;
};

inline constexpr FormulaId kTrue = 0;
inline constexpr FormulaId kFalse = 1;

}  // namespace polc::analysis
