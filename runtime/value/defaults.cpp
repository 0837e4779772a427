#include "runtime/value/defaults.hpp"

#include "runtime/base/casefold.hpp"

namespace polc::value {
namespace {

// --- SCHANNEL
//
// Sources: MicrosoftDocs/win32 "Protocols in TLS/SSL (Schannel SSP)" up to build 20348; "TLS 1.0 and TLS 1.1 soon to
// be disabled in Windows" (techcommunity.microsoft.com, 2023) for 26100, the first release after it. The tables say
// "disabled" for what an application may still ask for by name, which is DisabledByDefault here, except where the
// protocol was taken out (SSL 2.0 from 14393) or no longer answers even then (SSL 3.0 from 19041,
// github.com/dotnet/runtime issue 1166).

enum class Side : std::uint8_t { Both, Client, Server };

struct TlsRow {
  std::string_view protocol;
  Side side;
  std::uint32_t min_build;
  std::uint32_t max_build;
  TlsDefault values;
};

constexpr TlsDefault kOn{true, false};
constexpr TlsDefault kOnRequest{true, true};
constexpr TlsDefault kOff{false, true};

constexpr std::uint32_t kServer2008R2 = 7600;
constexpr std::uint32_t kServer2012 = 9200;
constexpr std::uint32_t kServer2016 = 14393;
constexpr std::uint32_t kBefore2004 = 19040;
constexpr std::uint32_t kVersion2004 = 19041;
constexpr std::uint32_t kVersion1809 = 17763;
constexpr std::uint32_t kServer2022 = 20348;
constexpr std::uint32_t kWindows11_23H2 = 22631;
constexpr std::uint32_t kServer2025 = 26100;
constexpr std::uint32_t kLastKnown = 26200;

constexpr TlsRow kTlsRows[] = {
    {"SSL 2.0", Side::Client, kServer2008R2, kServer2016 - 1, kOnRequest},
    {"SSL 2.0", Side::Server, kServer2008R2, kServer2012 - 1, kOn},
    {"SSL 2.0", Side::Server, kServer2012, kServer2016 - 1, kOnRequest},
    {"SSL 2.0", Side::Both, kServer2016, kLastKnown, kOff},
    {"SSL 3.0", Side::Both, kServer2008R2, kServer2016 - 1, kOn},
    {"SSL 3.0", Side::Both, kServer2016, kBefore2004, kOnRequest},
    {"SSL 3.0", Side::Both, kVersion2004, kLastKnown, kOff},
    {"TLS 1.0", Side::Both, kServer2008R2, kWindows11_23H2, kOn},
    {"TLS 1.0", Side::Both, kServer2025, kLastKnown, kOnRequest},
    {"TLS 1.1", Side::Both, kServer2008R2, kServer2012 - 1, kOnRequest},
    {"TLS 1.1", Side::Both, kServer2012, kWindows11_23H2, kOn},
    {"TLS 1.1", Side::Both, kServer2025, kLastKnown, kOnRequest},
    {"TLS 1.2", Side::Both, kServer2008R2, kServer2012 - 1, kOnRequest},
    {"TLS 1.2", Side::Both, kServer2012, kLastKnown, kOn},
    {"TLS 1.3", Side::Both, kServer2008R2, kVersion1809, kOff},
    {"TLS 1.3", Side::Both, kServer2022, kLastKnown, kOn},
    {"DTLS 1.0", Side::Both, kServer2008R2, kServer2022, kOn},
    {"DTLS 1.2", Side::Both, kServer2016, kServer2022, kOn},
};

bool is_side(Side row, bool server) {
  return row == Side::Both || (row == Side::Server) == server;
}

std::vector<KnownDefault> tls_rows(const Address& address) {
  const auto* protocol = address.argument<std::string>(0);
  const auto* side = address.argument<Symbol>(1);
  std::vector<KnownDefault> rows;
  if (protocol == nullptr || side == nullptr) return rows;
  for (const TlsRow& row : kTlsRows) {
    if (!base::equal_folded(row.protocol, *protocol) || !is_side(row.side, side->name == "server")) continue;
    const std::string_view state = tls_state(row.values.enabled, row.values.disabled_by_default);
    rows.push_back({row.min_build, row.max_build, 7, Value(Symbol{std::string(state)})});
  }
  return rows;
}

// --- password and lockout policy
//
// Sources: Microsoft "Security policy settings reference", default values of each setting: Default Domain Policy,
// and stand-alone server. Windows 11 22H2 and Server 2025 brought other lockout defaults to new installations, which
// a build number does not tell from upgraded ones.

constexpr std::uint8_t kDomain = 3;
constexpr std::uint8_t kWorkgroup = 4;
constexpr std::uint32_t kLastOldLockout = 22527;
constexpr std::int64_t kDay = 86'400;

Value seconds(std::int64_t n) {
  return Value(Duration{Number::exactly(Integer::of(n))});
}

std::vector<KnownDefault> by_membership(Value in_domain, Value alone) {
  return {{0, UINT32_MAX, kDomain, std::move(in_domain)}, {0, UINT32_MAX, kWorkgroup, std::move(alone)}};
}

std::vector<KnownDefault> password_policy_rows(AttributeId attribute) {
  const std::string_view name = resource_info(ResourceKind::PasswordPolicy).attributes[attribute].name;
  if (name == "min_length") return by_membership(integer(7), integer(0));
  if (name == "complexity") return by_membership(Value(true), Value(false));
  if (name == "history") return by_membership(integer(24), integer(0));
  if (name == "max_age") return {{0, UINT32_MAX, 7, seconds(42 * kDay)}};
  if (name == "min_age") return by_membership(seconds(kDay), seconds(0));
  if (name == "reversible_encryption") return {{0, UINT32_MAX, 7, Value(false)}};
  if (name == "lockout_threshold") {
    return {{0, kLastOldLockout, 7, Value(Number::exactly(Integer::infinity()))}};
  }
  // Without a threshold there is no lockout and no time for it.
  return {{0, kLastOldLockout, 7, Value()}};
}

// --- registry values whose absence has a documented meaning

struct RegistryDefault {
  std::string_view key;
  std::string_view value;
  std::uint64_t data;
};

constexpr RegistryDefault kRegistryDefaults[] = {
    // "Network access: Do not allow anonymous enumeration of SAM accounts [and shares]", default values
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "RestrictAnonymous", 0},
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "RestrictAnonymousSAM", 1},
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "EveryoneIncludesAnonymous", 0},
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "LimitBlankPasswordUse", 1},
    // Win32_TerminalServiceSetting.AllowTSConnections: Remote Desktop is off
    {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server", "fDenyTSConnections", 1},
    // MSI.admx: "If you disable or do not configure this policy setting"
    {"HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\Installer", "AlwaysInstallElevated", 0},
    // HTTP.sys registry settings: the header is sent
    {"HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters", "DisableServerHeader", 0},
};

