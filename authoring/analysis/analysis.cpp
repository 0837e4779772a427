#include "authoring/analysis/analysis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "authoring/analysis/coherence.hpp"
#include "authoring/analysis/mentions.hpp"
#include "runtime/base/text.hpp"
#include "runtime/derive/host_facts.hpp"
#include "runtime/evaluate/evaluate.hpp"

namespace polc::analysis {
namespace {

using value::FactStatus;

/// The question that several demands make together.
class Demands {
 public:
  Demands(const std::vector<Demand>& demands, const Scope& scope) : question_(scope) {
    for (const Demand& demand : demands) add(demand);
    goals_.push_back({question_.add_host_name(0), Want::True});
  }

  Finding solve() { return find_host(question_, goals_); }

 private:
  std::uint32_t subject_of(const ir::Program& program) {
    for (std::size_t i = 0; i < programs_.size(); ++i) {
      if (programs_[i] == &program) return static_cast<std::uint32_t>(i);
    }
    programs_.push_back(&program);
    return question_.add_program(program);
  }

  void add(const Demand& demand) {
    const std::uint32_t subject = subject_of(*demand.control.program);
    const FormulaId guard = question_.add_guard(subject, demand.control.control);
    const bool asks_body = demand.outcome != Outcome::Applies && demand.outcome != Outcome::NotApplicable;
    const FormulaId body = asks_body ? body_of(subject, demand) : kTrue;
    switch (demand.outcome) {
      case Outcome::Pass:
        goals_.push_back({guard, Want::True});
        goals_.push_back({body, Want::True});
        break;
      case Outcome::Fail:
        goals_.push_back({guard, Want::True});
        goals_.push_back({body, Want::False});
        break;
      case Outcome::NotApplicable:
        goals_.push_back({guard, Want::False});
        break;
      case Outcome::Applies:
        goals_.push_back({guard, Want::True});
        break;
      case Outcome::Accepted:
        accepted(guard, body, true);
        break;
      case Outcome::NotAccepted:
        accepted(guard, body, false);
        break;
    }
  }

  FormulaId body_of(std::uint32_t subject, const Demand& demand) {
    if (!demand.requirement) return question_.add_body(subject, demand.control.control);
    const ir::Control& control = demand.control.program->controls[demand.control.control];
    return question_.add_condition(subject, control.requires_[*demand.requirement].root);
  }

  /// Accepted is "guard false, or guard and body true"; everything else is not.
  void accepted(FormulaId guard, FormulaId body, bool wanted) {
    const FormulaId negated = question_.negation(guard);
    const FormulaId formula = question_.disjunction({negated, question_.conjunction({guard, body})});
    goals_.push_back({formula, wanted ? Want::True : Want::NotTrue});
  }

