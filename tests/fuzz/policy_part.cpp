// Any bytes as a part of a Group Policy object or an export, down to evidence: read or refused. Passwords of preferences
// never survive.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "runtime/backends/auditpol/auditpol.hpp"
#include "runtime/backends/gpo/firewall_policy.hpp"
#include "runtime/backends/gpo/preferences.hpp"
#include "runtime/backends/gpo/registry_policy.hpp"
#include "runtime/backends/reg/reg.hpp"
#include "runtime/backends/secedit/secedit.hpp"

namespace {

using namespace polc;

void read_as_targets(std::string_view bytes) {
  const backends::Target target{.name = "a", .bytes = bytes};
  for (const backends::Backend* backend :
       {&backends::reg_backend(), &backends::secedit_backend(), &backends::auditpol_backend()}) {
    base::DiagnosticSink sink;
    const auto all = backend->collect(target, {}, sink);
    if (!all && !sink.has_errors()) std::abort();
    backend->capabilities(&target);
  }
}

void read_as_parts(std::string_view bytes) {
  value::Evidence evidence;
  backends::RegistryBuilder registry(evidence, nullptr);
  backends::gpo::read_registry_policy(bytes, backends::gpo::Half::Machine, "a", evidence, registry);
  registry.begin_part();
  std::string xml(bytes);
  backends::gpo::erase_passwords(xml);
  const std::string erased = xml;
  backends::gpo::erase_passwords(xml);
  if (xml != erased || xml.size() != bytes.size()) std::abort();
  if (const auto root = formats::parse_xml(xml)) {
    backends::gpo::read_registry_preferences(*root, backends::gpo::Half::User, "a", evidence, registry);
    backends::gpo::read_group_preferences(*root, "a", evidence);
    backends::gpo::read_service_preferences(*root, "a", evidence);
  }
  registry.close("HKLM", 0);
  registry.close("HKU", 0);
  backends::gpo::read_firewall_policy(evidence);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_as_targets(bytes);
  read_as_parts(bytes);
  return 0;
}
