// What each rule behind a commit point is called when it is missing: "expected <this>, found ...". A rule that can
// raise and is not listed here does not compile.
#pragma once

#include <string_view>

#include "grammar/match.hpp"
#include "grammar/rules.hpp"

namespace polc::grammar {

template <class Rule>
inline constexpr Expectation kExpected{Problem::None, {}};

template <class Rule>
inline constexpr Expectation kExpected<rules::nested<Rule>> = kExpected<Rule>;

#define POLC_EXPECTS(rule, problem, text) \
  template <>                             \
  inline constexpr Expectation kExpected<rules::rule> = {Problem::problem, text}

POLC_EXPECTS(expression, Operand, "an expression");
POLC_EXPECTS(implication, Operand, "a condition after `=>`");
POLC_EXPECTS(conjunction, Operand, "a condition after `or`");
POLC_EXPECTS(negated, Operand, "a condition");
POLC_EXPECTS(operand, Operand, "a value");
POLC_EXPECTS(port, Operand, "a value");
POLC_EXPECTS(sum, Operand, "the upper end of the range");
POLC_EXPECTS(product, Operand, "a value");
POLC_EXPECTS(unary, Operand, "a value");
POLC_EXPECTS(subject, Name, "what to decide by, such as `host.role`");
POLC_EXPECTS(expressions, Operand, "an expression");
POLC_EXPECTS(field_values, Operand, "the value of the field");
POLC_EXPECTS(field_value, Operand, "another value after `,`");

POLC_EXPECTS(close_paren, Continuation, "`)`");
POLC_EXPECTS(close_index, Continuation, "`]`");
POLC_EXPECTS(close_arguments, Continuation, "`,` or `)`");
POLC_EXPECTS(close_parameters, Continuation, "a parameter such as `p: int`, or `)`");
POLC_EXPECTS(close_list, Continuation, "`,` or `]`");
POLC_EXPECTS(close_braces, Continuation, "`,` or `}`");
POLC_EXPECTS(close_cases, Continuation, "a case such as `member: 14`, or `}`");
POLC_EXPECTS(close_fields, Continuation, "a field or `}`");
POLC_EXPECTS(quantifier_colon, Continuation, "`:` and what must hold of each");

POLC_EXPECTS(close_brace, Other, "`}`");
POLC_EXPECTS(open_brace, Other, "`{`");
POLC_EXPECTS(colon, Other, "`:` and a value");
POLC_EXPECTS(label, Other, "a case");
POLC_EXPECTS(braces, Other, "`{`");
POLC_EXPECTS(protocol, Other, "`tcp`, `udp` or `tcp+udp` after `/`");
POLC_EXPECTS(member_word, Other, "a word after `.`");
POLC_EXPECTS(state_word, Other, "a state after `is`, such as `present`");
POLC_EXPECTS(quantifier_variable, Name, "`{` or a variable, as in `all p in ports: ...`");
POLC_EXPECTS(quantifier_in, Other, "`in` and a collection");

POLC_EXPECTS(declared_name, Name, "a name");
POLC_EXPECTS(enum_members, Name, "the members of the enumeration");
POLC_EXPECTS(type, Name, "a type");
POLC_EXPECTS(annotation, Other, "`:` and a type");
POLC_EXPECTS(definition, Other, "`=` and an expression");
POLC_EXPECTS(parameters, Other, "`(` and the parameters");
POLC_EXPECTS(module, Name, "a module such as `std.tls` or a file in quotes");
POLC_EXPECTS(path_word, Other, "a word after `.`");
POLC_EXPECTS(word, Other, "a word");
POLC_EXPECTS(severity_word, Other, "a severity: critical, high, medium, low or info");
POLC_EXPECTS(given_source, Other, "a snapshot in quotes, or `{` and facts");
POLC_EXPECTS(change, Name, "a fact such as `port(443/tcp).listening`");
POLC_EXPECTS(assigned_value, Continuation, "`=` and the value of the fact");
POLC_EXPECTS(fact_value, Operand, "a value, `absent` or `unknown`");
POLC_EXPECTS(close_changes, Continuation, "a fact with its value, or `}`");
POLC_EXPECTS(parameter_value, Other, "`=` and a value");
POLC_EXPECTS(verdict, Other, "a verdict such as `pass`");
POLC_EXPECTS(kw_with, Continuation, "`with` and the facts that differ from case to case");
POLC_EXPECTS(columns, Name, "a fact, or `param` and a name");
POLC_EXPECTS(column, Name, "another fact after `,`");
POLC_EXPECTS(arrow, Continuation, "`,` and another value, or `=>` and a verdict");
POLC_EXPECTS(close_rows, Continuation, "a case such as `absent => fail`, or `}`");
POLC_EXPECTS(because, Other, "`because` and a reason in quotes");
POLC_EXPECTS(string, Other, "a string");
POLC_EXPECTS(strings, Other, "a string");
POLC_EXPECTS(id, Other, "an id in quotes");
POLC_EXPECTS(title, Other, "a title in quotes");
POLC_EXPECTS(targets, Other, "a control id in quotes, `tag` or `group`");
POLC_EXPECTS(target, Other, "another control id in quotes, `tag` or `group`");
POLC_EXPECTS(profile_names, Other, "the name of a profile in quotes");
POLC_EXPECTS(profile_name, Other, "the name of another profile in quotes");
POLC_EXPECTS(default_value, Other, "`=` and a value");
POLC_EXPECTS(reason, Other, "`because` and a reason in quotes");
POLC_EXPECTS(setting_path, Other, "the path of the setting in quotes");
POLC_EXPECTS(kw_host, Other, "`host` and a host pattern in quotes");
POLC_EXPECTS(host_pattern, Other, "a host pattern in quotes");

POLC_EXPECTS(malformed_number, MalformedNumber, "a number");
POLC_EXPECTS(mixed_set_operators, MixedSetOperators, "");
POLC_EXPECTS(chained_comparison, ChainedComparison, "");
POLC_EXPECTS(late_domain, LateDomain, "");
POLC_EXPECTS(reserved_label, ReservedLabel, "");

#undef POLC_EXPECTS

}  // namespace polc::grammar