  Question question_;
  std::vector<const ir::Program*> programs_;
  std::vector<Goal> goals_;
};

/// Of a requirement alone the search itself has judged the parts.
bool is_met(const Demand& demand, const std::vector<Assumption>& host) {
  if (demand.requirement) return true;
  const evaluate::Verdict verdict = verdict_on(demand.control, host);
  switch (demand.outcome) {
    case Outcome::Pass:
      return verdict == evaluate::Verdict::Pass;
    case Outcome::Fail:
      return verdict == evaluate::Verdict::Fail;
    case Outcome::NotApplicable:
      return verdict == evaluate::Verdict::NotApplicable;
    case Outcome::Applies:
      return verdict != evaluate::Verdict::NotApplicable;
    case Outcome::Accepted:
      return verdict == evaluate::Verdict::Pass || verdict == evaluate::Verdict::NotApplicable;
    case Outcome::NotAccepted:
      return verdict != evaluate::Verdict::Pass && verdict != evaluate::Verdict::NotApplicable;
  }
  return false;
}

ControlComparison conclude(Finding only_old, Finding only_new) {
  ControlComparison comparison{Relation::Undetermined, std::move(only_old), std::move(only_new), {}};
  const Answer less = comparison.only_old.answer;
  const Answer more = comparison.only_new.answer;
  if (less == Answer::Undetermined || more == Answer::Undetermined) {
    comparison.reason =
        less == Answer::Undetermined ? comparison.only_old.reason : comparison.only_new.reason;
    return comparison;
  }
  const bool stricter = less == Answer::Found;
  const bool looser = more == Answer::Found;
  comparison.relation = stricter && looser ? Relation::Incomparable
                        : stricter         ? Relation::Stricter
                        : looser           ? Relation::Looser
                                           : Relation::Equal;
  return comparison;
}

bool is_sensitive(const value::Address& location) {
  return value::resource_info(location.resource).attributes[location.attribute].sensitive;
}

std::string age_text(value::Integer seconds) {
  if (seconds == value::Integer()) return "today";
  return value::to_text(value::Value(value::Duration{value::Number::exactly(seconds)})) + " ago";
}

/// What people said, where that is what is assumed.
std::optional<evidence::Attestation> attestation_of(const Assumption& assumption) {
  if (assumption.location.resource != value::ResourceKind::Attested) return std::nullopt;
  return evidence::attestation_in(assumption.fact.value);
}

/// All that a control may be asked about.
const Scope kEverything{.policies = true};

}  // namespace

evaluate::Verdict verdict_on(const ControlView& control, const std::vector<Assumption>& host) {
  const Derivation derivation(*control.program);
  Locations locations;
  std::vector<LocationId> ids;
  for (const Assumption& assumption : host) ids.push_back(locations.intern(assumption.location));
  AssumedFacts facts(derivation, locations);
  for (std::size_t i = 0; i < host.size(); ++i) facts.assume(ids[i], &host[i].fact);
  evaluate::Options options;
  options.controls = {control.control};
  return evaluate::evaluate(*control.program, facts, options).controls.front().raw;
}

evaluate::Verdict verdict_from(const ControlView& control, value::Evidence evidence, std::int64_t as_of) {
  const derive::HostFacts facts(*control.program, std::move(evidence), value::Layer::Effective, as_of);
  evaluate::Options options;
  options.as_of = as_of;
  options.controls = {control.control};
  return evaluate::evaluate(*control.program, facts, options).controls.front().raw;
}

std::optional<evaluate::Verdict> verdict_in_evidence(const ControlView& control,
                                                     const std::vector<Assumption>& host) {
  constexpr std::int64_t kAsOf = 1'800'000'000;  // any day: what has a date is dated back from it
  const ir::Control& asked = control.program->controls[control.control];
  evidence::AssumedHost assumed =
      evidence::evidence_of(host, kAsOf, mentions_of(*control.program, asked).principals);
  if (!assumed.left_out.empty()) return std::nullopt;
  return verdict_from(control, std::move(assumed.evidence), kAsOf);
}

BodyPlaces body_places(const ControlView& control) {
  Question question;
  question.add_body(question.add_program(*control.program), control.control);
  BodyPlaces places;
  std::vector<std::string> of_host;
  for (LocationId id = 0; id < question.location_count(); ++id) {
    const value::Address& location = question.location(id);
    const bool is_host = location.resource == value::ResourceKind::Host;
    (is_host ? of_host : places.locations).push_back(location_key(location));
    ObjectRole role = object_role(location);
    if (!role.object.empty())
      (role.itself ? places.objects : places.properties).insert(std::move(role.object));
  }
  if (places.locations.empty()) places.locations = std::move(of_host);
  std::sort(places.locations.begin(), places.locations.end());
  return places;
}

Finding solve(const std::vector<Demand>& demands, const Scope& scope) {
  Finding finding = Demands(demands, scope).solve();
  if (finding.answer != Answer::Found) return finding;
  for (const Demand& demand : demands) {
    if (!is_met(demand, finding.host))
      return {Answer::Undetermined, {}, "the evaluator does not agree with the host that was found"};
  }
  return finding;
}

ControlComparison compare(const ControlView& older, const ControlView& newer) {
  return conclude(solve({{older, Outcome::Accepted}, {newer, Outcome::NotAccepted}}, kEverything),
                  solve({{newer, Outcome::Accepted}, {older, Outcome::NotAccepted}}, kEverything));
}

ControlComparison compare_guards(const ControlView& older, const ControlView& newer) {
  return conclude(solve({{older, Outcome::Applies}, {newer, Outcome::NotApplicable}}, kEverything),
                  solve({{newer, Outcome::Applies}, {older, Outcome::NotApplicable}}, kEverything));
}

std::string to_text(const Assumption& assumption) {
  const std::string location = value::to_text(assumption.location);
  if (assumption.fact.status == FactStatus::Absent) return location + " = absent";
  if (is_sensitive(assumption.location)) return location + " = (not shown)";
  if (const auto said = attestation_of(assumption))
    return fmt::format("{} = {}, {}", location, said->yes ? "yes" : "no", age_text(said->age));
  return location + " = " + value::to_text(assumption.fact.value);
}

std::string to_text(const std::vector<Assumption>& host) {
  constexpr std::size_t kShown = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(host.size(), kShown); ++i)
    text += (i == 0 ? "" : "; ") + to_text(host[i]);
  if (host.size() > kShown) text += "; and " + std::to_string(host.size() - kShown) + " more";
  return text.empty() ? "any host" : text;
}

std::string summary(const std::vector<Assumption>& host) {
  constexpr std::size_t kShown = 4;
  std::map<std::string, std::pair<std::string, std::size_t>>
      alike;  // by text without digits: the first, how many
  for (const Assumption& assumption : host) {
    const std::string text = to_text(assumption);
    std::string key = text;
    std::erase_if(key, base::is_digit);
    ++alike.try_emplace(std::move(key), text, 0).first->second.second;
  }
  std::vector<std::pair<std::string, std::size_t>> kinds;
  for (const auto& [key, kind] : alike) kinds.push_back(kind);
  std::stable_sort(kinds.begin(), kinds.end(),
                   [](const auto& a, const auto& b) { return a.second < b.second; });
  std::string text;
  for (std::size_t i = 0; i < kinds.size() && i < kShown; ++i) {
    text += (i == 0 ? "" : "; ") + kinds[i].first;
    if (kinds[i].second > 1) text += " and " + std::to_string(kinds[i].second - 1) + " more like it";
  }
  return kinds.size() > kShown ? text + "; ..." : text;
}

}  // namespace polc::analysis
