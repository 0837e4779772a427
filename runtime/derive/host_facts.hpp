// All facts about one host: evidence in, answers out. Primitives are derived once, here, for every backend.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/ir/program.hpp"
#include "runtime/value/evidence.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::derive {

/// Facts of the program's constant addresses are derived when the table is made; computed ones when asked for,
/// with what they share kept. One table is for one thread; the program may be shared.
class HostFacts : public value::FactTable {
 public:
  /// `evidence` is merged (runtime/derive/merge.hpp) and of one layer; judged on another `layer` every fact is
  /// Unknown(not collected). `as_of` is the clock of attestations and dated facts: seconds since 1970, UTC. The
  /// program must outlive the table.
  HostFacts(const ir::Program& program, value::Evidence evidence, value::Layer layer, std::int64_t as_of);
  ~HostFacts() override;

  const value::Fact& at(value::AddressId id) const override;
  value::Fact read(const value::Address& address) const override;
  value::Principal resolve(const value::Principal& principal) const override;
  const value::HostIdentity& host() const override;
  const value::Origin& origin(value::OriginId id) const override;

  value::Layer layer() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace polc::derive
