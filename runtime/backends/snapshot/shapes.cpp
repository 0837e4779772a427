#include "runtime/backends/snapshot/shapes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/value/addresses.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/resource.hpp"
#include "runtime/value/time.hpp"

namespace polc::backends::snapshot {
namespace {

constexpr std::uint32_t kLastPort = 65535;

/// The text of a node, or nullopt and a report.
std::optional<std::string_view> text_of(Decoder& decoder, Node node, std::string_view place,
                                        std::string_view expected = "a text") {
  if (node.is_text()) return node.text();
  decoder.wrong_kind(node, place, expected);
  return std::nullopt;
}

/// Index of the word in `known`, or nullopt and a report.
std::optional<std::size_t> index_of_word(Decoder& decoder, Node node, std::string_view place,
                                         const std::vector<std::string_view>& known) {
  if (!node.is_text()) {
    decoder.wrong_kind(node, place, fmt::format("one of the words {}", fmt::join(known, ", ")));
    return std::nullopt;
  }
  const auto found = std::find(known.begin(), known.end(), node.text());
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  decoder.unknown_word(node, place, known);
  return std::nullopt;
}

const std::vector<std::string_view>& members_of(std::string_view enumeration) {
  return value::enumerations()[value::enumeration_index(enumeration)].members;
}

/// True for what consists of nothing but one address, without prefix, range or word.
bool is_single_address(std::string_view text) {
  const auto parsed = value::parse_addresses(text);
  const bool numeric = text.find_first_of(".:") != std::string_view::npos;
  return parsed && numeric && text.find_first_of("/-") == std::string_view::npos &&
         parsed->ranges.size() == 1;
}

/// A name that Windows gives to addresses or ports it works out by itself.
bool is_keyword(std::string_view text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
         });
}

void report_windows_zero(Decoder& decoder, Node node, std::string_view place, std::string_view word) {
  decoder.report(diag::WindowsZero{.place = std::string(place), .word = std::string(word)}.at(node.span()));
}

std::string pattern_schema(std::string_view pattern) {
  return fmt::format(R"({{"type": "string", "pattern": "{}"}})", pattern);
}

}  // namespace

std::optional<std::uint64_t> read_unsigned(Decoder& decoder, Node node, std::string_view place,
                                           std::uint64_t high, std::string_view advice) {
  if (node.kind() != NodeKind::Integer) {
    decoder.wrong_kind(node, place, "a number");
    return std::nullopt;
  }
  const std::string_view text = node.text();
  const auto number = value::Integer::parse(text.starts_with('+') ? text.substr(1) : text);
  const auto plain = number ? number->as_unsigned() : std::nullopt;
  if (plain && *plain <= high) return plain;
  decoder.report(diag::EvidenceOutOfRange{.value = std::string(text.substr(0, 40)),
                                          .place = std::string(place),
                                          .range = fmt::format("0 to {}", high),
                                          .advice = std::string(advice)}
                     .at(node.span()));
  return std::nullopt;
}

std::string enumeration_schema(const std::vector<std::string_view>& words) {
  return fmt::format(R"({{"enum": ["{}"]}})", fmt::join(words, R"(", ")"));
}

std::optional<std::string> TextShape::read(Decoder& decoder, Node node, std::string_view place) const {
  if (numbers_too && node.kind() == NodeKind::Integer) return std::string(node.text());
  const auto text = text_of(decoder, node, place);
  if (!text) return std::nullopt;
  if (!text->empty() || may_be_empty) return std::string(*text);
  decoder.malformed(node, fmt::format("a text for {}", place), "write at least one character");
  return std::nullopt;
}
std::string TextShape::schema() const {
  if (numbers_too) return R"({"type": ["string", "integer"]})";
  return may_be_empty ? R"({"type": "string"})" : R"({"type": "string", "minLength": 1})";
}

std::optional<bool> FlagShape::read(Decoder& decoder, Node node, std::string_view place) const {
  if (node.kind() == NodeKind::Boolean) return node.is_true();
  decoder.wrong_kind(node, place, "true or false");
  return std::nullopt;
}
std::string FlagShape::schema() const {
  return R"({"type": "boolean"})";
}

std::optional<bool> ChoiceShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto index = index_of_word(decoder, node, place, {when_true, when_false});
  return index ? std::optional(*index == 0) : std::nullopt;
}
std::string ChoiceShape::schema() const {
  return enumeration_schema({when_true, when_false});
}

