// Typed expressions: what the checker makes of syntax, and what lowering turns into program nodes. Names are
// resolved, helpers expanded, literals converted to the type they stand for, constants folded.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "runtime/base/span.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/iis_schema.hpp"
#include "runtime/value/resource.hpp"
#include "runtime/value/type.hpp"
#include "runtime/value/value.hpp"

namespace polc::compiler {

/// Index into Expressions. 0 is the expression that had an error, which has been reported: whatever uses it
/// stays silent.
using ExprId = std::uint32_t;
inline constexpr ExprId kErrorExpr = 0;

/// Index into the expansions of Expressions. 0 is none: what the clause itself says.
using ExpansionId = std::uint32_t;

/// Where an expression is written: in the clause, or in the body of a helper that is expanded into it.
struct Origin {
  base::Span span;
  ExpansionId expansion = 0;
};

/// The body of a `let` or `def` in the place of its name.
struct Expansion {
  Origin call;  ///< the name, with its arguments; no file: stands beside the clause
  base::Span body;
  std::string title;  ///< "is_closed(p: 443/tcp)"
};

enum class ExprKind : std::uint8_t {
  Error,

  // Values
  Constant,  // data: index into values
  Fact,      // operands: arguments in the order of the resource's parameters; data: index into facts
  Variable,  // data: index into variables
  Field,     // operand: record; data: index into names
  Lookup,    // operands: map, key
  Add,       // operands: left, right
  Subtract,
  Multiply,
  Negate,
  Union,
  Intersection,
  Difference,
  Range,     // operands: first, last
  MakePort,  // operand: integer; data: value::Protocol
  MakeSet,
  MakeList,
  MakeMap,  // operands: key, value, ...
  Count,
  IntOf,
  Split,
  Lower,
  RegistryAs,  // data: value::RegistryType
  Choice,      // operands: subject, then pairs (constant, value)

  // Conditions
  Truth,  // data: 0 or 1
  And,
  Or,
  Not,
  Implies,    // operands: left, right
  SameTruth,  // operands: left, right; `inverted` for !=
  All,        // operands: collection, body; data: index into variables
  Any,
  Compare,     // operands: left, right
  Holds,       // operand: a boolean value
  IsPresent,   // operand: a value; `inverted` for `is absent`
  IsResolved,  // operand: a principal; `inverted` for `is not resolved`
  Branch,      // operands: subject, then pairs (constant, condition)
  OrAbsent,    // operand: the one condition it is the suffix of
  OrDefault,
};

constexpr bool is_condition(ExprKind kind) {
  return kind >= ExprKind::Truth;
}

struct Setting;
struct SettingElement;

/// What a Fact asks.
struct FactSource {
  value::ResourceKind resource = value::ResourceKind::Host;
  value::AttributeId attribute = 0;
  bool attribute_written = false;           ///< false: the resource itself stands for its primary attribute
  const Setting* setting = nullptr;         ///< of gpo
  const SettingElement* element = nullptr;  ///< of gpo(...).option(...)
  const value::IisElement* iis = nullptr;   ///< of iis and iis_list
  const value::IisAttribute* iis_attribute = nullptr;
};

/// A quantifier's variable.
struct VariableInfo {
  std::string name;
  value::Type type;
  value::ResourceKind source = value::ResourceKind::Host;  ///< where its collection comes from
  const value::IisElement* iis = nullptr;                  ///< of elements of an iis_list
  ExprId collection = kErrorExpr;
  std::uint32_t rounds = 0;  ///< rounds of collecting before its values are known: 0 for constant collections
};

struct Expr {
  ExprKind kind = ExprKind::Error;
  ir::Comparison comparison = ir::Comparison::Equal;
  bool inverted = false;
  bool total = false;  ///< of facts and fields: never absent where they are in force
  value::Type type;    ///< Bool for conditions
  Origin origin;
  std::uint32_t first_operand = 0;
  std::uint32_t operand_count = 0;
  std::uint32_t data = 0;
  std::uint32_t size = 1;   ///< expressions in it, shared ones counted where they are used; saturates
  std::uint32_t depth = 1;  ///< levels
};

/// Arena of the expressions of one condition; cleared before the next.
class Expressions {
 public:
  Expressions() { clear(); }

  void clear();

  const Expr& operator[](ExprId id) const { return items_[id]; }
  std::size_t size() const { return items_.size(); }

  ExprId operand(ExprId id, std::size_t n) const { return operands_[items_[id].first_operand + n]; }
  std::vector<ExprId> operands(ExprId id) const;

  ExprId add(Expr expr, const std::vector<ExprId>& operands = {});
  ExprId constant(value::Value value, value::Type type, Origin origin);
  ExprId fact(FactSource source, value::Type type, Origin origin, const std::vector<ExprId>& arguments);
  ExprId field(ExprId record, std::string name, value::Type type, Origin origin);

  void set_total(ExprId id) { items_[id].total = true; }

  /// Another value in the place of a constant's.
  void replace_value(ExprId constant, value::Value value) {
    values_[items_[constant].data] = std::move(value);
  }

  /// A copy that differs in type or place.
  ExprId retyped(ExprId id, value::Type type);
  ExprId moved(ExprId id, Origin origin);

  std::uint32_t add_variable(VariableInfo info);

  ExpansionId add_expansion(Expansion expansion);
  const Expansion& expansion(ExpansionId id) const { return expansions_[id]; }

  /// What the author of the clause wrote: of a helper's body, the outermost call.
  base::Span clause_span(ExprId id) const;

  const value::Value& value_of(const Expr& constant) const { return values_[constant.data]; }
  const FactSource& source_of(const Expr& fact) const { return facts_[fact.data]; }
  const std::string& name_of(const Expr& field) const { return names_[field.data]; }
  const VariableInfo& variable(std::uint32_t index) const { return variables_[index]; }

  /// nullptr unless it is a constant.
  const value::Value* constant_value(ExprId id) const {
    return items_[id].kind == ExprKind::Constant ? &values_[items_[id].data] : nullptr;
  }

 private:
  std::vector<Expr> items_;
  std::vector<ExprId> operands_;
  std::vector<value::Value> values_;
  std::vector<FactSource> facts_;
  std::vector<std::string> names_;
  std::vector<VariableInfo> variables_;
  std::vector<Expansion> expansions_;
};

}  // namespace polc::compiler
