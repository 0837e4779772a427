#include "grammar/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "grammar/declarations.hpp"
#include "grammar/foreign.hpp"
#include "runtime/base/diagnostics/syntax.hpp"
#include "runtime/base/limits.hpp"

namespace polc::grammar {
namespace {

constexpr std::string_view kSeparator = "`,`";  // begins what is expected inside a list
constexpr Expectation kListItem{Problem::Operand, "an expression"};

bool is_opening(std::string_view text) {
  return text == "(" || text == "[" || text == "{";
}
bool is_closing(std::string_view text) {
  return text == ")" || text == "]" || text == "}";
}
std::string_view partner(std::string_view opening) {
  return opening == "(" ? ")" : opening == "[" ? "]" : "}";
}

bool begins_value(Token token, std::string_view text) {
  return token.kind == TokenKind::Word || token.kind == TokenKind::Number ||
         token.kind == TokenKind::String || (token.kind == TokenKind::Symbol && is_opening(text));
}

/// What follows a word that is a key in braces or a value in a row of cases, and begins nothing.
bool is_inside(std::string_view next) {
  return next == ":" || next == "," || next == "=>";
}

std::string_view advice_for_reserved(std::string_view word) {
  if (word == "absent" || word == "present") return "ask with `is present` or `is absent`";
  if (word == "default") return "`or default` stands behind one comparison and nowhere else";
  return {};
}

/// An address or a version that stands bare: digits with at least two points between them.
bool has_points(std::string_view written) {
  return std::count(written.begin(), written.end(), '.') >= 2 &&
         written.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string_view advice_for_number(std::string_view written) {
  if (has_points(written)) return "addresses and versions stand in quotes: \"10.0.0.0/8\"";
  return "numbers look like `12`, `1_000` or `0xFF`, durations like `30s`, `15min`, `24h` or `90d`, dates "
         "like "
         "`2027-03-31`";
}

}  // namespace

bool Reporter::exhausted() const {
  return count_ >= limits::kSyntaxErrors;
}

void Reporter::add(base::Diagnostic diagnostic) {
  if (exhausted()) return;
  ++count_;
  sink_.add(std::move(diagnostic));
}

void Reporter::report(const SyntaxError& error, std::uint32_t item) {
  add(describe(error, item));
}

void Reporter::unclosed_body(std::uint32_t declaration, Token next) {
  Scanner scanner(text_, declaration);
  Token brace = scanner.next();
  while (brace.kind != TokenKind::End && view(brace) != "{") brace = scanner.next();
  add(unclosed(brace, next));
}

std::string Reporter::words_for(Token token) const {
  if (token.kind == TokenKind::End) return "the end of the file";
  if (token.kind == TokenKind::String) return "a string";
  return fmt::format("`{}`", text(token));
}

Reporter::Before Reporter::before(Token found, std::uint32_t item) const {
  Before before;
  std::vector<Token> open;
  before.last = before.next_to_last = {TokenKind::End, item, item};
  Scanner scanner(text_, item);
  for (Token token = scanner.next(); token.begin < found.begin; token = scanner.next()) {
    if (token.kind == TokenKind::Symbol && is_opening(view(token))) open.push_back(token);
    if (token.kind == TokenKind::Symbol && is_closing(view(token)) && !open.empty()) open.pop_back();
    before.next_to_last = std::exchange(before.last, token);
  }
  if (!open.empty()) before.opening = open.back();
  return before;
}

base::Diagnostic Reporter::describe(const SyntaxError& error, std::uint32_t item) const {
  const Token found = Scanner(text_, error.offset).next();
  switch (error.expected.problem) {
    case Problem::MalformedNumber:
      return diag::MalformedNumber{.number = text(found), .hint = std::string(advice_for_number(view(found)))}
          .at(span(found));
    case Problem::MixedSetOperators:
      return diag::MixedSetOperators{}.at(span(found));
    case Problem::ChainedComparison:
      return diag::ChainedComparison{}.at(span(found));
    case Problem::LateDomain:
      return diag::LateDomain{}.at(span(found));
    case Problem::ReservedLabel:
      return diag::ReservedLabel{.word = text(found)}.at(span(found));
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
  const Before context = before(found, item);
  const bool in_list = error.expected.text.substr(0, kSeparator.size()) == kSeparator;
  return unexpected(in_list && at_item_begin(context, found) ? kListItem : error.expected, context, found);
}

/// The list could end here, but something that is no item of it stands where one may begin.
bool Reporter::at_item_begin(const Before& before, Token found) const {
  const std::string_view last = view(before.last);
  return (last == "," || is_opening(last)) && !is_unclosed(before, found);
}

base::Diagnostic Reporter::unterminated(Token found) const {
  if (view(found).substr(0, 3) == R"(""")") {
    return diag::UnterminatedTextBlock{}.at({file_, found.begin, found.begin + 3});
  }
  diag::UnterminatedString payload{.quote = std::string(view(found).substr(0, 1)), .hint = {}};
  if (view(found).front() == '"' && view(found).find(R"(\")") != std::string_view::npos) {
    payload.hint = "the backslash makes the quote behind it part of the text; write paths in single quotes";
  }
  return payload.at(span(found));
}

base::Diagnostic Reporter::foreign_character(Token found) const {
  const std::string straight(straight_quote(view(found)));
  if (straight.empty()) return diag::ForeignCharacter{.found = text(found)}.at(span(found));
  auto diagnostic = diag::CurlyQuote{.found = text(found), .instead = straight}.at(span(found));
  diagnostic.fixes.push_back({span(found), straight});
  return diagnostic;
}

base::Diagnostic Reporter::unexpected(const Expectation& expected, const Before& before, Token found) const {
  const std::string_view word = view(found);
  if (word == "#" || word == "/*") return diag::ForeignComment{.found = text(found)}.at(span(found));
  if (expected.problem == Problem::Continuation && before.opening) {
    if (is_unclosed(before, found)) return unclosed(*before.opening, found);
    if (begins_next_item(before.last)) return unclosed(*before.opening, before.last);
  }
  if (auto foreign = foreign_operator(expected.problem, before, found)) return *std::move(foreign);
  if (expected.problem == Problem::Continuation && begins_next_item(before.last)) {
    return diag::UnexpectedToken{
        .found = words_for(before.last), .expected = "a value", .hint = "what stands before it is incomplete"}
        .at(span(before.last));
  }
  if (is_reserved(word) && expected.problem != Problem::Continuation && expected.problem != Problem::Other) {
    return diag::ReservedWord{.word = text(found),
                              .expected = std::string(expected.text),
                              .hint = std::string(advice_for_reserved(word))}
        .at(span(found));
  }
  auto diagnostic = diag::UnexpectedToken{.found = words_for(found),
                                          .expected = std::string(expected.text),
                                          .hint = std::string(advice(expected, before, found))}
                        .at(span(found));
  const bool in_brackets = expected.problem == Problem::Continuation && before.opening;
  if (in_brackets) diagnostic.labels.push_back({span(*before.opening), "opened here"});
  return diagnostic;
}

std::optional<base::Diagnostic> Reporter::foreign_operator(Problem problem, const Before& before,
                                                           Token found) const {
  const auto is_signed = [&](Token sign, Token word) { return sign.end == word.begin && view(sign) == "-"; };
  Token place = found;
  std::string_view ours;
  if (problem == Problem::Continuation) ours = infix_operator(view(found));
  if (problem == Problem::Operand) ours = prefix_operator(view(found));
  if (is_signed(before.next_to_last, before.last)) {  // `x -eq 1` reads as x minus eq, and then a 1
    place = {TokenKind::Symbol, before.next_to_last.begin, before.last.end};
    ours = powershell_operator(view(before.last));
  } else if (is_signed(before.last, found)) {  // `x -in y`
    place = {TokenKind::Symbol, before.last.begin, found.end};
    ours = powershell_operator(view(found));
  }
  if (ours.empty()) return std::nullopt;
  auto diagnostic = diag::ForeignOperator{.found = text(place), .instead = std::string(ours)}.at(span(place));
  // Keep the new word apart from the words around it.
  const bool joins_before = is_word_character(ours.front()) && is_word_at(place.begin - 1);
  const bool joins_behind = is_word_character(ours.back()) && is_word_at(place.end);
  diagnostic.fixes.push_back(
      {span(place), fmt::format("{}{}{}", joins_before ? " " : "", ours, joins_behind ? " " : "")});
  return diagnostic;
}

/// A bracket is known to be unclosed when another one closes, or something begins that no bracket can hold.
bool Reporter::is_unclosed(const Before& before, Token found) const {
  if (!before.opening) return false;
  const std::string_view word = view(found);
  const bool other_partner = is_closing(word) && word != partner(view(*before.opening));
  return found.kind == TokenKind::End || other_partner || begins_next_item(found);
}

bool Reporter::begins_next_item(Token token) const {
  const std::string_view word = view(token);
  const bool begins = is_clause_word(word) || is_profile_word(word) || is_test_word(word) ||
                      find_declaration(word) != nullptr;
  return begins && first_on_line(text_, token.begin) && !is_inside(view(Scanner(text_, token.end).next()));
}

base::Diagnostic Reporter::unclosed(Token opening, Token found) const {
  auto diagnostic =
      diag::UnclosedBracket{.bracket = text(opening), .found = words_for(found)}.at(span(opening));
  diagnostic.labels.push_back({span(found), "it is still open here"});
  return diagnostic;
}

std::string_view Reporter::advice(const Expectation& expected, const Before& before, Token found) const {
  const bool after_raw_string = before.last.kind == TokenKind::String && view(before.last).front() == '\'';
  if (view(found) == ";") return "leave it out: a blank or a new line is enough";
  if (view(found) == "\\") return "write a path or a name with a backslash in single quotes: 'C:\\Windows'";
  if (found.kind == TokenKind::Number && view(before.last) == "is") return "compare with a value by `==`";
  if (after_raw_string && before.last.end == found.begin) return "a quote inside '...' is written twice: ''";
  if (expected.text.substr(0, kSeparator.size()) == kSeparator && begins_value(found, view(found)))
    return "items are separated by commas";
  return {};
}

}  // namespace polc::grammar
