// Answers to HTTP requests, recorded or brought by a live target. Nothing is asked from here: a request without an
// answer is unknown.
#include <algorithm>
#include <utility>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/derivations.hpp"
#include "runtime/derive/facts.hpp"
#include "runtime/value/http_request.hpp"

namespace polc::derive {
namespace {

using value::Fact;
using value::HttpRow;

enum class HttpAttribute : value::AttributeId { Status, Headers };

/// An empty Host header is another request than the usual one, and so is every other version and method.
bool answers(const HttpRow& row, const value::HttpRequest& request) {
  return row.url == request.url && row.host_given == request.host.has_value() &&
         row.host == request.host.value_or("") && row.version == request.version &&
         base::equal_folded(row.method.empty() ? "HEAD" : std::string_view(row.method), request.method);
}

bool same_answer(const HttpRow& a, const HttpRow& b) {
  return a.status.status == b.status.status && a.status.value == b.status.value && a.headers == b.headers;
}

/// Answers are newer than attempts that got none, whenever those were made.
bool is_older(const HttpRow& a, const HttpRow& b) {
  const auto rank = [](const HttpRow& row) {
    return std::pair(row.status.status != value::FactStatus::Unknown, row.taken_at);
  };
  return rank(a) < rank(b);
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
  const auto text = [&](std::size_t index) { return address.argument<std::string>(index); };
  if (text(0) == nullptr) return unknown_fact(not_listed(section), section.origin);
  const value::HttpRequest request = value::http_request(*text(0), text(1), text(2), text(3));
  const HttpRow* newest = nullptr;
  bool conflict = false;
  for (const HttpRow& row : section.rows) {
    if (!answers(row, request) || (newest != nullptr && is_older(row, *newest))) continue;
    const bool same_time = newest != nullptr && !is_older(*newest, row);
    conflict = same_time && (conflict || !same_answer(row, *newest));
    newest = &row;
  }
  if (conflict) {
    return Fact::unknown(value::UnknownReason::Conflict, "two answers of the same time differ",
                         newest->origin);
  }
  if (newest == nullptr) {
    value::Unknown why = not_listed(section);
    if (!section.collected) why.detail = "no answer to this request";
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
