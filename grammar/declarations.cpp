#include "grammar/declarations.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "grammar/foreign.hpp"
#include "runtime/base/text.hpp"

namespace polc::grammar {
namespace {

constexpr std::array kDeclarations{
    DeclarationRule{"policy", Entry::PolicyHead, NodeKind::Policy, true},
    DeclarationRule{"use", Entry::Use, NodeKind::Use, false},
    DeclarationRule{"param", Entry::Param, NodeKind::Param, false},
    DeclarationRule{"let", Entry::Let, NodeKind::Let, false},
    DeclarationRule{"def", Entry::Def, NodeKind::Def, false},
    DeclarationRule{"setting", Entry::SettingHead, NodeKind::Setting, true},
    DeclarationRule{"group", Entry::GroupHead, NodeKind::Group, true},
    DeclarationRule{"control", Entry::ControlHead, NodeKind::Control, true},
    DeclarationRule{"waive", Entry::WaiveHead, NodeKind::Waive, true},
    DeclarationRule{"profile", Entry::ProfileHead, NodeKind::Profile, true},
    DeclarationRule{"test", Entry::TestHead, NodeKind::Test, true},
};

constexpr std::array<std::string_view, 9> kClauses{"severity", "tags",    "refs",   "because", "fix",
                                                   "when",     "require", "manual", "formerly"};

constexpr std::array<std::string_view, 5> kProfileWords{"include", "exclude", "set", "severity", "loosen"};

constexpr std::array<std::string_view, 7> kTestItems{"given",  "at",    "param",     "with",
                                                     "expect", "cases", "equivalent"};

template <class Words>
bool holds(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <class Words>
std::string_view nearest_of(const Words& words, std::string_view word) {
  return base::nearest(word, std::vector<std::string_view>(words.begin(), words.end()));
}

}  // namespace

std::span<const DeclarationRule> declarations() {
  return kDeclarations;
}

std::span<const std::string_view> clause_words() {
  return kClauses;
}

std::span<const std::string_view> profile_words() {
  return kProfileWords;
}

std::span<const std::string_view> test_words() {
  return kTestItems;
}

const DeclarationRule* find_declaration(std::string_view word) {
  const auto* found = std::find_if(kDeclarations.begin(), kDeclarations.end(),
                                   [&](const DeclarationRule& rule) { return rule.word == word; });
  return found != kDeclarations.end() ? found : nullptr;
}

bool is_clause_word(std::string_view word) {
  return holds(kClauses, word);
}

bool is_profile_word(std::string_view word) {
  return holds(kProfileWords, word);
}

bool is_test_word(std::string_view word) {
  return holds(kTestItems, word);
}

std::string_view nearest_declaration(std::string_view word) {
  std::vector<std::string_view> words;
  for (const DeclarationRule& rule : kDeclarations) words.push_back(rule.word);
  return base::nearest(word, words);
}

std::string_view nearest_clause(std::string_view word) {
  const std::string_view foreign = clause_word(word);
  return foreign.empty() ? nearest_of(kClauses, word) : foreign;
}

std::string_view nearest_profile_word(std::string_view word) {
  return nearest_of(kProfileWords, word);
}

std::string_view nearest_test_word(std::string_view word) {
  return nearest_of(kTestItems, word);
}

}  // namespace polc::grammar
