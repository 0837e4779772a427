// Reads old reports. The file is input like any other: bounded, and nothing in it is believed beyond its form.
#include <simdjson.h>

#include <algorithm>
#include <optional>

#include "runtime/base/diagnostics/report.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/report/sarif/document.hpp"
#include "runtime/report/sarif/sarif.hpp"

namespace polc::report {
namespace {

namespace dom = simdjson::dom;
using evaluate::Verdict;

constexpr std::size_t kDepth = 64;
constexpr std::size_t kMemberBytes = 4096;

using Element = std::optional<dom::element>;  // nothing: there is no such member, or its owner is no object

Element member(const Element& object, std::string_view key) {
  dom::element found;
  if (!object || object->at_key(key).get(found) != simdjson::SUCCESS) return std::nullopt;
  return found;
}

std::string text_of(const Element& value) {
  std::string_view text;
  if (!value || value->get(text) != simdjson::SUCCESS) return {};
  return base::shorten_bytes(text, kMemberBytes);
}

Element first(const Element& list) {
  dom::element found;
  if (!list || list->at(0).get(found) != simdjson::SUCCESS) return std::nullopt;
  return found;
}

std::optional<dom::array> array_of(const Element& value) {
  dom::array list;
  if (!value || value->get(list) != simdjson::SUCCESS) return std::nullopt;
  return list;
}

bool is_fingerprint(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// A relative URI that may be repeated in a report: no scheme, no host, no climbing out.
std::string safe_uri(const std::string& uri) {
  const bool plain = std::all_of(uri.begin(), uri.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~/%").find(c) != std::string_view::npos;
  });
  return plain && sarif::is_inside_root(uri) ? uri : std::string();
}

Verdict verdict_of(const Element& result) {
  const std::string own = text_of(member(member(result, "properties"), "verdict"));
  for (const Verdict verdict : {Verdict::Pass, Verdict::Fail, Verdict::Unknown, Verdict::NotApplicable,
                                Verdict::Review, Verdict::Waived}) {
    if (own == evaluate::verdict_name(verdict)) return verdict;
  }
  if (first(member(result, "suppressions"))) return Verdict::Waived;
  const std::string kind = text_of(member(result, "kind"));
  if (kind == "pass" || kind == "informational") return Verdict::Pass;
  if (kind == "open") return Verdict::Unknown;
  if (kind == "review") return Verdict::Review;
  if (kind == "notApplicable") return Verdict::NotApplicable;
  return Verdict::Fail;
}

BaselineEntry entry_of(const Element& result) {
  BaselineEntry entry;
  entry.rule = text_of(member(result, "ruleId"));
  entry.verdict = verdict_of(result);
  const Element physical = member(first(member(result, "locations")), "physicalLocation");
  entry.uri = safe_uri(text_of(member(member(physical, "artifactLocation"), "uri")));
  const Element line = member(member(physical, "region"), "startLine");
  std::uint64_t number = 0;
  if (line && line->get(number) == simdjson::SUCCESS && number <= UINT32_MAX)
    entry.line = static_cast<std::uint32_t>(number);
  return entry;
}

}  // namespace

base::Result<Baseline> read_baseline(std::string_view text, std::string name) {
  const auto refuse = [](std::string problem) {
    return base::failure(diag::BaselineNotSarif{std::move(problem)}.at());
  };
  if (text.size() > limits::kBaselineBytes)
    return base::failure(
        diag::BaselineTooLarge{std::to_string(text.size()), std::to_string(limits::kBaselineBytes)}.at());
  dom::parser parser;
  dom::element log;
  if (parser.allocate(text.size(), kDepth) != simdjson::SUCCESS)
    return refuse("it is too large for this machine");
  if (const auto error = parser.parse(text.data(), text.size()).get(log))
    return refuse(error == simdjson::DEPTH_ERROR ? "it nests too deeply" : "it is not JSON");
  if (text_of(member(log, "version")) != "2.1.0") return refuse("its version is not \"2.1.0\"");
  const auto runs = array_of(member(log, "runs"));
  if (!runs) return refuse("it has no runs");

  Baseline baseline{std::move(name), {}};
  std::size_t count = 0;
  for (const dom::element run : *runs) {
    auto& entries = baseline.runs[text_of(member(member(run, "automationDetails"), "id"))];
    const auto results = array_of(member(run, "results"));
    if (!results) continue;
    for (const dom::element result : *results) {
      if (++count > limits::kBaselineResults)
        return base::failure(diag::BaselineTooManyResults{std::to_string(limits::kBaselineResults)}.at());
      const std::string id = text_of(member(member(result, "partialFingerprints"), "polcControl/v1"));
      // What was absent then is not part of the old state.
      if (!is_fingerprint(id) || text_of(member(result, "baselineState")) == "absent") continue;
      entries.emplace(id, entry_of(result));
    }
  }
  return baseline;
}

}  // namespace polc::report
