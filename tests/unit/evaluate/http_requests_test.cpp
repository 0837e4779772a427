// Whom a program would ask, and what is told before anybody is asked.
#include "runtime/evaluate/http_requests.hpp"

#include "runtime/base/limits.hpp"
#include "runtime/evaluate/plan.hpp"
#include "tests/unit/evaluate/world.hpp"

using namespace polc;
using test::World;
using value::EvidenceSection;
using value::ResourceKind;
using value::Value;

namespace {

const value::Type kTexts = value::list_of(value::TypeKind::Text);

Value texts(std::initializer_list<const char*> items) {
  value::ListValue list;
  for (const char* item : items) list.items.push_back(value::text(item));
  return Value(std::move(list));
}

/// The control asks for the status of every URL of a collection, with a Host header.
void ask_each(World& world, ir::NodeId urls, ir::NodeId host) {
  const ir::NodeId nothing = world.constant(Value(), test::kText);
  const ir::NodeId read =
      world.read(ResourceKind::Http, 0, test::kInt, {world.variable(0, test::kText), host, nothing, nothing});
  const ir::NodeId body = world.compare(ir::Comparison::Equal, read, world.integer(200));
  world.control("C", {world.truth_node(ir::Op::All, {urls, body}, 0)});
}

void ask_outright(World& world, const char* url) {
  const ir::NodeId fact = world.fact_node(
      {ResourceKind::Http, 0, {value::text(url), Value(), Value(), Value()}}, test::kInt, test::unknown());
  world.control("C", {world.compare(ir::Comparison::Equal, fact, world.integer(200))});
}

}  // namespace

TEST_CASE("requests that are written outright are known") {
  World world;
  const ir::NodeId fact =
      world.fact_node({ResourceKind::Http,
                       0,
                       {value::text("http://h/"), value::text(""), value::text("1.0"), value::text("get")}},
                      test::kInt, test::unknown());
  world.control("C", {world.compare(ir::Comparison::Equal, fact, world.integer(200))});
  const auto found = evaluate::http_requests(world.program());
  REQUIRE(found.size() == 1);
  CHECK(*found.begin() == value::HttpRequest{"http://h/", "", "1.0", "GET"});
}

TEST_CASE("a request for each text of a collection that is written down") {
  World world;
  ask_each(world, world.constant(texts({"http://a/", "http://b/"}), kTexts),
           world.constant(value::text("x"), test::kText));
  const auto found = evaluate::http_requests(world.program());
  REQUIRE(found.size() == 2);
  CHECK(*found.begin() == value::HttpRequest{"http://a/", "x", "1.1", "HEAD"});
}

TEST_CASE("no text of the host decides whom polc asks") {
  World world;
  const ir::NodeId of_host = world.fact_node({ResourceKind::IisPaths, 0, {}}, kTexts, test::unknown());
  ask_each(world, of_host, world.constant(Value(), test::kText));
  CHECK(evaluate::http_requests(world.program()).empty());
  CHECK(evaluate::plan_slice(world.program()).needs(EvidenceSection::Http));
}

TEST_CASE("requests are bounded") {
  World world;
  value::ListValue list;
  for (std::size_t i = 0; i < limits::kHttpRequests; ++i)
    list.items.push_back(value::text("http://h/" + std::to_string(i)));
  const ir::NodeId urls = world.constant(Value(std::move(list)), kTexts);
  ask_each(world, urls, world.constant(Value(), test::kText));
  CHECK(evaluate::http_requests(world.program()).size() == limits::kHttpRequests);
  ask_each(world, urls, world.constant(value::text("x"), test::kText));
  CHECK(evaluate::http_requests(world.program()).size() == limits::kHttpRequests + 1);
}

TEST_CASE("the slice carries the requests and the policy's half of the consent") {
  World world;
  ask_outright(world, "http://h/");
  const value::HttpRequest request = value::http_request("http://h/", nullptr, nullptr, nullptr);
  backends::PlanSlice slice = evaluate::plan_slice(world.program());
  CHECK_FALSE(slice.http_requests().at(request));
  world.program().policy.allow_network = true;
  slice.add(evaluate::plan_slice(world.program()));
  CHECK(slice.http_requests().at(request));
}

TEST_CASE("a target that may not probe leaves a gap, and the plan says what is missing") {
  World world;
  ask_outright(world, "http://h/");
  const backends::Capability live{
      EvidenceSection::Http, backends::About::Effective, backends::Closure::Open, {}, {}, true};
  const backends::Capability recorded{EvidenceSection::Http};
  const auto slice = evaluate::plan_slice(world.program(), world.program().controls[0]);
  const auto gaps = [&](std::vector<backends::Capability> capabilities, bool policy, bool operator_permits) {
    return evaluate::gaps(slice, capabilities, value::Layer::Effective,
                          backends::network_refusal(policy, operator_permits));
  };
  CHECK(gaps({live}, true, true).empty());
  CHECK(gaps({live, recorded}, false, false).empty());
  REQUIRE(gaps({}, true, true).size() == 1);
  CHECK_FALSE(gaps({}, false, false)[0].why);
  REQUIRE(gaps({live}, false, true).size() == 1);
  CHECK(gaps({live}, false, true)[0].why->reason == value::UnknownReason::NetworkDenied);
  CHECK(gaps({live}, false, true)[0].why->detail == "the policy does not say `allow_network true`");
  CHECK(gaps({live}, true, false)[0].why->detail == "--allow-network was not given");
  CHECK(gaps({live}, false, false)[0].why->detail ==
        "the policy does not say `allow_network true`, and --allow-network was not given");
}
