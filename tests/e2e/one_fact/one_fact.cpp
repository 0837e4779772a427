// The whole tool on the hardened example host, with one fact of it changed or taken out at a time.
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cli/environment.hpp"
#include "tests/e2e/one_fact/example_hosts.hpp"
#include "tests/e2e/one_fact/missing_facts.hpp"
#include "tests/e2e/one_fact/worse_facts.hpp"
#include "tests/unit/catch.hpp"

namespace {

namespace fs = std::filesystem;
using namespace polc;
using Verdicts = std::map<std::string, std::string>;

constexpr std::int64_t kNow = 1'767'225'600;  // 2026-01-01, after everything the hosts say

class QuietSystem : public os::System {
 public:
  std::int64_t now() const override { return kNow; }
  bool is_windows() const override { return false; }
  std::optional<std::string> variable(const std::string&) const override { return std::nullopt; }
  bool is_terminal(os::Stream) const override { return false; }
  unsigned width(os::Stream) const override { return 100; }
  std::optional<base::SecretBuffer> secret_variable(const std::string&) override { return std::nullopt; }
  std::optional<base::SecretBuffer> secret_descriptor(int) override { return std::nullopt; }
  std::optional<base::SecretBuffer> secret_prompt(const std::string&) override { return std::nullopt; }
  void forbid_core_files() override {}
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The repository in memory, with the policies compiled once.
class Repository {
 public:
  Repository() {
    files_.folder = "/repo";
    files_.files["/repo/.git/HEAD"] = "ref: refs/heads/main\n";
    const fs::path root = POLC_SOURCE_DIR;
    for (const auto& entry : fs::recursive_directory_iterator(root / "policies")) {
      if (!entry.is_regular_file()) continue;
      files_.files["/repo/" + fs::relative(entry.path(), root).generic_string()] = read(entry.path());
    }
    run({"compile", "policies/automate.pol", "-o", "automate.polc"});
    run({"compile", "policies/screenconnect.pol", "-o", "screenconnect.polc"});
  }

  struct Outcome {
    int code = 0;
    std::string out, err;
  };

  Outcome run(std::vector<std::string> words) {
    words.insert(words.begin(), "polc");
    std::vector<const char*> arguments;
    for (const std::string& word : words) arguments.push_back(word.c_str());
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream in;
    cli::Environment environment{in, out, err, files_, system_};
    const int code = cli::run(static_cast<int>(arguments.size()), arguments.data(), environment);
    return {code, out.str(), err.str()};
  }

  const std::string& host(const std::string& name) { return files_.files["/repo/policies/hosts/" + name]; }

  std::string& file(const std::string& name) { return files_.files["/repo/" + name]; }

  Outcome check(const std::string& program, const std::string& host_text) {
    files_.files["/repo/host.yaml"] = host_text;
    return run({"check", "--program", program, "--target", "host.yaml", "--report", "json"});
  }

  Verdicts verdicts(const std::string& program, const std::string& host_text) {
    const Outcome outcome = check(program, host_text);
    INFO(outcome.err);
    const auto report = nlohmann::json::parse(outcome.out, nullptr, false);
    REQUIRE_FALSE(report.is_discarded());
    Verdicts verdicts;
    for (const auto& run : report.at("runs")) {
      for (const auto& control : run.at("controls")) verdicts[control.at("id")] = control.at("verdict");
    }
    return verdicts;
  }

  /// The host as `polc collect` writes it down.
  std::string collected(const std::string& host_text, const std::string& output) {
    files_.files["/repo/host.yaml"] = host_text;
    const Outcome outcome =
        run({"collect", "-t", "host.yaml", "-p", "automate.polc", "--program", "-o", output});
    INFO(outcome.err);
    REQUIRE(outcome.code == cli::kSuccess);
    return files_.files["/repo/" + output];
  }

