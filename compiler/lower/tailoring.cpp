#include "compiler/lower/tailoring.hpp"

#include <algorithm>
#include <set>

#include "compiler/resolve/words.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"

namespace polc::compiler {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

namespace {

/// What one profile itself says of the controls.
struct OwnWords {
  /// Whether a control is judged, and the clause that says so; empty where the profile leaves that to what it extends.
  struct Choice {
    bool judged = true;
    NodeId clause = grammar::kNoNode;
  };
  std::vector<Choice> choices;  // by control, or none at all
  std::map<std::uint32_t, Grade> grades;

  bool chooses(std::uint32_t control) const {
    return control < choices.size() && choices[control].clause != grammar::kNoNode;
  }
};

class Tailor {
 public:
  Tailor(const Package& package, Checker& checker, ControlTargets& targets, base::DiagnosticSink& sink)
      : package_(package), checker_(checker), targets_(targets), sink_(sink) {}

  Tailoring run(std::optional<ProfileId> chosen, bool for_comparison) {
    for (const ProfileDeclaration& profile : package_.profiles) own_.push_back(own_words(profile));
    for (const ProfileDeclaration& profile : package_.profiles) check_agreement(profile);
    Tailoring tailoring;
    tailoring.judged.assign(package_.controls.size(), true);
    if (!chosen) return tailoring;
    for (std::uint32_t control = 0; control < package_.controls.size(); ++control)
      apply(*chosen, control, tailoring);
    const bool nothing =
        std::none_of(tailoring.judged.begin(), tailoring.judged.end(), [](bool judged) { return judged; });
    const ProfileDeclaration& profile = package_.profiles[*chosen];
    if (nothing && !package_.controls.empty() && !for_comparison)
      sink_.add(diag::NothingJudged{.profile = profile.name}.at(profile.name_span));
    return tailoring;
  }

 private:
  const SyntaxTree& tree(const ProfileDeclaration& profile) const { return package_.tree(profile.module); }

  // --- one profile

  OwnWords own_words(const ProfileDeclaration& profile) {
    OwnWords own;
    for (const Assignment& assignment : profile.assignments) checker_.check_assignment(profile, assignment);
    const SyntaxTree& tree = this->tree(profile);
    for (const NodeId clause : tree.children(profile.node)) {
      if (tree.kind(clause) == NodeKind::Include) include(profile, clause, own);
    }
    for (const NodeId clause : tree.children(profile.node)) {
      if (tree.kind(clause) == NodeKind::Exclude) exclude(profile, clause, own);
      if (tree.kind(clause) == NodeKind::Regrading) regrade(profile, clause, own);
      if (tree.kind(clause) == NodeKind::Loosen) targets_.of(profile.module, clause);
    }
    return own;
  }

  /// What no `include` names is left out.
  void include(const ProfileDeclaration& profile, NodeId clause, OwnWords& own) {
    if (own.choices.empty()) own.choices.assign(package_.controls.size(), {false, clause});
    for (const std::uint32_t control : targets_.of(profile.module, clause))
      own.choices[control] = {true, clause};
  }

  void exclude(const ProfileDeclaration& profile, NodeId clause, OwnWords& own) {
    own.choices.resize(package_.controls.size());
    for (const std::uint32_t control : targets_.of(profile.module, clause))
      own.choices[control] = {false, clause};
  }

  void regrade(const ProfileDeclaration& profile, NodeId clause, OwnWords& own) {
    const SyntaxTree& tree = this->tree(profile);
    const NodeId word = tree.last_child(clause);
    const auto severity = read_severity(tree.text(word), tree.span(word), sink_);
    if (!severity) return;
    for (const std::uint32_t control : targets_.of(profile.module, clause)) {
      const auto [known, is_new] = own.grades.try_emplace(control, Grade{*severity, tree.span(clause)});
      if (is_new) continue;
      base::Diagnostic twice =
          diag::TailoredTwice{.what = "the severity of " + package_.controls[control].id}.at(
              tree.span(clause));
      twice.labels.push_back({known->second.span, "first said here"});
      sink_.add(std::move(twice));
      return;
    }
  }

  // --- several profiles

  static constexpr std::uint64_t bit(ProfileId id) { return std::uint64_t{1} << id; }

