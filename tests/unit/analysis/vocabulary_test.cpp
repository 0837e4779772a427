// The analysis against brute force, type by type: random conditions from everything that can be asked about one place,
// judged on all values of a small universe. Where a host is found by trying, the analysis must not say "never".
#include <random>

#include "tests/unit/analysis/asked.hpp"

using namespace polc;
using analysis::Answer;
using analysis::Outcome;
using value::Fact;
using value::ResourceKind;
using value::Value;

namespace {

struct Vocabulary {
  std::string name;
  value::Address place;
  std::vector<Fact> facts;
  std::vector<std::string> atoms;
  int decided;  ///< of the rounds, at least: "undetermined" is no way out
};

value::Address address(ResourceKind kind, const char* attribute, std::vector<Value> arguments) {
  return {kind, *value::find_attribute(value::resource_info(kind), attribute), std::move(arguments)};
}

Fact absent() {
  return Fact::absent(value::AbsentLevel::Value);
}

Fact registry(value::RegistryType type, decltype(value::RegistryData::data) data) {
  return Fact::present(Value(value::RegistryData{type, 0, std::move(data)}));
}

/// Every list of these texts with up to three items.
std::vector<std::vector<std::string>> lists_of(const std::vector<std::string>& items) {
  std::vector<std::vector<std::string>> lists{{}};
  for (std::size_t begin = 0, length = 0; length < 3; ++length) {
    const std::size_t end = lists.size();
    for (; begin < end; ++begin) {
      for (const std::string& item : items) {
        lists.push_back(lists[begin]);
        lists.back().push_back(item);
      }
    }
  }
  return lists;
}

std::vector<Fact> sets_of(const std::vector<Value>& elements) {
  std::vector<Fact> facts;
  for (unsigned subset = 0; subset < (1U << elements.size()); ++subset) {
    std::vector<Value> chosen;
    for (std::size_t i = 0; i < elements.size(); ++i) {
      if (((subset >> i) & 1U) != 0) chosen.push_back(elements[i]);
    }
    facts.push_back(Fact::present(Value(value::SetValue::exactly(std::move(chosen)))));
  }
  return facts;
}

std::vector<Value> texts(const std::vector<std::string>& all) {
  std::vector<Value> values;
  for (const std::string& one : all) values.push_back(value::text(one));
  return values;
}

Vocabulary strings_in_the_registry() {
  Vocabulary v{
      "multi_sz", address(ResourceKind::Registry, "value", texts({R"(HKLM\SOFTWARE\X)", "V"})), {}, {}, 30};
  for (auto& list : lists_of({"a", "ab", "b", "c"}))
    v.facts.push_back(registry(value::RegistryType::MultiSz, list));
  for (const char* text : {"a", "b", ""})
    v.facts.push_back(registry(value::RegistryType::Sz, std::string(text)));
  v.facts.push_back(registry(value::RegistryType::Dword, std::uint64_t{2}));
  v.facts.push_back(absent());
  const std::string whole = R"(registry('HKLM\SOFTWARE\X', 'V'))";
  const std::string list = "multi_sz(" + whole + ")";
  v.atoms = {whole + R"( contains "a")",
             whole + R"( contains "b")",
             R"("a" in )" + whole,
             R"("c" not in )" + whole,
             list + R"( contains "ab")",
             whole + R"( == {"a", "b"})",
             whole + R"( within {"a", "b"})",
             whole + R"( contains {"a", "c"})",
             whole + R"( == "a")",
             list + R"( == ["a", "b"])",
             "count(" + list + ") >= 2",
             "count(" + list + ") == 0",
             "any x in " + list + R"(: x == "a")",
             "any x in " + list + R"(: x like "b*")",
             "all x in " + list + R"(: x like "a*")",
             "all x in " + list + R"(: x in {"a", "ab"})",
             "any x in " + list + R"(: x like "*b" and x != "b")",
             whole + " is absent"};
  return v;
}

Vocabulary names_of_keys() {
  Vocabulary v{"subkeys",
               address(ResourceKind::RegistryKey, "subkeys", texts({R"(HKLM\SOFTWARE\X)"})),
               sets_of(texts({"a", "ab", "b", "c", "cab"})),
               {},
               32};
  v.facts.push_back(absent());
  const std::string keys = R"(registry_key('HKLM\SOFTWARE\X').subkeys)";
  v.atoms = {keys + R"( contains "a")",
             keys + R"( contains "ab")",
             keys + R"( within {"a", "b"})",
             keys + R"( within {"a", "ab"})",
             keys + R"( == {"a", "b"})",
             keys + " == {}",
             keys + R"( - {"a"} == {"b"})",
             keys + R"( & {"a", "b"} == {})",
             "count(" + keys + ") == 1",
             "count(" + keys + ") > 2",
             "any k in " + keys + R"(: k like "a*")",
             "all k in " + keys + R"(: k like "a*")",
             "all k in " + keys + R"(: not k like "a*")",
             "any k in " + keys + R"(: k like "*b")",
             "all k in " + keys + R"(: k == "a" or k like "c*")",
             "any k in " + keys + R"(: k != "a")",
             "all k in " + keys + R"( - {"a"}: k == "b")",
             keys + " is absent"};
  return v;
}

Vocabulary audited_outcomes() {
  Vocabulary v{"audit",
               address(ResourceKind::Audit, "outcomes", texts({"Logon"})),
               sets_of({Value(value::Symbol{"success"}), Value(value::Symbol{"failure"})}),
               {},
               30};
  const std::string audit = R"(audit("Logon"))";
  v.atoms = {audit + " contains success",
             audit + " contains failure",
             audit + " == {success}",
             audit + " within {failure}",
             audit + " == {success, failure}",
             audit + " == {}",
             "count(" + audit + ") == 1",
             "any o in " + audit + ": o == success",
             "all o in " + audit + ": o == failure"};
  return v;
}

Value principal(const std::string& sid) {
  return Value(value::Principal{value::Principal::Form::Sid, 0, sid, {}});
}

Vocabulary granted_rights() {
  Vocabulary v{"acl", address(ResourceKind::Acl, "allow", texts({R"(C:\X)"})), {}, {}, 36};
  constexpr std::uint32_t kRead = 0x00120089, kWrite = 0x00100116, kDelete = 0x00010000;
  std::vector<std::uint32_t> masks{0, kRead, kWrite, kRead | kWrite, kRead | kDelete, kDelete};
  for (const std::uint32_t first : masks) {
    for (const std::uint32_t second : masks) {
      value::MapValue map;
      if (first != 0)
        map.entries.push_back({principal("S-1-1-0"), Value(value::Rights{first, first, first})});
      if (second != 0)
        map.entries.push_back({principal("S-1-5-32-545"), Value(value::Rights{second, second, second})});
      v.facts.push_back(Fact::present(Value(std::move(map))));
    }
  }
  v.facts.push_back(absent());
  const std::string everyone = R"(acl('C:\X').allow['S-1-1-0'])";
  const std::string users = R"(acl('C:\X').allow['S-1-5-32-545'])";
  v.atoms = {everyone + " is absent",   everyone + " within read",      "read within " + users,
             users + " == read",        users + " within read | write", users + " is present",
             R"(acl('C:\X') is absent)"};
  return v;
}

Vocabulary response_headers() {
  Vocabulary v{"headers", address(ResourceKind::Http, "headers", texts({"http://localhost/"})), {}, {}, 30};
  for (const char* server : {"", "Microsoft-IIS/10.0", "Microsoft-HTTPAPI/2.0", "x"}) {
    for (const char* other : {"", "x", "y"}) {
      value::MapValue map;
      if (*server != 0) map.entries.push_back({value::text("Server"), value::text(server)});
      if (*other != 0) map.entries.push_back({value::text("X-Powered-By"), value::text(other)});
      v.facts.push_back(Fact::present(Value(std::move(map))));
    }
  }
  const std::string headers = R"(http("http://localhost/").headers)";
  v.atoms = {headers + "['Server'] is absent",       headers + R"(['Server'] like "Microsoft*")",
             headers + R"(['Server'] like "*2.0")",  headers + R"(['Server'] == "x")",
             headers + R"(['X-Powered-By'] == "x")", headers + R"(['X-Powered-By'] != "x")",
             headers + "['X-Powered-By'] is present"};
  return v;
}

Vocabulary rows_of_accounts() {
  Vocabulary v{"accounts", address(ResourceKind::Accounts, "items", {}), {}, {}, 28};
  std::vector<Value> rows;
  for (const bool enabled : {false, true}) {
    for (const char* name : {"a", "ab", "b"}) {
      auto record = std::make_shared<value::RecordData>();
      record->fields.push_back({"name", Fact::present(value::text(name))});
      record->fields.push_back({"enabled", Fact::present(Value(enabled))});
      rows.emplace_back(value::Record(std::move(record)));
    }
  }
  const auto put = [&](std::vector<Value> items) {
    v.facts.push_back(Fact::present(Value(value::ListValue{std::move(items), true})));
  };
  put({});
  for (const Value& a : rows) put({a});
  for (const Value& a : rows)
    for (const Value& b : rows) put({a, b});
  for (const Value& a : rows)
    for (const Value& b : rows)
      for (const Value& c : rows) put({a, b, c});
  v.atoms = {"all a in accounts: a.enabled",
             "any a in accounts: a.enabled",
             R"(any a in accounts: a.name == "a")",
             R"(any a in accounts: a.name == "b" and a.enabled)",
             R"(all a in accounts: a.enabled or a.name like "a*")",
             R"(any a in accounts: a.name like "a*" and a.name != "a" and not a.enabled)",
             "count(accounts) == 1",
             "count(accounts) >= 2"};
  return v;
}

Vocabulary processes_of_listeners() {
  Vocabulary v{"process",
               address(ResourceKind::Port, "listeners", {Value(value::Port{3389, value::Protocol::Tcp})}),
               {},
               {},
               0};  // proofs are not asked for: the names are made of rows
  for (const auto& names : lists_of({"svchost.exe", "x", "xy"})) {
    std::vector<Value> rows;
    for (const std::string& name : names) {
      auto record = std::make_shared<value::RecordData>();
      record->fields.push_back({"process", Fact::present(value::text(name))});
      rows.emplace_back(value::Record(std::move(record)));
    }
    v.facts.push_back(Fact::present(Value(value::ListValue{std::move(rows), true})));
  }
  const std::string process = "port(3389/tcp).process";
  v.atoms = {process + R"( within {"svchost.exe"})",
             process + R"( contains "x")",
             process + " == {}",
             "any p in " + process + R"(: p like "x*")",
             "all p in " + process + R"(: p != "x")",
             "port(3389/tcp).listening"};
  return v;
}

class Conditions {
 public:
  Conditions(const Vocabulary& vocabulary, unsigned seed) : atoms_(vocabulary.atoms), random_(seed) {}

