// `polc test`: runs the tests of policies and reports.
#include <algorithm>
#include <ostream>

#include "authoring/testing/report.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/diagnostics/testing.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/glob.hpp"

namespace polc::cli {
namespace {

constexpr std::string_view kTestFileEnding = "_test.pol";
constexpr std::string_view kFormats = "terminal, junit or json, each with =FILE if wanted";

enum class TestFormat : std::uint8_t { Terminal, JUnit, Json };

std::optional<TestFormat> format_named(std::string_view name) {
  if (name == "terminal") return TestFormat::Terminal;
  if (name == "junit") return TestFormat::JUnit;
  return name == "json" ? std::optional(TestFormat::Json) : std::nullopt;
}

struct Destination {
  TestFormat format = TestFormat::Terminal;
  std::string file;  ///< empty: standard output
};

class TestVerb {
 public:
  /// `options` as typed: the reports of polc.yaml are those of `check`.
  TestVerb(Session& session, const Options& options) : session_(session), options_(options) {}

  int run() {
    if (!read_destinations() || !read_patterns()) return kUsageError;
    for (const std::string& path : options_.policies) {
      if (const int code = add(path); code != kSuccess) return code;
    }
    for (const Destination& destination : destinations_) {
      if (const int code = write(destination); code != kSuccess) return code;
    }
    return failed_ ? kFailures : kSuccess;
  }

 private:
  int fail(int code, base::Diagnostic diagnostic) {
    session_.sink().add(std::move(diagnostic));
    return code;
  }

  // --- options

  bool read_destinations() {
    for (const std::string& text : options_.reports) {
      const std::size_t equals = text.find('=');
      const std::string name = text.substr(0, equals);
      const std::string file = equals == std::string::npos ? std::string() : text.substr(equals + 1);
      const auto format = format_named(name);
      if (!format || (equals != std::string::npos && file.empty())) {
        fail(kUsageError,
             diag::BadOptionValue{.option = "--report", .value = text, .expected = std::string(kFormats)}
                 .at());
        return false;
      }
      destinations_.push_back({*format, file});
    }
    if (destinations_.empty()) destinations_.push_back({});
    return true;
  }

  bool read_patterns() {
    for (const std::string& pattern : options_.only) {
      auto glob = value::Glob::parse(pattern);
      if (!glob) {
        fail(kUsageError,
             diag::BadOptionValue{.option = "--only", .value = "...", .expected = "a shorter pattern"}.at());
        return false;
      }
      patterns_.push_back(std::move(*glob));
    }
    return true;
  }

  // --- running

  /// A file, or all files of tests below a folder, sorted.
  int add(const std::string& path) {
    const os::FileSystem& files = session_.environment().files;
    if (files.kind(path) != os::FileKind::Folder) return run_file(path);
    bool any = false;
    const int code = add_folder(path, any);
    return code == kSuccess && !any
               ? fail(kPolicyError, diag::NoTests{.file = session_.display_name(path)}.at())
               : code;
  }

  int add_folder(const std::string& folder, bool& any) {
    const os::ListResult listed = session_.environment().files.list(folder, limits::kFolderEntries);
    if (listed.status != os::ReadStatus::Ok)
      return fail(kPolicyError,
                  diag::UnreadableFile{.path = session_.display_name(folder), .why = listed.detail}.at());
    for (const auto& entry : listed.entries) {
      const std::string path = os::join_path(folder, entry.name);
      int code = kSuccess;
      if (entry.kind == os::FileKind::Folder) {
        code = add_folder(path, any);
      } else if (std::string_view(entry.name).ends_with(kTestFileEnding)) {
        any = true;
        code = run_file(path);
      }
      if (code != kSuccess) return code;
    }
    return kSuccess;
  }

