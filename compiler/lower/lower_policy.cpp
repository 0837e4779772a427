#include "compiler/lower/lower_policy.hpp"

#include "compiler/lower/lower_control.hpp"
#include "compiler/lower/lower_waiver.hpp"
#include "compiler/lower/program_builder.hpp"
#include "compiler/lower/tailoring.hpp"
#include "compiler/resolve/block_fields.hpp"
#include "compiler/resolve/words.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"

namespace polc::compiler {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;
using value::TypeKind;

constexpr std::uint32_t kLanguage = 1;

class PolicyLowering {
 public:
  PolicyLowering(const Package& package, const LoweringOptions& options, Checker& checker,
                 const base::SourceManager& sources, base::DiagnosticSink& sink)
      : package_(package),
        options_(options),
        checker_(checker),
        sources_(sources),
        sink_(sink),
        builder_(package, sources),
        targets_(package, checker, sink) {}

  LoweredPolicy run() {
    checker_.check_overrides();
    lower_header();
    const Tailoring tailoring =
        tailor(package_, checker_, targets_, options_.profile, options_.for_comparison, sink_);
    lower_controls(tailoring);
    lower_waivers();
    checker_.check_unused_declarations();
    lower_parameters();
    LoweredPolicy policy;
    if (options_.profile) {
      policy.profiles = linked_profiles(package_, targets_, *options_.profile);
      lower_profile(*options_.profile, policy.profiles, tailoring);
    }
    policy.program = builder_.finish();
    return policy;
  }

 private:
  void fail(base::Diagnostic diagnostic) { sink_.add(std::move(diagnostic)); }

  std::optional<value::Value> constant(ModuleId module, NodeId node, TypeKind type) {
    const auto checked = checker_.check_constant(module, node, Expected::of(value::simple(type)));
    return checked ? std::optional(checked->value) : std::nullopt;
  }

  /// Text of a field of a block, 0 when it is not there.
  ir::TextId text_field(ModuleId module, const BlockFields& fields, std::string_view name) {
    const NodeId field = fields.find(name);
    if (field == grammar::kNoNode) return 0;
    const auto text = constant(module, package_.tree(module).child(field, 1), TypeKind::Text);
    return text ? builder_.text(*text->get<std::string>()) : 0;
  }

  void lower_header() {
    const ModuleId module = package_.policy;
    const SyntaxTree& tree = package_.tree(module);
    const NodeId node = tree.child_of_kind(tree.root(), NodeKind::Policy);
    if (node == grammar::kNoNode) return;
    ir::PolicyInfo& policy = builder_.program().policy;
    policy.id = builder_.text(grammar::decode_string(tree, tree.child(node, 0)));
    policy.title = builder_.text(grammar::decode_string(tree, tree.child(node, 1)));
    policy.range = builder_.range(tree.span(node));
    const BlockFields fields = block_fields(tree, node, "a policy", policy_fields(), "", sink_);
    policy.version = text_field(module, fields, "version");
    policy.description = text_field(module, fields, "description");
    policy.source = text_field(module, fields, "source");
    policy.language = kLanguage;
    if (const NodeId field = fields.find("language"); field != grammar::kNoNode)
      check_language(tree.child(field, 1));
    if (const NodeId field = fields.find("evidence_max_age"); field != grammar::kNoNode) {
      const auto age = constant(module, tree.child(field, 1), TypeKind::Duration);
      if (age) policy.evidence_max_age = age->get<value::Duration>()->seconds.low.as_unsigned();
    }
    if (const NodeId field = fields.find("allow_network"); field != grammar::kNoNode) {
      const auto allow = constant(module, tree.child(field, 1), TypeKind::Bool);
      policy.allow_network = allow && *allow->get<bool>();
    }
  }

  void check_language(NodeId node) {
    const auto version = constant(package_.policy, node, TypeKind::Int);
    if (!version) return;
    const value::Integer number = version->get<value::Number>()->low;
    if (number == value::Integer::of(kLanguage)) return;
    fail(diag::UnknownLanguage{.version = number.text(), .known = std::to_string(kLanguage)}.at(
        package_.tree(package_.policy).span(node)));
  }

