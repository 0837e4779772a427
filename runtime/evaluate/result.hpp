// What an evaluation says: verdicts, and on demand the explanation of one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/ir/program.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::evaluate {

enum class Verdict : std::uint8_t { Pass, Fail, Unknown, NotApplicable, Review, Waived };
std::string_view verdict_name(
    Verdict verdict);  ///< "pass", "fail", "unknown", "notApplicable", "review", "waived"

/// How bad a verdict is as a problem: fail > unknown > review > the rest, which are 0.
int badness(Verdict verdict);

struct RequireResult {
  value::Truth truth = value::Truth::Unknown;
  bool vacuous = false;  ///< true only because a complete collection was empty
};

enum class ManualState : std::uint8_t { None, Yes, No, NotAttested, Expired, Conflicting };

enum class WaiverState : std::uint8_t { Active, NotYet, Expiring, Expired, Unused, Idle, OtherHost };

struct WaiverResult {
  std::uint32_t waiver = 0;                    ///< index into Program::waivers
  WaiverState state = WaiverState::OtherHost;  ///< of the waiver as a whole (docs/language.md §10)
  std::vector<WaiverState> controls;           ///< for each of Waiver::controls
};

struct ControlResult {
  std::uint32_t control = 0;  ///< index into Program::controls
  Verdict verdict = Verdict::Unknown;
  Verdict raw = Verdict::Unknown;  ///< before the waiver
  value::Truth guard = value::Truth::True;
  std::vector<RequireResult> requires_;
  ManualState manual = ManualState::None;
  std::vector<value::Unknown> unknowns;  ///< why it is unknown: sorted, no repetitions
  std::optional<std::uint32_t> waiver;   ///< the one that counts, index into Program::waivers
  bool vacuous = false;
  bool passes_by_default = false;  ///< fails on absence, and the OS default would satisfy it
};

struct Evaluation {
  std::vector<ControlResult> controls;  ///< in program order; filtered ones are left out
  std::vector<WaiverResult> waivers;    ///< in program order
};

struct Options {
  std::int64_t as_of = 0;  ///< seconds since 1970, UTC: the clock for waivers and attestations
  value::Layer layer = value::Layer::Effective;
  std::vector<std::uint32_t> controls;  ///< indices to evaluate, ascending; empty = all
};

/// Value of one sub-expression, at its place in the excerpt.
struct ExplainedNode {
  ir::NodeId node = 0;
  std::uint32_t offset = 0;  ///< byte offset in the excerpt of the character to hang the value under
  std::string value;         ///< "4", "{any}", "false", "absent (value)", "unknown: access denied"
  std::vector<value::OriginId> evidence;
  std::string address;  ///< canonical address for facts, else empty
};

/// One evaluated element of a quantifier that decided it ("p = 40101/tcp"), with its own nodes.
struct Witness {
  std::string binding;
  std::vector<ExplainedNode> nodes;
};

/// One expression as written, with the values under it.
struct Assertion {
  std::string excerpt;
  std::vector<ExplainedNode> nodes;  ///< by offset
  std::vector<Witness> witnesses;    ///< the first few, contiguous ones merged to ranges
  std::size_t more_witnesses = 0;
};

/// The body of a `let` or `def` that the expression names.
struct ExplainedHelper : Assertion {
  std::string call;          ///< "is_closed(p: 443/tcp)"
  std::uint32_t offset = 0;  ///< byte offset, in the clause, of the call that leads to it
  bool decides = false;      ///< the truth of the clause rests on it
};

struct Explanation : Assertion {
  std::string label;
  ir::RangeId range = 0;
  value::Truth truth = value::Truth::Unknown;
  std::vector<ExplainedHelper> helpers;  ///< in the order of their calls, callers first
  std::vector<std::string> remedies;     ///< "passes when every allowed source is inside {127.0.0.0/8, ::1}"
  std::vector<std::string> notes;        ///< "not configured; the OS default would satisfy it"
};

/// All values of an explanation by their place in the clause; facts inside helpers stand at the call.
std::vector<ExplainedNode> all_nodes(const Explanation& explanation);

/// All witnesses, those of quantifiers inside helpers behind the others.
std::vector<Witness> all_witnesses(const Explanation& explanation);

struct ControlExplanation {
  std::optional<Explanation> guard;
  std::vector<Explanation> requires_;
};

}  // namespace polc::evaluate
