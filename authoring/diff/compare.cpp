// Matches the controls of two policies and puts the parts of the comparison together.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "authoring/diff/claims.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/diff.hpp"

namespace polc::diff {
namespace {

using analysis::ControlView;
using ir::Program;

std::string value_text(const Program& program, ir::ConstantId id) {
  return value::to_text(program.constants[id]);
}

// --- matching

/// Controls by id and by `formerly`, ignoring case.
class Index {
 public:
  explicit Index(const Program& program) {
    for (std::uint32_t i = 0; i < program.controls.size(); ++i)
      ids_.emplace(base::fold_case(program.text(program.controls[i].id)), i);
    for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
      for (const ir::TextId id : program.controls[i].formerly)
        former_.emplace(base::fold_case(program.text(id)), i);
    }
  }

  std::optional<std::uint32_t> by_id(std::string_view id) const { return find(ids_, id); }
  std::optional<std::uint32_t> by_former_id(std::string_view id) const { return find(former_, id); }

 private:
  using Ids = std::map<std::string, std::uint32_t>;

  static std::optional<std::uint32_t> find(const Ids& ids, std::string_view id) {
    const auto found = ids.find(base::fold_case(id));
    return found != ids.end() ? std::optional(found->second) : std::nullopt;
  }

  Ids ids_, former_;
};

/// For each newer control the older one that it was. A renaming counts in both directions, so that taking one back is one.
std::vector<std::optional<std::uint32_t>> match(const Program& older, const Program& newer) {
  const Index old_index(older);
  const Index new_index(newer);
  std::vector<std::optional<std::uint32_t>> matches(newer.controls.size());
  std::set<std::uint32_t> taken;
  const auto take = [&](std::uint32_t control, std::optional<std::uint32_t> old) {
    if (!matches[control] && old && taken.insert(*old).second) matches[control] = old;
  };
  const auto id = [&](std::uint32_t control) { return newer.text(newer.controls[control].id); };
  for (std::uint32_t i = 0; i < newer.controls.size(); ++i) take(i, old_index.by_id(id(i)));
  for (std::uint32_t i = 0; i < newer.controls.size(); ++i) {
    if (matches[i]) continue;
    for (const ir::TextId former : newer.controls[i].formerly) take(i, old_index.by_id(newer.text(former)));
    const auto old = old_index.by_former_id(id(i));
    if (old && !new_index.by_id(older.text(older.controls[*old].id))) take(i, old);
  }
  return matches;
}

// --- one control

void compare_severities(const Pair& pair, std::vector<Claim>& claims) {
  const ir::Severity before = pair.old_control().severity;
  const ir::Severity after = pair.new_control().severity;
  const std::string from(ir::severity_name(before));
  const std::string to(ir::severity_name(after));
  if (after < before) claims.push_back({Effect::Looser, diag::SeverityLowered{.from = from, .to = to}.at()});
  if (before < after) claims.push_back({Effect::Stricter, diag::SeverityRaised{.from = from, .to = to}.at()});
}

void compare_ids(const Pair& pair, std::vector<Claim>& claims) {
  const std::string_view before = pair.older.program->text(pair.old_control().id);
  if (before == pair.newer.program->text(pair.new_control().id)) return;
  claims.push_back({Effect::Equal, diag::ControlRenamed{.from = std::string(before)}.at()});
}

void compare_questions(const Pair& pair, std::vector<Claim>& claims) {
  const auto& before = pair.old_control().manual;
  const auto& after = pair.new_control().manual;
  if (!before || !after) return;
  if (pair.older.program->text(before->instruction) == pair.newer.program->text(after->instruction)) return;
  claims.push_back(
      {Effect::Undetermined, diag::QuestionChanged{}.at(), std::nullopt, after->range, before->range});
}

/// Both versions are compared with the values of their parameters; where other values may tell them apart, that is said.
/// `reads_differently`: they are not the same node by node, and nothing else was found.
void compare_parameters_named(const Pair& pair, bool reads_differently, std::vector<Claim>& claims) {
  const auto before = parameters_of(pair.older);
  const auto after = parameters_of(pair.newer);
  const auto text = [](const std::map<std::string, std::string>& parameters, bool with_values) {
    std::string names;
    for (const auto& [name, value] : parameters)
      names += (names.empty() ? "" : ", ") + name + (with_values ? " = " + value : std::string());
    return names.empty() ? "no parameter" : names;
  };
  const auto same_name = [](const auto& a, const auto& b) { return a.first == b.first; };
  if (!std::equal(before.begin(), before.end(), after.begin(), after.end(), same_name)) {
    claims.push_back(
        {Effect::Equal,
         diag::DependsOnOthers{.before = text(before, false), .after = text(after, false)}.at()});
  } else if (reads_differently && !after.empty()) {
    claims.push_back({Effect::Equal, diag::EqualForParameters{.parameters = text(after, true)}.at()});
  }
}

/// What people read of a control, by the name of its clause.
std::vector<std::pair<std::string_view, std::string>> texts_of(const ControlView& view) {
  const Program& program = *view.program;
  const ir::Control& control = program.controls[view.control];
  const auto text = [&](ir::TextId id) { return std::string(program.text(id)); };
  std::string tags, references, labels, waivers;
  for (const ir::TextId tag : control.tags) tags += text(tag) + '\n';
  for (const ir::Reference& reference : control.references)
    references += fmt::format("{} {}\n", ir::reference_name(reference.kind), program.text(reference.text));
  for (const ir::Require& require : control.requires_)
    labels += require.label == 0 ? std::string() : text(require.label) + '\n';
  for (const ir::Waiver& waiver : program.waivers) {
    if (std::binary_search(waiver.controls.begin(), waiver.controls.end(), view.control))
      waivers += fmt::format("{}\n{}\n{}\n", text(waiver.reason), text(waiver.owner), text(waiver.ticket));
  }
  return {{"title", text(control.title)},
          {"description", text(control.description)},
          {"group", control.group == ir::kNone ? "" : text(program.groups[control.group].title)},
          {"tags", tags},
          {"refs", references},
          {"because", text(control.because)},
          {"fix", text(control.fix)},
          {"labels", labels},
          {"waivers", waivers}};
}

void compare_texts(const Pair& pair, bool waivers_changed, std::vector<Claim>& claims) {
  const auto before = texts_of(pair.older);
  const auto after = texts_of(pair.newer);
  std::vector<std::string_view> changed;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool told = waivers_changed && before[i].first == "waivers";
    if (before[i].second != after[i].second && !told) changed.push_back(before[i].first);
  }
  if (changed.empty()) return;
  claims.push_back(
      {Effect::Equal, diag::TextChanged{.what = fmt::format("{}", fmt::join(changed, ", "))}.at()});
}

