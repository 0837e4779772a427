#include "compiler/resolve/profiles.hpp"

#include <algorithm>

#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/words.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/limits.hpp"

namespace polc::compiler {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

static_assert(limits::kProfiles <= 64, "what a profile extends is kept in one machine word");

std::vector<std::string_view> profile_names(const Package& package) {
  std::vector<std::string_view> names;
  for (const ProfileDeclaration& profile : package.profiles) names.push_back(profile.name);
  return names;
}

class ProfileCollector {
 public:
  ProfileCollector(Package& package, base::DiagnosticSink& sink) : package_(package), sink_(sink) {}

  void run() {
    for (ModuleId id = 0; id < package_.modules.size(); ++id) {
      const SyntaxTree& tree = package_.tree(id);
      for (const NodeId node : tree.children(tree.root())) {
        if (tree.kind(node) == NodeKind::Profile) declare(id, node);
      }
    }
    for (ProfileDeclaration& profile : package_.profiles) {
      read_extends(profile);
      read_assignments(profile);
    }
    progress_.resize(package_.profiles.size());
    for (ProfileId id = 0; id < package_.profiles.size(); ++id) link(id);
  }

 private:
  enum class Progress : std::uint8_t { NotYet, Running, Done };

  void declare(ModuleId module, NodeId node) {
    const SyntaxTree& tree = package_.tree(module);
    const NodeId written = tree.child(node, 0);
    const base::Span span = tree.span(written);
    std::string name = grammar::decode_string(tree, written);
    if (!is_id(name)) {
      sink_.add(diag::BadProfileName{.name = name, .limit = std::to_string(limits::kControlId)}.at(span));
      return;
    }
    if (package_.profiles.size() == limits::kProfiles) {
      sink_.add(diag::TooManyProfiles{.limit = std::to_string(limits::kProfiles)}.at(span));
      return;
    }
    const auto id = static_cast<ProfileId>(package_.profiles.size());
    const auto [known, is_new] = package_.profiles_by_name.try_emplace(fold_id(name), id);
    if (!is_new) {
      base::Diagnostic twice = diag::DuplicateProfile{.name = name}.at(span);
      twice.labels.push_back({package_.profiles[known->second].name_span, "first declared here"});
      sink_.add(std::move(twice));
      return;
    }
    ProfileDeclaration profile;
    profile.module = module;
    profile.node = node;
    profile.name = std::move(name);
    profile.name_span = span;
    package_.profiles.push_back(std::move(profile));
  }

  void read_extends(ProfileDeclaration& profile) {
    const SyntaxTree& tree = package_.tree(profile.module);
    for (const NodeId written : tree.children(tree.child_of_kind(profile.node, NodeKind::Extends))) {
      const std::string name = grammar::decode_string(tree, written);
      const auto known = package_.profiles_by_name.find(fold_id(name));
      if (known != package_.profiles_by_name.end()) {
        const bool again =
            std::find(profile.extends.begin(), profile.extends.end(), known->second) != profile.extends.end();
        if (!again) profile.extends.push_back(known->second);
      } else if (!may_be_lost(package_, profile.module, name)) {
        const auto names = profile_names(package_);
        sink_.add(with_nearest_text(
            diag::UnknownProfile{.name = name, .hint = advice(name, names)}.at(tree.span(written)), name,
            names));
      }
    }
  }

  /// Parameters have one name in everything that is linked.
  std::optional<DeclarationId> find_parameter(std::string_view name) const {
    for (DeclarationId id = 0; id < package_.declarations.size(); ++id) {
      const Declaration& declaration = package_.declarations[id];
      if (declaration.kind == DeclarationKind::Param && declaration.name == name) return id;
    }
    return std::nullopt;
  }

  void read_assignments(ProfileDeclaration& profile) {
    const SyntaxTree& tree = package_.tree(profile.module);
    for (const NodeId node : tree.children(profile.node)) {
      if (tree.kind(node) != NodeKind::Assignment) continue;
      const NodeId word = tree.child(node, 0);
      const auto parameter = find_parameter(tree.text(word));
      if (!parameter) {
        report_parameter(profile, tree, word);
        continue;
      }
      const auto same = [&](const Assignment& other) { return other.parameter == *parameter; };
      const auto first = std::find_if(profile.assignments.begin(), profile.assignments.end(), same);
      if (first == profile.assignments.end()) {
        profile.assignments.push_back({*parameter, node});
        continue;
      }
      base::Diagnostic twice =
          diag::TailoredTwice{.what = fmt::format("`{}`", tree.text(word))}.at(tree.span(word));
      twice.labels.push_back({tree.span(first->node), "first set here"});
      sink_.add(std::move(twice));
    }
  }

  void report_parameter(const ProfileDeclaration& profile, const SyntaxTree& tree, NodeId word) {
    const std::string_view name = tree.text(word);
    if (may_be_lost(package_, profile.module, name)) return;
    std::vector<std::string_view> known;
    for (const Declaration& declaration : package_.declarations) {
      if (declaration.kind == DeclarationKind::Param) known.push_back(declaration.name);
    }
    sink_.add(with_nearest(
        diag::UnknownProfileParameter{
            .profile = profile.name, .name = std::string(name), .hint = advice(name, known)}
            .at(tree.span(word)),
        name, known));
  }

  /// Chains of what it extends, then its own. A circle is cut where it closes.
  void link(ProfileId id) {
    if (progress_[id] == Progress::Done) return;
    progress_[id] = Progress::Running;
    running_.push_back(id);
    ProfileDeclaration& profile = package_.profiles[id];
    for (const ProfileId base : profile.extends) {
      if (progress_[base] == Progress::Running) {
        report_circle(base);
        continue;
      }
      link(base);
      for (const ProfileId each : package_.profiles[base].chain) {
        const std::uint64_t bit = std::uint64_t{1} << each;
        if ((profile.extended & bit) == 0) profile.chain.push_back(each);
        profile.extended |= bit;
      }
    }
    profile.chain.push_back(id);
    running_.pop_back();
    progress_[id] = Progress::Done;
  }

  void report_circle(ProfileId base) {
    std::string chain;
    for (auto at = std::find(running_.begin(), running_.end(), base); at != running_.end(); ++at)
      chain += package_.profiles[*at].name + " -> ";
    sink_.add(diag::ProfileCycle{.chain = chain + package_.profiles[base].name}.at(
        package_.profiles[running_.back()].name_span));
  }

  Package& package_;
  base::DiagnosticSink& sink_;
  std::vector<Progress> progress_;
  std::vector<ProfileId> running_;  // outermost first
};

}  // namespace

void collect_profiles(Package& package, base::DiagnosticSink& sink) {
  ProfileCollector(package, sink).run();
}

std::optional<ProfileId> choose_profile(const Package& package, std::string_view name,
                                        std::string_view origin, base::DiagnosticSink& sink) {
  const auto known = package.profiles_by_name.find(fold_id(name));
  if (known != package.profiles_by_name.end()) return known->second;
  const auto names = profile_names(package);
  sink.add(diag::ProfileNotFound{.origin = std::string(origin),
                                 .name = std::string(name),
                                 .hint = names.empty() ? "it has no profiles" : advice(name, names)}
               .at());
  return std::nullopt;
}

}  // namespace polc::compiler
