// `polc init`: the files a repository of policies begins with.
#include <ostream>

#include "cli/init_files.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/escape.hpp"

namespace polc::cli {
namespace {

/// False, and reported, where a file stands in the way: then nothing is written.
bool is_free(const std::string& folder, Environment& environment) {
  bool free = true;
  for (const InitFile& file : init_files()) {
    const std::string path = os::join_path(folder, file.path);
    if (environment.files.kind(path) == os::FileKind::Missing) continue;
    print_diagnostic(environment, diag::FileInTheWay{.path = path}.at());
    free = false;
  }
  return free;
}

}  // namespace

int init(const Options& options, Environment& environment) {
  const std::string folder = options.file.empty() ? "." : options.file;
  if (!is_free(folder, environment)) return kUsageError;
  for (const InitFile& file : init_files()) {
    const std::string path = os::join_path(folder, file.path);
    if (const auto why = environment.files.write_whole(path, file.text)) {
      print_diagnostic(environment, diag::UnwritableFile{.path = path, .why = *why}.at());
      return kInternalError;
    }
    environment.out << "wrote " << base::visible(path) << '\n';
  }
  environment.out << "\nNext: polc test " << base::visible(os::join_path(folder, "policies/tests"))
                  << "\n      polc check " << base::visible(os::join_path(folder, "policies/baseline.pol"))
                  << " --target " << base::visible(os::join_path(folder, "policies/hosts/example.yaml"))
                  << '\n';
  return kSuccess;
}

}  // namespace polc::cli
