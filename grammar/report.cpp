#include "grammar/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"

namespace polc::grammar {
namespace {

constexpr std::array<std::string_view, 11> kDeclarations{
    "policy", "use", "param", "let", "def", "setting", "group", "control", "waive", "profile", "test"};
constexpr std::array<std::string_view, 9> kClauses{"severity", "tags",    "refs",   "because", "fix",
                                                   "when",     "require", "manual", "formerly"};

struct Translation {
  std::string_view foreign;
  std::string_view ours;
};

// What C-like languages, SQL and BASIC write behind a complete operand.
constexpr std::array kInfix{
    Translation{"=", "=="},         Translation{"===", "=="},     Translation{"&&", "and"},
    Translation{"||", "or"},        Translation{"!==", "!="},     Translation{"<>", "!="},
    Translation{"=<", "<="},        Translation{"=~", "like"},    Translation{"->", "=>"},
    Translation{":=", "=="},        Translation{"AND", "and"},    Translation{"OR", "or"},
    Translation{"NOT", "not"},      Translation{"IN", "in"},      Translation{"IS", "is"},
    Translation{"LIKE", "like"},    Translation{"And", "and"},    Translation{"Or", "or"},
    Translation{"eq", "=="},        Translation{"equals", "=="},  Translation{"ne", "!="},
    Translation{"matches", "like"}, Translation{"implies", "=>"},
};

constexpr std::array kPrefix{Translation{"!", "not"}, Translation{"NOT", "not"}};

// PowerShell's operators are words behind a minus sign.
constexpr std::array kPowerShell{
    Translation{"eq", "=="},     Translation{"ne", "!="},        Translation{"lt", "<"},
    Translation{"le", "<="},     Translation{"gt", ">"},         Translation{"ge", ">="},
    Translation{"and", "and"},   Translation{"or", "or"},        Translation{"not", "not"},
    Translation{"like", "like"}, Translation{"match", "like"},   Translation{"contains", "contains"},
    Translation{"in", "in"},     Translation{"notin", "not in"},
};

constexpr std::array kQuotes{
    Translation{"\u2018", "'"},  Translation{"\u2019", "'"},  Translation{"\u201A", "'"},
    Translation{"\u201B", "'"},  Translation{"\u201C", "\""}, Translation{"\u201D", "\""},
    Translation{"\u201E", "\""}, Translation{"\u201F", "\""}, Translation{"\u00AB", "\""},
    Translation{"\u00BB", "\""},
};

template <std::size_t N>
std::string_view translate(const std::array<Translation, N>& table, std::string_view foreign) {
  const auto* found =
      std::find_if(table.begin(), table.end(), [&](const auto& t) { return t.foreign == foreign; });
  return found != table.end() ? found->ours : std::string_view();
}

template <std::size_t N>
std::string_view nearest_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return base::nearest(word, std::vector<std::string_view>(words.begin(), words.end()));
}

bool is_opening(std::string_view symbol) {
  return symbol == "(" || symbol == "[" || symbol == "{";
}
bool is_closing(std::string_view symbol) {
  return symbol == ")" || symbol == "]" || symbol == "}";
}

std::string_view partner(std::string_view opening) {
  return opening == "(" ? ")" : opening == "[" ? "]" : "}";
}

/// The innermost bracket that is open where `until` begins, and the tokens just before it.
struct Context {
  std::optional<Token> opening;
  Token last;
  Token before_last;
};

Context context_of(std::string_view text, std::uint32_t item, std::uint32_t until) {
  Context context;
  std::vector<Token> open;
  Scanner scanner(text, item);
  for (Token token = scanner.next(); token.begin < until && token.kind != TokenKind::End;
       token = scanner.next()) {
    if (token.kind == TokenKind::Symbol && is_opening(scanner.text(token))) open.push_back(token);
    if (token.kind == TokenKind::Symbol && is_closing(scanner.text(token)) && !open.empty()) open.pop_back();
    context.before_last = std::exchange(context.last, token);
  }
  if (!open.empty()) context.opening = open.back();
  return context;
}

std::string_view advice_for_reserved(std::string_view word) {
  if (word == "absent" || word == "present") return "ask with `is present` or `is absent`";
  if (word == "default")
    return "`or default` stands behind one comparison, without `or` in front of anything else";
  return {};
}

}  // namespace

