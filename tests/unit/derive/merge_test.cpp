#include "runtime/derive/merge.hpp"

#include "tests/unit/derive/support.hpp"

namespace polc::derive::test {
namespace {

constexpr const char* kKey = "HKLM\\SOFTWARE\\X";
constexpr std::int64_t kDay = 86'400;

Evidence target(const char* name, std::optional<std::int64_t> collected_at = kNow - kDay) {
  Evidence e;
  e.target = name;
  e.backend = "snapshot";
  e.collected_at = collected_at;
  e.origins.push_back({"snapshot", name, 7, 1, ""});
  return e;
}

Evidence with_value(const char* name, RegistryData data) {
  Evidence e = target(name);
  set(e, kKey, "Y", std::move(data));
  e.registry.at(value::folded(kKey)).values.at("Y").data.origin = 1;
  e.registry.at(value::folded(kKey)).presence.origin = 1;
  return e;
}

Evidence closed(const char* name) {
  Evidence e = target(name);
  key(e, kKey).values_complete = true;
  return e;
}

Evidence merged(std::vector<Evidence> targets, MergeOptions options = {kNow, {}, {}}) {
  auto result = merge(std::move(targets), options);
  REQUIRE(result);
  return std::move(*result);
}

std::string error(std::vector<Evidence> targets) {
  auto result = merge(std::move(targets), {kNow, {}, {}});
  REQUIRE_FALSE(result);
  return base::message_of(result.error());
}

value::ServiceRow service(const char* name, const char* state) {
  value::ServiceRow row;
  row.name = name;
  row.state = Reading<std::string>::of(state, 1);
  row.origin = 1;
  return row;
}

Evidence services(const char* name, std::vector<value::ServiceRow> rows, bool complete) {
  Evidence e = target(name);
  e.services.rows = std::move(rows);
  e.services.collected = true;
  e.services.complete = complete;
  e.services.origin = 1;
  return e;
}

std::string state(const Evidence& e, const char* name) {
  return line(fact(e, address(ResourceKind::Service, "state", {value::text(name)})));
}

}  // namespace

TEST_CASE("what was read beats what was not, and two answers are a conflict that names both places") {
  CHECK(line(registry(merged({target("a"), with_value("b", dword(1))}), kKey, "Y")) == "dword(1)");
  CHECK(line(registry(merged({with_value("a", dword(1)), target("b")}), kKey, "Y")) == "dword(1)");
  CHECK(line(registry(merged({with_value("a", dword(1)), with_value("b", dword(1))}), kKey, "Y")) ==
        "dword(1)");

  const Fact conflict = registry(merged({with_value("a", dword(1)), with_value("b", dword(2))}), kKey, "Y");
  CHECK(line(conflict) == "unknown: conflict");
  CHECK(conflict.unknowns.front().detail == "a:7 and b:7 differ");

  Evidence denied = target("c");
  key(denied, kKey).values["Y"] = {"Y",
                                   Reading<RegistryData>::unreadable({UnknownReason::AccessDenied, {}, {}})};
  CHECK(line(registry(merged({denied, with_value("b", dword(1))}), kKey, "Y")) == "dword(1)");
  CHECK(line(registry(merged({with_value("b", dword(1)), denied}), kKey, "Y")) == "dword(1)");
  CHECK(line(registry(merged({target("a"), denied}), kKey, "Y")) == "unknown: access denied");
}

TEST_CASE("origins point into the joined list") {
  const Evidence e = merged({target("a"), with_value("b", dword(1))});
  const Fact f = registry(e, kKey, "Y");
  REQUIRE(f.origin < e.origins.size());
  CHECK(e.origins[f.origin].file == "b");
}

TEST_CASE("closure is an answer: it joins with what is missing and contradicts what is there") {
  CHECK(line(registry(merged({closed("a"), target("b")}), kKey, "Z")) == "absent value");
  for (const bool swapped : {false, true}) {
    std::vector<Evidence> pair{closed("a"), with_value("b", dword(1))};
    if (swapped) std::swap(pair[0], pair[1]);
    CHECK(line(registry(merged(pair), kKey, "Y")) == "unknown: conflict");
  }
  Evidence gone = target("c");
  gone.registry[value::folded(kKey)] = {kKey, Reading<bool>::absent(1), {}, false, {}, false};
  CHECK(line(registry(merged({gone, with_value("b", dword(1))}), kKey, "Y")) == "unknown: conflict");
  Evidence parent = target("d");
  key(parent, "HKLM\\SOFTWARE").subkeys_complete = true;
  for (const bool swapped : {false, true}) {
    std::vector<Evidence> pair{parent, with_value("b", dword(1))};
    if (swapped) std::swap(pair[0], pair[1]);
    CHECK(line(registry(merged(pair), kKey, "Y")) == "unknown: conflict");
  }
}

TEST_CASE("what denies a key that another target has is in doubt itself") {
  const char* below = "HKLM\\SOFTWARE\\X\\Deep\\Y";
  Evidence deep = target("a");
  set(deep, below, "Z", dword(1));
  Evidence gone = target("b");
  gone.registry[value::folded(kKey)] = {kKey, Reading<bool>::absent(1), {}, false, {}, false};
  Evidence without = target("c");
  key(without, kKey).subkeys_complete = true;
  const auto subkeys = [](const Evidence& e, const char* path) {
    return line(
        fact(e, address(ResourceKind::RegistryKey, "subkeys", {value::text(path), Value(), Value()})));
  };
  for (const bool swapped : {false, true}) {
    std::vector<Evidence> pair{deep, gone};
    if (swapped) std::swap(pair[0], pair[1]);
    CHECK(subkeys(merged(pair), kKey) == "unknown: conflict");
    CHECK(line(registry(merged(pair), "HKLM\\SOFTWARE\\X\\Other", "Z")) == "unknown: conflict");
    for (const Evidence& third : {gone, deep}) {
      pair.resize(2);
      pair.push_back(third);
      CHECK(subkeys(merged(pair), kKey) == "unknown: conflict");
    }
    pair = {deep, without};
    if (swapped) std::swap(pair[0], pair[1]);
    CHECK(subkeys(merged(pair), "HKLM\\SOFTWARE\\X\\Deep") != "absent key");
    pair.push_back(without);
    CHECK(subkeys(merged(pair), "HKLM\\SOFTWARE\\X\\Deep") != "absent key");
  }
}

TEST_CASE("a third target does not decide between two that contradict each other") {
  const auto one = with_value("a", dword(1));
  const auto two = with_value("b", dword(2));
  CHECK(line(registry(merged({one, two, one}), kKey, "Y")) == "unknown: conflict");
  CHECK(line(registry(merged({one, one, two}), kKey, "Y")) == "unknown: conflict");
  CHECK(line(registry(merged({one, two, closed("c")}), kKey, "Y")) == "unknown: conflict");
  CHECK(line(registry(merged({one, closed("c"), one}), kKey, "Y")) == "unknown: conflict");

  const Evidence running = services("a", {service("X", "running")}, true);
  const Evidence none = services("b", {}, true);
  Evidence no_services = target("c");
  no_services.services.collected = no_services.services.object_missing = true;
  for (const Evidence& third : {running, none, no_services}) {
    CHECK(state(merged({running, none, third}), "X") == "unknown: conflict");
    CHECK(state(merged({none, running, third}), "X") == "unknown: conflict");
    CHECK(state(merged({running, no_services, third}), "X") == "unknown: conflict");
  }

  const auto drive = [](const char* name, const char* letter) {
    Evidence e = target(name);
    e.host.variables["DATA"] = letter;
    return e;
  };
  CHECK(merged({drive("a", "C:"), drive("b", "D:"), drive("c", "C:")}).host.variables.count("DATA") == 0);
  CHECK(merged({drive("a", "C:"), drive("b", "c:")}).host.variables.at("DATA") == "C:");
}

TEST_CASE("tables join row by row") {
  const Evidence two = merged(
      {services("a", {service("X", "running")}, false), services("b", {service("Y", "stopped")}, false)});
  CHECK(state(two, "X") == "running");
  CHECK(state(two, "Y") == "stopped");
  CHECK(state(two, "Z") == "unknown: not collected");

  const Evidence closed_one = merged({services("a", {service("X", "running"), service("Y", "stopped")}, true),
                                      services("b", {service("x", "running")}, false)});
  CHECK(state(closed_one, "X") == "running");
  CHECK(state(closed_one, "Z") == "absent object");

  const Evidence differ = merged(
      {services("a", {service("X", "running")}, false), services("b", {service("X", "stopped")}, false)});
  CHECK(state(differ, "X") == "unknown: conflict");

  for (const bool swapped : {false, true}) {
    std::vector<Evidence> pair{services("a", {service("X", "running")}, true),
                               services("b", {service("X", "running"), service("Y", "stopped")}, false)};
    if (swapped) std::swap(pair[0], pair[1]);
    const Evidence contradiction = merged(pair);
    CHECK(state(contradiction, "X") == "running");
    CHECK(state(contradiction, "Y") == "unknown: conflict");
  }
  CHECK(state(merged({services("a", {}, true), target("b")}), "X") == "absent object");
  CHECK(state(merged({target("b"), services("a", {}, true)}), "X") == "absent object");
}

TEST_CASE("firewall rules are compared by all that they say") {
  const auto rules = [](const char* name, std::vector<const char*> names) {
    Evidence e = target(name);
    for (const char* rule_name : names) {
      value::FirewallRuleRow row;
      row.name = rule_name;
      e.firewall.local_rules.rows.push_back(row);
    }
    e.firewall.local_rules.collected = e.firewall.local_rules.complete = true;
    return e;
  };
  // Identical rules are legal and stay as many as they are.
  const Evidence same = merged({rules("a", {"x", "x"}), rules("b", {"x", "x"})});
  CHECK(same.firewall.local_rules.rows.size() == 2);
  CHECK(same.firewall.local_rules.complete);
  const Evidence differ = merged({rules("a", {"x", "y"}), rules("b", {"x"})});
  CHECK_FALSE(differ.firewall.local_rules.complete);
  CHECK(differ.firewall.local_rules.unreadable->reason == UnknownReason::Conflict);
}

TEST_CASE("targets must be about one host") {
  const auto named = [](const char* target_name, const char* host) {
    Evidence e = target(target_name);
    e.host.name = Reading<std::string>::of(host);
    return e;
  };
  CHECK(merged({named("a", "WEB01"), named("b", "web01")}).host.name.value == "WEB01");
  CHECK(error({named("a", "WEB01"), target("c"), named("b", "WEB02")}) ==
        "'a' is about WEB01, 'b' about WEB02");
}

TEST_CASE("evidence from after the clock is an error") {
  CHECK(merged({target("a", kNow)}).target == "a");
  CHECK(error({target("a", kNow + 1)}) ==
        "'a' was collected at 2026-11-22T00:00:01Z, which is after 2026-11-22T00:00:00Z");
  Evidence scan = target("a");
  scan.exposure.rows = {{"internet", {443, value::Protocol::Tcp}, "open", kNow + 60, 0}};
  CHECK_FALSE(error({scan}).empty());
}

TEST_CASE("evidence older than asked for is stale, and the name of the host is not") {
  const auto aged = [](std::optional<std::int64_t> collected_at, std::uint64_t max_age) {
    Evidence e = with_value("a", dword(1));
    e.collected_at = collected_at;
    e.host.name = Reading<std::string>::of("WEB01");
    e.host.build = Reading<std::uint32_t>::of(20348);
    e.services.rows = {service("X", "running")};
    e.services.collected = true;
    return merged({e}, {kNow, max_age, {}});
  };
  CHECK(line(registry(aged(kNow - kDay, kDay), kKey, "Y")) == "dword(1)");
  const Evidence old = aged(kNow - kDay - 1, kDay);
  CHECK(line(registry(old, kKey, "Y")) == "unknown: stale");
  CHECK(line(registry(old, "HKU\\Default\\X", "Y")) == "unknown: stale");
  CHECK(line(fact(old, address(ResourceKind::Host, "build"))) == "unknown: stale");
  CHECK(line(fact(old, address(ResourceKind::Host, "name"))) == "\"WEB01\"");
  CHECK(state(old, "X") == "unknown: stale");
  CHECK(line(registry(aged({}, kDay), kKey, "Y")) == "unknown: stale");

  // A fresh target fills what a stale one lost.
  Evidence fresh = with_value("b", dword(2));
  Evidence stale = with_value("a", dword(1));
  stale.collected_at = kNow - 100 * kDay;
  CHECK(line(registry(merged({stale, fresh}, {kNow, 10 * kDay, {}}), kKey, "Y")) == "dword(2)");
}

TEST_CASE("observations and statements age by their own dates") {
  Evidence e = target("a", kNow - 100 * kDay);
  e.exposure.rows = {{"internet", {443, value::Protocol::Tcp}, "open", kNow - kDay, 0},
                     {"internet", {80, value::Protocol::Tcp}, "open", {}, 0}};
  e.exposure.collected = true;
  value::AttestationRow attestation;
  attestation.key = "k";
  e.attestations.rows = {attestation};
  value::PasswordRow now;
  now.name = "mysql.root";
  e.passwords.rows = {now};
  const Evidence aged = merged({e}, {kNow, 10 * kDay, {}});
  REQUIRE(aged.exposure.rows.size() == 1);
  CHECK(aged.exposure.rows[0].port.number == 443);
  CHECK(aged.exposure.unreadable->reason == UnknownReason::Stale);
  CHECK(aged.attestations.rows.size() == 1);
  CHECK(aged.passwords.rows.size() == 1);
}

TEST_CASE("policy evidence never fills an effective fact") {
  Evidence gpo = with_value("gpo", dword(1));
  gpo.layer = value::Layer::Policy;
  Evidence statement = target("people");
  value::AttestationRow attestation;
  attestation.key = "k";
  statement.attestations.rows = {attestation};
  statement.attestations.collected = true;

  const Evidence policy = merged({gpo, statement});
  CHECK(policy.layer == value::Layer::Policy);
  CHECK(line(registry(policy, kKey, "Y")) == "dword(1)");
  CHECK(policy.attestations.rows.size() == 1);

  const Evidence effective = merged({gpo, services("host", {service("X", "running")}, true)});
  CHECK(effective.layer == value::Layer::Effective);
  CHECK(line(registry(effective, kKey, "Y")) == "unknown: not collected");
  CHECK(line(registry(merged({gpo}, {kNow, {}, value::Layer::Effective}), kKey, "Y")) ==
        "unknown: not collected");
}

namespace {

/// A policy that sets kKey\\Y, or only is silent, about everything else.
Evidence policy_with(const char* name, std::optional<RegistryData> data) {
  Evidence gpo = target(name);
  gpo.layer = value::Layer::Policy;
  gpo.registry_collected = true;
  constexpr value::OriginId here = 1;
  std::vector<std::string> paths{"HKLM"};
  if (data) paths = {"HKLM", "HKLM\\SOFTWARE", kKey};
  for (const std::string& path : paths) {
    auto& recorded = gpo.registry[value::folded(path)];
    recorded.path = path;
    recorded.presence = Reading<bool>::of(true, here);
    recorded.values_complete = recorded.subkeys_complete = true;
  }
  if (data) gpo.registry[value::folded(kKey)].values["Y"] = {"Y", Reading<RegistryData>::of(*data, here)};
  return gpo;
}

Evidence policy_deleting(const char* name, std::string_view value_name) {
  Evidence gpo = policy_with(name, dword(0));
  auto& values = gpo.registry[value::folded(kKey)].values;
  values.clear();
  values[value::folded(value_name)] = {std::string(value_name), Reading<RegistryData>::absent(1)};
  return gpo;
}

std::string y_of(std::vector<Evidence> targets) {
  return line(registry(merged(std::move(targets)), kKey, "Y"));
}

}  // namespace

TEST_CASE("policies: silence of one is no answer against a value of another") {
  for (const bool value_first : {true, false}) {
    const Evidence sets = policy_with("a", dword(1));
    const Evidence silent = policy_with("b", std::nullopt);
    const auto targets = value_first ? std::vector{sets, silent} : std::vector{silent, sets};
    CHECK(y_of(targets) == "dword(1)");
    CHECK(line(registry(merged(targets), kKey, "Z")) == "absent value");
    CHECK(line(registry(merged(targets), "HKLM\\B", "Z")) == "absent key");
  }
}

TEST_CASE("policies: two values are a conflict, twice the same value is not") {
  CHECK(y_of({policy_with("a", dword(1)), policy_with("b", dword(1))}) == "dword(1)");
  const Evidence differ = merged({policy_with("a", dword(1)), policy_with("b", dword(2))});
  CHECK(registry(differ, kKey, "Y").unknowns.front().detail == "a:7 and b:7 differ");
}

TEST_CASE("policies: setting and deleting contradict each other") {
  for (const std::string_view deleted : {std::string_view("Y"), value::kAllValues}) {
    INFO(deleted);
    const Evidence deletes = policy_deleting("b", deleted);
    const std::string conflict = "unknown: conflict";
    CHECK(y_of({policy_with("a", dword(1)), deletes}) == conflict);
    CHECK(y_of({deletes, policy_with("a", dword(1))}).starts_with("unknown: conflict"));
    CHECK(y_of({policy_with("a", std::nullopt), deletes}) == "absent value");
  }
  Evidence key_deleted = policy_with("b", std::nullopt);
  auto& above = key_deleted.registry["HKLM\\SOFTWARE"];
  above.path = "HKLM\\SOFTWARE";
  above.presence = Reading<bool>::absent(1);
  CHECK(y_of({policy_with("a", dword(1)), key_deleted}).starts_with("unknown: conflict"));
  CHECK(y_of({key_deleted, policy_with("a", dword(1))}).starts_with("unknown: conflict"));
}

TEST_CASE("policies: what one could not be read of is absent from none of them") {
  const value::Unknown corrupt{UnknownReason::Corrupt, {}, "b.pol"};
  Evidence damaged = policy_with("b", std::nullopt);
  damaged.registry["HKLM"].presence = Reading<bool>::unreadable(corrupt);
  damaged.registry["HKLM"].values_complete = damaged.registry["HKLM"].subkeys_complete = false;
  for (const bool damaged_first : {true, false}) {
    const Evidence sets = policy_with("a", dword(1));
    const auto targets = damaged_first ? std::vector{damaged, sets} : std::vector{sets, damaged};
    // The damaged one may set another value.
    CHECK(y_of(targets) == "unknown: corrupt");
    CHECK(line(registry(merged(targets), kKey, "Z")) == "unknown: corrupt");
    CHECK(line(registry(merged(targets), "HKLM\\B", "Z")) == "unknown: corrupt");
  }
}

TEST_CASE("policies: what one may set on some machines stays unknown") {
  Evidence perhaps = policy_with("b", dword(0));
  const value::Unknown depends{UnknownReason::Unsupported, {}, "targeting"};
  perhaps.registry[value::folded(kKey)].values["Y"].data = Reading<RegistryData>::unreadable(depends);
  CHECK(y_of({policy_with("a", dword(1)), perhaps}) == "unknown: unsupported");
  CHECK(y_of({perhaps, policy_with("a", dword(1))}) == "unknown: unsupported");
}

TEST_CASE("policies: rows that one lacks are another's, and only together they are complete") {
  const auto with_right = [](const char* name, const char* right, bool complete) {
    Evidence gpo = target(name);
    gpo.layer = value::Layer::Policy;
    gpo.user_rights.collected = true;
    gpo.user_rights.complete = complete;
    if (right != nullptr) {
      using Holders = std::vector<value::PrincipalEvidence>;
      gpo.user_rights.rows.push_back({right, Reading<Holders>::of({{.sid = "S-1-5-18", .name = {}}})});
    }
    return gpo;
  };
  const Evidence both = merged({with_right("a", "SeTcbPrivilege", true), with_right("b", nullptr, true),
                                with_right("c", "SeDebugPrivilege", true)});
  CHECK(both.user_rights.rows.size() == 2);
  CHECK(both.user_rights.complete);
  const Evidence open = merged({with_right("a", "SeTcbPrivilege", true), with_right("b", nullptr, false)});
  CHECK(open.user_rights.rows.size() == 1);
  CHECK(open.user_rights.rows[0].holders.present());
  CHECK_FALSE(open.user_rights.complete);
  Evidence damaged = with_right("b", nullptr, false);
  damaged.user_rights.unreadable = value::Unknown{UnknownReason::Corrupt, {}, "GptTmpl.inf"};
  for (const bool damaged_first : {true, false}) {
    const Evidence sets = with_right("a", "SeTcbPrivilege", true);
    const Evidence joined = merged(damaged_first ? std::vector{damaged, sets} : std::vector{sets, damaged});
    REQUIRE(joined.user_rights.rows.size() == 1);
    CHECK(joined.user_rights.rows[0].holders.unknown.reason == UnknownReason::Corrupt);
  }
}

TEST_CASE("policies: an account policy that one does not configure is another's") {
  const auto with_length = [](const char* name, std::optional<std::int64_t> length) {
    Evidence gpo = target(name);
    gpo.layer = value::Layer::Policy;
    gpo.account_policy.min_length =
        length ? Reading<value::Integer>::of(value::Integer::of(*length)) : Reading<value::Integer>::absent();
    return gpo;
  };
  const auto length_of = [](const Evidence& e) { return e.account_policy.min_length; };
  CHECK(length_of(merged({with_length("a", 14), with_length("b", std::nullopt)})).value ==
        value::Integer::of(14));
  CHECK(length_of(merged({with_length("a", std::nullopt), with_length("b", 14)})).value ==
        value::Integer::of(14));
  CHECK(length_of(merged({with_length("a", std::nullopt), with_length("b", std::nullopt)})).status ==
        FactStatus::Absent);
  CHECK(length_of(merged({with_length("a", 14), with_length("b", 8)})).unknown.reason ==
        UnknownReason::Conflict);
  Evidence silent = target("c");
  silent.layer = value::Layer::Policy;
  silent.audit_policy.collected = true;
  CHECK(length_of(merged({with_length("a", std::nullopt), silent})).status == FactStatus::Absent);
  Evidence damaged = silent;
  damaged.account_policy.min_length =
      Reading<value::Integer>::unreadable({UnknownReason::NotCollected, {}, "GptTmpl.inf is missing"});
  CHECK(length_of(merged({with_length("a", std::nullopt), damaged})).status == FactStatus::Unknown);
}

}  // namespace polc::derive::test
