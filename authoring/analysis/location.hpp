// Locations: what facts are read from. Several facts may come from one location (a Group Policy setting and the registry
// value it writes), and one fact from several (tls() from two registry values); the analysis constrains locations, so
// that controls that speak about the same thing in different words meet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "authoring/evidence/assume.hpp"
#include "runtime/derive/context.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::analysis {

/// A location and what is assumed of it.
using evidence::Assumption;

/// Identity of an address or location: two with equal keys are the same, whatever their spelling.
std::string location_key(const value::Address& address);

/// host.ATTRIBUTE, which must exist.
value::Address host_address(std::string_view attribute);

/// How facts of one program follow from locations. Borrows the program.
class Derivation {
 public:
  explicit Derivation(const ir::Program& program);

  /// The locations that a fact is read from: itself where it shares nothing with others. An attestation's location is
  /// its key alone (see derive()).
  std::vector<value::Address> sources(const value::Address& address) const;

  /// The fact that follows where its sources are assumed; an assumption that is missing is a location not collected.
  /// The location of an attestation holds an evidence::Attestation.
  value::Fact derive(const value::Address& address, const std::vector<Assumption>& sources) const;

  /// The setting of a gpo(...) address; nullptr where the program has none.
  const ir::Setting* setting_of(const value::Address& address) const;

  const ir::Program& program() const { return program_; }

 private:
  std::vector<value::Address> setting_sources(const value::Address& address,
                                              const ir::Setting& setting) const;

  const ir::Program& program_;
  derive::SettingIndex settings_;
};

}  // namespace polc::analysis
