#include "runtime/report/sarif/notifications.hpp"

#include <nlohmann/json.hpp>

#include "runtime/base/escape.hpp"
#include "runtime/report/sarif/results.hpp"

namespace polc::report::sarif {
namespace {

constexpr std::uint16_t kFirstEvidenceCode = 3500;  // runtime/base/diagnostics/all.def
constexpr std::uint16_t kLastEvidenceCode = 4499;

Json notification(const base::Diagnostic& diagnostic) {
  return Json{{"descriptor", {{"id", base::code_text(diagnostic.code)}}},
              {"level", level_text(base::level_of(diagnostic))},
              {"message", text_message(sentences(diagnostic))}};
}

/// Where a message about a data file points, if that file may be named.
void add_evidence_place(Json& out, const RunReport& report, const base::Diagnostic& diagnostic) {
  const base::SourceBuffer* buffer =
      report.sources != nullptr ? report.sources->find(diagnostic.span.file) : nullptr;
  if (buffer == nullptr || !is_inside_root(buffer->name())) return;
  const base::LineColumn at = buffer->position(diagnostic.span.begin);
  out["locations"] =
      Json::array({Json{{"physicalLocation",
                         {{"artifactLocation", artifact_location(buffer->name())},
                          {"region", {{"startLine", at.line}, {"startColumn", at.column}}}}}}});
}

class Writer {
 public:
  Writer(const RunReport& report, const RuleIndices& rules) : report_(report), rules_(rules) {}

  void add(std::vector<Json>& list, const Notice& notice) {
    Json out = notification(notice.diagnostic);
    if (auto place = policy_location(report_, notice.range))
      out["locations"] = Json::array({std::move(*place)});
    if (!notice.controls.empty()) associate(out, notice.controls);
    push(list, std::move(out), notice.diagnostic.code);
  }

  void add(const base::Diagnostic& diagnostic) {
    const bool evidence = diagnostic.code >= kFirstEvidenceCode && diagnostic.code <= kLastEvidenceCode;
    Json out = notification(diagnostic);
    add_evidence_place(out, report_, diagnostic);
    push(evidence ? all_.execution : all_.configuration, std::move(out), diagnostic.code);
  }

  Notifications write() {
    for (const base::Diagnostic& diagnostic : report_.notifications) add(diagnostic);
    for (const Notice& notice : unread_facts(report_)) add(all_.execution, notice);
    for (const Notice& notice : waiver_notices(report_)) add(all_.configuration, notice);
    for (const Notice& notice : tailoring_notices(report_)) add(all_.configuration, notice);
    for (const Notice& notice : overridden_parameters(report_)) add(all_.configuration, notice);
    return std::move(all_);
  }

 private:
  /// A notification has one associated rule; the others that it concerns are listed by id.
  void associate(Json& out, const std::vector<std::uint32_t>& controls) {
    if (const auto rule = rules_.find(controls.front()); rule != rules_.end())
      out["associatedRule"] = Json{{"id", id_of(controls.front())}, {"index", rule->second}};
    Json ids = Json::array();
    for (const std::uint32_t control : controls) ids.push_back(id_of(control));
    out["properties"] = Json{{"controls", std::move(ids)}};
  }

  std::string id_of(std::uint32_t control) const {
    return base::visible(report_.program.text(report_.program.controls[control].id));
  }

  void push(std::vector<Json>& list, Json entry, std::uint16_t code) {
    all_.kinds.insert(code);
    list.push_back(std::move(entry));
  }

  const RunReport& report_;
  const RuleIndices& rules_;
  Notifications all_;
};

}  // namespace

Notifications notifications(const RunReport& report, const RuleIndices& rules) {
  return Writer(report, rules).write();
}

}  // namespace polc::report::sarif
