// Live HTTP requests over a network that answers what the test says, and keeps what it was sent.
#include <deque>

#include "runtime/backends/http/exchange.hpp"
#include "runtime/backends/http/requests.hpp"
#include "runtime/base/limits.hpp"
#include "tests/unit/catch.hpp"

namespace polc::backends::http {
namespace {

using value::HttpRequest;
using value::Unknown;
using value::UnknownReason;

constexpr std::int64_t kNow = 1795305600;

/// Pieces of an answer, in the order in which they arrive; then the server closes, or fails.
struct Script {
  std::deque<std::string> pieces;
  std::optional<Unknown> failure = {};
};

class ScriptedConnection final : public Connection {
 public:
  ScriptedConnection(Script script, std::string& sent) : script_(std::move(script)), sent_(sent) {}

  std::optional<Unknown> send(std::string_view bytes) override {
    sent_ += bytes;
    return std::nullopt;
  }
  Attempt<std::string> receive(std::size_t most) override {
    if (script_.pieces.empty()) {
      if (script_.failure) return tl::unexpected<Unknown>(*script_.failure);
      return std::string();
    }
    std::string& next = script_.pieces.front();
    std::string piece = next.substr(0, most);
    next.erase(0, piece.size());
    if (next.empty()) script_.pieces.pop_front();
    received += piece.size();
    return piece;
  }
  std::string description() const override { return "the test"; }

  std::size_t received = 0;

 private:
  Script script_;
  std::string& sent_;
};

class ScriptedNetwork final : public Network {
 public:
  Instant now() override { return clock; }
  Attempt<std::unique_ptr<Connection>> connect(const value::WebAddress& address, Instant deadline) override {
    asked.push_back(address.host);
    allowed.push_back(deadline - clock);
    clock += takes;
    if (!failure.empty()) return no_attempt(UnknownReason::NotCollected, failure);
    return std::unique_ptr<Connection>(new ScriptedConnection(script, sent));
  }