  /// Controls that the profile leaves out are checked like the others; what they read is not part of the program.
  void lower_controls(const Tailoring& tailoring) {
    lowered_.resize(package_.controls.size());
    ControlLowering judged(package_, checker_, sources_, sink_, builder_);
    std::optional<ProgramBuilder> discarded;
    std::optional<ControlLowering> excluded;
    for (std::uint32_t i = 0; i < package_.controls.size(); ++i) {
      if (tailoring.judged[i]) {
        lowered_[i] = static_cast<std::uint32_t>(builder_.program().controls.size());
        judged.lower(package_.controls[i]);
        continue;
      }
      if (!discarded) {
        discarded.emplace(package_, sources_);
        excluded.emplace(package_, checker_, sources_, sink_, *discarded);
      }
      excluded->lower(package_.controls[i]);
    }
  }

  void lower_waivers() {
    WaiverLowering lowering(package_, checker_, targets_, lowered_, sink_, builder_);
    for (ModuleId module = 0; module < package_.modules.size(); ++module) {
      const SyntaxTree& tree = package_.tree(module);
      for (const NodeId node : tree.children(tree.root())) {
        if (tree.kind(node) == NodeKind::Waive) lowering.lower(module, node);
      }
    }
  }

  void lower_profile(ProfileId chosen, const std::vector<LinkedProfile>& linked, const Tailoring& tailoring) {
    const ProfileDeclaration& declaration = package_.profiles[chosen];
    const SyntaxTree& tree = package_.tree(declaration.module);
    ir::Profile& profile = builder_.program().profile;
    profile.name = builder_.text(declaration.name);
    const NodeId title = tree.child(declaration.node, 1);
    const bool titled = title != grammar::kNoNode && grammar::is_string(tree.kind(title));
    if (titled) profile.title = builder_.text(grammar::decode_string(tree, title));
    profile.origin = builder_.text(options_.profile_origin);
    profile.range = builder_.range(tree.span(declaration.node));
    for (const LinkedProfile& each : linked) {
      if (each.name != declaration.name) profile.extends.push_back(builder_.text(each.name));
      for (const ProfileClause& loosen : each.loosen) lower_loosening(each, loosen, profile);
    }
    for (std::uint32_t i = 0; i < package_.controls.size(); ++i) {
      if (!tailoring.judged[i]) profile.excluded.push_back(builder_.text(package_.controls[i].id));
    }
    for (const auto& [control, grade] : tailoring.grades) {
      if (!lowered_[control]) continue;
      ir::Severity& severity = builder_.program().controls[*lowered_[control]].severity;
      if (severity != grade.severity)
        profile.regraded.push_back({*lowered_[control], severity, builder_.range(grade.span)});
      severity = grade.severity;
    }
  }

  void lower_loosening(const LinkedProfile& of, const ProfileClause& loosen, ir::Profile& profile) {
    profile.loosened.push_back({builder_.text(of.name), builder_.text(loosen.target),
                                builder_.text(loosen.reason), builder_.range(loosen.span)});
  }

  void lower_parameters() {
    for (const ParameterValue& value : checker_.parameters()) {
      const Declaration& declaration = package_.declarations[value.declaration];
      ir::Parameter parameter;
      parameter.name = builder_.text(declaration.name);
      parameter.doc = builder_.text(value.doc);
      parameter.domain = builder_.text(value.domain);
      const bool user_enum = value.type.kind == TypeKind::Enum && value.type.detail >= kFirstUserEnum;
      parameter.type = user_enum ? value::simple(TypeKind::Text) : value.type;
      for (const ParameterSource& source : value.sources) {
        const auto* symbol = source.value.get<value::Symbol>();
        parameter.sources.push_back({builder_.constant(user_enum ? value::text(symbol->name) : source.value),
                                     builder_.text(source.origin), builder_.range(source.span)});
      }
      parameter.value = parameter.sources.back().value;
      parameter.origin = parameter.sources.back().origin;
      parameter.range = builder_.range(package_.tree(declaration.module).span(declaration.node));
      builder_.program().parameters.push_back(parameter);
    }
  }

  const Package& package_;
  const LoweringOptions& options_;
  Checker& checker_;
  const base::SourceManager& sources_;
  base::DiagnosticSink& sink_;
  ProgramBuilder builder_;
  ControlTargets targets_;
  std::vector<std::optional<std::uint32_t>> lowered_;  // by Package::controls, index in the program
};

}  // namespace

LoweredPolicy lower_policy(const Package& package, const LoweringOptions& options, Checker& checker,
                           const base::SourceManager& sources, base::DiagnosticSink& sink) {
  return PolicyLowering(package, options, checker, sources, sink).run();
}

}  // namespace polc::compiler
