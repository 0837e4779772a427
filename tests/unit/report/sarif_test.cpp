#include "runtime/report/sarif/sarif.hpp"

#include <cstdio>
#include <fstream>

#include "tests/unit/catch.hpp"
#include "tests/unit/report/sample.hpp"

using namespace polc;

TEST_CASE("write", "[sarif]") {
  test::Sample sample;
  base::DiagnosticSink sink;
  for (auto profile : {report::SarifProfile::GitHub, report::SarifProfile::Full}) {
    auto text = report::write_sarif({sample.report()}, {profile, false}, sink);
    REQUIRE(text);
    std::ofstream(profile == report::SarifProfile::GitHub ? "/tmp/mt/github.sarif" : "/tmp/mt/full.sarif")
        << *text;
  }
}
