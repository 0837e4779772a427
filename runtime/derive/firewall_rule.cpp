#include "runtime/derive/firewall_rule.hpp"

#include <algorithm>
#include <charconv>

#include "runtime/base/casefold.hpp"
#include "runtime/value/addresses.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using base::equal_folded;
using value::Addresses;
using value::AddressSet;
using value::Protocol;

constexpr std::uint32_t kTcp = 6;
constexpr std::uint32_t kUdp = 17;

/// Keywords of fixed ports. RPC-EPMap is the endpoint mapper (135, over HTTP 593), IPHTTPS listens on 443.
struct KeywordPort {
  std::string_view keyword;
  std::uint16_t port;
};
constexpr KeywordPort kKeywordPorts[] = {
    {"RPC-EPMap", 135}, {"RPC-EPMap", 593}, {"IPHTTPSIn", 443}, {"IPTLSIn", 443}, {"mDNS", 5353},
};

/// Keywords of rules for outgoing traffic: no port of a listener.
constexpr std::string_view kOutgoing[] = {"IPTLSOut", "IPHTTPSOut", "CORTANA_OUT"};

bool is_static_keyword(std::string_view text) {
  const auto is_written = [&](std::string_view known) { return equal_folded(text, known); };
  return std::any_of(std::begin(kOutgoing), std::end(kOutgoing), is_written) ||
         std::any_of(std::begin(kKeywordPorts), std::end(kKeywordPorts),
                     [&](const KeywordPort& known) { return is_written(known.keyword); });
}

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_any(std::string_view text) {
  return text == "*" || equal_folded(text, "any");
}

std::string file_name(std::string_view path) {
  return std::string(path.substr(path.rfind('\\') + 1));
}

/// Folded, with variables replaced; "" where that is not possible.
std::string full_path(std::string_view written, const std::map<std::string, std::string>& variables) {
  const auto canonical = value::canonical_file_path(written);
  if (!canonical) return {};
  const auto expanded = value::expand_variables(*canonical, variables);
  return expanded ? value::folded(*expanded) : std::string();
}

/// Adapter address with its prefix, "10.1.2.3/24": the address alone.
std::string_view without_prefix(std::string_view text) {
  return text.substr(0, text.find('/'));
}

template <class Part>
std::optional<Addresses> collect(const value::HostEvidence& host, Part part) {
  if (!host.addresses.present()) return std::nullopt;
  Addresses all;
  for (const std::string& written : host.addresses.value) {
    const auto parsed = value::parse_addresses(part(written));
    if (!parsed) return std::nullopt;
    all = value::unite(all, *parsed);
  }
  return all;
}

bool of_family(const value::AddressRange& range, bool v6) {
  return range.v6 == v6;
}

Addresses only_family(Addresses all, bool v6) {
  all.ranges.erase(std::remove_if(all.ranges.begin(), all.ranges.end(),
                                  [&](const value::AddressRange& range) { return !of_family(range, v6); }),
                   all.ranges.end());
  return all;
}

}  // namespace

std::optional<Addresses> local_subnets(const value::HostEvidence& host) {
  return collect(host, [](const std::string& written) { return std::string_view(written); });
}

std::optional<Addresses> own_addresses(const value::HostEvidence& host) {
  return collect(host, [](const std::string& written) { return without_prefix(written); });
}

PreparedRule::PreparedRule(const value::FirewallRuleRow& row, const value::HostEvidence& host)
    : row_(&row), variables_(&host.variables) {
  for (const std::string& port : row.local_ports) add_port(port);
  if (row.remote_addresses.empty()) remote_ = AddressSet::exactly(value::all_addresses());
  for (const std::string& address : row.remote_addresses) add_remote(address, host);
  if (!row.remote_addresses.empty()) {
    remote_.low = value::normalised(std::move(remote_.low.ranges));
    remote_.high = value::normalised(std::move(remote_.high.ranges));
  }
  if (!row.program.empty() && !is_any(row.program)) {
    program_ = full_path(row.program, host.variables);
    program_name_ = value::folded(file_name(row.program));
  }
  limits_owner_ = !program_name_.empty() || !row.service.empty() || row.has_owner_condition;
  static_conditions_ = check_static_conditions(host);
}

