#include "compiler/lower/lower_waiver.hpp"

#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/glob.hpp"

namespace polc::compiler {

using grammar::NodeKind;
using value::TypeKind;

namespace {}  // namespace

WaiverLowering::WaiverLowering(const Package& package, Checker& checker, ControlTargets& targets,
                               const std::vector<std::optional<std::uint32_t>>& lowered,
                               base::DiagnosticSink& sink, ProgramBuilder& builder)
    : package_(package),
      checker_(checker),
      targets_(targets),
      lowered_(lowered),
      sink_(sink),
      builder_(builder) {}

void WaiverLowering::lower(ModuleId module, NodeId node) {
  module_ = module;
  checker_.begin();
  ir::Waiver waiver;
  waiver.range = builder_.range(tree().span(node));
  const bool controls = read_controls(node, waiver);
  const bool host = read_host(node, waiver);
  const bool dates = read_dates(node, waiver);
  const BlockFields fields = block_fields(tree(), node, "a waiver", waiver_fields(), "", sink_);
  waiver.reason = text_field(fields, "reason");
  waiver.owner = text_field(fields, "owner");
  waiver.ticket = text_field(fields, "ticket");
  if (fields.correct && waiver.reason == 0) missing(node, "a reason", "reason \"...\"");
  if (fields.correct && waiver.owner == 0) missing(node, "an owner", "owner \"...\"");
  if (controls && host && dates) builder_.program().waivers.push_back(std::move(waiver));
}

/// Whether it names a control at all; those that the profile leaves out need no waiver.
bool WaiverLowering::read_controls(NodeId node, ir::Waiver& waiver) {
  const std::vector<std::uint32_t>& named = targets_.of(module_, node);
  for (const std::uint32_t control : named) {
    if (lowered_[control]) waiver.controls.push_back(*lowered_[control]);
  }
  waiver.target = builder_.text(targets_.text(module_, node));
  return !named.empty();
}

bool WaiverLowering::read_host(NodeId node, ir::Waiver& waiver) {
  const NodeId host = tree().child_of_kind(node, NodeKind::Host);
  if (host == grammar::kNoNode) {
    missing(node, "a host", "on host \"name*\"");
    return false;
  }
  const std::string glob = grammar::decode_string(tree(), tree().child(host, 0));
  waiver.host = builder_.text(glob);
  if (!glob.empty() && value::Glob::parse(glob)) return true;
  sink_.add(diag::BadGlob{}.at(tree().span(host)));
  return false;
}

bool WaiverLowering::read_dates(NodeId node, ir::Waiver& waiver) {
  const NodeId until = tree().child_of_kind(node, NodeKind::Until);
  if (until == grammar::kNoNode) {
    missing(node, "an end", "until 2027-01-31");
    return false;
  }
  const auto last = date(tree().child(until, 0));
  if (!last) return false;
  waiver.until = *last->get<value::Date>();
  const NodeId from = tree().child_of_kind(node, NodeKind::From);
  if (from == grammar::kNoNode) return true;
  const auto first = date(tree().child(from, 0));
  if (!first) return false;
  waiver.from = *first->get<value::Date>();
  if (*waiver.from <= waiver.until) return true;
  sink_.add(diag::WaiverEndsBeforeStart{}.at(tree().span(until)));
  return false;
}

void WaiverLowering::missing(NodeId node, std::string what, std::string example) {
  sink_.add(diag::WaiverNeeds{.what = std::move(what), .example = std::move(example)}.at(
      tree().span(tree().child(node, 0))));
}

std::optional<value::Value> WaiverLowering::date(NodeId node) {
  const auto checked = checker_.check_constant(module_, node, Expected::of(value::simple(TypeKind::Date)));
  return checked ? std::optional(checked->value) : std::nullopt;
}

/// 0 when the field is not there.
ir::TextId WaiverLowering::text_field(const BlockFields& fields, std::string_view name) {
  const NodeId field = fields.find(name);
  if (field == grammar::kNoNode) return 0;
  const auto text =
      checker_.check_constant(module_, tree().child(field, 1), Expected::of(value::simple(TypeKind::Text)));
  return text ? builder_.text(*text->value.get<std::string>()) : 0;
}

}  // namespace polc::compiler
