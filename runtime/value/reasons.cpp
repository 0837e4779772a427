#include "runtime/value/reasons.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace polc::value {
namespace {

constexpr std::array kReasons{
    UnknownReason::NotCollected,  UnknownReason::AccessDenied,   UnknownReason::Unsupported,
    UnknownReason::Corrupt,       UnknownReason::TimedOut,       UnknownReason::Stale,
    UnknownReason::Conflict,      UnknownReason::Overflow,       UnknownReason::Budget,
    UnknownReason::NetworkDenied, UnknownReason::UnresolvedName, UnknownReason::DefaultUnknown,
};

}  // namespace

const std::vector<std::string_view>& reason_words() {
  static const std::vector<std::string_view> all = [] {
    std::vector<std::string_view> words;
    for (const UnknownReason reason : kReasons) words.push_back(reason_text(reason));
    return words;
  }();
  return all;
}

std::optional<Unknown> parse_unknown(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view word = text.substr(0, colon);
  const auto* reason = std::find_if(kReasons.begin(), kReasons.end(),
                                    [&](UnknownReason known) { return word == reason_text(known); });
  if (reason == kReasons.end()) return std::nullopt;
  std::string_view detail = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  detail.remove_prefix(std::min(detail.find_first_not_of(' '), detail.size()));
  return Unknown{*reason, {}, std::string(detail)};
}

}  // namespace polc::value
