// Tokens of the policy language as PEGTL rules. A token swallows the trivia (blanks and comments) behind it,
// so that no rule begins with trivia. `//= name` marks the rules that are productions of polc.ebnf.
#pragma once

#include <tao/pegtl.hpp>

namespace polc::grammar::rules {

using namespace tao::pegtl;  // a vocabulary of combinators: seq, sor, opt, star, must, ...
using tao::pegtl::eof;       // C headers of Windows have functions called eof and raise
using tao::pegtl::raise;

struct blank : plus<one<' ', '\t', '\r', '\n'>> {};
struct comment : seq<two<'/'>, star<not_one<'\n'>>> {};
struct trivia : star<sor<blank, comment>> {};

template <class... Rules>
struct token : seq<Rules..., trivia> {};

// Words

/// The whole word, not the beginning of a longer one.
template <class Text>
struct word_text : seq<Text, not_at<identifier_other>> {};
template <class Text>
struct keyword : token<word_text<Text>> {};

struct kw_all : keyword<TAO_PEGTL_STRING("all")> {};
struct kw_and : keyword<TAO_PEGTL_STRING("and")> {};
struct kw_any : keyword<TAO_PEGTL_STRING("any")> {};
struct kw_as : keyword<TAO_PEGTL_STRING("as")> {};
struct kw_at : keyword<TAO_PEGTL_STRING("at")> {};
struct kw_attested : keyword<TAO_PEGTL_STRING("attested")> {};
struct kw_because : keyword<TAO_PEGTL_STRING("because")> {};
struct kw_by : keyword<TAO_PEGTL_STRING("by")> {};
struct kw_cases : keyword<TAO_PEGTL_STRING("cases")> {};
struct kw_control : keyword<TAO_PEGTL_STRING("control")> {};
struct kw_def : keyword<TAO_PEGTL_STRING("def")> {};
struct kw_enum : keyword<TAO_PEGTL_STRING("enum")> {};
struct kw_equivalent : keyword<TAO_PEGTL_STRING("equivalent")> {};
struct kw_expect : keyword<TAO_PEGTL_STRING("expect")> {};
struct kw_exclude : keyword<TAO_PEGTL_STRING("exclude")> {};
struct kw_extends : keyword<TAO_PEGTL_STRING("extends")> {};
struct kw_fix : keyword<TAO_PEGTL_STRING("fix")> {};
struct kw_formerly : keyword<TAO_PEGTL_STRING("formerly")> {};
struct kw_from : keyword<TAO_PEGTL_STRING("from")> {};
struct kw_given : keyword<TAO_PEGTL_STRING("given")> {};
struct kw_group : keyword<TAO_PEGTL_STRING("group")> {};
struct kw_host : keyword<TAO_PEGTL_STRING("host")> {};
struct kw_in : keyword<TAO_PEGTL_STRING("in")> {};
struct kw_include : keyword<TAO_PEGTL_STRING("include")> {};
struct kw_is : keyword<TAO_PEGTL_STRING("is")> {};
struct kw_let : keyword<TAO_PEGTL_STRING("let")> {};
struct kw_loosen : keyword<TAO_PEGTL_STRING("loosen")> {};
struct kw_manual : keyword<TAO_PEGTL_STRING("manual")> {};
struct kw_not : keyword<TAO_PEGTL_STRING("not")> {};
struct kw_of : keyword<TAO_PEGTL_STRING("of")> {};
struct kw_on : keyword<TAO_PEGTL_STRING("on")> {};
struct kw_or : keyword<TAO_PEGTL_STRING("or")> {};
struct kw_param : keyword<TAO_PEGTL_STRING("param")> {};
struct kw_policy : keyword<TAO_PEGTL_STRING("policy")> {};
struct kw_profile : keyword<TAO_PEGTL_STRING("profile")> {};
struct kw_refs : keyword<TAO_PEGTL_STRING("refs")> {};
struct kw_require : keyword<TAO_PEGTL_STRING("require")> {};
struct kw_set : keyword<TAO_PEGTL_STRING("set")> {};
struct kw_setting : keyword<TAO_PEGTL_STRING("setting")> {};
struct kw_severity : keyword<TAO_PEGTL_STRING("severity")> {};
struct kw_stricter : keyword<TAO_PEGTL_STRING("stricter")> {};
struct kw_tag : keyword<TAO_PEGTL_STRING("tag")> {};
struct kw_tags : keyword<TAO_PEGTL_STRING("tags")> {};
struct kw_test : keyword<TAO_PEGTL_STRING("test")> {};
struct kw_until : keyword<TAO_PEGTL_STRING("until")> {};
struct kw_use : keyword<TAO_PEGTL_STRING("use")> {};
struct kw_waive : keyword<TAO_PEGTL_STRING("waive")> {};
struct kw_when : keyword<TAO_PEGTL_STRING("when")> {};
struct kw_with : keyword<TAO_PEGTL_STRING("with")> {};
struct kw_within : keyword<TAO_PEGTL_STRING("within")> {};

struct reserved
    : word_text<sor<TAO_PEGTL_STRING("all"), TAO_PEGTL_STRING("any"), TAO_PEGTL_STRING("and"),
                    TAO_PEGTL_STRING("or"), TAO_PEGTL_STRING("not"), TAO_PEGTL_STRING("in"),
                    TAO_PEGTL_STRING("is"), TAO_PEGTL_STRING("contains"), TAO_PEGTL_STRING("within"),
                    TAO_PEGTL_STRING("like"), TAO_PEGTL_STRING("present"), TAO_PEGTL_STRING("absent"),
                    TAO_PEGTL_STRING("default"), TAO_PEGTL_STRING("true"), TAO_PEGTL_STRING("false")>> {
};  //= reserved

struct unreserved : seq<not_at<reserved>, identifier> {};

struct word_leaf : identifier {};
struct word : token<word_leaf> {};  //= word
struct name_leaf : unreserved {};
struct declared_name : token<name_leaf> {};  //= declared_name

// Punctuation

struct open_paren : token<one<'('>> {};
struct close_paren : token<one<')'>> {};
struct open_bracket : token<one<'['>> {};
struct close_bracket : token<one<']'>> {};
struct open_brace : token<one<'{'>> {};
struct close_brace : token<one<'}'>> {};
struct comma : token<one<','>> {};
struct colon : token<one<':'>, not_at<one<'='>>> {};
struct dot : token<one<'.'>, not_at<one<'.'>>> {};
struct assign : token<one<'='>, not_at<one<'=', '>', '~'>>> {};

// Strings. The quotes of a text block begin like an empty string, so it is tried first.

struct triple_quote : three<'"'> {};
struct text_block_text : seq<triple_quote, until<triple_quote>> {};
struct raw_text : seq<one<'\''>, star<sor<two<'\''>, not_one<'\'', '\n'>>>, one<'\''>> {};
struct escape : seq<one<'\\'>, not_one<'\n'>> {};
struct quoted_text
    : seq<not_at<triple_quote>, one<'"'>, star<sor<escape, not_one<'"', '\\', '\n'>>>, one<'"'>> {};

struct text_block : text_block_text {};                                //= text_block
struct raw_string : raw_text {};                                       //= raw_string
struct quoted_string : quoted_text {};                                 //= quoted_string
struct string : token<sor<text_block, quoted_string, raw_string>> {};  //= string

// Numbers. A number may not run into a word or a fraction.

struct digits : seq<digit, star<sor<digit, one<'_'>>>> {};
struct number_end : not_at<sor<identifier_other, seq<one<'.'>, digit>>> {};
struct duration_unit : sor<TAO_PEGTL_STRING("min"), one<'s', 'h', 'd'>> {};

struct date : seq<rep<4, digit>, one<'-'>, rep<2, digit>, one<'-'>, rep<2, digit>, number_end> {};  //= date
struct hex_integer : seq<one<'0'>, one<'x', 'X'>, plus<sor<xdigit, one<'_'>>>, number_end> {
};                                                            //= hex_integer
struct duration : seq<digits, duration_unit, number_end> {};  //= duration
struct integer : seq<digits, number_end> {};                  //= integer
struct malformed_number : failure {};
struct number : token<at<digit>, sor<date, hex_integer, duration, integer, raise<malformed_number>>> {
};  //= number

struct boolean_text : sor<TAO_PEGTL_STRING("true"), TAO_PEGTL_STRING("false")> {};
struct boolean_leaf : word_text<boolean_text> {};
struct boolean : token<boolean_leaf> {};  //= boolean

}  // namespace polc::grammar::rules
