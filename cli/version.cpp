#include <fmt/format.h>

#include <ostream>

#include "cli/verbs.hpp"
#include "runtime/ir/serialise.hpp"

namespace polc::cli {

std::string version_text() {
  return fmt::format("polc {} (language {})", kToolVersion, kLanguageVersion);
}

int version(const Options&, Environment& environment) {
  environment.out << version_text() << '\n'
                  << fmt::format("program files: format {}\nsnapshots: format 1\n", ir::kFormatVersion);
  return kSuccess;
}

}  // namespace polc::cli
