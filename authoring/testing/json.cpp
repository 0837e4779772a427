#include <nlohmann/json.hpp>

#include "authoring/testing/report.hpp"

namespace polc::authoring {
namespace {

using Json = nlohmann::ordered_json;

Json place(base::Span span, const base::SourceManager& sources) {
  const base::SourceBuffer* buffer = sources.find(span.file);
  if (buffer == nullptr) return nullptr;
  const base::LineColumn at = buffer->position(span.begin);
  return Json{{"file", buffer->name()}, {"line", at.line}, {"column", at.column}};
}

Json expectation(const ExpectationResult& result, const base::SourceManager& sources) {
  Json out{{"control", result.control},
           {"holds", result.holds()},
           {"expected", result.expected},
           {"actual", result.actual},
           {"place", place(result.span, sources)}};
  if (!result.because.empty())
    out["because"] = Json{{"text", result.because}, {"found", result.because_found}};
  if (!result.holds()) out["explanation"] = result.explanation;
  return out;
}

Json sights(const Seen& coverage) {
  constexpr const char* kNames[kSights] = {"true", "false", "unknown", "absent"};
  Json out = Json::object();
  for (std::size_t i = 0; i < kSights; ++i) {
    if (coverage.demanded[i]) out[kNames[i]] = coverage.seen[i];
  }
  return out;
}

Json coverage(const Coverage& coverage) {
  Json controls = Json::array();
  for (const ControlCoverage& control : coverage.controls()) {
    Json conditions = Json::array();
    for (const AtomCoverage& atom : control.atoms) {
      if (atom.demands() == 0) continue;
      conditions.push_back(Json{{"file", atom.file},
                                {"line", atom.place.line},
                                {"column", atom.place.column},
                                {"seen", sights(atom)}});
    }
    controls.push_back(Json{
        {"control", control.id}, {"guard", sights(control.guard)}, {"conditions", std::move(conditions)}});
  }
  return Json{
      {"demanded", coverage.demands()}, {"covered", coverage.covered()}, {"controls", std::move(controls)}};
}

Json mutation(const MutationResult& result) {
  Json survivors = Json::array();
  for (const Survivor& survivor : result.survivors) {
    Json one{{"name", survivor.name},
             {"file", survivor.file},
             {"line", survivor.line},
             {"before", survivor.before},
             {"after", survivor.after}};
    if (!survivor.reason.empty()) one["equivalent"] = survivor.reason;
    survivors.push_back(std::move(one));
  }
  return Json{{"mutants", result.mutants},
              {"unexplained", result.unexplained()},
              {"survivors", std::move(survivors)}};
}

Json suite(const SuiteResult& result, const base::SourceManager& sources) {
  Json tests = Json::array();
  for (const CaseResult& test : result.cases) {
    Json expectations = Json::array();
    for (const ExpectationResult& e : test.expectations) expectations.push_back(expectation(e, sources));
    tests.push_back(Json{{"name", test.name},
                         {"passed", test.passed()},
                         {"place", place(test.span, sources)},
                         {"expectations", std::move(expectations)}});
  }
  Json out{{"policy", result.policy},
           {"file", result.file},
           {"tests", result.cases.size()},
           {"failures", result.failures()},
           {"results", std::move(tests)}};
  if (result.coverage) out["coverage"] = coverage(*result.coverage);
  if (result.mutation) out["mutation"] = mutation(*result.mutation);
  return out;
}

}  // namespace

std::string write_tests_json(const std::vector<SuiteResult>& suites, const base::SourceManager& sources) {
  Json list = Json::array();
  for (const SuiteResult& result : suites) list.push_back(suite(result, sources));
  const Json out{{"format", "polc-tests/1"}, {"suites", std::move(list)}};
  return out.dump(2, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace) + '\n';
}

}  // namespace polc::authoring
