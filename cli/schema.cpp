// `polc schema`: JSON Schemas for editors, and the whole check of one evidence file.
#include <ostream>

#include "authoring/diff/report.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/backends/snapshot/snapshot.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/report/json/json.hpp"

namespace polc::cli {
namespace {

int check_file(Session& session) {
  const std::string& path = session.options().file;
  Environment& environment = session.environment();
  os::ReadResult file = environment.files.read(path, backends::target_size_limit());
  if (file.status != os::ReadStatus::Ok) {
    session.sink().add(diag::UnreadableFile{.path = path, .why = file.detail}.at());
    return kEvidenceError;
  }
  const base::FileId id = session.sources().add(path, std::move(file.text));
  const std::string& text = session.sources().find(id)->text();
  if (!backends::check_snapshot({.file = id, .name = path, .bytes = text}, session.sink()))
    return kEvidenceError;
  environment.out << path << ": no problem found\n";
  return kSuccess;
}

int run_schema(Session& session) {
  const Options& options = session.options();
  Environment& environment = session.environment();
  if (options.subject == "snapshot" && options.file.empty()) {
    environment.out << backends::snapshot_schema();
    return kSuccess;
  }
  if (options.subject == "report" && options.file.empty()) {
    environment.out << report::report_schema();
    return kSuccess;
  }
  if (options.subject == "diff" && options.file.empty()) {
    environment.out << diff::diff_schema();
    return kSuccess;
  }
  if (options.subject == "check" && !options.file.empty()) return check_file(session);
  session.sink().add(
      diag::BadOptionValue{.option = "'polc schema'",
                           .value = options.subject + (options.file.empty() ? "" : " " + options.file),
                           .expected = "snapshot, report, diff, or check FILE"}
          .at());
  return kUsageError;
}

}  // namespace

int schema(const Options& options, Environment& environment) {
  Session session(options, environment);
  const int code = run_schema(session);
  session.flush_diagnostics();
  return code;
}

}  // namespace polc::cli