ControlDifference compare_pair(const Pair& pair) {
  ControlDifference difference{pair.older.control, pair.newer.control, Effect::Equal, {}, {}};
  compare_ids(pair, difference.claims);
  const std::size_t before_demands = difference.claims.size();
  const bool same = compare_demands(pair, difference.claims);
  const bool found = difference.claims.size() > before_demands;
  if (found) difference.causes = causes_of(pair);
  compare_parameters_named(pair, !same && !found, difference.claims);
  compare_questions(pair, difference.claims);
  compare_severities(pair, difference.claims);
  const std::size_t before_waivers = difference.claims.size();
  compare_waivers(pair, difference.claims);
  compare_texts(pair, difference.claims.size() > before_waivers, difference.claims);
  difference.effect = overall(difference.claims);
  return difference;
}

// --- controls that one version does not have

/// "`A`, `B` ask for as much".
std::string covering_text(const Program& program, const std::vector<std::uint32_t>& controls,
                          std::string_view one_verb, std::string_view verb) {
  std::vector<std::string> ids;
  for (const std::uint32_t i : controls)
    ids.push_back(fmt::format("`{}`", program.text(program.controls[i].id)));
  return fmt::format("{} {} for as much", fmt::join(ids, ", "), ids.size() == 1 ? one_verb : verb);
}

ControlDifference removed(const ControlView& control, const Program& newer, const Cover& cover) {
  ControlDifference difference{control.control, std::nullopt, Effect::Equal, {}, {}};
  const Cover::Result result = cover.of(control);
  Claim claim;
  claim.old_place = control.program->controls[control.control].header;
  if (result.covered) {
    const std::string why =
        result.by.empty() ? "no host failed it" : covering_text(newer, result.by, "asks", "ask");
    claim.what = diag::RemovedAndCovered{.because = why}.at();
    if (!result.by.empty()) claim.place = newer.controls[result.by.front()].header;
  } else {
    claim.what = diag::ControlRemoved{}.at();
    claim.effect = Effect::Looser;
    if (result.found) claim.witness = witness_of(result.host, control, {});
  }
  difference.claims.push_back(std::move(claim));
  difference.effect = overall(difference.claims);
  return difference;
}

