#include "authoring/tailoring/tailoring.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "authoring/analysis/analysis.hpp"
#include "authoring/analysis/same_control.hpp"
#include "runtime/base/diagnostics/tailoring.hpp"
#include "runtime/value/spelling.hpp"

namespace polc::authoring {
namespace {

using compiler::LinkedProfile;
using compiler::ProfileClause;

/// One compilation, with its controls by id.
struct Tailored {
  ir::Program program;
  std::map<std::string_view, std::uint32_t> controls;
};

/// What one clause of a profile does to some controls.
struct Finding {
  bool proved = true;  ///< that it asks for less; else nothing is proved
  base::Span span;
  std::string how;     ///< `{}` stands for the controls
  std::string target;  ///< for `loosen`, in policy syntax; empty: the controls
  std::vector<std::string> controls;
};

class TailoringCheck {
 public:
  TailoringCheck(const compiler::CompileOptions& options, const std::vector<LinkedProfile>& profiles,
                 const os::FileSystem& files, base::DiagnosticSink& sink)
      : options_(options), profiles_(profiles), files_(files), sink_(sink) {}

  void run() {
    for (const LinkedProfile& profile : profiles_) {
      loosened_.clear();
      if (profile.extends.empty()) compare_with(profile, "");
      for (const std::string& base : profile.extends) compare_with(profile, base);
      for (const ProfileClause& loosen : profile.loosen) check_need(loosen);
    }
  }

 private:
  // --- programs

  /// The policy with the profile, "" for none. nullptr if it cannot be compiled.
  const Tailored* tailored(const std::string& profile) {
    const auto [known, is_new] = programs_.try_emplace(profile);
    if (is_new) known->second = compile(profile);
    return known->second.get();
  }

  std::unique_ptr<Tailored> compile(const std::string& profile) const {
    compiler::CompileOptions options = options_;
    options.profile = profile;
    options.compared_with = options_.profile;
    base::SourceManager sources;
    base::DiagnosticSink sink;
    auto result = compiler::compile(options, files_, sources, sink);
    if (!result.program) return nullptr;
    auto tailored = std::make_unique<Tailored>();
    tailored->program = std::move(*result.program);
    for (std::uint32_t i = 0; i < tailored->program.controls.size(); ++i)
      tailored->controls.emplace(tailored->program.text(tailored->program.controls[i].id), i);
    return tailored;
  }

  // --- what may be looser

  const LinkedProfile& linked(const std::string& name) const {
    return *std::find_if(profiles_.begin(), profiles_.end(), [&](const auto& p) { return p.name == name; });
  }

  /// The profile and everything that it extends.
  void collect_linked(const std::string& name, std::set<std::string>& names) const {
    if (!names.insert(name).second) return;
    for (const std::string& base : linked(name).extends) collect_linked(base, names);
  }

  /// Its own `loosen` clauses, and those of what it extends beside the base.
  std::vector<const ProfileClause*> loosen_clauses(const LinkedProfile& profile,
                                                   const std::string& base) const {
    std::set<std::string> of_base;
    std::set<std::string> of_profile;
    if (!base.empty()) collect_linked(base, of_base);
    collect_linked(profile.name, of_profile);
    std::vector<const ProfileClause*> clauses;
    for (const std::string& name : of_profile) {
      if (of_base.contains(name)) continue;
      for (const ProfileClause& clause : linked(name).loosen) clauses.push_back(&clause);
    }
    return clauses;
  }

  // --- comparison

  void compare_with(const LinkedProfile& profile, const std::string& base) {
    const Tailored* before = tailored(base);
    const Tailored* after = tailored(profile.name);
    const std::string base_text = base.empty() ? "the policy" : fmt::format("profile `{}`", base);
    if (before == nullptr || after == nullptr) {
      sink_.add(diag::TailoringNotCompared{.profile = profile.name, .base = base_text}.at(profile.span));
      return;
    }
    const auto clauses = loosen_clauses(profile, base);
    std::vector<Finding> findings;
    for (std::uint32_t i = 0; i < before->program.controls.size(); ++i) {
      const std::string id(before->program.text(before->program.controls[i].id));
      std::vector<Finding> found = compare_control(profile, {&before->program, i}, *after);
      if (found.empty()) continue;
      loosened_.insert(id);
      const auto admits = [&](const ProfileClause* clause) { return covers(*clause, id); };
      if (std::any_of(clauses.begin(), clauses.end(), admits)) continue;
      for (Finding& finding : found) add(std::move(finding), id, findings);
    }
    for (const Finding& finding : findings) report(profile, base_text, finding);
  }

  /// Empty where the control asks for at least as much as before.
  static std::vector<Finding> compare_control(const LinkedProfile& profile,
                                              const analysis::ControlView& before, const Tailored& tailored) {
    const ir::Control& older = before.program->controls[before.control];
    const std::string_view id = before.program->text(older.id);
    const auto found = tailored.controls.find(id);
    if (found == tailored.controls.end()) {
      const ProfileClause* cause = clause_for(profile.exclude, id);
      if (cause == nullptr && !profile.include.empty())
        return {Finding{true, profile.include.front().span, "it leaves out {}", "", {}}};
      return {from_clause(profile, cause, "it leaves out {}")};
    }
    const ir::Control& newer = tailored.program.controls[found->second];
    std::vector<Finding> findings;
    if (newer.severity < older.severity) {
      findings.push_back(
          from_clause(profile, clause_for(profile.severity, id),
                      fmt::format("it lowers {{}} from {} to {}", ir::severity_name(older.severity),
                                  ir::severity_name(newer.severity))));
    }
    if (analysis::is_same_control(*before.program, older, tailored.program, newer)) return findings;
    if (auto finding = compare_demands(profile, before, {&tailored.program, found->second}))
      findings.push_back(std::move(*finding));
    return findings;
  }

