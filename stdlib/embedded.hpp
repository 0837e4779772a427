// The standard library modules (`use std.gpo`), embedded in the binary at build time.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace polc::stdlib {

struct Module {
  std::string_view name;  ///< as written after `use`: "std.gpo"
  std::string_view path;  ///< as shown in messages: "std/gpo.pol"
  std::string_view text;  ///< UTF-8 policy text, static storage
};

/// All embedded modules, ordered by name.
std::span<const Module> modules();

/// Text of a module, static storage; nullopt when there is no module of that name. Case matters.
std::optional<std::string_view> find_module(std::string_view name);

}  // namespace polc::stdlib
