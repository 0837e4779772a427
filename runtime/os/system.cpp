#include "runtime/os/system.hpp"

#include <chrono>
#include <cstdlib>
#include <cstring>

#include "runtime/base/limits.hpp"

#ifdef _WIN32
#include <io.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>
#endif

namespace polc::os {
namespace {

constexpr unsigned kDefaultWidth = 100;

int descriptor_of(Stream stream) {
  return stream == Stream::Out ? 1 : 2;
}

long read_some(int descriptor, char* buffer, std::size_t size) {
#ifdef _WIN32
  return _read(descriptor, buffer, static_cast<unsigned>(size));
#else
  return read(descriptor, buffer, size);
#endif
}

void drop_line_ending(base::SecretBuffer& secret) {
  if (!secret.view().empty() && secret.view().back() == '\n') secret.drop_back(1);
  if (!secret.view().empty() && secret.view().back() == '\r') secret.drop_back(1);
}

// Reads to the end, or to the end of the first line when a person types.
std::optional<base::SecretBuffer> read_secret(int descriptor, bool one_line) {
  base::SecretBuffer secret(limits::kSecretBytes + 2);  // room for a line ending
  char buffer[256];
  bool complete = false;
  while (!complete) {
    const long got = read_some(descriptor, buffer, sizeof buffer);
    const bool fits = got > 0 && secret.append({buffer, static_cast<std::size_t>(got)});
    base::wipe_memory(buffer, sizeof buffer);
    if (got < 0 || (got > 0 && !fits)) return std::nullopt;
    complete = got == 0 || (one_line && secret.view().back() == '\n');
  }
  drop_line_ending(secret);
  if (secret.size() > limits::kSecretBytes) return std::nullopt;
  return secret;
}

class RealSystem : public System {
 public:
  std::int64_t now() const override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since).count();
  }

  std::optional<std::string> variable(const std::string& name) const override {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  }

  bool is_terminal(Stream stream) const override {
#ifdef _WIN32
    return _isatty(descriptor_of(stream)) != 0;
#else
    return isatty(descriptor_of(stream)) != 0;
#endif
  }

  unsigned width(Stream stream) const override {
#ifdef _WIN32
    CONSOLE_SCREEN_BUFFER_INFO info;
    const DWORD handle = stream == Stream::Out ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE;
    if (GetConsoleScreenBufferInfo(GetStdHandle(handle), &info) == 0) return kDefaultWidth;
    return static_cast<unsigned>(info.srWindow.Right - info.srWindow.Left + 1);
#else
    winsize size{};
    if (ioctl(descriptor_of(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefaultWidth;
    return size.ws_col;
#endif
  }

  std::optional<base::SecretBuffer> secret_variable(const std::string& name) override {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    base::SecretBuffer secret(limits::kSecretBytes);
    if (!secret.append({value, std::strlen(value)})) return std::nullopt;
    return secret;
  }

  std::optional<base::SecretBuffer> secret_descriptor(int descriptor) override {
    return read_secret(descriptor, false);
  }

  std::optional<base::SecretBuffer> secret_prompt(const std::string& question) override;

  void forbid_core_files() override {
#ifndef _WIN32
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
  }
};

#ifdef _WIN32

std::optional<base::SecretBuffer> RealSystem::secret_prompt(const std::string& question) {
  const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  DWORD mode = 0;
  if (GetConsoleMode(input, &mode) == 0) return std::nullopt;
  DWORD written = 0;
  WriteConsoleA(GetStdHandle(STD_ERROR_HANDLE), question.data(), static_cast<DWORD>(question.size()),
                &written, nullptr);
  SetConsoleMode(input, mode & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
  auto secret = read_secret(0, true);
  SetConsoleMode(input, mode);
  return secret;
}

#else

std::optional<base::SecretBuffer> RealSystem::secret_prompt(const std::string& question) {
  const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) return std::nullopt;
  termios before{};
  std::optional<base::SecretBuffer> secret;
  if (tcgetattr(terminal, &before) == 0) {
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    const bool asked = write(terminal, question.data(), question.size()) >= 0;
    if (asked && tcsetattr(terminal, TCSAFLUSH, &silent) == 0) {
      secret = read_secret(terminal, true);
      tcsetattr(terminal, TCSAFLUSH, &before);
      if (write(terminal, "\n", 1) < 0) secret.reset();
    }
  }
  close(terminal);
  return secret;
}

#endif

}  // namespace

std::unique_ptr<System> real_system() {
  return std::make_unique<RealSystem>();
}

}  // namespace polc::os
