// The steps that verbs share: repository, policies, plan, evidence, facts. A step that fails has printed its
// diagnostics and says which exit code follows.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/environment.hpp"
#include "cli/options.hpp"
#include "cli/repository.hpp"
#include "compiler/compile.hpp"
#include "runtime/backends/backend.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/report/report.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::cli {

/// Prints one diagnostic without a place in a text to the error stream.
void print_diagnostic(Environment& environment, const base::Diagnostic& diagnostic);

/// Evidence of the host that a run is about, and what reports say of its targets.
struct Collected {
  value::Evidence evidence;
  std::vector<report::Target> targets;
  bool live = false;         ///< this machine is one of them
  std::string example_host;  ///< set when polc.yaml's example host was taken for lack of a target
};

/// A target and what it turned out to be.
struct OpenTarget {
  const backends::Backend* backend = nullptr;
  std::string path;  ///< "" for the live machine
  std::string name;
  std::string label;
  std::unique_ptr<backends::TargetFiles> files;
  backends::Target target;  ///< looks into the members above and into texts that the run keeps
};

class Session {
 public:
  Session(const Options& options, Environment& environment);

  const Options& options() const { return options_; }
  Environment& environment() { return environment_; }
  base::SourceManager& sources() { return sources_; }
  base::DiagnosticSink& sink() { return sink_; }
  const Repository& repository() const { return repository_; }
  std::int64_t clock() const { return clock_; }
  std::int64_t started() const { return started_; }
  std::optional<value::Layer> layer() const { return layer_; }

  /// Finds the repository, reads polc.yaml, checks option values. nullopt when all is well, else the exit code.
  std::optional<int> open();

  /// Files that the command line and polc.yaml name as input, and the modules that were reached from them so far.
  std::vector<std::string> inputs() const;
  bool is_input(const std::string& path) const;

  /// How a policy is compiled in this run: root, parameters, standard library. nullopt: exit code `error_code()`.
  std::optional<compiler::CompileOptions> compile_options(const std::string& path);

  /// The texts behind the first `sources_before` were read as policies: they are inputs.
  void note_modules(std::size_t sources_before);

  /// Compiles or loads every POLICY. Empty when one of them has errors (exit code 3, or `load_error`).
  std::vector<ir::Program> load_policies();

  /// Compiles the policies that were loaded with each of the profiles that were not chosen, and reports what is wrong with
  /// any of them. False: exit code `error_code()`.
  bool check_profiles();

  /// Controls selected by --only and --tag, ascending; empty means all. nullopt when the filters select nothing.
  std::optional<std::vector<std::uint32_t>> select(const ir::Program& program);

  /// Takes the secrets of --secret, once for all programs: a descriptor can be read only once. False: error_code().
  bool read_secrets(const std::vector<ir::Program>& programs);

  /// Those of the command line, else of polc.yaml, else this machine on Windows, else the repository's example host,
  /// whose name is handed back too. nullopt: exit code `error_code()`.
  std::optional<std::vector<std::string>> chosen_targets(std::string& example_host);

  /// Opens a target far enough to tell what it is. nullptr: exit code `error_code()`.
  std::unique_ptr<OpenTarget> open_target(const std::string& argument);

  /// Reads every target and layers them, with the secrets' composition. nullopt: exit code `error_code()`.
  std::optional<Collected> collect(const ir::Program& program, const backends::PlanSlice& needed);

  /// The same for no policy in particular; `needed` is nullptr for everything there is.
  std::optional<Collected> collect(const backends::PlanSlice* needed, std::optional<std::uint64_t> max_age);

  /// The first line a reader sees: that nobody named this host. Nothing where somebody did.
  void announce_example_host(const Collected& collected, std::ostream& stream) const;

  /// What the command line or a document calls the file: relative to the root where it is inside.
  std::string display_name(const std::string& path) const;

  /// Prints all diagnostics gathered so far, in the form asked for, and forgets them.
  void flush_diagnostics();

  int error_code() const { return error_code_; }
  bool use_color(os::Stream stream) const;

 private:
  struct UnchosenProfile {
    std::string policy;
    std::string name;
  };
  bool check_options();
  std::optional<ir::Program> load(const std::string& path);
  std::optional<ir::Program> load_program(const std::string& path);
  std::unique_ptr<OpenTarget> open_live();
  void take_label(OpenTarget& open) const;
  bool read_bytes(OpenTarget& open);
  void add_target(const OpenTarget& open, const value::Evidence& evidence,
                  std::vector<report::Target>& targets) const;
  bool read_target(const OpenTarget& open, const backends::PlanSlice* needed, Collected& collected,
                   std::vector<value::Evidence>& all);
  std::optional<value::PasswordRow> read_secret(const std::string& argument);
  void fail(int code, base::Diagnostic diagnostic);

  Options options_;
  Environment& environment_;
  base::SourceManager sources_;
  base::DiagnosticSink sink_;
  Repository repository_;
  std::vector<value::PasswordRow> passwords_;
  std::vector<std::string> modules_;  ///< files that were compiled
  std::vector<UnchosenProfile> unchosen_;
  std::int64_t clock_ = 0;
  std::int64_t started_ = 0;
  std::optional<std::uint64_t> max_age_;
  std::optional<value::Layer> layer_;  ///< --layer; else the targets decide
  int error_code_ = kUsageError;
};

/// What every verb does: opens the session, runs, prints the diagnostics. Gives the exit code.
int with_session(const Options& options, Environment& environment, const std::function<int(Session&)>& run);

/// Calls `act` with every policy and the controls selected in it; none means all. Gives the exit code.
int for_each_policy(
    Session& session,
    const std::function<void(Session&, const ir::Program&, const std::vector<std::uint32_t>&)>& act);

}  // namespace polc::cli