  /// The analysis decides, and shows a host that passes now and did not before.
  static std::optional<Finding> compare_demands(const LinkedProfile& profile,
                                                const analysis::ControlView& before,
                                                const analysis::ControlView& after) {
    const base::Span span = profile.set.size() == 1 ? profile.set.front().span : profile.span;
    const analysis::ControlComparison comparison = analysis::compare(before, after);
    switch (comparison.relation) {
      case analysis::Relation::Equal:
      case analysis::Relation::Stricter:
        return std::nullopt;
      case analysis::Relation::Looser:
      case analysis::Relation::Incomparable:
        return Finding{true,
                       span,
                       "it accepts in {} a host with " + braced(witness_text(comparison.only_new.host)),
                       "",
                       {}};
      case analysis::Relation::Undetermined:
        break;
    }
    return Finding{false, span, "{}", "", {}};
  }

  static std::string witness_text(const std::vector<analysis::Assumption>& host) {
    const std::string text = analysis::summary(host);
    return text.empty() ? "any facts" : text;
  }

  /// A text that fmt leaves as it is.
  static std::string braced(std::string_view text) {
    std::string result;
    for (const char c : text) {
      result.push_back(c);
      if (c == '{' || c == '}') result.push_back(c);
    }
    return result;
  }

  static Finding from_clause(const LinkedProfile& profile, const ProfileClause* clause, std::string how) {
    if (clause == nullptr) return {true, profile.span, std::move(how), "", {}};
    return {true, clause->span, std::move(how), clause->written, {}};
  }

  static bool covers(const ProfileClause& clause, std::string_view id) {
    return std::find(clause.controls.begin(), clause.controls.end(), id) != clause.controls.end();
  }

  static const ProfileClause* clause_for(const std::vector<ProfileClause>& clauses, std::string_view id) {
    const auto found =
        std::find_if(clauses.begin(), clauses.end(), [&](const ProfileClause& c) { return covers(c, id); });
    return found != clauses.end() ? &*found : nullptr;
  }

  // --- messages

  /// One clause is one finding, however many controls it concerns.
  static void add(Finding finding, const std::string& id, std::vector<Finding>& findings) {
    const auto known = std::find_if(findings.begin(), findings.end(), [&](const Finding& f) {
      return f.span == finding.span && f.how == finding.how;
    });
    Finding& place = known != findings.end() ? *known : findings.emplace_back(std::move(finding));
    place.controls.push_back(id);
  }

  void report(const LinkedProfile& profile, const std::string& base, const Finding& finding) {
    std::vector<std::string> quoted;
    for (const std::string& id : finding.controls) quoted.push_back(value::quoted(id));
    const std::string target =
        finding.target.empty() ? fmt::format("{}", fmt::join(quoted, ", ")) : finding.target;
    const std::string what = fmt::format(fmt::runtime(finding.how), listed(finding.controls));
    if (finding.proved) {
      sink_.add(
          diag::TailoringIsLooser{.profile = profile.name, .base = base, .how = what, .target = target}.at(
              finding.span));
      return;
    }
    sink_.add(
        diag::TailoringNotProved{.profile = profile.name, .base = base, .controls = what, .target = target}
            .at(finding.span));
  }

  static std::string listed(const std::vector<std::string>& controls) {
    constexpr std::size_t kShown = 5;
    const std::size_t shown = controls.size() <= kShown + 1 ? controls.size() : kShown;
    std::string text = fmt::format(
        "{}", fmt::join(controls.begin(), controls.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    if (shown < controls.size()) text += fmt::format(" and {} more", controls.size() - shown);
    return text;
  }

  void check_need(const ProfileClause& loosen) {
    std::vector<std::string> idle;
    for (const std::string& id : loosen.controls) {
      if (!loosened_.contains(id)) idle.push_back(id);
    }
    if (idle.empty()) return;
    if (idle.size() == loosen.controls.size()) {
      sink_.add(diag::LoosenNotNeeded{.target = loosen.target}.at(loosen.span));
    } else {
      sink_.add(diag::LoosenIsWide{.target = loosen.target, .controls = listed(idle)}.at(loosen.span));
    }
  }

  const compiler::CompileOptions& options_;
  const std::vector<LinkedProfile>& profiles_;
  const os::FileSystem& files_;
  base::DiagnosticSink& sink_;
  std::map<std::string, std::unique_ptr<Tailored>> programs_;  // by profile
  std::set<std::string> loosened_;                             // controls of the profile at hand
};

}  // namespace

void check_tailoring(const compiler::CompileOptions& options,
                     const std::vector<compiler::LinkedProfile>& profiles, const os::FileSystem& files,
                     base::DiagnosticSink& sink) {
  TailoringCheck(options, profiles, files, sink).run();
}

}  // namespace polc::authoring
