#include "authoring/testing/mutants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "authoring/testing/atoms.hpp"
#include "authoring/testing/edited_text.hpp"
#include "runtime/evaluate/comparison.hpp"
#include "runtime/ir/op_info.hpp"

namespace polc::authoring {
namespace {

using ir::AbsenceRule;
using ir::Comparison;
using ir::Node;
using ir::NodeId;
using ir::Op;
using value::TypeKind;
using value::Value;

/// Of the operator as it is written; the first that begins the text between the operands is taken.
constexpr WordChange kOpposites[] = {{"==", "!="},     {"!=", "=="},    {"<=", ">"},      {">=", "<"},
                                     {"<", ">="},      {">", "<="},     {"not in", "in"}, {"in", "not in"},
                                     {"is not", "is"}, {"is", "is not"}};
constexpr WordChange kBoundaries[] = {{"<=", "<"}, {">=", ">"}, {"<", "<="}, {">", ">="}};
constexpr WordChange kSides[] = {{"within", "contains"}, {"contains", "within"}};
constexpr WordChange kConnectives[] = {{"and", "or"}, {"or", "and"}};
constexpr WordChange kQuantors[] = {{"all", "any"}, {"any", "all"}};

constexpr std::uint8_t kAllRoles = 7;  // of ir::DefaultRow

std::optional<Comparison> at_boundary(Comparison comparison) {
  switch (comparison) {
    case Comparison::Less:
      return Comparison::LessEqual;
    case Comparison::LessEqual:
      return Comparison::Less;
    case Comparison::Greater:
      return Comparison::GreaterEqual;
    case Comparison::GreaterEqual:
      return Comparison::Greater;
    default:
      return std::nullopt;
  }
}

std::optional<Comparison> with_sides_exchanged(Comparison comparison) {
  switch (comparison) {
    case Comparison::Within:
      return Comparison::Contains;
    case Comparison::Contains:
      return Comparison::Within;
    case Comparison::NotWithin:
      return Comparison::NotContains;
    case Comparison::NotContains:
      return Comparison::NotWithin;
    default:
      return std::nullopt;
  }
}

bool is_set(value::Type type) {
  return type.kind == TypeKind::Set || type.kind == TypeKind::AddressSet || type.kind == TypeKind::EmptySet;
}

/// The value and its neighbours in both directions; none for what has no next one.
std::vector<Value> neighbours(const Value& value) {
  std::vector<Value> found;
  const auto step = [&](value::Integer number, std::int64_t by) {
    return value::add(number, value::Integer::of(by));
  };
  for (const std::int64_t by : {-1, 1}) {
    if (const auto* number = value.get<value::Number>(); number != nullptr && number->exact()) {
      if (const auto next = step(number->low, by)) found.emplace_back(value::Number::exactly(*next));
    } else if (const auto* duration = value.get<value::Duration>();
               duration != nullptr && duration->seconds.exact()) {
      if (const auto next = step(duration->seconds.low, by))
        found.emplace_back(value::Duration{value::Number::exactly(*next)});
    } else if (const auto* date = value.get<value::Date>()) {
      found.emplace_back(value::Date{date->days + static_cast<std::int32_t>(by)});
    } else if (const auto* port = value.get<value::Port>()) {
      const std::int64_t next = port->number + by;
      if (next >= 0 && next <= UINT16_MAX)
        found.emplace_back(value::Port{static_cast<std::uint16_t>(next), port->protocol});
    }
  }
  return found;
}

/// The collection without its members, one at a time.
std::vector<Value> without_one(const Value& value) {
  std::vector<Value> found;
  if (const auto* set = value.get<value::SetValue>(); set != nullptr && set->exact()) {
    for (std::size_t i = 0; i < set->low.size(); ++i) {
      std::vector<Value> rest = set->low;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      found.emplace_back(value::SetValue::exactly(std::move(rest)));
    }
  } else if (const auto* map = value.get<value::MapValue>()) {
    for (std::size_t i = 0; i < map->entries.size(); ++i) {
      value::MapValue rest = *map;
      rest.entries.erase(rest.entries.begin() + static_cast<std::ptrdiff_t>(i));
      found.emplace_back(std::move(rest));
    }
  }
  return found;
}

class Maker {
 public:
  Maker(const ir::Program& program, const base::SourceManager& sources)
      : program_(program), text_(program, sources) {}

  std::vector<Mutant> make() {
    for (control_ = 0; control_ < program_.controls.size(); ++control_) {
      const ir::Control& control = program_.controls[control_];
      for (const Atom& atom : atoms_of(program_, control)) absent_[atom.node] = atom.can_be_absent;
      for (const GuardClause& clause : guard_clauses(program_, control)) guard(clause);
      if (control.guard != ir::kNone) boolean(control.guard);
      for (const ir::Require& require : control.requires_) boolean(require.root);
    }
    return std::move(mutants_);
  }

