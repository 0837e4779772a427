#include "runtime/ir/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "runtime/base/diagnostics/program.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/ir/op_info.hpp"

namespace polc::ir {
namespace {

using value::Type;
using value::TypeKind;

constexpr TypeKind kLastTypeKind = TypeKind::EmptyList;

bool is_collection(TypeKind kind) {
  return kind == TypeKind::Set || kind == TypeKind::List || kind == TypeKind::EmptySet ||
         kind == TypeKind::EmptyList;
}

/// Text, Name and Path are one family: the compiler converts literals to what the other side needs.
bool same_family(TypeKind a, TypeKind b) {
  const auto family = [](TypeKind kind) {
    switch (kind) {
      case TypeKind::Name:
      case TypeKind::Path:
      case TypeKind::Version:
        return TypeKind::Text;
      case TypeKind::EmptySet:
        return TypeKind::Set;
      case TypeKind::EmptyList:
        return TypeKind::List;
      default:
        return kind;
    }
  };
  return family(a) == family(b);
}

bool registry_comparable(TypeKind other) {
  return other == TypeKind::Registry || other == TypeKind::Int || other == TypeKind::Text ||
         is_collection(other);
}

bool equality_comparable(Type a, Type b) {
  if (a.kind == TypeKind::Registry) return registry_comparable(b.kind);
  if (b.kind == TypeKind::Registry) return registry_comparable(a.kind);
  return same_family(a.kind, b.kind);
}

bool ordered(TypeKind kind) {
  switch (kind) {
    case TypeKind::Int:
    case TypeKind::Duration:
    case TypeKind::Date:
    case TypeKind::Version:
    case TypeKind::Port:
    case TypeKind::Registry:
      return true;
    default:
      return false;
  }
}

bool holds_elements(TypeKind kind) {
  return is_collection(kind) || kind == TypeKind::AddressSet;
}

bool comparable(Comparison comparison, Type left, Type right) {
  switch (comparison) {
    case Comparison::Equal:
    case Comparison::NotEqual:
      return equality_comparable(left, right);
    case Comparison::Less:
    case Comparison::LessEqual:
    case Comparison::Greater:
    case Comparison::GreaterEqual:
      return ordered(left.kind) && ordered(right.kind) && equality_comparable(left, right);
    case Comparison::In:
    case Comparison::NotIn:
      return holds_elements(right.kind);
    case Comparison::Contains:
    case Comparison::NotContains:
      return holds_elements(left.kind) || left.kind == TypeKind::Registry;
    case Comparison::Within:
    case Comparison::NotWithin:
      return (holds_elements(left.kind) || left.kind == TypeKind::Registry || left.kind == TypeKind::Map ||
              left.kind == TypeKind::Rights) &&
             (holds_elements(right.kind) || right.kind == left.kind);
    case Comparison::Like:
    case Comparison::NotLike:
      return (same_family(left.kind, TypeKind::Text) || left.kind == TypeKind::Registry) &&
             same_family(right.kind, TypeKind::Text);
    case Comparison::HasBits:
    case Comparison::NotHasBits:
      return (left.kind == TypeKind::Int || left.kind == TypeKind::Registry) && right.kind == TypeKind::Int;
  }
  return false;
}

class Verifier {
 public:
  explicit Verifier(const Program& program) : program_(program) {}

  bool run() {
    return sizes() && sources() && defaults() && addresses() && expansions() && nodes() && settings() &&
           controls() && waivers() && parameters() && profile();
  }

  std::string place() const {
    return where_index_ == kNone ? std::string(where_) : fmt::format("{} {}", where_, where_index_);
  }
  std::string problem() const { return problem_; }

