#include "runtime/formats/firewall_rule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <string>

#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::formats {
namespace {

using base::equal_folded;
using value::FirewallProfile;
using value::FirewallRuleRow;

/// Protocol number by which a rule says "any" (wProtocol in [MS-FASP] FW_RULE).
constexpr std::uint32_t kAnyProtocol = 256;

std::optional<std::uint32_t> number(std::string_view text, std::uint32_t max) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > max) return std::nullopt;
  return value;
}

std::optional<FirewallProfile> profile(std::string_view text) {
  if (equal_folded(text, "Domain")) return FirewallProfile::Domain;
  if (equal_folded(text, "Private") || equal_folded(text, "Standard")) return FirewallProfile::Private;
  if (equal_folded(text, "Public")) return FirewallProfile::Public;
  return std::nullopt;
}

/// Keywords that stand for ports a service chooses; kept as they are, runtime/derive knows their meaning.
bool is_port_keyword(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kKeywords{
      "RPC",       "RPC-EPMap",  "Teredo",   "IPTLSIn", "IPTLSOut",
      "IPHTTPSIn", "IPHTTPSOut", "Ply2Disc", "mDNS",    "CORTANA_OUT"};
  return std::any_of(kKeywords.begin(), kKeywords.end(),
                     [&](std::string_view keyword) { return equal_folded(text, keyword); });
}

bool is_port_or_range(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return number(text, 65535).has_value();
  const auto first = number(text.substr(0, dash), 65535);
  const auto last = number(text.substr(dash + 1), 65535);
  return first && last && *first <= *last;
}

enum class FieldUse { None, Condition, OwnerCondition };

/// What a field that is not modelled does to a rule. Unknown names count as conditions: a newer Windows may
/// have narrowed the rule with them.
FieldUse use_of(std::string_view key) {
  static constexpr std::array<std::string_view, 5> kDescriptive{"Desc", "LSM", "Defer", "ICMP4", "ICMP6"};
  // LUOwn and LUAuth name accounts, which may be those of services: they are conditions like any other.
  static constexpr std::array<std::string_view, 2> kOwner{"AppPkgId", "PFN"};
  const auto is_key = [&](std::string_view known) { return equal_folded(key, known); };
  if (std::any_of(kDescriptive.begin(), kDescriptive.end(), is_key)) return FieldUse::None;
  if (std::any_of(kOwner.begin(), kOwner.end(), is_key)) return FieldUse::OwnerCondition;
  return FieldUse::Condition;
}

/// Fields of which each stands for one entry of a list; all others say one thing, once.
bool may_repeat(std::string_view key) {
  static constexpr std::array<std::string_view, 9> kOnce{"Action", "Active", "Dir",  "Protocol", "App",
                                                         "Svc",    "Name",   "Edge", "EmbedCtxt"};
  return std::none_of(kOnce.begin(), kOnce.end(),
                      [&](std::string_view once) { return equal_folded(key, once); });
}

class RuleParser {
 public:
  explicit RuleParser(std::string_view text) : text_(text) {}

  Parsed<FirewallRuleRow> parse() {
    if (text_.size() > limits::kFirewallRuleBytes) return parse_error(0, "firewall rule is too long");
    row_.active = false;  // the flag is set by Active=TRUE alone
    if (!version()) return tl::unexpected<ParseError>(error_);
    while (position_ < text_.size()) {
      if (!field()) return tl::unexpected<ParseError>(error_);
    }
    if (!has_action_) return parse_error(text_.size(), "firewall rule has no Action");
    if (!has_direction_) return parse_error(text_.size(), "firewall rule has no Dir");
    return std::move(row_);
  }

 private:
  bool fail(std::string what) {
    error_ = {position_, std::move(what)};
    return false;
  }

  /// The text up to the next bar; the last bar may be missing.
  std::string_view next() {
    const auto bar = std::min(text_.find('|', position_), text_.size());
    const auto part = text_.substr(position_, bar - position_);
    next_position_ = std::min(bar + 1, text_.size());
    return part;
  }

  bool version() {
    const auto part = next();
    const auto dot = part.find('.');
    if (part.empty() || (part[0] != 'v' && part[0] != 'V') || dot == std::string_view::npos ||
        !number(part.substr(1, dot - 1), 255) || !number(part.substr(dot + 1), 255)) {
      return fail("firewall rule does not begin with its version, such as \"v2.31|\"");
    }
    position_ = next_position_;
    return true;
  }