 private:
  const Node& node(NodeId id) const { return program_.nodes[id]; }
  NodeId operand(const Node& n, std::size_t i) const { return program_.operands_of(n)[i]; }
  const ir::SourceRange& range(NodeId id) const { return program_.ranges[node(id).range]; }

  /// One mutant for all places that the edited text was expanded to. `kind` tells mutants of one place apart.
  void add(std::string_view kind, std::vector<Edit> edits, std::vector<Patch> patches) {
    if (edits.empty()) return;
    // What is written may depend on parameters, where it stands does not.
    std::string key(kind);
    for (const Edit& edit : edits) key += fmt::format(" {}:{}-{}", edit.file, edit.begin, edit.end);
    const auto [known, is_new] = index_.try_emplace(key, mutants_.size());
    if (is_new) mutants_.push_back({key, std::move(edits), {}, {}});
    Mutant& mutant = mutants_[known->second];
    for (Patch& patch : patches) {
      const bool there = std::any_of(mutant.patches.begin(), mutant.patches.end(),
                                     [&](const Patch& p) { return p.node == patch.node; });
      if (!there) mutant.patches.push_back(std::move(patch));
    }
    if (mutant.controls.empty() || mutant.controls.back() != control_) mutant.controls.push_back(control_);
  }

  Patch patch(NodeId id) const { return {id, node(id), std::nullopt, std::nullopt}; }

  Edit whole(NodeId id, std::string text) const {
    return {range(id).file, range(id).begin, range(id).end, std::move(text)};
  }

  // --- guards

  void guard(const GuardClause& clause) {
    const ir::SourceRange& place = program_.ranges[clause.range];
    const std::string written = text_.of(place);
    if (written.empty()) return;
    const auto replaced = [&](std::string text) {
      return Edit{place.file, place.begin, place.end, std::move(text)};
    };
    Patch dropped = patch(clause.node);
    dropped.replacement.op = Op::True;
    dropped.operands.emplace();
    add("drop guard", {replaced("true")}, {dropped});
    std::vector<Patch> negated;
    negate(clause.node, negated);
    add("negate guard", {replaced("not (" + written + ")")}, std::move(negated));
  }

  void negate(NodeId id, std::vector<Patch>& patches) const {
    Patch changed = patch(id);
    Node& n = changed.replacement;
    switch (n.op) {
      case Op::True:
      case Op::False:
        n.op = n.op == Op::True ? Op::False : Op::True;
        break;
      case Op::And:
      case Op::Or:
        n.op = n.op == Op::And ? Op::Or : Op::And;
        for (std::uint32_t i = 0; i < n.operand_count; ++i) negate(operand(n, i), patches);
        break;
      case Op::All:
      case Op::Any:
        n.op = n.op == Op::All ? Op::Any : Op::All;
        negate(operand(n, 1), patches);
        break;
      case Op::Select:
        for (std::uint32_t i = 2; i < n.operand_count; i += 2) negate(operand(n, i), patches);
        break;
      case Op::Compare:
        n.comparison = ir::opposite(n.comparison);
        break;
      default:
        n.negated = !n.negated;
    }
    patches.push_back(std::move(changed));
  }

  // --- conditions

  void boolean(NodeId id) {
    const Node& n = node(id);
    switch (n.op) {
      case Op::And:
      case Op::Or:
        connective(id);
        for (std::uint32_t i = 0; i < n.operand_count; ++i) boolean(operand(n, i));
        return;
      case Op::All:
      case Op::Any:
        quantifier(id);
        values(operand(n, 0));
        boolean(operand(n, 1));
        return;
      case Op::Select:
        for (std::uint32_t i = 2; i < n.operand_count; i += 2) boolean(operand(n, i));
        return;
      case Op::Compare:
        compare(id);
        break;
      case Op::IsPresent:
      case Op::IsResolved:
        presence(id);
        break;
      case Op::Holds:
        break;
      default:
        return;
    }
    absence(id);
    for (std::uint32_t i = 0; i < n.operand_count; ++i) values(operand(n, i));
  }

  void connective(NodeId id) {
    const Node& n = node(id);
    Patch changed = patch(id);
    changed.replacement.op = n.op == Op::And ? Op::Or : Op::And;
    std::vector<Edit> edits;
    if (auto head = text_.replaced_head(range(id), kQuantors)) edits.push_back(std::move(*head));
    for (std::uint32_t i = 1;
         i < n.operand_count && (edits.empty() || edits.front().begin != range(id).begin); ++i) {
      auto word = text_.replaced_between(range(operand(n, i - 1)), range(operand(n, i)), kConnectives);
      if (!word) return;
      edits.push_back(std::move(*word));
    }
    if (n.operand_count > 1) add("connective", std::move(edits), {changed});
  }

