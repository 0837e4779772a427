#include "runtime/os/system.hpp"

#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <chrono>
#include <cstdlib>
#include <vector>

#include "runtime/base/limits.hpp"
#include "runtime/os/secret_reader.hpp"
#include "runtime/os/windows/handle.hpp"
#include "runtime/os/windows/wide_text.hpp"

namespace polc::os {
namespace {

HANDLE handle_of(Stream stream) {
  return GetStdHandle(stream == Stream::Out ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE);
}

/// UTF-16 that is wiped when it goes.
class WideSecret {
 public:
  explicit WideSecret(std::size_t units) : units_(units) {}
  ~WideSecret() { base::wipe_memory(units_.data(), units_.size() * sizeof(wchar_t)); }
  WideSecret(const WideSecret&) = delete;
  WideSecret& operator=(const WideSecret&) = delete;

  wchar_t* data() { return units_.data(); }
  DWORD size() const { return static_cast<DWORD>(units_.size()); }

  /// Writes the first `used` units as UTF-8; negative when they do not fit or are not UTF-16.
  long to_utf8(DWORD used, char* buffer, std::size_t size) const {
    if (used == 0) return 0;
    const int bytes =
        WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, units_.data(), static_cast<int>(used), buffer,
                            static_cast<int>(size), nullptr, nullptr);
    return bytes > 0 ? bytes : -1;
  }

 private:
  std::vector<wchar_t> units_;
};

/// A console in another mode; the old one comes back at the end.
class ConsoleMode {
 public:
  ConsoleMode(HANDLE console, DWORD mode) : console_(console) {
    changed_ = GetConsoleMode(console_, &before_) != 0 && SetConsoleMode(console_, mode) != 0;
  }
  ~ConsoleMode() {
    if (changed_) SetConsoleMode(console_, before_);
  }
  ConsoleMode(const ConsoleMode&) = delete;
  ConsoleMode& operator=(const ConsoleMode&) = delete;

  explicit operator bool() const { return changed_; }

 private:
  HANDLE console_;
  DWORD before_ = 0;
  bool changed_ = false;
};

WindowsHandle open_console(const wchar_t* name) {
  return WindowsHandle(CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                   nullptr, OPEN_EXISTING, 0, nullptr));
}

bool write_console(HANDLE console, const std::string& text) {
  const auto wide = wide_text(text);
  DWORD written = 0;
  return wide &&
         WriteConsoleW(console, wide->data(), static_cast<DWORD>(wide->size()), &written, nullptr) != 0;
}

/// While it lives, C functions answer a descriptor that is not open with an error; by default some end the process.
class TolerantDescriptors {
 public:
  TolerantDescriptors() : before_(_set_invalid_parameter_handler(ignore)) {}
  ~TolerantDescriptors() { _set_invalid_parameter_handler(before_); }
  TolerantDescriptors(const TolerantDescriptors&) = delete;
  TolerantDescriptors& operator=(const TolerantDescriptors&) = delete;

 private:
  static void ignore(const wchar_t*, const wchar_t*, const wchar_t*, unsigned, std::uintptr_t) {}

  _invalid_parameter_handler before_;
};

// A crash ends the process: no report, no dump with secrets in it.
LONG WINAPI end_process(EXCEPTION_POINTERS* exception) {
  TerminateProcess(GetCurrentProcess(), exception->ExceptionRecord->ExceptionCode);
  return EXCEPTION_EXECUTE_HANDLER;
}

class RealSystem : public System {
 public:
  std::int64_t now() const override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since).count();
  }

  bool is_windows() const override { return true; }

  std::optional<std::string> variable(const std::string& name) const override {
    const auto wide_name = wide_text(name);
    if (!wide_name) return std::nullopt;
    SetLastError(ERROR_SUCCESS);
    std::wstring value(GetEnvironmentVariableW(wide_name->c_str(), nullptr, 0), L'\0');
    if (value.empty()) return GetLastError() == ERROR_SUCCESS ? std::optional<std::string>("") : std::nullopt;
    const DWORD room = static_cast<DWORD>(value.size());
    value.resize(GetEnvironmentVariableW(wide_name->c_str(), value.data(), room));
    return utf8_text(value);
  }

  /// Also false when the console does not understand the control sequences of colours (os::ConsoleOutput).
  bool is_terminal(Stream stream) const override {
    DWORD mode = 0;
    return GetConsoleMode(handle_of(stream), &mode) != 0 && (mode & ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
  }

  unsigned width(Stream stream) const override {
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (GetConsoleScreenBufferInfo(handle_of(stream), &info) == 0) return kDefaultWidth;
    const int columns = info.srWindow.Right - info.srWindow.Left + 1;
    return columns > 0 ? static_cast<unsigned>(columns) : kDefaultWidth;
  }

  std::optional<base::SecretBuffer> secret_variable(const std::string& name) override;

  std::optional<base::SecretBuffer> secret_descriptor(int descriptor) override {
    const TolerantDescriptors tolerant;
    if (_setmode(descriptor, _O_BINARY) == -1) return std::nullopt;
    return read_secret(
        [descriptor](char* buffer, std::size_t size) {
          return static_cast<long>(_read(descriptor, buffer, static_cast<unsigned>(size)));
        },
        false);
  }

  std::optional<base::SecretBuffer> secret_prompt(const std::string& question) override;

  void forbid_core_files() override {
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    SetUnhandledExceptionFilter(end_process);
  }
};

std::optional<base::SecretBuffer> RealSystem::secret_variable(const std::string& name) {
  const auto wide_name = wide_text(name);
  if (!wide_name) return std::nullopt;
  WideSecret value(limits::kSecretBytes + 1);
  SetLastError(ERROR_SUCCESS);
  const DWORD units = GetEnvironmentVariableW(wide_name->c_str(), value.data(), value.size());
  if (units >= value.size() || (units == 0 && GetLastError() != ERROR_SUCCESS)) return std::nullopt;
  char buffer[limits::kSecretBytes];
  const long bytes = value.to_utf8(units, buffer, sizeof buffer);
  base::SecretBuffer secret(limits::kSecretBytes);
  const bool stored = bytes >= 0 && secret.append({buffer, static_cast<std::size_t>(bytes)});
  base::wipe_memory(buffer, sizeof buffer);
  if (!stored) return std::nullopt;
  return secret;
}

std::optional<base::SecretBuffer> RealSystem::secret_prompt(const std::string& question) {
  const WindowsHandle input = open_console(L"CONIN$");
  const WindowsHandle output = open_console(L"CONOUT$");
  if (!input || !output) return std::nullopt;
  const ConsoleMode silent(input.get(), ENABLE_LINE_INPUT | ENABLE_PROCESSED_INPUT);
  if (!silent || !write_console(output.get(), question)) return std::nullopt;
  auto secret = read_secret(
      [&](char* buffer, std::size_t size) {
        WideSecret line(size / 3);  // a unit takes three bytes at most
        DWORD got = 0;
        if (ReadConsoleW(input.get(), line.data(), line.size(), &got, nullptr) == 0) return -1L;
        return line.to_utf8(got, buffer, size);
      },
      true);
  if (!write_console(output.get(), "\r\n")) return std::nullopt;
  return secret;
}

}  // namespace

std::unique_ptr<System> real_system() {
  return std::make_unique<RealSystem>();
}

}  // namespace polc::os
