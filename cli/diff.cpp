// `polc diff`: what changed between two versions of a policy.
#include "runtime/base/diagnostics/diff.hpp"

#include <algorithm>
#include <optional>
#include <ostream>

#include "authoring/diff/report.hpp"
#include "cli/reports.hpp"
#include "cli/revision_path.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/ir/serialise.hpp"

namespace polc::cli {
namespace {

bool is_program(const std::string& path, const os::FileSystem& files) {
  const os::ReadResult file = files.read(path, limits::kProgramBytes);
  return file.status == os::ReadStatus::Ok && ir::is_program_file(file.text);
}

/// One version: a session of its own, so that both may have files of one name and folders of their own.
class Side {
 public:
  Side(const Options& options, std::string argument, Environment& environment)
      : options_(options), argument_(std::move(argument)), environment_(environment) {}

  /// Opens a git revision where one is named, and compiles or loads the policy. Prints what is wrong.
  int load(const char* which) {
    const int code = open();
    if (code != kSuccess && session_)
      session_->sink().add(diag::VersionNotCompared{.which = which, .name = name()}.at());
    if (session_) session_->flush_diagnostics();
    return code;
  }

  Session& session() { return *session_; }
  const ir::Program& program() const { return programs_.front(); }
  bool is_revision() const { return revision_.has_value(); }

  /// As typed; an absolute path is nobody's business.
  std::string name() const {
    return os::is_absolute_path(argument_) ? session_->display_name(argument_) : argument_;
  }

 private:
  int open() {
    Options options = options_;
    options.policies = {argument_};
    options.plain = true;
    if (const auto wanted = parse_revision_path(argument_, environment_.files)) {
      auto revision = open_revision(*wanted, environment_.files);
      if (!revision) {
        print_diagnostic(environment_, revision.error());
        return kPolicyError;
      }
      revision_ = std::move(*revision);
      options.policies = {revision_->path};
      options.root = revision_->root;
    }
    os::FileSystem& files = revision_ ? *revision_->files : environment_.files;
    options.program = is_program(options.policies.front(), files);
    inside_.emplace(
        Environment{environment_.in, environment_.out, environment_.err, files, environment_.system});
    session_.emplace(options, *inside_);
    if (const auto refused = session_->open()) return *refused;
    programs_ = session_->load_policies();
    return programs_.empty() ? session_->error_code() : kSuccess;
  }

  const Options& options_;
  std::string argument_;
  Environment& environment_;
  std::optional<OpenRevision> revision_;
  std::optional<Environment> inside_;  ///< whose files are those of the version
  std::optional<Session> session_;
  std::vector<ir::Program> programs_;
};

class DiffVerb {
 public:
  DiffVerb(const Options& options, Environment& environment)
      : options_(options),
        environment_(environment),
        older_(options, options.older, environment),
        newer_(options, options.newer, environment) {}

  int run() {
    const int old_code = older_.load("older");
    const int new_code = newer_.load("newer");
    if (old_code != kSuccess || new_code != kSuccess) return std::max(old_code, new_code);
    const int code = compare();
    newer_.session().flush_diagnostics();
    older_.session().flush_diagnostics();
    return code;
  }

 private:
  int compare() {
    const auto destinations = report_destinations(newer_.session());
    if (!destinations || !are_known(*destinations)) return kUsageError;
    if (!older_.is_revision() && !are_free(older_.session(), *destinations)) return kUsageError;
    const diff::Difference difference = diff::compare(older_.program(), newer_.program());
    for (const ReportDestination& destination : *destinations) {
      const int code = write(difference, destination);
      if (code != kSuccess) return code;
    }
    return diff::exit_code(difference);
  }

  bool are_known(const std::vector<ReportDestination>& destinations) {
    for (const ReportDestination& destination : destinations) {
      const ReportFormat format = destination.format;
      if (format == ReportFormat::Terminal || format == ReportFormat::Json ||
          format == ReportFormat::Markdown || format == ReportFormat::Sarif)
        continue;
      newer_.session().sink().add(diag::BadOptionValue{
          .option = "--report", .value = format_name(format), .expected = "terminal, json, markdown or sarif"}
                                      .at());
      return false;
    }
    return true;
  }

  std::string text(const diff::Difference& difference, const ReportDestination& destination) {
    const diff::Names names{older_.name(), newer_.name(), has_old_files()};
    if (destination.format == ReportFormat::Json) return diff::write_json(difference, names);
    if (destination.format == ReportFormat::Markdown) return diff::write_markdown(difference, names);
    if (destination.format == ReportFormat::Sarif) return diff::write_sarif(difference, names, kToolVersion);
    const bool color = destination.file.empty() && newer_.session().use_color(os::Stream::Out);
    return diff::write_terminal(difference, names, {.color = color, .quiet = options_.quiet});
  }

  /// Locations of the older version mean something where both versions stand in one folder.
  bool has_old_files() { return older_.session().repository().root == newer_.session().repository().root; }

  int write(const diff::Difference& difference, const ReportDestination& destination) {
    const std::string text = this->text(difference, destination);
    if (destination.file.empty()) {
      environment_.out << text;
      return kSuccess;
    }
    const auto why = environment_.files.write_whole(destination.file, text);
    if (!why) return kSuccess;
    newer_.session().sink().add(diag::UnwritableFile{.path = destination.file, .why = *why}.at());
    return kInternalError;
  }

  const Options& options_;
  Environment& environment_;
  Side older_, newer_;
};

}  // namespace

int diff(const Options& options, Environment& environment) {
  return DiffVerb(options, environment).run();
}

}  // namespace polc::cli
