// Values typed on the command line, given meaning. Each returns nullopt for what it does not understand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/ir/program.hpp"

namespace polc::cli {

std::optional<ir::Severity> parse_severity(std::string_view text);

/// "name=value" at the first '='; nullopt without one, or without a name.
std::optional<std::pair<std::string, std::string>> split_assignment(std::string_view text);

}  // namespace polc::cli
