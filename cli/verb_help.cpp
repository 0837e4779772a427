#include "cli/verb_help.hpp"

#include <CLI/CLI.hpp>
#include <utility>

namespace polc::cli {
namespace {

OptionHelp describe(const CLI::Option& option) {
  OptionHelp help;
  help.positional = option.get_positional();
  help.takes_value = option.get_items_expected_max() > 0;
  help.description = option.get_description();
  if (help.positional) help.names.push_back(option.get_name(true));
  for (const std::string& name : option.get_snames()) help.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) help.names.push_back("--" + name);
  return help;
}

}  // namespace

VerbHelp describe_verb(const CLI::App& app) {
  VerbHelp help{app.get_name(), app.get_description(), {}, app.get_footer()};
  for (const CLI::Option* option : app.get_options()) help.options.push_back(describe(*option));
  for (const CLI::App* group : app.get_subcommands([](const CLI::App* a) { return a->get_name().empty(); })) {
    for (const CLI::Option* option : group->get_options()) help.options.push_back(describe(*option));
  }
  return help;
}

std::string_view known_values(std::string_view option) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kValues{{
      {"--layer", "policy effective"},
      {"--report", "terminal json sarif sarif-full junit markdown html"},
      {"--fail-on", "info low medium high critical"},
      {"--unknown", "fail warn"},
      {"--color", "auto always never"},
      {"--diagnostics", "text json sarif"},
      {"--format", "markdown html"},
  }};
  for (const auto& [name, values] : kValues) {
    if (name == option) return values;
  }
  return {};
}

}  // namespace polc::cli
