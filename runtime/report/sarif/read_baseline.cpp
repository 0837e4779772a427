// Reads old reports. The file is input like any other: bounded, and nothing in it is believed beyond its form.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/report/sarif/document.hpp"
#include "runtime/report/sarif/sarif.hpp"

namespace polc::report {
namespace {

using evaluate::Verdict;
using sarif::Json;

constexpr int kDepth = 64;
constexpr std::size_t kMemberBytes = 4096;

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found != object.end() ? &*found : nullptr;
}

const Json* member(const Json* object, const char* key) {
  return object != nullptr ? member(*object, key) : nullptr;
}

std::string text_of(const Json* value) {
  if (value == nullptr || !value->is_string()) return {};
  return base::shorten_bytes(value->get_ref<const std::string&>(), kMemberBytes);
}

const Json* first(const Json* list) {
  return list != nullptr && list->is_array() && !list->empty() ? &list->front() : nullptr;
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

Verdict verdict_of(const Json& result) {
  const std::string own = text_of(member(member(result, "properties"), "verdict"));
  for (const Verdict verdict : {Verdict::Pass, Verdict::Fail, Verdict::Unknown, Verdict::NotApplicable,
                                Verdict::Review, Verdict::Waived}) {
    if (own == evaluate::verdict_name(verdict)) return verdict;
  }
  if (first(member(result, "suppressions")) != nullptr) return Verdict::Waived;
  const std::string kind = text_of(member(result, "kind"));
  if (kind == "pass" || kind == "informational") return Verdict::Pass;
  if (kind == "open") return Verdict::Unknown;
  if (kind == "review") return Verdict::Review;
  if (kind == "notApplicable") return Verdict::NotApplicable;
  return Verdict::Fail;
}

BaselineEntry entry_of(const Json& result) {
  BaselineEntry entry;
  entry.rule = text_of(member(result, "ruleId"));
  entry.verdict = verdict_of(result);
  entry.message = text_of(member(member(result, "message"), "text"));
  const Json* physical = member(first(member(result, "locations")), "physicalLocation");
  entry.uri = safe_uri(text_of(member(member(physical, "artifactLocation"), "uri")));
  const Json* line = member(member(physical, "region"), "startLine");
  if (line != nullptr && line->is_number_unsigned() && *line <= UINT32_MAX)
    entry.line = line->get<std::uint32_t>();
  return entry;
}

base::Result<Json> parse(std::string_view text) {
  const auto too_deep = [](int depth, Json::parse_event_t event, Json&) {
    const bool opens =
        event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    return !opens || depth < kDepth;
  };
  Json log = Json::parse(text, too_deep, /*allow_exceptions=*/false);
  if (log.is_discarded()) return base::failure(diag::BaselineNotSarif{"it is not JSON"}.at());
  return log;
}

}  // namespace

base::Result<Baseline> read_baseline(std::string_view text, std::string name) {
  if (text.size() > limits::kBaselineBytes)
    return base::failure(
        diag::BaselineTooLarge{std::to_string(text.size()), std::to_string(limits::kBaselineBytes)}.at());
  const base::Result<Json> log = parse(text);
  if (!log) return base::failure(log.error());
  if (text_of(member(*log, "version")) != "2.1.0")
    return base::failure(diag::BaselineNotSarif{"its version is not \"2.1.0\""}.at());
  const Json* runs = member(*log, "runs");
  if (runs == nullptr || !runs->is_array())
    return base::failure(diag::BaselineNotSarif{"it has no runs"}.at());

  Baseline baseline{std::move(name), {}};
  std::size_t count = 0;
  for (const Json& run : *runs) {
    auto& entries = baseline.runs[text_of(member(member(run, "automationDetails"), "id"))];
    const Json* results = member(run, "results");
    if (results == nullptr || !results->is_array()) continue;
    for (const Json& result : *results) {
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
