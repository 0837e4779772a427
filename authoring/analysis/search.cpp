#include "authoring/analysis/search.hpp"

#include <algorithm>
#include <optional>

namespace polc::analysis {
namespace {

using value::Truth;

bool satisfies(Truth truth, Want want) {
  switch (want) {
    case Want::True:
      return truth == Truth::True;
    case Want::False:
      return truth == Truth::False;
    case Want::NotTrue:
      return truth != Truth::True;
    case Want::NotFalse:
      return truth != Truth::False;
  }
  return false;
}

/// What a negation asks of its part.
Want opposite(Want want) {
  switch (want) {
    case Want::True:
      return Want::False;
    case Want::False:
      return Want::True;
    case Want::NotTrue:
      return Want::NotFalse;
    case Want::NotFalse:
      break;
  }
  return Want::NotTrue;
}

/// Regions that a location may still be in.
using Allowed = std::vector<bool>;

class Search {
 public:
  Search(Question& question, std::uint64_t steps)
      : question_(question),
        relations_(question.relations()),
        allowed_(question.location_count()),
        steps_left_(steps) {}

  bool run(std::vector<Goal> goals) { return solve(std::move(goals), {}, 0); }

  bool exhausted() const { return exhausted_; }
  const std::string& incomplete() const { return incomplete_; }
  std::vector<Assumption> host();

 private:
  struct Change {
    LocationId location;
    std::optional<Allowed> before;
  };

  bool solve(std::vector<Goal> goals, std::vector<Goal> choices, std::size_t depth);
  bool choose(std::vector<Goal> choices, std::size_t depth);
  bool make_coherent(std::size_t depth);
  bool choose_region(const Goal& goal, const std::vector<Goal>& choices, std::size_t depth);
  bool narrow(const Goal& goal, std::vector<Goal>& choices);
  bool restrict_to(LocationId location, const Allowed& to);
  void undo(std::size_t mark);
  const Allowed& allowed(LocationId location);
  std::vector<LocationId> undecided(const Atom& atom);
  std::optional<Allowed> remaining(AtomId atom, LocationId location, Want want);
  std::size_t only_region(LocationId location);

  void take_step() {
    exhausted_ = exhausted_ || steps_left_ == 0;
    if (!exhausted_) --steps_left_;
  }

