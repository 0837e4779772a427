// `polc backends`: what each kind of target can answer.
#include <fmt/format.h>

#include <ostream>

#include "cli/verbs.hpp"
#include "runtime/backends/backend.hpp"
#include "runtime/base/escape.hpp"

namespace polc::cli {

int backends(const Options&, Environment& environment) {
  for (const polc::backends::Backend* backend : polc::backends::backends()) {
    std::string sections;
    for (const auto& capability : backend->capabilities(nullptr)) {
      sections += (sections.empty() ? "" : ", ") + std::string(value::section_name(capability.section));
    }
    environment.out << fmt::format(
        "{}\n  {}\n{}\n", backend->name(), backend->description(),
        base::wrap("answers: " + sections, environment.system.width(os::Stream::Out), "  "));
  }
  return kSuccess;
}

}  // namespace polc::cli
