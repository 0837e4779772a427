// Any bytes as a snapshot, in YAML and in JSON: decoding comes back, says why when it refuses, and a part of an
// acceptable snapshot is acceptable.
#include "runtime/backends/snapshot/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "runtime/backends/backend.hpp"
#include "runtime/backends/snapshot/writer.hpp"
#include "runtime/base/diagnostics/syntax.hpp"
#include "runtime/base/source.hpp"
#include "runtime/formats/sddl.hpp"

namespace {

using namespace polc;

void require(bool promise) {
  if (!promise) std::abort();
}

void check_diagnostics(const base::DiagnosticSink& sink, std::string_view text) {
  for (const base::Diagnostic& d : sink.sorted()) {
    const bool says_how_many = d.code == diag::TooManyDiagnostics::kCode;
    require(says_how_many || (d.span.begin <= d.span.end && d.span.begin <= text.size()));
    require(!base::message_of(d).empty());
    base::hint_of(d);
  }
}

void check_evidence(const value::Evidence& evidence, std::string_view text) {
  for (const value::Origin& origin : evidence.origins) require(origin.line <= text.size() + 1);
  for (const auto* section : {&evidence.file_security, &evidence.key_security}) {
    for (const value::SecurityRow& row : section->rows) {
      if (row.sddl.present()) require(formats::parse_sddl(row.sddl.value).has_value());
    }
  }
  for (const auto& [folded, key] : evidence.registry) require(!folded.empty() && !key.path.empty());
}

/// What was read can be written down, and that is read as the same.
void check_written(const value::Evidence& evidence) {
  std::string before;
  for (const auto form : {backends::SnapshotForm::Yaml, backends::SnapshotForm::Json}) {
    const std::string text = backends::write_snapshot(evidence, {.form = form}).text;
    const bool json = form == backends::SnapshotForm::Json;
    base::DiagnosticSink sink;
    const auto again = backends::snapshot_backend().collect(
        {.file = 1, .name = json ? "host.json" : "host.yaml", .bytes = text}, {}, sink);
    require(again.has_value());
    const std::string after = backends::write_snapshot(again->front(), {}).text;
    require(before.empty() || before == after);
    before = after;
  }
  require(before == backends::write_snapshot(evidence, {}).text);
}

backends::PlanSlice some_slice() {
  backends::PlanSlice slice;
  slice.add(value::EvidenceSection::FileSecurity);
  slice.add(value::EvidenceSection::Names);
  slice.add_registry_key("HKLM\\SYSTEM\\CURRENTCONTROLSET\\CONTROL\\LSA");
  slice.add_registry_key("HKCU\\SOFTWARE");
  return slice;
}

void read_as(std::string_view name, std::string_view text) {
  const backends::Target target{.file = 1, .name = name, .bytes = text};
  base::DiagnosticSink sink;
  const auto evidence = backends::snapshot_backend().collect(target, {}, sink);
  require(evidence.has_value() != sink.has_errors());
  check_diagnostics(sink, text);
  if (!evidence) return;
  check_evidence(evidence->front(), text);
  check_written(evidence->front());

  static const backends::PlanSlice slice = some_slice();
  base::DiagnosticSink part_sink;
  const auto part = backends::snapshot_backend().collect(target, {.slice = &slice}, part_sink);
  require(part.has_value() && part->front().registry.size() <= evidence->front().registry.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_as("host.yaml", text);
  read_as("host.json", text);
  base::DiagnosticSink sink;
  backends::collect({.file = 1, .name = "target", .bytes = text}, {}, sink);
  return 0;
}
