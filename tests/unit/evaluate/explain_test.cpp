// Explanations as people see them: docs/language.md §8.
#include "runtime/evaluate/explain.hpp"

#include "runtime/base/limits.hpp"
#include "runtime/evaluate/render_explanation.hpp"
#include "runtime/value/addresses.hpp"
#include "tests/unit/evaluate/world.hpp"

using namespace polc;
using ir::Comparison;
using test::dword;
using test::World;
using value::Fact;
using value::Value;

namespace {

/// A world with one source line; parts of it are named by their text.
class Source : public World {
 public:
  explicit Source(std::string line) : line_(std::move(line)) { whole_ = range(0, size()); }

  /// Gives a node the place of the first `part` at or after `from`.
  ir::NodeId at(std::string_view part, ir::NodeId node, std::size_t from = 0) {
    const std::size_t begin = line_.find(part, from);
    REQUIRE(begin != std::string::npos);
    program().nodes[node].range =
        range(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + part.size()));
    return node;
  }

  evaluate::Explanation explain(ir::NodeId root) {
    control("C", {root});
    ir::Require& require = program().controls.back().requires_[0];
    require.range = whole_;
    require.excerpt = text(line_);
    const auto evaluation = run();
    return evaluate::explain(program(), facts, options, evaluation.controls.back()).requires_.at(0);
  }

  std::string shown(ir::NodeId root, std::size_t width = 100) {
    return evaluate::render_explanation(explain(root), facts, {false, width, 0});
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(line_.size()); }

  std::string line_;
  ir::RangeId whole_ = 0;
};

Value addresses(const char* text) {
  return Value(value::AddressSet::exactly(*value::parse_addresses(text)));
}

constexpr value::Type kAddresses = value::simple(value::TypeKind::AddressSet);

}  // namespace

TEST_CASE("the explanation of the language reference") {
  Source s("port(3306/tcp).allowed_from within {loopback}");
  const auto origin =
      s.facts.add_origin({"snapshot", "automate01.yaml", 88, 0, "rule \"MySQL\" (profiles: all)"});
  Fact everyone = Fact::present(addresses("any"), origin);
  const auto& port = value::resource_info(value::ResourceKind::Port);
  const ir::NodeId fact =
      s.at("port(3306/tcp).allowed_from", s.fact_node({value::ResourceKind::Port,
                                                       *value::find_attribute(port, "allowed_from"),
                                                       {Value(value::Port{3306, value::Protocol::Tcp})}},
                                                      kAddresses, everyone));
  const ir::NodeId loopback = s.at("{loopback}", s.constant(addresses("loopback"), kAddresses));
  const ir::NodeId root = s.at("port(3306/tcp).allowed_from within {loopback}",
                               s.compare(Comparison::Within, fact, loopback, ir::AbsenceRule::Settled));
  CHECK(s.shown(root) ==
        "port(3306/tcp).allowed_from within {loopback}\n"
        "|                           |\n"
        "any                         false\n"
        "snapshot automate01.yaml:88, rule \"MySQL\" (profiles: all)\n"
        "passes when every allowed source is inside {127.0.0.0/8, ::1}\n");
}

TEST_CASE("every conjunct is explained, also behind the first that fails") {
  Source s("registry('K', 'A') == 1 and registry('K', 'B') == 2");
  const ir::NodeId a = s.at("registry('K', 'A')", s.registry("A", Fact::present(dword(0))));
  const ir::NodeId b = s.at("registry('K', 'B')", s.registry("B", test::absent(value::AbsentLevel::Key)));
  const ir::NodeId a1 =
      s.at("registry('K', 'A') == 1", s.compare(Comparison::Equal, a, s.at("1", s.integer(1))));
  const ir::NodeId b2 =
      s.at("registry('K', 'B') == 2", s.compare(Comparison::Equal, b, s.at("2", s.integer(2))));
  const ir::NodeId both =
      s.at("registry('K', 'A') == 1 and registry('K', 'B') == 2", s.truth_node(ir::Op::And, {a1, b2}));
  CHECK(s.shown(both) ==
        "registry('K', 'A') == 1 and registry('K', 'B') == 2\n"
        "|                  |    |   |                  |\n"
        "dword(0)           |    |   absent (key)       fails (absent)\n"
        "                   |    false\n"
        "                   false\n"
        "passes when the value is 1\n"
        "passes when the value is 2\n");
}

TEST_CASE("a value is explained by so many bytes of its text and no more") {
  const auto shown = [](std::size_t bytes) {
    Source s("fact == 'x'");
    const Fact fact = Fact::present(value::text(std::string(bytes - 2, 'a')));  // two quotes
    const ir::NodeId root =
        s.at("fact == 'x'", s.compare(Comparison::Equal, s.at("fact", s.any_fact("f", test::kText, fact)),
                                      s.constant(value::text("x"), test::kText)));
    return s.explain(root).nodes.at(0).value;
  };
  CHECK(shown(limits::kOutcomeBytes) == '"' + std::string(limits::kOutcomeBytes - 2, 'a') + '"');
  const std::string cut = shown(limits::kOutcomeBytes + 1);
  CHECK(cut.size() == limits::kOutcomeBytes);
  CHECK(cut.ends_with("..."));
}
