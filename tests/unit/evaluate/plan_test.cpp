// What a policy will read: facts by kind, patterns, evidence.
#include "runtime/evaluate/plan.hpp"

#include "runtime/value/canonical.hpp"
#include "tests/support/sample_program.hpp"
#include "tests/unit/evaluate/world.hpp"

using namespace polc;
using test::World;
using value::EvidenceSection;
using value::Fact;
using value::ResourceKind;
using value::TypeKind;
using value::Value;

namespace {

std::vector<std::string> texts(const evaluate::Plan& plan, ResourceKind kind) {
  std::vector<std::string> all;
  for (const evaluate::PlannedResource& resource : plan.resources) {
    if (resource.kind != kind) continue;
    for (const evaluate::PlannedFact& fact : resource.facts) all.push_back(fact.text);
  }
  return all;
}

value::AttributeId attribute(ResourceKind kind, std::string_view name) {
  return *value::find_attribute(value::resource_info(kind), name);
}

Value port(std::uint16_t number, value::Protocol protocol = value::Protocol::Tcp) {
  return Value(value::Port{number, protocol});
}

ir::NodeId listening(World& world, std::uint16_t number) {
  const ir::NodeId fact =
      world.fact_node({ResourceKind::Port, attribute(ResourceKind::Port, "listening"), {port(number)}},
                      test::kBool, test::unknown());
  return world.truth_node(ir::Op::Holds, {fact});
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("facts are grouped by kind, with the privilege each needs") {
  World world;
  world.control("C",
                {world.compare(ir::Comparison::Equal, world.registry("X", test::unknown()), world.integer(1)),
                 listening(world, 443)});
  const evaluate::Plan plan = evaluate::plan(world.program());
  REQUIRE(plan.resources.size() == 2);
  CHECK(plan.resources[0].name == "registry");
  CHECK(plan.resources[0].facts[0].text == "registry('HKLM\\SOFTWARE\\Test', 'X')");
  CHECK(plan.resources[1].name == "port");
  CHECK(plan.resources[1].evidence ==
        std::vector{EvidenceSection::Listeners, EvidenceSection::Firewall, EvidenceSection::Host});
}

TEST_CASE("consecutive ports are one line") {
  World world;
  world.control("C", {listening(world, 70), listening(world, 71), listening(world, 72), listening(world, 80),
                      listening(world, 81)});
  CHECK(texts(evaluate::plan(world.program()), ResourceKind::Port) ==
        Texts{"port(80/tcp).listening", "port(81/tcp).listening", "port(<70..72>/tcp).listening"});
}

TEST_CASE("a quantifier over numbers is planned as a range") {
  World world;
  const ir::NodeId last = world.node(ir::Op::Add, test::kInt, {world.integer(40000), world.integer(1000)});
  const ir::NodeId range =
      world.node(ir::Op::Range, value::set_of(TypeKind::Int), {world.integer(40101), last});
  const ir::NodeId each = world.node(ir::Op::MakePort, test::kPort, {world.variable(0, test::kInt)});
  const ir::NodeId read = world.read(ResourceKind::Port, attribute(ResourceKind::Port, "allowed_from"),
                                     value::simple(TypeKind::AddressSet), {each});
  const ir::NodeId none = world.constant(Value(value::AddressSet{}), value::simple(TypeKind::AddressSet));
  const ir::NodeId body = world.compare(ir::Comparison::Equal, read, none);
  world.control("C", {world.truth_node(ir::Op::All, {range, body}, 0)});
  const evaluate::Plan plan = evaluate::plan(world.program());
  CHECK(texts(plan, ResourceKind::Port) == Texts{"port(<40101..41000>/tcp).allowed_from"});
  CHECK_FALSE(plan.resources[0].facts[0].depends_on_host);
}

TEST_CASE("the same body over two collections is two patterns") {
  World world;
  const ir::NodeId v = world.variable(0, test::kPort);
  const ir::NodeId read =
      world.read(ResourceKind::Port, attribute(ResourceKind::Port, "listening"), test::kBool, {v});
  const ir::NodeId body = world.truth_node(ir::Op::Holds, {read});
  const value::Type ports = value::set_of(TypeKind::Port);
  const ir::NodeId first = world.constant(test::set_of({port(135), port(445)}), ports);
  const ir::NodeId second = world.constant(test::set_of({port(139)}), ports);
  world.control("C", {world.truth_node(ir::Op::All, {first, body}, 0),
                      world.truth_node(ir::Op::All, {second, body}, 0)});
  CHECK(texts(evaluate::plan(world.program()), ResourceKind::Port) ==
        Texts{"port(<135/tcp, 445/tcp>).listening", "port(<139/tcp>).listening"});
}

TEST_CASE("a collection of the host names itself") {
  World world;
  const value::Type users = value::set_of(TypeKind::Principal);
  const ir::NodeId collection = world.fact_node({ResourceKind::Users, 0, {}}, users, test::unknown());
  const ir::NodeId key = world.constant(value::text("HKCU\\Software\\X"), test::kText);
  const ir::NodeId name = world.constant(value::text("Y"), test::kText);
  const ir::NodeId view = world.constant(Value(), test::kInt);
  const ir::NodeId read = world.read(ResourceKind::Registry, 0, test::kRegistry,
                                     {key, name, view, world.variable(0, test::kPrincipal)});
  const ir::NodeId body = world.compare(ir::Comparison::Equal, read, world.integer(1));
  world.control("C", {world.truth_node(ir::Op::All, {collection, body}, 0)});
  const evaluate::Plan plan = evaluate::plan(world.program());
  CHECK(texts(plan, ResourceKind::Users) == Texts{"users"});
  CHECK(texts(plan, ResourceKind::Registry) == Texts{"registry('HKCU\\Software\\X', 'Y', user: <users>)"});
  CHECK(plan.resources[0].facts[0].depends_on_host);

  const backends::PlanSlice slice = evaluate::plan_slice(world.program());
  CHECK(slice.needs(EvidenceSection::Users));
  CHECK(slice.needs_registry_key("HKU\\S-1-5-21-1\\SOFTWARE\\X"));
  CHECK_FALSE(slice.needs_registry_key("HKLM\\SOFTWARE"));
}

TEST_CASE("manual controls and default rows are planned too") {
  World world;
  const ir::DefaultsId defaults = world.defaults({{0, UINT32_MAX, 7, world.constant_id(test::dword(1))}});
  world.control("C", {world.compare(ir::Comparison::Equal, world.registry("X", test::unknown()),
                                    world.integer(1), ir::AbsenceRule::Default, defaults)});
  world.program().controls[0].manual =
      ir::Manual{world.text("Ask"), world.text("perimeter"), std::nullopt, 0};
  const evaluate::Plan plan = evaluate::plan(world.program());
  CHECK(texts(plan, ResourceKind::Host) == Texts{"host.build", "host.role"});
  CHECK(texts(plan, ResourceKind::Attested) == Texts{"attested(\"perimeter\")"});
  CHECK(evaluate::plan_slice(world.program()).needs(EvidenceSection::Attestations));
}

TEST_CASE("only the controls asked for are planned") {
  World world;
  world.control("A", {listening(world, 1)});
  world.control("B", {listening(world, 9)});
  CHECK(texts(evaluate::plan(world.program(), {1}), ResourceKind::Port) == Texts{"port(9/tcp).listening"});
}

TEST_CASE("the slice names registry keys of settings and protocols") {
  World world;
  ir::Setting setting;
  setting.path = world.text("Computer Configuration/AutoPlay");
  setting.key = world.text("SOFTWARE\\Policies\\Explorer");
  setting.elements.push_back(
      {world.text("on"), world.text("SOFTWARE\\Other"), world.text("V"), {}, {}, {}, {}});
  world.program().settings.push_back(setting);
  const auto present = [&](const value::Address& address) {
    return world.truth_node(ir::Op::IsPresent, {world.fact_node(address, test::kText, test::unknown())});
  };
  world.control("C",
                {present({ResourceKind::Gpo, 0, {value::text("computer configuration/autoplay"), Value()}}),
                 present({ResourceKind::Tls, 0, {value::text("TLS 1.0"), Value(value::Symbol{"server"})}}),
                 present({ResourceKind::RegistryKey,
                          0,
                          {value::text("HKLM\\SOFTWARE\\Vendor"), value::integer(32), Value()}})});
  const backends::PlanSlice slice = evaluate::plan_slice(world.program());
  CHECK(slice.needs_registry_key(value::folded("HKLM\\SOFTWARE\\Policies\\Explorer")));
  CHECK(slice.needs_registry_key(value::folded("HKLM\\SOFTWARE\\Other")));
  CHECK(slice.needs_registry_key(value::folded(
      "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.0\\Server")));
  CHECK(slice.registry_trees().size() == 1);
  CHECK(slice.registry_trees().contains(
      value::folded("HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL")));
  CHECK(slice.needs_registry_key(value::folded("HKLM\\SOFTWARE\\WOW6432Node\\Vendor")));
  CHECK_FALSE(slice.needs_registry_key(value::folded("HKLM\\SOFTWARE\\Vendor")));
  CHECK(slice.needs(EvidenceSection::Host));
  CHECK_FALSE(slice.needs(EvidenceSection::Firewall));
}

TEST_CASE("settings outside the registry name their sections") {
  World world;
  ir::Setting right;
  right.path = world.text("Computer Configuration/Act as part of the operating system");
  right.right = world.text("SeTcbPrivilege");
  ir::Setting audit;
  audit.path = world.text("Computer Configuration/Audit Logon");
  audit.audit_guid = world.text("0cce9215-69ae-11d9-bed3-505054503030");
  ir::Setting length;
  length.path = world.text("Computer Configuration/Minimum password length");
  length.inf_key = world.text("MinimumPasswordLength");
  world.program().settings = {right, audit, length};
  for (const ir::Setting& setting : world.program().settings) {
    const std::string path(world.program().text(setting.path));
    world.control(path,
                  {world.truth_node(ir::Op::IsPresent,
                                    {world.fact_node({ResourceKind::Gpo, 0, {value::text(path), Value()}},
                                                     test::kText, test::unknown())})});
  }
  const backends::PlanSlice slice = evaluate::plan_slice(world.program());
  CHECK(slice.needs(EvidenceSection::UserRights));
  CHECK(slice.needs(EvidenceSection::AuditPolicy));
  CHECK(slice.needs(EvidenceSection::AccountPolicy));
  CHECK_FALSE(slice.needs(EvidenceSection::Registry));
}

TEST_CASE("names are needed where a principal has no SID yet") {
  World world;
  world.constant(test::set_of({test::principal("S-1-5-18")}), value::set_of(TypeKind::Principal));
  world.control("C", {world.truth_node(ir::Op::True, {})});
  CHECK_FALSE(evaluate::plan_slice(world.program()).needs(EvidenceSection::Names));
  world.constant(test::set_of({test::named_principal("CORP\\x")}), value::set_of(TypeKind::Principal));
  const backends::PlanSlice slice = evaluate::plan_slice(world.program());
  CHECK(slice.needs(EvidenceSection::Names));
  const auto* names = slice.objects(EvidenceSection::Names);
  REQUIRE(names != nullptr);
  CHECK(*names == std::set<std::string, std::less<>>{"CORP\\x"});
}
