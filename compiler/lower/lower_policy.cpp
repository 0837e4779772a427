#include "compiler/lower/lower_policy.hpp"

#include <algorithm>

#include "compiler/lower/lower_control.hpp"
#include "compiler/lower/program_builder.hpp"
#include "compiler/resolve/block_fields.hpp"
#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/words.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/glob.hpp"

namespace polc::compiler {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;
using value::TypeKind;

constexpr std::uint32_t kLanguage = 1;
const std::vector<std::string_view> kPolicyFields{"version",  "description",      "source",
                                                  "language", "evidence_max_age", "allow_network"};
const std::vector<std::string_view> kWaiverFields{"reason", "owner", "ticket"};

class PolicyLowering {
 public:
  PolicyLowering(const Package& package, Checker& checker, const base::SourceManager& sources,
                 base::DiagnosticSink& sink)
      : package_(package), checker_(checker), sources_(sources), sink_(sink), builder_(package, sources) {}

  ir::Program run() {
    checker_.check_overrides();
    lower_header();
    lower_controls();
    for (ModuleId module = 0; module < package_.modules.size(); ++module) {
      const SyntaxTree& tree = package_.tree(module);
      for (const NodeId node : tree.children(tree.root())) {
        if (tree.kind(node) == NodeKind::Waive) lower_waiver(module, node);
      }
    }
    checker_.check_unused_declarations();
    lower_parameters();
    return builder_.finish();
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
    const SyntaxTree& tree = package_.tree(0);
    const NodeId node = tree.child_of_kind(tree.root(), NodeKind::Policy);
    if (node == grammar::kNoNode) return;
    ir::PolicyInfo& policy = builder_.program().policy;
    policy.id = builder_.text(grammar::decode_string(tree, tree.child(node, 0)));
    policy.title = builder_.text(grammar::decode_string(tree, tree.child(node, 1)));
    policy.range = builder_.range(tree.span(node));
    const BlockFields fields = block_fields(tree, node, "a policy", kPolicyFields, "", sink_);
    policy.version = text_field(0, fields, "version");
    policy.description = text_field(0, fields, "description");
    policy.source = text_field(0, fields, "source");
    policy.language = kLanguage;
    if (const NodeId field = fields.find("language"); field != grammar::kNoNode)
      check_language(tree.child(field, 1));
    if (const NodeId field = fields.find("evidence_max_age"); field != grammar::kNoNode) {
      const auto age = constant(0, tree.child(field, 1), TypeKind::Duration);
      if (age) policy.evidence_max_age = age->get<value::Duration>()->seconds.low.as_unsigned();
    }
    if (const NodeId field = fields.find("allow_network"); field != grammar::kNoNode) {
      const auto allow = constant(0, tree.child(field, 1), TypeKind::Bool);
      policy.allow_network = allow && *allow->get<bool>();
    }
  }

  void check_language(NodeId node) {
    const auto version = constant(0, node, TypeKind::Int);
    if (!version) return;
    const value::Integer number = version->get<value::Number>()->low;
    if (number == value::Integer::of(kLanguage)) return;
    fail(diag::UnknownLanguage{.version = number.text(), .known = std::to_string(kLanguage)}.at(
        package_.tree(0).span(node)));
  }

  void lower_controls() {
    ControlLowering lowering(package_, checker_, sources_, sink_, builder_);
    for (const ControlDeclaration& control : package_.controls) lowering.lower(control);
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
      const auto* symbol = value.value.get<value::Symbol>();
      parameter.value = builder_.constant(user_enum ? value::text(symbol->name) : value.value);
      parameter.origin = builder_.text(value.origin);
      parameter.range = builder_.range(package_.tree(declaration.module).span(declaration.node));
      builder_.program().parameters.push_back(parameter);
    }
  }

  // --- waivers