void PreparedRule::add_port(const std::string& written) {
  if (is_any(written)) {
    ports_.emplace_back(std::uint16_t{0}, UINT16_MAX);
    return;
  }
  const auto dash = written.find('-');
  const std::string_view text = written;
  const auto first = port_number(text.substr(0, dash));
  const auto last = dash == std::string::npos ? first : port_number(text.substr(dash + 1));
  if (first && last) {
    ports_.emplace_back(*first, *last);
    return;
  }
  if (is_static_keyword(written)) return;
  // A keyword that this version does not know may stand for any port.
  const bool tcp_only = equal_folded(written, "RPC");
  const bool udp_only = equal_folded(written, "Teredo") || equal_folded(written, "Ply2Disc");
  dynamic_tcp_ = dynamic_tcp_ || !udp_only;
  dynamic_udp_ = dynamic_udp_ || !tcp_only;
}

void PreparedRule::add_remote(const std::string& written, const value::HostEvidence& host) {
  // In normal form once all are there.
  const auto append = [](Addresses& to, const Addresses& more) {
    to.ranges.insert(to.ranges.end(), more.ranges.begin(), more.ranges.end());
  };
  const auto add = [&](const Addresses& low, const Addresses& high) {
    append(remote_.low, low);
    append(remote_.high, high);
  };
  if (is_any(written)) return add(value::all_addresses(), value::all_addresses());
  if (const auto parsed = value::parse_addresses(written)) return add(*parsed, *parsed);
  const bool v4 = equal_folded(written, "LocalSubnet4");
  const bool v6 = equal_folded(written, "LocalSubnet6");
  if (v4 || v6 || equal_folded(written, "LocalSubnet")) {
    if (auto subnets = local_subnets(host)) {
      if (v4 || v6) subnets = only_family(std::move(*subnets), v6);
      return add(*subnets, *subnets);
    }
  }
  // DNS, DHCP, DefaultGateway, Intranet, ...: the host knows them, the evidence does not.
  unresolved_ = written;
  add({}, value::all_addresses());
}

Certainty PreparedRule::check_static_conditions(const value::HostEvidence& host) const {
  const value::FirewallRuleRow& row = *row_;
  if (row.has_other_conditions || row.bypass) return Certainty::Possible;
  if (!row.remote_ports.empty() && !std::any_of(row.remote_ports.begin(), row.remote_ports.end(), is_any)) {
    return Certainty::Possible;
  }
  if (!row.interfaces.empty()) return Certainty::Possible;
  if (!row.interface_types.empty() &&
      std::none_of(row.interface_types.begin(), row.interface_types.end(),
                   [](const std::string& type) { return is_any(type) || equal_folded(type, "all"); })) {
    return Certainty::Possible;
  }
  if (!row.local_addresses.empty()) {
    Addresses local;
    for (const std::string& written : row.local_addresses) {
      if (is_any(written)) return Certainty::Certain;
      if (const auto parsed = value::parse_addresses(written)) local = value::unite(local, *parsed);
    }
    const auto own = own_addresses(host);
    if (!own || own->ranges.empty() || !value::is_subset(*own, local)) return Certainty::Possible;
  }
  return Certainty::Certain;
}

bool PreparedRule::applies_to(value::FirewallProfile profile) const {
  const auto& profiles = row_->profiles;
  return profiles.empty() || std::find(profiles.begin(), profiles.end(), profile) != profiles.end();
}

