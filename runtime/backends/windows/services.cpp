// Services with their state, start type and account. Drivers are none.
#include "runtime/backends/windows/services.hpp"

#include <array>
#include <set>

#include "runtime/backends/windows/collectors.hpp"
#include "runtime/backends/windows/conversions.hpp"
#include "runtime/backends/windows/live_section.hpp"
#include "runtime/backends/windows/registry_keys.hpp"
#include "runtime/backends/windows/text.hpp"
#include "runtime/base/casefold.hpp"

namespace polc::backends::windows {
namespace {

using value::PrincipalEvidence;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kServicesKey = "HKLM\\SYSTEM\\CurrentControlSet\\Services";

ServiceHandle open_manager() {
  return ServiceHandle(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT | SC_MANAGER_ENUMERATE_SERVICE));
}

/// Whatever QueryServiceConfigW and QueryServiceConfig2W answer with.
template <class Query>
std::vector<BYTE> queried(Query query, DWORD& error) {
  constexpr DWORD kMost = 8192;  // bytes; the API's own limit
  std::vector<BYTE> buffer(kMost);
  DWORD needed = 0;
  error = query(buffer.data(), kMost, &needed) != 0 ? ERROR_SUCCESS : GetLastError();
  return buffer;
}

bool starts_delayed(SC_HANDLE service, DWORD& error) {
  const auto buffer = queried(
      [&](BYTE* data, DWORD room, DWORD* needed) {
        return QueryServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, data, room, needed);
      },
      error);
  const auto* info = reinterpret_cast<const SERVICE_DELAYED_AUTO_START_INFO*>(buffer.data());
  return error == ERROR_SUCCESS && info->fDelayedAutostart != 0;
}

Reading<std::string> start_reading(SC_HANDLE service, DWORD type, value::OriginId origin) {
  DWORD error = ERROR_SUCCESS;
  const bool delayed = type == SERVICE_AUTO_START && starts_delayed(service, error);
  if (error != ERROR_SUCCESS)
    return Reading<std::string>::unreadable(failure("QueryServiceConfig2W", error, kAdministrator), origin);
  if (const auto start = service_start(type, delayed))
    return Reading<std::string>::of(std::string(*start), origin);
  return Reading<std::string>::unreadable({UnknownReason::Corrupt, {}, "start type " + std::to_string(type)},
                                          origin);
}

Reading<PrincipalEvidence> account_reading(std::wstring_view name, value::OriginId origin) {
  auto text = exact_text(name);
  if (!text) return Reading<PrincipalEvidence>::unreadable(no_text("the name of the account"), origin);
  if (text->empty()) text = "LocalSystem";  // what the API means by no name
  return Reading<PrincipalEvidence>::of({.sid = {}, .name = std::move(*text)}, origin);
}

void refuse_configuration(value::ServiceRow& row, const Unknown& why) {
  row.start = Reading<std::string>::unreadable(why, row.origin);
  row.account = Reading<PrincipalEvidence>::unreadable(why, row.origin);
}

void read_configuration(SC_HANDLE manager, const std::wstring& name, value::ServiceRow& row) {
  const ServiceHandle service(OpenServiceW(manager, name.c_str(), SERVICE_QUERY_CONFIG));
  if (!service) return refuse_configuration(row, failure("OpenServiceW", GetLastError(), kAdministrator));
  DWORD error = ERROR_SUCCESS;
  const auto buffer = queried(
      [&](BYTE* data, DWORD room, DWORD* needed) {
        return QueryServiceConfigW(service.get(), reinterpret_cast<QUERY_SERVICE_CONFIGW*>(data), room,
                                   needed);
      },
      error);
  if (error != ERROR_SUCCESS)
    return refuse_configuration(row, failure("QueryServiceConfigW", error, kAdministrator));
  const auto* config = reinterpret_cast<const QUERY_SERVICE_CONFIGW*>(buffer.data());
  row.start = start_reading(service.get(), config->dwStartType, row.origin);
  row.account = account_reading(view(config->lpServiceStartName), row.origin);
}

value::ServiceRow new_row(value::Evidence& evidence, const std::wstring& name) {
  value::ServiceRow row;
  row.name = os::utf8_text(name);
  row.origin = add_origin(evidence, "service " + row.name);
  return row;
}

bool add_listed(value::Evidence& evidence, SC_HANDLE manager, const ListedService& listed) {
  value::ServiceRow row = new_row(evidence, listed.name);
  if (!exact_text(listed.name)) leave_open(evidence.services, no_text("the name of a service"));
  if (const auto state = service_state(listed.state)) {
    row.state = Reading<std::string>::of(std::string(*state), row.origin);
  } else {
    row.state = Reading<std::string>::unreadable(
        {UnknownReason::Corrupt, {}, "state " + std::to_string(listed.state)}, row.origin);
  }
  read_configuration(manager, listed.name, row);
  return add_row(evidence.services, std::move(row));
}

