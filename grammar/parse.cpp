#include "grammar/parse.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "grammar/check.hpp"
#include "grammar/declarations.hpp"
#include "grammar/foreign.hpp"
#include "grammar/match.hpp"
#include "grammar/report.hpp"
#include "grammar/scan.hpp"
#include "grammar/tree_builder.hpp"
#include "runtime/base/diagnostics/syntax.hpp"
#include "runtime/base/text.hpp"

namespace polc::grammar {
namespace {

constexpr std::string_view kGroupItems = "`control`, `when` or `}`";

/// Words that could begin a declaration are also free names; with what must follow them they are declarations.
bool begins_declaration(std::string_view text, Token token) {
  if (token.kind != TokenKind::Word || !first_on_line(text, token.begin)) return false;
  const std::string_view word = text.substr(token.begin, token.end - token.begin);
  if (find_declaration(word) == nullptr) return false;
  const Token next = Scanner(text, token.end).next();
  const bool quoted = next.kind == TokenKind::String || next.kind == TokenKind::Unterminated;
  if (word == "use") return quoted || next.kind == TokenKind::Word;
  if (word == "let" || word == "def" || word == "param") {
    return next.kind == TokenKind::Word || text.substr(next.begin, 1) == "=";
  }
  return quoted;
}

/// Walks declarations and the items of their bodies, asks the rules for one at a time, and finds the place to go on
/// where a rule fails.
class Parser {
 public:
  Parser(std::string_view text, TreeBuilder& builder, Reporter& reporter)
      : text_(text), builder_(builder), reporter_(reporter) {}

  void parse_file(std::uint32_t begin) {
    at_ = begin;
    for (Token token = peek(); token.kind != TokenKind::End; token = peek()) {
      if (give_up()) return;
      const bool after_error = std::exchange(unbalanced_, false);
      misplaced_close_.reset();
      parse_declaration(token, after_error);
    }
  }

 private:
  /// A declaration whose items are being parsed.
  struct Body {
    const DeclarationRule& rule;
    std::uint32_t begin;
    std::uint32_t margin;  ///< blanks before it on its line; 0 if other text stands there
  };

  std::string_view text(Token token) const { return text_.substr(token.begin, token.end - token.begin); }
  bool is(Token token, std::string_view word) const { return text(token) == word; }

  /// The next token; at_ moves to its beginning.
  Token peek() {
    const Token token = Scanner(text_, at_).next();
    at_ = token.begin;
    return token;
  }

  /// Matches a rule here. If that fails, error_at_ says where it could not go on.
  bool accept(Entry entry) {
    const Match result = match(entry, text_, at_, builder_);
    if (result.matched) {
      at_ = result.end;
      return true;
    }
    error_at_ = at_;
    if (result.error) {
      error_at_ = result.error->offset;
      unbalanced_ = true;
      reporter_.report(*result.error, at_);
    }
    return false;
  }

  void complain(base::Diagnostic diagnostic) {
    error_at_ = at_;
    unbalanced_ = true;
    reporter_.add(std::move(diagnostic));
  }

  /// What stands here does not continue what began at `previous`.
  void complain_expecting(std::string_view expected, std::uint32_t previous) {
    error_at_ = at_;
    unbalanced_ = true;
    reporter_.report({{Problem::Continuation, expected}, at_}, previous);
  }

  bool give_up() {
    if (!reporter_.exhausted()) return false;
    const auto end = static_cast<std::uint32_t>(text_.size());
    builder_.add_leaf(NodeKind::Error, at_, end);
    at_ = end;
    return true;
  }

  void parse_declaration(Token token, bool after_error) {
    const std::uint32_t previous = std::exchange(previous_, token.begin);
    const DeclarationRule* rule = token.kind == TokenKind::Word ? find_declaration(text(token)) : nullptr;
    if (rule == nullptr) {
      no_declaration(token, previous, after_error);
      skip_declaration(token.begin);
    } else if (rule->has_body) {
      parse_body(*rule);
    } else if (!accept(rule->entry)) {
      skip_declaration(token.begin);
    }
  }

  void no_declaration(Token token, std::uint32_t previous, bool after_error) {
    const std::string word = excerpt(text(token));
    const bool closing = word == "}" || word == ")" || word == "]";
    if (closing && after_error) {
      error_at_ = at_;
      unbalanced_ = true;
    } else if (closing) {
      complain(diag::StrayClosing{.bracket = word}.at(reporter_.span(token)));
    } else if (begins_item(token)) {
      complain(
          diag::UnknownDeclaration{.word = word, .suggestion = std::string(nearest_declaration(word))}.at(
              reporter_.span(token)));
    } else {
      complain_expecting("a declaration such as `control`", previous);
    }
  }

  /// A word where the author began something new, and not an operator of another language.
  bool begins_item(Token token) const {
    return token.kind == TokenKind::Word && first_on_line(text_, token.begin) &&
           infix_operator(text(token)).empty();
  }

