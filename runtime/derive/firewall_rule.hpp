// One firewall rule, prepared for the question "does it apply to this port?", with an answer that tells what is
// certain from what is only possible.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/value/evidence.hpp"

namespace polc::derive {

enum class Certainty : std::uint8_t { No, Possible, Certain };

inline Certainty both(Certainty a, Certainty b) {
  return a < b ? a : b;
}

/// What is known about the sockets of one port.
struct PortListeners {
  std::vector<const value::ListenerRow*> rows;
  bool complete = false;  ///< there are no others
};

class PreparedRule {
 public:
  PreparedRule(const value::FirewallRuleRow& row, const value::HostEvidence& host);

  const value::FirewallRuleRow& row() const { return *row_; }
  bool applies_to(value::FirewallProfile profile) const;

  /// Whether inbound traffic to the port meets all conditions but the remote address.
  Certainty matches(value::Port port, const PortListeners& listeners) const;

  /// No condition beyond profile, protocol, port and remote address.
  bool unconditional() const { return static_conditions_ == Certainty::Certain && !limits_owner_; }

  /// The remote addresses, known from below and above.
  const value::AddressSet& remote() const { return remote_; }

  /// A keyword among the remote addresses that could not be resolved; "" if there is none.
  const std::string& unresolved() const { return unresolved_; }

 private:
  /// How a rule comes to a port: by its number, or by a keyword or the lack of a list.
  enum class PortMatch : std::uint8_t { No, Named, Any, Keyword };

  void add_port(const std::string& written);
  void add_remote(const std::string& written, const value::HostEvidence& host);
  Certainty check_static_conditions(const value::HostEvidence& host) const;
  PortMatch match_port(value::Port port) const;
  Certainty match_owner(const PortListeners& listeners, bool named) const;
  Certainty owned_by(const value::ListenerRow& listener) const;
  Certainty match_program(const value::ListenerRow& listener) const;
  Certainty match_service(const value::ListenerRow& listener) const;

  const value::FirewallRuleRow* row_;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> ports_;
  bool dynamic_tcp_ = false;  ///< RPC: whatever port a server was given
  bool dynamic_udp_ = false;  ///< Teredo, Play To discovery
  value::AddressSet remote_;
  std::string unresolved_;
  std::string program_;       ///< folded full path with variables replaced, where that is possible
  std::string program_name_;  ///< folded file name
  const std::map<std::string, std::string>* variables_;
  Certainty static_conditions_ = Certainty::Certain;
  bool limits_owner_ = false;
};

/// Subnets of the host's own interfaces; nullopt where they were not read.
std::optional<value::Addresses> local_subnets(const value::HostEvidence& host);

/// The host's own addresses; nullopt where they were not read.
std::optional<value::Addresses> own_addresses(const value::HostEvidence& host);

}  // namespace polc::derive
