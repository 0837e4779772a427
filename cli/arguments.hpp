// Values typed on the command line, given meaning. Each returns nullopt for what it does not understand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/ir/program.hpp"

namespace polc::cli {

/// "2026-11-22" (its first second) or "2026-11-22T08:00:00Z", as seconds since 1970, UTC.
std::optional<std::int64_t> parse_instant(std::string_view text);

/// "90d", "24h", "15min", "30s", as seconds.
std::optional<std::uint64_t> parse_duration(std::string_view text);

std::optional<ir::Severity> parse_severity(std::string_view text);

/// "name=value" at the first '='; nullopt without one, or without a name.
std::optional<std::pair<std::string, std::string>> split_assignment(std::string_view text);

/// Control ids are ASCII and unique ignoring case.
bool same_id(std::string_view a, std::string_view b);

/// Whether `text` matches `pattern` with `*` and `?`, ignoring ASCII case. Linear time.
bool matches_glob(std::string_view pattern, std::string_view text);

}  // namespace polc::cli