  std::string make(int depth) {
    if (depth == 0 || below(5) == 0)
      return (below(3) == 0 ? "not (" : "(") + atoms_[below(atoms_.size())] + ")";
    const std::string operation = below(3) == 0 ? " or " : " and ";
    return "(" + make(depth - 1) + operation + make(depth - 1) + ")";
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  const std::vector<std::string>& atoms_;
  std::mt19937 random_;
};

/// Verdicts that some value of the universe gives.
struct Seen {
  bool pass = false, fail = false;
};

Seen seen_by_trying(const ir::Program& program, const Vocabulary& vocabulary) {
  Seen seen;
  for (const Fact& fact : vocabulary.facts) {
    const auto verdict = analysis::verdict_on({&program, 0}, {{vocabulary.place, fact}});
    seen.pass = seen.pass || verdict == evaluate::Verdict::Pass;
    seen.fail = seen.fail || verdict == evaluate::Verdict::Fail;
  }
  return seen;
}

constexpr int kRounds = 40;

}  // namespace

TEST_CASE("no value of any type is found by trying that the analysis denies") {
  for (const Vocabulary& vocabulary :
       {strings_in_the_registry(), names_of_keys(), audited_outcomes(), granted_rights(), response_headers(),
        rows_of_accounts(), processes_of_listeners()}) {
    Conditions conditions(vocabulary, 20261128);
    int decided = 0;
    for (int round = 0; round < kRounds; ++round) {
      const std::string condition = round < static_cast<int>(vocabulary.atoms.size())
                                        ? vocabulary.atoms[static_cast<std::size_t>(round)]
                                        : conditions.make(2);
      INFO(condition);
      const ir::Program program = test::requiring(condition);
      const Seen seen = seen_by_trying(program, vocabulary);
      const auto pass = test::ask(program, Outcome::Pass);
      const auto fail = test::ask(program, Outcome::Fail);
      INFO("pass: " << test::answer_text(pass) << "\nfail: " << test::answer_text(fail));
      decided += pass.answer != Answer::Undetermined && fail.answer != Answer::Undetermined ? 1 : 0;
      if (seen.pass) CHECK(pass.answer != Answer::Never);
      if (seen.fail) CHECK(fail.answer != Answer::Never);
    }
    INFO(vocabulary.name << " " << decided);
    CHECK(decided >= vocabulary.decided);
  }
}
