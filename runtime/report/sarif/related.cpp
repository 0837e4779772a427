#include "runtime/report/sarif/related.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/evaluate/render_explanation.hpp"
#include "runtime/report/message.hpp"
#include "runtime/report/sarif/results.hpp"

namespace polc::report::sarif {
namespace {

using evaluate::Explanation;
using value::Truth;

constexpr std::size_t kLinks = 6;  // in the message; the locations themselves are not cut so short

bool is_identifier_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Whole-word occurrence outside of quotes.
bool mentions(std::string_view expression, std::string_view name) {
  char quote = '\0';
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const char c = expression[i];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      continue;
    }
    if (c == '\'' || c == '"') {
      quote = c;
      continue;
    }
    if (!is_identifier_character(c)) continue;
    std::size_t end = i;
    while (end < expression.size() && is_identifier_character(expression[end])) ++end;
    if (expression.substr(i, end - i) == name) return true;
    i = end - 1;
  }
  return false;
}

/// Whether the file is the target, or lies in the folder that is the target.
bool is_in(const std::string& file, const Target& target) {
  if (!target.path || file.empty()) return false;
  return file == target.name || file == *target.path || file.starts_with(*target.path + "/");
}

std::optional<Json> evidence_location(const RunReport& report, const value::Origin& origin) {
  const auto target = std::find_if(report.targets.begin(), report.targets.end(),
                                   [&](const Target& t) { return is_in(origin.file, t); });
  if (target == report.targets.end()) return std::nullopt;
  const bool in_folder = origin.file.starts_with(*target->path + "/");
  const std::string& path = in_folder ? origin.file : *target->path;
  if (!is_inside_root(path)) return std::nullopt;
  Json physical{{"artifactLocation", artifact_location(path)}};
  ir::SourceRange range;
  range.line = origin.line;
  range.column = origin.column;
  if (origin.line > 0) physical["region"] = region(range);
  return Json{{"physicalLocation", std::move(physical)}};
}

class Collector {
 public:
  explicit Collector(const RunReport& report) : report_(report) {}

  void add(std::optional<Json> location, std::string_view text, std::string_view link) {
    if (!location || related_.locations.size() >= limits::kSarifRelated) return;
    const std::size_t id = related_.locations.size() + 1;
    Json numbered{{"id", id}};
    numbered.update(*location);
    numbered["message"] = text_message(without_links(text));
    related_.locations.push_back(std::move(numbered));
    if (id <= kLinks) related_.sentence += fmt::format("{}[{}]({})", id == 1 ? "See " : ", ", link, id);
  }

  void add_requirement(const Explanation& require, std::size_t number) {
    const std::string link = fmt::format("requirement {}", number);
    const std::string label = require.label.empty() ? "" : ' ' + in_quotes(require.label);
    add(policy_location(report_, require.range),
        fmt::format("Requirement{}: {}.", label, observation(report_, require)), link);
  }

  void add_parameters(const Explanation& require) {
    for (const ir::Parameter& parameter : report_.program.parameters) {
      const std::string_view name = report_.program.text(parameter.name);
      if (!mentions(require.excerpt, name) || !parameters_.insert(name).second) continue;
      const std::string value = value::to_text(report_.program.constants[parameter.value]);
      const std::string_view origin = report_.program.text(parameter.origin);
      add(policy_location(report_, parameter.range),
          fmt::format("Parameter {} is {} ({}).", in_quotes(name), in_quotes(value), base::visible(origin)),
          "parameter");
    }
  }

  void add_evidence(const Explanation& require) {
    for (const value::OriginId id : evidence_of(require)) {
      if (!origins_.insert(id).second) continue;
      const value::Origin& origin = report_.facts.origin(id);
      add(evidence_location(report_, origin),
          fmt::format("Evidence: {}.", base::visible(evaluate::origin_text(origin))), "evidence");
    }
  }

  Related finish() {
    if (!related_.sentence.empty()) related_.sentence += '.';
    return std::move(related_);
  }

 private:
  const RunReport& report_;
  Related related_;
  std::set<std::string_view> parameters_;
  std::set<value::OriginId> origins_;
};

Truth deciding_truth(evaluate::Verdict raw) {
  switch (raw) {
    case evaluate::Verdict::Fail:
      return Truth::False;
    case evaluate::Verdict::Unknown:
    case evaluate::Verdict::Review:
      return Truth::Unknown;
    default:
      return Truth::True;
  }
}

}  // namespace

Related related_locations(const RunReport& report, const evaluate::ControlResult& result,
                          const evaluate::ControlExplanation& explanation) {
  Collector collector(report);
  const Truth wanted = deciding_truth(result.raw);
  std::vector<const Explanation*> deciding;
  for (std::size_t i = 0; i < explanation.requires_.size(); ++i) {
    const Explanation& require = explanation.requires_[i];
    if (require.truth != wanted) continue;
    collector.add_requirement(require, i + 1);
    deciding.push_back(&require);
  }
  for (const Explanation* require : deciding) collector.add_evidence(*require);
  for (const Explanation* require : deciding) collector.add_parameters(*require);
  if (result.waiver) {
    const ir::Waiver& waiver = report.program.waivers[*result.waiver];
    collector.add(policy_location(report, waiver.range),
                  fmt::format("Waived until '{}' by {}.", waiver.until.text(),
                              in_quotes(report.program.text(waiver.owner))),
                  "waiver");
  }
  return collector.finish();
}

}  // namespace polc::report::sarif
