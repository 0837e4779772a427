// Command line cases: one file holds the input files, the commands, and what they print.
//
//   === file policies/a.pol        a file of the in-memory repository /repo (which has a .git folder)
//   === repository                 adds this repository's policies, stdlib and polc.yaml
//   === env NAME=VALUE             environment variable of the following commands
//   === in                         standard input of the next command
//   === run check policies/a.pol   a command line; quotes group words
//   === exit 1
//   === out                        exact standard output
//   === err                        exact standard error
//   === wrote report.sarif         exact contents of a file that the command wrote
//
// exit, out, err and wrote follow their run and are what `--update` rewrites.
#pragma once

#include <string>
#include <vector>

namespace polc::test {

struct Section {
  std::string head;  ///< without "=== "
  std::string body;  ///< every line with its line feed
};

std::vector<Section> parse_script(const std::string& text);
std::string script_text(const std::vector<Section>& sections);

/// The script with every expectation replaced by what really happened.
std::vector<Section> run_script(const std::vector<Section>& script, const std::string& source_folder);

}  // namespace polc::test
