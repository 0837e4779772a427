// What conditions read, and what of them is known before any host is.
#include <algorithm>

#include "authoring/analysis/expander.hpp"
#include "authoring/limits.hpp"
#include "runtime/ir/op_info.hpp"
#include "runtime/value/defaults.hpp"

namespace polc::analysis {

using evaluate::Evaluator;
using ir::Node;
using ir::NodeId;
using ir::Op;
using value::Address;
using value::Value;

namespace {

/// Windows Server 2022.
constexpr std::int64_t kUsualBuild = 20348;

/// Of facts that are always there: whether evidence may say all the same that they are not, as a snapshot may of what the
/// hardware lacks and of what is nowhere, and a policy of what it does not configure.
bool may_be_said_absent(const Address& address, bool policies) {
  switch (address.resource) {
    case value::ResourceKind::Host: {
      const auto name = value::resource_info(address.resource).attributes[address.attribute].name;
      return name == "secure_boot" || name == "ubr";
    }
    case value::ResourceKind::Shares:
    case value::ResourceKind::Certificates:
      return true;
    case value::ResourceKind::UserRight:
    case value::ResourceKind::Audit:
    case value::ResourceKind::PasswordPolicy:
      return policies;
    default:
      return false;
  }
}

}  // namespace

bool Expander::is_bound(std::uint32_t slot, BindingId binding) const {
  for (BindingId b = binding; b != 0; b = question_.bindings_[b].outer) {
    if (node(question_.bindings_[b].quantifier).data == slot) return true;
  }
  return false;
}

/// No fact in it, and no variable but those that are bound.
bool Expander::is_constant(NodeId id, BindingId binding) const {
  const Node& n = node(id);
  if (n.op == Op::Fact || n.op == Op::Read) return false;
  if (n.op == Op::Variable) return is_bound(n.data, binding);
  for (std::uint32_t i = 0; i < n.operand_count; ++i) {
    if (!is_constant(operand(id, i), binding)) return false;
  }
  return true;
}

/// nullopt where it is not a constant, or a constant without a value (overflow).
std::optional<Value> Expander::constant(NodeId id, BindingId binding) {
  if (!is_constant(id, binding)) return std::nullopt;
  std::optional<Value> result;
  question_.under(subject_, binding, [&](Evaluator& evaluator) {
    const evaluate::Outcome outcome = evaluator.compute(id);
    if (outcome.present()) result = outcome.value();
  });
  return result;
}

std::optional<std::vector<Value>> Expander::known_elements(NodeId collection, BindingId binding) {
  std::optional<std::vector<Value>> all;
  question_.under(subject_, binding, [&](Evaluator& evaluator) {
    evaluate::Elements elements = evaluator.elements(collection);
    if (!elements.collection().present() || elements.size() > limits::kAnalysisRange) return;
    all.emplace();
    for (std::uint64_t i = 0; i < elements.size(); ++i) all->push_back(elements.at(i));
  });
  return all;
}

Expander::Use Expander::use_of(Address address, value::Type type) {
  Use use{std::move(address), type, {}};
  for (const Address& source : question_.subjects_[subject_]->derivation.sources(use.address)) {
    const LocationId location = question_.locations_.intern(source);
    Place& place = question_.place(location);
    const value::AttributeInfo& attribute =
        value::resource_info(source.resource).attributes[source.attribute];
    if (place.type.kind == value::TypeKind::None)
      place.type = attribute.type.kind == value::TypeKind::None ? type : attribute.type;
    // What is always there on a machine may not be configured in a policy.
    place.may_be_absent =
        place.may_be_absent && (use.address.resource == value::ResourceKind::Gpo || !attribute.total ||
                                may_be_said_absent(source, question_.scope_.policies));
    if (use.address.resource == value::ResourceKind::Tls && source == host_address("build")) {
      for (const value::KnownDefault& row : value::known_defaults(use.address)) {
        for (const std::uint32_t border : {row.min_build, row.max_build})
          place.hints.values.push_back(value::integer(border));
      }
    }
    // How old an attestation may be is an argument of the question, not of the place.
    const auto* within = use.address.resource == value::ResourceKind::Attested
                             ? use.address.argument<value::Duration>(1)
                             : nullptr;
    if (within != nullptr) place.hints.values.emplace_back(*within);
    // A build that exists makes better examples than the least that a condition allows.
    if (source == host_address("build") && place.hints.values.empty())
      place.hints.values.push_back(value::integer(kUsualBuild));
    use.sources.push_back(location);
  }
  return use;
}

/// False where a fact depends on a variable that is not bound: which facts are read is not known.
bool Expander::reads(NodeId id, BindingId binding, std::vector<Use>& found) {
  const Node& n = node(id);
  if (n.op == Op::Fact) found.push_back(use_of(program_.addresses[n.data], n.type));
  bool all = true;
  if (n.op == Op::Read) {
    Address address{program_.reads[n.data].resource, program_.reads[n.data].attribute, {}};
    for (std::uint32_t i = 0; i < n.operand_count; ++i) {
      auto argument = constant(operand(id, i), binding);
      if (!argument) return false;
      address.arguments.push_back(std::move(*argument));
    }
    found.push_back(use_of(std::move(address), n.type));
  }
  for (std::uint32_t i = 0; i < n.operand_count; ++i) all = reads(operand(id, i), binding, found) && all;
  return all;
}

std::vector<Expander::Use> Expander::uses(NodeId id, BindingId binding) {
  std::vector<Use> found;
  if (!reads(id, binding, found)) refuse("which facts are read depends on another fact");
  for (const Use& use : found) leave_setting_hints(use);
  return found;
}

/// Defaults of the operating system depend on the host's role and build.
void Expander::add_host_traits(NodeId id, std::vector<LocationId>& locations) {
  const Node& n = node(id);
  if (ir::is_boolean(n.op) && n.absence == ir::AbsenceRule::Default && n.defaults != 0) {
    for (const ir::DefaultRow& row : program_.defaults[n.defaults]) {
      if ((row.roles & 7U) != 7U) locations.push_back(use_of(host_address("role"), {}).sources.front());
      if (row.min_build == 0 && row.max_build == UINT32_MAX) continue;
      const LocationId build =
          use_of(host_address("build"), value::simple(value::TypeKind::Int)).sources.front();
      locations.push_back(build);
      for (const std::uint32_t bound : {row.min_build, row.max_build})
        question_.place(build).hints.values.push_back(value::integer(bound));
    }
  }
  for (std::uint32_t i = 0; i < n.operand_count; ++i) add_host_traits(operand(id, i), locations);
}

}  // namespace polc::analysis
