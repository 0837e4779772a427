#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "runtime/base/escape.hpp"
#include "runtime/base/hash.hpp"
#include "runtime/base/text.hpp"
#include "runtime/report/diagnostics/diagnostics.hpp"
#include "runtime/report/sarif/document.hpp"

namespace polc::report {
namespace {

using sarif::Json;

class DiagnosticsWriter {
 public:
  DiagnosticsWriter(const base::SourceManager& sources, std::string_view version, int exit_code)
      : sources_(sources), version_(version), exit_code_(exit_code) {}

  Json write(const std::vector<base::Diagnostic>& diagnostics) {
    for (const base::Diagnostic& diagnostic : diagnostics)
      (has_place(diagnostic) ? rule_codes_ : notification_codes_).insert(diagnostic.code);
    Json results = Json::array();
    Json notifications = Json::array();
    for (const base::Diagnostic& diagnostic : diagnostics) {
      if (has_place(diagnostic)) {
        results.push_back(result(diagnostic));
      } else {
        notifications.push_back(notification(diagnostic));
      }
    }
    return Json{{"tool", tool()},
                {"invocations", Json::array({invocation(std::move(notifications))})},
                {"originalUriBaseIds", sarif::original_uri_base_ids()},
                {"artifacts", artifacts()},
                {"results", std::move(results)},
                // A category of its own: these results never replace those of a policy.
                {"automationDetails", {{"id", "polc/diagnostics/"}}},
                {"columnKind", "unicodeCodePoints"}};
  }

 private:
  const base::SourceBuffer* reportable(const base::Span& span) const {
    const base::SourceBuffer* buffer = sources_.find(span.file);
    return buffer != nullptr && sarif::is_inside_root(buffer->name()) ? buffer : nullptr;
  }

  bool has_place(const base::Diagnostic& diagnostic) const { return reportable(diagnostic.span) != nullptr; }

  static ir::SourceRange range_of(const base::SourceBuffer& buffer, const base::Span& span) {
    const base::LineColumn begin = buffer.position(span.begin);
    const base::LineColumn end = buffer.position(std::max(span.begin, span.end));
    ir::SourceRange range;
    range.line = begin.line;
    range.column = begin.column;
    range.end_line = end.line;
    range.end_column = end.column;
    return range;
  }

  Json location(const base::SourceBuffer& buffer, const base::Span& span) const {
    const ir::SourceRange range = range_of(buffer, span);
    Json place = sarif::region(range);
    if (const std::string_view text = sources_.text(span); !text.empty())
      place["snippet"] = sarif::snippet(text);
    return Json{
        {"physicalLocation",
         {{"artifactLocation", sarif::artifact_location(buffer.name())}, {"region", std::move(place)}}}};
  }

  Json result(const base::Diagnostic& diagnostic) {
    const base::SourceBuffer& buffer = *reportable(diagnostic.span);
    files_.insert(diagnostic.span.file);
    const auto index = std::distance(rule_codes_.begin(), rule_codes_.find(diagnostic.code));
    Json out{{"ruleId", base::code_text(diagnostic.code)},
             {"ruleIndex", index},
             {"kind", "fail"},
             {"level", sarif::level_text(base::level_of(diagnostic))},
             {"message", sarif::text_message(sarif::sentences(diagnostic))},
             {"locations", Json::array({location(buffer, diagnostic.span)})}};
    if (Json related = related_locations(diagnostic); !related.is_null())
      out["relatedLocations"] = std::move(related);
    out["partialFingerprints"] = fingerprints(buffer, diagnostic);
    if (Json fix = fixes(diagnostic); !fix.is_null()) out["fixes"] = std::move(fix);
    return out;
  }

  Json related_locations(const base::Diagnostic& diagnostic) const {
    Json out;
    for (const base::Label& label : diagnostic.labels) {
      const base::SourceBuffer* buffer = reportable(label.span);
      if (buffer == nullptr) continue;
      Json entry{{"id", out.size() + 1}};
      entry.update(location(*buffer, label.span));
      entry["message"] = sarif::text_message(sarif::without_links(base::visible(label.text)) + '.');
      out.push_back(std::move(entry));
    }
    return out;
  }

