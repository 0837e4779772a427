// Privileges and logon rights.
// Sources: MicrosoftDocs/windows-itpro-docs "User Rights Assignment" (titles); winnt.h and ntseapi.h (names, LUIDs).
#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/value/resource.hpp"

namespace polc::value {

const std::vector<PrivilegeInfo>& privileges() {
  static const std::vector<PrivilegeInfo> all{
      {"SeCreateTokenPrivilege", "Create a token object", 2},
      {"SeAssignPrimaryTokenPrivilege", "Replace a process level token", 3},
      {"SeLockMemoryPrivilege", "Lock pages in memory", 4},
      {"SeIncreaseQuotaPrivilege", "Adjust memory quotas for a process", 5},
      {"SeMachineAccountPrivilege", "Add workstations to domain", 6},
      {"SeTcbPrivilege", "Act as part of the operating system", 7},
      {"SeSecurityPrivilege", "Manage auditing and security log", 8},
      {"SeTakeOwnershipPrivilege", "Take ownership of files or other objects", 9},
      {"SeLoadDriverPrivilege", "Load and unload device drivers", 10},
      {"SeSystemProfilePrivilege", "Profile system performance", 11},
      {"SeSystemtimePrivilege", "Change the system time", 12},
      {"SeProfileSingleProcessPrivilege", "Profile single process", 13},
      {"SeIncreaseBasePriorityPrivilege", "Increase scheduling priority", 14},
      {"SeCreatePagefilePrivilege", "Create a pagefile", 15},
      {"SeCreatePermanentPrivilege", "Create permanent shared objects", 16},
      {"SeBackupPrivilege", "Back up files and directories", 17},
      {"SeRestorePrivilege", "Restore files and directories", 18},
      {"SeShutdownPrivilege", "Shut down the system", 19},
      {"SeDebugPrivilege", "Debug programs", 20},
      {"SeAuditPrivilege", "Generate security audits", 21},
      {"SeSystemEnvironmentPrivilege", "Modify firmware environment values", 22},
      {"SeChangeNotifyPrivilege", "Bypass traverse checking", 23},
      {"SeRemoteShutdownPrivilege", "Force shutdown from a remote system", 24},
      {"SeUndockPrivilege", "Remove computer from docking station", 25},
      {"SeSyncAgentPrivilege", "Synchronize directory service data", 26},
      {"SeEnableDelegationPrivilege", "Enable computer and user accounts to be trusted for delegation", 27},
      {"SeManageVolumePrivilege", "Perform volume maintenance tasks", 28},
      {"SeImpersonatePrivilege", "Impersonate a client after authentication", 29},
      {"SeCreateGlobalPrivilege", "Create global objects", 30},
      {"SeTrustedCredManAccessPrivilege", "Access Credential Manager as a trusted caller", 31},
      {"SeRelabelPrivilege", "Modify an object label", 32},
      {"SeIncreaseWorkingSetPrivilege", "Increase a process working set", 33},
      {"SeTimeZonePrivilege", "Change the time zone", 34},
      {"SeCreateSymbolicLinkPrivilege", "Create symbolic links", 35},
      {"SeDelegateSessionUserImpersonatePrivilege",
       "Obtain an impersonation token for another user in the same session", 36},
      // Logon rights are kept as bits of an account, not as LUIDs.
      {"SeInteractiveLogonRight", "Allow log on locally", 0},
      {"SeNetworkLogonRight", "Access this computer from the network", 0},
      {"SeBatchLogonRight", "Log on as a batch job", 0},
      {"SeServiceLogonRight", "Log on as a service", 0},
      {"SeRemoteInteractiveLogonRight", "Allow log on through Remote Desktop Services", 0},
      {"SeDenyInteractiveLogonRight", "Deny log on locally", 0},
      {"SeDenyNetworkLogonRight", "Deny access to this computer from the network", 0},
      {"SeDenyBatchLogonRight", "Deny log on as a batch job", 0},
      {"SeDenyServiceLogonRight", "Deny log on as a service", 0},
      {"SeDenyRemoteInteractiveLogonRight", "Deny log on through Remote Desktop Services", 0},
  };
  return all;
}

const PrivilegeInfo* find_privilege(std::string_view name) {
  const auto& all = privileges();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const PrivilegeInfo& p) { return base::equal_folded(p.name, name); });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace polc::value