ControlDifference added(const ControlView& control, const Program& older, const Cover& cover) {
  ControlDifference difference{std::nullopt, control.control, Effect::Equal, {}, {}};
  const Cover::Result result = cover.of(control);
  Claim claim;
  if (result.covered) {
    const std::string why =
        result.by.empty() ? "no host fails it" : covering_text(older, result.by, "asked", "asked");
    claim.what = diag::AddedAndCovered{.because = why}.at();
    if (!result.by.empty()) claim.old_place = older.controls[result.by.front()].header;
  } else {
    claim.what = diag::ControlAdded{}.at();
    claim.effect = Effect::Stricter;
    if (result.found) claim.witness = witness_of(result.host, {}, control);
  }
  difference.claims.push_back(std::move(claim));
  difference.effect = overall(difference.claims);
  return difference;
}

// --- the policy

std::string age_text(const std::optional<std::uint64_t>& seconds) {
  if (!seconds) return "of any age";
  const value::Duration age{value::Number::exactly(value::Integer::of_unsigned(*seconds))};
  return value::to_text(value::Value(age)) + " old at most";
}

void compare_policies(const Program& older, const Program& newer, std::vector<Claim>& claims) {
  const ir::PolicyInfo& before = older.policy;
  const ir::PolicyInfo& after = newer.policy;
  const auto limit = [](const ir::PolicyInfo& info) { return info.evidence_max_age.value_or(UINT64_MAX); };
  const std::string old_age = age_text(before.evidence_max_age);
  const std::string new_age = age_text(after.evidence_max_age);
  if (limit(after) > limit(before))
    claims.push_back({Effect::Looser, diag::EvidenceMayBeOlder{.before = old_age, .after = new_age}.at()});
  if (limit(after) < limit(before))
    claims.push_back({Effect::Stricter, diag::EvidenceMustBeNewer{.before = old_age, .after = new_age}.at()});
  if (after.allow_network && !before.allow_network)
    claims.push_back({Effect::Equal, diag::NetworkPermitted{}.at()});
  if (before.allow_network && !after.allow_network)
    claims.push_back({Effect::Equal, diag::NetworkNotPermitted{}.at()});
}

std::vector<ParameterChange> compare_parameters(const Program& older, const Program& newer) {
  std::map<std::string, ParameterChange> changes;
  const auto change = [&](const Program& program, const ir::Parameter& parameter) -> ParameterChange& {
    const std::string name(program.text(parameter.name));
    changes[name].name = name;
    return changes[name];
  };
  for (const ir::Parameter& parameter : older.parameters)
    change(older, parameter).before = value_text(older, parameter.value);
  for (const ir::Parameter& parameter : newer.parameters) {
    ParameterChange& found = change(newer, parameter);
    found.after = value_text(newer, parameter.value);
    found.place = parameter.range;
  }
  std::vector<ParameterChange> changed;
  for (auto& [name, parameter] : changes) {
    if (parameter.before != parameter.after) changed.push_back(std::move(parameter));
  }
  return changed;
}

}  // namespace

Difference compare(const Program& older, const Program& newer) {
  Difference difference;
  difference.older = &older;
  difference.newer = &newer;
  compare_policies(older, newer, difference.policy);
  difference.parameters = compare_parameters(older, newer);
  const auto matches = match(older, newer);
  const std::set<std::optional<std::uint32_t>> matched(matches.begin(), matches.end());
  std::optional<Cover> by_older, by_newer;  // only where they are needed
  for (std::uint32_t i = 0; i < newer.controls.size(); ++i) {
    if (!matches[i]) {
      if (!by_older) by_older.emplace(older);
      difference.controls.push_back(added({&newer, i}, older, *by_older));
      continue;
    }
    ControlDifference changed = compare_pair({{&older, *matches[i]}, {&newer, i}});
    if (changed.claims.empty())
      difference.unchanged.push_back(i);
    else
      difference.controls.push_back(std::move(changed));
  }
  for (std::uint32_t i = 0; i < older.controls.size(); ++i) {
    if (matched.contains(i)) continue;
    if (!by_newer) by_newer.emplace(newer);
    difference.controls.push_back(removed({&older, i}, newer, *by_newer));
  }
  return difference;
}

}  // namespace polc::diff
