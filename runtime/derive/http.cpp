// Recorded answers to HTTP requests. Nothing is asked from here: a request that nobody recorded is unknown.
#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"

namespace polc::derive {
namespace {

using value::Fact;
using value::HttpRow;

enum class HttpAttribute : value::AttributeId { Status, Headers };

/// Arguments of http(url, host, version, method); an omitted one is not part of the question.
struct Request {
  const std::string* url = nullptr;
  const std::string* host = nullptr;
  const std::string* version = nullptr;
  const std::string* method = nullptr;
};

Request request_of(const value::Address& address) {
  const auto text = [&](std::size_t index) { return address.argument<std::string>(index); };
  return {text(0), text(1), text(2), text(3)};
}

bool answers(const HttpRow& row, const Request& request) {
  if (request.url == nullptr || row.url != *request.url) return false;
  // An empty Host header is another request than the usual one, and so is every other version and method.
  if (row.host_given != (request.host != nullptr) || (request.host != nullptr && row.host != *request.host)) {
    return false;
  }
  if (request.version != nullptr && row.version != *request.version) return false;
  return base::equal_folded(row.method.empty() ? "HEAD" : std::string_view(row.method),
                            request.method == nullptr ? "HEAD" : std::string_view(*request.method));
}

bool same_answer(const HttpRow& a, const HttpRow& b) {
  return a.status.status == b.status.status && a.status.value == b.status.value && a.headers == b.headers;
}

value::Value headers_of(const HttpRow& row) {
  value::MapValue map;
  map.complete = row.headers_complete;
  for (const auto& [name, text] : row.headers) {
    // Repeated fields are one field with its values joined (RFC 9110 5.3).
    const auto same =
        std::find_if(map.entries.begin(), map.entries.end(), [&, n = std::string_view(name)](auto& e) {
          return base::equal_folded(*e.key.template get<std::string>(), n);
        });
    if (same == map.entries.end()) {
      map.entries.push_back({value::text(name), value::text(text)});
    } else {
      same->value = value::text(*same->value.get<std::string>() + ", " + text);
    }
  }
  return value::Value(std::move(map));
}

}  // namespace

Fact http_fact(const Context& context, const value::Address& address) {
  const auto& section = context.evidence.http;
  const Request request = request_of(address);
  const HttpRow* newest = nullptr;
  bool conflict = false;
  for (const HttpRow& row : section.rows) {
    if (!answers(row, request) || (newest != nullptr && row.taken_at < newest->taken_at)) continue;
    const bool same_time = newest != nullptr && row.taken_at == newest->taken_at;
    conflict = same_time && (conflict || !same_answer(row, *newest));
    newest = &row;
  }
  if (conflict) {
    return Fact::unknown(value::UnknownReason::Conflict, "two answers of the same time differ",
                         newest->origin);
  }
  if (newest == nullptr) {
    value::Unknown why = not_listed(section);
    if (!section.collected) why.detail = "no recorded answer to this request";
    return unknown_fact(std::move(why), section.origin);
  }
  if (!newest->status.present()) {
    if (newest->status.status == value::FactStatus::Absent) {
      return Fact::absent(value::AbsentLevel::Object, newest->origin);
    }
    return unknown_fact(newest->status.unknown, newest->origin);
  }
  const auto attribute = static_cast<HttpAttribute>(address.attribute);
  Fact fact = attribute == HttpAttribute::Status
                  ? Fact::present(unsigned_integer(newest->status.value), newest->origin)
                  : Fact::present(headers_of(*newest), newest->origin);
  if (attribute == HttpAttribute::Headers && !newest->headers_complete) {
    fact.unknowns.push_back({value::UnknownReason::NotCollected, {}, "not all headers were recorded"});
  }
  if (!newest->vantage.empty()) fact.note = "seen from " + newest->vantage;
  return fact;
}

}  // namespace polc::derive
