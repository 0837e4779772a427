#include "runtime/backends/http/requests.hpp"

#include <algorithm>
#include <utility>

#include "runtime/backends/http/exchange.hpp"
#include "runtime/backends/origins.hpp"
#include "runtime/base/limits.hpp"

namespace polc::backends::http {
namespace {

using value::HttpRow;
using value::UnknownReason;

/// Of rows: the host itself is where the request comes from.
constexpr std::string_view kVantage = "localhost";

/// The answer to one request, and who gave it.
struct Answer {
  Attempt<formats::HttpHead> head;
  std::string from;
};

Answer ask(const value::HttpRequest& request, Network& network, Instant deadline) {
  if (const auto problem = value::problem_of(request))
    return {no_attempt(UnknownReason::Unsupported, *problem), {}};
  const value::WebAddress address = *value::parse_web_address(request.url);
  const auto connection = network.connect(address, deadline);
  if (!connection) return {tl::unexpected<value::Unknown>(connection.error()), {}};
  return {exchange(**connection, request, address), (*connection)->description()};
}

Answer over_time() {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limits::kHttpTotalTime).count();
  return {no_attempt(UnknownReason::TimedOut,
                     "the " + std::to_string(seconds) + " seconds for all requests were over"),
          {}};
}

HttpRow row_of(const value::HttpRequest& request, std::int64_t now) {
  HttpRow row;
  row.url = request.url;
  row.host = request.host.value_or("");
  row.host_given = request.host.has_value();
  row.version = request.version;
  row.method = request.method;
  row.vantage = kVantage;
  row.taken_at = now;
  return row;
}

void add_row(value::Evidence& evidence, HttpRow row, Answer answer) {
  std::string note = row.method + " " + row.url;
  if (!answer.from.empty()) note += ", answered by " + answer.from;
  row.origin = add_origin(evidence, {evidence.backend, {}, 0, 0, std::move(note)});
  if (answer.head) {
    row.status = value::Reading<std::uint32_t>::of(answer.head->status, row.origin);
    row.headers = std::move(answer.head->fields);
  } else {
    row.status = value::Reading<std::uint32_t>::unreadable(answer.head.error(), row.origin);
    row.headers_complete = false;
  }
  evidence.http.rows.push_back(std::move(row));
}

/// The first reason stays.
void leave_out(value::Section<HttpRow>& section, value::Unknown why) {
  if (!section.unreadable) section.unreadable = std::move(why);
}

}  // namespace

void collect_http(value::Evidence& evidence, const Request& request, Network& network) {
  const PlanSlice* slice = request.slice;
  if (slice == nullptr || !slice->needs(value::EvidenceSection::Http)) return;
  value::Section<HttpRow>& section = evidence.http;
  section.collected = true;
  section.origin = add_origin(evidence, {evidence.backend, {}, 0, 0, "HTTP requests from this machine"});
  const Instant end = network.now() + limits::kHttpTotalTime;
  for (const auto& [asked, policy_permits] : slice->http_requests()) {
    if (auto refusal = network_refusal(policy_permits, request.allow_network)) {
      leave_out(section, std::move(*refusal));
      continue;
    }
    if (section.rows.size() == limits::kHttpRequests) {
      leave_out(
          section,
          {UnknownReason::Budget, {}, "more than " + std::to_string(limits::kHttpRequests) + " requests"});
      return;
    }
    const Instant now = network.now();
    Answer answer = now < end ? ask(asked, network, std::min(now + limits::kHttpTime, end)) : over_time();
    add_row(evidence, row_of(asked, request.now), std::move(answer));
  }
}

}  // namespace polc::backends::http
