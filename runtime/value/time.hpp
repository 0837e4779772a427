// Points and lengths of time as people write them in snapshots, attestations and on the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace polc::value {

/// "2026-11-22" (its first second) or "2026-11-22T08:00:00Z", as seconds since 1970, UTC. Other zones, fractions
/// and leap seconds are not understood.
std::optional<std::int64_t> parse_instant(std::string_view text);

/// The inverse: "2026-11-22T08:00:00Z".
std::string instant_text(std::int64_t seconds);

/// UTC day of an instant, counted from 1970, also before it.
std::int64_t day_of(std::int64_t seconds);

/// "90d", "24h", "15min", "30s", as seconds. The unit is never left out.
std::optional<std::int64_t> parse_duration(std::string_view text);

}  // namespace polc::value
