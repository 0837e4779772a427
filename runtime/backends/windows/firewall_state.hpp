// What Windows Firewall says about itself now, through INetFwPolicy2. Windows only.
#pragma once

#include <vector>

#include "runtime/value/evidence.hpp"

struct INetFwPolicy2;

namespace polc::backends::windows {

/// Origins are left to the caller.
class FirewallState {
 public:
  FirewallState();
  ~FirewallState();
  FirewallState(const FirewallState&) = delete;
  FirewallState& operator=(const FirewallState&) = delete;

  /// Profiles of the networks that are connected now.
  value::Reading<std::vector<value::FirewallProfile>> active() const;

  value::Reading<bool> enabled(value::FirewallProfile profile) const;

 private:
  bool initialised_ = false;
  INetFwPolicy2* policy_ = nullptr;
  value::Unknown why_;  ///< when policy_ is null
};

}  // namespace polc::backends::windows
