// One policy with its tests, set up so that any case can be evaluated: the program with the parameters of the case, and the
// facts that it gives. Programs and snapshots are made once for all cases that share them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "authoring/testing/changed_facts.hpp"
#include "compiler/compile.hpp"
#include "runtime/derive/host_facts.hpp"
#include "runtime/evaluate/result.hpp"

namespace polc::authoring {

/// A case, ready to be evaluated. Valid as long as its Bench.
struct Stand {
  const ir::Program* program = nullptr;
  const compiler::TestCase* test = nullptr;  ///< as compiled with its parameters
  std::unique_ptr<ChangedFacts> facts;
  evaluate::Options options;  ///< the clock, and the controls that the case expects something of
};

class Bench {
 public:
  /// What kept a case from being set up: its parameters, or its evidence.
  enum class Trouble : std::uint8_t { None, Policy, Evidence };

  Bench(compiler::CompileOptions options, const os::FileSystem& files, base::SourceManager& sources,
        base::DiagnosticSink& sink)
      : options_(std::move(options)), files_(files), sources_(sources), sink_(sink) {}

  /// Compiles the policy with its tests. False: what is wrong has been reported; so for the rest.
  bool load();

  const ir::Program& program() const { return variants_.at({})->program; }
  const compiler::Tests& tests() const { return variants_.at({})->tests; }
  const base::SourceManager& sources() const { return sources_; }

  /// The case with this index in tests(); nullptr where it cannot be set up.
  std::unique_ptr<Stand> stand(std::size_t index);

  Trouble trouble() const { return trouble_; }

 private:
  struct Variant {
    ir::Program program;
    compiler::Tests tests;
  };
  using Parameters = std::map<std::string, std::string>;

  const Variant* variant(const compiler::TestCase& test);
  const value::FactTable* derived(const Variant& variant, const compiler::TestCase& test,
                                  std::int64_t& clock);
  const value::Evidence* snapshot(const compiler::TestCase& test);
  const value::Evidence* refuse(const compiler::TestCase& test, std::string why);

  compiler::CompileOptions options_;
  const os::FileSystem& files_;
  base::SourceManager& sources_;
  base::DiagnosticSink& sink_;
  Trouble trouble_ = Trouble::None;
  std::map<Parameters, std::unique_ptr<Variant>> variants_;
  std::map<std::string, std::unique_ptr<value::Evidence>>
      snapshots_;  ///< by path; nullptr where it could not be read
  std::map<std::pair<const Variant*, std::pair<const value::Evidence*, std::int64_t>>,
           std::unique_ptr<derive::HostFacts>>
      derived_;
};

}  // namespace polc::authoring
