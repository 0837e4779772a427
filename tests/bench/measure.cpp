#include "tests/bench/measure.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

extern char** environ;

namespace polc::bench {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration d) {
  return std::chrono::duration<double, std::milli>(d).count();
}
double milliseconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
}

/// What this process has used: another one that takes its turn does not count.
double processor_ms() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

bool run_apart(const std::function<bool()>& work) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const bool good = work();
    std::fflush(nullptr);
    _exit(good ? 0 : 1);
  }
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

ProcessFigures run_process(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& part : command) arguments.push_back(const_cast<char*>(part.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  ProcessFigures figures;
  pid_t child = 0;
  const auto start = Clock::now();
  const int error = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return figures;
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status)) return figures;
  figures.wall_ms = milliseconds(Clock::now() - start);
  figures.cpu_ms = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
  figures.peak_mb = static_cast<double>(usage.ru_maxrss) / 1024;
  figures.exit_code = WEXITSTATUS(status);
  return figures;
}

std::vector<ProcessFigures> run_in_turn(const std::vector<std::vector<std::string>>& commands, int rounds) {
  std::vector<std::vector<ProcessFigures>> runs(commands.size());
  for (int round = 0; round <= rounds; ++round) {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const ProcessFigures figures = run_process(commands[i]);
      if (round > 0) runs[i].push_back(figures);
    }
  }
  std::vector<ProcessFigures> medians;
  for (const auto& of_command : runs) {
    const auto median_of = [&](double ProcessFigures::*member) {
      std::vector<double> values;
      for (const ProcessFigures& f : of_command) values.push_back(f.*member);
      return median(std::move(values));
    };
    medians.push_back({median_of(&ProcessFigures::cpu_ms), median_of(&ProcessFigures::wall_ms),
                       median_of(&ProcessFigures::peak_mb), of_command.front().exit_code});
  }
  return medians;
}

double median_ms(const std::function<void()>& work, int rounds) {
  std::vector<double> times;
  for (int round = 0; round <= rounds; ++round) {
    const double start = processor_ms();
    work();
    if (round > 0) times.push_back(processor_ms() - start);
  }
  return median(std::move(times));
}

}  // namespace polc::bench
