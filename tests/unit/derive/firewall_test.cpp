#include <chrono>

#include "tests/unit/derive/support.hpp"

namespace polc::derive::test {
namespace {

using value::AddressSet;
using value::FirewallEvidence;
using value::FirewallProfile;
using value::FirewallProfileRow;
using value::FirewallRuleRow;
using value::FirewallStore;
using value::ListenerRow;
using value::Port;
using value::Protocol;

Reading<bool> yes() {
  return Reading<bool>::of(true);
}
Reading<bool> no() {
  return Reading<bool>::of(false);
}
Reading<bool> absent() {
  return Reading<bool>::absent();
}

/// All profiles on and blocking, public is active, no rules, nobody listens: everything is known.
Evidence host() {
  Evidence e;
  for (const auto profile : {FirewallProfile::Domain, FirewallProfile::Private, FirewallProfile::Public}) {
    e.firewall.profiles.rows.push_back(
        {profile, FirewallStore::Local, yes(), yes(), no(), no(), absent(), 0});
  }
  e.firewall.profiles.collected = e.firewall.profiles.complete = true;
  e.firewall.policy_rules.collected = e.firewall.policy_rules.complete = true;
  e.firewall.local_rules.collected = e.firewall.local_rules.complete = true;
  e.firewall.active = Reading<std::vector<FirewallProfile>>::of({FirewallProfile::Public});
  e.tcp_listeners.collected = e.tcp_listeners.complete = true;
  e.udp_listeners.collected = e.udp_listeners.complete = true;
  e.host.addresses = Reading<std::vector<std::string>>::of({"10.1.2.3/24", "fe80::5/64"});
  e.host.variables = {{"SYSTEMROOT", "C:\\Windows"}};
  return e;
}

FirewallRuleRow allow(std::string port) {
  FirewallRuleRow rule;
  rule.name = "rule";
  rule.protocol = 6;
  if (!port.empty()) rule.local_ports = {std::move(port)};
  return rule;
}

FirewallRuleRow block(std::string port) {
  FirewallRuleRow rule = allow(std::move(port));
  rule.allow = false;
  return rule;
}

Evidence with(std::vector<FirewallRuleRow> rules) {
  Evidence e = host();
  e.firewall.local_rules.rows = std::move(rules);
  return e;
}

ListenerRow listener(std::uint16_t port, std::string address_text, std::string process,
                     std::string service = {}) {
  ListenerRow row;
  row.port = {port, Protocol::Tcp};
  row.address = std::move(address_text);
  row.process = process.empty() ? Reading<std::string>{} : Reading<std::string>::of(std::move(process));
  row.service =
      service.empty() ? Reading<std::string>::absent() : Reading<std::string>::of(std::move(service));
  return row;
}

Fact port_fact(const Evidence& e, std::string_view attribute_name, Port port) {
  return fact(e, address(ResourceKind::Port, attribute_name, {Value(port)}));
}

/// "low .. high" without loopback, which is always allowed; one text when both are the same.
std::string allowed(const Evidence& e, Port port = {443, Protocol::Tcp}) {
  const Fact f = port_fact(e, "allowed_from", port);
  REQUIRE(f.status == FactStatus::Present);
  const auto* set = f.value.get<AddressSet>();
  REQUIRE(set != nullptr);
  const auto loopback = value::loopback_addresses();
  CHECK(value::is_subset(loopback, set->low));
  CHECK(value::is_subset(set->low, set->high));
  CHECK(set->exact() == f.unknowns.empty());
  const auto shown = [&](const value::Addresses& a) {
    return a == value::all_addresses() ? "any" : value::to_text(value::subtract(a, loopback));
  };
  return set->exact() ? shown(set->low) : shown(set->low) + " .. " + shown(set->high);
}

}  // namespace

TEST_CASE("inbound: default action, rules, and block over allow") {
  CHECK(allowed(host()) == "none");
  CHECK(allowed(with({allow("443")})) == "any");
  CHECK(allowed(with({allow("400-500")})) == "any");
  CHECK(allowed(with({allow("444")})) == "none");
  CHECK(allowed(with({allow("")})) == "any");
  CHECK(allowed(with({allow("443"), block("443")})) == "none");
  CHECK(allowed(with({block("443"), allow("443")})) == "none");

  FirewallRuleRow some = allow("443");
  some.remote_addresses = {"10.0.0.0/8", "192.168.1.1-192.168.1.9"};
  CHECK(allowed(with({some})) == "{10.0.0.0/8, 192.168.1.1-192.168.1.9}");
  FirewallRuleRow one_blocked = block("443");
  one_blocked.remote_addresses = {"10.128.0.0/9"};
  CHECK(allowed(with({some, one_blocked})) == "{10.0.0.0/9, 192.168.1.1-192.168.1.9}");

  FirewallRuleRow udp = allow("443");
  udp.protocol = 17;
  CHECK(allowed(with({udp})) == "none");
  CHECK(allowed(with({udp}), {443, Protocol::Udp}) == "any");
  FirewallRuleRow every = allow("");
  every.protocol = std::nullopt;
  CHECK(allowed(with({every})) == "any");

  for (const auto change :
       {+[](FirewallRuleRow& r) { r.active = false; }, +[](FirewallRuleRow& r) { r.inbound = false; },
        +[](FirewallRuleRow& r) { r.profiles = {FirewallProfile::Domain}; }}) {
    FirewallRuleRow rule = allow("443");
    change(rule);
    CHECK(allowed(with({rule})) == "none");
  }
}

TEST_CASE("inbound: profile states decide before the rules") {
  Evidence off = host();
  off.firewall.profiles.rows[2].enabled = no();
  CHECK(allowed(off) == "any");

  Evidence open = host();
  open.firewall.profiles.rows[2].block_inbound = no();
  CHECK(allowed(open) == "any");
  open.firewall.local_rules.rows = {block("443")};
  CHECK(allowed(open) == "none");

  Evidence shields = with({allow("443")});
  shields.firewall.profiles.rows[2].shields_up = yes();
  CHECK(allowed(shields) == "none");

  Evidence unknown = host();
  unknown.firewall.profiles.rows[2].enabled = Reading<bool>{};
  CHECK(allowed(unknown) == "none .. any");

  // A documented default stands for a local value that is missing, but never for the switch itself.
  Evidence missing = host();
  missing.firewall.profiles.rows[2].block_inbound = absent();
  missing.firewall.profiles.rows[2].shields_up = absent();
  CHECK(allowed(missing) == "none");
  missing.firewall.profiles.rows[2].enabled = absent();
  CHECK(allowed(missing) == "none .. any");
}

TEST_CASE("inbound: Group Policy goes over the local store") {
  FirewallProfileRow policy;
  policy.profile = FirewallProfile::Public;
  policy.store = FirewallStore::Policy;
  policy.enabled = policy.block_inbound = policy.block_outbound = policy.shields_up = policy.local_rules =
      absent();

  Evidence e = with({allow("443")});
  e.firewall.profiles.rows.push_back(policy);
  CHECK(allowed(e) == "any");
  e.firewall.profiles.rows.back().local_rules = no();  // voids local rules, allowing and blocking ones
  CHECK(allowed(e) == "none");
  e.firewall.local_rules.complete = false;  // then nobody needs to have read them
  CHECK(allowed(e) == "none");
  FirewallRuleRow gpo = allow("443");
  gpo.store = FirewallStore::Policy;
  e.firewall.policy_rules.rows = {gpo};
  e.firewall.local_rules.rows = {block("443")};
  CHECK(allowed(e) == "any");
  e.firewall.profiles.rows.back().local_rules = Reading<bool>{};
  CHECK(allowed(e) == "none .. any");

  Evidence off = host();
  off.firewall.profiles.rows.push_back(policy);
  off.firewall.profiles.rows.back().enabled = no();
  CHECK(allowed(off) == "any");
  off.firewall.profiles.rows.pop_back();
  off.firewall.profiles.complete = false;  // a policy may exist
  CHECK(allowed(off) == "none .. any");
}

TEST_CASE("inbound: a store that was not read may hold any rule") {
  Evidence unread = host();
  unread.firewall.policy_rules.complete = false;
  unread.firewall.policy_rules.unreadable = Unknown{UnknownReason::AccessDenied, {}, "error 5"};
  CHECK(allowed(unread) == "none .. any");
  const Fact f = port_fact(unread, "allowed_from", {443, Protocol::Tcp});
  CHECK(f.unknowns.front().reason == UnknownReason::AccessDenied);

  unread.firewall.local_rules.rows = {allow("443")};
  CHECK(allowed(unread) == "none .. any");
  unread.firewall.local_rules.rows = {block("443")};  // a block that is certain holds whatever else there is
  CHECK(allowed(unread) == "none");

  CHECK(allowed(Evidence{}) == "none .. any");
}

TEST_CASE("inbound: without the active profile all three are judged") {
  FirewallRuleRow rule = allow("443");
  rule.profiles = {FirewallProfile::Domain};
  Evidence e = with({rule});
  CHECK(allowed(e) == "none");
  e.firewall.active = Reading<std::vector<FirewallProfile>>{};
  CHECK(allowed(e) == "none .. any");
  e.firewall.local_rules.rows = {allow("443")};
  CHECK(allowed(e) == "any");
  e.firewall.profiles.rows[0].enabled = no();
  CHECK(allowed(e) == "any");
  e.firewall.local_rules.rows.clear();
  CHECK(allowed(e) == "none .. any");
  e.firewall.active =
      Reading<std::vector<FirewallProfile>>::of({FirewallProfile::Domain, FirewallProfile::Public});
  CHECK(allowed(e) == "none .. any");
}

TEST_CASE("inbound: a limited rule counts only where it provably matches") {
  struct Case {
    const char* what;
    FirewallRuleRow rule;
    std::string expected;
  };
  const auto limited = [](void (*change)(FirewallRuleRow&)) {
    FirewallRuleRow rule = allow("443");
    change(rule);
    return rule;
  };
  const Case cases[] = {
      {"IPsec, users, unknown fields", limited([](FirewallRuleRow& r) { r.has_other_conditions = true; }),
       "none .. any"},
      {"interface", limited([](FirewallRuleRow& r) { r.interfaces = {"{guid}"}; }), "none .. any"},
      {"interface type", limited([](FirewallRuleRow& r) { r.interface_types = {"RemoteAccess"}; }),
       "none .. any"},
      {"any interface type", limited([](FirewallRuleRow& r) { r.interface_types = {"any"}; }), "any"},
      {"remote port", limited([](FirewallRuleRow& r) { r.remote_ports = {"49000"}; }), "none .. any"},
      {"foreign local address", limited([](FirewallRuleRow& r) { r.local_addresses = {"192.0.2.1"}; }),
       "none .. any"},
      {"all own addresses", limited([](FirewallRuleRow& r) {
         r.local_addresses = {"10.0.0.0/8", "fe80::/10"};
       }),
       "any"},
      {"program, nobody listening", limited([](FirewallRuleRow& r) { r.program = "C:\\x.exe"; }),
       "none .. any"},
      {"package", limited([](FirewallRuleRow& r) { r.has_owner_condition = true; }), "none .. any"},
      {"subnet", limited([](FirewallRuleRow& r) { r.remote_addresses = {"LocalSubnet"}; }),
       "{10.1.2.0/24, fe80::/64}"},
      {"subnet of one family", limited([](FirewallRuleRow& r) { r.remote_addresses = {"localsubnet4"}; }),
       "10.1.2.0/24"},
      {"unresolved keyword", limited([](FirewallRuleRow& r) { r.remote_addresses = {"DefaultGateway"}; }),
       "none .. any"},
      {"bypass", limited([](FirewallRuleRow& r) { r.bypass = true; }), "none .. any"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(allowed(with({c.rule})) == c.expected);
    FirewallRuleRow blocking = c.rule;
    blocking.allow = false;
    if (c.expected == "none .. any" && !blocking.bypass) {
      CHECK(allowed(with({allow("443"), blocking})) == "none .. any");
    }
  }
  Evidence elsewhere = with({limited([](FirewallRuleRow& r) { r.remote_addresses = {"LocalSubnet"}; })});
  elsewhere.host.addresses = {};
  CHECK(allowed(elsewhere) == "none .. any");
  // Authenticated bypass goes through block rules.
  CHECK(allowed(with({block("443"), limited([](FirewallRuleRow& r) { r.bypass = true; })})) == "none .. any");
}

TEST_CASE("inbound: programs and services are matched against who listens") {
  struct Case {
    const char* what;
    const char* program;
    const char* service;
    const char* process;
    const char* listening_service;
    const char* expected;
  };
  const Case cases[] = {
      {"kernel", "System", "", "System", "", "any"},
      {"kernel, other listener", "System", "", "nginx.exe", "", "none"},
      {"same path", "%SystemRoot%\\x.exe", "", "C:\\WINDOWS\\X.exe", "", "any"},
      {"other path", "C:\\y\\x.exe", "", "C:\\Windows\\x.exe", "", "none"},
      {"same file name only", "C:\\y\\mysqld.exe", "", "mysqld.exe", "", "none .. any"},
      {"other file name", "C:\\y\\mysqld.exe", "", "httpd.exe", "", "none"},
      {"process not known", "C:\\y\\mysqld.exe", "", "", "", "none .. any"},
      {"service", "", "MySQL", "mysqld.exe", "mysql", "any"},
      {"other service", "", "MySQL", "httpd.exe", "Apache", "none"},
      {"no service", "", "MySQL", "httpd.exe", "", "none"},
      {"any service", "", "*", "httpd.exe", "Apache", "any"},
      {"svchost and service", "%SystemRoot%\\system32\\svchost.exe", "TermService", "svchost.exe",
       "TermService", "any"},
      {"another service of svchost", "%SystemRoot%\\system32\\svchost.exe", "RPCSS", "svchost.exe",
       "RpcEptMapper", "none .. any"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    for (const std::string port : {"443", ""}) {
      FirewallRuleRow rule = allow(port);
      rule.program = c.program;
      rule.service = c.service;
      Evidence e = with({rule});
      e.tcp_listeners.rows = {listener(443, "0.0.0.0", c.process, c.listening_service)};
      CHECK(allowed(e) == c.expected);
    }
  }
}

TEST_CASE("inbound: a program's rule for any port matters only where the program may listen") {
  FirewallRuleRow rule = allow("");
  rule.program = "C:\\app\\app.exe";
  Evidence e = with({rule});
  CHECK(allowed(e) == "none");
  e.tcp_listeners.complete = false;
  CHECK(allowed(e) == "none .. any");

  FirewallRuleRow package = allow("");
  package.has_owner_condition = true;
  e = with({package});
  e.tcp_listeners.rows = {listener(443, "0.0.0.0", "System"), listener(80, "0.0.0.0", "app.exe")};
  CHECK(allowed(e) == "none");  // the kernel is in no application package
  CHECK(allowed(e, {80, Protocol::Tcp}) == "none .. any");
}

TEST_CASE("inbound: port keywords") {
  struct Case {
    const char* keyword;
    std::uint16_t port;
    bool listening;
    const char* expected;
  };
  const Case cases[] = {
      {"RPC", 49666, true, "none .. any"},     {"RPC", 49666, false, "none"},
      {"RPC-EPMap", 135, true, "none .. any"}, {"RPC-EPMap", 443, true, "none"},
      {"IPHTTPSIn", 443, true, "none .. any"}, {"IPHTTPSIn", 8484, true, "none"},
      {"Teredo", 443, true, "none"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.keyword, c.port, c.listening);
    Evidence e = with({allow(c.keyword)});
    if (c.listening) e.tcp_listeners.rows = {listener(c.port, "0.0.0.0", "x.exe")};
    CHECK(allowed(e, {c.port, Protocol::Tcp}) == c.expected);
  }
}

TEST_CASE("what is blocked is what is not allowed, boundwise") {
  FirewallRuleRow rule = allow("443");
  rule.remote_addresses = {"0.0.0.0/0"};
  const auto blocked = [](const Evidence& e) {
    return line(port_fact(e, "blocked_from", {443, Protocol::Tcp}));
  };
  CHECK(blocked(with({allow("443")})) == "none");
  CHECK_FALSE(value::is_subset(
      value::loopback_addresses(),
      port_fact(host(), "blocked_from", {443, Protocol::Tcp}).value.get<AddressSet>()->high));
}

TEST_CASE("a process whose whole path is known is named by its file") {
  Evidence e = host();
  e.tcp_listeners.rows = {listener(23, "0.0.0.0", "C:\\Windows\\telnetd.exe")};
  CHECK(line(port_fact(e, "process", {23, Protocol::Tcp})) == "{\"telnetd.exe\"}");
}

TEST_CASE("listening, listeners, processes and reachability follow the socket table") {
  Evidence e = with({allow("443")});
  e.tcp_listeners.rows = {listener(443, "127.0.0.1", "mysqld.exe")};
  const Port port{443, Protocol::Tcp};
  CHECK(line(port_fact(e, "listening", port)) == "true");
  CHECK(line(port_fact(e, "listening", {444, Protocol::Tcp})) == "false");
  CHECK(line(port_fact(e, "listening", {443, Protocol::Udp})) == "false");
  CHECK(line(port_fact(e, "process", port)) == "{\"mysqld.exe\"}");
  CHECK(line(port_fact(e, "reachable_from", port)) == "127.0.0.0/8");
  CHECK(line(port_fact(e, "reachable_from", {444, Protocol::Tcp})) == "none");

  e.tcp_listeners.rows = {listener(443, "0.0.0.0", "")};
  CHECK(line(port_fact(e, "reachable_from", port)) == "0.0.0.0/0");
  CHECK_FALSE(port_fact(e, "process", port).value.get<value::SetValue>()->exact());
  e.tcp_listeners.rows = {listener(443, "10.1.2.3", "x.exe"), listener(443, "::1", "x.exe")};
  CHECK(line(port_fact(e, "reachable_from", port)) == "{0.0.0.0/0, ::1}");
  const Fact dual = [&] {
    e.tcp_listeners.rows = {listener(443, "::", "x.exe")};
    return port_fact(e, "reachable_from", port);
  }();
  CHECK_FALSE(dual.value.get<AddressSet>()->exact());
  CHECK_FALSE(dual.unknowns.empty());

  e.tcp_listeners.complete = false;
  CHECK(line(port_fact(e, "listening", port)) == "true");
  CHECK(line(port_fact(e, "listening", {444, Protocol::Tcp})) == "unknown: not collected");
  CHECK(line(port_fact(e, "process", {444, Protocol::Tcp})) == "unknown: not collected");
}

TEST_CASE("firewall profiles and rules as facts") {
  Evidence e = with({allow("443")});
  const auto ask = [&](const char* attribute_name) {
    return line(fact(e, address(ResourceKind::Firewall, attribute_name, {Value(value::Symbol{"public"})})));
  };
  CHECK(ask("enabled") == "true");
  CHECK(ask("default_inbound") == "block");
  CHECK(ask("default_outbound") == "allow");
  CHECK(ask("local_rules") == "true");

  const auto rules = [&] { return fact(e, address(ResourceKind::FirewallRules, "items")); };
  REQUIRE(rules().value.get<value::ListValue>() != nullptr);
  CHECK(rules().value.get<value::ListValue>()->items.size() == 1);
  CHECK(rules().value.get<value::ListValue>()->complete);
  e.firewall.policy_rules.complete = false;
  CHECK_FALSE(rules().value.get<value::ListValue>()->complete);
  CHECK_FALSE(rules().unknowns.empty());
}

TEST_CASE("many ports against many rules stay fast") {
  std::vector<FirewallRuleRow> rules;
  for (int i = 0; i < 400; ++i) {
    FirewallRuleRow rule = allow(i % 4 == 0 ? "" : std::to_string(20000 + i));
    rule.program = "%SystemRoot%\\system32\\program" + std::to_string(i) + ".exe";
    rules.push_back(rule);
  }
  const Evidence e = with(rules);
  ir::Program program;
  for (std::uint16_t port = 40101; port <= 41000; ++port) {
    program.addresses.push_back(
        address(ResourceKind::Port, "allowed_from", {Value(Port{port, Protocol::Tcp})}));
  }
  const auto start = std::chrono::steady_clock::now();
  const HostFacts facts(program, e, value::Layer::Effective, kNow);
  const auto elapsed = std::chrono::steady_clock::now() - start;
  CHECK(facts.at(899).value.get<AddressSet>()->exact());
  CHECK(elapsed < std::chrono::seconds(1));
}

}  // namespace polc::derive::test
