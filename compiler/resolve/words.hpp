// Words and small texts shared by the files of the checker.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/resource.hpp"
#include "runtime/value/spelling.hpp"

namespace polc::compiler {

/// Enumerations that a policy declares (`enum {a, b}`) are numbered behind those of the catalogue. They are
/// known at compile time only: a parameter is a constant.
inline constexpr std::uint16_t kFirstUserEnum = 0x8000;

/// Attribute of a resource that has no primary one, until `.` names it.
inline constexpr value::AttributeId kNoAttribute = 0xFF;

inline constexpr std::string_view kNotConfigured = "NotConfigured";
inline constexpr std::string_view kHasBits = "has_bits";

/// "a, b, c"; long lists are cut.
inline std::string joined(const std::vector<std::string_view>& words) {
  constexpr std::size_t kShown = 12;
  const std::size_t shown = words.size() <= kShown ? words.size() : kShown - 1;
  std::string text =
      fmt::format("{}", fmt::join(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < words.size()) text += ", ...";
  return text;
}

/// What to write instead of a word that is not one of `known`.
inline std::string advice(std::string_view word, const std::vector<std::string_view>& known) {
  const std::string_view nearest = base::nearest(word, known);
  if (!nearest.empty()) return fmt::format("did you mean `{}`?", nearest);
  return known.empty() ? std::string() : "there are: " + joined(known);
}

/// The diagnostic with the edit that puts the nearest known word in its place.
inline base::Diagnostic with_nearest(base::Diagnostic diagnostic, std::string_view word,
                                     const std::vector<std::string_view>& known) {
  const std::string_view nearest = base::nearest(word, known);
  if (!nearest.empty()) diagnostic.fixes.push_back({diagnostic.span, std::string(nearest)});
  return diagnostic;
}

/// The same for a word that stands in quotes.
inline base::Diagnostic with_nearest_text(base::Diagnostic diagnostic, std::string_view word,
                                          const std::vector<std::string_view>& known) {
  diagnostic = with_nearest(std::move(diagnostic), word, known);
  for (base::FixIt& fix : diagnostic.fixes) fix.text = value::quoted(fix.text);
  return diagnostic;
}

}  // namespace polc::compiler
