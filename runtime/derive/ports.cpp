#include "runtime/derive/ports.hpp"

#include <algorithm>

#include "runtime/derive/facts.hpp"
#include "runtime/value/addresses.hpp"

namespace polc::derive {
namespace {

using value::Addresses;
using value::AddressSet;
using value::Fact;
using value::ListenerRow;
using value::UnknownReason;
using value::Value;

enum class PortAttribute : value::AttributeId {
  Listening,
  Listeners,
  AllowedFrom,
  BlockedFrom,
  ReachableFrom,
  Process,
};

Addresses parsed(std::string_view text) {
  return value::parse_addresses(text).value_or(Addresses{});
}

Addresses all_v4() {
  return parsed("0.0.0.0/0");
}
Addresses all_v6() {
  return parsed("::/0");
}

/// What a socket is bound to: one address, or every address of a family.
AddressSet binding(const ListenerRow& row) {
  if (row.address == "0.0.0.0") return AddressSet::exactly(all_v4());
  if (row.address == "::") return AddressSet::exactly(all_v6());
  if (const auto address = value::parse_addresses(row.address)) return AddressSet::exactly(*address);
  return {{}, value::all_addresses()};
}

/// Where the peers of such a socket can be: a loopback binding answers the machine itself, any other one the whole
/// family. A socket on :: may serve IPv4 as well (IPV6_V6ONLY off).
AddressSet peers(const ListenerRow& row) {
  if (row.address == "::") return {all_v6(), value::all_addresses()};
  const auto address = value::parse_addresses(row.address);
  if (!address || address->ranges.empty()) return {{}, value::all_addresses()};
  const Addresses family = address->ranges.front().v6 ? all_v6() : all_v4();
  if (value::is_subset(*address, value::loopback_addresses())) {
    return AddressSet::exactly(value::intersect(family, value::loopback_addresses()));
  }
  return AddressSet::exactly(family);
}

/// Evidence may know the whole path of a program; policies name its file.
Value program_name(const std::string& program) {
  return value::text(program.substr(program.rfind('\\') + 1));
}

Value listener_record(const ListenerRow& row) {
  const auto name = [](const std::string& s) { return value::text(s); };
  return RecordBuilder(row.origin)
      .field("port", Value(row.port))
      .field("address", Value(binding(row)))
      .field("process", fact_of(row.process, value::AbsentLevel::Value, program_name))
      .field("service", fact_of(row.service, value::AbsentLevel::Value, name))
      .build();
}

AddressSet complement(const AddressSet& set) {
  const Addresses any = value::all_addresses();
  return {value::subtract(any, set.high), value::subtract(any, set.low)};
}

Fact address_fact(AddressSet set, const Firewall::Inbound& inbound) {
  const bool exact = set.exact();
  const auto& origins = inbound.decided_by;
  Fact fact = Fact::present(Value(std::move(set)), origins.empty() ? 0 : origins.front());
  if (origins.size() > 1) fact.related.assign(origins.begin() + 1, origins.end());
  if (!exact) fact.unknowns = inbound.unknowns;
  return fact;
}

}  // namespace

const Firewall::Inbound& Ports::inbound(value::Port port) {
  if (last_port_ != port) {
    last_inbound_ = firewall_.inbound(port);
    last_port_ = port;
  }
  return last_inbound_;
}

Fact Ports::listening(value::Port port) const {
  const PortListeners bound = listeners_.at(port);
  const auto& section = listeners_.section(port.protocol);
  if (!bound.rows.empty()) {
    Fact fact = Fact::present(boolean(true), bound.rows.front()->origin);
    for (std::size_t i = 1; i < bound.rows.size(); ++i) fact.related.push_back(bound.rows[i]->origin);
    return fact;
  }
  if (bound.complete) return Fact::present(boolean(false), section.origin);
  return unknown_fact(not_listed(section), section.origin);
}

Fact Ports::listener_list(value::Port port) const {
  const PortListeners bound = listeners_.at(port);
  const auto& section = listeners_.section(port.protocol);
  if (!bound.complete && bound.rows.empty()) return unknown_fact(not_listed(section), section.origin);
  value::ListValue list;
  list.complete = bound.complete;
  for (const ListenerRow* row : bound.rows) list.items.push_back(listener_record(*row));
  Fact fact = Fact::present(Value(std::move(list)), section.origin);
  if (!bound.complete) fact.unknowns.push_back(not_listed(section));
  return fact;
}

Fact Ports::processes(value::Port port) const {
  const PortListeners bound = listeners_.at(port);
  const auto& section = listeners_.section(port.protocol);
  if (!bound.complete && bound.rows.empty()) return unknown_fact(not_listed(section), section.origin);
  value::SetValue set;
  std::vector<value::Unknown> why;
  if (!bound.complete) why.push_back(not_listed(section));
  for (const ListenerRow* row : bound.rows) {
    if (row->process.present()) {
      set.low.push_back(program_name(row->process.value));
    } else if (row->process.status == value::FactStatus::Unknown) {
      why.push_back(row->process.unknown);
    }
  }
  set.low = value::SetValue::exactly(std::move(set.low)).low;
  if (why.empty()) set.high = set.low;
  Fact fact = Fact::present(Value(std::move(set)), section.origin);
  fact.unknowns = std::move(why);
  return fact;
}

Fact Ports::reachable(value::Port port) {
  const Firewall::Inbound& allowed = inbound(port);
  const PortListeners bound = listeners_.at(port);
  AddressSet answered;
  for (const ListenerRow* row : bound.rows) {
    const AddressSet row_peers = peers(*row);
    answered.low = value::unite(answered.low, row_peers.low);
    answered.high = value::unite(answered.high, row_peers.high);
  }
  if (!bound.complete) answered.high = value::all_addresses();
  AddressSet set{value::intersect(allowed.allowed.low, answered.low),
                 value::intersect(allowed.allowed.high, answered.high)};
  Fact fact = address_fact(std::move(set), allowed);
  if (fact.value.get<AddressSet>()->exact()) return fact;
  if (!bound.complete) fact.unknowns.push_back(not_listed(listeners_.section(port.protocol)));
  if (fact.unknowns.empty()) {
    fact.unknowns.push_back({UnknownReason::NotCollected, {}, "whether a socket on :: also serves IPv4"});
  }
  return fact;
}

Fact Ports::port_fact(const value::Address& address) {
  const auto* port = address.argument<value::Port>(0);
  if (port == nullptr) return Fact::unknown(UnknownReason::Unsupported);
  switch (static_cast<PortAttribute>(address.attribute)) {
    case PortAttribute::Listening:
      return listening(*port);
    case PortAttribute::Listeners:
      return listener_list(*port);
    case PortAttribute::AllowedFrom:
      return address_fact(inbound(*port).allowed, inbound(*port));
    case PortAttribute::BlockedFrom:
      return address_fact(complement(inbound(*port).allowed), inbound(*port));
    case PortAttribute::ReachableFrom:
      return reachable(*port);
    case PortAttribute::Process:
      return processes(*port);
  }
  return Fact::unknown(UnknownReason::Unsupported);
}

Fact Ports::listeners_fact() const {
  value::Section<ListenerRow> all = listeners_.section(value::Protocol::Tcp);
  const auto& udp = listeners_.section(value::Protocol::Udp);
  all.rows.insert(all.rows.end(), udp.rows.begin(), udp.rows.end());
  if (!udp.complete) {
    all.complete = false;
    if (!all.unreadable) all.unreadable = not_listed(udp);
  }
  return list_of_rows(all, listener_record);
}

}  // namespace polc::derive
