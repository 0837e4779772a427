// The reasons of an unknown fact as snapshots and tests write them: "access denied", "stale: read in March".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/value/fact.hpp"

namespace polc::value {

/// All reasons, in the words of reason_text.
const std::vector<std::string_view>& reason_words();

/// A reason, perhaps with details behind a colon; nullopt when the words before the colon are no reason.
std::optional<Unknown> parse_unknown(std::string_view text);

}  // namespace polc::value
