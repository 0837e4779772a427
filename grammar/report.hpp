// Turns what the parser stumbled over into diagnostics: what stands there, what was expected, what to write instead.
#pragma once

#include <cstdint>
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

  /// A rule that began at `item` could not go on.
  void report(const SyntaxError& error, std::uint32_t item);

  /// The body of the declaration at `declaration` has no `}` before `next`, which cannot stand inside.
  void unclosed_body(std::uint32_t declaration, Token next);

  void add(base::Diagnostic diagnostic);

  base::Span span(Token token) const { return {file_, token.begin, token.end}; }

  /// The parser has reported limits::kSyntaxErrors and should stop.
  bool exhausted() const;

 private:
  base::Diagnostic describe(const SyntaxError& error, std::uint32_t item, Token found) const;
  base::Diagnostic unterminated(Token found) const;
  base::Diagnostic foreign_character(Token found) const;
  base::Diagnostic unexpected(const Expectation& expected, std::uint32_t item, Token found) const;
  bool foreign_operator(const Expectation& expected, std::uint32_t item, Token found,
                        base::Diagnostic& out) const;
  std::string words_for(Token found) const;

  std::string_view text_;
  base::FileId file_;
  base::DiagnosticSink& sink_;
  std::size_t count_ = 0;
};

/// Words that begin a declaration, and those that begin a clause of a control.
bool is_declaration_word(std::string_view word);
bool is_clause_word(std::string_view word);
std::string_view nearest_declaration(std::string_view word);
std::string_view nearest_clause(std::string_view word);

/// Words that other languages write between operands: `AND`, `equals`.
bool is_foreign_operator(std::string_view word);

}  // namespace polc::grammar
