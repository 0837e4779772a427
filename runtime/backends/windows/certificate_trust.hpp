// Whether Windows trusts the certificate of a server. Windows only.
#pragma once

#include <windows.h>
// After windows.h, which it needs.
#include <wincrypt.h>

#include <optional>
#include <string>

#include "runtime/value/fact.hpp"

namespace polc::backends::windows {

/// Why the certificate is not believed to be the host's: not trusted, expired, of another name. nullopt when it is: its
/// chain ends in a root that Windows trusts for servers, and it names the host. No other connection is opened for that:
/// whether it was revoked is not looked up, and intermediate certificates are those that the server sent or Windows has.
std::optional<value::Unknown> distrust(const CERT_CONTEXT& certificate, const std::string& host);

}  // namespace polc::backends::windows
