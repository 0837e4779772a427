// A host whose facts have values of any kind, whatever the program expects: nothing may crash over it.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "runtime/ir/program.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::test {

class OddFactTable final : public value::FactTable {
 public:
  /// `seed` varies which fact has which kind of value. Constants of the program are among the values.
  OddFactTable(const ir::Program& program, std::uint32_t seed) : seed_(seed) {
    using namespace value;
    add(Fact::unknown(UnknownReason::AccessDenied));
    add(Fact::absent(AbsentLevel::Object));
    add(Fact::mistyped(text("odd")));
    for (const Value& constant : program.constants) add(Fact::present(constant));
    add(Fact::present(Value()));
    add(Fact::present(Value(true)));
    add(Fact::present(Value(Number::at_least(Integer::of(3)))));
    add(Fact::present(text("a,b")));
    add(Fact::present(Value(Principal{Principal::Form::Name, 0, {}, "CORP\\x"})));
    add(Fact::present(Value(SetValue{{integer(1), text("x")}, std::nullopt})));
    add(Fact::present(Value(ListValue{{Value(Record()), Value(true)}, false})));
    RecordData row;
    row.fields.push_back({"verb", Fact::present(text("OPTIONS"))});
    add(Fact::present(Value(ListValue{{Value(Record(std::make_shared<const RecordData>(row)))}, true})));
    add(Fact::present(Value(MapValue{{{text("k"), Value(Rights{})}}, false})));
    add(Fact::present(Value(RegistryData{RegistryType::MultiSz, 0, std::vector<std::string>{"", "a"}})));
    host_.name = "odd";
  }

  const value::Fact& at(value::AddressId id) const override { return facts_[(id + seed_) % facts_.size()]; }
  value::Fact read(const value::Address& address) const override {
    return facts_[(address.attribute + address.arguments.size() + seed_) % facts_.size()];
  }
  value::Principal resolve(const value::Principal& principal) const override { return principal; }
  const value::HostIdentity& host() const override { return host_; }
  const value::Origin& origin(value::OriginId) const override { return origin_; }

 private:
  void add(value::Fact fact) { facts_.push_back(std::move(fact)); }

  std::uint32_t seed_;
  std::vector<value::Fact> facts_;
  value::HostIdentity host_;
  value::Origin origin_{"odd", "odd.yaml", 1, 1, "odd"};
};

}  // namespace polc::test