 private:
  // --- vocabulary
  void at(const char* where, std::size_t index = kNone) {
    where_ = where;
    where_index_ = static_cast<std::uint32_t>(index);
  }
  bool check(bool holds, const char* problem) {
    if (!holds) problem_ = problem;
    return holds;
  }
  template <class... Ids>
  bool texts(Ids... ids) {
    return check(((ids < program_.texts.size()) && ...), "a text that does not exist");
  }
  bool range(RangeId id) { return check(id < program_.ranges.size(), "a source range that does not exist"); }
  bool constant(ConstantId id) {
    return check(id < program_.constants.size(), "a constant that does not exist");
  }
  bool optional_constant(ConstantId id) { return id == kNone || constant(id); }
  bool type(Type t) {
    const bool known = t.kind <= kLastTypeKind && t.element <= kLastTypeKind && t.key <= kLastTypeKind;
    if (!check(known, "an unknown type")) return false;
    if (t.kind == TypeKind::Enum || t.element == TypeKind::Enum) {
      return check(t.detail < value::enumerations().size(), "an unknown enumeration");
    }
    if (t.kind == TypeKind::Record || t.element == TypeKind::Record) {
      return check(t.detail < value::records().size(), "an unknown record");
    }
    return true;
  }

  // --- tables
  bool sizes() {
    at("the program");
    return check(program_.variable_count <= limits::kVariables, "too many variables") &&
           check(program_.controls.size() <= limits::kControls, "too many controls") &&
           check(program_.texts.size() > 0 && !program_.ranges.empty() && !program_.defaults.empty() &&
                     !program_.expansions.empty(),
                 "an empty table");
  }

  bool sources() {
    at("the policy header");
    const PolicyInfo& policy = program_.policy;
    if (!texts(policy.id, policy.title, policy.version, policy.description, policy.source) ||
        !range(policy.range)) {
      return false;
    }
    for (std::size_t i = 0; i < program_.files.size(); ++i) {
      at("source file", i);
      if (!texts(program_.files[i].path)) return false;
    }
    for (std::size_t i = 1; i < program_.ranges.size(); ++i) {
      const SourceRange& r = program_.ranges[i];
      if (r.file < program_.files.size() && r.begin <= r.end) continue;
      at("source range", i);
      return check(false, "a place outside the policy's files");
    }
    return true;
  }

  bool defaults() {
    for (std::size_t i = 0; i < program_.defaults.size(); ++i) {
      for (const DefaultRow& row : program_.defaults[i]) {
        at("default", i);
        if (!constant(row.value) || !check(row.min_build <= row.max_build, "builds in the wrong order"))
          return false;
      }
    }
    return true;
  }

  bool addresses() {
    for (std::size_t i = 0; i < program_.addresses.size(); ++i) {
      const value::Address& address = program_.addresses[i];
      at("address", i);
      if (!attribute(address.resource, address.attribute, address.arguments.size())) return false;
      if (!arguments(address)) return false;
    }
    return true;
  }

  /// gpo(path).option("label") has the label behind its parameters.
  static std::size_t extra_arguments(value::ResourceKind kind, value::AttributeId id) {
    return kind == value::ResourceKind::Gpo && value::resource_info(kind).attributes[id].name == "option" ? 1
                                                                                                          : 0;
  }

  bool attribute(value::ResourceKind kind, value::AttributeId id, std::size_t argument_count) {
    if (!check(static_cast<std::size_t>(kind) < value::resource_catalogue().size(), "an unknown resource"))
      return false;
    const value::ResourceInfo& resource = value::resource_info(kind);
    return check(id < resource.attributes.size(), "an unknown attribute") &&
           check(argument_count == resource.parameters.size() + extra_arguments(kind, id),
                 "a wrong number of arguments");
  }

  bool arguments(const value::Address& address) {
    const value::ResourceInfo& resource = value::resource_info(address.resource);
    for (std::size_t i = 0; i < address.arguments.size(); ++i) {
      const value::Value& argument = address.arguments[i];
      const bool is_parameter = i < resource.parameters.size();
      const bool required = !is_parameter || resource.parameters[i].required;
      const TypeKind kind = is_parameter ? resource.parameters[i].type.kind : TypeKind::Text;
      if (argument.empty() ? required : !fits(argument, kind))
        return check(false, "an argument of the wrong type");
    }
    return true;
  }

