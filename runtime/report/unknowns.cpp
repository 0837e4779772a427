#include "runtime/report/unknowns.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace polc::report {
namespace {

/// An address taken apart around its port number; without one, everything is in `before`.
struct Parts {
  std::string before;
  std::optional<std::uint32_t> port;
  std::string after;
};

Parts take_apart(const std::string& address) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::size_t kLongest = 5;
  const std::size_t slash = std::min(address.find("/tcp)"), address.find("/udp)"));
  if (slash == std::string::npos || slash == 0) return {address, std::nullopt, {}};
  const std::size_t last_other = address.find_last_not_of(kDigits, slash - 1);
  const std::size_t begin = last_other == std::string::npos ? 0 : last_other + 1;
  if (begin == slash || slash - begin > kLongest) return {address, std::nullopt, {}};
  std::uint32_t number = 0;
  for (std::size_t i = begin; i < slash; ++i)
    number = number * 10 + static_cast<std::uint32_t>(address[i] - '0');
  return {address.substr(0, begin), number, address.substr(slash)};
}

using Key = std::tuple<value::UnknownReason, std::string, std::string, std::string>;  // before, after, detail

}  // namespace

std::vector<value::Unknown> merge_ports(const std::vector<value::Unknown>& unknowns) {
  std::map<Key, std::set<std::uint32_t>> ports;  // no ports: the address has none
  for (const value::Unknown& unknown : unknowns) {
    Parts parts = take_apart(unknown.address);
    auto& numbers = ports[{unknown.reason, std::move(parts.before), std::move(parts.after), unknown.detail}];
    if (parts.port) numbers.insert(*parts.port);
  }
  std::vector<value::Unknown> merged;
  for (const auto& [key, numbers] : ports) {
    const auto& [reason, before, after, detail] = key;
    if (numbers.empty()) merged.push_back({reason, before, detail});
    for (auto first = numbers.begin(); first != numbers.end();) {
      auto last = first;
      auto next = std::next(first);
      while (next != numbers.end() && *next == *last + 1) last = next++;
      const std::string range =
          *first == *last ? std::to_string(*first) : fmt::format("{}..{}", *first, *last);
      merged.push_back({reason, before + range + after, detail});
      first = next;
    }
  }
  return merged;
}

}  // namespace polc::report
