#include "runtime/os/system.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <cstring>

#include "runtime/base/limits.hpp"
#include "runtime/os/secret_reader.hpp"

namespace polc::os {
namespace {

int descriptor_of(Stream stream) {
  return stream == Stream::Out ? 1 : 2;
}

ReadSome reader_of(int descriptor) {
  return [descriptor](char* buffer, std::size_t size) {
    return static_cast<long>(read(descriptor, buffer, size));
  };
}

class RealSystem : public System {
 public:
  std::int64_t now() const override {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since).count();
  }

  bool is_windows() const override { return false; }

  std::optional<std::string> variable(const std::string& name) const override {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  }

  bool is_terminal(Stream stream) const override { return isatty(descriptor_of(stream)) != 0; }

  unsigned width(Stream stream) const override {
    winsize size{};
    if (ioctl(descriptor_of(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefaultWidth;
    return size.ws_col;
  }

  std::optional<base::SecretBuffer> secret_variable(const std::string& name) override {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    base::SecretBuffer secret(limits::kSecretBytes);
    if (!secret.append({value, std::strlen(value)})) return std::nullopt;
    return secret;
  }

  std::optional<base::SecretBuffer> secret_descriptor(int descriptor) override {
    return read_secret(reader_of(descriptor), false);
  }

  std::optional<base::SecretBuffer> secret_prompt(const std::string& question) override;

  void forbid_core_files() override {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  }
};

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
      secret = read_secret(reader_of(terminal), true);
      tcsetattr(terminal, TCSAFLUSH, &before);
      if (write(terminal, "\n", 1) < 0) secret.reset();
    }
  }
  close(terminal);
  return secret;
}

}  // namespace

std::unique_ptr<System> real_system() {
  return std::make_unique<RealSystem>();
}

}  // namespace polc::os