  void parse_body(const DeclarationRule& rule) {
    const Body body{rule, at_, margin(text_, at_).value_or(0)};
    builder_.open(body.begin);
    if (!accept(rule.entry)) {
      builder_.abandon();
      skip_declaration(body.begin);
      return;
    }
    previous_ = at_;
    while (!at_end_of(body)) {
      if (give_up()) break;
      const std::uint32_t item = at_;
      if (!parse_item(body, std::exchange(previous_, item))) skip_item(body, item);
    }
    builder_.close(rule.kind, Op::None, at_);
  }

  /// Whether the body ends here: at its `}`, or because something begins that it cannot hold.
  bool at_end_of(const Body& body) {
    const Token token = peek();
    if (is(token, "}")) {
      at_ = token.end;
      const bool outdented = margin(text_, token.begin).value_or(body.margin) < body.margin;
      if (outdented && !misplaced_close_) misplaced_close_ = body.begin;
      return true;
    }
    if (token.kind != TokenKind::End && !begins_outside(body, token)) return false;
    if (!unbalanced_) {
      reporter_.unclosed_body(misplaced_close_.value_or(body.begin), token);
      unbalanced_ = true;
    }
    return true;
  }

  bool begins_outside(const Body& body, Token token) const {
    if (body.rule.kind == NodeKind::Group && is(token, "control")) return false;
    if (body.rule.kind == NodeKind::Test && sets_parameter(token)) return false;
    return begins_declaration(text_, token) && margin(text_, token.begin) <= body.margin;
  }

  /// `param name = value` of a test; a declaration has a type.
  bool sets_parameter(Token token) const {
    if (!is(token, "param")) return false;
    Scanner scanner(text_, token.end);
    scanner.next();
    return is(scanner.next(), "=");
  }

  bool parse_item(const Body& body, std::uint32_t previous) {
    const Token token = peek();
    switch (body.rule.kind) {
      case NodeKind::Control:
        if (token.kind == TokenKind::Word && is_clause_word(text(token))) return accept(Entry::Clause);
        no_clause(token, previous);
        return false;
      case NodeKind::Group:
        if (is(token, "when")) return accept(Entry::When);
        if (is(token, "control")) {
          parse_body(*find_declaration("control"));
          return true;
        }
        no_group_item(token, previous);
        return false;
      case NodeKind::Profile:
        if (token.kind == TokenKind::Word && is_profile_word(text(token))) return accept(Entry::ProfileItem);
        no_profile_item(token, previous);
        return false;
      case NodeKind::Test:
        if (token.kind == TokenKind::Word && is_test_word(text(token))) return accept(Entry::TestItem);
        no_test_item(token, previous);
        return false;
      default:
        if (token.kind == TokenKind::Word) return accept(Entry::Field);
        complain_expecting("a field or `}`", previous);
        return false;
    }
  }

  void no_clause(Token token, std::uint32_t previous) {
    const std::string word = excerpt(text(token));
    if (begins_declaration(text_, token)) {
      complain(diag::NotAllowedHere{.word = word, .where = "control"}.at(reporter_.span(token)));
    } else if (begins_item(token)) {
      complain(diag::UnknownClause{.word = word, .suggestion = std::string(nearest_clause(word))}.at(
          reporter_.span(token)));
    } else {
      complain_expecting("a clause such as `require`, or `}`", previous);
    }
  }

  void no_profile_item(Token token, std::uint32_t previous) {
    const std::string word = excerpt(text(token));
    if (begins_declaration(text_, token)) {
      complain(diag::NotAllowedHere{.word = word, .where = "profile"}.at(reporter_.span(token)));
    } else if (begins_item(token)) {
      complain(
          diag::UnknownProfileItem{.word = word, .suggestion = std::string(nearest_profile_word(word))}.at(
              reporter_.span(token)));
    } else {
      complain_expecting("an item such as `exclude` or `set`, or `}`", previous);
    }
  }

  void no_test_item(Token token, std::uint32_t previous) {
    const std::string word = excerpt(text(token));
    if (begins_declaration(text_, token)) {
      complain(diag::NotAllowedHere{.word = word, .where = "test"}.at(reporter_.span(token)));
    } else if (begins_item(token)) {
      complain(diag::UnknownTestItem{.word = word, .suggestion = std::string(nearest_test_word(word))}.at(
          reporter_.span(token)));
    } else {
      complain_expecting("an item such as `with` or `expect`, or `}`", previous);
    }
  }

  bool is_group_word(Token token) const { return is(token, "control") || is(token, "when"); }

  void no_group_item(Token token, std::uint32_t previous) {
    const std::string word = excerpt(text(token));
    if (begins_declaration(text_, token) || (begins_item(token) && is_clause_word(word))) {
      complain(diag::NotAllowedHere{.word = word, .where = "group"}.at(reporter_.span(token)));
    } else if (begins_item(token)) {
      const std::string_view meant = base::nearest(word, {"control", "when"});
      complain(diag::UnexpectedToken{.found = fmt::format("`{}`", word),
                                     .expected = std::string(kGroupItems),
                                     .hint = meant.empty() ? "" : fmt::format("did you mean `{}`?", meant)}
                   .at(reporter_.span(token)));
    } else {
      complain_expecting(kGroupItems, previous);
    }
  }

