// The door to the PEGTL rules: match.cpp is the only file that instantiates them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "grammar/tree_builder.hpp"

namespace polc::grammar {

/// The rules that the parser asks for one at a time.
enum class Entry : std::uint8_t {
  PolicyHead,
  SettingHead,
  GroupHead,
  ControlHead,
  WaiveHead,
  ProfileHead,
  Use,
  Param,
  Let,
  Def,
  TestHead,
  Field,
  When,
  Clause,
  ProfileItem,
  TestItem,
};

enum class Problem : std::uint8_t {
  None,
  Operand,       ///< a value or condition is missing
  Continuation,  ///< something complete stands before: an operator could follow, or what is expected
  Name,          ///< a name of the author's choice is missing
  Other,         ///< a fixed word, sign or string is missing
  MalformedNumber,
  MixedSetOperators,
  ChainedComparison,
  LateDomain,
  ReservedLabel,
  TooDeep,
  TooManyOperands,
};

struct Expectation {
  Problem problem = Problem::None;
  std::string_view text;  ///< for "expected <text>"; static storage
};

struct SyntaxError {
  Expectation expected;
  std::uint32_t offset = 0;
};

struct Match {
  bool matched = false;              ///< false without an error: the text does not begin with this rule
  std::uint32_t end = 0;             ///< behind the match and the trivia that follows it
  std::optional<SyntaxError> error;  ///< the rule began and could not be finished
};

/// Matches one rule at `offset`, which must not stand before trivia. Nodes go to `builder`; unless it matched, the
/// builder is as it was.
Match match(Entry entry, std::string_view text, std::uint32_t offset, TreeBuilder& builder);

}  // namespace polc::grammar
