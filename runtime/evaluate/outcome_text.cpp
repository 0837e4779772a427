#include "runtime/evaluate/outcome_text.hpp"

#include <fmt/format.h>

#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"

namespace polc::evaluate {
namespace {

using value::FactStatus;
using value::Truth;

std::string_view level_text(value::AbsentLevel level) {
  switch (level) {
    case value::AbsentLevel::Value:
      return "absent (value)";
    case value::AbsentLevel::Key:
      return "absent (key)";
    case value::AbsentLevel::Setting:
      return "absent (setting)";
    case value::AbsentLevel::Object:
      return "absent (object)";
  }
  return "absent";
}

/// A collection may have as many elements as limits::kCollection.
std::string value_text(const value::Value& value) {
  return base::shorten_bytes(value::to_text(value), limits::kOutcomeBytes);
}

std::string reasons_text(const std::vector<value::Unknown>& unknowns) {
  std::string text;
  for (const value::Unknown& unknown : unknowns) {
    const std::string_view reason = value::reason_text(unknown.reason);
    if (text.find(reason) == std::string::npos) text += (text.empty() ? "" : ", ") + std::string(reason);
  }
  return text;
}

std::string_view word(Truth truth) {
  switch (truth) {
    case Truth::True:
      return "true";
    case Truth::False:
      return "false";
    case Truth::Unknown:
      break;
  }
  return "unknown";
}

Truth in_source(Truth truth, bool negated) {
  if (!negated || truth == Truth::Unknown) return truth;
  return truth == Truth::True ? Truth::False : Truth::True;
}

}  // namespace

std::string outcome_text(const Outcome& outcome) {
  switch (outcome.status()) {
    case FactStatus::Present:
      return value_text(outcome.value());
    case FactStatus::Mistyped:
      return value_text(outcome.value()) + " (another type)";
    case FactStatus::Absent:
      if (outcome.value().empty()) return std::string(level_text(outcome.fact()->level));
      return fmt::format("{}, reads as {}", level_text(outcome.fact()->level), value_text(outcome.value()));
    case FactStatus::Unknown:
      break;
  }
  return "unknown: " + reasons_text(outcome.fact()->unknowns);
}

std::string truth_text(const AtomResult& result, bool negated) {
  const Truth shown = in_source(result.truth, negated);
  if (result.truth == Truth::Unknown) return "unknown";
  if (result.by_default) return std::string(word(shown)) + " (OS default)";
  const std::string_view effect = result.truth == Truth::True ? "passes" : "fails";
  switch (result.settlement) {
    case Settlement::Absent:
      return fmt::format("{} (absent)", effect);
    case Settlement::Mistyped:
      return fmt::format("{} (another type)", effect);
    default:
      return std::string(word(shown));
  }
}

}  // namespace polc::evaluate
