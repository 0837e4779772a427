#include "runtime/backends/windows/firewall_state.hpp"

#include <fmt/format.h>
#include <windows.h>
// After windows.h, which they need.
#include <netfw.h>
#include <objbase.h>

#include "runtime/backends/windows/conversions.hpp"

namespace polc::backends::windows {
namespace {

using value::FirewallProfile;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

Unknown com_failure(std::string_view call, HRESULT result) {
  const auto number = static_cast<std::uint32_t>(result);
  const auto reason = result == E_ACCESSDENIED                               ? UnknownReason::AccessDenied
                      : result == E_NOTIMPL || result == REGDB_E_CLASSNOTREG ? UnknownReason::Unsupported
                                                                             : UnknownReason::NotCollected;
  return {reason, {}, fmt::format("{} failed with 0x{:08X}", call, number)};
}

NET_FW_PROFILE_TYPE2 type_of(FirewallProfile profile) {
  switch (profile) {
    case FirewallProfile::Domain:
      return NET_FW_PROFILE2_DOMAIN;
    case FirewallProfile::Private:
      return NET_FW_PROFILE2_PRIVATE;
    case FirewallProfile::Public:
      break;
  }
  return NET_FW_PROFILE2_PUBLIC;
}

}  // namespace

std::vector<FirewallProfile> firewall_profiles(long types) {
  std::vector<FirewallProfile> profiles;
  for (const FirewallProfile profile :
       {FirewallProfile::Domain, FirewallProfile::Private, FirewallProfile::Public}) {
    if ((types & type_of(profile)) != 0) profiles.push_back(profile);
  }
  return profiles;
}

FirewallState::FirewallState() {
  // A thread that is set up already in another way serves as well.
  const HRESULT ready = CoInitializeEx(nullptr, COINIT_MULTITHREADED);
  initialised_ = SUCCEEDED(ready);
  if (!initialised_ && ready != RPC_E_CHANGED_MODE) {
    why_ = com_failure("CoInitializeEx", ready);
    return;
  }
  void* made = nullptr;
  const HRESULT result =
      CoCreateInstance(__uuidof(NetFwPolicy2), nullptr, CLSCTX_INPROC_SERVER, __uuidof(INetFwPolicy2), &made);
  policy_ = static_cast<INetFwPolicy2*>(made);
  if (FAILED(result) || policy_ == nullptr) {
    policy_ = nullptr;
    why_ = com_failure("INetFwPolicy2", result);
  }
}

FirewallState::~FirewallState() {
  if (policy_ != nullptr) policy_->Release();
  if (initialised_) CoUninitialize();
}

Reading<std::vector<FirewallProfile>> FirewallState::active() const {
  using Profiles = Reading<std::vector<FirewallProfile>>;
  if (policy_ == nullptr) return Profiles::unreadable(why_);
  long types = 0;
  const HRESULT result = policy_->get_CurrentProfileTypes(&types);
  if (FAILED(result)) return Profiles::unreadable(com_failure("INetFwPolicy2::CurrentProfileTypes", result));
  return Profiles::of(firewall_profiles(types));
}

Reading<bool> FirewallState::enabled(FirewallProfile profile) const {
  if (policy_ == nullptr) return Reading<bool>::unreadable(why_);
  VARIANT_BOOL enabled = VARIANT_FALSE;
  const HRESULT result = policy_->get_FirewallEnabled(type_of(profile), &enabled);
  if (FAILED(result)) return Reading<bool>::unreadable(com_failure("INetFwPolicy2::FirewallEnabled", result));
  return Reading<bool>::of(enabled != VARIANT_FALSE);
}

}  // namespace polc::backends::windows