  /// Of the profiles in a chain that have a say, those that no other of them extends.
  template <class Speaks>
  std::vector<ProfileId> last_words(const ProfileDeclaration& profile, Speaks speaks) const {
    std::uint64_t extended = 0;
    std::vector<ProfileId> speakers;
    for (const ProfileId id : profile.chain) {
      if (!speaks(id)) continue;
      speakers.push_back(id);
      extended |= package_.profiles[id].extended;
    }
    std::erase_if(speakers, [&](ProfileId id) { return (extended & bit(id)) != 0; });
    return speakers;
  }

  std::vector<ProfileId> choosers(const ProfileDeclaration& profile, std::uint32_t control) const {
    return last_words(profile, [&](ProfileId id) { return own_[id].chooses(control); });
  }
  std::vector<ProfileId> graders(const ProfileDeclaration& profile, std::uint32_t control) const {
    return last_words(profile, [&](ProfileId id) { return own_[id].grades.contains(control); });
  }

  void apply(ProfileId chosen, std::uint32_t control, Tailoring& tailoring) const {
    const ProfileDeclaration& profile = package_.profiles[chosen];
    const auto deciding = choosers(profile, control);
    if (!deciding.empty()) tailoring.judged[control] = own_[deciding.back()].choices[control].judged;
    const auto grading = graders(profile, control);
    if (!grading.empty()) tailoring.grades.emplace(control, own_[grading.back()].grades.at(control));
  }

  /// What a profile extends may not disagree, unless the profile has the last word itself.
  void check_agreement(const ProfileDeclaration& profile) {
    if (profile.extends.size() < 2) return;
    reported_.clear();
    for (std::uint32_t control = 0; control < package_.controls.size(); ++control) {
      check_choices(profile, control);
      check_grades(profile, control);
    }
    std::set<DeclarationId> seen;
    for (const ProfileId id : profile.chain) {
      for (const Assignment& assignment : package_.profiles[id].assignments) {
        if (seen.insert(assignment.parameter).second) check_parameter(profile, assignment.parameter);
      }
    }
  }

  void check_choices(const ProfileDeclaration& profile, std::uint32_t control) {
    const auto speakers = choosers(profile, control);
    if (speakers.size() < 2) return;
    const auto choice = [&](ProfileId p) { return own_[p].choices[control]; };
    const auto same = [&](ProfileId a, ProfileId b) { return choice(a).judged == choice(b).judged; };
    const auto place = [&](ProfileId p) { return tree(package_.profiles[p]).span(choice(p).clause); };
    compare(profile, speakers, "whether " + package_.controls[control].id + " is judged", same, place);
  }

  void check_grades(const ProfileDeclaration& profile, std::uint32_t control) {
    const auto speakers = graders(profile, control);
    if (speakers.size() < 2) return;
    const auto grade = [&](ProfileId p) { return own_[p].grades.at(control); };
    const auto same = [&](ProfileId a, ProfileId b) { return grade(a).severity == grade(b).severity; };
    const auto place = [&](ProfileId p) { return grade(p).span; };
    compare(profile, speakers, "the severity of " + package_.controls[control].id, same, place);
  }

  void check_parameter(const ProfileDeclaration& profile, DeclarationId parameter) {
    const auto sets = [&](ProfileId p) { return find_assignment(p, parameter) != nullptr; };
    const auto speakers = last_words(profile, sets);
    if (speakers.size() < 2) return;
    const auto same = [&](ProfileId a, ProfileId b) { return is_same_value(a, b, parameter); };
    const auto place = [&](ProfileId p) {
      return tree(package_.profiles[p]).span(find_assignment(p, parameter)->node);
    };
    compare(profile, speakers, fmt::format("parameter `{}`", package_.declarations[parameter].name), same,
            place);
  }

  const Assignment* find_assignment(ProfileId profile, DeclarationId parameter) const {
    const auto& all = package_.profiles[profile].assignments;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Assignment& a) { return a.parameter == parameter; });
    return found != all.end() ? &*found : nullptr;
  }

  /// True where a value is none: that has been reported.
  bool is_same_value(ProfileId a, ProfileId b, DeclarationId parameter) {
    const auto first = checker_.check_assignment(package_.profiles[a], *find_assignment(a, parameter));
    const auto second = checker_.check_assignment(package_.profiles[b], *find_assignment(b, parameter));
    return !first || !second || value::structural_order(*first, *second) == 0;
  }

