// What can be typed, as data: made from the very options that are parsed, for shell completions and the manual page.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace polc::cli {

struct OptionHelp {
  std::vector<std::string> names;  ///< "-t", "--target"; of a positional its one name: "POLICY"
  bool positional = false;
  bool takes_value = false;
  std::string description;
};

struct VerbHelp {
  std::string name;
  std::string description;
  std::vector<OptionHelp> options;
  std::string examples;  ///< lines of commands; may be empty
};

/// All verbs of this version, in the order of `polc --help`.
std::vector<VerbHelp> verb_help();

/// One verb, from its parser.
VerbHelp describe_verb(const CLI::App& app);

/// The values of an option that knows only these, separated by blanks; "" for others.
std::string_view known_values(std::string_view option);

struct ExitCodeHelp {
  int code;
  std::string_view meaning;
};

/// The exit codes of `polc check`, which all verbs share as far as they apply.
inline constexpr std::array kExitCodeHelp{
    ExitCodeHelp{0, "everything passes, is waived or not applicable"},
    ExitCodeHelp{1, "something fails, at or above --fail-on"},
    ExitCodeHelp{2, "nothing fails, but something is unknown or awaits review"},
    ExitCodeHelp{3, "error in a policy or program"},
    ExitCodeHelp{4, "evidence could not be opened or understood, or belongs to two hosts"},
    ExitCodeHelp{64, "bad command line"},
    ExitCodeHelp{70, "internal error; no verdict can be used"},
};

/// Completion script for "bash", "zsh", "fish" or "powershell"; "" for another shell.
std::string completion_script(std::string_view shell, const std::vector<VerbHelp>& verbs);

/// The manual page polc(1), in the macros of man(7).
std::string manual_page(const std::vector<VerbHelp>& verbs);

}  // namespace polc::cli
