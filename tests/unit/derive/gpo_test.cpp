#include "tests/unit/derive/support.hpp"

namespace polc::derive::test {
namespace {

/// A program with one setting; `text` and `data` intern what it needs.
struct Catalogue {
  ir::Program program;
  ir::Setting setting;

  ir::TextId text(std::string_view s) {
    program.texts.push_back(s);
    return static_cast<ir::TextId>(program.texts.size() - 1);
  }
  ir::ConstantId data(RegistryData d) {
    program.constants.emplace_back(std::move(d));
    return static_cast<ir::ConstantId>(program.constants.size() - 1);
  }
  Fact read(const Evidence& evidence, std::string_view attribute_name = "value",
            std::vector<Value> more = {}) {
    setting.path = text("Computer Configuration/X");
    program.settings = {setting};
    std::vector<Value> arguments{value::text("Computer Configuration/X")};
    for (auto& argument : more) arguments.push_back(std::move(argument));
    return HostFacts(program, evidence, evidence.layer, kNow)
        .read(address(ResourceKind::Gpo, attribute_name, std::move(arguments)));
  }
};

constexpr const char* kExplorer = "HKLM\\SOFTWARE\\Explorer";

Catalogue on_off() {
  Catalogue c;
  c.setting.type = value::simple(value::TypeKind::PolicyState);
  c.setting.key = c.text("SOFTWARE\\Explorer");
  c.setting.value_name = c.text("NoAutoplayfornonVolume");
  c.setting.enabled = c.data(dword(1));
  c.setting.disabled = c.data(dword(0));
  return c;
}

Catalogue turn_off_autoplay() {
  Catalogue c;
  c.setting.type = value::simple(value::TypeKind::PolicyState);
  c.setting.key = c.text("SOFTWARE\\Explorer");
  c.setting.disabled_deletes = true;
  ir::SettingElement element;
  element.label = c.text("Turn off Autoplay on");
  element.value = c.text("NoDriveTypeAutoRun");
  element.options = {{c.text("All drives"), c.data(dword(255))}, {c.text("CD-ROM"), c.data(dword(181))}};
  c.setting.elements = {element};
  return c;
}

Evidence closed(std::string_view name, RegistryData data) {
  Evidence evidence;
  set(evidence, kExplorer, name, std::move(data));
  key(evidence, kExplorer).values_complete = true;
  return evidence;
}

}  // namespace

TEST_CASE("a setting with two states is read back from its registry value") {
  const auto state = [](const Evidence& evidence) { return line(on_off().read(evidence)); };
  CHECK(state(closed("NoAutoplayfornonVolume", dword(1))) == "Enabled");
  CHECK(state(closed("NoAutoplayfornonVolume", dword(0))) == "Disabled");
  CHECK(state(closed("NoAutoplayfornonVolume", dword(2))) == "mistyped dword(2)");
  CHECK(state(closed("NoAutoplayfornonVolume", sz("1"))) == "mistyped sz(\"1\")");
  CHECK(state(closed("Other", dword(1))) == "absent setting");
  CHECK(state(Evidence{}) == "unknown: not collected");
}

TEST_CASE("a missing value is no trace of Disabled unless Disabled only deletes it") {
  const Evidence missing = closed("Other", dword(1));
  CHECK(on_off().read(missing).value.empty());

  const Fact live = turn_off_autoplay().read(missing);
  CHECK(line(live) == "absent setting");
  CHECK(live.value == Value(value::PolicyState{value::PolicyState::State::Disabled, {}}));

  Evidence policy = missing;
  policy.layer = value::Layer::Policy;
  CHECK(turn_off_autoplay().read(policy).value.empty());
}

TEST_CASE("in a policy, deleting the value is Disabled and silence is not configured") {
  Evidence silent = closed("Other", dword(1));
  silent.layer = value::Layer::Policy;
  CHECK(line(turn_off_autoplay().read(silent)) == "absent setting");

  Evidence deleted = silent;
  const auto order = Reading<RegistryData>::absent(7);
  key(deleted, kExplorer).values["NODRIVETYPEAUTORUN"] = {"NoDriveTypeAutoRun", order};
  const Fact disabled = turn_off_autoplay().read(deleted);
  CHECK(line(disabled) == "Disabled");
  CHECK(disabled.origin == 7);
  CHECK(line(turn_off_autoplay().read(deleted, "state")) == "Disabled");
  CHECK(line(on_off().read(deleted)) == "absent setting");

  Evidence emptied = silent;
  key(emptied, kExplorer).values[value::folded(value::kAllValues)] = {std::string(value::kAllValues), order};
  CHECK(line(turn_off_autoplay().read(emptied)) == "Disabled");

  Catalogue named = on_off();
  named.setting.disabled_deletes = true;
  CHECK(line(named.read(emptied)) == "Disabled");
  CHECK(line(named.read(silent)) == "absent setting");

  deleted.layer = value::Layer::Effective;
  CHECK(line(turn_off_autoplay().read(deleted)) == "absent setting");
}

TEST_CASE("the chosen option of a setting is part of its state") {
  const auto state = [](std::uint64_t n) {
    return line(turn_off_autoplay().read(closed("NoDriveTypeAutoRun", dword(n))));
  };
  CHECK(state(255) == "Enabled(\"All drives\")");
  CHECK(state(181) == "Enabled(\"CD-ROM\")");
  CHECK(state(145) == "mistyped dword(145)");
  const Evidence all = closed("NoDriveTypeAutoRun", dword(255));
  CHECK(line(turn_off_autoplay().read(all, "state")) == "Enabled");
  CHECK(line(turn_off_autoplay().read(all, "option", {Value(), value::text("turn off autoplay on")})) ==
        "\"All drives\"");
}

TEST_CASE("numbers, rights and account policy have their own types") {
  Catalogue number;
  number.setting.type = value::simple(value::TypeKind::Int);
  number.setting.key = number.text("SOFTWARE\\Explorer");
  number.setting.value_name = number.text("Limit");
  CHECK(line(number.read(closed("Limit", dword(900)))) == "900");
  CHECK(line(number.read(closed("Limit", sz("900")))) == "mistyped sz(\"900\")");
  CHECK(line(number.read(closed("Other", dword(1)))) == "absent setting");

  Catalogue length;
  length.setting.type = value::simple(value::TypeKind::Int);
  length.setting.inf_section = length.text("System Access");
  length.setting.inf_key = length.text("MinimumPasswordLength");
  Evidence evidence;
  CHECK(line(length.read(evidence)) == "unknown: not collected");
  evidence.account_policy.min_length = Reading<value::Integer>::of(value::Integer::of(14));
  CHECK(line(length.read(evidence)) == "14");

  Catalogue complexity;
  complexity.setting.type = value::simple(value::TypeKind::PolicyState);
  complexity.setting.inf_key = complexity.text("PasswordComplexity");
  evidence.account_policy.complexity = Reading<bool>::of(false);
  CHECK(line(complexity.read(evidence)) == "Disabled");

  Catalogue unknown_line;
  unknown_line.setting.type = value::simple(value::TypeKind::PolicyState);
  unknown_line.setting.inf_key = unknown_line.text("LSAAnonymousNameLookup");
  CHECK(line(unknown_line.read(evidence)) == "unknown: unsupported");
}

TEST_CASE("a user's setting needs the user") {
  Catalogue c = on_off();
  c.setting.scope = ir::Scope::User;
  Evidence evidence;
  set(evidence, "HKU\\S-1-5-21-1-2-3-500\\SOFTWARE\\Explorer", "NoAutoplayfornonVolume", dword(1));
  CHECK(line(c.read(evidence)) == "unknown: unresolved name");
  CHECK(line(c.read(evidence, "value", {principal("S-1-5-21-1-2-3-500")})) == "Enabled");
}

}  // namespace polc::derive::test