  void quantifier(NodeId id) {
    Patch changed = patch(id);
    changed.replacement.op = node(id).op == Op::All ? Op::Any : Op::All;
    if (auto head = text_.replaced_head(range(id), kQuantors))
      add("quantifier", {std::move(*head)}, {changed});
  }

  void compare(NodeId id) {
    const Node& n = node(id);
    const NodeId left = operand(n, 0), right = operand(n, 1);
    const auto change = [&](std::string_view kind, Comparison comparison,
                            std::span<const WordChange> changes) {
      Patch changed = patch(id);
      changed.replacement.comparison = comparison;
      auto word = text_.replaced_between(range(left), range(right), changes);
      if (!word) word = text_.replaced_between(range(right), range(left), changes);
      if (!word) word = text_.replaced_behind(range(left), range(id), changes);
      if (word) add(kind, {std::move(*word)}, {changed});
    };
    change("operator", ir::opposite(n.comparison), kOpposites);
    if (const auto boundary = at_boundary(n.comparison)) change("boundary", *boundary, kBoundaries);
    const auto exchanged = with_sides_exchanged(n.comparison);
    if (exchanged && is_set(node(left).type) && is_set(node(right).type)) change("sides", *exchanged, kSides);
  }

  void presence(NodeId id) {
    Patch changed = patch(id);
    changed.replacement.negated = !node(id).negated;
    constexpr WordChange kPresence[] = {{"is present", "is absent"},
                                        {"is absent", "is present"},
                                        {"is not", "is"},
                                        {"is resolved", "is not resolved"},
                                        {"==", "!="},
                                        {"!=", "=="}};
    if (auto word = text_.replaced_behind(range(operand(node(id), 0)), range(id), kPresence))
      add("presence", {std::move(*word)}, {changed});
  }

  // --- absence

  void absence(NodeId id) {
    const Node& n = node(id);
    if (!absent_[id] || n.guard) return;
    const ir::SourceRange& place = range(id);
    const auto rule = [&](AbsenceRule changed_rule, std::optional<Edit> edit) {
      Patch changed = patch(id);
      changed.replacement.absence = changed_rule;
      if (edit) add(fmt::format("absence {}", static_cast<int>(changed_rule)), {std::move(*edit)}, {changed});
    };
    const Edit end{place.file, place.end, place.end, {}};
    const auto appended = [&](std::string text) {
      Edit edit = end;
      edit.text = std::move(text);
      return edit;
    };
    if (n.absence == AbsenceRule::Fails) {
      if (!n.negated) rule(AbsenceRule::Passes, appended(" or absent"));
      if (n.defaults != 0 && with_default(n) != false) rule(AbsenceRule::Default, appended(" or default"));
    } else {
      // A rule that comes to the same on every host is no change.
      rule(AbsenceRule::Fails, text_.without_suffix(place));
      if (n.absence == AbsenceRule::Default && !n.negated && with_default(n) != true)
        rule(AbsenceRule::Passes, text_.with_suffix(place, "or absent"));
    }
  }

  /// What a comparison comes to with the default of its fact, where that is the same on every host.
  std::optional<bool> with_default(const Node& n) const {
    const std::vector<ir::DefaultRow>& rows = program_.defaults[n.defaults];
    if (n.op != Op::Compare || rows.size() != 1) return std::nullopt;
    const ir::DefaultRow& row = rows.front();
    const bool everywhere = row.min_build == 0 && row.max_build == UINT32_MAX && row.roles == kAllRoles;
    const Value& fallback = program_.constants[row.value];
    if (!everywhere) return std::nullopt;
    if (fallback.empty()) return false;
    const auto side = [&](std::size_t i) -> const Value* {
      const Node& operand = node(this->operand(n, i));
      if (operand.op == Op::Constant) return &program_.constants[operand.data];
      return operand.op == Op::Fact || operand.op == Op::Read ? &fallback : nullptr;
    };
    const Value* left = side(0);
    const Value* right = side(1);
    if (left == nullptr || right == nullptr) return std::nullopt;
    const value::Answer answer = evaluate::compare_values(n.comparison, *left, node(operand(n, 0)).type,
                                                          *right, node(operand(n, 1)).type);
    return answer.is_true() || answer.is_false() ? std::optional(answer.is_true()) : std::nullopt;
  }

  // --- values

