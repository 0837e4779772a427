// Options as typed on the command line, shared by all verbs. Values are still text; session.cpp gives them meaning.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace polc::cli {

struct Options {
  std::string verb;
  std::vector<std::string> policies;
  bool program = false;  // POLICY arguments are compiled programs
  std::string control;   // explain ID, example ID
  std::string verdict;   // example: the one that is asked for

  std::vector<std::string> targets;
  std::string layer;
  std::string max_age;
  bool allow_network = false;
  std::vector<std::string> secrets;
  std::string breach_list;

  std::vector<std::string> settings;   // --set name=value
  std::optional<std::string> profile;  // empty: the policy as it is
  std::string stdlib;

  std::vector<std::string> only;
  std::vector<std::string> tags;
  std::string as_of;
  std::string fail_on;
  std::string unknown;
  std::string baseline;
  bool new_only = false;

  std::vector<std::string> reports;
  std::string root;
  bool deterministic = false;
  bool keep_suppressed = false;
  std::string color = "auto";
  std::string diagnostics = "text";
  bool quiet = false;
  bool verbose = false;
  unsigned jobs = 0;

  bool coverage = false;  // test
  bool mutate = false;

  std::string output;      // compile -o, collect -o
  bool all = false;        // collect everything
  std::string subject;     // schema snapshot|report|check
  std::string file;        // schema check FILE, init FOLDER
  bool check = false;      // fmt --check
  bool diff = false;       // fmt --diff
  std::string format;      // doc --format
  bool resources = false;  // doc --resources
  bool library = false;    // doc --library
  bool stdio = false;      // lsp --stdio
  std::string older;       // diff OLD
  std::string newer;       // diff NEW
  bool plain = false;      // polc.yaml does not count: diff compares policies, not what a repository sets
};

}  // namespace polc::cli
