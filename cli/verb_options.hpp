// The options of each verb, as typed and as `polc VERB --help` shows them. What they mean is given in session.cpp and in the
// verb's own file.
#pragma once

#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace polc::cli {

void add_check(CLI::App& verb, Options& options);
void add_explain(CLI::App& verb, Options& options);
void add_plan(CLI::App& verb, Options& options);
void add_program_view(CLI::App& verb, Options& options);  ///< list
void add_collect(CLI::App& verb, Options& options);
void add_compile(CLI::App& verb, Options& options);
void add_lint(CLI::App& verb, Options& options);
void add_diff(CLI::App& verb, Options& o);
void add_example(CLI::App& verb, Options& options);
void add_test(CLI::App& verb, Options& options);
void add_schema(CLI::App& verb, Options& options);
void add_format(CLI::App& verb, Options& options);
void add_language_server(CLI::App& verb, Options& options);
void add_doc(CLI::App& verb, Options& options);
void add_init(CLI::App& verb, Options& options);
void add_completions(CLI::App& verb, Options& options);
void add_nothing(CLI::App& verb, Options& options);

}  // namespace polc::cli