  Question& question_;
  std::vector<FormulaId> relations_;  ///< that any host meets
  bool relating_ = false;             ///< what was asked for is met; the relations are what is left
  std::vector<std::optional<Allowed>> allowed_;  ///< by location; nullopt: nothing was asked of it yet
  std::vector<Change> changes_;
  std::uint64_t steps_left_;
  bool exhausted_ = false;
  std::string incomplete_;
};

const Allowed& Search::allowed(LocationId location) {
  if (!allowed_[location]) {
    changes_.push_back({location, std::nullopt});
    allowed_[location] = Allowed(question_.regions(location).size(), true);
    if (incomplete_.empty()) incomplete_ = question_.incomplete(location);
  }
  return *allowed_[location];
}

void Search::undo(std::size_t mark) {
  while (changes_.size() > mark) {
    allowed_[changes_.back().location] = std::move(changes_.back().before);
    changes_.pop_back();
  }
}

bool Search::restrict_to(LocationId location, const Allowed& to) {
  const Allowed& now = allowed(location);
  Allowed narrowed(now.size());
  bool any = false;
  for (std::size_t i = 0; i < now.size(); ++i) {
    narrowed[i] = now[i] && to[i];
    any = any || narrowed[i];
  }
  if (narrowed == now) return any;
  changes_.push_back({location, now});
  allowed_[location] = std::move(narrowed);
  return any;
}

std::size_t Search::only_region(LocationId location) {
  const Allowed& now = allowed(location);
  return static_cast<std::size_t>(std::find(now.begin(), now.end(), true) - now.begin());
}

std::vector<LocationId> Search::undecided(const Atom& atom) {
  std::vector<LocationId> open;
  for (const LocationId location : atom.locations) {
    const Allowed& now = allowed(location);
    if (std::count(now.begin(), now.end(), true) > 1) open.push_back(location);
  }
  return open;
}

/// Regions of one location under which the atom is as wanted, the others being decided.
std::optional<Allowed> Search::remaining(AtomId id, LocationId location, Want want) {
  const Atom& atom = question_.atom(id);
  std::vector<std::size_t> chosen;
  std::size_t own = 0;
  for (std::size_t k = 0; k < atom.locations.size(); ++k) {
    if (atom.locations[k] == location) own = k;
    chosen.push_back(only_region(atom.locations[k]));
  }
  Allowed result = allowed(location);
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (!result[i]) continue;
    chosen[own] = i;
    const auto truth = question_.truth(id, chosen);
    if (!truth) {
      exhausted_ = true;
      return std::nullopt;
    }
    result[i] = satisfies(*truth, want);
    take_step();
  }
  return result;
}

/// One goal: narrows regions, or leaves a choice. False: it cannot be reached.
bool Search::narrow(const Goal& goal, std::vector<Goal>& choices) {
  const Formula& formula = question_.formula(goal.formula);
  switch (formula.kind) {
    case Formula::Kind::True:
      return satisfies(Truth::True, goal.want);
    case Formula::Kind::False:
      return satisfies(Truth::False, goal.want);
    case Formula::Kind::Atom: {
      const Atom& atom = question_.atom(formula.atom);
      if (atom.locations.empty()) return satisfies(Truth::Unknown, goal.want);
      const std::vector<LocationId> open = undecided(atom);
      if (open.size() > 1) {
        choices.push_back(goal);
        return true;
      }
      const LocationId location = open.empty() ? atom.locations.front() : open.front();
      const auto regions = remaining(formula.atom, location, goal.want);
      return regions && restrict_to(location, *regions);
    }
    default:
      choices.push_back(goal);
      return true;
  }
}

/// Works off all that must hold, then makes one choice.
bool Search::solve(std::vector<Goal> goals, std::vector<Goal> choices, std::size_t depth) {
  if (depth > limits::kAnalysisDepth) exhausted_ = true;
  while (!goals.empty()) {
    const Goal goal = goals.back();
    goals.pop_back();
    take_step();
    if (exhausted_) return false;
    const Formula& formula = question_.formula(goal.formula);
    const bool wants_truth = goal.want == Want::True || goal.want == Want::NotFalse;
    const bool all_parts = (formula.kind == Formula::Kind::And && wants_truth) ||
                           (formula.kind == Formula::Kind::Or && !wants_truth);
    if (formula.kind == Formula::Kind::Not) {
      goals.push_back({formula.parts.front(), opposite(goal.want)});
    } else if (all_parts) {
      for (std::size_t i = formula.parts.size(); i-- > 0;) goals.push_back({formula.parts[i], goal.want});
    } else if (!narrow(goal, choices)) {
      return false;
    }
  }
  return choices.empty() ? make_coherent(depth) : choose(std::move(choices), depth);
}

/// Facts that were chosen go together. Nothing is chosen here that was not asked about.
bool Search::make_coherent(std::size_t depth) {
  if (relating_) return true;
  std::vector<Goal> goals;
  for (const FormulaId relation : relations_) {
    const auto& pair = question_.atom(question_.formula(relation).atom).locations;
    if (allowed_[pair[0]] && allowed_[pair[1]]) goals.push_back({relation, Want::True});
  }
  if (goals.empty()) return true;
  relating_ = true;
  const bool coherent = solve(std::move(goals), {}, depth + 1);
  relating_ = false;
  return coherent;
}

bool Search::choose(std::vector<Goal> choices, std::size_t depth) {
  // A choice between conditions comes before one between regions: it may narrow them.
  const auto between_conditions = std::find_if(choices.begin(), choices.end(), [&](const Goal& goal) {
    return question_.formula(goal.formula).kind != Formula::Kind::Atom;
  });
  const auto next = between_conditions != choices.end() ? between_conditions : choices.begin();
  const Goal goal = *next;
  choices.erase(next);
  const Formula& formula = question_.formula(goal.formula);
  if (formula.kind == Formula::Kind::Atom) return choose_region(goal, choices, depth);
  for (const FormulaId part : formula.parts) {
    const std::size_t mark = changes_.size();
    if (solve({{part, goal.want}}, choices, depth + 1)) return true;
    undo(mark);
    if (exhausted_) return false;
  }
  return false;
}

/// Decides one location of an atom that has several.
bool Search::choose_region(const Goal& goal, const std::vector<Goal>& choices, std::size_t depth) {
  const std::vector<LocationId> open = undecided(question_.atom(question_.formula(goal.formula).atom));
  if (open.size() < 2) return solve({goal}, choices, depth + 1);
  const Allowed options = allowed(open.front());
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (!options[i]) continue;
    Allowed only(options.size(), false);
    only[i] = true;
    const std::size_t mark = changes_.size();
    if (restrict_to(open.front(), only) && solve({goal}, choices, depth + 1)) return true;
    undo(mark);
    if (exhausted_) return false;
  }
  return false;
}

std::vector<Assumption> Search::host() {
  std::vector<Assumption> all;
  for (LocationId location = 0; location < allowed_.size(); ++location) {
    if (!allowed_[location]) continue;
    all.push_back({question_.location(location), question_.regions(location)[only_region(location)]});
  }
  return all;
}

}  // namespace

Finding find_host(Question& question, const std::vector<Goal>& goals, std::uint64_t steps) {
  if (!question.refused().empty()) return {Answer::Undetermined, {}, question.refused()};
  Search search(question, steps);
  // The first goal is worked off first.
  const bool found = search.run({goals.rbegin(), goals.rend()});
  if (search.exhausted()) return {Answer::Undetermined, {}, "there are too many combinations"};
  if (found) return {Answer::Found, search.host(), {}};
  if (std::string doubt = question.doubt(); !doubt.empty())
    return {Answer::Undetermined, {}, std::move(doubt)};
  if (!search.incomplete().empty()) return {Answer::Undetermined, {}, search.incomplete()};
  return {Answer::Never, {}, {}};
}

}  // namespace polc::analysis
