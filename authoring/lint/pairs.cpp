// Controls that speak about the same places: found by location, compared in pairs.
#include <algorithm>
#include <map>

#include "authoring/limits.hpp"
#include "authoring/lint/findings.hpp"
#include "runtime/base/diagnostics/lint.hpp"

namespace polc::lint {
namespace {

using analysis::Answer;
using analysis::ControlView;
using analysis::Outcome;
using analysis::Relation;

/// Conditions that no host meets together: of two controls that can fail, and never apply to one host, neither
/// contradicts nor covers the other. Controls of a group share their condition.
class Conditions {
 public:
  explicit Conditions(const ir::Program& program) : program_(program) {}

  bool exclude_one_another(const Pair& pair) {
    const ir::NodeId a = program_.controls[pair.first].guard, b = program_.controls[pair.second].guard;
    if (a == ir::kNone || b == ir::kNone || a == b) return false;
    const auto [known, is_new] = known_.try_emplace({a, b});
    if (is_new) {
      known->second = analysis::solve({{{&program_, pair.first}, Outcome::Applies},
                                       {{&program_, pair.second}, Outcome::Applies}})
                          .answer == Answer::Never;
    }
    return known->second;
  }

 private:
  const ir::Program& program_;
  std::map<std::pair<ir::NodeId, ir::NodeId>, bool> known_;
};

/// `what` the finding is about first, the other control as its second place.
void add(Findings& findings, base::Diagnostic diagnostic, std::uint32_t control, std::uint32_t other) {
  diagnostic.span = findings.header(control);
  diagnostic.labels.push_back({findings.header(other), "the other control"});
  findings.add(std::move(diagnostic), {control, other});
}

void undetermined(Findings& findings, const Pair& pair, const std::string& what, const std::string& why) {
  add(findings,
      diag::LintUndetermined{
          .what = what + " `" + findings.id(pair.first) + "` and `" + findings.id(pair.second) + "`",
          .because = why}
          .at(),
      pair.first, pair.second);
}

/// True where no host passes both though both apply to one.
bool conflict(Findings& findings, const Pair& pair) {
  const ControlView a{&findings.program(), pair.first}, b{&findings.program(), pair.second};
  const analysis::Finding both = analysis::solve({{a, Outcome::Pass}, {b, Outcome::Pass}});
  if (both.answer == Answer::Undetermined)
    undetermined(findings, pair, "whether a host can pass both", both.reason);
  if (both.answer != Answer::Never) return false;
  const analysis::Finding apply = analysis::solve({{a, Outcome::Pass}, {b, Outcome::Fail}});
  if (apply.answer != Answer::Found) return false;
  add(findings,
      diag::ControlsConflict{.control = findings.id(pair.first),
                             .other = findings.id(pair.second),
                             .host = analysis::to_text(apply.host)}
          .at(),
      pair.first, pair.second);
  return true;
}

void shadow(Findings& findings, const Pair& pair) {
  const auto comparison =
      analysis::compare({&findings.program(), pair.first}, {&findings.program(), pair.second});
  const std::string first = findings.id(pair.first), second = findings.id(pair.second);
  switch (comparison.relation) {
    case Relation::Equal:
      return add(findings, diag::SameControl{.control = second, .other = first}.at(), pair.second,
                 pair.first);
    case Relation::Stricter:  // the second one accepts less
      return add(findings,
                 diag::ShadowedControl{
                     .control = first, .other = second, .host = analysis::to_text(comparison.only_old.host)}
                     .at(),
                 pair.first, pair.second);
    case Relation::Looser:
      return add(findings,
                 diag::ShadowedControl{
                     .control = second, .other = first, .host = analysis::to_text(comparison.only_new.host)}
                     .at(),
                 pair.second, pair.first);
    case Relation::Undetermined:
      return undetermined(findings, pair, "which hosts fail only one of", comparison.reason);
    case Relation::Incomparable:
      break;
  }
}

}  // namespace

namespace {

using Controls = std::vector<std::uint32_t>;

/// Controls by what they speak about.
struct Speakers {
  std::map<std::string, Controls> locations, objects, properties;

  void add(const ControlView& view) {
    const analysis::BodyPlaces places = analysis::body_places(view);
    for (const std::string& key : places.locations) locations[key].push_back(view.control);
    for (const std::string& key : places.objects) objects[key].push_back(view.control);
    for (const std::string& key : places.properties) properties[key].push_back(view.control);
  }
};

/// False where there are too many.
bool add_pair(RelatedPairs& related, std::uint32_t a, std::uint32_t b) {
  const Pair pair(std::min(a, b), std::max(a, b));
  if (related.pairs.size() >= limits::kLintPairs && !related.pairs.contains(pair)) related.complete = false;
  if (related.complete) related.pairs.insert(pair);
  return related.complete;
}

}  // namespace

RelatedPairs related_pairs(const ir::Program& program, const std::vector<Known>& known) {
  Speakers speakers;
  for (std::uint32_t i = 0; i < known.size(); ++i) {
    if (known[i].can_pass && known[i].can_fail) speakers.add({&program, i});
  }
  RelatedPairs related;
  for (const auto& [key, controls] : speakers.locations) {
    for (std::size_t a = 0; a < controls.size(); ++a) {
      for (std::size_t b = a + 1; b < controls.size(); ++b) {
        if (!add_pair(related, controls[a], controls[b])) return related;
      }
    }
  }
  // What is not there has no properties.
  for (const auto& [key, controls] : speakers.objects) {
    for (const std::uint32_t a : controls) {
      for (const std::uint32_t b : speakers.properties[key]) {
        if (a != b && !add_pair(related, a, b)) return related;
      }
    }
  }
  return related;
}

void lint_pairs(Findings& findings, const std::vector<Known>& known) {
  const RelatedPairs related = related_pairs(findings.program(), known);
  Conditions conditions(findings.program());
  for (const Pair& pair : related.pairs) {
    if (conditions.exclude_one_another(pair)) continue;
    if (!conflict(findings, pair)) shadow(findings, pair);
  }
  if (!related.complete)
    findings.add(diag::LintUndetermined{.what = "whether all controls agree",
                                        .because = "too many of them speak about one place"}
                     .at(),
                 {});
}

}  // namespace polc::lint
