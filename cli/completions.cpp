// Completion scripts: verbs, their options, the values of options that know only a few; file names everywhere else.
#include <fmt/format.h>

#include "cli/verb_help.hpp"

namespace polc::cli {
namespace {

using Verbs = std::vector<VerbHelp>;

std::string verb_names(const Verbs& verbs) {
  std::string out;
  for (const VerbHelp& verb : verbs) out += (out.empty() ? "" : " ") + verb.name;
  return out;
}

std::string option_names(const VerbHelp& verb, std::string_view separator = " ") {
  std::string out;
  for (const OptionHelp& option : verb.options) {
    if (option.positional) continue;
    for (const std::string& name : option.names) out += (out.empty() ? "" : std::string(separator)) + name;
  }
  return out;
}

/// Calls `each(names, values)` once for every option, whichever verbs have it, that knows its values.
template <class Each>
void for_each_known(const Verbs& verbs, Each each) {
  std::string seen = " ";
  for (const VerbHelp& verb : verbs) {
    for (const OptionHelp& option : verb.options) {
      const std::string_view values = known_values(option.names.back());
      if (values.empty() || seen.find(" " + option.names.back() + " ") != std::string::npos) continue;
      seen += option.names.back() + " ";
      each(option.names, values);
    }
  }
}

std::string join(const std::vector<std::string>& words, std::string_view separator) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : std::string(separator)) + word;
  return out;
}

/// Between single quotes, where a quote is written as `quote`.
std::string quoted(std::string_view text, std::string_view quote) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += quote;
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string bash(const Verbs& verbs) {
  std::string out = fmt::format(
      "# bash completion for polc\n_polc() {{\n"
      "  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} words=\n"
      "  COMPREPLY=()\n  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    words='{} --help --version'\n  else\n"
      "    case $previous in\n",
      verb_names(verbs));
  for_each_known(verbs, [&](const std::vector<std::string>& names, std::string_view values) {
    out += fmt::format("      {}) words='{}' ;;\n", join(names, "|"), values);
  });
  out += "    esac\n    if [ -z \"$words\" ] && [[ $current == -* ]]; then\n      case ${COMP_WORDS[1]} in\n";
  for (const VerbHelp& verb : verbs)
    out += fmt::format("        {}) words='{}' ;;\n", verb.name, option_names(verb));
  return out +
         "      esac\n    fi\n  fi\n  if [ -n \"$words\" ]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n  else\n"
         "    compopt -o filenames 2>/dev/null\n"
         "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n  fi\n}\ncomplete -F _polc polc\n";
}

/// Text in an option specification of _arguments.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh(const Verbs& verbs) {
  constexpr std::string_view kQuote = "'\\''";
  std::string out = "#compdef polc\n_polc() {\n  local -a verbs=(\n";
  for (const VerbHelp& verb : verbs)
    out += "    " + quoted(verb.name + ":" + zsh_text(verb.description), kQuote) + "\n";
  out +=
      "  )\n  if (( CURRENT == 2 )); then\n    _describe verb verbs\n    return\n  fi\n"
      "  local verb=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $verb in\n";
  for (const VerbHelp& verb : verbs) {
    out += fmt::format("    {})\n      _arguments \\\n", verb.name);
    for (const OptionHelp& option : verb.options) {
      if (option.positional) continue;
      const std::string_view values = known_values(option.names.back());
      const std::string value = !option.takes_value ? ""
                                : values.empty()    ? ":value:_files"
                                                    : fmt::format(":value:({})", values);
      for (const std::string& name : option.names)
        out += "        " +
               quoted(fmt::format("*{}[{}]{}", name, zsh_text(option.description), value), kQuote) + " \\\n";
    }
    out += "        '*:file:_files'\n      ;;\n";
  }
  return out + "  esac\n}\n_polc \"$@\"\n";
}

std::string fish(const Verbs& verbs) {
  constexpr std::string_view kQuote = "\\'";
  std::string out = "# fish completion for polc\n";
  for (const VerbHelp& verb : verbs)
    out += fmt::format("complete -c polc -n __fish_use_subcommand -f -a {} -d {}\n", verb.name,
                       quoted(verb.description, kQuote));
  for (const VerbHelp& verb : verbs) {
    for (const OptionHelp& option : verb.options) {
      if (option.positional) continue;
      out += fmt::format("complete -c polc -n '__fish_seen_subcommand_from {}'", verb.name);
      for (const std::string& name : option.names)
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      const std::string_view values = known_values(option.names.back());
      if (option.takes_value) out += " -r";
      if (!values.empty()) out += fmt::format(" -f -a '{}'", values);
      out += " -d " + quoted(option.description, kQuote) + "\n";
    }
  }
  return out;
}

std::string powershell(const Verbs& verbs) {
  std::string out =
      "# PowerShell completion for polc\nRegister-ArgumentCompleter -Native -CommandName polc -ScriptBlock "
      "{\n"
      "  param($word, $ast, $position)\n  $options = @{\n";
  for (const VerbHelp& verb : verbs) out += fmt::format("    '{}' = '{}'\n", verb.name, option_names(verb));
  out += "  }\n  $values = @{\n";
  for_each_known(verbs, [&](const std::vector<std::string>& names, std::string_view values) {
    for (const std::string& name : names) out += fmt::format("    '{}' = '{}'\n", name, values);
  });
  return out +
         "  }\n  $typed = @($ast.CommandElements | ForEach-Object { $_.ToString() })\n"
         "  if ($word -ne '') { $typed = @($typed | Select-Object -SkipLast 1) }\n"
         "  if ($typed.Count -lt 2) { $words = $options.Keys | Sort-Object }\n"
         "  elseif ($values.ContainsKey($typed[-1])) { $words = $values[$typed[-1]] -split ' ' }\n"
         "  elseif ($word.StartsWith('-')) { $words = $options[$typed[1]] -split ' ' }\n"
         "  else { return }\n"
         "  $words | Where-Object { $_ -like \"$word*\" } | ForEach-Object {\n"
         "    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)\n  }\n}\n";
}

}  // namespace

std::string completion_script(std::string_view shell, const std::vector<VerbHelp>& verbs) {
  if (shell == "bash") return bash(verbs);
  if (shell == "zsh") return zsh(verbs);
  if (shell == "fish") return fish(verbs);
  if (shell == "powershell") return powershell(verbs);
  return {};
}

}  // namespace polc::cli