  void values(NodeId id) {
    const Node& n = node(id);
    if (n.op == Op::Fact || n.op == Op::Read) return;  // an address is no bound
    if (n.op == Op::Constant) return constant(id);
    if (ends_together(id)) return;
    if (n.op == Op::MakeSet) members(id);
    for (std::uint32_t i = 0; i < n.operand_count; ++i) values(operand(n, i));
  }

  void constant(NodeId id) {
    const Value& value = program_.constants[node(id).data];
    const std::string written = text_.of(range(id));
    if (written.empty()) return;
    for (Value& neighbour : neighbours(value)) {
      const bool lower = value::precedes(neighbour, value);
      std::string text =
          is_literal(written) ? value::to_text(neighbour) : written + (lower ? " - 1" : " + 1");
      replace(id, lower ? "lower" : "higher", std::move(neighbour), whole(id, std::move(text)));
    }
    if (written.front() != '{') return;
    std::size_t member = 0;
    for (Value& rest : without_one(value)) {
      std::string text = value::to_text(rest);
      replace(id, fmt::format("member {}", ++member), std::move(rest), whole(id, std::move(text)));
    }
  }

  void replace(NodeId id, std::string_view kind, Value value, Edit edit) {
    Patch changed = patch(id);
    changed.constant = std::move(value);
    add(kind, {std::move(edit)}, {changed});
  }

  /// The ends of `70..74/udp` have no text of their own: each is written with the other.
  bool ends_together(NodeId id) {
    const Node& n = node(id);
    if (n.op != Op::Range) return false;
    const NodeId ends[] = {operand(n, 0), operand(n, 1)};
    for (const NodeId end : ends) {
      if (node(end).op != Op::Constant || node(end).range != n.range) return false;
    }
    for (const std::size_t changed : {std::size_t{0}, std::size_t{1}}) {
      for (Value& neighbour : neighbours(program_.constants[node(ends[changed]).data])) {
        const Value& other = program_.constants[node(ends[1 - changed]).data];
        const bool lower = value::precedes(neighbour, program_.constants[node(ends[changed]).data]);
        std::string text = changed == 0 ? range_text(neighbour, other) : range_text(other, neighbour);
        replace(ends[changed],
                fmt::format("{} {}", changed == 0 ? "first" : "last", lower ? "lower" : "higher"),
                std::move(neighbour), whole(id, std::move(text)));
      }
    }
    return true;
  }

  /// "69..74/udp"
  static std::string range_text(const Value& first, const Value& last) {
    const auto* port = first.get<value::Port>();
    const std::string low = port != nullptr ? std::to_string(port->number) : value::to_text(first);
    return low + ".." + value::to_text(last);
  }

  static bool is_literal(std::string_view text) {
    return text.find_first_of(" +-*()") == std::string_view::npos && text.front() >= '0' &&
           text.front() <= '9';
  }

  void members(NodeId id) {
    const Node& n = node(id);
    for (std::uint32_t i = 0; i < n.operand_count; ++i) {
      Patch changed = patch(id);
      changed.operands.emplace();
      for (std::uint32_t k = 0; k < n.operand_count; ++k) {
        if (k != i) changed.operands->push_back(operand(n, k));
      }
      if (auto edit = text_.without_member(range(id), range(operand(n, i))))
        add("member", {std::move(*edit)}, {changed});
    }
  }

  const ir::Program& program_;
  EditedText text_;
  std::uint32_t control_ = 0;
  std::map<NodeId, bool> absent_;  ///< where absence is settled
  std::map<std::string, std::size_t> index_;
  std::vector<Mutant> mutants_;
};

}  // namespace

std::vector<Mutant> mutants_of(const ir::Program& program, const base::SourceManager& sources) {
  return Maker(program, sources).make();
}

Mutation::Mutation(ir::Program& program, const Mutant& mutant)
    : program_(program), constants_(program.constants.size()), operands_(program.operands.size()) {
  for (const Patch& patch : mutant.patches) {
    saved_.emplace_back(patch.node, program.nodes[patch.node]);
    Node& node = program.nodes[patch.node] = patch.replacement;
    if (patch.constant) {
      node.data = static_cast<std::uint32_t>(program.constants.size());
      program.constants.push_back(*patch.constant);
    }
    if (patch.operands) {
      node.first_operand = static_cast<std::uint32_t>(program.operands.size());
      node.operand_count = static_cast<std::uint32_t>(patch.operands->size());
      program.operands.insert(program.operands.end(), patch.operands->begin(), patch.operands->end());
    }
  }
}

Mutation::~Mutation() {
  for (auto saved = saved_.rbegin(); saved != saved_.rend(); ++saved)
    program_.nodes[saved->first] = saved->second;
  program_.constants.resize(constants_);
  program_.operands.resize(operands_);
}

}  // namespace polc::authoring
