// JUnit XML, the form of test results that CI servers show: https://github.com/testmoapp/junitxml names what they have in
// common. Shared by everything that reports in it; what a case stands for is the caller's business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polc::report::junit {

enum class Outcome : std::uint8_t {
  Passed,
  Failed,   ///< what was tested is not as it must be
  Error,    ///< could not be tested: CI servers count it among the failures
  Skipped,  ///< not tested, and rightly so: CI servers count it as neither
};

/// Texts are as they come: everything is escaped by write_document().
struct Case {
  std::string classname;  ///< what CI servers group by
  std::string name;       ///< unique within its classname
  std::string file;       ///< relative, with forward slashes; may be empty
  std::uint32_t line = 0;
  Outcome outcome = Outcome::Passed;
  std::string type;     ///< one word for the kind of outcome; not of passed cases
  std::string message;  ///< one line; not of passed cases
  std::string details;  ///< several lines; some servers show nothing else, so it should repeat the message
};

struct Suite {
  std::string name;
  std::string hostname;                                         ///< may be empty
  std::optional<std::int64_t> timestamp{};                      ///< seconds since 1970, UTC
  std::vector<std::pair<std::string, std::string>> properties;  ///< names and values
  std::vector<Case> cases;
};

/// A `testsuites` document with the counts of all outcomes. Characters that XML forbids become visible. Cases are not timed:
/// their `time` is 0, because readers expect one. Ends with a line feed.
std::string write_document(std::string_view name, const std::vector<Suite>& suites);

}  // namespace polc::report::junit