PreparedRule::PortMatch PreparedRule::match_port(value::Port port) const {
  if (!row_->inbound) return PortMatch::No;
  const bool tcp = port.protocol == Protocol::Tcp;
  if (row_->protocol && *row_->protocol != (tcp ? kTcp : kUdp)) return PortMatch::No;
  if (row_->local_ports.empty()) return PortMatch::Any;
  for (const auto& [first, last] : ports_) {
    if (first == 0 && last == UINT16_MAX) return PortMatch::Any;
    if (first <= port.number && port.number <= last) return PortMatch::Named;
  }
  if (tcp ? dynamic_tcp_ : dynamic_udp_) return PortMatch::Keyword;
  for (const auto& [keyword, number] : kKeywordPorts) {
    if (number != port.number || (keyword == "mDNS") == tcp) continue;
    for (const std::string& written : row_->local_ports) {
      if (equal_folded(written, keyword)) return PortMatch::Keyword;
    }
  }
  return PortMatch::No;
}

Certainty PreparedRule::match_program(const value::ListenerRow& listener) const {
  if (program_name_.empty()) return Certainty::Certain;
  if (!listener.process.present()) return Certainty::Possible;
  const std::string& process = listener.process.value;
  // C:\PROGRA~1\... is another name of a folder that the evidence does not tell.
  const auto is_short = [](std::string_view path) { return path.find('~') != std::string_view::npos; };
  if (is_short(row_->program) || is_short(process)) return Certainty::Possible;
  const std::string name = value::folded(file_name(process));
  if (name != program_name_) return Certainty::No;
  if (program_name_ == "SYSTEM") return Certainty::Certain;
  const bool has_path = process.find('\\') != std::string::npos;
  const std::string path = has_path ? full_path(process, *variables_) : std::string();
  // A file name alone is no proof of the program, except that a service tells which one it is.
  if (path.empty() || program_.empty())
    return row_->service.empty() ? Certainty::Possible : Certainty::Certain;
  return path == program_ ? Certainty::Certain : Certainty::No;
}

Certainty PreparedRule::match_service(const value::ListenerRow& listener) const {
  if (row_->service.empty()) return Certainty::Certain;
  if (listener.service.status == value::FactStatus::Absent) return Certainty::No;
  if (!listener.service.present()) return Certainty::Possible;
  if (row_->service == "*" || equal_folded(row_->service, listener.service.value)) return Certainty::Certain;
  // Several services may share one svchost.exe, of which a listener names one.
  const bool shared =
      listener.process.present() && equal_folded(file_name(listener.process.value), "svchost.exe");
  return shared || !listener.process.present() ? Certainty::Possible : Certainty::No;
}

Certainty PreparedRule::owned_by(const value::ListenerRow& listener) const {
  const Certainty owner = both(match_program(listener), match_service(listener));
  if (!row_->has_owner_condition) return owner;
  // The kernel and services run in no application package and for no interactive user.
  const bool is_system = listener.process.present() && equal_folded(listener.process.value, "System");
  if (is_system || listener.service.present()) return Certainty::No;
  return both(owner, Certainty::Possible);
}

/// A rule that names the port may find its program at work any moment; one for any port of a program matters only
/// where that program may be listening.
Certainty PreparedRule::match_owner(const PortListeners& listeners, bool named) const {
  if (!limits_owner_) return Certainty::Certain;
  Certainty best = Certainty::No;
  for (const value::ListenerRow* listener : listeners.rows) best = std::max(best, owned_by(*listener));
  const bool may_be_another = !listeners.complete || (named && listeners.rows.empty());
  return may_be_another ? std::max(best, Certainty::Possible) : best;
}

Certainty PreparedRule::matches(value::Port port, const PortListeners& listeners) const {
  const PortMatch by_port = match_port(port);
  if (by_port == PortMatch::No) return Certainty::No;
  if (by_port == PortMatch::Keyword) {
    const bool nobody = listeners.complete && listeners.rows.empty();
    if (nobody) return Certainty::No;
    return both(match_owner(listeners, false), Certainty::Possible);
  }
  return both(static_conditions_, match_owner(listeners, by_port == PortMatch::Named));
}

}  // namespace polc::derive
