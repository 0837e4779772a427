#include "authoring/language_server/serve.hpp"
#include "cli/verbs.hpp"

namespace polc::cli {

int language_server(const Options&, Environment& environment) {
  return authoring::serve(environment.in, environment.out, environment.files);
}

}  // namespace polc::cli
