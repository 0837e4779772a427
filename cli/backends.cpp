// `polc backends`: what each kind of target can answer, in which layer, and what its silence means.
#include <fmt/format.h>

#include <map>
#include <ostream>
#include <tuple>

#include "cli/verbs.hpp"
#include "runtime/backends/backend.hpp"
#include "runtime/base/escape.hpp"

namespace polc::cli {
namespace {

using polc::backends::About;
using polc::backends::Capability;
using polc::backends::Closure;

std::string_view layer_text(About about) {
  switch (about) {
    case About::Policy:
      return "policy";
    case About::Configured:
      return "configured";
    case About::Effective:
      break;
  }
  return "effective";
}

std::string_view silence_text(Closure closure) {
  switch (closure) {
    case Closure::Open:
      return "what it lacks is unknown";
    case Closure::Stated:
      return "it says where what it lacks is absent";
    case Closure::Closed:
      break;
  }
  return "what it lacks is absent";
}

/// Sections that are answered alike stand in one paragraph.
void print(const polc::backends::Backend& backend, unsigned width, std::ostream& out) {
  out << fmt::format("{}\n{}\n", backend.name(), base::wrap(std::string(backend.description()), width, "  "));
  std::map<std::tuple<About, Closure, std::string_view>, std::string> groups;
  for (const Capability& capability : backend.capabilities(nullptr)) {
    std::string& sections = groups[{capability.about, capability.closure, capability.privilege}];
    sections += (sections.empty() ? "" : ", ") + std::string(value::section_name(capability.section));
  }
  for (const auto& [kind, sections] : groups) {
    const auto& [about, closure, privilege] = kind;
    out << fmt::format("  {}; {}{}\n", layer_text(about), silence_text(closure),
                       privilege.empty() ? std::string() : fmt::format("; needs {}", privilege));
    out << base::wrap(sections, width, "    ") << '\n';
  }
}

}  // namespace

int backends(const Options&, Environment& environment) {
  const unsigned width = environment.system.width(os::Stream::Out);
  for (const polc::backends::Backend* backend : polc::backends::backends()) {
    const bool elsewhere = backend->name() == polc::backends::kLive && !environment.system.is_windows();
    if (!elsewhere) print(*backend, width, environment.out);
  }
  return kSuccess;
}

}  // namespace polc::cli