  bool field() {
    const auto part = next();
    const auto equals = part.find('=');
    if (part.empty()) {
      position_ = next_position_;
      return true;
    }
    if (equals == std::string_view::npos) {
      return fail("\"" + std::string(part) + "\" is not a field of a firewall rule (name=value)");
    }
    if (!set(part.substr(0, equals), part.substr(equals + 1))) return false;
    position_ = next_position_;
    return true;
  }

  bool set(std::string_view key, std::string_view value) {
    const auto is = [&](std::string_view known) { return equal_folded(key, known); };
    if (!may_repeat(key) && !seen_.insert(value::folded(key)).second) {
      return fail("\"" + std::string(key) + "\" is given twice");
    }
    if (is("Action")) return action(value);
    if (is("Active")) return boolean(value, row_.active);
    if (is("Dir")) return direction(value);
    if (is("Protocol")) return protocol(value);
    if (is("Profile")) return add_profile(value);
    if (is("LPort") || is("LPort2_10") || is("LPort2_20") || is("LPort2_24") || is("LPort2_29")) {
      return port(value, row_.local_ports);
    }
    if (is("RPort") || is("RPort2_10") || is("RPort2_25")) return port(value, row_.remote_ports);
    if (is("LA4") || is("LA6") || is("LA42") || is("LA62")) return add(row_.local_addresses, value);
    if (is("RA4") || is("RA6") || is("RA42") || is("RA62")) return add(row_.remote_addresses, value);
    if (is("IFType")) return add(row_.interface_types, value);
    if (is("IF")) return add(row_.interfaces, value);
    if (is("App")) return assign(row_.program, value);
    if (is("Svc")) return assign(row_.service, value);
    if (is("Name")) return assign(row_.name, value);
    if (is("EmbedCtxt")) return assign(row_.group, value);
    if (is("Edge")) return boolean(value, row_.edge_traversal);
    switch (use_of(key)) {
      case FieldUse::None:
        break;
      case FieldUse::Condition:
        row_.has_other_conditions = true;
        break;
      case FieldUse::OwnerCondition:
        row_.has_owner_condition = true;
        break;
    }
    return true;
  }

  bool action(std::string_view value) {
    has_action_ = true;
    row_.allow = !equal_folded(value, "Block");
    row_.bypass = equal_folded(value, "ByPass");
    return equal_folded(value, "Allow") || row_.bypass || !row_.allow ||
           fail("unknown Action \"" + std::string(value) + "\"");
  }

  bool direction(std::string_view value) {
    has_direction_ = true;
    row_.inbound = equal_folded(value, "In");
    return row_.inbound || equal_folded(value, "Out") || fail("unknown Dir \"" + std::string(value) + "\"");
  }

  bool protocol(std::string_view value) {
    const auto parsed = number(value, kAnyProtocol);
    if (!parsed) return fail("unknown Protocol \"" + std::string(value) + "\"");
    row_.protocol = *parsed == kAnyProtocol ? std::nullopt : parsed;
    return true;
  }

  bool add_profile(std::string_view value) {
    const auto parsed = profile(value);
    if (!parsed) return fail("unknown Profile \"" + std::string(value) + "\"");
    row_.profiles.push_back(*parsed);
    return true;
  }

  bool port(std::string_view value, std::vector<std::string>& ports) {
    // One field may hold a comma-separated list, as in LPort=80,443.
    for (std::size_t begin = 0; begin <= value.size();) {
      const auto end = std::min(value.find(',', begin), value.size());
      const auto item = value.substr(begin, end - begin);
      if (!is_port_or_range(item) && !is_port_keyword(item)) {
        return fail("unknown port \"" + std::string(item) + "\"");
      }
      ports.emplace_back(item);
      begin = end + 1;
    }
    return true;
  }

  bool boolean(std::string_view value, bool& target) {
    target = equal_folded(value, "TRUE");
    return target || equal_folded(value, "FALSE") ||
           fail("\"" + std::string(value) + "\" is neither TRUE nor FALSE");
  }

  static bool add(std::vector<std::string>& list, std::string_view value) {
    list.emplace_back(value);
    return true;
  }
  static bool assign(std::string& target, std::string_view value) {
    target = value;
    return true;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t next_position_ = 0;
  std::set<std::string> seen_;  ///< folded names of fields that stand once
  bool has_action_ = false;
  bool has_direction_ = false;
  FirewallRuleRow row_;
  ParseError error_;
};

}  // namespace

Parsed<FirewallRuleRow> parse_firewall_rule(std::string_view text) {
  return RuleParser(text).parse();
}

}  // namespace polc::formats
