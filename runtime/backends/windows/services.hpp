// The service control manager, for the collectors that need it. Windows only.
#pragma once

#include <windows.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

/// One service as the manager lists it.
struct ListedService {
  std::wstring name;
  DWORD state = 0;       ///< SERVICE_STATUS_PROCESS::dwCurrentState
  DWORD process_id = 0;  ///< 0 when it does not run
};

/// All services that this user may see; those he may not see Windows leaves out without a word. `failed` says why the
/// list is not whole otherwise.
struct ServiceList {
  std::vector<ListedService> services;
  std::optional<value::Unknown> failed;
};

ServiceList list_services(SC_HANDLE manager);

/// Names of the services that a process hosts, by process.
std::map<DWORD, std::vector<std::wstring>> services_by_process();

}  // namespace polc::backends::windows
