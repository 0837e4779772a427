#include "runtime/value/defaults.hpp"
#include "tests/unit/derive/support.hpp"

namespace polc::derive::test {
namespace {

constexpr std::uint32_t kServer2022 = 20348;

enum Data : int { kMissing = -1, kText = -2, kUnread = -3 };

Evidence schannel(int enabled, int disabled_by_default, std::uint32_t build,
                  const char* protocol = "TLS 1.0") {
  Evidence e;
  const std::string path =
      std::string("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\") +
      protocol + "\\Server";
  key(e, path).values_complete = enabled != kUnread && disabled_by_default != kUnread;
  const auto put = [&](const char* name, int data) {
    if (data == kText) set(e, path, name, sz("0"));
    if (data >= 0) set(e, path, name, dword(static_cast<std::uint64_t>(data)));
  };
  put("Enabled", enabled);
  put("DisabledByDefault", disabled_by_default);
  if (build != 0) e.host.build = Reading<std::uint32_t>::of(build);
  return e;
}

Address tls(const char* protocol, const char* side) {
  return address(ResourceKind::Tls, "state", {value::text(protocol), Value(value::Symbol{side})});
}

}  // namespace

TEST_CASE("two SCHANNEL values make three states") {
  struct Case {
    int enabled, disabled_by_default;
    const char* expected;
  };
  const Case cases[] = {
      {0, kMissing, "disabled"},
      {0, 0, "disabled"},
      {0, 1, "disabled"},
      {0, kUnread, "disabled"},
      {0, kText, "disabled"},
      {1, 0, "enabled"},
      {1, 1, "disabled_by_default"},
      {2, 0, "enabled"},  // any value but zero is true, 0xffffffff too
      {1, 5, "disabled_by_default"},
      {kMissing, 1, "disabled_by_default"},  // the guide's own recipe
      {kMissing, kMissing, "absent value"},
      {kMissing, 0, "enabled"},
      {1, kMissing, "enabled"},
      {kUnread, 1, "unknown: not collected"},
      {1, kUnread, "unknown: not collected"},
      {kText, 1, "mistyped sz(\"0\")"},
      {1, kText, "mistyped sz(\"0\")"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.enabled, c.disabled_by_default);
    CHECK(line(fact(schannel(c.enabled, c.disabled_by_default, kServer2022), tls("TLS 1.0", "server"))) ==
          c.expected);
  }
  CHECK(line(fact(schannel(0, 1, kServer2022), tls("TLS 1.0", "client"))) == "unknown: not collected");
}

TEST_CASE("a missing SCHANNEL value takes the default of the build, and only a documented one") {
  const auto state = [](int enabled, int by_default, std::uint32_t build, const char* protocol) {
    return line(fact(schannel(enabled, by_default, build, protocol), tls(protocol, "server")));
  };
  CHECK(state(1, kMissing, 7601, "TLS 1.1") == "disabled_by_default");
  CHECK(state(1, kMissing, 9600, "TLS 1.1") == "enabled");
  CHECK(state(kMissing, 0, 17763, "SSL 2.0") == "disabled");
  CHECK(state(1, kMissing, 26100, "TLS 1.0") == "disabled_by_default");
  CHECK(state(1, kMissing, 0, "TLS 1.0") == "unknown: default unknown");
  CHECK(state(1, kMissing, 99999, "TLS 1.0") == "unknown: default unknown");
  CHECK(state(kMissing, 1, 0, "TLS 1.0") == "disabled_by_default");
}

TEST_CASE("documented SCHANNEL defaults by build") {
  struct Case {
    const char* protocol;
    bool server;
    std::uint32_t build;
    const char* expected;  ///< "" = not documented
  };
  const Case cases[] = {
      {"SSL 2.0", true, 7601, "enabled"},
      {"SSL 2.0", false, 7601, "disabled_by_default"},
      {"SSL 2.0", true, 9600, "disabled_by_default"},
      {"SSL 2.0", true, 14393, "disabled"},
      {"SSL 3.0", true, 9600, "enabled"},
      {"SSL 3.0", true, 17763, "disabled_by_default"},
      {"SSL 3.0", true, 20348, "disabled"},
      {"TLS 1.0", true, 7601, "enabled"},
      {"TLS 1.0", true, 20348, "enabled"},
      {"TLS 1.0", true, 26100, "disabled_by_default"},
      {"TLS 1.1", true, 7601, "disabled_by_default"},
      {"TLS 1.1", true, 20348, "enabled"},
      {"TLS 1.1", true, 26100, "disabled_by_default"},
      {"TLS 1.2", true, 7601, "disabled_by_default"},
      {"TLS 1.2", true, 26100, "enabled"},
      {"TLS 1.3", true, 17763, "disabled"},
      {"TLS 1.3", true, 19045, ""},
      {"TLS 1.3", true, 20348, "enabled"},
      {"TLS 1.0", true, 25398, ""},
      {"TLS 1.0", true, 30000, ""},
      {"TLS 1.0", true, 6002, ""},
      {"TLS 9.9", true, 20348, ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.protocol, c.server, c.build);
    const auto found = value::tls_default(c.protocol, c.server, c.build);
    CHECK((found ? value::tls_state(found->enabled, found->disabled_by_default) : "") == c.expected);
  }
  const auto rows = value::known_defaults(tls("TLS 1.0", "server"));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].max_build < rows[1].min_build);
  CHECK(value::known_defaults(tls("TLS 9.9", "server")).empty());
}

TEST_CASE("documented defaults of the account policy and of registry values") {
  const auto policy = [](const char* name) {
    return value::known_defaults(address(ResourceKind::PasswordPolicy, name));
  };
  REQUIRE(policy("min_length").size() == 2);
  CHECK(policy("min_length")[0].roles == 3);
  CHECK(value::to_text(policy("min_length")[0].value) == "7");
  CHECK(value::to_text(policy("min_length")[1].value) == "0");
  CHECK(policy("lockout_duration")[0].value.empty());
  CHECK(policy("lockout_threshold")[0].max_build < 22621);
  const auto registry_default = [](const char* path, const char* name) {
    return value::known_defaults(
        address(ResourceKind::Registry, "value", {value::text(path), value::text(name)}));
  };
  CHECK(registry_default("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "restrictanonymous").size() == 1);
  CHECK(registry_default("HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "Other").empty());
  CHECK(value::known_defaults(address(ResourceKind::Host, "name")).empty());
}

}  // namespace polc::derive::test