  template <class Same, class Place>
  void compare(const ProfileDeclaration& profile, const std::vector<ProfileId>& speakers, std::string what,
               Same same, Place place) {
    const ProfileId first = speakers.front();
    const auto other = std::find_if(speakers.begin() + 1, speakers.end(),
                                    [&](ProfileId speaker) { return !same(first, speaker); });
    if (other == speakers.end() || is_inherited(profile, first, *other)) return;
    const std::pair places{place(first), place(*other)};
    if (std::find(reported_.begin(), reported_.end(), places) != reported_.end()) return;
    reported_.push_back(places);
    base::Diagnostic conflict = diag::ProfileConflict{.profile = profile.name,
                                                      .first = package_.profiles[first].name,
                                                      .second = package_.profiles[*other].name,
                                                      .what = std::move(what)}
                                    .at(profile.name_span);
    conflict.labels.push_back({places.first, "one says this"});
    conflict.labels.push_back({places.second, "the other says this"});
    sink_.add(std::move(conflict));
  }

  /// Reported where the two first come together.
  bool is_inherited(const ProfileDeclaration& profile, ProfileId a, ProfileId b) const {
    return std::any_of(profile.extends.begin(), profile.extends.end(), [&](ProfileId base) {
      const std::uint64_t linked = package_.profiles[base].extended | bit(base);
      return (linked & bit(a)) != 0 && (linked & bit(b)) != 0;
    });
  }

  const Package& package_;
  Checker& checker_;
  ControlTargets& targets_;
  base::DiagnosticSink& sink_;
  std::vector<OwnWords> own_;                                // by profile
  std::vector<std::pair<base::Span, base::Span>> reported_;  // clauses that disagree, of the profile at hand
};

const std::vector<std::string_view> kSeverities{"info", "low", "medium", "high", "critical"};

}  // namespace

std::optional<ir::Severity> read_severity(std::string_view word, base::Span span,
                                          base::DiagnosticSink& sink) {
  const auto found = std::find(kSeverities.begin(), kSeverities.end(), word);
  if (found != kSeverities.end()) return static_cast<ir::Severity>(found - kSeverities.begin());
  sink.add(with_nearest(
      diag::UnknownMember{.word = std::string(word), .type = "severity", .hint = advice(word, kSeverities)}
          .at(span),
      word, kSeverities));
  return std::nullopt;
}

Tailoring tailor(const Package& package, Checker& checker, ControlTargets& targets,
                 std::optional<ProfileId> chosen, bool for_comparison, base::DiagnosticSink& sink) {
  return Tailor(package, checker, targets, sink).run(chosen, for_comparison);
}

std::vector<LinkedProfile> linked_profiles(const Package& package, ControlTargets& targets,
                                           ProfileId chosen) {
  std::vector<LinkedProfile> linked;
  for (const ProfileId id : package.profiles[chosen].chain) {
    const ProfileDeclaration& declaration = package.profiles[id];
    const SyntaxTree& tree = package.tree(declaration.module);
    LinkedProfile& profile = linked.emplace_back();
    profile.name = declaration.name;
    profile.span = declaration.name_span;
    for (const ProfileId base : declaration.extends) profile.extends.push_back(package.profiles[base].name);
    const auto add = [&](std::vector<ProfileClause>& clauses, NodeId node) {
      ProfileClause& clause = clauses.emplace_back();
      clause.span = tree.span(node);
      clause.target = targets.text(declaration.module, node);
      clause.written = targets.written(declaration.module, node);
      for (const std::uint32_t control : targets.of(declaration.module, node))
        clause.controls.push_back(package.controls[control].id);
    };
    for (const NodeId node : tree.children(declaration.node)) {
      if (tree.kind(node) == NodeKind::Include) add(profile.include, node);
      if (tree.kind(node) == NodeKind::Exclude) add(profile.exclude, node);
      if (tree.kind(node) == NodeKind::Regrading) add(profile.severity, node);
      if (tree.kind(node) != NodeKind::Loosen) continue;
      add(profile.loosen, node);
      profile.loosen.back().reason = grammar::decode_string(tree, tree.last_child(node));
    }
    for (const Assignment& assignment : declaration.assignments) {
      profile.set.push_back(
          {std::string(package.declarations[assignment.parameter].name), tree.span(assignment.node)});
    }
  }
  return linked;
}

}  // namespace polc::compiler
