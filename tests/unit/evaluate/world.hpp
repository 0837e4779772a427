// A program and a host in one place, for table-driven tests of the evaluator.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "runtime/evaluate/evaluate.hpp"
#include "runtime/ir/verify.hpp"
#include "tests/support/map_fact_table.hpp"
#include "tests/support/program_builder.hpp"
#include "tests/unit/catch.hpp"

namespace polc::test {

constexpr value::Type kRegistry = value::simple(value::TypeKind::Registry);
constexpr value::Type kBool = value::simple(value::TypeKind::Bool);
constexpr value::Type kInt = value::simple(value::TypeKind::Int);
constexpr value::Type kText = value::simple(value::TypeKind::Text);
constexpr value::Type kPort = value::simple(value::TypeKind::Port);
constexpr value::Type kPrincipal = value::simple(value::TypeKind::Principal);

/// What a row of a table says about a fact.
inline value::Fact unknown(value::UnknownReason reason = value::UnknownReason::AccessDenied) {
  return value::Fact::unknown(reason);
}
inline value::Fact absent(value::AbsentLevel level = value::AbsentLevel::Value) {
  return value::Fact::absent(level);
}

inline value::Value principal(std::string sid) {
  return value::Value(value::Principal{value::Principal::Form::Sid, 0, std::move(sid), {}});
}
inline value::Value named_principal(std::string name) {
  return value::Value(value::Principal{value::Principal::Form::Name, 0, {}, std::move(name)});
}
inline value::Value set_of(std::vector<value::Value> elements) {
  return value::Value(value::SetValue::exactly(std::move(elements)));
}
inline value::Value partial_set(std::vector<value::Value> low,
                                std::optional<std::vector<value::Value>> high = {}) {
  return value::Value(value::SetValue{std::move(low), std::move(high)});
}

class World : public ProgramBuilder {
 public:
  MapFactTable facts;
  evaluate::Options options;

  /// A registry value with that fact; its node.
  ir::NodeId registry(const std::string& name, value::Fact fact) {
    return fact_node(registry_address("HKLM\\SOFTWARE\\Test", name), kRegistry, std::move(fact));
  }

  /// A fact of any type, under a name of its own.
  ir::NodeId any_fact(const std::string& name, value::Type type, value::Fact fact) {
    return fact_node({value::ResourceKind::Attested, 0, {value::text(name), value::Value()}}, type,
                     std::move(fact));
  }

  ir::NodeId fact_node(const value::Address& address, value::Type type, value::Fact fact) {
    facts.set(address, std::move(fact));
    return ProgramBuilder::fact(address, type);
  }

  /// A boolean atom of a known truth: `registry(name) == 1` with 1, 0 or an unreadable value.
  ir::NodeId atom(value::Truth truth) {
    const std::string name = "v" + std::to_string(program().nodes.size());
    const value::Fact fact = truth == value::Truth::Unknown
                                 ? unknown()
                                 : value::Fact::present(dword(truth == value::Truth::True ? 1 : 0));
    return compare(ir::Comparison::Equal, registry(name, fact), integer(1));
  }

  void host_is(std::optional<std::uint32_t> build, std::optional<std::string> role) {
    const auto set_host = [&](std::string_view attribute, std::optional<value::Value> v) {
      const auto& info = value::resource_info(value::ResourceKind::Host);
      if (v)
        facts.set({value::ResourceKind::Host, *value::find_attribute(info, attribute), {}},
                  value::Fact::present(*v));
    };
    set_host("build", build ? std::optional(value::integer(*build)) : std::nullopt);
    set_host("role", role ? std::optional(value::Value(value::Symbol{*role})) : std::nullopt);
  }

  void attest(const std::string& key, value::Fact answer) {
    facts.set({value::ResourceKind::Attested, 0, {value::text(key), value::Value()}}, std::move(answer));
  }

  evaluate::Evaluation run() {
    const auto verified = ir::verify(program(), "test");
    if (!verified) FAIL(base::message_of(verified.error()));
    facts.bind(program());
    return evaluate::evaluate(program(), facts, options);
  }

  /// Of the only control.
  evaluate::ControlResult result() { return run().controls.at(0); }

  /// The truth of one boolean node, as the only require of the only control.
  value::Truth truth(ir::NodeId root) {
    control("C", {root});
    return run().controls.back().requires_.at(0).truth;
  }
};

}  // namespace polc::test

namespace Catch {
template <>
struct StringMaker<polc::value::Truth> {
  static std::string convert(polc::value::Truth truth) {
    using polc::value::Truth;
    return truth == Truth::True ? "true" : truth == Truth::False ? "false" : "unknown";
  }
};
template <>
struct StringMaker<polc::evaluate::Verdict> {
  static std::string convert(polc::evaluate::Verdict v) {
    return std::string(polc::evaluate::verdict_name(v));
  }
};
}  // namespace Catch
