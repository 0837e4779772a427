// Which rules make nodes of the syntax tree, and of what kind.
#pragma once

#include <cstdint>

#include "grammar/rules.hpp"
#include "grammar/syntax_tree.hpp"

namespace polc::grammar {

enum class Shape : std::uint8_t {
  None,   // the rule makes no node; nodes made inside it belong to the rule around it
  Plain,  // a node over what the rule matched
  Tail,   // an operator behind its first operand: the node adopts the operand
};

struct Making {
  Shape shape = Shape::None;
  NodeKind kind = NodeKind::Error;
  Op op = Op::None;
};

constexpr Making plain(NodeKind kind, Op op = Op::None) {
  return {Shape::Plain, kind, op};
}
constexpr Making tail(NodeKind kind, Op op = Op::None) {
  return {Shape::Tail, kind, op};
}

template <class Rule>
inline constexpr Making kMaking{};

#define POLC_MAKES(rule, ...) \
  template <>                 \
  inline constexpr Making kMaking<rules::rule> = __VA_ARGS__

POLC_MAKES(word_leaf, plain(NodeKind::Word));
POLC_MAKES(name_leaf, plain(NodeKind::Word));
POLC_MAKES(label_leaf, plain(NodeKind::Label));
POLC_MAKES(key_leaf, plain(NodeKind::Name));
POLC_MAKES(name_value, plain(NodeKind::Name));
POLC_MAKES(subject_name, plain(NodeKind::Name));
POLC_MAKES(bare_value, plain(NodeKind::Name));

POLC_MAKES(integer, plain(NodeKind::Int));
POLC_MAKES(hex_integer, plain(NodeKind::HexInt));
POLC_MAKES(boolean_leaf, plain(NodeKind::Bool));
POLC_MAKES(duration, plain(NodeKind::Duration));
POLC_MAKES(date, plain(NodeKind::Date));
POLC_MAKES(raw_string, plain(NodeKind::RawString));
POLC_MAKES(quoted_string, plain(NodeKind::String));
POLC_MAKES(text_block, plain(NodeKind::TextBlock));

POLC_MAKES(paren, plain(NodeKind::Paren));
POLC_MAKES(list, plain(NodeKind::List));
POLC_MAKES(braces, plain(NodeKind::Braces));
POLC_MAKES(entry_tail, tail(NodeKind::Entry));
POLC_MAKES(by_block, plain(NodeKind::ByBlock));
POLC_MAKES(by_case, plain(NodeKind::ByCase));
POLC_MAKES(call_tail, tail(NodeKind::Call));
POLC_MAKES(named_argument, plain(NodeKind::NamedArgument));
POLC_MAKES(index_tail, tail(NodeKind::Index));
POLC_MAKES(member_tail, tail(NodeKind::Member));
POLC_MAKES(rights_on, tail(NodeKind::RightsOn));
POLC_MAKES(negation, plain(NodeKind::Negation));
POLC_MAKES(product_tail, tail(NodeKind::Product));
POLC_MAKES(sum_tail, tail(NodeKind::Sum));
POLC_MAKES(plus_sign, plain(NodeKind::Operator, Op::Plus));
POLC_MAKES(minus_sign, plain(NodeKind::Operator, Op::Minus));
POLC_MAKES(range_tail, tail(NodeKind::Range));
POLC_MAKES(tcp_tail, tail(NodeKind::PortSuffix, Op::Tcp));
POLC_MAKES(udp_tail, tail(NodeKind::PortSuffix, Op::Udp));
POLC_MAKES(tcp_udp_tail, tail(NodeKind::PortSuffix, Op::TcpUdp));
POLC_MAKES(union_tail, tail(NodeKind::Union));
POLC_MAKES(intersection_tail, tail(NodeKind::Intersection));

POLC_MAKES(equal, plain(NodeKind::Operator, Op::Equal));
POLC_MAKES(not_equal, plain(NodeKind::Operator, Op::NotEqual));
POLC_MAKES(less, plain(NodeKind::Operator, Op::Less));
POLC_MAKES(less_equal, plain(NodeKind::Operator, Op::LessEqual));
POLC_MAKES(greater, plain(NodeKind::Operator, Op::Greater));
POLC_MAKES(greater_equal, plain(NodeKind::Operator, Op::GreaterEqual));
POLC_MAKES(in, plain(NodeKind::Operator, Op::In));
POLC_MAKES(not_in, plain(NodeKind::Operator, Op::NotIn));
POLC_MAKES(contains, plain(NodeKind::Operator, Op::Contains));
POLC_MAKES(within, plain(NodeKind::Operator, Op::Within));
POLC_MAKES(like, plain(NodeKind::Operator, Op::Like));
POLC_MAKES(is, plain(NodeKind::Operator, Op::Is));
POLC_MAKES(is_not, plain(NodeKind::Operator, Op::IsNot));
POLC_MAKES(compare_tail, tail(NodeKind::Comparison));
POLC_MAKES(is_tail, tail(NodeKind::IsTest));
POLC_MAKES(absent_tail, tail(NodeKind::Absence, Op::Absent));
POLC_MAKES(default_tail, tail(NodeKind::Absence, Op::Default));
POLC_MAKES(all_block, plain(NodeKind::Block, Op::All));
POLC_MAKES(any_block, plain(NodeKind::Block, Op::Any));
POLC_MAKES(all_quantifier, plain(NodeKind::Quantifier, Op::All));
POLC_MAKES(any_quantifier, plain(NodeKind::Quantifier, Op::Any));
POLC_MAKES(inversion, plain(NodeKind::Not));
POLC_MAKES(and_tail, tail(NodeKind::And));
POLC_MAKES(or_tail, tail(NodeKind::Or));
POLC_MAKES(implies_tail, tail(NodeKind::Implies));

POLC_MAKES(field, plain(NodeKind::Field));
POLC_MAKES(field_block, plain(NodeKind::FieldBlock));
POLC_MAKES(enum_type, plain(NodeKind::EnumType));
POLC_MAKES(type_name, plain(NodeKind::TypeName));
POLC_MAKES(module_path, plain(NodeKind::ModulePath));
POLC_MAKES(domain, plain(NodeKind::Domain));
POLC_MAKES(default_value, plain(NodeKind::Default));
POLC_MAKES(direction, plain(NodeKind::Direction));
POLC_MAKES(parameter, plain(NodeKind::Parameter));
POLC_MAKES(parameters, plain(NodeKind::Parameters));
POLC_MAKES(use, plain(NodeKind::Use));
POLC_MAKES(param, plain(NodeKind::Param));
POLC_MAKES(let, plain(NodeKind::Let));
POLC_MAKES(def, plain(NodeKind::Def));

POLC_MAKES(severity, plain(NodeKind::Severity));
POLC_MAKES(tags, plain(NodeKind::Tags));
POLC_MAKES(refs, plain(NodeKind::Refs));
POLC_MAKES(because, plain(NodeKind::Because));
POLC_MAKES(fix, plain(NodeKind::Fix));
POLC_MAKES(when, plain(NodeKind::When));
POLC_MAKES(require, plain(NodeKind::Require));
POLC_MAKES(manual, plain(NodeKind::Manual));
POLC_MAKES(attested, plain(NodeKind::Attested));
POLC_MAKES(manual_age, plain(NodeKind::Within));
POLC_MAKES(formerly, plain(NodeKind::Formerly));

POLC_MAKES(tag_target, plain(NodeKind::TagTarget));
POLC_MAKES(group_target, plain(NodeKind::GroupTarget));
POLC_MAKES(id_target, plain(NodeKind::IdTarget));
POLC_MAKES(waive_host, plain(NodeKind::Host));
POLC_MAKES(waive_from, plain(NodeKind::From));
POLC_MAKES(waive_until, plain(NodeKind::Until));
POLC_MAKES(extends, plain(NodeKind::Extends));
POLC_MAKES(include, plain(NodeKind::Include));
POLC_MAKES(exclude, plain(NodeKind::Exclude));
POLC_MAKES(assignment, plain(NodeKind::Assignment));
POLC_MAKES(regrading, plain(NodeKind::Regrading));
POLC_MAKES(loosen, plain(NodeKind::Loosen));
POLC_MAKES(absent_value, plain(NodeKind::Name));
POLC_MAKES(assigned_value, tail(NodeKind::Change));
POLC_MAKES(given, plain(NodeKind::Given));
POLC_MAKES(at_date, plain(NodeKind::At));
POLC_MAKES(test_param, plain(NodeKind::TestParam));
POLC_MAKES(parameter_column, plain(NodeKind::TestParam));
POLC_MAKES(with, plain(NodeKind::With));
POLC_MAKES(expect, plain(NodeKind::Expect));
POLC_MAKES(table, plain(NodeKind::Cases));
POLC_MAKES(columns, plain(NodeKind::Columns));
POLC_MAKES(case_row, plain(NodeKind::CaseRow));
POLC_MAKES(equivalent, plain(NodeKind::Equivalent));

#undef POLC_MAKES

}  // namespace polc::grammar
