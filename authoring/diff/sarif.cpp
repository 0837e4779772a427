#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <span>

#include "authoring/diff/report.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/hash.hpp"
#include "runtime/base/text.hpp"
#include "runtime/report/sarif/document.hpp"

namespace polc::diff {
namespace {

namespace sarif = report::sarif;
using sarif::Json;

bool is_reportable(const ir::Program& program, ir::RangeId id) {
  const ir::SourceRange& range = program.ranges[id];
  const ir::SourceFile& file = program.files[range.file];
  return id != 0 && range.line != 0 && !file.embedded && sarif::is_inside_root(program.text(file.path));
}

Json location(const ir::Program& program, ir::RangeId id) {
  const ir::SourceRange& range = program.ranges[id];
  return Json{{"physicalLocation",
               {{"artifactLocation", sarif::artifact_location(program.text(program.files[range.file].path))},
                {"region", sarif::region(range)}}}};
}

class SarifWriter {
 public:
  SarifWriter(const Difference& difference, const Names& names)
      : difference_(difference), names_(names), newer_(*difference.newer) {}

  Json write(std::string_view version) {
    collect_rules();
    Json results = Json::array();
    for (const Claim& claim : difference_.policy) add(nullptr, claim, results);
    for (const ControlDifference& control : difference_.controls) {
      for (const Claim& claim : control.claims) add(&control, claim, results);
    }
    Json driver = sarif::driver(version);
    driver["rules"] = Json::array();
    for (const std::uint16_t code : rules_)
      driver["rules"].push_back(sarif::diagnostic_descriptor(*base::find_diagnostic(code)));
    return Json{
        {"tool", {{"driver", std::move(driver)}}},
        {"invocations", Json::array({{{"executionSuccessful", true}, {"exitCode", exit_code(difference_)}}})},
        {"originalUriBaseIds", sarif::original_uri_base_ids()},
        {"artifacts", artifacts()},
        {"results", std::move(results)},
        // A category of its own: these results never replace those of a policy.
        {"automationDetails",
         {{"id", fmt::format("polc/diff/{}/", base::uri_segment(newer_.text(newer_.policy.id)))}}},
        {"columnKind", "unicodeCodePoints"}};
  }

 private:
  void collect_rules() {
    for (const Claim& claim : difference_.policy) rules_.insert(claim.what.code);
    for (const ControlDifference& control : difference_.controls) {
      for (const Claim& claim : control.claims) rules_.insert(claim.what.code);
    }
  }

  /// The claim's own place, else the control, else the policy.
  ir::RangeId place_of(const ControlDifference* control, const Claim& claim) const {
    if (is_reportable(newer_, claim.place)) return claim.place;
    if (control != nullptr && control->newer) {
      const ir::RangeId header = newer_.controls[*control->newer].header;
      if (is_reportable(newer_, header)) return header;
    }
    return newer_.policy.range;
  }

  void add(const ControlDifference* control, const Claim& claim, Json& results) {
    const ir::RangeId place = place_of(control, claim);
    if (!is_reportable(newer_, place)) return;
    files_.insert(newer_.ranges[place].file);
    Json related = Json::array();
    const std::string links = relate(control, claim, related);
    Json result{{"ruleId", base::code_text(claim.what.code)},
                {"ruleIndex", std::distance(rules_.begin(), rules_.find(claim.what.code))},
                {"kind", "fail"},
                {"level", level(claim.effect)},
                {"message", sarif::text_message(message(control, claim) + links)},
                {"locations", Json::array({location(newer_, place)})}};
    if (!related.empty()) result["relatedLocations"] = std::move(related);
    result["partialFingerprints"] = fingerprints(control, claim);
    result["properties"] = Json{{"effect", effect_name(claim.effect)}};
    results.push_back(std::move(result));
  }

  static std::string_view level(Effect effect) {
    const bool may_be_looser =
        effect == Effect::Looser || effect == Effect::Incomparable || effect == Effect::Undetermined;
    return may_be_looser ? "warning" : "note";
  }

  std::string subject(const ControlDifference* control) const {
    return control == nullptr ? "The policy" : fmt::format("`{}`", id_of(difference_, *control));
  }

  std::string message(const ControlDifference* control, const Claim& claim) const {
    std::string text = fmt::format("{}: {}.", subject(control), claim_text(claim));
    if (claim.witness) text += fmt::format(" Shown by {}.", witness_text(*claim.witness));
    return sarif::without_links(base::visible(text));
  }

  /// Numbered related locations, and the sentence that links to them.
  std::string relate(const ControlDifference* control, const Claim& claim, Json& related) {
    std::string links;
    const auto relate_one = [&](const ir::Program& program, ir::RangeId id, const std::string& text) {
      if (!is_reportable(program, id)) return;
      Json entry{{"id", related.size() + 1}};
      entry.update(location(program, id));
      entry["message"] = sarif::text_message(sarif::without_links(base::visible(text)) + '.');
      related.push_back(std::move(entry));
      links += fmt::format("{}[{}]({})", links.empty() ? " See " : ", ", link_text(text), related.size());
    };
    if (control != nullptr && claim.effect != Effect::Equal) {
      for (const Cause& cause : control->causes) {
        files_if_reportable(cause.place);
        relate_one(newer_, cause.place, cause.text);
      }
    }
    if (names_.old_files_exist)
      relate_one(*difference_.older, old_place(control, claim), "The older version");
    return links.empty() ? "" : links + '.';
  }

  ir::RangeId old_place(const ControlDifference* control, const Claim& claim) const {
    if (claim.old_place != 0 || control == nullptr || !control->older) return claim.old_place;
    return difference_.older->controls[*control->older].header;
  }

  void files_if_reportable(ir::RangeId id) {
    if (is_reportable(newer_, id)) files_.insert(newer_.ranges[id].file);
  }

  /// Text of a link: brackets would end it.
  static std::string link_text(std::string_view text) {
    std::string out;
    for (const char c : base::visible(text)) {
      if (c == '[' || c == ']' || c == '\\') out += '\\';
      out += c;
    }
    return out;
  }

  Json fingerprints(const ControlDifference* control, const Claim& claim) {
    const std::string about =
        subject(control) + '\n' + base::code_text(claim.what.code) + '\n' + claim_text(claim);
    const base::Sha256 digest = base::sha256(about);
    const std::string id = base::hex_text(std::span(digest).first(16));
    const std::string numbered = fmt::format("{}:{}", id, ++occurrences_[id]);
    return Json{{"polcDiff/v1", numbered}, {"primaryLocationLineHash", numbered}};
  }

  Json artifacts() const {
    Json out = Json::array();
    for (const std::uint32_t file : files_) {
      const ir::SourceFile& source = newer_.files[file];
      out.push_back(Json{{"location", sarif::artifact_location(newer_.text(source.path))},
                         {"roles", Json::array({"analysisTarget"})},
                         {"hashes", {{"sha-256", base::hex_text(source.sha256)}}}});
    }
    return out;
  }

  const Difference& difference_;
  const Names& names_;
  const ir::Program& newer_;
  std::set<std::uint16_t> rules_;
  std::set<std::uint32_t> files_;
  std::map<std::string, std::size_t> occurrences_;
};

}  // namespace

std::string write_sarif(const Difference& difference, const Names& names, std::string_view tool_version) {
  return sarif::document_text(Json::array({SarifWriter(difference, names).write(tool_version)}));
}

}  // namespace polc::diff
