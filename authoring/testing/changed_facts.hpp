// The facts of a host with the changes of a test in their place.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/tests.hpp"
#include "runtime/base/source.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::authoring {

/// Changes act behind derivation: nothing else follows from them. Their origin is the place in the test. Borrows all it is
/// made from.
class ChangedFacts final : public value::FactTable {
 public:
  ChangedFacts(const ir::Program& program, const value::FactTable& derived,
               const std::vector<compiler::FactChange>& changes, const base::SourceManager& sources);

  const value::Fact& at(value::AddressId id) const override { return *slots_[id]; }
  value::Fact read(const value::Address& address) const override;
  value::Principal resolve(const value::Principal& principal) const override {
    return derived_.resolve(principal);
  }
  const value::HostIdentity& host() const override { return host_; }
  const value::Origin& origin(value::OriginId id) const override;

 private:
  void set(const compiler::FactChange& change, const base::SourceManager& sources);
  void set_identity(const value::Address& address, const value::Fact& fact);

  const value::FactTable& derived_;
  value::HostIdentity host_;
  std::vector<value::Origin> origins_;                    ///< of changes
  std::unordered_map<std::string, value::Fact> changed_;  ///< by address key
  std::vector<const value::Fact*> slots_;                 ///< by AddressId
};

}  // namespace polc::authoring
