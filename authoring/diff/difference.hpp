// What changed between two versions of a policy, control by control: what is looser, what is stricter, what only reads
// differently. Each claim about hosts comes with a host that tells both versions apart, judged by the evaluator with both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/evaluate/result.hpp"
#include "runtime/ir/program.hpp"

namespace polc::diff {

/// What a change means for the hosts that are judged.
enum class Effect : std::uint8_t {
  Equal,         ///< the same hosts are accepted
  Stricter,      ///< less is accepted, and nothing that was not
  Undetermined,  ///< it may be looser: neither is proved
  Looser,        ///< more is accepted
  Incomparable,  ///< looser in one respect, stricter in another
};
inline constexpr std::size_t kEffects = 5;

std::string_view effect_name(Effect effect);  ///< "equal", "stricter"

/// A host, or a day on a host, that tells both versions apart.
struct Witness {
  std::vector<std::string> facts;           ///< "port(3389/tcp).allowed_from = any"; nothing else matters
  std::string summary;                      ///< the same in one line, shortened
  std::optional<evaluate::Verdict> before;  ///< nullopt: not judged
  std::optional<evaluate::Verdict> after;
};

/// "port(3389/tcp).allowed_from = any: failed before, passes now".
std::string witness_text(const Witness& witness);

struct Claim {
  Effect effect = Effect::Equal;
  base::Diagnostic what;  ///< a kind of POL6400 to POL6449, without a place
  std::optional<Witness> witness = std::nullopt;
  ir::RangeId place = 0;  ///< in the newer program; 0: at the control, or at the policy where that is gone
  ir::RangeId old_place = 0;  ///< in the older program
};

/// What a change of a control comes from, elsewhere in the policy.
struct Cause {
  std::string text;       ///< "parameter technicians: 25 -> 30", "helper is_closed"
  ir::RangeId place = 0;  ///< in the newer program
};

/// A control with at least one claim. One of the indices may be missing: added, removed.
struct ControlDifference {
  std::optional<std::uint32_t> older, newer;  ///< indices into Program::controls
  Effect effect = Effect::Equal;              ///< of all claims together
  std::vector<Claim> claims;
  std::vector<Cause> causes;
};

struct ParameterChange {
  std::string name;
  std::string before, after;  ///< value in policy syntax; "" where there is no such parameter
  ir::RangeId place = 0;      ///< in the newer program
};

struct Difference {
  const ir::Program* older = nullptr;  ///< borrowed
  const ir::Program* newer = nullptr;
  std::vector<ControlDifference> controls;  ///< in the newer policy's order, removed ones behind them
  std::vector<std::uint32_t> unchanged;     ///< of the newer policy: no claim at all
  std::vector<Claim> policy;                ///< about the policy as a whole
  std::vector<ParameterChange> parameters;  ///< by name
};

/// Controls are matched by id (ignoring case) and by `formerly`. Controls that ask the same node by node are not analysed, so
/// that a policy costs little where it did not change.
Difference compare(const ir::Program& older, const ir::Program& newer);

/// Of several claims together.
Effect overall(const std::vector<Claim>& claims);

/// How many controls have each effect; enumerators are the indices. Unchanged ones are not counted.
std::vector<std::size_t> counts(const Difference& difference);

/// 1 where anything is looser, 2 where nothing is and something is undetermined, else 0 (docs/cli.md).
int exit_code(const Difference& difference);

const ir::Control& control_of(const Difference& difference, const ControlDifference& control);

}  // namespace polc::diff
