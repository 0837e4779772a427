// The analysis against brute force: random conditions over a few places, judged on every combination of many values. Where
// a host is found by trying, the analysis must not say "never".
#include <random>

#include "tests/unit/analysis/asked.hpp"

using namespace polc;
using analysis::Answer;
using analysis::Assumption;
using analysis::Outcome;
using value::Fact;
using value::ResourceKind;
using value::Value;

namespace {

struct Place {
  value::Address location;
  std::vector<Fact> facts;
};

Fact dword(std::uint64_t n) {
  return Fact::present(Value(value::RegistryData{value::RegistryType::Dword, 0, n}));
}
Fact sz(const std::string& text) {
  return Fact::present(Value(value::RegistryData{value::RegistryType::Sz, 0, text}));
}

Place registry_place() {
  Place place{{ResourceKind::Registry, 0, {value::text("HKLM\\SOFTWARE\\X"), value::text("V")}}, {}};
  for (std::uint64_t n = 0; n <= 12; ++n) place.facts.push_back(dword(n));
  for (const char* text : {"", "a", "ab", "abc", "b", "7"}) place.facts.push_back(sz(text));
  place.facts.push_back(Fact::absent(value::AbsentLevel::Value));
  return place;
}

Place length_place() {
  Place place{{ResourceKind::PasswordPolicy, 0, {}}, {}};
  for (std::int64_t n = 0; n <= 12; ++n) place.facts.push_back(Fact::present(value::integer(n)));
  return place;
}

const std::vector<std::string>& sids() {
  static const std::vector<std::string> all{"S-1-5-32-544", "S-1-5-32-545", "S-1-5-18", "S-1-1-0"};
  return all;
}

Place holders_place() {
  Place place{{ResourceKind::UserRight, 0, {value::text("SeTcbPrivilege")}}, {}};
  for (unsigned subset = 0; subset < 16; ++subset) {
    std::vector<Value> elements;
    for (unsigned i = 0; i < 4; ++i) {
      if (((subset >> i) & 1U) != 0)
        elements.emplace_back(value::Principal{value::Principal::Form::Sid, 0, sids()[i], {}});
    }
    place.facts.push_back(Fact::present(Value(value::SetValue::exactly(std::move(elements)))));
  }
  return place;
}

Place role_place() {
  Place place{
      {ResourceKind::Host, *value::find_attribute(value::resource_info(ResourceKind::Host), "role"), {}}, {}};
  for (const char* role : {"dc", "member", "workgroup"})
    place.facts.push_back(Fact::present(Value(value::Symbol{role})));
  return place;
}

class Conditions {
 public:
  explicit Conditions(unsigned seed) : random_(seed) {}

  std::string make(int depth) {
    if (depth == 0 || below(3) == 0) return atom();
    const std::string left = "(" + make(depth - 1) + ")";
    switch (below(4)) {
      case 0:
        return "not " + left;
      case 1:
        return left + " and (" + make(depth - 1) + ")";
      default:
        return left + " or (" + make(depth - 1) + ")";
    }
  }

 private:
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  std::string number() { return std::to_string(below(11)); }
  std::string principals() {
    std::string text = "{";
    for (const std::string& sid : sids()) {
      if (below(2) == 0) text += (text.size() > 1 ? ", '" : "'") + sid + "'";
    }
    return text + "}";
  }

  std::string atom() {
    const std::string order[] = {"==", "!=", "<", "<=", ">", ">="};
    const std::string value = R"(registry('HKLM\SOFTWARE\X', 'V'))";
    const std::string holders = "user_right(SeTcbPrivilege)";
    switch (below(11)) {
      case 0:
        return value + " in {" + number() + ", " + number() + "}";
      case 1:
        return value + " in " + number() + ".." + number();
      case 2:
        return "has_bits(" + value + ", " + std::to_string(1 + below(7)) + ")";
      case 3: {
        const std::string texts[] = {"\"a\"", "\"ab\"", "\"b\"", "\"\""};
        return value + (below(2) == 0 ? " == " : " != ") + texts[below(4)];
      }
      case 4:
        return value + (below(2) == 0 ? " is present" : " is absent");
      case 5:
        return "password_policy.min_length " + order[below(6)] + " " + number();
      case 6:
        return "host.role == " + std::string(below(2) == 0 ? "dc" : "member");
      case 7:
        return holders + (below(2) == 0 ? " within " : " == ") + principals();
      case 8:
        return holders + " contains '" + sids()[below(4)] + "'";
      case 9:
        return value + " " + order[below(6)] + " " + number();
      default:
        return below(2) == 0 ? "host.domain_joined" : value + R"( like "a*")";
    }
  }

