// Controls that only one version has: does the other one ask for as much in other controls?
#include <algorithm>

#include "authoring/diff/claims.hpp"
#include "authoring/limits.hpp"

namespace polc::diff {

using analysis::Answer;
using analysis::ControlView;
using analysis::Outcome;

Cover::Cover(const ir::Program& program) : program_(program) {
  for (std::uint32_t i = 0; i < program.controls.size(); ++i)
    locations_.push_back(analysis::body_places({&program, i}).locations);
}

/// Those that speak about one of its places, are no less severe and no more waived; the first limits::kDiffCover.
std::vector<std::uint32_t> Cover::related(const ControlView& control) const {
  const std::vector<std::string> places = analysis::body_places(control).locations;
  const ir::Severity severity = control.program->controls[control.control].severity;
  std::vector<std::uint32_t> related;
  for (std::uint32_t i = 0; i < program_.controls.size(); ++i) {
    const bool shares = std::any_of(places.begin(), places.end(), [&](const std::string& place) {
      return std::binary_search(locations_[i].begin(), locations_[i].end(), place);
    });
    if (!shares || program_.controls[i].severity < severity || !waived_no_more({&program_, i}, control))
      continue;
    related.push_back(i);
    if (related.size() == limits::kDiffCover) break;
  }
  return related;
}

/// A host that all of these accept and the control does not.
analysis::Finding Cover::accepted_by(const std::vector<std::uint32_t>& controls,
                                     const ControlView& control) const {
  std::vector<analysis::Demand> demands{{control, Outcome::NotAccepted}};
  for (const std::uint32_t i : controls) demands.push_back({{&program_, i}, Outcome::Accepted});
  return analysis::solve(demands);
}

/// As few of them as still cover the control.
std::vector<std::uint32_t> Cover::without_spare(std::vector<std::uint32_t> controls,
                                                const ControlView& control) const {
  for (std::size_t i = controls.size(); i-- > 0;) {
    std::vector<std::uint32_t> fewer = controls;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (accepted_by(fewer, control).answer == Answer::Never) controls = std::move(fewer);
  }
  return controls;
}

Cover::Result Cover::of(const ControlView& control) const {
  const std::vector<std::uint32_t> related = this->related(control);
  const analysis::Finding finding = accepted_by(related, control);
  if (finding.answer == Answer::Never) return {true, without_spare(related, control), {}, false};
  if (finding.answer == Answer::Found) return {false, {}, finding.host, true};
  // What many controls together do may be too much to answer; what one of them does may not.
  for (const std::uint32_t i : related) {
    if (accepted_by({i}, control).answer == Answer::Never) return {true, {i}, {}, false};
  }
  const analysis::Finding alone = accepted_by({}, control);
  if (alone.answer == Answer::Found) return {false, {}, alone.host, true};
  return {};
}

}  // namespace polc::diff
