#include "runtime/formats/firewall_rule.hpp"

#include <string>

#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

namespace polc::formats {
namespace {

using value::FirewallProfile;
using List = std::vector<std::string>;

value::FirewallRuleRow rule(std::string_view text) {
  auto parsed = parse_firewall_rule(text);
  REQUIRE(parsed);
  return *parsed;
}

std::string error(std::string_view text) {
  const auto parsed = parse_firewall_rule(text);
  REQUIRE_FALSE(parsed);
  return parsed.error().what;
}

}  // namespace

TEST_CASE("a firewall rule's fields are read, repeated ones as lists") {
  const auto row = rule(
      "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|Profile=Private|LPort=443|LPort=80,"
      "8080|"
      "LPort2_10=70-74|RPort=49000|LA4=10.0.0.1|RA4=10.0.0.0/255.0.0.0|RA6=LocalSubnet|RA42=LocalSubnet|"
      "IFType=Lan|App=%SystemRoot%\\system32\\svchost.exe|Svc=W3SVC|Name=Web|Desc=Web "
      "server|EmbedCtxt=IIS|Edge=TRUE|");
  CHECK(row.allow);
  CHECK(row.active);
  CHECK(row.inbound);
  CHECK(row.protocol == 6U);
  CHECK(row.profiles == std::vector{FirewallProfile::Domain, FirewallProfile::Private});
  CHECK(row.local_ports == List{"443", "80", "8080", "70-74"});
  CHECK(row.remote_ports == List{"49000"});
  CHECK(row.local_addresses == List{"10.0.0.1"});
  CHECK(row.remote_addresses == List{"10.0.0.0/255.0.0.0", "LocalSubnet", "LocalSubnet"});
  CHECK(row.interface_types == List{"Lan"});
  CHECK(row.program == "%SystemRoot%\\system32\\svchost.exe");
  CHECK(row.service == "W3SVC");
  CHECK(row.name == "Web");
  CHECK(row.group == "IIS");
  CHECK(row.edge_traversal);
  CHECK_FALSE(row.has_other_conditions);
  CHECK_FALSE(row.has_owner_condition);
}

TEST_CASE("what a rule leaves out means any, except that only Active=TRUE makes it active") {
  const auto row = rule("v2.0|Action=Block|Dir=Out|Name=x");
  CHECK_FALSE(row.active);
  CHECK_FALSE(row.allow);
  CHECK_FALSE(row.inbound);
  CHECK_FALSE(row.protocol);
  CHECK(row.profiles.empty());
  CHECK(row.local_ports.empty());
  CHECK_FALSE(rule("v2.0|Action=Block|Dir=Out|Protocol=256|").protocol);
}

TEST_CASE("conditions that are not modelled are never dropped") {
  struct Case {
    const char* field;
    bool other, owner;
  };
  const Case cases[] = {
      {"Security=Authenticate", true, false},
      {"RUAuth=O:LSD:(A;;CC;;;AU)", true, false},
      {"Platform=2:6:2", true, false},
      {"SomethingNew=1", true, false},
      {"TTK2_27=x", true, false},
      {"AppPkgId=S-1-15-2-1", false, true},
      {"PFN=Contoso.App_x", false, true},
      {"LUOwn=S-1-5-21-1-2-3-4", true, false},
      {"LUAuth=D:(A;;CC;;;SY)", true, false},
      {"Desc=words", false, false},
      {"ICMP4=8:*", false, false},
      {"Defer=App", false, false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.field);
    const auto row = rule(std::string("v2.31|Action=Allow|Active=TRUE|Dir=In|") + c.field + "|");
    CHECK(row.has_other_conditions == c.other);
    CHECK(row.has_owner_condition == c.owner);
  }
  CHECK(rule("v2.31|Action=ByPass|Active=TRUE|Dir=In|").bypass);
}

TEST_CASE("text that Windows would not take for a rule is refused") {
  CHECK(error("") == "firewall rule does not begin with its version, such as \"v2.31|\"");
  CHECK(error("Action=Allow|Dir=In|") == "firewall rule does not begin with its version, such as \"v2.31|\"");
  CHECK(error("v2.31|Action=Allow|") == "firewall rule has no Dir");
  CHECK(error("v2.31|Dir=In|") == "firewall rule has no Action");
  CHECK(error("v2.31|Action=Permit|Dir=In|") == "unknown Action \"Permit\"");
  CHECK(error("v2.31|Action=Allow|Dir=In|LPort=70000|") == "unknown port \"70000\"");
  CHECK(error("v2.31|Action=Allow|Dir=In|LPort=80-70|") == "unknown port \"80-70\"");
  CHECK(error("v2.31|Action=Allow|Dir=In|Protocol=999|") == "unknown Protocol \"999\"");
  CHECK(error("v2.31|Action=Allow|Dir=In|Active=yes|") == "\"yes\" is neither TRUE nor FALSE");
  CHECK(error("v2.31|Action=Allow|Dir=In|Profile=Home|") == "unknown Profile \"Home\"");
  CHECK(error("v2.31|Action=Allow|Dir|") == "\"Dir\" is not a field of a firewall rule (name=value)");
  CHECK(parse_firewall_rule("v2.31|Action=Allow|Dir=In|Profile=Home|").error().offset == 26);
}

TEST_CASE("a firewall rule that says two things where it can mean one is refused") {
  CHECK(error("v2.31|Action=Allow|action=Block|Dir=In|") == "\"action\" is given twice");
  CHECK(error("v2.31|Action=Allow|Active=TRUE|Active=FALSE|Dir=In|") == "\"Active\" is given twice");
  CHECK(error("v2.31|Action=Allow|Dir=In|Dir=Out|") == "\"Dir\" is given twice");
  CHECK(error("v2.31|Action=Allow|Dir=In|Protocol=6|Protocol=17|") == "\"Protocol\" is given twice");
  CHECK(error("v2.31|Action=Allow|Dir=In|App=C:\\a.exe|App=System|") == "\"App\" is given twice");
  CHECK(rule("v2.31|Action=Allow|Dir=In|LPort=80|LPort=443|").local_ports.size() == 2);
}

TEST_CASE("the length of a firewall rule is bounded") {
  const std::string head = "v2.31|Action=Allow|Dir=In|Name=";
  const std::string longest = head + std::string(limits::kFirewallRuleBytes - head.size(), 'x');
  CHECK(parse_firewall_rule(longest));
  CHECK(error(longest + "x") == "firewall rule is too long");
}

}  // namespace polc::formats