  Script script;
  std::string failure;
  Instant clock{};
  std::chrono::seconds takes{0};
  std::string sent;
  std::vector<std::string> asked;
  std::vector<Instant::duration> allowed;
};

HttpRequest request(std::string url, std::optional<std::string> host = {}, std::string version = "1.1",
                    std::string method = "HEAD") {
  return {std::move(url), std::move(host), std::move(version), std::move(method)};
}

std::string text_of(const HttpRequest& asked) {
  return request_text(asked, *value::parse_web_address(asked.url));
}

/// "404 Server=x" of what the pieces say, or the reason why they say nothing.
std::string answer(Script script) {
  std::string sent;
  ScriptedConnection connection(std::move(script), sent);
  const HttpRequest asked = request("http://h/");
  const auto head = exchange(connection, asked, *value::parse_web_address(asked.url));
  if (!head) return std::string(value::reason_text(head.error().reason)) + ": " + head.error().detail;
  std::string text = std::to_string(head->status);
  for (const auto& [name, content] : head->fields) text += " " + name + "=" + content;
  return text;
}

struct Run {
  value::Evidence evidence;
  explicit Run(ScriptedNetwork& network, const PlanSlice* slice, bool allow_network = true) {
    evidence.backend = "live";
    evidence.origins.push_back({});
    collect_http(evidence, {.slice = slice, .allow_network = allow_network, .now = kNow}, network);
  }
  std::string note(std::size_t row) const { return evidence.origins[evidence.http.rows.at(row).origin].note; }
};

PlanSlice slice_of(std::initializer_list<HttpRequest> requests, bool permitted = true) {
  PlanSlice slice;
  for (const HttpRequest& one : requests) slice.add_http_request(one, permitted);
  return slice;
}

}  // namespace

TEST_CASE("exactly what the policy asks for is sent") {
  CHECK(text_of(request("http://localhost")) ==
        "HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  CHECK(text_of(request("https://h:8443/a?b=c", {}, "1.1", "GET")) ==
        "GET /a?b=c HTTP/1.1\r\nHost: h:8443\r\nConnection: close\r\n\r\n");
  CHECK(text_of(request("http://[::1]/", "other.example", "1.1", "OPTIONS")) ==
        "OPTIONS / HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n");
  CHECK(text_of(request("http://h/x", "")) == "HEAD /x HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n");
  CHECK(text_of(request("http://h/x", "", "1.0")) == "HEAD /x HTTP/1.0\r\nHost:\r\n\r\n");
  CHECK(text_of(request("http://h/x", {}, "1.0")) == "HEAD /x HTTP/1.0\r\n\r\n");
}

TEST_CASE("the head of the first answer is the answer, redirects included") {
  CHECK(answer({{"HTTP/1.1 301 Moved\r\nLocation: https://h/\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"}}) ==
        "301 Location=https://h/");
  CHECK(answer({{"H", "TTP/1.1 2", "00 OK\r\nServer: x\r", "\n\r", "\n"}}) == "200 Server=x");
  CHECK(answer({{"HTTP/1.0 404 \n\n"}}) == "404");
}

TEST_CASE("interim answers are passed over, up to a limit") {
  const std::string interim = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
  std::string many;
  for (std::size_t i = 0; i < limits::kHttpInterimAnswers; ++i) many += interim;
  CHECK(answer({{many + "HTTP/1.1 204 None\r\n\r\n"}}) == "204");
  CHECK(answer({{many + interim + "HTTP/1.1 204 None\r\n\r\n"}}) == "budget: more than 8 interim answers");
  CHECK(answer({{"HTTP/1.1 101 Switching Protocols\r\n\r\n"}}) ==
        "corrupt: the answer switches to a protocol that nobody asked for");
}

TEST_CASE("whatever is no whole answer is unknown, with the reason") {
  CHECK(answer({}) == "not collected: the server closed the connection without an answer");
  CHECK(answer({{"HTTP/1.1 200 OK\r\nServer: x\r\n"}}) ==
        "corrupt: the server closed the connection in the middle of the answer's head");
  CHECK(answer({{"HTTP/1.1 100 Continue\r\n\r\n"}}) ==
        "corrupt: the server closed the connection in the middle of the answer's head");
  CHECK(answer({{"SSH-2.0-OpenSSH"}}) == "corrupt: what answers does not speak HTTP/1");
  CHECK(answer({{"HTTP/1.1 200 OK\r\nServer : x\r\n\r\n"}}) ==
        "corrupt: the answer has a header field whose name is no name");
  CHECK(answer({{"HTTP/1.1 200"}, Unknown{UnknownReason::TimedOut, {}, "too slow"}}) ==
        "timed out: too slow");
}

TEST_CASE("no more is read than a head may have") {
  std::string head = "HTTP/1.1 200 OK\r\nA: ";
  head.append(limits::kHttpHeadBytes - head.size() - 4, 'x');
  CHECK(answer({{head + "\r\n\r\n"}}).size() == limits::kHttpHeadBytes - 18);
  CHECK(answer({{head + "x\r\n\r\n"}}) == "budget: the answer's head is longer than 65536 bytes");

  std::string sent;
  ScriptedConnection flood({{"HTTP/1.1 200 OK\r\n", std::string(1U << 20U, 'x')}}, sent);
  const HttpRequest asked = request("http://h/");
  CHECK_FALSE(exchange(flood, asked, *value::parse_web_address(asked.url)));
  CHECK(flood.received == limits::kHttpHeadBytes);
}

TEST_CASE("an answer is a row that says who gave it and when") {
  ScriptedNetwork network;
  network.script = {{"HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\n"}};
  const PlanSlice slice = slice_of({request("http://h/", "", "1.0", "GET")});
  const Run run(network, &slice);
  REQUIRE(run.evidence.http.rows.size() == 1);
  const value::HttpRow& row = run.evidence.http.rows[0];
  CHECK(row.url == "http://h/");
  CHECK(row.host_given);
  CHECK(row.host.empty());
  CHECK(row.version == "1.0");
  CHECK(row.method == "GET");
  CHECK(row.vantage == "localhost");
  CHECK(row.taken_at == kNow);
  CHECK(row.status.value == 404);
  CHECK(row.headers_complete);
  CHECK(row.headers == std::vector<std::pair<std::string, std::string>>{{"Server", "x"}});
  CHECK(run.note(0) == "GET http://h/, answered by the test");
  CHECK_FALSE(run.evidence.http.complete);
  CHECK_FALSE(run.evidence.http.unreadable);
}

TEST_CASE("a request without an answer is a row with the reason") {
  ScriptedNetwork network;
  network.failure = "refused";
  const PlanSlice slice = slice_of({request("http://h/")});
  const Run run(network, &slice);
  REQUIRE(run.evidence.http.rows.size() == 1);
  CHECK(run.evidence.http.rows[0].status.status == value::FactStatus::Unknown);
  CHECK(run.evidence.http.rows[0].status.unknown.detail == "refused");
  CHECK_FALSE(run.evidence.http.rows[0].headers_complete);
  CHECK(run.note(0) == "HEAD http://h/");
}

TEST_CASE("without both halves of the consent nothing is sent") {
  for (const auto& [policy, person] :
       {std::pair(false, false), std::pair(false, true), std::pair(true, false)}) {
    CAPTURE(policy, person);
    ScriptedNetwork network;
    const PlanSlice slice = slice_of({request("http://h/")}, policy);
    const Run run(network, &slice, person);
    CHECK(network.asked.empty());
    CHECK(run.evidence.http.rows.empty());
    REQUIRE(run.evidence.http.unreadable);
    CHECK(run.evidence.http.unreadable->reason == UnknownReason::NetworkDenied);
    CHECK(run.evidence.http.unreadable == network_refusal(policy, person));
  }
}

TEST_CASE("only the requests of policies that permit them are sent") {
  ScriptedNetwork network;
  network.script = {{"HTTP/1.1 200 OK\r\n\r\n"}};
  PlanSlice slice = slice_of({request("http://yes/")});
  slice.add(slice_of({request("http://no/")}, false));
  const Run run(network, &slice);
  CHECK(network.asked == std::vector<std::string>{"yes"});
  CHECK(run.evidence.http.unreadable->detail == "the policy does not say `allow_network true`");
}

TEST_CASE("without a plan that asks nothing is sent") {
  ScriptedNetwork network;
  CHECK_FALSE(Run(network, nullptr).evidence.http.collected);
  PlanSlice other;
  other.add(value::EvidenceSection::Services);
  CHECK_FALSE(Run(network, &other).evidence.http.collected);
  CHECK(network.asked.empty());
}

TEST_CASE("a request that no policy can mean is not sent") {
  ScriptedNetwork network;
  const PlanSlice slice = slice_of({request("http://h/", {}, "1.1", "DELETE"), request("http://h/\r\nX: y")});
  const Run run(network, &slice);
  CHECK(network.asked.empty());
  REQUIRE(run.evidence.http.rows.size() == 2);
  for (const auto& row : run.evidence.http.rows)
    CHECK(row.status.unknown.reason == UnknownReason::Unsupported);
}

TEST_CASE("each request has its time, and all of them together") {
  ScriptedNetwork network;
  network.failure = "slow";
  network.takes = std::chrono::seconds(9);
  PlanSlice slice;
  for (int i = 10; i < 25; ++i) slice.add_http_request(request("http://h" + std::to_string(i) + "/"), true);
  const Run run(network, &slice);
  REQUIRE(network.allowed.size() == 14);  // 13 * 9 s = 117 s; the 14th begins in time
  CHECK(network.allowed.front() == limits::kHttpTime);
  CHECK(network.allowed.back() == std::chrono::seconds(3));
  REQUIRE(run.evidence.http.rows.size() == 15);
  CHECK(run.evidence.http.rows[14].status.unknown.reason == UnknownReason::TimedOut);
  CHECK(run.evidence.http.rows[14].status.unknown.detail == "the 120 seconds for all requests were over");
}

TEST_CASE("the number of requests is bounded") {
  ScriptedNetwork network;
  network.failure = "x";
  PlanSlice slice;
  for (std::size_t i = 0; i < limits::kHttpRequests; ++i)
    slice.add_http_request(request("http://h/" + std::to_string(i)), true);
  CHECK_FALSE(Run(network, &slice).evidence.http.unreadable);
  slice.add_http_request(request("http://h/x"), true);
  const Run run(network, &slice);
  CHECK(run.evidence.http.rows.size() == limits::kHttpRequests);
  CHECK(run.evidence.http.unreadable->detail == "more than 256 requests");
}

}  // namespace polc::backends::http