  std::mt19937 random_;
};

/// Outcomes that some combination of values gives.
struct Seen {
  bool pass = false, fail = false;
};

template <class Visit>
void for_each_host(const std::vector<Place>& places, std::vector<Assumption>& host, const Visit& visit) {
  if (host.size() == places.size()) return visit(host);
  const Place& place = places[host.size()];
  for (const Fact& fact : place.facts) {
    host.push_back({place.location, fact});
    for_each_host(places, host, visit);
    host.pop_back();
  }
}

bool reads(const ir::Program& program, const Place& place) {
  const analysis::Derivation derivation(program);
  for (const value::Address& address : program.addresses) {
    for (const value::Address& source : derivation.sources(address)) {
      if (analysis::location_key(source) == analysis::location_key(place.location)) return true;
    }
  }
  return false;
}

std::vector<Place> places_of(const std::vector<const ir::Program*>& programs) {
  std::vector<Place> used;
  for (const Place& place : {registry_place(), length_place(), holders_place(), role_place()}) {
    if (std::any_of(programs.begin(), programs.end(), [&](const auto* p) { return reads(*p, place); }))
      used.push_back(place);
  }
  return used;
}

}  // namespace

TEST_CASE("no host is found by trying that the analysis denies") {
  Conditions conditions(20261127);
  int decided = 0;
  for (int round = 0; round < 250; ++round) {
    const std::string condition = conditions.make(2);
    INFO(condition);
    const ir::Program program = test::requiring(condition);
    const std::vector<Place> places = places_of({&program});
    if (places.size() > 2) continue;
    Seen seen;
    std::vector<Assumption> host;
    for_each_host(places, host, [&](const std::vector<Assumption>& h) {
      const auto verdict = analysis::verdict_on({&program, 0}, h);
      seen.pass = seen.pass || verdict == evaluate::Verdict::Pass;
      seen.fail = seen.fail || verdict == evaluate::Verdict::Fail;
    });
    const Answer pass = test::ask(program, Outcome::Pass).answer;
    const Answer fail = test::ask(program, Outcome::Fail).answer;
    decided += pass != Answer::Undetermined && fail != Answer::Undetermined ? 1 : 0;
    if (seen.pass) CHECK(pass == Answer::Found);
    if (seen.fail) CHECK(fail == Answer::Found);
  }
  CHECK(decided > 150);
}

TEST_CASE("no difference is found by trying that the comparison denies") {
  Conditions conditions(4711);
  int decided = 0;
  for (int round = 0; round < 250; ++round) {
    const std::string first = conditions.make(1);
    const std::string second = conditions.make(1);
    INFO(first << "  ->  " << second);
    const ir::Program older = test::requiring(first);
    const ir::Program newer = test::requiring(second);
    const std::vector<Place> places = places_of({&older, &newer});
    if (places.size() > 2) continue;
    Seen only;  // pass: the older one accepts, the newer one does not
    std::vector<Assumption> host;
    for_each_host(places, host, [&](const std::vector<Assumption>& h) {
      const bool old_accepts = analysis::verdict_on({&older, 0}, h) == evaluate::Verdict::Pass;
      const bool new_accepts = analysis::verdict_on({&newer, 0}, h) == evaluate::Verdict::Pass;
      only.pass = only.pass || (old_accepts && !new_accepts);
      only.fail = only.fail || (!old_accepts && new_accepts);
    });
    const auto comparison = analysis::compare({&older, 0}, {&newer, 0});
    decided += comparison.relation != analysis::Relation::Undetermined ? 1 : 0;
    if (only.pass) CHECK(comparison.only_old.answer != Answer::Never);
    if (only.fail) CHECK(comparison.only_new.answer != Answer::Never);
  }
  CHECK(decided > 150);
}
