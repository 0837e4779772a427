#include "runtime/report/sarif/taxonomies.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "runtime/base/escape.hpp"

namespace polc::report::sarif {
namespace {

using ir::ReferenceKind;

constexpr std::array kStandards{
    Standard{ReferenceKind::Stig, "STIG", "6c1d0c52-6f0b-5d0e-9a63-4a1f3f1b7e01", "DISA",
             "https://www.cyber.mil/stigs/", "Security Technical Implementation Guides, by vulnerability id.",
             "relevant"},
    Standard{ReferenceKind::Cis, "CIS", "6c1d0c52-6f0b-5d0e-9a63-4a1f3f1b7e02",
             "Center for Internet Security", "https://www.cisecurity.org/cis-benchmarks",
             "CIS Benchmarks, by recommendation number.", "relevant"},
    Standard{ReferenceKind::Cce, "CCE", "6c1d0c52-6f0b-5d0e-9a63-4a1f3f1b7e03", "NIST",
             "https://ncp.nist.gov/cce", "Common Configuration Enumeration.", "relevant"},
    Standard{ReferenceKind::Nist, "NIST SP 800-53", "6c1d0c52-6f0b-5d0e-9a63-4a1f3f1b7e04", "NIST",
             "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
             "Security and Privacy Controls for Information Systems and Organizations.", "superset"},
    Standard{ReferenceKind::Cwe, "CWE", "6c1d0c52-6f0b-5d0e-9a63-4a1f3f1b7e05", "MITRE",
             "https://cwe.mitre.org/", "Common Weakness Enumeration.", "superset"},
};

Json component_reference(const Standard& standard) {
  return Json{{"name", standard.name}, {"guid", standard.guid}};
}

Json entry_reference(const Standard& standard, std::string_view id) {
  return Json{{"id", base::visible(id)}, {"toolComponent", component_reference(standard)}};
}

}  // namespace

const Standard* standard_of(ReferenceKind kind) {
  const auto* found =
      std::find_if(kStandards.begin(), kStandards.end(), [&](const Standard& s) { return s.kind == kind; });
  return found != kStandards.end() ? found : nullptr;
}

Json Taxonomies::relationships(const ir::Control& control) {
  Json out;
  for (const ir::Reference& reference : control.references) {
    const Standard* standard = standard_of(reference.kind);
    if (standard == nullptr) continue;
    const std::string_view id = program_.text(reference.text);
    entries_[static_cast<std::size_t>(reference.kind)].emplace(base::visible(id));
    out.push_back(
        Json{{"target", entry_reference(*standard, id)}, {"kinds", Json::array({standard->relation})}});
  }
  return out;
}

Json Taxonomies::taxa(const ir::Control& control) const {
  Json out;
  for (const ir::Reference& reference : control.references) {
    const Standard* standard = standard_of(reference.kind);
    if (standard == nullptr || standard->relation != "relevant") continue;
    out.push_back(entry_reference(*standard, program_.text(reference.text)));
  }
  return out;
}

Json Taxonomies::components() const {
  Json out = Json::array();
  for (const Standard& standard : kStandards) {
    const auto& ids = entries_[static_cast<std::size_t>(standard.kind)];
    if (ids.empty()) continue;
    Json taxa = Json::array();
    for (const std::string& id : ids) taxa.push_back(Json{{"id", id}});
    out.push_back(Json{{"name", standard.name},
                       {"guid", standard.guid},
                       {"organization", standard.organization},
                       {"informationUri", standard.uri},
                       {"shortDescription", text_message(standard.description)},
                       {"isComprehensive", false},
                       {"taxa", std::move(taxa)}});
  }
  return out;
}

Json Taxonomies::supported() const {
  Json out = Json::array();
  for (const Standard& standard : kStandards) {
    if (!entries_[static_cast<std::size_t>(standard.kind)].empty())
      out.push_back(component_reference(standard));
  }
  return out;
}

bool Taxonomies::empty() const {
  return std::all_of(entries_.begin(), entries_.end(), [](const auto& ids) { return ids.empty(); });
}

}  // namespace polc::report::sarif