 private:
  os::MemoryFileSystem files_;
  QuietSystem system_;
};

Repository& repository() {
  static Repository the_repository;
  return the_repository;
}

const Verdicts& hardened_verdicts() {
  static const Verdicts verdicts = repository().verdicts("automate.polc", repository().host("hardened.yaml"));
  return verdicts;
}

std::string edited(const std::string& text, const test::Edit& edit) {
  const std::size_t at = text.find(edit.find);
  REQUIRE(at != std::string::npos);
  REQUIRE(text.find(edit.find, at + 1) == std::string::npos);
  return text.substr(0, at) + edit.replace + text.substr(at + edit.find.size());
}

/// The verdicts that differ, as "id: before -> after" lines.
std::string difference(const Verdicts& before, const Verdicts& after) {
  std::string lines;
  for (const auto& [id, verdict] : after) {
    const auto old = before.find(id);
    const std::string was = old == before.end() ? "nothing" : old->second;
    if (was != verdict) lines += id + ": " + was + " -> " + verdict + "\n";
  }
  return lines;
}

void check_edits(const std::vector<test::Edit>& edits) {
  for (const test::Edit& edit : edits) {
    INFO(edit.name);
    Verdicts expected = hardened_verdicts();
    for (const auto& [id, verdict] : edit.verdicts) expected[id] = verdict;
    const Verdicts actual =
        repository().verdicts("automate.polc", edited(repository().host("hardened.yaml"), edit));
    CHECK(difference(hardened_verdicts(), actual) == difference(hardened_verdicts(), expected));
  }
}

}  // namespace

TEST_CASE("everything passes or does not apply on the hardened host") {
  CHECK(hardened_verdicts().size() > 40);
  for (const auto& [id, verdict] : hardened_verdicts()) {
    INFO(id);
    CHECK((verdict == "pass" || verdict == "notApplicable"));
  }
  for (const char* program : {"automate.polc", "screenconnect.polc"}) {
    const auto outcome = repository().check(program, repository().host("hardened.yaml"));
    INFO(program << "\n" << outcome.err);
    CHECK(outcome.code == cli::kSuccess);
  }
}

TEST_CASE("a worse fact turns exactly the controls that are about it") {
  check_edits(test::worse_facts());
}

TEST_CASE("a fact that is taken out is unknown and never a pass") {
  check_edits(test::missing_facts());
}

TEST_CASE("most of a fresh install fails, and what nobody looked at is unknown") {
  const Verdicts verdicts = repository().verdicts("automate.polc", repository().host("fresh-install.yaml"));
  for (const auto& [id, verdict] : test::fresh_verdicts()) {
    INFO(id);
    CHECK(verdicts.at(id) == verdict);
  }
  CHECK(repository().check("automate.polc", repository().host("fresh-install.yaml")).code == cli::kFailures);
}

TEST_CASE("what could not be read on the partly readable host is unknown") {
  const Verdicts verdicts = repository().verdicts("automate.polc", repository().host("partial.yaml"));
  for (const auto& [id, verdict] : test::partial_verdicts()) {
    INFO(id);
    CHECK(verdicts.at(id) == verdict);
  }
}

TEST_CASE("what polc collect writes down gives the same verdicts as the host") {
  std::vector<std::string> hosts;
  for (const char* name : {"hardened.yaml", "fresh-install.yaml", "partial.yaml"})
    hosts.push_back(repository().host(name));
  for (const auto& edits : {test::worse_facts(), test::missing_facts()}) {
    for (const test::Edit& edit : edits) hosts.push_back(edited(hosts.front(), edit));
  }
  bool json = false;
  for (const std::string& host : hosts) {
    json = !json;  // both forms of each host are in tests/unit/backends/writer_test.cpp
    const Verdicts before = repository().verdicts("automate.polc", host);
    const std::string written = repository().collected(host, json ? "again.json" : "again.yaml");
    const Verdicts after = repository().verdicts("automate.polc", written);
    CHECK(after.size() == before.size());
    CHECK(difference(before, after) == "");
  }
}

TEST_CASE("a snapshot that could not be read again is not written") {
  std::string hidden;
  for (int i = 0; i < 3'000'000; ++i) hidden += "\u202e";  // three bytes here, six where people read it
  repository().file("large.json") =
      R"({"polc_snapshot": 1, "registry": {"HKLM\\SOFTWARE\\K": {"values": {"V": ")" + hidden + R"("}}}})";
  const auto refused = repository().run({"collect", "-t", "large.json", "-o", "large.yaml", "--all"});
  CHECK(refused.code == cli::kEvidenceError);
  CHECK(refused.err.find("POL5031") != std::string::npos);
  CHECK(repository().file("large.yaml").empty());
  CHECK(repository().run({"collect", "-t", "large.json", "-o", "again.json", "--all"}).code == cli::kSuccess);
}