std::vector<KnownDefault> registry_rows(const Address& address) {
  const auto* key = address.argument<std::string>(0);
  const auto* name = address.argument<std::string>(1);
  if (key == nullptr || name == nullptr) return {};
  for (const RegistryDefault& row : kRegistryDefaults) {
    if (!base::equal_folded(row.key, *key) || !base::equal_folded(row.value, *name)) continue;
    return {{0, UINT32_MAX, 7, Value(RegistryData{RegistryType::Dword, 0, row.data})}};
  }
  return {};
}

}  // namespace

std::string_view tls_state(bool enabled, bool disabled_by_default) {
  if (!enabled) return "disabled";
  return disabled_by_default ? "disabled_by_default" : "enabled";
}

std::optional<TlsDefault> tls_default(std::string_view protocol, bool server, std::uint32_t build) {
  for (const TlsRow& row : kTlsRows) {
    if (base::equal_folded(row.protocol, protocol) && is_side(row.side, server) && row.min_build <= build &&
        build <= row.max_build) {
      return row.values;
    }
  }
  return std::nullopt;
}

std::vector<KnownDefault> known_defaults(const Address& address) {
  switch (address.resource) {
    case ResourceKind::Tls:
      return tls_rows(address);
    case ResourceKind::PasswordPolicy:
      return password_policy_rows(address.attribute);
    case ResourceKind::Registry:
      return registry_rows(address);
    default:
      return {};
  }
}

}  // namespace polc::value