  void lower_waiver(ModuleId module, NodeId node) {
    const SyntaxTree& tree = package_.tree(module);
    ir::Waiver waiver;
    waiver.range = builder_.range(tree.span(node));
    const bool control = find_control(tree, tree.child(node, 0), waiver);
    const bool host = read_host(module, node, waiver);
    const bool dates = read_dates(module, node, waiver);
    const BlockFields fields = block_fields(tree, node, "a waiver", kWaiverFields, "", sink_);
    waiver.reason = text_field(module, fields, "reason");
    waiver.owner = text_field(module, fields, "owner");
    waiver.ticket = text_field(module, fields, "ticket");
    if (fields.correct && waiver.reason == 0) missing(tree, node, "a reason", "reason \"...\"");
    if (fields.correct && waiver.owner == 0) missing(tree, node, "an owner", "owner \"...\"");
    if (control && host && dates) builder_.program().waivers.push_back(waiver);
  }

  void missing(const SyntaxTree& tree, NodeId node, std::string what, std::string example) {
    fail(diag::WaiverNeeds{.what = std::move(what), .example = std::move(example)}.at(
        tree.span(tree.child(node, 0))));
  }

  bool find_control(const SyntaxTree& tree, NodeId id, ir::Waiver& waiver) {
    const std::string written = grammar::decode_string(tree, id);
    const auto found = package_.controls_by_id.find(fold_id(written));
    if (found != package_.controls_by_id.end()) {
      waiver.control = found->second;
      return true;
    }
    const auto any_lacks_import = [](const Module& module) { return module.lacks_import; };
    if (std::any_of(package_.modules.begin(), package_.modules.end(), any_lacks_import)) return false;
    if (package_.broken_words.contains(fold_id(written))) return false;
    std::vector<std::string_view> known;
    for (const ControlDeclaration& control : package_.controls) known.push_back(control.id);
    fail(diag::DanglingWaiver{.id = written, .suggestion = std::string(base::nearest(written, known))}.at(
        tree.span(id)));
    return false;
  }

  bool read_host(ModuleId module, NodeId node, ir::Waiver& waiver) {
    const SyntaxTree& tree = package_.tree(module);
    const NodeId host = tree.child_of_kind(node, NodeKind::Host);
    if (host == grammar::kNoNode) {
      missing(tree, node, "a host", "on host \"name*\"");
      return false;
    }
    const std::string glob = grammar::decode_string(tree, tree.child(host, 0));
    waiver.host = builder_.text(glob);
    if (!glob.empty() && value::Glob::parse(glob)) return true;
    fail(diag::BadGlob{}.at(tree.span(host)));
    return false;
  }

  bool read_dates(ModuleId module, NodeId node, ir::Waiver& waiver) {
    const SyntaxTree& tree = package_.tree(module);
    const NodeId until = tree.child_of_kind(node, NodeKind::Until);
    if (until == grammar::kNoNode) {
      missing(tree, node, "an end", "until 2027-01-31");
      return false;
    }
    const auto last = constant(module, tree.child(until, 0), TypeKind::Date);
    if (!last) return false;
    waiver.until = *last->get<value::Date>();
    const NodeId from = tree.child_of_kind(node, NodeKind::From);
    if (from == grammar::kNoNode) return true;
    const auto first = constant(module, tree.child(from, 0), TypeKind::Date);
    if (!first) return false;
    waiver.from = *first->get<value::Date>();
    if (*waiver.from <= waiver.until) return true;
    fail(diag::WaiverEndsBeforeStart{}.at(tree.span(until)));
    return false;
  }

  const Package& package_;
  Checker& checker_;
  const base::SourceManager& sources_;
  base::DiagnosticSink& sink_;
  ProgramBuilder builder_;
};

}  // namespace

ir::Program lower_policy(const Package& package, Checker& checker, const base::SourceManager& sources,
                         base::DiagnosticSink& sink) {
  return PolicyLowering(package, checker, sources, sink).run();
}

}  // namespace polc::compiler
