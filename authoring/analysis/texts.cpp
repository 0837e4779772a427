// Representatives of texts: exact also where several patterns are asked of one of them.
#include <algorithm>
#include <deque>

#include "authoring/analysis/values.hpp"
#include "authoring/limits.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/glob.hpp"

namespace polc::analysis {
namespace {

using value::Glob;
using value::Value;

/// A pattern that matches `text` and what is the same but for case.
std::string literal(const std::string& text) {
  std::string pattern;
  for (const char c : text) {
    if (c == '*' || c == '?' || c == '`') pattern += '`';
    pattern += c;
  }
  return pattern;
}

/// `pattern` with this text for each star.
std::string filled(const std::string& pattern, std::string_view filler) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '*') {
      text += filler;
    } else if (pattern[i] == '?') {
      text += 'x';
    } else {
      i += pattern[i] == '`' && i + 1 < pattern.size() ? 1U : 0U;
      text += pattern[i];
    }
  }
  return text;
}

/// The same text for patterns, another one for `==`.
std::string in_other_case(std::string text) {
  for (char& c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) c = static_cast<char>(c ^ 0x20);
  }
  return text;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Which of the patterns match.
using Matches = std::vector<bool>;

/// A text that is read by all patterns at once.
struct Reading {
  std::vector<Glob::States> states;
  std::string text;
};

/// All the ways in which texts can match several patterns, each with a shortest text.
class Patterns {
 public:
  explicit Patterns(std::vector<Glob> globs) : globs_(std::move(globs)) {
    for (const Glob& glob : globs_) alphabet_.insert(glob.characters().begin(), glob.characters().end());
    alphabet_.insert(other());
  }

  Matches matches(std::string_view text) const {
    Matches result;
    for (const Glob& glob : globs_) result.push_back(glob.matches(text));
    return result;
  }

  /// Calls `visit` with every text that the patterns tell apart from shorter ones, and with its matches. False
  /// above limits::kAnalysisReadings.
  template <class Visit>
  bool for_each(const Visit& visit) const {
    std::set<std::vector<Glob::States>> seen;
    std::deque<Reading> open;
    const auto add = [&](Reading reading) {
      if (seen.insert(reading.states).second) open.push_back(std::move(reading));
    };
    Reading none;
    for (const Glob& glob : globs_) none.states.push_back(glob.begin());
    add(std::move(none));
    for (; !open.empty(); open.pop_front()) {
      if (seen.size() > limits::kAnalysisReadings) return false;
      visit(open.front().text, accepted(open.front()));
      for (const char32_t character : alphabet_) add(read(open.front(), character));
    }
    return true;
  }

 private:
  /// A character that no pattern names.
  char32_t other() const {
    const auto is_known = [&](char32_t candidate) {
      std::string text;
      base::append_utf8(text, candidate);
      return alphabet_.contains(base::folded_characters(text).front());
    };
    char32_t candidate = U'-';
    while (is_known(candidate)) ++candidate;
    return candidate;
  }

  Matches accepted(const Reading& reading) const {
    Matches result;
    for (std::size_t i = 0; i < globs_.size(); ++i) result.push_back(globs_[i].accepts(reading.states[i]));
    return result;
  }

  Reading read(const Reading& before, char32_t character) const {
    Reading after = before;
    for (std::size_t i = 0; i < globs_.size(); ++i) globs_[i].step(after.states[i], character);
    base::append_utf8(after.text, character);
    return after;
  }

  std::vector<Glob> globs_;
  std::set<char32_t> alphabet_;
};

/// Adds a text for every way to match that `result` has none of.
void complete(Representatives& result, const std::vector<std::string>& constants,
              const std::vector<std::string>& patterns) {
  constexpr std::string_view kTooMany = "the patterns at one place tell too many texts apart";
  std::vector<Glob> globs;
  for (const std::string& pattern : patterns) {
    if (const auto glob = Glob::parse(pattern)) globs.push_back(*glob);
  }
  for (const std::string& constant : constants) {
    if (const auto glob = Glob::parse(literal(constant))) globs.push_back(*glob);
    if (!is_ascii(constant)) result.incomplete = "patterns beside texts beyond ASCII are not followed";
  }
  if (globs.size() < patterns.size() + constants.size()) result.incomplete = kTooMany;
  const Patterns together(std::move(globs));
  std::set<Matches> seen;
  for (const Value& value : result.values) seen.insert(together.matches(*value.get<std::string>()));
  const bool all = together.for_each([&](const std::string& text, const Matches& matches) {
    if (seen.insert(matches).second) result.add(value::text(text));
  });
  if (!all) result.incomplete = kTooMany;
}

}  // namespace

Representatives text_regions(const std::vector<std::string>& constants,
                             const std::vector<std::string>& patterns) {
  Representatives result;
  for (const std::string& constant : constants) result.add(value::text(constant));
  for (const std::string& pattern : patterns) {
    for (const std::string_view filler : {"", "x", "other"}) result.add(value::text(filled(pattern, filler)));
  }
  for (std::string fresh : {"something else", "another thing", "~"}) {
    while (std::find(constants.begin(), constants.end(), fresh) != constants.end()) fresh += "~";
    result.add(value::text(std::move(fresh)));
  }
  result.add(value::text(""));
  if (patterns.empty()) return result;
  for (const std::string& constant : constants) result.add(value::text(in_other_case(constant)));
  complete(result, constants, patterns);
  return result;
}

}  // namespace polc::analysis
