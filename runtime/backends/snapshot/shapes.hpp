// The small values of a snapshot: how each is written, read, and described in the JSON Schema. A shape has
//   Value                       what it becomes in the evidence
//   read(decoder, node, place)  nullopt, and reported, when it is not of the shape
//   schema()                    JSON text of its schema
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/snapshot/decoder.hpp"

namespace polc::backends::snapshot {

struct TextShape {
  using Value = std::string;
  bool may_be_empty = false;
  bool numbers_too = false;  ///< unquoted numbers count as written: HTTP header values
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

struct FlagShape {
  using Value = bool;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

/// Two words for a flag: `block`/`allow`, `inbound`/`outbound`.
struct ChoiceShape {
  using Value = bool;
  std::string_view when_true;
  std::string_view when_false;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

/// A member of an enumeration of the resource catalogue (value::enumerations), as its name.
struct WordShape {
  using Value = std::string;
  std::string_view enumeration;
  std::vector<std::string_view> members() const;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

struct RoleShape {
  using Value = value::HostRole;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

struct ProfileShape {
  using Value = value::FirewallProfile;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

struct NumberShape {
  using Value = std::uint32_t;
  std::uint32_t low = 0;
  std::uint32_t high = UINT32_MAX;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

struct PortShape {
  using Value = std::uint16_t;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

/// A count in which Windows writes 0 for "no limit": here that is the word, and is +infinity.
struct CountShape {
  using Value = value::Integer;
  std::string_view unlimited;  ///< "never"; empty where 0 is a plain 0
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

/// "42d", "15min": whole seconds.
struct DurationShape {
  using Value = value::Integer;
  std::string_view unlimited;  ///< as in CountShape
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

struct SidShape {
  using Value = std::string;  ///< canonical
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

/// A name, a SID, or {sid: ..., name: ...}.
struct PrincipalShape {
  using Value = value::PrincipalEvidence;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

struct DateShape {
  using Value = value::Date;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

/// "2026-11-20T08:00:00Z", or a date for its first second.
struct InstantShape {
  using Value = std::int64_t;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

/// One IP address, "0.0.0.0" and "::" included.
struct AddressShape {
  using Value = std::string;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  static bool accepts(std::string_view text);
  std::string schema() const;
};

/// An address with its prefix: "10.20.0.5/24".
struct InterfaceAddressShape {
  using Value = std::string;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  static bool accepts(std::string_view text);
  std::string schema() const;
};

/// Addresses of a firewall rule: one, a prefix, a range, or a keyword (LocalSubnet).
struct RuleAddressShape {
  using Value = std::string;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  static bool accepts(std::string_view text);
  std::string schema() const;
};

/// Ports of a firewall rule: 443, '70-74', or a keyword (RPC).
struct RulePortShape {
  using Value = std::string;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  static bool accepts(std::string_view text);
  std::string schema() const;
};

/// Protocols of firewall rules that have a word of their own.
struct ProtocolWord {
  std::string_view word;
  std::optional<std::uint32_t> number;
};
inline constexpr std::array kRuleProtocols{ProtocolWord{"tcp", 6}, ProtocolWord{"udp", 17},
                                           ProtocolWord{"icmpv4", 1}, ProtocolWord{"icmpv6", 58},
                                           ProtocolWord{"any", std::nullopt}};
inline constexpr std::uint32_t kLastProtocol = 255;

/// Protocol of a firewall rule: a word or an IANA number; `any` is no value.
struct RuleProtocolShape {
  using Value = std::optional<std::uint32_t>;
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const;
  std::string schema() const;
};

template <class Inner>
struct ListShape {
  using Value = std::vector<typename Inner::Value>;
  Inner inner;
  bool or_single = false;  ///< one item may stand without brackets
  std::optional<Value> read(Decoder& decoder, Node node, std::string_view place) const {
    if (or_single && !node.is_sequence()) return as_list(inner.read(decoder, node, place));
    if (!node.is_sequence()) {
      decoder.wrong_kind(node, place, "a list");
      return std::nullopt;
    }
    Value out;
    out.reserve(node.size());
    bool good = true;
    for (const Node item : node.items()) {
      if (auto one = inner.read(decoder, item, place)) {
        out.push_back(std::move(*one));
      } else {
        good = false;
      }
      if (decoder.enough()) return std::nullopt;
    }
    return good ? std::optional(std::move(out)) : std::nullopt;
  }
  std::string schema() const {
    const std::string list = R"({"type": "array", "items": )" + inner.schema() + "}";
    return or_single ? R"({"anyOf": [)" + inner.schema() + ", " + list + "]}" : list;
  }

 private:
  static std::optional<Value> as_list(std::optional<typename Inner::Value> one) {
    if (!one) return std::nullopt;
    Value out;
    out.push_back(std::move(*one));
    return out;
  }
};

/// An unsigned number up to `high`; reports one that is none or does not fit.
std::optional<std::uint64_t> read_unsigned(Decoder& decoder, Node node, std::string_view place,
                                           std::uint64_t high, std::string_view advice = {});

/// JSON text of a schema for one of a few words.
std::string enumeration_schema(const std::vector<std::string_view>& words);

}  // namespace polc::backends::snapshot
