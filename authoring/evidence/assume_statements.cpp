// What was seen or said on a day: scans, answers to requests, attestations, compositions of secrets.
#include <algorithm>

#include "authoring/evidence/parts.hpp"

namespace polc::evidence {
namespace {

using value::Evidence;
using value::FactStatus;
using value::Reading;
using value::ResourceKind;
using value::Value;

constexpr std::int64_t kSecondsOfDay = 86'400;

value::Date day_of(std::int64_t seconds) {
  return value::Date{static_cast<std::int32_t>(seconds / kSecondsOfDay)};
}

bool add_exposure(Evidence& evidence, const Assumption& assumption, std::int64_t as_of) {
  const auto* port = assumption.location.argument<value::Port>(1);
  if (assumption.fact.status != FactStatus::Present || port == nullptr) return false;
  evidence.exposure.collected = true;
  evidence.exposure.rows.push_back(
      {text_of(assumption.location, 0), *port, symbol_of(assumption.fact.value), as_of, 0});
  return true;
}

/// The recorded answer to the request of an address; a new one if there is none.
value::HttpRow& answer_to(Evidence& evidence, const value::Address& address, std::int64_t as_of) {
  value::HttpRow row;
  row.url = text_of(address, 0);
  row.host = text_of(address, 1);
  row.host_given = address.argument<std::string>(1) != nullptr;
  row.version = text_of(address, 2).empty() ? "1.1" : text_of(address, 2);
  row.method = text_of(address, 3).empty() ? "HEAD" : text_of(address, 3);
  row.vantage = "localhost";
  row.taken_at = as_of;
  row.status = Reading<std::uint32_t>::of(200);
  row.headers_complete = false;
  const auto same = [&](const value::HttpRow& other) {
    return other.url == row.url && other.host == row.host && other.host_given == row.host_given &&
           other.version == row.version && other.method == row.method;
  };
  auto& rows = evidence.http.rows;
  evidence.http.collected = true;
  const auto found = std::find_if(rows.begin(), rows.end(), same);
  if (found != rows.end()) return *found;
  rows.push_back(std::move(row));
  return rows.back();
}

bool add_answer(Evidence& evidence, const Assumption& assumption, std::int64_t as_of) {
  value::HttpRow& row = answer_to(evidence, assumption.location, as_of);
  if (assumption.fact.status != FactStatus::Present) {
    row.status = Reading<std::uint32_t>::absent();
    return true;
  }
  if (attribute_of(assumption.location) == "status") {
    row.status = Reading<std::uint32_t>::of(
        static_cast<std::uint32_t>(integer_of(assumption.fact.value).as_unsigned().value_or(0)));
    return true;
  }
  row.headers_complete = true;
  if (const auto* map = assumption.fact.value.get<value::MapValue>()) {
    for (const value::MapEntry& entry : map->entries)
      row.headers.emplace_back(text_of(entry.key), text_of(entry.value));
  }
  return true;
}

bool add_attestation(Evidence& evidence, const Assumption& assumption, std::int64_t as_of) {
  value::AttestationRow row;
  row.key = text_of(assumption.location, 0);
  row.owner = "Example";
  const auto attestation = attestation_in(assumption.fact.value);
  if (!attestation) return false;
  row.answer = attestation->yes;
  row.date = day_of(as_of - static_cast<std::int64_t>(attestation->age.magnitude()));
  evidence.attestations.collected = true;
  evidence.attestations.rows.push_back(std::move(row));
  return true;
}

bool add_composition(Evidence& evidence, const Assumption& assumption, std::int64_t as_of) {
  if (assumption.fact.status != FactStatus::Present) return false;
  const std::string name = text_of(assumption.location, 0);
  auto& rows = evidence.passwords.rows;
  evidence.passwords.collected = true;
  auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.name == name; });
  if (row == rows.end()) {
    rows.emplace_back();
    row = rows.end() - 1;
    row->name = name;
    row->owner = "Example";
    row->date = day_of(as_of);
  }
  const std::string_view attribute = attribute_of(assumption.location);
  if (attribute == "length") row->length = value::Number::exactly(integer_of(assumption.fact.value));
  if (attribute == "in_breach_list") row->in_breach_list = bool_of(assumption.fact.value);
  if (attribute == "classes") {
    row->classes.emplace();
    for (const Value& member : elements_of(assumption.fact.value)) row->classes->push_back(symbol_of(member));
  }
  return true;
}

}  // namespace

bool add_statement(Evidence& evidence, const Assumption& assumption, std::int64_t as_of) {
  switch (assumption.location.resource) {
    case ResourceKind::Exposure:
      return add_exposure(evidence, assumption, as_of);
    case ResourceKind::Http:
      return add_answer(evidence, assumption, as_of);
    case ResourceKind::Attested:
      return add_attestation(evidence, assumption, as_of);
    case ResourceKind::Password:
      return add_composition(evidence, assumption, as_of);
    default:
      return false;
  }
}

Value to_value(const Attestation& attestation) {
  return Value(
      value::ListValue{{Value(attestation.yes), Value(value::Number::exactly(attestation.age))}, true});
}

std::optional<Attestation> attestation_in(const Value& value) {
  const auto* parts = value.get<value::ListValue>();
  if (parts == nullptr || parts->items.size() != 2) return std::nullopt;
  const auto* yes = parts->items[0].get<bool>();
  const auto* age = parts->items[1].get<value::Number>();
  return yes != nullptr && age != nullptr ? std::optional(Attestation{*yes, age->low}) : std::nullopt;
}

}  // namespace polc::evidence
