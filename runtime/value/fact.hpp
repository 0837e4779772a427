// Facts: what is known about one address on one host (docs/language.md, "What a fact can be").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/value.hpp"

namespace polc::value {

/// Evidence answers either what a policy would set or what is in force on the machine; one run judges one
/// layer.
enum class Layer : std::uint8_t { Policy, Effective };

enum class FactStatus : std::uint8_t { Present, Mistyped, Absent, Unknown };

enum class AbsentLevel : std::uint8_t { Value, Key, Setting, Object };

enum class UnknownReason : std::uint8_t {
  NotCollected,
  AccessDenied,
  Unsupported,  // by this backend
  Corrupt,
  TimedOut,
  Stale,
  Conflict,  // two targets disagree
  Overflow,
  Budget,
  NetworkDenied,  // "network not permitted"
  UnresolvedName,
  DefaultUnknown,
};

/// "access denied", "not collected": the words used in reports and snapshots.
std::string_view reason_text(UnknownReason reason);

/// Where a fact was read. `file` is relative or a bare name, never absolute on the auditor's machine.
struct Origin {
  std::string backend;     ///< "snapshot", "registry.pol", ...
  std::string file;        ///< "hosts/hardened.yaml"; empty if there is none
  std::uint32_t line = 0;  ///< 1-based; 0 = unknown
  std::uint32_t column = 0;
  std::string note;  ///< the object in the host's own words: `rule "MySQL" (profiles: all)`
};

using OriginId = std::uint32_t;  // index into the FactTable's origins; 0 = none

/// Why something is unknown, and about which address.
struct Unknown {
  UnknownReason reason = UnknownReason::NotCollected;
  std::string address;  ///< canonical text of the address; may be empty until the evaluator fills it in
  std::string detail;   ///< a few words from the host or the snapshot; hostile text, escaped by the reports

  friend bool operator==(const Unknown&, const Unknown&) = default;
};

/// Exactly one of: Present(value) | Mistyped(raw value) | Absent(level) | Unknown(reasons).
struct Fact {
  FactStatus status = FactStatus::Unknown;
  AbsentLevel level = AbsentLevel::Value;
  OriginId origin = 0;
  /// Present: the value. Mistyped: what was there instead. Absent: empty, or the value that absence leaves behind
  /// and cannot be told from (a live setting whose Disabled only deletes the registry value): a comparison that
  /// holds for it is true, whatever the absence rule says.
  Value value;
  /// Unknown: at least one, sorted, no repetitions. Present with open bounds: why they are open.
  std::vector<Unknown> unknowns;
  std::vector<OriginId> related;  ///< further evidence that decided (rules, entries), in reading order
  std::string note;               ///< a remark for explanations ("OS default, not configured")

  static Fact present(Value v, OriginId origin = 0);
  static Fact mistyped(Value raw, OriginId origin = 0);
  static Fact absent(AbsentLevel level, OriginId origin = 0);
  static Fact unknown(UnknownReason reason, std::string detail = {}, OriginId origin = 0);
};

/// Records are rows of a list-valued fact (an IIS element, a firewall rule): each field is a fact of its own.
struct RecordField {
  std::string name;
  Fact fact;
};
struct RecordData {
  std::vector<RecordField> fields;
  OriginId origin = 0;

  /// nullptr when the record type has no such field.
  const Fact* find(std::string_view name) const;
};

/// Three-valued logic.
enum class Truth : std::uint8_t { False, True, Unknown };

}  // namespace polc::value