bool is_declaration_word(std::string_view word) {
  return std::find(kDeclarations.begin(), kDeclarations.end(), word) != kDeclarations.end();
}

bool is_clause_word(std::string_view word) {
  return std::find(kClauses.begin(), kClauses.end(), word) != kClauses.end();
}

std::string_view nearest_declaration(std::string_view word) {
  return nearest_of(kDeclarations, word);
}
std::string_view nearest_clause(std::string_view word) {
  return nearest_of(kClauses, word);
}

bool is_foreign_operator(std::string_view word) {
  return !translate(kInfix, word).empty();
}

bool Reporter::exhausted() const {
  return count_ >= limits::kSyntaxErrors;
}

void Reporter::add(base::Diagnostic diagnostic) {
  if (exhausted()) return;
  ++count_;
  sink_.add(std::move(diagnostic));
}

void Reporter::report(const SyntaxError& error, std::uint32_t item) {
  const Token found = Scanner(text_, error.offset).next();
  add(describe(error, item, found));
}

void Reporter::unclosed_body(std::uint32_t declaration, Token next) {
  Scanner scanner(text_, declaration);
  Token brace = scanner.next();
  while (brace.kind != TokenKind::End && text_.substr(brace.begin, 1) != "{") brace = scanner.next();
  auto diagnostic = diag::UnclosedBracket{.bracket = "{", .found = words_for(next)}.at(span(brace));
  diagnostic.labels.push_back({span(next), "it is still open here"});
  add(std::move(diagnostic));
}

base::Diagnostic Reporter::describe(const SyntaxError& error, std::uint32_t item, Token found) const {
  switch (error.expected.problem) {
    case Problem::MalformedNumber:
      return diag::MalformedNumber{.number = std::string(text_.substr(found.begin, found.end - found.begin))}
          .at(span(found));
    case Problem::MixedSetOperators:
      return diag::MixedSetOperators{}.at(span(found));
    case Problem::ChainedComparison:
      return diag::ChainedComparison{}.at(span(found));
    case Problem::LateDomain:
      return diag::LateDomain{}.at(span(found));
    case Problem::ReservedLabel:
      return diag::ReservedLabel{.word = std::string(text_.substr(found.begin, found.end - found.begin))}.at(
          span(found));
    case Problem::TooDeep:
      return diag::NestingTooDeep{.limit = std::to_string(limits::kNesting)}.at(span(found));
    case Problem::TooManyOperands:
      return diag::TooManyOperands{.limit = std::to_string(limits::kOperands)}.at(span(found));
    case Problem::None:
    case Problem::Operand:
    case Problem::Continuation:
    case Problem::Name:
    case Problem::Other:
      break;
  }
  if (found.kind == TokenKind::Unterminated) return unterminated(found);
  if (found.kind == TokenKind::Foreign) return foreign_character(found);
  return unexpected(error.expected, item, found);
}

base::Diagnostic Reporter::unterminated(Token found) const {
  const std::string_view string = text_.substr(found.begin, found.end - found.begin);
  if (string.substr(0, 3) == R"(""")")
    return diag::UnterminatedTextBlock{}.at({file_, found.begin, found.begin + 3});
  diag::UnterminatedString payload{.quote = std::string(string.substr(0, 1)), .hint = {}};
  if (string.front() == '"' && string.size() > 1 && string.back() == '"') {
    payload.hint =
        "the backslash before the last quote makes it part of the text; write paths in single quotes";
  }
  return payload.at(span(found));
}

