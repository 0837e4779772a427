#include "runtime/backends/windows/text.hpp"

#include <fmt/format.h>
#include <windows.h>
// After windows.h, which it needs.
#include <ntsecapi.h>

#include <climits>
#include <utility>

#include "runtime/backends/backend.hpp"

namespace polc::backends::windows {
namespace {

using value::Unknown;
using value::UnknownReason;

bool is_denied(std::uint32_t error) {
  return error == ERROR_ACCESS_DENIED || error == ERROR_PRIVILEGE_NOT_HELD ||
         error == ERROR_NETWORK_ACCESS_DENIED;
}

UnknownReason reason_of(std::uint32_t error) {
  switch (error) {
    case ERROR_CALL_NOT_IMPLEMENTED:
    case ERROR_NOT_SUPPORTED:
    case ERROR_INVALID_FUNCTION:
    case ERROR_PROC_NOT_FOUND:
      return UnknownReason::Unsupported;
    case ERROR_TIMEOUT:
    case WAIT_TIMEOUT:
    case ERROR_SEM_TIMEOUT:
      return UnknownReason::TimedOut;
    default:
      return UnknownReason::NotCollected;
  }
}

}  // namespace

std::optional<std::string> exact_text(std::wstring_view wide) {
  if (wide.empty()) return std::string();
  if (wide.size() > INT_MAX || wide.find(L'\0') != std::wstring_view::npos) return std::nullopt;
  const int units = static_cast<int>(wide.size());
  const auto convert = [&](char* out, int room) {
    return WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide.data(), units, out, room, nullptr,
                               nullptr);
  };
  const int bytes = convert(nullptr, 0);
  if (bytes <= 0) return std::nullopt;
  std::string utf8(static_cast<std::size_t>(bytes), '\0');
  if (convert(utf8.data(), bytes) != bytes) return std::nullopt;
  return utf8;
}

std::wstring_view view(const wchar_t* text) {
  return text == nullptr ? std::wstring_view() : std::wstring_view(text);
}

Unknown no_text(std::string_view what) {
  return {
      UnknownReason::Corrupt, {}, fmt::format("{} is no text: it has an unpaired surrogate or a zero", what)};
}

value::Reading<std::string> text_reading(std::wstring_view wide, value::OriginId origin) {
  auto text = exact_text(wide);
  if (!text) return value::Reading<std::string>::unreadable(no_text("it"), origin);
  return value::Reading<std::string>::of(std::move(*text), origin);
}

Unknown failure(std::string_view call, std::uint32_t error, std::string_view privilege) {
  if (!is_denied(error)) return {reason_of(error), {}, fmt::format("{} failed with {}", call, error)};
  std::string detail = fmt::format("error {}: {} was denied", error, call);
  if (!privilege.empty()) detail += fmt::format("; needs {}", privilege);
  return {UnknownReason::AccessDenied, {}, std::move(detail)};
}

Unknown status_failure(std::string_view call, long status, std::string_view privilege) {
  const auto error = static_cast<std::uint32_t>(LsaNtStatusToWinError(static_cast<NTSTATUS>(status)));
  if (error != ERROR_MR_MID_NOT_FOUND) return failure(call, error, privilege);
  return {UnknownReason::NotCollected,
          {},
          fmt::format("{} failed with 0x{:08X}", call, static_cast<std::uint32_t>(status))};
}

Unknown missing_call(std::string_view call) {
  return {UnknownReason::Unsupported, {}, fmt::format("this system has no {}", call)};
}

Unknown over_limit(std::string_view limit) {
  return {UnknownReason::Budget, {}, fmt::format("more than {}", limit)};
}

value::OriginId add_origin(value::Evidence& evidence, std::string object) {
  evidence.origins.push_back({std::string(kLive), {}, 0, 0, std::move(object)});
  return static_cast<value::OriginId>(evidence.origins.size() - 1);
}

}  // namespace polc::backends::windows