  static bool fits(const value::Value& v, TypeKind kind) {
    switch (kind) {
      case TypeKind::Bool:
        return v.get<bool>() != nullptr;
      case TypeKind::Int:
        return v.get<value::Number>() != nullptr;
      case TypeKind::Duration:
        return v.get<value::Duration>() != nullptr;
      case TypeKind::Port:
        return v.get<value::Port>() != nullptr;
      case TypeKind::Principal:
        return v.get<value::Principal>() != nullptr;
      case TypeKind::Enum:
        return v.get<value::Symbol>() != nullptr;
      default:
        return v.get<std::string>() != nullptr;
    }
  }

  // --- nodes
  bool expansions() {
    std::vector<std::size_t> depth(program_.expansions.size());
    for (std::size_t i = 1; i < depth.size(); ++i) {
      const Expansion& e = program_.expansions[i];
      at("expansion", i);
      if (!check(e.caller < i, "a caller that comes later") || !texts(e.title, e.excerpt) || !range(e.call) ||
          !range(e.body)) {
        return false;
      }
      depth[i] = depth[e.caller] + 1;
      if (!check(depth[i] <= limits::kInlineDepth, "too deep")) return false;
    }
    return true;
  }

  bool nodes() {
    depth_.resize(program_.nodes.size());
    free_.resize(program_.nodes.size());
    for (std::size_t i = 0; i < program_.nodes.size(); ++i) {
      if (node(static_cast<NodeId>(i))) continue;
      at("node", i);
      return false;
    }
    return true;
  }

  bool node(NodeId id) {
    const Node& n = program_.nodes[id];
    return check(n.op <= kLastOp, "an unknown operation") &&
           check(n.comparison <= kLastComparison, "an unknown comparison") &&
           check(n.absence <= AbsenceRule::Settled, "an unknown absence rule") && type(n.type) &&
           check(n.defaults < program_.defaults.size(), "OS defaults that do not exist") && range(n.range) &&
           check(n.expansion < program_.expansions.size(), "an expansion that does not exist") &&
           operands(id, n) && positions(n) && data(n) && bindings(id, n);
  }

  bool operands(NodeId id, const Node& n) {
    const Arity arity = arity_of(n.op);
    const std::uint64_t end = std::uint64_t{n.first_operand} + n.operand_count;
    if (!check(n.operand_count >= arity.min && n.operand_count <= arity.max, "a wrong number of operands") ||
        !check(n.operand_count <= limits::kOperands, "too many operands") ||
        !check(end <= program_.operands.size(), "operands that do not exist")) {
      return false;
    }
    const NodeId* operand = program_.operands_of(n);
    for (std::uint32_t i = 0; i < n.operand_count; ++i) {
      if (!check(operand[i] < id, "an operand that does not precede it")) return false;
    }
    return true;
  }

  /// Truth where truth belongs, values where values belong, and types that the operation knows.
  bool positions(const Node& n) {
    const NodeId* operand = program_.operands_of(n);
    const auto node_at = [&](std::uint32_t i) -> const Node& { return program_.nodes[operand[i]]; };
    for (std::uint32_t i = 0; i < n.operand_count; ++i) {
      if (!check(is_boolean(node_at(i).op) == wants_boolean(n.op, i), "truth and value mixed up"))
        return false;
    }
    switch (n.op) {
      case Op::All:
      case Op::Any:
        return check(node_at(0).op == Op::Range || is_collection(node_at(0).type.kind),
                     "a quantifier over something that is no collection");
      case Op::Compare:
        return check(comparable(n.comparison, node_at(0).type, node_at(1).type), "types that do not compare");
      case Op::Holds:
        return check(node_at(0).type.kind == TypeKind::Bool, "a value that is not boolean");
      case Op::IsResolved:
        return check(node_at(0).type.kind == TypeKind::Principal, "a value that is no principal");
      case Op::MakeMap:
        return check(n.operand_count % 2 == 0, "a key without a value");
      case Op::Select:
        if (!check(n.operand_count % 2 == 1, "a case without a result")) return false;
        for (std::uint32_t i = 1; i < n.operand_count; i += 2) {
          if (!check(node_at(i).op == Op::Constant, "a case that is no constant")) return false;
        }
        return true;
      default:
        return true;
    }
  }

