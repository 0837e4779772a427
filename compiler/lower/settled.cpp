#include "compiler/lower/settled.hpp"

namespace polc::compiler {
namespace {

using value::ResourceKind;

/// A resource with its arguments, whatever the attribute. With IIS missing, all that it owns is missing.
std::string object_key(const Expressions& expressions, ExprId id) {
  const ResourceKind resource = expressions.source_of(expressions[id]).resource;
  std::string key = "object " + std::to_string(static_cast<unsigned>(resource));
  for (const ExprId argument : expressions.operands(id)) key += '(' + identity(expressions, argument) + ')';
  return key;
}

bool has_no_arguments(const Expressions& expressions, ExprId fact) {
  for (const ExprId argument : expressions.operands(fact)) {
    const value::Value* constant = expressions.constant_value(argument);
    if (constant == nullptr || !constant->empty()) return false;
  }
  return true;
}

constexpr const char* kIisKey = "iis";

}  // namespace

std::string identity(const Expressions& expressions, ExprId id) {
  const Expr& e = expressions[id];
  std::string text = std::to_string(static_cast<unsigned>(e.kind));
  switch (e.kind) {
    case ExprKind::Constant:
      text += value::to_text(expressions.value_of(e));
      break;
    case ExprKind::Field:
      text += expressions.name_of(e);
      break;
    case ExprKind::Variable:
      text += '#' + std::to_string(e.data);
      break;
    case ExprKind::Fact: {
      const FactSource& source = expressions.source_of(e);
      text += ':' + std::to_string(static_cast<unsigned>(source.resource)) + '.' +
              std::to_string(static_cast<unsigned>(source.attribute));
      break;
    }
    default:
      text += '/' + std::to_string(e.data);
      break;
  }
  for (const ExprId operand : expressions.operands(id)) text += '(' + identity(expressions, operand) + ')';
  return text;
}

std::size_t SettledFacts::learn(ExprId condition, bool truth) {
  const Expr& e = expressions_[condition];
  const std::size_t before = order_.size();
  const auto learn_all = [&](bool operand_truth) {
    for (const ExprId operand : expressions_.operands(condition)) learn(operand, operand_truth);
  };
  switch (e.kind) {
    case ExprKind::And:
      if (truth) learn_all(true);
      break;
    case ExprKind::Or:
      if (!truth) learn_all(false);
      break;
    case ExprKind::Not:
      learn_all(!truth);
      break;
    case ExprKind::Implies:
      if (truth) break;
      learn(expressions_.operand(condition, 0), true);
      learn(expressions_.operand(condition, 1), false);
      break;
    case ExprKind::IsPresent: {
      if (truth == e.inverted) break;
      const ExprId subject = expressions_.operand(condition, 0);
      add(identity(expressions_, subject));
      if (expressions_[subject].kind != ExprKind::Fact) break;
      const FactSource& source = expressions_.source_of(expressions_[subject]);
      if (!source.attribute_written) add(object_key(expressions_, subject));
      if (source.resource == ResourceKind::Iis && has_no_arguments(expressions_, subject)) add(kIisKey);
      break;
    }
    default:
      break;
  }
  return order_.size() - before;
}

void SettledFacts::add(std::string key) {
  ++counts_[key];
  order_.push_back(std::move(key));
}

void SettledFacts::undo(std::size_t n) {
  for (; n > 0; --n) {
    --counts_[order_.back()];
    order_.pop_back();
  }
}

bool SettledFacts::contains(ExprId fact) const {
  if (order_.empty()) return false;
  const auto known = [&](const std::string& key) {
    const auto found = counts_.find(key);
    return found != counts_.end() && found->second > 0;
  };
  if (known(identity(expressions_, fact))) return true;
  if (expressions_[fact].kind != ExprKind::Fact) return false;
  const ResourceKind resource = expressions_.source_of(expressions_[fact]).resource;
  const value::IisAttribute* attribute = expressions_.source_of(expressions_[fact]).iis_attribute;
  const bool owned_by_iis = resource == ResourceKind::IisPaths || resource == ResourceKind::IisList ||
                            (attribute != nullptr && attribute->fallback.has_value());
  return known(object_key(expressions_, fact)) || (owned_by_iis && known(kIisKey));
}

}  // namespace polc::compiler
