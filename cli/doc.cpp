// `polc doc`: reference pages of a policy, of the resources, of the standard library.
#include <ostream>

#include "authoring/document/document.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"

namespace polc::cli {
namespace {

/// nullopt, and reported, when --format says neither.
std::optional<bool> wants_html(Session& session) {
  const Options& options = session.options();
  if (options.format == "html") return true;
  if (options.format == "markdown") return false;
  if (options.format.empty()) return options.output.ends_with(".html") || options.output.ends_with(".htm");
  session.sink().add(
      diag::BadOptionValue{.option = "--format", .value = options.format, .expected = "markdown or html"}
          .at());
  return std::nullopt;
}

int write(Session& session, const document::Document& document, bool html) {
  const std::string text = html ? document::write_html(document) : document::write_markdown(document);
  const std::string& output = session.options().output;
  if (output.empty()) {
    session.environment().out << text;
    return kSuccess;
  }
  if (session.is_input(output)) {
    session.sink().add(diag::ReportReplacesInput{.file = output, .what = "an input of this run"}.at());
    return kUsageError;
  }
  const auto why = session.environment().files.write_whole(output, text);
  if (!why) return kSuccess;
  session.sink().add(diag::UnwritableFile{.path = output, .why = *why}.at());
  return kInternalError;
}

int run_doc(Session& session) {
  const Options& options = session.options();
  const std::optional<bool> html = wants_html(session);
  if (!html) return kUsageError;
  if (options.resources) return write(session, document::catalogue_document(), *html);
  if (options.library) return write(session, document::library_document(), *html);
  if (options.policies.empty()) {
    session.sink().add(diag::NothingToDocument{}.at());
    return kUsageError;
  }
  const std::vector<ir::Program> programs = session.load_policies();
  if (programs.empty()) return session.error_code();
  return write(session, document::policy_document(programs.front()), *html);
}

}  // namespace

int doc(const Options& options, Environment& environment) {
  return with_session(options, environment, run_doc);
}

}  // namespace polc::cli
