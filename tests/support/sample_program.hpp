// A program that uses every table, every kind of constant and most operations.
#pragma once

#include "tests/support/program_builder.hpp"

namespace polc::test {

inline void add_constants_of_every_kind(ProgramBuilder& b) {
  using namespace value;
  b.constant_id(Value());
  b.constant_id(Value(true));
  b.constant_id(Value(Number{Integer::of(INT64_MIN), Integer::infinity(), true}));
  b.constant_id(text("Grüße"));
  b.constant_id(Value(Duration{Number::exactly(Integer::of(7'776'000))}));
  b.constant_id(Value(Date{-1}));
  b.constant_id(Value(Port{443, Protocol::Udp}));
  b.constant_id(Value(Principal{Principal::Form::DomainRelative, 512, {}, "Domain Admins"}));
  b.constant_id(Value(Rights{1, 2, 0xFFFFFFFFU}));
  AddressRange range;
  range.first[12] = 127;
  range.last = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 127, 255, 255, 255};
  b.constant_id(Value(AddressSet::exactly({{range}})));
  b.constant_id(Value(Symbol{"disabled"}));
  b.constant_id(dword(1));
  b.constant_id(Value(RegistryData{RegistryType::MultiSz, 0, std::vector<std::string>{"", "a"}}));
  b.constant_id(Value(RegistryData{RegistryType::Binary, 0, std::vector<std::uint8_t>{0, 255}}));
  b.constant_id(Value(RegistryData{RegistryType::Other, 99, std::monostate{}}));
  b.constant_id(Value(PolicyState{PolicyState::State::Enabled, "All drives"}));
  b.constant_id(Value(SetValue::exactly({text("a"), text("b")})));
  b.constant_id(Value(SetValue{{}, std::nullopt}));
  b.constant_id(Value(ListValue{{text("x")}, false}));
  b.constant_id(Value(MapValue{{{text("k"), Value(Rights{})}}, true}));
}

inline void add_declarations(ProgramBuilder& b) {
  ir::Program& p = b.program();
  p.policy.title = b.text("Sample");
  p.policy.evidence_max_age = 86400;
  p.policy.allow_network = true;
  p.files[0].sha256[31] = 7;
  p.groups.push_back({b.text("Group"), b.range(0, 3)});
  p.controls[0].group = 0;
  p.controls[0].severity = ir::Severity::Critical;
  p.controls[0].tags = {b.text("tag")};
  p.controls[0].references = {{ir::ReferenceKind::Cce, b.text("CCE-36077-6")}};
  p.controls[0].formerly = {b.text("OLD-1")};
  p.controls[0].manual = ir::Manual{b.text("Ask"), b.text("C-1"), 7'776'000, b.range(4, 9)};
  p.waivers.push_back({b.text("C-1"),
                       {0},
                       b.text("lab*"),
                       value::Date{20000},
                       value::Date{20100},
                       b.text("move"),
                       b.text("infra"),
                       0,
                       0});
  p.parameters.push_back({b.text("limit"),
                          0,
                          b.text("1..9"),
                          value::simple(value::TypeKind::Int),
                          b.constant_id(value::integer(5)),
                          b.text("profile base"),
                          {{b.constant_id(value::integer(4)), b.text("default"), b.range(0, 3)},
                           {b.constant_id(value::integer(5)), b.text("profile base"), 0}},
                          0});
  p.profile = {b.text("kiosk"),
               b.text("Kiosk"),
               b.text("--profile"),
               b.range(0, 3),
               {b.text("base")},
               {b.text("C-9")},
               {{0, ir::Severity::High, 0}},
               {{b.text("base"), b.text("C-9"), b.text("why"), 0}}};
  ir::Setting setting;
  setting.path = b.text("Computer Configuration/X");
  setting.elements.push_back({b.text("label"),
                              0,
                              b.text("V"),
                              value::RegistryType::Dword,
                              {{b.text("All"), b.constant_id(dword(255))}},
                              value::Integer::of(0),
                              std::nullopt});
  p.settings.push_back(setting);
}

inline ir::Program sample_program() {
  ProgramBuilder b;
  add_constants_of_every_kind(b);
  const value::Type registry = value::simple(value::TypeKind::Registry);
  const value::Type integer = value::simple(value::TypeKind::Int);
  const value::Type port = value::simple(value::TypeKind::Port);
  const ir::NodeId start = b.fact(registry_address("HKLM\\SYSTEM\\X", "Start"), registry);
  const ir::DefaultsId defaults = b.defaults({{17763, UINT32_MAX, 6, b.constant_id(dword(4))}});
  const ir::NodeId four = b.integer(4);
  const ir::NodeId is_four =
      b.compare(ir::Comparison::Equal, start, four, ir::AbsenceRule::Default, defaults);
  const ir::NodeId ports =
      b.node(ir::Op::Range, value::set_of(value::TypeKind::Int), {b.integer(70), b.integer(74)});
  const ir::NodeId each = b.node(ir::Op::MakePort, port, {b.variable(0, integer)});
  const ir::NodeId listening =
      b.read(value::ResourceKind::Port, 0, value::simple(value::TypeKind::Bool), {each});
  const ir::NodeId all = b.truth_node(ir::Op::All, {ports, b.truth_node(ir::Op::Holds, {listening})}, 0);
  const ir::NodeId both = b.truth_node(ir::Op::And, {is_four, all});
  b.control("C-1", {both}, b.truth_node(ir::Op::IsPresent, {start}));
  b.control("C-2", {b.truth_node(ir::Op::True, {})});
  add_declarations(b);
  b.program().expansions.push_back({0, 1, b.text("is_four"), 1, b.text("x == 4"), true});
  b.program().expansions.push_back({1, 1, b.text("start"), 1, b.text("x"), false});
  b.program().nodes[is_four].expansion = 1;
  b.program().nodes[start].expansion = 2;
  return b.program();
}

}  // namespace polc::test
