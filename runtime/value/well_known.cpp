// Well-known principals. Of several aliases of one SID the first is the one shown.
// Sources: [MS-DTYP] 2.4.2.4; MicrosoftDocs/windowsserverdocs "Security identifiers"; well-known SID structures of the
// Windows SDK (WELL_KNOWN_SID_TYPE).
#include "runtime/value/resource.hpp"

namespace polc::value {
namespace {

constexpr std::uint32_t kAbsolute = 0;
constexpr bool kOfDomain = true;
constexpr bool kOfMachine = false;

}  // namespace

const std::vector<WellKnownPrincipal>& well_known_principals() {
  static const std::vector<WellKnownPrincipal> all{
      // Universal.
      {"NULL SID", "S-1-0-0", kAbsolute, false},
      {"Everyone", "S-1-1-0", kAbsolute, false},
      {"LOCAL", "S-1-2-0", kAbsolute, false},
      {"CONSOLE LOGON", "S-1-2-1", kAbsolute, false},
      {"CREATOR OWNER", "S-1-3-0", kAbsolute, false},
      {"CREATOR GROUP", "S-1-3-1", kAbsolute, false},
      {"CREATOR OWNER SERVER", "S-1-3-2", kAbsolute, false},
      {"CREATOR GROUP SERVER", "S-1-3-3", kAbsolute, false},
      {"OWNER RIGHTS", "S-1-3-4", kAbsolute, false},
      // NT AUTHORITY.
      {"DIALUP", "S-1-5-1", kAbsolute, false},
      {"NETWORK", "S-1-5-2", kAbsolute, false},
      {"BATCH", "S-1-5-3", kAbsolute, false},
      {"INTERACTIVE", "S-1-5-4", kAbsolute, false},
      {"SERVICE", "S-1-5-6", kAbsolute, false},
      {"ANONYMOUS LOGON", "S-1-5-7", kAbsolute, false},
      {"PROXY", "S-1-5-8", kAbsolute, false},
      {"ENTERPRISE DOMAIN CONTROLLERS", "S-1-5-9", kAbsolute, false},
      {"SELF", "S-1-5-10", kAbsolute, false},
      {"Authenticated Users", "S-1-5-11", kAbsolute, false},
      {"RESTRICTED", "S-1-5-12", kAbsolute, false},
      {"TERMINAL SERVER USER", "S-1-5-13", kAbsolute, false},
      {"REMOTE INTERACTIVE LOGON", "S-1-5-14", kAbsolute, false},
      {"This Organization", "S-1-5-15", kAbsolute, false},
      {"IUSR", "S-1-5-17", kAbsolute, false},
      {"SYSTEM", "S-1-5-18", kAbsolute, false},
      {"LocalSystem", "S-1-5-18", kAbsolute, false},
      {"LOCAL SERVICE", "S-1-5-19", kAbsolute, false},
      {"LocalService", "S-1-5-19", kAbsolute, false},
      {"NETWORK SERVICE", "S-1-5-20", kAbsolute, false},
      {"NetworkService", "S-1-5-20", kAbsolute, false},
      {"WRITE RESTRICTED", "S-1-5-33", kAbsolute, false},
      {"NTLM Authentication", "S-1-5-64-10", kAbsolute, false},
      {"SChannel Authentication", "S-1-5-64-14", kAbsolute, false},
      {"Digest Authentication", "S-1-5-64-21", kAbsolute, false},
      {"This Organization Certificate", "S-1-5-65-1", kAbsolute, false},
      {"USER MODE DRIVERS", "S-1-5-84-0-0-0-0-0", kAbsolute, false},
      {"Local account", "S-1-5-113", kAbsolute, false},
      {"Local account and member of Administrators group", "S-1-5-114", kAbsolute, false},
      {"Other Organization", "S-1-5-1000", kAbsolute, false},
      // Virtual accounts.
      {"ALL SERVICES", "S-1-5-80-0", kAbsolute, false},
      {"Virtual Machines", "S-1-5-83-0", kAbsolute, false},
      {"Window Manager Group", "S-1-5-90-0", kAbsolute, false},
      // BUILTIN.
      {"Administrators", "S-1-5-32-544", kAbsolute, false},
      {"Users", "S-1-5-32-545", kAbsolute, false},
      {"Guests", "S-1-5-32-546", kAbsolute, false},
      {"Power Users", "S-1-5-32-547", kAbsolute, false},
      {"Account Operators", "S-1-5-32-548", kAbsolute, false},
      {"Server Operators", "S-1-5-32-549", kAbsolute, false},
      {"Print Operators", "S-1-5-32-550", kAbsolute, false},
      {"Backup Operators", "S-1-5-32-551", kAbsolute, false},
      {"Replicator", "S-1-5-32-552", kAbsolute, false},
      {"Pre-Windows 2000 Compatible Access", "S-1-5-32-554", kAbsolute, false},
      {"Remote Desktop Users", "S-1-5-32-555", kAbsolute, false},
      {"Network Configuration Operators", "S-1-5-32-556", kAbsolute, false},
      {"Incoming Forest Trust Builders", "S-1-5-32-557", kAbsolute, false},
      {"Performance Monitor Users", "S-1-5-32-558", kAbsolute, false},
      {"Performance Log Users", "S-1-5-32-559", kAbsolute, false},
      {"Windows Authorization Access Group", "S-1-5-32-560", kAbsolute, false},
      {"Terminal Server License Servers", "S-1-5-32-561", kAbsolute, false},
      {"Distributed COM Users", "S-1-5-32-562", kAbsolute, false},
      {"IIS_IUSRS", "S-1-5-32-568", kAbsolute, false},
      {"Cryptographic Operators", "S-1-5-32-569", kAbsolute, false},
      {"Event Log Readers", "S-1-5-32-573", kAbsolute, false},
      {"Certificate Service DCOM Access", "S-1-5-32-574", kAbsolute, false},
      {"RDS Remote Access Servers", "S-1-5-32-575", kAbsolute, false},
      {"RDS Endpoint Servers", "S-1-5-32-576", kAbsolute, false},
      {"RDS Management Servers", "S-1-5-32-577", kAbsolute, false},
      {"Hyper-V Administrators", "S-1-5-32-578", kAbsolute, false},
      {"Access Control Assistance Operators", "S-1-5-32-579", kAbsolute, false},
      {"Remote Management Users", "S-1-5-32-580", kAbsolute, false},
      {"System Managed Accounts Group", "S-1-5-32-581", kAbsolute, false},
      {"Storage Replica Administrators", "S-1-5-32-582", kAbsolute, false},
      {"Device Owners", "S-1-5-32-583", kAbsolute, false},
      {"User Mode Hardware Operators", "S-1-5-32-584", kAbsolute, false},
      {"OpenSSH Users", "S-1-5-32-585", kAbsolute, false},
      // Application packages, integrity levels, asserted identities.
      {"ALL APPLICATION PACKAGES", "S-1-15-2-1", kAbsolute, false},
      {"ALL RESTRICTED APPLICATION PACKAGES", "S-1-15-2-2", kAbsolute, false},
      {"Untrusted Mandatory Level", "S-1-16-0", kAbsolute, false},
      {"Low Mandatory Level", "S-1-16-4096", kAbsolute, false},
      {"Medium Mandatory Level", "S-1-16-8192", kAbsolute, false},
      {"Medium Plus Mandatory Level", "S-1-16-8448", kAbsolute, false},
      {"High Mandatory Level", "S-1-16-12288", kAbsolute, false},
      {"System Mandatory Level", "S-1-16-16384", kAbsolute, false},
      {"Protected Process Mandatory Level", "S-1-16-20480", kAbsolute, false},
      {"Authentication authority asserted identity", "S-1-18-1", kAbsolute, false},
      {"Service asserted identity", "S-1-18-2", kAbsolute, false},
      // Below the SID of the machine's own account database.
      {"Administrator", "", 500, kOfMachine},
      {"Guest", "", 501, kOfMachine},
      {"DefaultAccount", "", 503, kOfMachine},
      {"WDAGUtilityAccount", "", 504, kOfMachine},
      // Below the SID of the domain.
      {"Enterprise Read-only Domain Controllers", "", 498, kOfDomain},
      {"krbtgt", "", 502, kOfDomain},
      {"Domain Admins", "", 512, kOfDomain},
      {"Domain Users", "", 513, kOfDomain},
      {"Domain Guests", "", 514, kOfDomain},
      {"Domain Computers", "", 515, kOfDomain},
      {"Domain Controllers", "", 516, kOfDomain},
      {"Cert Publishers", "", 517, kOfDomain},
      {"Schema Admins", "", 518, kOfDomain},
      {"Enterprise Admins", "", 519, kOfDomain},
      {"Group Policy Creator Owners", "", 520, kOfDomain},
      {"Read-only Domain Controllers", "", 521, kOfDomain},
      {"Cloneable Domain Controllers", "", 522, kOfDomain},
      {"Protected Users", "", 525, kOfDomain},
      {"Key Admins", "", 526, kOfDomain},
      {"Enterprise Key Admins", "", 527, kOfDomain},
      {"RAS and IAS Servers", "", 553, kOfDomain},
      {"Allowed RODC Password Replication Group", "", 571, kOfDomain},
      {"Denied RODC Password Replication Group", "", 572, kOfDomain},
  };
  return all;
}

}  // namespace polc::value
