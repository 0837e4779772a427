// A host about which nothing is known: what can still be computed is constant.
#pragma once

#include "runtime/value/fact_table.hpp"

namespace polc::evaluate {

class NoFacts : public value::FactTable {
 public:
  const value::Fact& at(value::AddressId) const override { return nothing_; }
  value::Fact read(const value::Address&) const override { return nothing_; }
  value::Principal resolve(const value::Principal& principal) const override { return principal; }
  const value::HostIdentity& host() const override { return host_; }
  const value::Origin& origin(value::OriginId) const override { return origin_; }

 private:
  value::Fact nothing_ = value::Fact::unknown(value::UnknownReason::NotCollected);
  value::HostIdentity host_;
  value::Origin origin_;
};

}  // namespace polc::evaluate
