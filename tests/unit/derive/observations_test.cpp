#include "tests/unit/derive/support.hpp"

namespace polc::derive::test {
namespace {

using value::AttestationRow;
using value::Date;

Date date(const char* iso) {
  return Date::parse(iso).value();
}

std::int64_t at(const char* iso, std::int64_t seconds = 0) {
  return std::int64_t{date(iso).days} * 86'400 + seconds;
}

AttestationRow statement(bool answer, const char* day, const char* expires = nullptr, const char* host = "") {
  AttestationRow row;
  row.key = "perimeter.rdp";
  row.answer = answer;
  row.owner = "Network team";
  row.date = date(day);
  if (expires != nullptr) row.expires = date(expires);
  row.host_glob = host;
  return row;
}

std::string attested(std::vector<AttestationRow> rows, std::int64_t as_of,
                     std::optional<std::int64_t> within = {}) {
  Evidence e;
  e.host.name = Reading<std::string>::of("AUTOMATE01");
  e.attestations.rows = std::move(rows);
  e.attestations.collected = true;
  const Value age =
      within ? Value(value::Duration{value::Number::exactly(value::Integer::of(*within))}) : Value();
  return line(fact(e, address(ResourceKind::Attested, "answer", {value::text("perimeter.rdp"), age}), as_of));
}

}  // namespace

TEST_CASE("a statement counts from its day to the end of the day it expires on") {
  const auto row = statement(true, "2026-10-01", "2026-11-22");
  CHECK(attested({row}, at("2026-10-01")) == "true");
  CHECK(attested({row}, at("2026-09-30", 86'399)) == "unknown: not collected");
  CHECK(attested({row}, at("2026-11-22", 86'399)) == "true");
  CHECK(attested({row}, at("2026-11-23")) == "unknown: stale");
  CHECK(attested({statement(false, "2026-10-01")}, at("2026-11-23")) == "false");
  CHECK(attested({}, at("2026-11-23")) == "unknown: not collected");
}

TEST_CASE("a statement that is older than asked for is out of date") {
  constexpr std::int64_t kNinetyDays = 90 * 86'400;
  const auto row = statement(true, "2026-08-24");
  CHECK(attested({row}, at("2026-11-22", 86'399), kNinetyDays) == "true");
  CHECK(attested({row}, at("2026-11-23"), kNinetyDays) == "unknown: stale");
  CHECK(attested({row}, at("2026-11-23")) == "true");
}

TEST_CASE("of several statements the newest counts, and two of one day must agree") {
  const auto as_of = at("2026-11-22");
  CHECK(attested({statement(true, "2026-10-01"), statement(false, "2026-11-01")}, as_of) == "false");
  CHECK(attested({statement(false, "2026-11-01"), statement(true, "2026-10-01")}, as_of) == "false");
  CHECK(attested({statement(true, "2026-10-01"), statement(false, "2026-11-01", "2026-11-10")}, as_of) ==
        "unknown: stale");  // the older yes was taken back and does not return
  CHECK(attested({statement(true, "2026-10-01"), statement(false, "2026-12-01")}, as_of) == "true");
  CHECK(attested({statement(true, "2026-10-01"), statement(false, "2026-10-01")}, as_of) ==
        "unknown: conflict");
  CHECK(attested({statement(true, "2026-10-01"), statement(true, "2026-10-01")}, as_of) == "true");
  CHECK(
      attested({statement(true, "2026-10-01"), statement(false, "2026-10-01"), statement(true, "2026-10-02")},
               as_of) == "true");
}

TEST_CASE("a statement for other hosts says nothing about this one") {
  const auto as_of = at("2026-11-22");
  CHECK(attested({statement(true, "2026-10-01", nullptr, "automate*")}, as_of) == "true");
  CHECK(attested({statement(true, "2026-10-01", nullptr, "web*")}, as_of) == "unknown: not collected");
  Evidence nameless;
  nameless.attestations.rows = {statement(true, "2026-10-01", nullptr, "*")};
  CHECK(
      line(fact(nameless, address(ResourceKind::Attested, "answer", {value::text("perimeter.rdp"), Value()}),
                as_of)) == "unknown: not collected");
}

TEST_CASE("composition facts: the newest statement, lower bounds, and no guess about what is missing") {
  Evidence e;
  value::PasswordRow row;
  row.name = "mysql.root";
  row.length = value::Number::at_least(value::Integer::of(12));
  row.date = date("2026-10-12");
  e.passwords.rows = {row};
  e.passwords.collected = true;
  const auto ask = [&](const char* attribute_name, const char* name = "mysql.root") {
    return fact(e, address(ResourceKind::Password, attribute_name, {value::text(name)}));
  };
  CHECK_FALSE(ask("length").value.get<value::Number>()->exact());
  CHECK(line(ask("classes")) == "unknown: not collected");
  CHECK(line(ask("length", "other")) == "unknown: not collected");

  value::PasswordRow older = row;
  older.date = date("2025-01-01");
  older.length = value::Number::exactly(value::Integer::of(4));
  value::PasswordRow handed_over = row;
  handed_over.date = {};
  handed_over.length = value::Number::exactly(value::Integer::of(8));
  e.passwords.rows = {older, row};
  CHECK(ask("length").value.get<value::Number>()->low == value::Integer::of(12));
  e.passwords.rows = {older, handed_over, row};  // the secret itself is newer than any statement about it
  CHECK(line(ask("length")) == "8");
  value::PasswordRow same_day = row;
  same_day.length = value::Number::exactly(value::Integer::of(4));
  e.passwords.rows = {row, same_day};
  CHECK(line(ask("length")) == "unknown: conflict");
}

TEST_CASE("scans: by vantage point and port, the newest one") {
  Evidence e;
  const value::Port rdp{3389, value::Protocol::Tcp};
  e.exposure.rows = {{"internet", rdp, "open", 100, 0}, {"Internet", rdp, "filtered", 200, 0}};
  const auto ask = [&](const char* vantage, value::Port port) {
    return line(fact(e, address(ResourceKind::Exposure, "state", {value::text(vantage), Value(port)})));
  };
  CHECK(ask("internet", rdp) == "filtered");
  CHECK(ask("lan", rdp) == "unknown: not collected");
  CHECK(ask("internet", {3389, value::Protocol::Udp}) == "unknown: not collected");
  e.exposure.rows.push_back({"internet", rdp, "open", 200, 0});
  CHECK(ask("internet", rdp) == "unknown: conflict");
}

TEST_CASE("recorded HTTP answers match the request exactly") {
  Evidence e;
  value::HttpRow row;
  row.url = "https://localhost/";
  row.host_given = true;
  row.version = "1.0";
  row.method = "HEAD";
  row.status = Reading<std::uint32_t>::of(404);
  row.headers = {{"Connection", "close"}, {"Via", "a"}, {"via", "b"}};
  e.http.rows = {row};
  const auto ask = [&](const char* attribute_name, std::vector<Value> arguments) {
    arguments.resize(4);
    return fact(e, address(ResourceKind::Http, attribute_name, std::move(arguments)));
  };
  const Value url = value::text("https://localhost/");
  const Value version = value::text("1.0");
  CHECK(line(ask("status", {url, value::text(""), version})) == "404");
  CHECK(line(ask("status", {url, value::text("")})) == "unknown: not collected");
  CHECK(line(ask("status", {url, Value(), version})) == "unknown: not collected");
  CHECK(line(ask("status", {url, value::text("x"), version})) == "unknown: not collected");
  CHECK(line(ask("status", {url, value::text(""), value::text("1.1")})) == "unknown: not collected");
  CHECK(line(ask("status", {url, value::text(""), version, value::text("GET")})) == "unknown: not collected");
  const Fact headers = ask("headers", {url, value::text(""), version});
  REQUIRE(headers.value.get<value::MapValue>() != nullptr);
  CHECK(headers.value.get<value::MapValue>()->entries.size() == 2);
  CHECK(value::to_text(headers.value.get<value::MapValue>()->entries[1].value) == "\"a, b\"");
  e.http.rows[0].headers_complete = false;
  CHECK_FALSE(ask("headers", {url, value::text(""), version}).value.get<value::MapValue>()->complete);
}

TEST_CASE("the newest HTTP answer counts, and an attempt without one takes none away") {
  Evidence e;
  const auto row = [](std::int64_t taken, Reading<std::uint32_t> status) {
    value::HttpRow made;
    made.url = "http://h/";
    made.version = "1.1";
    made.taken_at = taken;
    made.status = std::move(status);
    return made;
  };
  const auto ask = [&] {
    return line(fact(
        e, address(ResourceKind::Http, "status", {value::text("http://h/"), Value(), Value(), Value()})));
  };
  const auto timed_out = Reading<std::uint32_t>::unreadable({UnknownReason::TimedOut, {}, ""});
  e.http.collected = true;
  CHECK(ask() == "unknown: not collected");
  e.http.unreadable = Unknown{UnknownReason::NetworkDenied, {}, "--allow-network was not given"};
  CHECK(ask() == "unknown: network not permitted");
  e.http.rows = {row(300, timed_out)};
  CHECK(ask() == "unknown: timed out");
  e.http.rows.push_back(row(100, Reading<std::uint32_t>::of(404)));
  CHECK(ask() == "404");
  e.http.rows.insert(e.http.rows.begin(), row(200, Reading<std::uint32_t>::of(200)));
  CHECK(ask() == "200");
  e.http.rows.push_back(row(200, Reading<std::uint32_t>::of(301)));
  CHECK(ask() == "unknown: conflict");
}

}  // namespace polc::derive::test
