// Evidence to snapshot: the inverse of the decoder. Decoding what was written gives the same evidence, but for secrets,
// which are withheld (redaction.hpp), and for what has no place in the form, which becomes unreadable with that as the
// reason: never complete, never absent.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/plan_slice.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

enum class SnapshotForm : std::uint8_t {
  Yaml,  ///< for people: at most limits::kYamlBytes can be read again
  Json,  ///< for programs: at most limits::kSnapshotBytes
};

struct WriteOptions {
  SnapshotForm form = SnapshotForm::Yaml;
  const PlanSlice* slice = nullptr;  ///< only what it names is written; nullptr = everything
  std::string collected_by = {};     ///< `collected: by`
};

/// Something that was looked for and is not in the snapshot.
struct Gap {
  std::string
      place;  ///< 'SeBackupPrivilege', or the key and the value; "" = the whole section or the rest of it
  std::string reason;  ///< "access denied: error 5"
  friend bool operator==(const Gap&, const Gap&) = default;
};

struct WrittenSection {
  value::EvidenceSection section = value::EvidenceSection::Host;
  std::size_t entries = 0;  ///< rows, keys or facts
  std::vector<Gap> gaps;
};

struct WrittenSnapshot {
  std::string text;
  std::vector<WrittenSection> sections;  ///< those that the text holds, in its order
  std::size_t withheld = 0;              ///< secrets left out
};

WrittenSnapshot write_snapshot(const value::Evidence& evidence, const WriteOptions& options);

}  // namespace polc::backends