std::vector<std::string_view> WordShape::members() const {
  return members_of(enumeration);
}
std::optional<std::string> WordShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto index = index_of_word(decoder, node, place, members());
  return index ? std::optional(std::string(members()[*index])) : std::nullopt;
}
std::string WordShape::schema() const {
  return enumeration_schema(members());
}

std::optional<value::HostRole> RoleShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto index = index_of_word(decoder, node, place, members_of("host_role"));
  return index ? std::optional(static_cast<value::HostRole>(*index)) : std::nullopt;
}
std::string RoleShape::schema() const {
  return enumeration_schema(members_of("host_role"));
}

std::optional<value::FirewallProfile> ProfileShape::read(Decoder& decoder, Node node,
                                                         std::string_view place) const {
  const auto index = index_of_word(decoder, node, place, members_of("firewall_profile"));
  return index ? std::optional(static_cast<value::FirewallProfile>(*index)) : std::nullopt;
}
std::string ProfileShape::schema() const {
  return enumeration_schema(members_of("firewall_profile"));
}

std::optional<std::uint32_t> NumberShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto number = read_unsigned(decoder, node, place, high);
  if (!number) return std::nullopt;
  if (*number >= low) return static_cast<std::uint32_t>(*number);
  decoder.report(diag::EvidenceOutOfRange{
      .value = std::string(node.text()),
      .place = std::string(place),
      .range = fmt::format("{} to {}", low, high),
      .advice = {}}.at(node.span()));
  return std::nullopt;
}
std::string NumberShape::schema() const {
  return fmt::format(R"({{"type": "integer", "minimum": {}, "maximum": {}}})", low, high);
}

std::optional<std::uint16_t> PortShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto number = read_unsigned(decoder, node, place, kLastPort);
  return number ? std::optional(static_cast<std::uint16_t>(*number)) : std::nullopt;
}
std::string PortShape::schema() const {
  return NumberShape{.high = kLastPort}.schema();
}

std::optional<value::Integer> CountShape::read(Decoder& decoder, Node node, std::string_view place) const {
  if (!unlimited.empty() && node.is_text() && node.text() == unlimited) return value::Integer::infinity();
  const auto number = read_unsigned(decoder, node, place, UINT32_MAX);
  if (!number) return std::nullopt;
  if (*number > 0 || unlimited.empty()) return value::Integer::of_unsigned(*number);
  report_windows_zero(decoder, node, place, unlimited);
  return std::nullopt;
}
std::string CountShape::schema() const {
  if (unlimited.empty()) return NumberShape{}.schema();
  return fmt::format(R"({{"anyOf": [{}, {{"const": "{}"}}]}})", NumberShape{.low = 1}.schema(), unlimited);
}

std::optional<value::Integer> DurationShape::read(Decoder& decoder, Node node, std::string_view place) const {
  if (!unlimited.empty() && node.is_text() && node.text() == unlimited) return value::Integer::infinity();
  constexpr std::string_view kExpected = "a length of time such as 15min, 24h or 42d";
  const auto text = text_of(decoder, node, place, kExpected);
  if (!text) return std::nullopt;
  const auto seconds = value::parse_duration(*text);
  if (!seconds) {
    decoder.malformed(node, kExpected, "units are s, min, h and d");
    return std::nullopt;
  }
  if (*seconds > 0 || unlimited.empty()) return value::Integer::of(*seconds);
  report_windows_zero(decoder, node, place, unlimited);
  return std::nullopt;
}
std::string DurationShape::schema() const {
  const std::string length = pattern_schema("^[0-9]+(s|min|h|d)$");
  if (unlimited.empty()) return length;
  return fmt::format(R"({{"anyOf": [{}, {{"const": "{}"}}]}})", length, unlimited);
}

std::optional<std::string> SidShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto text = text_of(decoder, node, place, "a SID, a text");
  if (!text) return std::nullopt;
  if (auto sid = value::canonical_sid(*text)) return sid;
  decoder.malformed(node, "a SID such as S-1-5-32-544");
  return std::nullopt;
}
std::string SidShape::schema() const {
  return pattern_schema("^[Ss]-1-[0-9]+(-[0-9]+)*$");
}

std::optional<value::Date> DateShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto text = text_of(decoder, node, place, "a date, a text");
  if (!text) return std::nullopt;
  if (const auto date = value::Date::parse(*text)) return date;
  decoder.malformed(node, "a date such as 2026-11-20");
  return std::nullopt;
}
std::string DateShape::schema() const {
  return R"({"type": "string", "format": "date"})";
}

