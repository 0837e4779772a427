// Local ports: bound sockets joined with the effective inbound firewall.
#pragma once

#include <optional>

#include "runtime/derive/firewall.hpp"

namespace polc::derive {

class Ports {
 public:
  explicit Ports(const value::Evidence& evidence)
      : listeners_(evidence.tcp_listeners, evidence.udp_listeners), firewall_(evidence, listeners_) {}

  /// Of port(...).
  value::Fact port_fact(const value::Address& address);

  /// Of listeners: every bound socket.
  value::Fact listeners_fact() const;

  const Firewall& firewall() const { return firewall_; }

 private:
  const Firewall::Inbound& inbound(value::Port port);
  value::Fact listening(value::Port port) const;
  value::Fact listener_list(value::Port port) const;
  value::Fact processes(value::Port port) const;
  value::Fact reachable(value::Port port);

  ListenerIndex listeners_;
  Firewall firewall_;
  // Several attributes of one port are usually asked for in a row.
  std::optional<value::Port> last_port_;
  Firewall::Inbound last_inbound_;
};

}  // namespace polc::derive
