#include "runtime/os/process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace polc::os {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kErrorBytes = 4096;
constexpr std::array<const char*, 6> kVariables{"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ"};

/// A pipe whose ends are closed at the latest when it goes.
struct Pipe {
  int read = -1, write = -1;

  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == 0) {
      read = ends[0];
      write = ends[1];
    }
  }
  ~Pipe() {
    close_end(read);
    close_end(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  static void close_end(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

std::string words_of(int error) {
  return std::error_code(error, std::generic_category()).message();
}

std::vector<std::string> environment() {
  std::vector<std::string> variables;
  for (const char* name : kVariables) {
    if (const char* text = std::getenv(name)) variables.push_back(std::string(name) + "=" + text);
  }
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// The child's half of a fork: only calls that are safe between fork and exec. What fails is told through `status`.
[[noreturn]] void become(char* const* command, char* const* variables, const Pipe& in, const Pipe& out,
                         const Pipe& err, int status) {
  setpgid(0, 0);
  signal(SIGPIPE, SIG_DFL);
  close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);  // a secret's descriptor is not for others
  const bool connected = dup2(in.read, 0) >= 0 && dup2(out.write, 1) >= 0 && dup2(err.write, 2) >= 0;
  if (connected) execvpe(command[0], command, variables);
  const int error = errno;
  [[maybe_unused]] const auto written = write(status, &error, sizeof error);
  _exit(127);
}

class Child {
 public:
  explicit Child(const ProcessRequest& request) : request_(request) {}

  ProcessResult run() {
    if (!start()) return std::move(result_);
    auto deadline = Clock::now() + request_.time_limit;
    bool leaving = false;
    while (!finished_) {
      // What it started may keep its output open for long; that is not waited for.
      if (!leaving && has_exited()) {
        leaving = true;
        deadline = std::min(deadline, Clock::now() + kGrace);
      }
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
      if (left.count() <= 0) {
        if (!leaving) result_.end = ProcessEnd::TimedOut;
        break;
      }
      exchange(static_cast<int>(std::min(left, kGrace).count()));
    }
    end();
    return std::move(result_);
  }

 private:
  bool start() {
    std::vector<std::string> command = request_.command, variables = environment();
    const auto arguments = pointers(command), environment_block = pointers(variables);
    Pipe status;
    if (in_.read < 0 || out_.read < 0 || err_.read < 0 || status.read < 0 || command.empty()) {
      result_.detail = "no pipe";
      return false;
    }
    child_ = fork();
    if (child_ == 0) become(arguments.data(), environment_block.data(), in_, out_, err_, status.write);
    Pipe::close_end(in_.read);
    Pipe::close_end(out_.write);
    Pipe::close_end(err_.write);
    Pipe::close_end(status.write);
    int error = child_ < 0 ? errno : 0;
    if (child_ > 0 && read(status.read, &error, sizeof error) == sizeof error) waitpid(child_, nullptr, 0);
    if (error != 0) {
      result_.detail = words_of(error);
      return false;
    }
    setpgid(child_, child_);
    fcntl(in_.write, F_SETFL, O_NONBLOCK);
    result_.end = ProcessEnd::Exited;
    return true;
  }

  /// Leaves it to be waited for.
  bool has_exited() const {
    siginfo_t info = {};
    return waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == child_;
  }

  /// Waits until one of the pipes can go on, and lets it.
  void exchange(int milliseconds) {
    if (written_ == request_.input.size()) Pipe::close_end(in_.write);
    std::array<pollfd, 3> ends{{{out_.read, POLLIN, 0}, {err_.read, POLLIN, 0}, {in_.write, POLLOUT, 0}}};
    if (poll(ends.data(), ends.size(), milliseconds) <= 0) return;
    if ((ends[2].revents & (POLLERR | POLLHUP)) != 0) {
      Pipe::close_end(in_.write);  // it does not want to know
      written_ = request_.input.size();
    } else if ((ends[2].revents & POLLOUT) != 0) {
      const auto n = write(in_.write, request_.input.data() + written_, request_.input.size() - written_);
      if (n > 0) written_ += static_cast<std::size_t>(n);
    }
    if (ends[0].revents != 0) take(out_.read, result_.output, request_.output_limit, true);
    if (ends[1].revents != 0) take(err_.read, result_.errors, kErrorBytes, false);
    // A grandchild may keep its standard error open; standard output is what is waited for.
    if (out_.read < 0) finished_ = true;
  }

  void take(int& end, std::string& text, std::size_t limit, bool is_output) {
    std::array<char, 65536> piece;
    const auto n = read(end, piece.data(), piece.size());
    if (n <= 0) return Pipe::close_end(end);
    const std::size_t room = limit - text.size();
    const std::size_t size = static_cast<std::size_t>(n);
    text.append(piece.data(), std::min(size, room));
    if (is_output && size > room) {
      result_.end = ProcessEnd::TooMuchOutput;
      finished_ = true;
    }
  }

  /// A program that has closed its output gets a moment to go; then it goes with all that it started.
  void end() {
    int status = 0;
    bool gone = false;
    const auto deadline =
        Clock::now() + (result_.end == ProcessEnd::Exited ? kGrace : std::chrono::milliseconds(0));
    do {
      gone = waitpid(child_, &status, WNOHANG) == child_;
      if (!gone && Clock::now() < deadline) usleep(2000);
    } while (!gone && Clock::now() < deadline);
    kill(-child_, SIGKILL);
    if (!gone) waitpid(child_, &status, 0);
    if (result_.end != ProcessEnd::Exited) return;
    if (!gone) result_.end = ProcessEnd::TimedOut;
    if (gone && WIFSIGNALED(status)) result_.end = ProcessEnd::Crashed;
    result_.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
  }

  static constexpr std::chrono::milliseconds kGrace{1000};

  const ProcessRequest& request_;
  ProcessResult result_;
  Pipe in_, out_, err_;
  pid_t child_ = -1;
  std::size_t written_ = 0;
  bool finished_ = false;
};

/// Writing to a program that has gone is an error like others, and no reason to end.
class NoPipeSignal {
 public:
  NoPipeSignal() {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &before_);
  }
  ~NoPipeSignal() { sigaction(SIGPIPE, &before_, nullptr); }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;

 private:
  struct sigaction before_ = {};
};

}  // namespace

ProcessResult run_process(const ProcessRequest& request) {
  const NoPipeSignal quiet;
  return Child(request).run();
}

}  // namespace polc::os
