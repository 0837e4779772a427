// Turns what the parser stumbled over into diagnostics: what stands there, what was expected, what to write instead.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/match.hpp"
#include "grammar/scan.hpp"
#include "runtime/base/diagnostic.hpp"

namespace polc::grammar {

class Reporter {
 public:
  /// `text` is what the parser reads; it must outlive the reporter.
  Reporter(std::string_view text, base::FileId file, base::DiagnosticSink& sink)
      : text_(text), file_(file), sink_(sink) {}

  /// A rule could not go on; `item` is where it, or what stands complete before it, began.
  void report(const SyntaxError& error, std::uint32_t item);

  /// The body of the declaration at `declaration` has no `}` before `next`, which cannot stand inside.
  void unclosed_body(std::uint32_t declaration, Token next);

  void add(base::Diagnostic diagnostic);

  base::Span span(Token token) const { return {file_, token.begin, token.end}; }

  /// The parser has reported limits::kSyntaxErrors and should stop.
  bool exhausted() const;

 private:
  /// What stands before an error.
  struct Before {
    std::optional<Token> opening;  ///< the innermost bracket that is still open
    Token last;
    Token next_to_last;
  };

  std::string text(Token token) const { return excerpt(view(token)); }
  std::string_view view(Token token) const { return text_.substr(token.begin, token.end - token.begin); }
  bool is_word_at(std::size_t i) const { return i < text_.size() && is_word_character(text_[i]); }
  std::string words_for(Token token) const;
  Before before(Token found, std::uint32_t item) const;

  base::Diagnostic describe(const SyntaxError& error, std::uint32_t item) const;
  base::Diagnostic unterminated(Token found) const;
  base::Diagnostic foreign_character(Token found) const;
  base::Diagnostic unexpected(const Expectation& expected, const Before& before, Token found) const;
  std::optional<base::Diagnostic> foreign_operator(Problem problem, const Before& before, Token found) const;
  bool at_item_begin(const Before& before, Token found) const;
  bool is_unclosed(const Before& before, Token found) const;
  bool begins_next_item(Token token) const;
  base::Diagnostic unclosed(Token opening, Token found) const;
  std::string_view advice(const Expectation& expected, const Before& before, Token found) const;

  std::string_view text_;
  base::FileId file_;
  base::DiagnosticSink& sink_;
  std::size_t count_ = 0;
};

}  // namespace polc::grammar
