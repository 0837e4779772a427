// A small run made by hand, with one control of each verdict, to test the report writers without a compiler.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/base/source.hpp"
#include "runtime/report/report.hpp"

namespace polc::test {

/// Facts that only know a host and some origins.
class SampleFacts : public value::FactTable {
 public:
  value::HostIdentity identity{"automate01", "Windows Server 2022 Standard", 20348};
  std::vector<value::Origin> origins{value::Origin{}};

  const value::Fact& at(value::AddressId) const override { return nothing_; }
  value::Fact read(const value::Address&) const override { return nothing_; }
  value::Principal resolve(const value::Principal& principal) const override { return principal; }
  const value::HostIdentity& host() const override { return identity; }
  const value::Origin& origin(value::OriginId id) const override { return origins[id]; }

 private:
  value::Fact nothing_ = value::Fact::unknown(value::UnknownReason::NotCollected);
};

class Sample {
 public:
  Sample();

  ir::Program program;
  evaluate::Evaluation evaluation;
  SampleFacts facts;
  base::SourceManager sources;
  std::map<std::uint32_t, evaluate::ControlExplanation> explanations;  ///< by control

  /// Effective layer, as of 2026-03-01T00:00:00Z, one snapshot target inside the root.
  report::RunReport report() const;

  ir::TextId text(std::string_view value);
  ir::RangeId range_of(std::string_view excerpt);  ///< where it stands in the policy text

  /// Index of a control by id.
  std::uint32_t control(std::string_view id) const;
  evaluate::ControlResult& result(std::string_view id);

 private:
  void add_control(std::string_view id, std::string_view title, ir::Severity severity);
  void add_requirement(std::string_view excerpt, value::Truth truth, std::string address, std::string shown,
                       value::OriginId origin);
  void add_result(evaluate::Verdict verdict);
};

/// Gives the sample a profile that leaves a control out, rates one differently and loosens one. The texts are hostile.
void add_profile(Sample& sample);

}  // namespace polc::test