/// A service that the list lacks becomes a row of which little is known, if this user may not ask for its state. False
/// when there is no room for more.
bool add_if_hidden(value::Evidence& evidence, SC_HANDLE manager, std::wstring_view listed_name) {
  const std::wstring name(listed_name);
  const ServiceHandle service(OpenServiceW(manager, name.c_str(), SERVICE_QUERY_STATUS));
  const DWORD error = service ? ERROR_SUCCESS : GetLastError();
  // A driver, which was not asked for; what is no service; and what came after the list was made.
  if (error != ERROR_ACCESS_DENIED) return true;
  value::ServiceRow row = new_row(evidence, name);
  row.state = Reading<std::string>::unreadable(failure("OpenServiceW", error, kAdministrator), row.origin);
  read_configuration(manager, name, row);
  return add_row(evidence.services, std::move(row));
}

/// Windows lists no service whose state this user may not ask for. The registry shows that there is one.
void add_hidden(value::Evidence& evidence, SC_HANDLE manager, const std::set<std::string>& listed) {
  const OpenedKey key = open_key(kServicesKey, KEY_ENUMERATE_SUB_KEYS);
  std::uint32_t error = key.error;
  if (error == ERROR_SUCCESS) {
    error = list_subkeys(key.key.get(), [&](std::wstring_view name) {
      return listed.contains(base::fold_case(os::utf8_text(name))) || add_if_hidden(evidence, manager, name);
    });
  }
  if (error != ERROR_NO_MORE_ITEMS && error != ERROR_SUCCESS)
    leave_open(evidence.services, failure("listing the services in the registry", error, kAdministrator));
}

}  // namespace

std::optional<std::string_view> service_state(std::uint32_t state) {
  // In the order of winsvc.h, from 1.
  constexpr std::array<std::string_view, 7> kStates{
      "stopped", "start_pending", "stop_pending", "running", "continue_pending", "pause_pending", "paused"};
  if (state == 0 || state > kStates.size()) return std::nullopt;
  return kStates[state - 1];
}

std::optional<std::string_view> service_start(std::uint32_t start, bool delayed) {
  constexpr std::array<std::string_view, 5> kStarts{"boot", "system", "automatic", "manual", "disabled"};
  if (start >= kStarts.size()) return std::nullopt;
  return start == SERVICE_AUTO_START && delayed ? "automatic_delayed" : kStarts[start];
}

ServiceList list_services(SC_HANDLE manager) {
  constexpr DWORD kBufferBytes = 256U << 10U;  // the most that the API fills at a time
  std::vector<BYTE> buffer(kBufferBytes);
  ServiceList list;
  DWORD resume = 0;
  for (;;) {
    DWORD needed = 0;
    DWORD count = 0;
    const bool whole =
        EnumServicesStatusExW(manager, SC_ENUM_PROCESS_INFO, SERVICE_WIN32, SERVICE_STATE_ALL, buffer.data(),
                              kBufferBytes, &needed, &count, &resume, nullptr) != 0;
    const DWORD error = whole ? ERROR_SUCCESS : GetLastError();
    if (error != ERROR_SUCCESS && error != ERROR_MORE_DATA) {
      list.failed = failure("EnumServicesStatusExW", error, kAdministrator);
      return list;
    }
    const auto* rows = reinterpret_cast<const ENUM_SERVICE_STATUS_PROCESSW*>(buffer.data());
    for (DWORD i = 0; i < count; ++i) {
      list.services.push_back({rows[i].lpServiceName, rows[i].ServiceStatusProcess.dwCurrentState,
                               rows[i].ServiceStatusProcess.dwProcessId});
    }
    if (whole) return list;
    if (count == 0 || list.services.size() > limits::kLiveRows) {
      list.failed = over_limit("the list of services can hold");
      return list;
    }
  }
}

std::map<DWORD, std::vector<std::wstring>> services_by_process() {
  std::map<DWORD, std::vector<std::wstring>> hosted;
  const ServiceHandle manager = open_manager();
  if (!manager) return hosted;
  for (const ListedService& service : list_services(manager.get()).services) {
    if (service.process_id != 0) hosted[service.process_id].push_back(service.name);
  }
  return hosted;
}

void collect_services(value::Evidence& evidence, const PlanSlice* slice) {
  if (!needs(slice, value::EvidenceSection::Services)) return;
  auto& section = evidence.services;
  section.collected = true;
  section.origin = add_origin(evidence, "service control manager");
  const ServiceHandle manager = open_manager();
  if (!manager) return leave_open(section, failure("OpenSCManagerW", GetLastError(), kAdministrator));
  const ServiceList list = list_services(manager.get());
  if (list.failed) leave_open(section, *list.failed);
  std::set<std::string> listed;
  for (const ListedService& service : list.services) {
    listed.insert(base::fold_case(os::utf8_text(service.name)));
    if (!add_listed(evidence, manager.get(), service)) return;
  }
  add_hidden(evidence, manager.get(), listed);
  close(section);
}

}  // namespace polc::backends::windows
