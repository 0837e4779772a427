#include "runtime/backends/snapshot/shape_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runtime/backends/snapshot/row_writer.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/resource.hpp"
#include "runtime/value/time.hpp"

namespace polc::backends::snapshot {
namespace {

Tree word_at(std::string_view enumeration, std::size_t index) {
  const auto& members = value::enumerations()[value::enumeration_index(enumeration)].members;
  return Tree::of_text(std::string(members.at(index)));
}

/// A text that the shape's read() takes.
template <class Shape>
std::optional<Tree> accepted(const std::string& text) {
  return Shape::accepts(text) ? std::optional(Tree::of_text(text)) : std::nullopt;
}

/// The number, or the word for "no limit", for which Windows has a zero.
std::optional<std::uint64_t> limited(const value::Integer& number, std::string_view unlimited) {
  const auto plain = number.as_unsigned();
  return plain && (*plain > 0 || unlimited.empty()) ? plain : std::nullopt;
}

std::optional<Tree> no_limit(const value::Integer& number, std::string_view unlimited) {
  if (!number.is_infinite() || unlimited.empty()) return std::nullopt;
  return Tree::of_text(std::string(unlimited));
}

/// In the largest unit that divides it: "42d", "15min".
std::string duration_text(std::uint64_t seconds) {
  struct Unit {
    std::uint64_t seconds;
    std::string_view name;
  };
  static constexpr std::array kUnits{Unit{86'400, "d"}, Unit{3'600, "h"}, Unit{60, "min"}, Unit{1, "s"}};
  const auto unit =
      std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return seconds % u.seconds == 0; });
  return fmt::format("{}{}", seconds / unit->seconds, unit->name);
}

}  // namespace

std::optional<Tree> written(const TextShape& shape, const std::string& text) {
  if ((text.empty() && !shape.may_be_empty) || base::find_invalid_utf8(text)) return std::nullopt;
  return Tree::of_text(text);
}

std::optional<Tree> written(const FlagShape&, bool flag) {
  return Tree::of_flag(flag);
}

std::optional<Tree> written(const ChoiceShape& shape, bool choice) {
  return Tree::of_text(std::string(choice ? shape.when_true : shape.when_false));
}

std::optional<Tree> written(const WordShape& shape, const std::string& word) {
  const auto members = shape.members();
  const bool known = std::find(members.begin(), members.end(), word) != members.end();
  return known ? std::optional(Tree::of_text(word)) : std::nullopt;
}

std::optional<Tree> written(const RoleShape&, value::HostRole role) {
  return word_at("host_role", static_cast<std::size_t>(role));
}

std::optional<Tree> written(const ProfileShape&, value::FirewallProfile profile) {
  return word_at("firewall_profile", static_cast<std::size_t>(profile));
}

std::optional<Tree> written(const NumberShape& shape, std::uint32_t number) {
  if (number < shape.low || number > shape.high) return std::nullopt;
  return Tree::of_number(number);
}

std::optional<Tree> written(const PortShape&, std::uint16_t port) {
  return Tree::of_number(port);
}

std::optional<Tree> written(const CountShape& shape, const value::Integer& count) {
  const auto number = limited(count, shape.unlimited);
  if (number && *number <= UINT32_MAX) return Tree::of_number(*number);
  return no_limit(count, shape.unlimited);
}

std::optional<Tree> written(const DurationShape& shape, const value::Integer& seconds) {
  const auto number = limited(seconds, shape.unlimited);
  if (!number) return no_limit(seconds, shape.unlimited);
  std::string text = duration_text(*number);
  return value::parse_duration(text) ? std::optional(Tree::of_text(std::move(text))) : std::nullopt;
}

std::optional<Tree> written(const SidShape&, const std::string& sid) {
  return value::canonical_sid(sid) == sid ? std::optional(Tree::of_text(sid)) : std::nullopt;
}

std::optional<Tree> written(const PrincipalShape&, const value::PrincipalEvidence& principal) {
  // A SID or a name alone, where nobody could take the one for the other.
  if (principal.name.empty()) return written(SidShape{}, principal.sid);
  const bool like_sid = value::canonical_sid(principal.name).has_value();
  if (principal.sid.empty() && !like_sid) return written(TextShape{}, principal.name);
  return written_row(principal);
}

std::optional<Tree> written(const DateShape&, const value::Date& date) {
  std::string text = date.text();
  return value::Date::parse(text) == date ? std::optional(Tree::of_text(std::move(text))) : std::nullopt;
}

std::optional<Tree> written(const InstantShape&, std::int64_t seconds) {
  std::string text = value::instant_text(seconds);
  return value::parse_instant(text) == seconds ? std::optional(Tree::of_text(std::move(text))) : std::nullopt;
}

std::optional<Tree> written(const AddressShape&, const std::string& address) {
  return accepted<AddressShape>(address);
}

std::optional<Tree> written(const InterfaceAddressShape&, const std::string& address) {
  return accepted<InterfaceAddressShape>(address);
}

std::optional<Tree> written(const RuleAddressShape&, const std::string& address) {
  return accepted<RuleAddressShape>(address);
}

std::optional<Tree> written(const RulePortShape&, const std::string& port) {
  const auto number = value::Integer::parse(port);
  const auto plain = number ? number->as_unsigned() : std::nullopt;
  if (plain && *plain <= UINT16_MAX && std::to_string(*plain) == port) return Tree::of_number(*plain);
  return accepted<RulePortShape>(port);
}

std::optional<Tree> written(const RuleProtocolShape&, const std::optional<std::uint32_t>& protocol) {
  for (const ProtocolWord& known : kRuleProtocols) {
    if (known.number == protocol) return Tree::of_text(std::string(known.word));
  }
  return *protocol <= kLastProtocol ? std::optional(Tree::of_number(*protocol)) : std::nullopt;
}

std::string shown_detail(const value::Unknown& why) {
  return base::find_invalid_utf8(why.detail) ? base::visible(why.detail) : why.detail;
}

std::string reason_in_words(const value::Unknown& why) {
  std::string words(value::reason_text(why.reason));
  const std::string detail = shown_detail(why);
  const std::size_t begin = detail.find_first_not_of(' ');
  if (begin != std::string::npos) words += ": " + detail.substr(begin);
  return words;
}

}  // namespace polc::backends::snapshot
