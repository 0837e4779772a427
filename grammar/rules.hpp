// The grammar of the policy language as PEGTL rules: rules only. What they build is in nodes.hpp, what they
// say when they fail in expectations.hpp; match.cpp instantiates them.
//
// Conventions
//  - Every rule decides on its first token. Behind that it is committed: what must follow is in must<>, which
//    raises. So no text is matched twice, no node is built and thrown away, and an error stands where it
//    happens.
//  - An operand and the operators behind it are `seq<operand, opt<..._tail>>`: the tail's node adopts the
//  operand.
//  - Recursion passes through nested<>, which counts the depth.
//  - `//= name` marks a rule that is a production of polc.ebnf; a test keeps both lists equal.
#pragma once

#include "grammar/lexical.hpp"

namespace polc::grammar::rules {

/// One level deeper; the control refuses to go below limits::kNesting.
template <class Rule>
struct nested : seq<Rule> {};

/// Comma separated, a trailing comma is fine; may be empty.
template <class Item>
struct items : opt<list_tail<Item, comma>> {};

struct expression;
struct postfix;

// Values, tightest first

struct word_colon : seq<identifier, trivia, colon> {};

struct paren : if_must<open_paren, nested<expression>, close_paren> {};  //= paren

struct close_list : close_bracket {};
struct list : seq<open_bracket, items<nested<expression>>, must<close_list>> {};  //= list

struct key_leaf : identifier {};
struct key_word : token<key_leaf> {};
struct entry_tail : if_must<colon, nested<expression>> {};
struct word_entry : seq<at<word_colon>, key_word, entry_tail> {};
struct entry : sor<word_entry, seq<nested<expression>, opt<entry_tail>>> {};  //= entry
struct close_braces : close_brace {};
struct braces : seq<open_brace, items<entry>, must<close_braces>> {};  //= braces

struct name_value : sor<unreserved, word_text<TAO_PEGTL_STRING("any")>> {};
struct name : token<name_value> {};  //= name

struct call_tail;
struct index_tail;
struct member_tail;
struct label : sor<word, string, number> {};                                        //= label
struct by_case : seq<list_must<label, comma>, must<colon, nested<expression>>> {};  //= by_case
struct by_word : seq<word_text<TAO_PEGTL_STRING("by")>, trivia, unreserved> {};
struct subject_name : unreserved {};
struct subject : seq<token<subject_name>, star<sor<call_tail, index_tail, member_tail>>> {};  //= subject
struct close_cases : close_brace {};
struct cases : seq<items<by_case>, must<close_cases>> {};
struct by_block : seq<at<by_word>, kw_by, must<subject, open_brace>, cases> {};  //= by_block

struct primary : sor<string, number, boolean, by_block, name, paren, list, braces> {};  //= primary

struct named_argument : seq<at<word_colon>, word, colon, must<nested<expression>>> {};  //= named_argument
struct argument : sor<named_argument, nested<expression>> {};                           //= argument
struct close_arguments : close_paren {};
struct call_tail : seq<open_paren, items<argument>, must<close_arguments>> {};  //= call
struct close_index : close_bracket {};
struct index_tail : if_must<open_bracket, nested<expression>, close_index> {};  //= index
struct member_word : word {};
struct member_tail : if_must<dot, member_word> {};             //= member
struct rights_on : seq<kw_on, at<one<'{'>>, must<braces>> {};  //= rights_on
struct postfix : seq<primary, star<sor<call_tail, index_tail, member_tail>>, opt<rights_on>> {};  //= postfix

struct unary;
struct negation : if_must<token<one<'-'>>, nested<unary>> {};  //= negation
struct unary : sor<negation, postfix> {};                      //= unary

struct product_tail : plus<if_must<token<one<'*'>>, unary>> {};
struct product : seq<unary, opt<product_tail>> {};  //= product

struct plus_sign : one<'+'> {};
struct minus_sign : seq<one<'-'>, not_at<one<'>'>>> {};
struct sum_tail : plus<if_must<token<sor<plus_sign, minus_sign>>, product>> {};
struct sum : seq<product, opt<sum_tail>> {};  //= sum

struct range_tail : if_must<token<two<'.'>>, sum> {};
struct range : seq<sum, opt<range_tail>> {};  //= range

struct tcp_udp_tail : token<word_text<TAO_PEGTL_STRING("tcp+udp")>> {};
struct tcp_tail : token<word_text<TAO_PEGTL_STRING("tcp")>> {};
struct udp_tail : token<word_text<TAO_PEGTL_STRING("udp")>> {};
struct protocol : sor<tcp_udp_tail, tcp_tail, udp_tail> {};  //= protocol
struct slash : token<one<'/'>, not_at<one<'/', '*'>>> {};
struct port_tail : if_must<slash, protocol> {};
struct port : seq<range, opt<port_tail>> {};  //= port

struct pipe : token<one<'|'>, not_at<one<'|'>>> {};
struct ampersand : token<one<'&'>, not_at<one<'&'>>> {};
struct mixed_set_operators : failure {};
struct only_unions : opt<at<ampersand>, raise<mixed_set_operators>> {};
struct only_intersections : opt<at<pipe>, raise<mixed_set_operators>> {};
struct union_tail : seq<plus<if_must<pipe, port>>, only_unions> {};                     //= union
struct intersection_tail : seq<plus<if_must<ampersand, port>>, only_intersections> {};  //= intersection
struct operand : seq<port, opt<sor<union_tail, intersection_tail>>> {};                 //= operand

// Conditions

struct equal : seq<two<'='>, not_at<one<'='>>> {};
struct not_equal : seq<TAO_PEGTL_STRING("!="), not_at<one<'='>>> {};
struct less_equal : seq<TAO_PEGTL_STRING("<="), not_at<one<'>'>>> {};
struct less : seq<one<'<'>, not_at<one<'=', '>'>>> {};
struct greater_equal : TAO_PEGTL_STRING(">=") {};
struct greater : seq<one<'>'>, not_at<one<'='>>> {};
struct in : word_text<TAO_PEGTL_STRING("in")> {};
struct not_in : seq<word_text<TAO_PEGTL_STRING("not")>, trivia, word_text<TAO_PEGTL_STRING("in")>> {};
struct contains : word_text<TAO_PEGTL_STRING("contains")> {};
struct within : word_text<TAO_PEGTL_STRING("within")> {};
struct like : word_text<TAO_PEGTL_STRING("like")> {};
struct compare_operator : token<sor<equal, not_equal, less_equal, less, greater_equal, greater, in, not_in,
                                    contains, within, like>> {};  //= compare_operator

struct is : word_text<TAO_PEGTL_STRING("is")> {};
struct is_not : seq<word_text<TAO_PEGTL_STRING("is")>, trivia, word_text<TAO_PEGTL_STRING("not")>> {};
struct state_word : word {};
struct compare_tail : if_must<compare_operator, operand> {};      //= compare
struct is_tail : if_must<token<sor<is_not, is>>, state_word> {};  //= is_test
struct chained_comparison : failure {};
struct only_comparison : opt<at<sor<compare_operator, kw_is>>, raise<chained_comparison>> {};

struct absent_tail : token<kw_or, word_text<TAO_PEGTL_STRING("absent")>> {};
struct default_tail : token<kw_or, word_text<TAO_PEGTL_STRING("default")>> {};
struct absence : sor<absent_tail, default_tail> {};  //= absence
struct test_tail : seq<sor<compare_tail, is_tail>, only_comparison> {};
struct comparison : seq<operand, opt<test_tail>, opt<absence>> {};  //= comparison

struct all_open : seq<kw_all, open_brace> {};
struct any_open : seq<kw_any, open_brace> {};
struct any_variable : seq<kw_any, unreserved, trivia, sor<kw_in, kw_of, colon>> {};
struct all_block : seq<all_open, items<nested<expression>>, must<close_braces>> {};
struct any_block : seq<any_open, items<nested<expression>>, must<close_braces>> {};
struct block : sor<all_block, any_block> {};  //= block
struct quantifier_variable : declared_name {};
struct quantifier_in : kw_in {};
struct quantifier_colon : colon {};
struct quantifier_rest
    : must<quantifier_variable, quantifier_in, operand, quantifier_colon, nested<expression>> {};
struct all_quantifier : seq<kw_all, quantifier_rest> {};
struct any_quantifier : seq<at<any_variable>, kw_any, quantifier_rest> {};
struct quantifier : sor<all_quantifier, any_quantifier> {};  //= quantifier

struct negated;
struct inversion : if_must<kw_not, nested<negated>> {};             //= inversion
struct negated : sor<inversion, block, quantifier, comparison> {};  //= negated
struct and_tail : plus<if_must<kw_and, negated>> {};
struct conjunction : seq<negated, opt<and_tail>> {};  //= conjunction
struct or_tail : plus<if_must<kw_or, conjunction>> {};
struct disjunction : seq<conjunction, opt<or_tail>> {};  //= disjunction
struct implication;
struct implies_tail : if_must<token<TAO_PEGTL_STRING("=>")>, nested<implication>> {};
struct implication : seq<disjunction, opt<implies_tail>> {};  //= implication
struct expression : seq<implication> {};                      //= expression

// Fields: the generic content of policy, setting and waive

struct bare_value
    : word_text<sor<TAO_PEGTL_STRING("absent"), TAO_PEGTL_STRING("present"), TAO_PEGTL_STRING("default")>> {};
struct field_value : sor<token<bare_value>, expression> {};  //= field_value
struct field_values : list_must<field_value, comma> {};
struct field;
struct close_fields : close_brace {};
struct field_block : seq<open_brace, star<nested<field>>, must<close_fields>> {};  //= field_block
struct field : seq<word, must<field_values>, opt<field_block>> {};                 //= field

// Simple declarations

struct type;
struct enum_open : seq<kw_enum, open_brace> {};
struct enum_members : list_tail<declared_name, comma> {};
struct enum_type : if_must<enum_open, enum_members, close_braces> {};
struct type_name : seq<declared_name, opt<if_must<kw_of, nested<type>>>> {};
struct type : sor<enum_type, type_name> {};  //= type
struct annotation : if_must<colon, type> {};

struct path_word : word {};
struct module_path : list_must<path_word, dot> {};  //= module_path
struct module : sor<string, module_path> {};
struct use : seq<kw_use, must<module>, opt<if_must<kw_as, declared_name>>> {};  //= use

struct domain : if_must<kw_in, operand> {};
struct default_value : if_must<assign, operand> {};
struct late_domain : failure {};
struct direction : if_must<kw_stricter, word> {};
struct early_domain : opt<at<kw_in>, raise<late_domain>> {};
struct param_start : if_must<kw_param, declared_name, annotation> {};
struct param_rest : seq<opt<domain>, opt<default_value>, early_domain, opt<direction>, opt<string>> {};
struct param : seq<param_start, param_rest> {};  //= param

struct definition : if_must<assign, expression> {};
struct let : seq<kw_let, must<declared_name>, opt<annotation>, must<definition>> {};  //= let

struct parameter : seq<declared_name, must<annotation>> {};  //= parameter
struct close_parameters : close_paren {};
struct parameters : seq<open_paren, items<parameter>, must<close_parameters>> {};  //= parameters
struct def : seq<kw_def, must<declared_name, parameters>, opt<annotation>, must<definition>> {};  //= def

// Clauses

struct severity_word : word {};
struct severity : if_must<kw_severity, severity_word> {};  //= severity
struct expressions : list_must<expression, comma> {};
struct tags : if_must<kw_tags, expressions> {};   //= tags
struct refs : if_must<kw_refs, expressions> {};   //= refs
struct because : if_must<kw_because, string> {};  //= because
struct fix : if_must<kw_fix, string> {};          //= fix
struct when : if_must<kw_when, expression> {};    //= when
struct reserved_label : failure {};
struct label_leaf : unreserved {};
struct reserved_ahead : seq<reserved, trivia, colon> {};
struct require_label : sor<seq<at<unreserved, trivia, colon>, token<label_leaf>, colon>,
                           seq<at<reserved_ahead>, raise<reserved_label>>> {};
struct require : seq<kw_require, opt<require_label>, must<expression>> {};  //= require
struct attested : if_must<kw_attested, string> {};
struct manual_age : if_must<kw_within, operand> {};
struct manual : seq<kw_manual, must<string>, opt<attested>, opt<manual_age>> {};  //= manual
struct strings : list_must<string, comma> {};
struct formerly : if_must<kw_formerly, strings> {};                                           //= formerly
struct clause : sor<severity, tags, refs, because, fix, when, require, manual, formerly> {};  //= clause

// Items of a test

struct absent_value : word_text<TAO_PEGTL_STRING("absent")> {};
struct fact_value : sor<token<absent_value>, operand> {};  //= fact_value
struct assigned_value : if_must<assign, fact_value> {};
struct change : seq<postfix, must<assigned_value>> {};  //= change
struct close_changes : close_brace {};
struct changes : seq<open_brace, star<change>, must<close_changes>> {};  //= changes
struct given_source : sor<string, changes> {};
struct given : if_must<kw_given, given_source> {};  //= given
struct at_date : if_must<kw_at, operand> {};        //= at_date
struct parameter_value : if_must<assign, operand> {};
struct test_param : if_must<kw_param, declared_name, parameter_value> {};  //= test_param
struct with : if_must<kw_with, change> {};                                 //= with
struct verdict : word {};
struct expect : seq<if_must<kw_expect, strings, verdict>, opt<because>> {};  //= expect
struct parameter_column : if_must<kw_param, declared_name> {};
struct column : sor<parameter_column, postfix> {};  //= column
struct columns : list_must<column, comma> {};
struct arrow : token<TAO_PEGTL_STRING("=>")> {};
struct row_values : list_must<fact_value, comma> {};
struct case_row : seq<row_values, must<arrow, verdict>, opt<because>> {};  //= case_row
struct close_rows : close_brace {};
struct table_head : if_must<kw_cases, strings, kw_with, columns, open_brace> {};
struct table : seq<table_head, star<case_row>, must<close_rows>> {};                     //= cases
struct equivalent : if_must<kw_equivalent, string, because> {};                          //= equivalent
struct test_item : sor<given, at_date, test_param, with, expect, table, equivalent> {};  //= test_item

// Declarations with a body. The parser walks the bodies itself, item by item, to go on after an error; these
// rules say what it accepts.

struct id : string {};
struct title : string {};
struct setting_path : string {};
struct host_pattern : string {};

struct policy_head : if_must<kw_policy, id, title, open_brace> {};
struct setting_head : if_must<kw_setting, setting_path, open_brace> {};
struct group_head : if_must<kw_group, title, open_brace> {};
struct control_head : if_must<kw_control, id, title, open_brace> {};
struct tag_target : if_must<kw_tag, title> {};
struct group_target : if_must<kw_group, title> {};
struct id_target : string {};
struct target : sor<tag_target, group_target, id_target> {};  //= target
struct targets : list_must<target, comma> {};                 //= targets
struct waive_host : if_must<kw_on, kw_host, host_pattern> {};
struct waive_from : if_must<kw_from, operand> {};
struct waive_until : if_must<kw_until, operand> {};
struct waive_terms : seq<opt<waive_host>, opt<waive_from>, opt<waive_until>> {};
struct waive_head : seq<kw_waive, must<targets>, waive_terms, must<open_brace>> {};

struct test_head : if_must<kw_test, title, open_brace> {};

struct profile_name : string {};
struct profile_names : list_must<profile_name, comma> {};
struct extends : if_must<kw_extends, profile_names> {};  //= extends
struct profile_head : seq<kw_profile, must<id>, opt<string>, opt<extends>, must<open_brace>> {};
struct reason : if_must<kw_because, string> {};
struct include : if_must<kw_include, targets> {};                               //= include
struct exclude : if_must<kw_exclude, targets> {};                               //= exclude
struct assignment : if_must<kw_set, declared_name, default_value> {};           //= assignment
struct regrading : if_must<kw_severity, targets, severity_word> {};             //= regrading
struct loosen : if_must<kw_loosen, targets, reason> {};                         //= loosen
struct profile_item : sor<include, exclude, assignment, regrading, loosen> {};  //= profile_item

struct policy : seq<policy_head, star<field>, close_brace> {};             //= policy
struct setting : seq<setting_head, star<field>, close_brace> {};           //= setting
struct control : seq<control_head, star<clause>, close_brace> {};          //= control
struct group : seq<group_head, star<sor<when, control>>, close_brace> {};  //= group
struct waive : seq<waive_head, star<field>, close_brace> {};               //= waive
struct profile : seq<profile_head, star<profile_item>, close_brace> {};    //= profile
struct test : seq<test_head, star<test_item>, close_brace> {};             //= test

struct declaration : sor<policy, use, param, let, def, setting, group, control, waive, profile, test> {
};                                                     //= declaration
struct file : seq<trivia, star<declaration>, eof> {};  //= file

}  // namespace polc::grammar::rules
