// The words that begin declarations and clauses.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "grammar/match.hpp"
#include "grammar/syntax_tree.hpp"

namespace polc::grammar {

struct DeclarationRule {
  std::string_view word;
  Entry entry;
  NodeKind kind;
  bool has_body;  ///< the rule ends with `{`; the parser walks what follows
};

/// All of them.
std::span<const DeclarationRule> declarations();

/// nullptr if the word begins no declaration.
const DeclarationRule* find_declaration(std::string_view word);

/// The words that begin the clauses of a control, the items of a profile and those of a test.
std::span<const std::string_view> clause_words();
std::span<const std::string_view> profile_words();
std::span<const std::string_view> test_words();

/// Whether the word begins a clause of a control.
bool is_clause_word(std::string_view word);

/// Whether the word begins an item of a profile.
bool is_profile_word(std::string_view word);

/// Whether the word begins an item of a test.
bool is_test_word(std::string_view word);

/// What a misspelt word was probably meant to be, or "".
std::string_view nearest_declaration(std::string_view word);
std::string_view nearest_clause(std::string_view word);
std::string_view nearest_profile_word(std::string_view word);
std::string_view nearest_test_word(std::string_view word);

}  // namespace polc::grammar
