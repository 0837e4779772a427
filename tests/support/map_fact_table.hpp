// A fact table of what a test put into it; everything else is Unknown(not collected).
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/ir/program.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::test {

class MapFactTable final : public value::FactTable {
 public:
  void set(const value::Address& address, value::Fact fact) {
    facts_.insert_or_assign(value::to_text(address), std::move(fact));
  }
  void name_principal(std::string name, std::string sid) { sids_[std::move(name)] = std::move(sid); }
  value::OriginId add_origin(value::Origin origin) {
    origins_.push_back(std::move(origin));
    return static_cast<value::OriginId>(origins_.size() - 1);
  }
  value::HostIdentity& identity() { return host_; }

  /// Makes the slots of the program's constant addresses.
  void bind(const ir::Program& program) {
    slots_.clear();
    for (const value::Address& address : program.addresses) slots_.push_back(read(address));
  }

  const value::Fact& at(value::AddressId id) const override { return slots_[id]; }

  value::Fact read(const value::Address& address) const override {
    const auto found = facts_.find(value::to_text(address));
    return found != facts_.end() ? found->second : value::Fact::unknown(value::UnknownReason::NotCollected);
  }

  value::Principal resolve(const value::Principal& principal) const override {
    value::Principal known = principal;
    const auto found = sids_.find(principal.name);
    if (!known.resolved() && found != sids_.end()) known.sid = found->second;
    return known;
  }

  const value::HostIdentity& host() const override { return host_; }
  const value::Origin& origin(value::OriginId id) const override { return origins_[id]; }

 private:
  std::map<std::string, value::Fact> facts_;
  std::map<std::string, std::string> sids_;
  std::vector<value::Fact> slots_;
  std::vector<value::Origin> origins_{value::Origin{}};
  value::HostIdentity host_;
};

}  // namespace polc::test