  static bool wants_boolean(Op op, std::uint32_t operand) {
    switch (op) {
      case Op::And:
      case Op::Or:
        return true;
      case Op::All:
      case Op::Any:
        return operand == 1;
      case Op::Select:
        return operand > 0 && operand % 2 == 0;
      default:
        return false;
    }
  }

  bool data(const Node& n) {
    switch (n.op) {
      case Op::Constant:
        return constant(n.data);
      case Op::Fact:
        return check(n.data < program_.addresses.size(), "an address that does not exist");
      case Op::Read:
        return check(n.data < program_.reads.size(), "a computed address that does not exist") &&
               attribute(program_.reads[n.data].resource, program_.reads[n.data].attribute, n.operand_count);
      case Op::Variable:
      case Op::All:
      case Op::Any:
        return check(n.data < program_.variable_count, "a variable that does not exist");
      case Op::Field:
        return texts(n.data);
      case Op::MakePort:
        return check(n.data <= 1, "an unknown protocol");
      case Op::RegistryAs:
        return check(n.data <= static_cast<std::uint32_t>(value::RegistryType::Other),
                     "an unknown registry type");
      default:
        return true;
    }
  }

  /// Depth, and the variables that a node leaves to an enclosing quantifier.
  bool bindings(NodeId id, const Node& n) {
    const NodeId* operand = program_.operands_of(n);
    std::uint32_t depth = 0;
    std::uint64_t free = 0;
    for (std::uint32_t i = 0; i < n.operand_count; ++i) {
      std::uint64_t of_operand = free_[operand[i]];
      const bool is_body = i == 1 && (n.op == Op::All || n.op == Op::Any);
      if (is_body) of_operand &= ~(std::uint64_t{1} << n.data);
      free |= of_operand;
      depth = std::max<std::uint32_t>(depth, depth_[operand[i]]);
    }
    if (n.op == Op::Variable) free |= std::uint64_t{1} << n.data;
    free_[id] = free;
    depth_[id] = static_cast<std::uint16_t>(depth + 1);
    return check(depth < limits::kEvaluationDepth, "too many levels");
  }

  bool root(NodeId id) {
    return check(id < program_.nodes.size(), "a node that does not exist") &&
           check(is_boolean(program_.nodes[id].op), "an expression that is not boolean") &&
           check(free_[id] == 0, "a variable that no quantifier binds");
  }

  // --- declarations
  bool settings() {
    for (std::size_t i = 0; i < program_.settings.size(); ++i) {
      const Setting& s = program_.settings[i];
      at("setting", i);
      if (!check(s.scope <= Scope::Both, "an unknown scope") || !type(s.type) ||
          !texts(s.path, s.key, s.value_name, s.inf_section, s.inf_key, s.right, s.audit_guid) ||
          !registry_type(s.registry_type) || !optional_constant(s.enabled) ||
          !optional_constant(s.disabled) ||
          !check(s.defaults < program_.defaults.size(), "OS defaults that do not exist") || !range(s.range) ||
          !std::all_of(s.elements.begin(), s.elements.end(),
                       [&](const SettingElement& e) { return element(e); })) {
        return false;
      }
    }
    return true;
  }

  bool registry_type(value::RegistryType t) {
    return check(t <= value::RegistryType::Other, "an unknown registry type");
  }

  bool element(const SettingElement& e) {
    return texts(e.label, e.key, e.value) && registry_type(e.type) &&
           std::all_of(e.options.begin(), e.options.end(),
                       [&](const SettingOption& o) { return texts(o.label) && constant(o.value); });
  }

  bool controls() {
    for (std::size_t i = 0; i < program_.groups.size(); ++i) {
      at("group", i);
      if (!texts(program_.groups[i].title) || !range(program_.groups[i].range)) return false;
    }
    for (std::size_t i = 0; i < program_.controls.size(); ++i) {
      at("control", i);
      if (!control(program_.controls[i])) return false;
    }
    return true;
  }

