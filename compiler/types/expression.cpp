#include "compiler/types/expression.hpp"

#include <algorithm>

namespace polc::compiler {

void Expressions::clear() {
  items_.assign(1, Expr{});
  operands_.clear();
  values_.clear();
  facts_.clear();
  names_.clear();
  variables_.clear();
  expansions_.assign(1, Expansion{});
}

std::vector<ExprId> Expressions::operands(ExprId id) const {
  const auto first = operands_.begin() + static_cast<std::ptrdiff_t>(items_[id].first_operand);
  return {first, first + static_cast<std::ptrdiff_t>(items_[id].operand_count)};
}

ExprId Expressions::add(Expr expr, const std::vector<ExprId>& operands) {
  expr.first_operand = static_cast<std::uint32_t>(operands_.size());
  expr.operand_count = static_cast<std::uint32_t>(operands.size());
  operands_.insert(operands_.end(), operands.begin(), operands.end());
  std::uint64_t size = 1;
  for (const ExprId operand : operands) {
    size += items_[operand].size;
    expr.depth = std::max(expr.depth, items_[operand].depth + 1);
  }
  expr.size = static_cast<std::uint32_t>(std::min<std::uint64_t>(size, UINT32_MAX));
  items_.push_back(expr);
  return static_cast<ExprId>(items_.size() - 1);
}

ExprId Expressions::constant(value::Value value, value::Type type, Origin origin) {
  values_.push_back(std::move(value));
  Expr expr{.kind = ExprKind::Constant, .type = type, .origin = origin};
  expr.data = static_cast<std::uint32_t>(values_.size() - 1);
  return add(expr);
}

ExprId Expressions::fact(FactSource source, value::Type type, Origin origin,
                         const std::vector<ExprId>& arguments) {
  facts_.push_back(source);
  Expr expr{.kind = ExprKind::Fact, .type = type, .origin = origin};
  expr.data = static_cast<std::uint32_t>(facts_.size() - 1);
  return add(expr, arguments);
}

ExprId Expressions::field(ExprId record, std::string name, value::Type type, Origin origin) {
  names_.push_back(std::move(name));
  Expr expr{.kind = ExprKind::Field, .type = type, .origin = origin};
  expr.data = static_cast<std::uint32_t>(names_.size() - 1);
  return add(expr, {record});
}

ExprId Expressions::retyped(ExprId id, value::Type type) {
  Expr copy = items_[id];
  copy.type = type;
  items_.push_back(copy);
  return static_cast<ExprId>(items_.size() - 1);
}

ExprId Expressions::moved(ExprId id, Origin origin) {
  Expr copy = items_[id];
  copy.origin = origin;
  items_.push_back(copy);
  return static_cast<ExprId>(items_.size() - 1);
}

std::uint32_t Expressions::add_variable(VariableInfo info) {
  variables_.push_back(std::move(info));
  return static_cast<std::uint32_t>(variables_.size() - 1);
}

ExpansionId Expressions::add_expansion(Expansion expansion) {
  expansions_.push_back(std::move(expansion));
  return static_cast<ExpansionId>(expansions_.size() - 1);
}

base::Span Expressions::clause_span(ExprId id) const {
  Origin origin = items_[id].origin;
  while (origin.expansion != 0) {
    const Origin& call = expansions_[origin.expansion].call;
    if (call.span.file == base::kNoFile) break;
    origin = call;
  }
  return origin.span;
}

}  // namespace polc::compiler
