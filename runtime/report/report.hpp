// What every report is made from: one policy judged on one host. Writers are pure functions from this model to
// text; they read no files, ask no clock and know no command line.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/evaluate/result.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/report/baseline.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::report {

/// Where evidence came from.
struct Target {
  std::string name;     ///< for people: "policies/hosts/hardened.yaml", "live"; never absolute
  std::string backend;  ///< "snapshot"
  value::Layer layer = value::Layer::Effective;
  std::optional<std::int64_t> collected_at{};  ///< seconds since 1970, UTC
  /// Relative to the root, with forward slashes, when the file lies inside it: only then may SARIF point there.
  /// Origins whose `file` equals `name` or `path` are in this file; of a folder, those whose `file` begins with `path`.
  std::optional<std::string> path{};
  /// Content of the file, which outlives the report: hashed by the reports that name the hash.
  std::optional<std::string_view> bytes{};
};

/// The revision that the policy was read from.
struct VersionControl {
  std::string repository;  ///< absolute https URI, without credentials
  std::string revision;
  std::string branch;  ///< may be empty
};

/// What makes the exit code differ from 0.
struct Gate {
  ir::Severity fail_on = ir::Severity::Info;  ///< the least severity that counts as a failure
  bool unknown_fails = true;                  ///< --unknown fail
  bool new_only = false;                      ///< what the baseline had already does not count
};

struct RunReport {
  const ir::Program& program;
  const evaluate::Evaluation& evaluation;
  const value::FactTable& facts;
  /// Made on demand, for the controls that a report shows. Must not be empty.
  std::function<evaluate::ControlExplanation(const evaluate::ControlResult&)> explain;

  std::string tool_version{};  ///< "0.1.0"
  value::Layer layer = value::Layer::Effective;
  std::int64_t as_of = 0;                 ///< seconds since 1970, UTC
  std::optional<std::int64_t> started{};  ///< of the process; left out with --deterministic
  std::optional<std::int64_t> finished{};
  std::vector<Target> targets{};
  std::vector<base::Diagnostic> notifications{};  ///< from reading targets and configuration
  bool evidence_failed = false;                   ///< a target could not be opened or understood
  /// Policy texts by name, for snippets; nullptr when a compiled program was run.
  const base::SourceManager* sources = nullptr;
  std::optional<VersionControl> version_control{};
  const Baseline* baseline = nullptr;
  Gate gate{};
};

/// In the order in which reports list them.
inline constexpr std::array kVerdicts{evaluate::Verdict::Fail,   evaluate::Verdict::Unknown,
                                      evaluate::Verdict::Review, evaluate::Verdict::Waived,
                                      evaluate::Verdict::Pass,   evaluate::Verdict::NotApplicable};
inline constexpr std::array kSeverities{ir::Severity::Critical, ir::Severity::High, ir::Severity::Medium,
                                        ir::Severity::Low, ir::Severity::Info};

/// Counts by verdict, and failures by severity; enumerators are the indices.
struct Counts {
  std::array<std::size_t, 6> verdicts{};
  std::array<std::size_t, 5> failures{};

  std::size_t of(evaluate::Verdict verdict) const { return verdicts[static_cast<std::size_t>(verdict)]; }
  std::size_t total() const;
};
Counts count(const RunReport& report);
void add(Counts& counts, const RunReport& report, const evaluate::ControlResult& result);

/// The exit code of one run (docs/cli.md): 4 when evidence failed, 1 when something fails at or above the gate's
/// severity, 2 when nothing does but something is unknown or awaits review, else 0.
int exit_code(const RunReport& report);

/// The worst of several, in the order 70, 4, 3, 1, 2, 0 (64 stands before them all: nothing ran). 0 for none.
int worst_exit_code(const std::vector<int>& codes);

const ir::Control& control_of(const RunReport& report, const evaluate::ControlResult& result);

/// Name of the host for people, escaped; "unknown host" when the evidence does not say.
std::string host_name(const RunReport& report);

std::string_view layer_name(value::Layer layer);                  ///< "effective", "policy"
std::string_view truth_name(value::Truth truth);                  ///< "true", "false", "unknown"
std::string_view manual_state_name(evaluate::ManualState state);  ///< "not attested"

/// "2026-03-01T08:30:00Z".
std::string instant_text(std::int64_t seconds);

/// The profile of a program for people: "kiosk, Kiosk servers (a.pol:15, chosen by --profile)"; "" without one.
std::string profile_text(const ir::Program& program);

/// How a parameter got its value, the latest last: "25 (default, ports.pol:6) <- 10 (profile kiosk, a.pol:80) <- 8 (--set)".
std::string provenance(const ir::Program& program, const ir::Parameter& parameter);

/// True when the values of this fact must not be shown: reports say met or unmet.
bool is_sensitive(const ir::Program& program, const ir::Node& node);

/// Text of a policy file by the path that the program knows; nullptr when there is none.
const base::SourceBuffer* policy_source(const RunReport& report, const ir::SourceRange& range);

}  // namespace polc::report