base::Diagnostic Reporter::foreign_character(Token found) const {
  const std::string_view character = text_.substr(found.begin, found.end - found.begin);
  const std::string_view straight = translate(kQuotes, character);
  if (straight.empty()) return diag::ForeignCharacter{.found = std::string(character)}.at(span(found));
  auto diagnostic =
      diag::CurlyQuote{.found = std::string(character), .instead = std::string(straight)}.at(span(found));
  diagnostic.fixes.push_back({span(found), std::string(straight)});
  return diagnostic;
}

std::string Reporter::words_for(Token found) const {
  if (found.kind == TokenKind::End) return "the end of the file";
  if (found.kind == TokenKind::String) return "a string";
  return fmt::format("`{}`", text_.substr(found.begin, found.end - found.begin));
}

bool Reporter::foreign_operator(const Expectation& expected, std::uint32_t item, Token found,
                                base::Diagnostic& out) const {
  const std::string_view word = text_.substr(found.begin, found.end - found.begin);
  base::Span where = span(found);
  std::string_view ours;
  if (expected.problem == Problem::Continuation) ours = translate(kInfix, word);
  if (expected.problem == Problem::Operand) ours = translate(kPrefix, word);
  const Context context = context_of(text_, item, found.begin);
  const auto minus_before = [&](Token sign, Token name) {
    return sign.end == name.begin && sign.begin + 1 == sign.end && text_[sign.begin] == '-';
  };
  if (minus_before(context.before_last, context.last)) {
    const std::string_view name = text_.substr(context.last.begin, context.last.end - context.last.begin);
    const std::string_view meant = translate(kPowerShell, name);
    if (!meant.empty()) {
      ours = meant;
      where = {file_, context.before_last.begin, context.last.end};
    }
  } else if (minus_before(context.last, found)) {
    const std::string_view meant = translate(kPowerShell, word);
    if (!meant.empty()) {
      ours = meant;
      where = {file_, context.last.begin, found.end};
    }
  }
  if (ours.empty()) return false;
  const std::string_view foreign = text_.substr(where.begin, where.end - where.begin);
  out = diag::ForeignOperator{.found = std::string(foreign), .instead = std::string(ours)}.at(where);
  out.fixes.push_back({where, std::string(ours)});
  return true;
}

base::Diagnostic Reporter::unexpected(const Expectation& expected, std::uint32_t item, Token found) const {
  const std::string_view word = text_.substr(found.begin, found.end - found.begin);
  if (word == "#" || word == "/*") return diag::ForeignComment{.found = std::string(word)}.at(span(found));
  base::Diagnostic operators;
  if (foreign_operator(expected, item, found, operators)) return operators;

  const std::optional<Token> opening = context_of(text_, item, found.begin).opening;
  if (opening && expected.problem == Problem::Continuation) {
    const std::string_view bracket = text_.substr(opening->begin, 1);
    const bool other_partner = is_closing(word) && word != partner(bracket);
    const bool next_part =
        first_on_line(text_, found.begin) && (is_clause_word(word) || is_declaration_word(word));
    if (found.kind == TokenKind::End || other_partner || next_part) {
      auto diagnostic = diag::UnclosedBracket{.bracket = std::string(bracket), .found = words_for(found)}.at(
          span(*opening));
      diagnostic.labels.push_back({span(found), "it is still open here"});
      return diagnostic;
    }
  }
  if (is_reserved(word) && (expected.problem == Problem::Operand || expected.problem == Problem::Name)) {
    return diag::ReservedWord{.word = std::string(word),
                              .expected = std::string(expected.text),
                              .hint = std::string(advice_for_reserved(word))}
        .at(span(found));
  }
  auto diagnostic =
      diag::UnexpectedToken{.found = words_for(found), .expected = std::string(expected.text)}.at(
          span(found));
  if (opening && expected.problem == Problem::Continuation) {
    diagnostic.labels.push_back({span(*opening), "opened here"});
  }
  return diagnostic;
}

}  // namespace polc::grammar
