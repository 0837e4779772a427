#include "cli/session.hpp"

#include <algorithm>
#include <ostream>
#include <set>
#include <tuple>

#include "authoring/tailoring/tailoring.hpp"
#include "cli/arguments.hpp"
#include "cli/verbs.hpp"
#include "compiler/compile.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/render.hpp"
#include "runtime/base/text.hpp"
#include "runtime/ir/serialise.hpp"
#include "runtime/report/diagnostics/diagnostics.hpp"
#include "runtime/value/glob.hpp"
#include "runtime/value/time.hpp"

namespace polc::cli {
namespace {

constexpr std::size_t kShownPattern = 60;

}  // namespace

void print_diagnostic(Environment& environment, const base::Diagnostic& diagnostic) {
  const base::SourceManager no_sources;
  environment.err << base::render_diagnostic(diagnostic, no_sources, {});
}

Session::Session(const Options& options, Environment& environment)
    : options_(options), environment_(environment), started_(environment.system.now()) {}

bool Session::use_color(os::Stream stream) const {
  if (options_.color == "always") return true;
  const auto no_color = environment_.system.variable("NO_COLOR");
  return options_.color == "auto" && (!no_color || no_color->empty()) &&
         environment_.system.is_terminal(stream);
}

void Session::fail(int code, base::Diagnostic diagnostic) {
  sink_.add(std::move(diagnostic));
  error_code_ = code;
}

bool Session::check_options() {
  const auto one_of = [&](const char* option, const std::string& value,
                          std::initializer_list<const char*> known, const char* expected) {
    for (const char* word : known) {
      if (value == word) return;
    }
    fail(kUsageError, diag::BadOptionValue{.option = option, .value = value, .expected = expected}.at());
  };
  one_of("--diagnostics", options_.diagnostics, {"text", "json", "sarif"}, "text, json or sarif");
  one_of("--color", options_.color, {"auto", "always", "never"}, "auto, always or never");
  one_of("--layer", options_.layer, {"", "policy", "effective"}, "policy or effective");
  one_of("--unknown", options_.unknown, {"", "fail", "warn"}, "fail or warn");
  one_of("--fail-on", options_.fail_on, {"", "info", "low", "medium", "high", "critical"},
         "info, low, medium, high or critical");
  if (options_.layer == "policy") layer_ = value::Layer::Policy;
  if (options_.layer == "effective") layer_ = value::Layer::Effective;

  clock_ = started_;
  if (!options_.as_of.empty()) {
    const auto instant = value::parse_instant(options_.as_of);
    if (instant)
      clock_ = *instant;
    else
      fail(kUsageError, diag::BadOptionValue{.option = "--as-of",
                                             .value = options_.as_of,
                                             .expected = "a UTC instant such as 2026-11-22T08:00:00Z"}
                            .at());
  }
  if (!options_.max_age.empty()) {
    if (const auto seconds = value::parse_duration(options_.max_age)) {
      max_age_ = static_cast<std::uint64_t>(*seconds);
    } else {
      fail(kUsageError,
           diag::BadOptionValue{
               .option = "--max-age", .value = options_.max_age, .expected = "a duration such as 30d or 24h"}
               .at());
    }
  }
  if (options_.program && !options_.settings.empty())
    fail(kUsageError, diag::FixedParameters{.option = "--set"}.at());
  if (options_.program && options_.profile)
    fail(kUsageError, diag::FixedParameters{.option = "--profile"}.at());
  return !sink_.has_errors();
}

std::optional<int> Session::open() {
  if (!check_options()) return kUsageError;
  const std::string first = options_.policies.empty() ? std::string() : options_.policies.front();
  auto repository =
      open_repository(options_.root, first, !options_.plain, environment_.files, sources_, sink_);
  if (!repository) return kUsageError;
  repository_ = std::move(*repository);
  if (options_.fail_on.empty()) options_.fail_on = repository_.settings.fail_on;
  if (options_.unknown.empty()) options_.unknown = repository_.settings.unknown;
  if (options_.reports.empty()) options_.reports = repository_.settings.reports;
  // Defaults taken from polc.yaml obey the same rules as what was typed.
  return check_options() ? std::nullopt : std::optional<int>(kUsageError);
}

std::string Session::display_name(const std::string& path) const {
  return relative_to_root(repository_.root, path, environment_.files).value_or(os::file_name(path));
}

std::optional<ir::Program> Session::load_program(const std::string& path) {
  const os::ReadResult file = environment_.files.read(path, limits::kProgramBytes);
  if (file.status != os::ReadStatus::Ok) {
    fail(kPolicyError, diag::UnreadableFile{.path = display_name(path), .why = file.detail}.at());
    return std::nullopt;
  }
  auto program = ir::deserialise(file.text, display_name(path));
  if (!program) {
    fail(kPolicyError, program.error());
    return std::nullopt;
  }
  return std::move(*program);
}

std::optional<ir::Program> Session::load(const std::string& path) {
  if (options_.program) return load_program(path);
  auto compile_options = this->compile_options(path);
  if (!compile_options) return std::nullopt;
  const std::size_t errors = sink_.error_count();
  const std::size_t sources_before = sources_.size();
  auto result = compiler::compile(*compile_options, environment_.files, sources_, sink_);
  if (result.program) {
    authoring::check_tailoring(*compile_options, result.profiles, environment_.files, sink_);
  }
  note_modules(sources_before);
  for (std::string& name : result.profile_names) {
    if (name != compile_options->profile) unchosen_.push_back({path, std::move(name)});
  }
  if (!result.program || sink_.error_count() > errors) {
    error_code_ = kPolicyError;
    return std::nullopt;
  }
  return std::move(result.program);
}

std::optional<compiler::CompileOptions> Session::compile_options(const std::string& path) {
  if (!relative_to_root(repository_.root, path, environment_.files)) {
    fail(kUsageError, diag::OutsideRoot{.path = path, .root = options_.root}.at());
    return std::nullopt;
  }
  compiler::CompileOptions compile_options{path, repository_.root, {}, options_.stdlib};
  compile_options.profile = options_.profile.value_or(repository_.settings.profile);
  compile_options.profile_origin =
      options_.profile ? std::string("--profile") : repository_.settings.profile_origin;
  for (const ParameterSetting& p : repository_.settings.parameters) {
    compile_options.overrides.push_back({p.name, p.value, p.origin});
  }
  for (const std::string& setting : options_.settings) {
    const auto assignment = split_assignment(setting);
    if (!assignment) {
      fail(kUsageError,
           diag::BadOptionValue{.option = "--set", .value = setting, .expected = "name=value"}.at());
      return std::nullopt;
    }
    std::erase_if(compile_options.overrides,
                  [&](const auto& o) { return o.name == assignment->first && o.origin == "--set"; });
    compile_options.overrides.push_back({assignment->first, assignment->second, "--set"});
  }
  return compile_options;
}

void Session::note_modules(std::size_t sources_before) {
  for (std::size_t id = sources_before + 1; id <= sources_.size(); ++id) {
    std::string name(sources_.find(static_cast<base::FileId>(id))->name());
    if (!name.starts_with("std.")) {
      modules_.push_back(os::join_path(repository_.root, name));
    } else if (!options_.stdlib.empty()) {
      std::replace(name.begin(), name.end(), '.', '/');
      modules_.push_back(os::join_path(options_.stdlib, name + ".pol"));
    }
  }
}

std::vector<ir::Program> Session::load_policies() {
  std::vector<ir::Program> programs;
  bool complete = true;
  for (const std::string& path : options_.policies) {
    auto program = load(path);
    if (program)
      programs.push_back(std::move(*program));
    else
      complete = false;
  }
  if (!complete) programs.clear();
  return programs;
}

bool Session::check_profiles() {
  // Profiles share what they extend, and with it what is to be said about it.
  std::set<std::tuple<std::uint16_t, std::string, std::uint32_t>> said;
  bool good = true;
  for (const UnchosenProfile& unchosen : unchosen_) {
    auto compile_options = this->compile_options(unchosen.policy);
    if (!compile_options) return false;
    compile_options->profile = unchosen.name;
    base::DiagnosticSink compiled;
    base::DiagnosticSink compared;
    const auto result = compiler::compile(*compile_options, environment_.files, sources_, compiled);
    if (result.program)
      authoring::check_tailoring(*compile_options, result.profiles, environment_.files, compared);
    good = good && !compiled.has_errors() && !compared.has_errors();
    const auto add = [&](const base::Diagnostic& diagnostic) {
      const base::SourceBuffer* source = sources_.find(diagnostic.span.file);
      const std::string file(source != nullptr ? source->name() : "");
      if (said.emplace(diagnostic.code, file, diagnostic.span.begin).second) sink_.add(diagnostic);
    };
    for (const base::Diagnostic& diagnostic : compiled.sorted()) {
      // Warnings are those of the policy without a profile.
      if (base::level_of(diagnostic) == base::Level::Error) add(diagnostic);
    }
    for (const base::Diagnostic& diagnostic : compared.sorted()) add(diagnostic);
  }
  if (!good) error_code_ = kPolicyError;
  return good;
}

std::optional<std::vector<std::uint32_t>> Session::select(const ir::Program& program) {
  std::vector<std::uint32_t> selected;
  if (options_.only.empty() && options_.tags.empty()) return selected;
  std::vector<value::Glob> patterns;
  for (const std::string& pattern : options_.only) {
    auto glob = value::Glob::parse(pattern);
    if (!glob) {
      fail(kUsageError, diag::BadOptionValue{.option = "--only",
                                             .value = base::shorten_bytes(pattern, kShownPattern),
                                             .expected = "a shorter pattern"}
                            .at());
      return std::nullopt;
    }
    patterns.push_back(std::move(*glob));
  }
  std::vector<std::string_view> known;
  for (std::uint32_t i = 0; i < program.controls.size(); ++i) {
    const ir::Control& control = program.controls[i];
    const std::string_view id = program.text(control.id);
    known.push_back(id);
    const bool wanted = patterns.empty() || std::any_of(patterns.begin(), patterns.end(),
                                                        [&](const auto& p) { return p.matches(id); });
    bool tagged = options_.tags.empty();
    for (const std::string& tag : options_.tags) {
      for (const ir::TextId t : control.tags) tagged = tagged || program.text(t) == tag;
    }
    if (wanted && tagged) selected.push_back(i);
  }
  if (!selected.empty()) return selected;
  std::string filter;
  for (const std::string& pattern : options_.only) filter += " --only " + pattern;
  for (const std::string& tag : options_.tags) filter += " --tag " + tag;
  const std::string suggestion(options_.only.empty() ? "" : base::nearest(options_.only.front(), known));
  fail(kUsageError, diag::NothingSelected{.filter = filter.substr(1), .suggestion = suggestion}.at());
  return std::nullopt;
}

void Session::flush_diagnostics() {
  const std::vector<base::Diagnostic> all = sink_.sorted();
  sink_ = {};
  if (options_.diagnostics == "json") {
    environment_.out << report::write_diagnostics_json(all, sources_);
  } else if (options_.diagnostics == "sarif") {
    environment_.out << report::write_diagnostics_sarif(all, sources_, kToolVersion, error_code_);
  } else {
    const base::RenderStyle style{use_color(os::Stream::Error), environment_.system.width(os::Stream::Error)};
    environment_.err << base::render_diagnostics(all, sources_, style);
  }
}

int with_session(const Options& options, Environment& environment, const std::function<int(Session&)>& run) {
  Session session(options, environment);
  const auto refused = session.open();
  const int code = refused ? *refused : run(session);
  session.flush_diagnostics();
  return code;
}

int for_each_policy(
    Session& session,
    const std::function<void(Session&, const ir::Program&, const std::vector<std::uint32_t>&)>& act) {
  const std::vector<ir::Program> programs = session.load_policies();
  if (programs.empty()) return session.error_code();
  for (const ir::Program& program : programs) {
    const auto selected = session.select(program);
    if (!selected) return kUsageError;
    act(session, program, *selected);
  }
  return kSuccess;
}

}  // namespace polc::cli
