// Subcategories of the advanced audit policy. Sources: [MS-GPAC] 2.2.1.2, ntsecapi.h.
#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/resource.hpp"

namespace polc::value {

const std::vector<AuditSubcategory>& audit_subcategories() {
  static const std::vector<AuditSubcategory> all{
      // System
      {"Security State Change", "0cce9210-69ae-11d9-bed3-505054503030"},
      {"Security System Extension", "0cce9211-69ae-11d9-bed3-505054503030"},
      {"System Integrity", "0cce9212-69ae-11d9-bed3-505054503030"},
      {"IPsec Driver", "0cce9213-69ae-11d9-bed3-505054503030"},
      {"Other System Events", "0cce9214-69ae-11d9-bed3-505054503030"},
      // Logon/Logoff
      {"Logon", "0cce9215-69ae-11d9-bed3-505054503030"},
      {"Logoff", "0cce9216-69ae-11d9-bed3-505054503030"},
      {"Account Lockout", "0cce9217-69ae-11d9-bed3-505054503030"},
      {"IPsec Main Mode", "0cce9218-69ae-11d9-bed3-505054503030"},
      {"IPsec Quick Mode", "0cce9219-69ae-11d9-bed3-505054503030"},
      {"IPsec Extended Mode", "0cce921a-69ae-11d9-bed3-505054503030"},
      {"Special Logon", "0cce921b-69ae-11d9-bed3-505054503030"},
      {"Other Logon/Logoff Events", "0cce921c-69ae-11d9-bed3-505054503030"},
      {"Network Policy Server", "0cce9243-69ae-11d9-bed3-505054503030"},
      {"User / Device Claims", "0cce9247-69ae-11d9-bed3-505054503030"},
      {"Group Membership", "0cce9249-69ae-11d9-bed3-505054503030"},
      // Object Access
      {"File System", "0cce921d-69ae-11d9-bed3-505054503030"},
      {"Registry", "0cce921e-69ae-11d9-bed3-505054503030"},
      {"Kernel Object", "0cce921f-69ae-11d9-bed3-505054503030"},
      {"SAM", "0cce9220-69ae-11d9-bed3-505054503030"},
      {"Certification Services", "0cce9221-69ae-11d9-bed3-505054503030"},
      {"Application Generated", "0cce9222-69ae-11d9-bed3-505054503030"},
      {"Handle Manipulation", "0cce9223-69ae-11d9-bed3-505054503030"},
      {"File Share", "0cce9224-69ae-11d9-bed3-505054503030"},
      {"Filtering Platform Packet Drop", "0cce9225-69ae-11d9-bed3-505054503030"},
      {"Filtering Platform Connection", "0cce9226-69ae-11d9-bed3-505054503030"},
      {"Other Object Access Events", "0cce9227-69ae-11d9-bed3-505054503030"},
      {"Detailed File Share", "0cce9244-69ae-11d9-bed3-505054503030"},
      {"Removable Storage", "0cce9245-69ae-11d9-bed3-505054503030"},
      {"Central Policy Staging", "0cce9246-69ae-11d9-bed3-505054503030"},
      // Privilege Use
      {"Sensitive Privilege Use", "0cce9228-69ae-11d9-bed3-505054503030"},
      {"Non Sensitive Privilege Use", "0cce9229-69ae-11d9-bed3-505054503030"},
      {"Other Privilege Use Events", "0cce922a-69ae-11d9-bed3-505054503030"},
      // Detailed Tracking
      {"Process Creation", "0cce922b-69ae-11d9-bed3-505054503030"},
      {"Process Termination", "0cce922c-69ae-11d9-bed3-505054503030"},
      {"DPAPI Activity", "0cce922d-69ae-11d9-bed3-505054503030"},
      {"RPC Events", "0cce922e-69ae-11d9-bed3-505054503030"},
      {"Plug and Play Events", "0cce9248-69ae-11d9-bed3-505054503030"},
      {"PNP Activity", "0cce9248-69ae-11d9-bed3-505054503030"},  // its title in the Group Policy editor
      {"Token Right Adjusted Events", "0cce924a-69ae-11d9-bed3-505054503030"},
      // Policy Change
      {"Audit Policy Change", "0cce922f-69ae-11d9-bed3-505054503030"},
      {"Authentication Policy Change", "0cce9230-69ae-11d9-bed3-505054503030"},
      {"Authorization Policy Change", "0cce9231-69ae-11d9-bed3-505054503030"},
      {"MPSSVC Rule-Level Policy Change", "0cce9232-69ae-11d9-bed3-505054503030"},
      {"Filtering Platform Policy Change", "0cce9233-69ae-11d9-bed3-505054503030"},
      {"Other Policy Change Events", "0cce9234-69ae-11d9-bed3-505054503030"},
      // Account Management
      {"User Account Management", "0cce9235-69ae-11d9-bed3-505054503030"},
      {"Computer Account Management", "0cce9236-69ae-11d9-bed3-505054503030"},
      {"Security Group Management", "0cce9237-69ae-11d9-bed3-505054503030"},
      {"Distribution Group Management", "0cce9238-69ae-11d9-bed3-505054503030"},
      {"Application Group Management", "0cce9239-69ae-11d9-bed3-505054503030"},
      {"Other Account Management Events", "0cce923a-69ae-11d9-bed3-505054503030"},
      // DS Access
      {"Directory Service Access", "0cce923b-69ae-11d9-bed3-505054503030"},
      {"Directory Service Changes", "0cce923c-69ae-11d9-bed3-505054503030"},
      {"Directory Service Replication", "0cce923d-69ae-11d9-bed3-505054503030"},
      {"Detailed Directory Service Replication", "0cce923e-69ae-11d9-bed3-505054503030"},
      // Account Logon
      {"Credential Validation", "0cce923f-69ae-11d9-bed3-505054503030"},
      {"Kerberos Service Ticket Operations", "0cce9240-69ae-11d9-bed3-505054503030"},
      {"Other Account Logon Events", "0cce9241-69ae-11d9-bed3-505054503030"},
      {"Kerberos Authentication Service", "0cce9242-69ae-11d9-bed3-505054503030"},
  };
  return all;
}

const AuditSubcategory* find_audit_subcategory(std::string_view name_or_guid) {
  const auto guid = canonical_guid(name_or_guid);
  const auto& all = audit_subcategories();
  const auto found = std::find_if(all.begin(), all.end(), [&](const AuditSubcategory& s) {
    return guid ? s.guid == *guid : base::equal_folded(s.name, name_or_guid);
  });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace polc::value
