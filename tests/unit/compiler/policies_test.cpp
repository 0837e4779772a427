// The policies of the repository and the modules of the standard library compile without a word.
#include "compiler/compile.hpp"
#include "runtime/base/render.hpp"
#include "runtime/ir/verify.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;

namespace {

std::string messages(const compiler::CompileOptions& options, const os::FileSystem& files) {
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const compiler::CompileResult result = compiler::compile(options, files, sources, sink);
  std::string text = base::render_diagnostics(sink.sorted(), sources, {});
  if (!result.program) return text + "no program";
  if (const auto verified = ir::verify(*result.program, "program"); !verified)
    text += base::render_diagnostic(verified.error(), sources, {});
  return text;
}

}  // namespace

TEST_CASE("the policies of the repository compile") {
  const auto files = os::real_file_system();
  compiler::CompileOptions options;
  options.root = POLC_SOURCE_DIR;
  for (const std::string policy : {"automate.pol", "screenconnect.pol"}) {
    options.policy_path = options.root + "/policies/" + policy;
    CHECK(messages(options, *files) == "");
  }
}

TEST_CASE("the profiles of the repository compile") {
  const auto files = os::real_file_system();
  compiler::CompileOptions options;
  options.root = POLC_SOURCE_DIR;
  options.policy_path = options.root + "/policies/automate.pol";
  for (const std::string profile : {"application-server", "database-server"}) {
    options.profile = profile;
    CHECK(messages(options, *files) == "");
  }
}
