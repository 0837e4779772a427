#include "runtime/os/process.hpp"

#include <optional>

namespace polc::os {

std::vector<std::string> split_command(const std::string& text) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  char quote = '\0';
  for (const char c : text) {
    if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
      if (!word) word.emplace();
    } else if (quote != '\0' && c == quote) {
      quote = '\0';
    } else if (quote == '\0' && c == ' ') {
      if (word) words.push_back(*word);
      word.reset();
    } else {
      if (!word) word.emplace();
      *word += c;
    }
  }
  if (quote != '\0') return {};
  if (word) words.push_back(*word);
  return words;
}

std::string end_text(const ProcessRequest& request, const ProcessResult& result) {
  switch (result.end) {
    case ProcessEnd::Exited:
      return "exited with " + std::to_string(result.code);
    case ProcessEnd::Crashed:
      return "crashed with " + std::to_string(result.code);
    case ProcessEnd::TimedOut:
      return "was ended after " + std::to_string(request.time_limit.count()) + " ms";
    case ProcessEnd::TooMuchOutput:
      return "was ended after more than " + std::to_string(request.output_limit) + " bytes of output";
    case ProcessEnd::NotStarted:
      break;
  }
  return "could not be started: " + result.detail;
}

}  // namespace polc::os