  /// The same message about the same text: the n-th occurrence keeps its identity when lines move.
  Json fingerprints(const base::SourceBuffer& buffer, const base::Diagnostic& diagnostic) {
    const std::string subject = buffer.name() + '\n' + base::code_text(diagnostic.code) + '\n' +
                                base::message_of(diagnostic) + '\n' +
                                std::string(sources_.text(diagnostic.span));
    const base::Sha256 digest = base::sha256(subject);
    const std::string id = base::hex_text(std::span(digest).first(16));
    const std::size_t occurrence = ++occurrences_[id];
    const std::string numbered = id + ':' + std::to_string(occurrence);
    return Json{{"polcDiagnostic/v1", numbered}, {"primaryLocationLineHash", numbered}};
  }

  Json fixes(const base::Diagnostic& diagnostic) const {
    std::map<base::FileId, Json> changes;
    for (const base::FixIt& fix : diagnostic.fixes) {
      const base::SourceBuffer* buffer = reportable(fix.replace);
      if (buffer == nullptr) return nullptr;
      changes[fix.replace.file].push_back(
          Json{{"deletedRegion", sarif::region(range_of(*buffer, fix.replace))},
               {"insertedContent", {{"text", fix.text}}}});
    }
    if (changes.empty()) return nullptr;
    Json artifact_changes = Json::array();
    for (auto& [file, replacements] : changes)
      artifact_changes.push_back(
          Json{{"artifactLocation", sarif::artifact_location(sources_.find(file)->name())},
               {"replacements", std::move(replacements)}});
    const std::string hint = base::hint_of(diagnostic);
    const std::string description = hint.empty() ? "Write what resolves the message." : hint;
    return Json::array({Json{{"description", sarif::text_message(base::visible(description))},
                             {"artifactChanges", std::move(artifact_changes)}}});
  }

  static Json notification(const base::Diagnostic& diagnostic) {
    return Json{{"descriptor", {{"id", base::code_text(diagnostic.code)}}},
                {"level", sarif::level_text(base::level_of(diagnostic))},
                {"message", sarif::text_message(sarif::sentences(diagnostic))}};
  }

  Json tool() const {
    Json driver = sarif::driver(version_);
    driver["rules"] = descriptors(rule_codes_);
    if (!notification_codes_.empty()) driver["notifications"] = descriptors(notification_codes_);
    return Json{{"driver", std::move(driver)}};
  }

  static Json descriptors(const std::set<std::uint16_t>& codes) {
    Json out = Json::array();
    for (const std::uint16_t code : codes) {
      if (const base::DiagnosticInfo* info = base::find_diagnostic(code))
        out.push_back(sarif::diagnostic_descriptor(*info));
    }
    return out;
  }

  Json invocation(Json notifications) const {
    const bool failed = std::any_of(notifications.begin(), notifications.end(),
                                    [](const Json& n) { return n["level"] == "error"; });
    Json out{{"executionSuccessful", !failed}, {"exitCode", exit_code_}};
    if (!notifications.empty()) out["toolConfigurationNotifications"] = std::move(notifications);
    return out;
  }

  Json artifacts() const {
    Json out = Json::array();
    for (const base::FileId file : files_) {
      const base::SourceBuffer& buffer = *sources_.find(file);
      out.push_back(Json{{"location", sarif::artifact_location(buffer.name())},
                         {"roles", Json::array({"analysisTarget"})},
                         {"hashes", {{"sha-256", base::hex_text(base::sha256(buffer.text()))}}}});
    }
    return out;
  }

  const base::SourceManager& sources_;
  std::string_view version_;
  int exit_code_;
  std::set<std::uint16_t> rule_codes_;
  std::set<std::uint16_t> notification_codes_;
  std::set<base::FileId> files_;
  std::map<std::string, std::size_t> occurrences_;
};

}  // namespace

std::string write_diagnostics_sarif(const std::vector<base::Diagnostic>& diagnostics,
                                    const base::SourceManager& sources, std::string_view tool_version,
                                    int exit_code) {
  return sarif::document_text(
      Json::array({DiagnosticsWriter(sources, tool_version, exit_code).write(diagnostics)}));
}

}  // namespace polc::report
