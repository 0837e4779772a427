#include "runtime/value/fact_table.hpp"
#include "tests/unit/catch.hpp"
#include "tests/unit/value/support.hpp"

using namespace polc::value;
using namespace polc::value::testing;

namespace {

Address address(const char* resource, const char* attribute, std::vector<Value> arguments) {
  const ResourceInfo& info = *find_resource(resource);
  return {info.kind, find_attribute(info, attribute).value(), std::move(arguments)};
}

}  // namespace

TEST_CASE("addresses read as a policy writes them, and as a qualified name") {
  struct Row {
    Address address;
    const char* text;
    const char* name;
  };
  const Row rows[] = {
      {address("registry", "value", {text("HKLM\\SYSTEM\\Select"), text("Current"), Value(), Value()}),
       "registry('HKLM\\SYSTEM\\Select', 'Current')", "registry/HKLM/SYSTEM/Select/Current"},
      {address("registry", "value",
               {text("HKLM\\SOFTWARE\\Ciphers\\RC4 128/128"), text("Enabled"), number(32), Value()}),
       "registry('HKLM\\SOFTWARE\\Ciphers\\RC4 128/128', 'Enabled', view: 32)",
       "registry/HKLM/SOFTWARE/Ciphers/RC4 128%2F128/Enabled/32"},
      {address("registry", "value", {text("HKCU\\X"), text(""), Value(), who("SYSTEM")}),
       "registry('HKCU\\X', '', user: SYSTEM)", "registry/HKCU/X//SYSTEM"},
      {address("port", "listening", {Value(Port{443, Protocol::Tcp})}), "port(443/tcp).listening",
       "port/443/tcp/listening"},
      {address("user_right", "holders", {text("SeTcbPrivilege")}), "user_right(SeTcbPrivilege)",
       "user_right/SeTcbPrivilege"},
      {address("gpo", "value", {text("Computer Configuration/X/Turn off Autoplay"), Value()}),
       "gpo(\"Computer Configuration/X/Turn off Autoplay\")",
       "gpo/Computer Configuration/X/Turn off Autoplay"},
      {address("gpo", "option", {text("X/Y"), Value(), text("Drives")}), "gpo(\"X/Y\").option(\"Drives\")",
       "gpo/X/Y/Drives"},
      {address("host", "role", {}), "host.role", "host/role"},
      {address("iis_paths", "paths", {}), "iis_paths", "iis_paths"},
      {address("acl", "allow", {text("C:\\LTShare")}), "acl('C:\\LTShare')", "acl/C:/LTShare"},
      {address("http", "headers", {text("https://localhost/"), text(""), text("1.0"), Value()}),
       "http(\"https://localhost/\", host: \"\", version: \"1.0\").headers",
       "http/https://localhost///1.0/headers"},
      {address("account", "enabled", {Value(), number(501)}), "account(rid: 501)", "account/501"},
  };
  for (const Row& row : rows) {
    CHECK(to_text(row.address) == row.text);
    CHECK(qualified_name(row.address) == row.name);
  }
}
