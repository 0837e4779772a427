#include "stdlib/embedded.hpp"

namespace polc::stdlib {

std::optional<std::string_view> find_module(std::string_view name) {
  for (const Module& module : modules()) {
    if (module.name == name) return module.text;
  }
  return std::nullopt;
}

}  // namespace polc::stdlib
