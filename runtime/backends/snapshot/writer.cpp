#include "runtime/backends/snapshot/writer.hpp"

#include <algorithm>
#include <array>

#include "runtime/backends/snapshot/redaction.hpp"
#include "runtime/backends/snapshot/row_writer.hpp"
#include "runtime/backends/snapshot/section_writers.hpp"

namespace polc::backends {
namespace {

using snapshot::Tree;
using value::EvidenceSection;

struct SectionWriter {
  EvidenceSection section;
  std::optional<Tree> (*write)(const value::Evidence&);  ///< none: the registry, which is cut to the slice
};
/// In the order of docs/snapshot.md.
constexpr std::array kSectionWriters{
    SectionWriter{EvidenceSection::Host, snapshot::write_host},
    SectionWriter{EvidenceSection::Registry, nullptr},
    SectionWriter{EvidenceSection::Users, snapshot::write_users},
    SectionWriter{EvidenceSection::AccountPolicy, snapshot::write_account_policy},
    SectionWriter{EvidenceSection::UserRights, snapshot::write_user_rights},
    SectionWriter{EvidenceSection::AuditPolicy, snapshot::write_audit_policy},
    SectionWriter{EvidenceSection::Services, snapshot::write_services},
    SectionWriter{EvidenceSection::LocalGroups, snapshot::write_local_groups},
    SectionWriter{EvidenceSection::Accounts, snapshot::write_accounts},
    SectionWriter{EvidenceSection::Names, snapshot::write_names},
    SectionWriter{EvidenceSection::Listeners, snapshot::write_listeners},
    SectionWriter{EvidenceSection::Firewall, snapshot::write_firewall},
    SectionWriter{EvidenceSection::FileSecurity, snapshot::write_file_security},
    SectionWriter{EvidenceSection::KeySecurity, snapshot::write_key_security},
    SectionWriter{EvidenceSection::Shares, snapshot::write_shares},
    SectionWriter{EvidenceSection::Iis, snapshot::write_iis},
    SectionWriter{EvidenceSection::Http, snapshot::write_http},
    SectionWriter{EvidenceSection::Exposure, snapshot::write_exposure},
    SectionWriter{EvidenceSection::Attestations, snapshot::write_attestations},
    SectionWriter{EvidenceSection::Passwords, snapshot::write_passwords},
    SectionWriter{EvidenceSection::WindowsFeatures, snapshot::write_windows_features},
    SectionWriter{EvidenceSection::Certificates, snapshot::write_certificates},
    SectionWriter{EvidenceSection::Volumes, snapshot::write_volumes},
};

/// Walks a section for what could not be read and what was withheld.
class GapFinder {
 public:
  GapFinder(std::vector<Gap>& gaps, std::size_t& withheld) : gaps_(gaps), withheld_(withheld) {}

  void look(const Tree& tree, const std::string& place) {
    if (tree.kind == Tree::Kind::Unreadable || tree.kind == Tree::Kind::Reason) {
      static const std::string secret = snapshot::reason_in_words(snapshot::withheld());
      tree.text == secret ? void(++withheld_) : gaps_.push_back({place, tree.text});
    } else if (tree.kind == Tree::Kind::Text) {
      for (auto at = tree.text.find(value::kWithheld); at != std::string::npos;
           at = tree.text.find(value::kWithheld, at + 1)) {
        ++withheld_;
      }
    }
    for (std::size_t i = 0; i < tree.items.size(); ++i) look(tree.items[i], below(place, tree, i));
  }

 private:
  /// Words of the form that say nothing about where it is.
  static bool is_structure(const std::string& key) {
    static constexpr std::array<std::string_view, 6> kStructure{"values",     "items", "files",
                                                                "unreadable", "sddl",  "members"};
    return std::find(kStructure.begin(), kStructure.end(), key) != kStructure.end();
  }

  static std::string below(const std::string& place, const Tree& tree, std::size_t index) {
    if (tree.kind != Tree::Kind::Map || is_structure(tree.keys[index])) return place;
    return place.empty() ? tree.keys[index] : place + " " + tree.keys[index];
  }

  std::vector<Gap>& gaps_;
  std::size_t& withheld_;
};

/// Rows of a section: of lists of rows inside it, of its members otherwise.
std::size_t entries_in(const Tree& section) {
  if (section.kind == Tree::Kind::List) return section.items.size();
  std::size_t entries = 0;
  for (std::size_t i = 0; i < section.items.size(); ++i) {
    const Tree& item = section.items[i];
    const bool is_claim = item.kind == Tree::Kind::Reason || section.keys[i] == snapshot::kComplete;
    const bool is_table = section.keys[i] == snapshot::kItems || section.keys[i] == "files" ||
                          (item.kind == Tree::Kind::Map && std::find(item.keys.begin(), item.keys.end(),
                                                                     snapshot::kItems) != item.keys.end());
    entries += is_claim ? 0 : is_table ? entries_in(item) : 1;
  }
  return entries;
}

Tree head(const value::Evidence& evidence, const WriteOptions& options) {
  Tree root;
  root.add("polc_snapshot", Tree::of_number(1));
  const snapshot::CollectedRow row{evidence.collected_at, options.collected_by};
  if (auto collected = snapshot::written_row(row); collected && !collected->items.empty()) {
    collected->on_one_line = false;
    root.add("collected", std::move(*collected));
  }
  root.add("layer", Tree::of_text(evidence.layer == value::Layer::Policy ? "policy" : "effective"));
  return root;
}

}  // namespace

WrittenSnapshot write_snapshot(const value::Evidence& evidence, const WriteOptions& options) {
  WrittenSnapshot out;
  Tree root = head(evidence, options);
  for (const SectionWriter& writer : kSectionWriters) {
    const bool wanted = options.slice == nullptr || writer.section == EvidenceSection::Host ||
                        options.slice->needs(writer.section);
    if (!wanted) continue;
    auto tree =
        writer.write == nullptr ? snapshot::write_registry(evidence, options.slice) : writer.write(evidence);
    if (!tree) continue;
    WrittenSection section{writer.section, entries_in(*tree), {}};
    GapFinder(section.gaps, out.withheld).look(*tree, {});
    out.sections.push_back(std::move(section));
    root.add(value::section_name(writer.section), std::move(*tree));
  }
  out.text = options.form == SnapshotForm::Json ? snapshot::json_text(root) : snapshot::yaml_text(root);
  return out;
}

}  // namespace polc::backends
