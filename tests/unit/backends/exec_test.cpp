// Anybody's backend: what a program is told, what its answers become, and every way in which it can go wrong.
#include "runtime/backends/exec/exec.hpp"

#include <nlohmann/json.hpp>

#include "runtime/value/canonical.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;
using value::EvidenceSection;

namespace {

struct Run {
  std::vector<value::Evidence> pieces;
  std::string problems;
};

PlanSlice services_and_a_key() {
  PlanSlice slice;
  slice.add(EvidenceSection::Services);
  slice.add_registry_key(value::folded("HKLM\\SOFTWARE\\X"));
  return slice;
}

/// What a probe that is this shell script answers.
Run probe(const std::string& script) {
  const PlanSlice slice = services_and_a_key();
  const std::string command = "/bin/sh -c '" + script + "'";
  Target target;
  target.name = target.label = command;
  base::DiagnosticSink sink;
  auto pieces = exec_backend().collect(target, {.slice = &slice}, sink);
  REQUIRE(pieces);
  Run run{std::move(*pieces), {}};
  for (const base::Diagnostic& d : sink.sorted())
    run.problems += base::message_of(d).substr(command.size() + 13) + "\n";
  return run;
}

/// Why the service table says nothing about what it does not list; "" where it gives no reason.
std::string why(const Run& run) {
  const auto& services = run.pieces.back().services;
  return services.unreadable ? std::string(value::reason_text(services.unreadable->reason)) : "";
}

constexpr const char* kAnswer =
    R"(printf "%s\n" "{\"services\": {\"W32Time\": {\"start\": \"automatic\"}}}" "{\"done\": true}")";

}  // namespace

TEST_CASE("a probe is told what is needed, and nothing else") {
  PlanSlice slice = services_and_a_key();
  slice.add_object(EvidenceSection::FileSecurity, "C:\\LTShare");
  slice.add_registry_key("HKCU\\SOFTWARE\\Y");
  const auto json = nlohmann::json::parse(probe_request({.slice = &slice}));
  CHECK(json["polc_probe"] == 1);
  CHECK(json["layer"] == "effective");
  CHECK(json["sections"] == nlohmann::json({"registry", "services", "file_security"}));
  CHECK(json["registry_keys"] == nlohmann::json({"HKLM\\SOFTWARE\\X"}));
  CHECK(json["user_keys"] == nlohmann::json({"HKCU\\SOFTWARE\\Y"}));
  CHECK(json["objects"] == nlohmann::json({{"file_security", {"C:\\LTShare"}}}));
  CHECK_FALSE(nlohmann::json::parse(probe_request({})).contains("sections"));
}

TEST_CASE("answers of a probe are evidence with the line that gave it") {
  const Run run = probe(kAnswer);
  CHECK(run.problems == "");
  REQUIRE(run.pieces.size() == 1);
  const value::Evidence& e = run.pieces[0];
  REQUIRE(e.services.rows.size() == 1);
  CHECK(e.services.rows[0].start.value == "automatic");
  CHECK(e.backend == "exec");
  const value::Origin& origin = e.origins[e.services.rows[0].origin];
  CHECK(origin.backend == "exec");
  CHECK(origin.line == 1);
}

TEST_CASE("a probe really gets the request on its standard input") {
  const Run run = probe(R"(grep -q SERVICES -i && )" + std::string(kAnswer));
  CHECK(run.problems == "");
  CHECK(run.pieces.size() == 1);
}

TEST_CASE("whatever goes wrong leaves the rest unknown, with the reason, and keeps what was answered") {
  SECTION("it crashes") {
    const Run run = probe(std::string(kAnswer) + "; kill -SEGV $$");
    CHECK(run.problems == "crashed with 11\n");
    CHECK(why(run) == "not collected");
    CHECK(run.pieces.front().services.rows.size() == 1);
  }
  SECTION("it fails") {
    CHECK(probe("echo no luck >&2; exit 4").problems == "exited with 4: no luck\n");
  }
  SECTION("it ends early") {
    const Run run = probe("true");
    CHECK(run.problems == "did not end its answer with {\"done\":true}\n");
    CHECK(why(run) == "corrupt");
  }
  SECTION("it answers garbage") {
    const Run run = probe("echo garbage; " + std::string(kAnswer));
    CHECK(run.problems.starts_with("answered something else in line 1: this is not JSON"));
    CHECK(why(run) == "corrupt");
    CHECK(run.pieces.front().services.rows.size() == 1);
  }
  SECTION("it goes on after the end") {
    CHECK(probe(std::string(kAnswer) + "; echo x").problems == "went on after {\"done\":true}\n");
  }
  SECTION("it does not exist") {
    Target target;
    target.name = target.label = "/no/such/probe";
    base::DiagnosticSink sink;
    const PlanSlice slice = services_and_a_key();
    const auto pieces = exec_backend().collect(target, {.slice = &slice}, sink);
    REQUIRE(pieces);
    CHECK(pieces->back().services.unreadable->detail ==
          "/no/such/probe could not be started: No such file or directory");
    CHECK(pieces->back().registry.at(value::folded("HKLM\\SOFTWARE\\X")).presence.status ==
          value::FactStatus::Unknown);
  }
}