  // Recovery. Braces are counted from where the item began; the text up to error_at_ was understood.

  /// Goes on behind the block of the declaration, or where the next one begins.
  void skip_declaration(std::uint32_t begin) {
    const std::uint32_t own_margin = margin(text_, begin).value_or(0);
    Scanner scanner(text_, begin);
    std::uint32_t depth = 0;
    std::uint32_t skipped = begin;
    for (Token token = scanner.next(); token.kind != TokenKind::End; token = scanner.next()) {
      const bool behind_error = token.begin >= error_at_ && token.begin > begin;
      if (behind_error && begins_declaration(text_, token) && margin(text_, token.begin) <= own_margin) break;
      const bool closes = is(token, "}");
      if (closes && depth == 0 && token.begin > begin) break;
      skipped = token.end;
      if (is(token, "{")) ++depth;
      if (closes && depth > 0) --depth;
      if (closes && depth == 0 && token.begin >= error_at_) break;
    }
    give_error_node(begin, skipped);
  }

  /// Goes on where the next item of the body begins, or at the end of the body.
  void skip_item(const Body& body, std::uint32_t begin) {
    Scanner scanner(text_, begin);
    std::uint32_t depth = 0;
    std::uint32_t depth_at_error = 0;
    std::uint32_t skipped = begin;
    for (Token token = scanner.next(); token.kind != TokenKind::End; token = scanner.next()) {
      if (token.begin <= error_at_) depth_at_error = depth;
      const bool behind_error = token.begin >= error_at_ && token.begin > begin;
      if (behind_error && begins_outside(body, token)) break;
      if (behind_error && begins_item_of(body, token) && depth <= depth_at_error) break;
      if (behind_error && depth == 0 && looks_like_item(token)) break;
      const bool closes = is(token, "}");
      if (closes && depth == 0 && behind_error) break;
      skipped = token.end;
      if (is(token, "{")) ++depth;
      if (closes && depth > 0) --depth;
    }
    give_error_node(begin, skipped);
  }

  /// A line that begins with one of the words of the body. Fields have no fixed words.
  bool begins_item_of(const Body& body, Token token) const {
    if (token.kind != TokenKind::Word || !first_on_line(text_, token.begin)) return false;
    const Token next = Scanner(text_, token.end).next();
    const bool inside = is(next, ":") || is(next, ",") || is(next, "=>");  // of braces, or of a row of cases
    return is_item_word(body.rule.kind, token) && !inside;
  }

  bool is_item_word(NodeKind body, Token token) const {
    switch (body) {
      case NodeKind::Control:
        return is_clause_word(text(token));
      case NodeKind::Group:
        return is_group_word(token);
      case NodeKind::Profile:
        return is_profile_word(text(token));
      case NodeKind::Test:
        return is_test_word(text(token));
      default:
        return false;
    }
  }

  /// A line that begins like any item, perhaps a misspelt one: two words, or a word and a string.
  bool looks_like_item(Token token) const {
    if (!begins_item(token) || is_reserved(text(token))) return false;
    const Token next = Scanner(text_, token.end).next();
    const bool value =
        next.kind == TokenKind::Word || next.kind == TokenKind::String || next.kind == TokenKind::Number;
    return value && !first_on_line(text_, next.begin) && !is_reserved(text(next)) &&
           infix_operator(text(next)).empty();
  }

  void give_error_node(std::uint32_t begin, std::uint32_t end) {
    builder_.add_leaf(NodeKind::Error, begin, end);
    at_ = end;
    previous_ = end;  // what is broken explains nothing that follows
  }

  std::string_view text_;
  TreeBuilder& builder_;
  Reporter& reporter_;
  std::uint32_t at_ = 0;
  std::uint32_t error_at_ = 0;
  std::uint32_t previous_ = 0;  ///< where the item before this one began
  bool unbalanced_ = false;     ///< an error in this declaration: its braces prove nothing
  /// The declaration whose `}` is indented as if it closed an outer one.
  std::optional<std::uint32_t> misplaced_close_;
};

}  // namespace

SyntaxTree parse(const base::SourceManager& sources, base::FileId file, base::DiagnosticSink& sink) {
  const base::SourceBuffer* buffer = sources.find(file);
  const std::string_view text = buffer != nullptr ? std::string_view(buffer->text()) : std::string_view();
  const TextCheck checked = check_text(text, file, sink);
  if (!checked.parsable) return {file, text};

  const std::string_view visible = checked.blanked.empty() ? text : std::string_view(checked.blanked);
  Reporter reporter(visible, file, sink);
  TreeBuilder builder(file, text);
  Parser(visible, builder, reporter).parse_file(checked.begin);
  SyntaxTree tree = builder.finish(collect_comments(visible));
  check_nodes(tree, reporter);
  return tree;
}

}  // namespace polc::grammar
