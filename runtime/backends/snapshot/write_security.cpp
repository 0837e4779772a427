// Security descriptors of files, registry keys and shares, on their way out: as SDDL.
#include "runtime/backends/snapshot/row_writer.hpp"
#include "runtime/backends/snapshot/section_writers.hpp"
#include "runtime/backends/snapshot/table_writer.hpp"
#include "runtime/formats/sddl.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::snapshot {
namespace {

/// A descriptor that reads back.
struct SddlShape {
  using Value = std::string;
};
std::optional<Tree> written(const SddlShape&, const std::string& sddl) {
  return formats::parse_sddl(sddl) ? written(kText, sddl) : std::nullopt;
}

std::optional<Tree> written_object(const value::SecurityRow& row) {
  Tree names = Tree::row();
  std::set<std::string> seen;
  for (const value::PrincipalEvidence& principal : row.names) {
    const bool good = written(kSid, principal.sid) && written(kText, principal.name);
    if (good && seen.insert(principal.sid).second) names.add(principal.sid, Tree::of_text(principal.name));
  }
  Tree sddl = written_fact(row.sddl, SddlShape{});
  if (names.items.empty()) return sddl;
  Tree object;
  object.add("sddl", std::move(sddl));
  object.add("names", std::move(names));
  return object;
}

using Canonical = std::optional<std::string> (*)(std::string_view);

std::optional<Tree> written_objects(const value::Section<value::SecurityRow>& section, Canonical canonical) {
  if (!was_read(section)) return std::nullopt;
  TableWriter table(section);
  for (const auto& row : section.rows) {
    const bool good = canonical(row.path) == row.path;
    table.add(row.path, good ? written_object(row) : std::nullopt);
  }
  return table.named();
}

}  // namespace

std::optional<Tree> write_file_security(const value::Evidence& evidence) {
  return written_objects(evidence.file_security,
                         [](std::string_view path) { return value::canonical_file_path(path); });
}

std::optional<Tree> write_key_security(const value::Evidence& evidence) {
  return written_objects(evidence.key_security,
                         [](std::string_view path) { return value::canonical_registry_key(path); });
}

std::optional<Tree> write_shares(const value::Evidence& evidence) {
  if (!was_read(evidence.shares)) return std::nullopt;
  TableWriter table(evidence.shares, true);
  for (const auto& share : evidence.shares.rows) {
    RowWriter row;
    row.fact("path", share.path, kText);
    row.fact("sddl", share.sddl, SddlShape{});
    table.add(share.name, row.take_facts());
  }
  return table.named();
}

}  // namespace polc::backends::snapshot