  int run_file(const std::string& path) {
    auto options = session_.compile_options(path);
    if (!options) return session_.error_code();
    options->test_file = true;
    authoring::Bench bench(*options, session_.environment().files, session_.sources(), session_.sink());
    const std::size_t sources_before = session_.sources().size();
    if (!bench.load()) return kPolicyError;
    session_.note_modules(sources_before);
    if (bench.tests().cases.empty())
      return fail(kPolicyError, diag::NoTests{.file = session_.display_name(path)}.at());
    const std::vector<std::size_t> selected = select(bench.tests());
    if (selected.empty()) return nothing_selected(bench.tests());
    authoring::SuiteResult suite;
    suite.policy = bench.program().text(bench.program().policy.id);
    suite.file = session_.display_name(path);
    std::vector<std::unique_ptr<authoring::Stand>> stands;
    for (const std::size_t index : selected) {
      stands.push_back(bench.stand(index));
      if (!stands.back())
        return bench.trouble() == authoring::Bench::Trouble::Evidence ? kEvidenceError : kPolicyError;
      suite.cases.push_back(authoring::run_case(*stands.back()));
    }
    failed_ = failed_ || suite.failures() > 0;
    if (options_.coverage) suite.coverage = coverage(bench, stands);
    const bool passes = suite.failures() == 0;
    if (options_.mutate && !passes)
      session_.sink().add(diag::MutantsNeedPassingTests{.file = suite.file}.at());
    if (options_.mutate && passes) suite.mutation = mutation(bench, stands);
    suites_.push_back(std::move(suite));
    return kSuccess;
  }

  authoring::Coverage coverage(const authoring::Bench& bench,
                               const std::vector<std::unique_ptr<authoring::Stand>>& stands) {
    authoring::Coverage coverage(bench.program());
    for (const auto& stand : stands) coverage.observe(*stand);
    coverage.read_text(bench.sources());
    failed_ = failed_ || !coverage.complete();
    return coverage;
  }

  authoring::MutationResult mutation(const authoring::Bench& bench,
                                     const std::vector<std::unique_ptr<authoring::Stand>>& stands) {
    authoring::MutationResult result = authoring::mutate(bench, stands);
    failed_ = failed_ || result.unexplained() > 0 || !result.stale.empty();
    for (const compiler::EquivalentMutant& stale : result.stale)
      session_.sink().add(diag::NoSuchSurvivor{.mutant = stale.mutant}.at(stale.span));
    return result;
  }

  std::vector<std::size_t> select(const compiler::Tests& tests) const {
    std::vector<std::size_t> selected;
    for (std::size_t i = 0; i < tests.cases.size(); ++i) {
      const bool wanted =
          patterns_.empty() || std::any_of(patterns_.begin(), patterns_.end(),
                                           [&](const auto& p) { return p.matches(tests.cases[i].name); });
      if (wanted) selected.push_back(i);
    }
    return selected;
  }

  int nothing_selected(const compiler::Tests& tests) {
    std::vector<std::string_view> names;
    for (const compiler::TestCase& test : tests.cases) names.push_back(test.name);
    const std::string& pattern = options_.only.front();
    return fail(kUsageError, diag::NoTestSelected{.pattern = pattern,
                                                  .suggestion = std::string(base::nearest(pattern, names))}
                                 .at());
  }

  // --- reporting

  std::string report_text(TestFormat format, bool on_output) {
    if (format == TestFormat::Json) return authoring::write_tests_json(suites_, session_.sources());
    if (format == TestFormat::JUnit) return authoring::write_tests_junit(suites_, session_.sources());
    return authoring::write_tests_terminal(suites_, session_.sources(),
                                           {.color = on_output && session_.use_color(os::Stream::Out),
                                            .quiet = options_.quiet,
                                            .verbose = options_.verbose});
  }

  int write(const Destination& destination) {
    const bool on_output = destination.file.empty();
    const std::string text = report_text(destination.format, on_output);
    if (on_output) {
      session_.environment().out << text;
      return kSuccess;
    }
    if (session_.is_input(destination.file))
      return fail(kUsageError,
                  diag::ReportReplacesInput{.file = destination.file, .what = "an input of this run"}.at());
    const auto why = session_.environment().files.write_whole(destination.file, text);
    return why ? fail(kInternalError, diag::UnwritableFile{.path = destination.file, .why = *why}.at())
               : kSuccess;
  }

  Session& session_;
  const Options& options_;
  std::vector<Destination> destinations_;
  std::vector<value::Glob> patterns_;
  std::vector<authoring::SuiteResult> suites_;
  bool failed_ = false;  ///< an expectation, coverage or a mutant
};

}  // namespace

int test(const Options& options, Environment& environment) {
  return with_session(options, environment,
                      [&](Session& session) { return TestVerb(session, options).run(); });
}

}  // namespace polc::cli
