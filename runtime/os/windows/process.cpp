#include "runtime/os/process.hpp"

#include <windows.h>

#include <algorithm>
#include <array>
#include <future>
#include <optional>
#include <string_view>
#include <thread>

#include "runtime/os/windows/handle.hpp"
#include "runtime/os/windows/wide_text.hpp"

namespace polc::os {
namespace {

constexpr std::size_t kErrorBytes = 4096;
constexpr std::array<const wchar_t*, 12> kVariables{
    L"COMSPEC",     L"HOMEDRIVE",    L"HOMEPATH",    L"NUMBER_OF_PROCESSORS", L"PATH", L"PATHEXT",
    L"PROGRAMDATA", L"PROGRAMFILES", L"SYSTEMDRIVE", L"SYSTEMROOT",           L"TEMP", L"USERPROFILE"};

struct Pipe {
  WindowsHandle read, write;

  /// Only the child's end is handed on.
  explicit Pipe(bool child_reads) {
    HANDLE ends[2] = {};
    SECURITY_ATTRIBUTES inheritable{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
    if (!CreatePipe(&ends[0], &ends[1], &inheritable, 0)) return;
    SetHandleInformation(ends[child_reads ? 1 : 0], HANDLE_FLAG_INHERIT, 0);
    read = WindowsHandle(ends[0]);
    write = WindowsHandle(ends[1]);
  }
};

/// One argument as CommandLineToArgvW takes it apart again.
std::wstring quoted(const std::wstring& argument) {
  if (!argument.empty() && argument.find_first_of(L" \t\"") == std::wstring::npos) return argument;
  std::wstring out = L"\"";
  std::size_t backslashes = 0;
  for (const wchar_t c : argument) {
    if (c == L'"') out.append(backslashes + 1, L'\\');
    backslashes = c == L'\\' ? backslashes + 1 : 0;
    out += c;
  }
  return out.append(backslashes, L'\\') + L'"';
}

/// nullopt for an argument that is not UTF-8.
std::optional<std::wstring> command_line(const std::vector<std::string>& command) {
  std::wstring line;
  for (const std::string& word : command) {
    const auto wide = wide_text(word);
    if (!wide) return std::nullopt;
    line += (line.empty() ? L"" : L" ") + quoted(*wide);
  }
  return line;
}

std::wstring environment_block() {
  std::wstring block;
  for (const wchar_t* name : kVariables) {
    std::array<wchar_t, 32767> text;
    const DWORD size = GetEnvironmentVariableW(name, text.data(), static_cast<DWORD>(text.size()));
    if (size > 0 && size < text.size())
      block += std::wstring(name) + L"=" + std::wstring(text.data(), size) + L'\0';
  }
  return block + L'\0';
}

class Child {
 public:
  explicit Child(const ProcessRequest& request) : request_(request) {}

  ProcessResult run() {
    if (!start()) return std::move(result_);
    std::thread writer([this] { feed(); });
    std::thread errors([this] { drain(err_, result_.errors, kErrorBytes); });
    std::future<bool> output =
        std::async(std::launch::async, [this] { return drain(out_, result_.output, request_.output_limit); });
    const bool in_time = output.wait_for(request_.time_limit) == std::future_status::ready;
    if (!in_time) TerminateJobObject(job_.get(), 1);
    finish(in_time, output.get());
    TerminateJobObject(job_.get(),
                       1);  // whatever it started goes, too, and with it the other ends of the pipes
    writer.join();
    errors.join();
    return std::move(result_);
  }

 private:
  bool fail() {
    result_.detail = error_text(GetLastError());
    return false;
  }

  bool start() {
    auto line = command_line(request_.command);
    if (!line || request_.command.empty()) {
      result_.detail = "the command is not UTF-8, or empty";
      return false;
    }
    job_ = WindowsHandle(CreateJobObjectW(nullptr, nullptr));
    if (!in_.read || !out_.read || !err_.read || !job_) return fail();
    STARTUPINFOW startup{};
    startup.cb = sizeof startup;
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = in_.read.get();
    startup.hStdOutput = out_.write.get();
    startup.hStdError = err_.write.get();
    std::wstring variables = environment_block();
    PROCESS_INFORMATION started{};
    if (!CreateProcessW(nullptr, line->data(), nullptr, nullptr, TRUE,
                        CREATE_UNICODE_ENVIRONMENT | CREATE_NO_WINDOW | CREATE_SUSPENDED, variables.data(),
                        nullptr, &startup, &started)) {
      return fail();
    }
    process_ = WindowsHandle(started.hProcess);
    const WindowsHandle thread(started.hThread);
    AssignProcessToJobObject(job_.get(), process_.get());
    ResumeThread(thread.get());
    for (WindowsHandle* given : {&in_.read, &out_.write, &err_.write}) *given = WindowsHandle();
    result_.end = ProcessEnd::Exited;
    return true;
  }

  void feed() {
    std::string_view rest = request_.input;
    DWORD written = 0;
    while (!rest.empty() &&
           WriteFile(in_.write.get(), rest.data(),
                     static_cast<DWORD>(std::min<std::size_t>(rest.size(), 65536)), &written, nullptr)) {
      rest.remove_prefix(written);
    }
    in_.write = WindowsHandle();
  }

  /// True when there was more than `limit`; the rest is not kept.
  static bool drain(Pipe& pipe, std::string& text, std::size_t limit) {
    std::array<char, 65536> piece;
    DWORD size = 0;
    while (ReadFile(pipe.read.get(), piece.data(), static_cast<DWORD>(piece.size()), &size, nullptr) &&
           size > 0) {
      const std::size_t room = limit - text.size();
      text.append(piece.data(), std::min<std::size_t>(size, room));
      if (size > room) return true;
    }
    return false;
  }

  void finish(bool in_time, bool too_much) {
    if (!in_time || too_much) {
      result_.end = in_time ? ProcessEnd::TooMuchOutput : ProcessEnd::TimedOut;
      return;
    }
    if (WaitForSingleObject(process_.get(), kGrace) != WAIT_OBJECT_0) {
      result_.end = ProcessEnd::TimedOut;
      return;
    }
    DWORD code = 0;
    GetExitCodeProcess(process_.get(), &code);
    // Unhandled exceptions leave their NTSTATUS, whose severity bits say "error".
    if (code >= 0xC0000000U) result_.end = ProcessEnd::Crashed;
    result_.code = static_cast<int>(code);
  }

  static constexpr DWORD kGrace = 1000;  // milliseconds

  const ProcessRequest& request_;
  ProcessResult result_;
  Pipe in_{true}, out_{false}, err_{false};
  WindowsHandle job_, process_;
};

}  // namespace

ProcessResult run_process(const ProcessRequest& request) {
  return Child(request).run();
}

}  // namespace polc::os
