// Proofs about controls, without a host: can it pass, can it fail, what tells two of them apart. Each claim comes with a
// host to look at, or says "never" where no host can be, or "undetermined" where this analysis cannot tell; nothing doubtful
// is taken for proved.
//
// The method: a condition compares each location with finitely many constants, so the values of a location fall into
// finitely many regions (regions.hpp). The truth of a comparison is looked up by running the evaluator itself on one value
// a region, and a search over the boolean structure (search.hpp) does the rest. What holds on the policies' words holds on
// the machine: facts that come from one place (a Group Policy setting and its registry value) are one location.
//
// What "never" rests on: principals whose names cannot lead to one account (principals.hpp) are different, and evidence is
// of the right type except for registry data. What is said of hosts of which everything is known says nothing about what was not read.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "authoring/analysis/location.hpp"
#include "authoring/analysis/search.hpp"
#include "runtime/evaluate/result.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::analysis {

/// A control of a program; both must outlive what is asked about them.
struct ControlView {
  const ir::Program* program = nullptr;
  std::uint32_t control = 0;  ///< index into Program::controls
};

/// What is asked of a control on the host that is looked for.
enum class Outcome : std::uint8_t {
  Pass,
  Fail,
  NotApplicable,
  Applies,      ///< its guard holds
  Accepted,     ///< it passes or does not apply
  NotAccepted,  ///< it applies and does not pass, or its guard cannot be decided
};

struct Demand {
  ControlView control;
  Outcome outcome = Outcome::Pass;
  std::optional<std::uint32_t> requirement = std::nullopt;  ///< judged alone, in the place of all of them
};

/// A host of the scope on which every demand is met. Found hosts have been judged by the evaluator: of Pass, Fail and NotApplicable the
/// verdicts are those asked for. The host names no more than the verdicts need, by location (location.hpp).
Finding solve(const std::vector<Demand>& demands, const Scope& scope = {});

/// How the hosts that a newer control accepts compare with those that an older one does.
enum class Relation : std::uint8_t {
  Equal,
  Stricter,      ///< it accepts less, and nothing that the older one does not
  Looser,        ///< it accepts more
  Incomparable,  ///< both
  Undetermined,
};

struct ControlComparison {
  Relation relation = Relation::Undetermined;
  Finding only_old;    ///< a host that the older one accepts and the newer one does not
  Finding only_new;    ///< the other way round
  std::string reason;  ///< of Undetermined
};

/// By acceptance: a host is accepted where the control passes or does not apply, so that a narrower guard is looser.
ControlComparison compare(const ControlView& older, const ControlView& newer);

/// The same by applicability alone: Stricter means that the newer guard holds on fewer hosts.
ControlComparison compare_guards(const ControlView& older, const ControlView& newer);

/// What a control's requirements speak about, by identity.
struct BodyPlaces {
  /// Locations (location_key), sorted; those of the host itself, which all controls share, only where there is nothing else.
  std::vector<std::string> locations;
  std::set<std::string> objects;     ///< a registry key, the web server, a service: whether it is there
  std::set<std::string> properties;  ///< the same objects: what they are like
};
BodyPlaces body_places(const ControlView& control);

/// Verdict of a control on an assumed host, before waivers, as the evaluator sees it.
evaluate::Verdict verdict_on(const ControlView& control, const std::vector<Assumption>& host);

/// The same on evidence, as any run judges it. `as_of`: seconds since 1970, UTC.
evaluate::Verdict verdict_from(const ControlView& control, value::Evidence evidence, std::int64_t as_of);

/// The same where the host is written down as evidence that knows the names of the control's principals, and read again: what
/// cannot be side by side on any host shows here. nullopt where something of it has no place in evidence.
std::optional<evaluate::Verdict> verdict_in_evidence(const ControlView& control,
                                                     const std::vector<Assumption>& host);

/// "registry('HKLM\...', 'X') = dword(0)", "host.role = member", "... = absent": one assumption as people read it. Values
/// that are sensitive are not shown.
std::string to_text(const Assumption& assumption);

/// All of a host, "; " between, the first few where there are many; "any host" where nothing is assumed.
std::string to_text(const std::vector<Assumption>& host);

/// The same, for a host that tells two controls apart: what stands out comes first, of many facts that differ in
/// numbers alone one is shown. "" where nothing is assumed.
std::string summary(const std::vector<Assumption>& host);

}  // namespace polc::analysis
