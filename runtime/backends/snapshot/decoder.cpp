#include "runtime/backends/snapshot/decoder.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/reasons.hpp"

namespace polc::backends::snapshot {
namespace {

std::string_view kind_in_words(NodeKind kind) {
  switch (kind) {
    case NodeKind::Null:
      return "nothing";
    case NodeKind::Boolean:
      return "true or false";
    case NodeKind::Integer:
      return "a number";
    case NodeKind::Fraction:
      return "a fraction";
    case NodeKind::Text:
    case NodeKind::Word:
      return "a text";
    case NodeKind::Sequence:
      return "a list";
    case NodeKind::Mapping:
      return "a mapping";
  }
  return "";
}

std::string advice_for(Node node, std::string_view expected) {
  const bool scalar = node.kind() == NodeKind::Integer || node.kind() == NodeKind::Boolean ||
                      node.kind() == NodeKind::Fraction;
  if (scalar && expected.find("text") != std::string_view::npos) return "put it into quotes";
  if (node.is_text() && expected.find("number") != std::string_view::npos && !node.text().empty() &&
      std::all_of(node.text().begin(), node.text().end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return "leave the quotes out";
  }
  if (node.is_text() && expected == "true or false") return "write true or false, without quotes";
  return {};
}

std::string shortened(std::string_view text) {
  constexpr std::size_t kShown = 80;
  if (text.size() <= kShown) return std::string(text);
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace

base::LineColumn LineCounter::at(std::uint32_t offset) {
  if (offset < offset_) {
    offset_ = 0;
    position_ = {};
  }
  const std::size_t end = std::min<std::size_t>(offset, text_.size());
  const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  for (const char c : text_.substr(offset_, end - offset_)) {
    if (c == '\n') {
      position_ = {position_.line + 1, 1};
    } else if (starts_character(c)) {
      ++position_.column;
    }
  }
  offset_ = static_cast<std::uint32_t>(end);
  return position_;
}

value::OriginId Decoder::origin(Node node, std::string note) {
  const base::LineColumn place = lines_.at(node.span().begin);
  evidence_.origins.push_back({evidence_.backend, file_name_, place.line, place.column, std::move(note)});
  return static_cast<value::OriginId>(evidence_.origins.size() - 1);
}

value::OriginId Decoder::origin_of_lines(Node node) {
  const value::OriginId id = origin(node);
  constexpr char kLiteralBlock = '|';
  if (lines_.text().substr(node.span().begin).starts_with(kLiteralBlock)) {
    ++evidence_.origins[id].line;
    evidence_.origins[id].column = 0;
  }
  return id;
}

void Decoder::report(base::Diagnostic diagnostic) {
  ++errors_;
  if (!enough()) sink_.add(std::move(diagnostic));
}

void Decoder::wrong_kind(Node node, std::string_view place, std::string_view expected) {
  if (node.kind() == NodeKind::Null) {
    report(diag::NothingWritten{.place = std::string(place)}.at(node.span()));
    return;
  }
  report(diag::WrongEvidenceKind{.place = std::string(place),
                                 .expected = std::string(expected),
                                 .found = std::string(kind_in_words(node.kind())),
                                 .advice = advice_for(node, expected)}
             .at(node.span()));
}

void Decoder::malformed(Node node, std::string_view expected, std::string problem) {
  report(diag::MalformedEvidence{
      .text = shortened(node.text()), .expected = std::string(expected), .problem = std::move(problem)}
             .at(node.span()));
}

void Decoder::unknown_key(Node key, std::string_view place, const std::vector<std::string_view>& known) {
  report(diag::UnknownEvidenceKey{.key = shortened(key.text()),
                                  .place = std::string(place),
                                  .suggestion = std::string(base::nearest(key.text(), known))}
             .at(key.span()));
}

void Decoder::unknown_word(Node node, std::string_view place, const std::vector<std::string_view>& known) {
  report(diag::UnknownEvidenceWord{.word = shortened(node.text()),
                                   .place = std::string(place),
                                   .choices = fmt::format("{}", fmt::join(known, ", ")),
                                   .suggestion = std::string(base::nearest(node.text(), known))}
             .at(node.span()));
}

void Decoder::same_name(Node second, Node first) {
  auto diagnostic =
      diag::SameEvidenceName{.name = shortened(second.text()), .other = shortened(first.text())}.at(
          second.span());
  diagnostic.labels.push_back({first.span(), "first given here"});
  report(std::move(diagnostic));
}

std::optional<Marker> Decoder::marker(Node node) {
  if (node.kind() == NodeKind::Word && node.text() == kAbsent) return Marker{.absent = true, .why = {}};
  if (!node.is_mapping() || node.size() != 1) return std::nullopt;
  const Member only = *node.members().begin();
  if (only.key.text() == kAbsent && only.value.is_true()) return Marker{.absent = true, .why = {}};
  if (only.key.text() != kUnreadable) return std::nullopt;
  return Marker{.absent = false, .why = reason(only.value).value_or(value::Unknown{})};
}

std::optional<std::string> Decoder::mistyped(Node node) {
  if (!node.is_mapping() || node.size() != 1) return std::nullopt;
  const Member only = *node.members().begin();
  if (only.key.text() != kMistyped || !only.value.is_text()) return std::nullopt;
  return std::string(only.value.text());
}

std::optional<value::Unknown> Decoder::reason(Node node) {
  if (!node.is_text()) {
    wrong_kind(node, "'unreadable'", "a text with the reason");
    return std::nullopt;
  }
  const std::string_view text = node.text();
  if (auto unknown = value::parse_unknown(text)) return unknown;
  const std::string_view word = text.substr(0, text.find(':'));
  report(diag::BadReason{.reason = shortened(word),
                         .choices = fmt::format("{}", fmt::join(value::reason_words(), ", ")),
                         .suggestion = std::string(base::nearest(word, value::reason_words()))}
             .at(node.span()));
  return std::nullopt;
}

std::string quoted_key(std::string_view name) {
  return fmt::format("'{}'", name);
}

}  // namespace polc::backends::snapshot