std::optional<std::int64_t> InstantShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto text = text_of(decoder, node, place, "a time, a text");
  if (!text) return std::nullopt;
  if (const auto instant = value::parse_instant(*text)) return instant;
  decoder.malformed(node, "a time such as 2026-11-20T08:00:00Z, in UTC");
  return std::nullopt;
}
std::string InstantShape::schema() const {
  return pattern_schema("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$");
}

std::optional<std::string> AddressShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto text = text_of(decoder, node, place, "an IP address, a text");
  if (!text) return std::nullopt;
  if (accepts(*text)) return std::string(*text);
  decoder.malformed(node, "an IP address such as 127.0.0.1 or ::1");
  return std::nullopt;
}
bool AddressShape::accepts(std::string_view text) {
  return is_single_address(text);
}
std::string AddressShape::schema() const {
  return R"({"type": "string", "minLength": 2})";
}

std::optional<std::string> InterfaceAddressShape::read(Decoder& decoder, Node node,
                                                       std::string_view place) const {
  const auto text = text_of(decoder, node, place, "an IP address with its prefix, a text");
  if (!text) return std::nullopt;
  if (accepts(*text)) return std::string(*text);
  decoder.malformed(node, "an IP address with its prefix such as 10.20.0.5/24");
  return std::nullopt;
}
bool InterfaceAddressShape::accepts(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && is_single_address(text.substr(0, slash)) &&
         value::parse_addresses(text).has_value();
}
std::string InterfaceAddressShape::schema() const {
  return pattern_schema("^[^/]+/[0-9.]+$");
}

std::optional<std::string> RuleAddressShape::read(Decoder& decoder, Node node, std::string_view place) const {
  const auto text = text_of(decoder, node, place, "an address, a text");
  if (!text) return std::nullopt;
  if (accepts(*text)) return std::string(*text);
  decoder.malformed(node, "an address, a prefix, a range or a keyword such as LocalSubnet");
  return std::nullopt;
}
bool RuleAddressShape::accepts(std::string_view text) {
  return is_keyword(text) || value::parse_addresses(text).has_value();
}
std::string RuleAddressShape::schema() const {
  return R"({"type": "string", "minLength": 1})";
}

std::optional<std::string> RulePortShape::read(Decoder& decoder, Node node, std::string_view place) const {
  if (node.kind() == NodeKind::Integer) {
    const auto number = read_unsigned(decoder, node, place, kLastPort);
    return number ? std::optional(std::to_string(*number)) : std::nullopt;
  }
  const auto text = text_of(decoder, node, place, "a port number or a text");
  if (!text) return std::nullopt;
  if (accepts(*text)) return std::string(*text);
  decoder.malformed(node, "a port, a range such as 70-74 or a keyword such as RPC");
  return std::nullopt;
}
bool RulePortShape::accepts(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto low = value::Integer::parse(text.substr(0, dash));
  const auto high = dash == std::string_view::npos ? low : value::Integer::parse(text.substr(dash + 1));
  const auto last = value::Integer::of(kLastPort);
  const bool range = low && high && !low->is_negative() && *low <= *high && *high <= last;
  return range || is_keyword(text);
}
std::string RulePortShape::schema() const {
  return R"({"anyOf": [{"type": "integer", "minimum": 0, "maximum": 65535}, {"type": "string", "minLength": 1}]})";
}

namespace {

std::vector<std::string_view> protocol_words() {
  std::vector<std::string_view> words;
  for (const ProtocolWord& known : kRuleProtocols) words.push_back(known.word);
  return words;
}

}  // namespace

std::optional<RuleProtocolShape::Value> RuleProtocolShape::read(Decoder& decoder, Node node,
                                                                std::string_view place) const {
  if (node.kind() == NodeKind::Integer) {
    const auto number = read_unsigned(decoder, node, place, kLastProtocol);
    return number ? std::optional(Value(static_cast<std::uint32_t>(*number))) : std::nullopt;
  }
  const auto index = index_of_word(decoder, node, place, protocol_words());
  return index ? std::optional(Value(kRuleProtocols[*index].number)) : std::nullopt;
}
std::string RuleProtocolShape::schema() const {
  return fmt::format(R"({{"anyOf": [{}, {}]}})", enumeration_schema(protocol_words()),
                     NumberShape{.high = kLastProtocol}.schema());
}

}  // namespace polc::backends::snapshot
