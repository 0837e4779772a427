// Other programs: what they print, how they end, and that nothing of them stays.
#include "runtime/os/process.hpp"

#include <unistd.h>

#include <cstdlib>

#include "tests/unit/catch.hpp"

using namespace polc::os;
using std::chrono::milliseconds;

namespace {

ProcessRequest shell(const std::string& script, milliseconds limit = milliseconds(20'000)) {
  return {{"/bin/sh", "-c", script}, {}, limit, 1U << 20U};
}

}  // namespace

TEST_CASE("a program gets its input and gives its output, errors and code") {
  ProcessRequest request = shell("cat; echo oops >&2; exit 3");
  request.input = std::string(300'000, 'x');
  const ProcessResult result = run_process(request);
  CHECK(result.end == ProcessEnd::Exited);
  CHECK(result.code == 3);
  CHECK(result.output == request.input);
  CHECK(result.errors == "oops\n");
  CHECK(end_text(request, result) == "exited with 3");
}

TEST_CASE("a program that does not read its input is no trouble") {
  ProcessRequest request = shell("exec <&-; echo done");
  request.input = std::string(300'000, 'x');
  CHECK(run_process(request).output == "done\n");
}

TEST_CASE("a program that takes too long is ended, with what it started") {
  const auto begin = std::chrono::steady_clock::now();
  const ProcessRequest request = shell("echo before; sleep 600 & sleep 600", milliseconds(200));
  const ProcessResult result = run_process(request);
  CHECK(result.end == ProcessEnd::TimedOut);
  CHECK(result.output == "before\n");
  CHECK(end_text(request, result) == "was ended after 200 ms");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(60));
}

TEST_CASE("a program that closes its output but stays is ended") {
  CHECK(run_process(shell("exec >&-; sleep 600")).end == ProcessEnd::TimedOut);
}

TEST_CASE("a program that has gone is not waited for, whatever it started keeps its output open") {
  const ProcessResult result = run_process(shell("sleep 600 & echo done"));
  CHECK(result.end == ProcessEnd::Exited);
  CHECK(result.output == "done\n");
}

TEST_CASE("a flood is cut off at the limit, and not below it") {
  ProcessRequest request = shell("yes");
  request.output_limit = 100'000;
  const ProcessResult result = run_process(request);
  CHECK(result.end == ProcessEnd::TooMuchOutput);
  CHECK(result.output.size() == 100'000);
  request.command.back() = "printf '%0100000d' 1";
  CHECK(run_process(request).end == ProcessEnd::Exited);
  request.command.back() = "printf '%0100001d' 1";
  CHECK(run_process(request).end == ProcessEnd::TooMuchOutput);
}

TEST_CASE("a crash is told from an exit") {
  const ProcessResult result = run_process(shell("kill -SEGV $$"));
  CHECK(result.end == ProcessEnd::Crashed);
  CHECK(result.code == 11);
}

TEST_CASE("a program that does not exist was not started") {
  const ProcessRequest request{{"/no/such/program"}, {}, milliseconds(1000), 100};
  const ProcessResult result = run_process(request);
  CHECK(result.end == ProcessEnd::NotStarted);
  CHECK(end_text(request, result) == "could not be started: No such file or directory");
}

TEST_CASE("neither variables nor descriptors with secrets reach the program") {
  setenv("POLC_TEST_SECRET", "hunter2", 1);
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const ProcessResult result = run_process(shell("echo \"[$POLC_TEST_SECRET]\"; ls /proc/self/fd | wc -l"));
  // 0, 1, 2, and the folder that ls has open.
  CHECK(result.output == "[]\n4\n");
  close(ends[0]);
  close(ends[1]);
  unsetenv("POLC_TEST_SECRET");
}

TEST_CASE("a command is split at spaces outside of quotes") {
  using Words = std::vector<std::string>;
  CHECK(split_command("./probe") == Words{"./probe"});
  CHECK(split_command("  python3  'my probe.py' -x\"a b\" ''") ==
        Words{"python3", "my probe.py", "-xa b", ""});
  CHECK(split_command("'open").empty());
  CHECK(split_command("").empty());
}
