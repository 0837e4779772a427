#include "tests/unit/catch.hpp"
#include "tests/unit/value/support.hpp"

using namespace polc::value;
using namespace polc::value::testing;

namespace {

const Type kGrants = map_of(TypeKind::Principal, TypeKind::Rights);
const Value kModify = rights(0x301BF);
const Value kRead = rights(0x20089);

}  // namespace

TEST_CASE("maps compare entry by entry, keys by SID") {
  struct Row {
    const char* what;
    Value a;
    Value b;
    const char* equal;
    const char* within;
  };
  const Row rows[] = {
      {"nothing", map({}), map({}), "true", "true"},
      {"same, other order and spelling", map({{who("SYSTEM"), kModify}, {who("Users"), kRead}}),
       map({{who("S-1-5-32-545"), kRead}, {who("S-1-5-18"), kModify}}), "true", "true"},
      {"more keys", map({{who("SYSTEM"), kModify}, {who("Users"), kRead}}), map({{who("SYSTEM"), kModify}}),
       "false", "false"},
      {"fewer keys", map({{who("SYSTEM"), kModify}}), map({{who("SYSTEM"), kModify}, {who("Users"), kRead}}),
       "false", "true"},
      {"other rights", map({{who("SYSTEM"), kModify}}), map({{who("SYSTEM"), kRead}}), "false", "false"},
      {"smaller rights", map({{who("SYSTEM"), kRead}}), map({{who("SYSTEM"), kModify}}), "false", "true"},
      {"unresolved name, rights fit", map({{who("?alice"), kModify}}), map({{who("SYSTEM"), kModify}}),
       "unresolved", "unresolved"},
      {"unresolved name, rights fit nobody", map({{who("?alice"), kModify}}), map({{who("SYSTEM"), kRead}}),
       "false", "false"},
      {"unresolved name against nothing", map({{who("?alice"), kRead}}), map({}), "false", "false"},
      {"one more unresolved name", map({{who("SYSTEM"), kModify}, {who("?alice"), kModify}}),
       map({{who("SYSTEM"), kModify}}), "unresolved", "unresolved"},
      {"wrong key beside an unresolved one", map({{who("Users"), kRead}, {who("?alice"), kModify}}),
       map({{who("SYSTEM"), kModify}}), "false", "false"},
      {"incomplete", map({{who("SYSTEM"), kModify}}, false), map({{who("SYSTEM"), kModify}}), "unknown",
       "unknown"},
      {"incomplete with a wrong entry", map({{who("Users"), kModify}}, false),
       map({{who("SYSTEM"), kModify}}), "false", "false"},
      {"against incomplete", map({{who("SYSTEM"), kModify}}), map({}, false), "unknown", "unknown"},
      {"within incomplete", map({{who("SYSTEM"), kModify}}), map({{who("SYSTEM"), kModify}}, false),
       "unknown", "true"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(shown(compare(Relation::Equal, row.a, row.b, kGrants)) == row.equal);
    CHECK(shown(compare(Relation::Equal, row.b, row.a, kGrants)) == row.equal);
    CHECK(shown(is_within(row.a, row.b, kGrants)) == row.within);
    CHECK(shown(contains(row.b, row.a, kGrants)) == row.within);
  }
}

TEST_CASE("look-up in a map") {
  const auto find = [](const Value& m, const Value& key, Type type = kGrants) {
    return lookup(*m.get<MapValue>(), key, type);
  };
  const Value grants = map({{who("SYSTEM"), kModify}, {who("Users"), kRead}});
  CHECK(find(grants, who("S-1-5-18")).value == kModify);
  CHECK(find(grants, who("Guests")).status == FactStatus::Absent);
  CHECK(find(grants, who("?alice")).status == FactStatus::Unknown);
  CHECK(find(grants, who("?alice")).unknowns.front().reason == UnknownReason::UnresolvedName);
  CHECK(find(map({}), who("?alice")).status == FactStatus::Absent);
  CHECK(find(map({}, false), who("SYSTEM")).unknowns.front().reason == UnknownReason::NotCollected);
  CHECK(find(map({{who("?alice"), kRead}}), who("SYSTEM")).unknowns.front().reason ==
        UnknownReason::UnresolvedName);
  const Value headers = map({{text("Server"), text("Microsoft-IIS/10.0")}});
  const Type header_type = map_of(TypeKind::Name, TypeKind::Text);
  CHECK(find(headers, text("SERVER"), header_type).value == text("Microsoft-IIS/10.0"));
  CHECK(find(headers, text("X-Powered-By"), header_type).status == FactStatus::Absent);
}