  bool control(const Control& c) {
    const auto is_text = [&](TextId id) { return texts(id); };
    return texts(c.id, c.title, c.description, c.because, c.fix, c.guard_excerpt) &&
           check(c.severity <= Severity::Critical, "an unknown severity") &&
           check(c.group == kNone || c.group < program_.groups.size(), "a group that does not exist") &&
           std::all_of(c.tags.begin(), c.tags.end(), is_text) &&
           std::all_of(c.formerly.begin(), c.formerly.end(), is_text) &&
           std::all_of(c.references.begin(), c.references.end(),
                       [&](const Reference& r) {
                         return check(r.kind <= ReferenceKind::Url, "an unknown reference kind") &&
                                texts(r.text);
                       }) &&
           (c.guard == kNone || root(c.guard)) && range(c.guard_range) && range(c.header) && range(c.range) &&
           check(!c.requires_.empty() || c.manual.has_value(), "a control that asks for nothing") &&
           std::all_of(c.requires_.begin(), c.requires_.end(),
                       [&](const Require& r) {
                         return texts(r.label, r.excerpt) && range(r.range) && root(r.root);
                       }) &&
           (!c.manual || (texts(c.manual->instruction, c.manual->key) && range(c.manual->range)));
  }

  bool waivers() {
    for (std::size_t i = 0; i < program_.waivers.size(); ++i) {
      const Waiver& w = program_.waivers[i];
      at("waiver", i);
      const auto exists = [&](std::uint32_t control) { return control < program_.controls.size(); };
      if (!check(std::all_of(w.controls.begin(), w.controls.end(), exists),
                 "a control that does not exist") ||
          !check(std::adjacent_find(w.controls.begin(), w.controls.end(), std::greater_equal<>()) ==
                     w.controls.end(),
                 "controls that are not in order") ||
          !texts(w.target, w.host, w.reason, w.owner, w.ticket) || !range(w.range)) {
        return false;
      }
    }
    return true;
  }

  bool parameters() {
    for (std::size_t i = 0; i < program_.parameters.size(); ++i) {
      const Parameter& p = program_.parameters[i];
      at("parameter", i);
      if (!texts(p.name, p.doc, p.domain, p.origin) || !type(p.type) || !constant(p.value) ||
          !range(p.range) ||
          !std::all_of(p.sources.begin(), p.sources.end(), [&](const ParameterSource& source) {
            return constant(source.value) && texts(source.origin) && range(source.range);
          })) {
        return false;
      }
    }
    return true;
  }

  bool profile() {
    at("the profile");
    const Profile& p = program_.profile;
    const auto is_text = [&](TextId id) { return texts(id); };
    return texts(p.name, p.title, p.origin) && range(p.range) &&
           std::all_of(p.extends.begin(), p.extends.end(), is_text) &&
           std::all_of(p.excluded.begin(), p.excluded.end(), is_text) &&
           std::all_of(p.regraded.begin(), p.regraded.end(),
                       [&](const Regrading& r) {
                         return check(r.control < program_.controls.size(),
                                      "a control that does not exist") &&
                                check(r.from <= Severity::Critical, "an unknown severity") && range(r.range);
                       }) &&
           std::all_of(p.loosened.begin(), p.loosened.end(), [&](const Loosening& l) {
             return texts(l.profile, l.target, l.because) && range(l.range);
           });
  }

  const Program& program_;
  std::vector<std::uint16_t> depth_;
  std::vector<std::uint64_t> free_;
  const char* where_ = "the program";
  std::uint32_t where_index_ = kNone;
  const char* problem_ = "";
};

static_assert(limits::kVariables <= 64, "free variables are kept in one machine word");

}  // namespace

base::Result<void> verify(const Program& program, std::string_view name) {
  Verifier verifier(program);
  if (verifier.run()) return {};
  return base::failure(diag::ProgramInvalid{
      .file = std::string(name), .place = verifier.place(), .problem = verifier.problem()}
                           .at());
}

}  // namespace polc::ir
