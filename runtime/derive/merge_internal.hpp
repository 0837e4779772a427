// Parts of merge.cpp in files of their own.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "runtime/derive/evidence_fields.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::derive {

/// "host.yaml:12" of an origin, for the words of a conflict.
std::string place_text(const value::Evidence& evidence, value::OriginId origin);

/// Makes every origin of the evidence `offset` higher; 0 stays "nowhere".
void shift_origins(value::Evidence& evidence, value::OriginId offset);

/// Turns everything that was read about the host into Unknown(stale), except what it is called.
void make_stale(value::Evidence& evidence, const std::string& detail);

/// Unknown(conflict) between two places.
value::Unknown conflict_between(const value::Evidence& evidence, value::OriginId a, value::OriginId b);

// Equality of what two targets read.
bool same_data(const value::PrincipalEvidence& a, const value::PrincipalEvidence& b);
bool same_data(const std::vector<value::PrincipalEvidence>& a,
               const std::vector<value::PrincipalEvidence>& b);
bool same_data(std::vector<std::string> a, std::vector<std::string> b);
template <class T>
bool same_data(const T& a, const T& b) {
  return a == b;
}

/// Two targets have contradicted each other; a third that agrees with one of them decides nothing.
inline bool is_conflict(const value::Unknown& why) {
  return why.reason == value::UnknownReason::Conflict;
}

template <class T>
bool is_conflict(const value::Reading<T>& reading) {
  return reading.status == value::FactStatus::Unknown && is_conflict(reading.unknown);
}

/// Joins what two policies say. `absence_is_an_order`: one deletes the thing, which contradicts setting it; else it only
/// does not configure it.
template <class T>
void merge_policies(value::Reading<T>& a, const value::Reading<T>& b, bool absence_is_an_order,
                    const value::Evidence& evidence) {
  using value::FactStatus;
  const auto nobody_looked = [](const value::Reading<T>& r) {
    return r.status == FactStatus::Unknown && r.unknown == value::Reading<T>().unknown;
  };
  const auto uncertain = [&](const value::Reading<T>& r) {
    return r.status == FactStatus::Unknown && !nobody_looked(r);
  };
  const auto silent = [&](const value::Reading<T>& r) {
    return r.status == FactStatus::Absent && !absence_is_an_order;
  };
  if (uncertain(a)) return;
  if (uncertain(b) || nobody_looked(a)) {
    a = b;
    return;
  }
  if (nobody_looked(b)) return;
  if (silent(a)) {
    a = b;
    return;
  }
  if (silent(b)) return;
  const bool same = a.status == b.status &&
                    (a.status != FactStatus::Present || same_data(a.value, b.value)) &&
                    (a.status != FactStatus::Mistyped || a.unknown.detail == b.unknown.detail);
  if (!same) a = value::Reading<T>::unreadable(conflict_between(evidence, a.origin, b.origin), a.origin);
}

/// Joins `b` into `a`; both belong to `evidence`, whose origins the conflict names.
template <class T>
void merge_reading(value::Reading<T>& a, const value::Reading<T>& b, const value::Evidence& evidence) {
  using value::FactStatus;
  if (evidence.layer == value::Layer::Policy) return merge_policies(a, b, false, evidence);
  const auto definite = [](const value::Reading<T>& r) { return r.status != FactStatus::Unknown; };
  if (is_conflict(a)) return;
  if (is_conflict(b)) {
    a = b;
    return;
  }
  if (!definite(a)) {
    const bool nobody_looked = a.unknown.reason == value::UnknownReason::NotCollected;
    if (definite(b) || nobody_looked) a = b;
    return;
  }
  if (!definite(b)) return;
  const bool same = a.status == b.status &&
                    (a.status != FactStatus::Present || same_data(a.value, b.value)) &&
                    (a.status != FactStatus::Mistyped || a.unknown.detail == b.unknown.detail);
  if (!same) a = value::Reading<T>::unreadable(conflict_between(evidence, a.origin, b.origin), a.origin);
}

template <class Row>
void merge_row(Row& row, Row& other, const value::Evidence& evidence) {
  auto ours = Fields<Row>::readings(row);
  auto theirs = Fields<Row>::readings(other);
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (merge_reading(std::get<I>(ours), std::get<I>(theirs), evidence), ...);
  }
  (std::make_index_sequence<std::tuple_size_v<decltype(ours)>>());
  if constexpr (requires { Fields<Row>::combine(row, other); }) Fields<Row>::combine(row, other);
}

/// One target says that the table's owner does not exist; true when that settles the table.
template <class Row>
bool merge_missing_owner(value::Section<Row>& a, value::Section<Row>& b, const value::Unknown& conflict) {
  if (a.object_missing == b.object_missing) return a.object_missing;
  const value::Section<Row>& present = a.object_missing ? b : a;
  if (present.complete || !present.rows.empty()) {
    a = {};
    a.collected = true;
    a.unreadable = conflict;
  } else if (b.object_missing) {
    a = std::move(b);
  }
  return true;
}

/// A row of one policy about which another, which could not be read there, may say something else.
template <class Row>
void doubt_row(Row& row, const std::optional<value::Unknown>& why) {
  if (!why) return;
  const auto doubt = [&]<class T>(value::Reading<T>& reading) {
    if (reading.status != value::FactStatus::Unknown)
      reading = value::Reading<T>::unreadable(*why, reading.origin);
  };
  std::apply([&](auto&... readings) { (doubt(readings), ...); }, Fields<Row>::readings(row));
}

/// Joins table `b` into `a` row by row. A row that one complete table lacks and the other has, or about which they
/// disagree, is dropped, and the table says that it is not complete because of a conflict.
template <class Row>
void merge_table(value::Section<Row>& a, value::Section<Row>& b, const value::Evidence& evidence) {
  if (!b.collected) return;
  if (!a.collected) {
    a = std::move(b);
    return;
  }
  // What the conflict of an earlier target is about is no longer in the table, so new rows may be the same again.
  const bool was_contradicted = a.unreadable && is_conflict(*a.unreadable);
  if (was_contradicted && b.object_missing) return;
  const value::Unknown conflict =
      was_contradicted ? *a.unreadable : conflict_between(evidence, a.origin, b.origin);
  if (merge_missing_owner(a, b, conflict)) return;

  // What a policy lacks, another one may have.
  const bool policy = evidence.layer == value::Layer::Policy;
  bool contradiction = was_contradicted;
  std::vector<Row> rows;
  const auto keep = [&](Row& row, bool agreed) {
    if (agreed) rows.push_back(std::move(row));
    contradiction = contradiction || !agreed;
  };
  std::multimap<std::string, std::size_t> unmatched;
  std::vector<bool> matched(b.rows.size(), false);
  for (std::size_t i = 0; i < b.rows.size(); ++i) unmatched.emplace(Fields<Row>::key(b.rows[i]), i);
  for (Row& row : a.rows) {
    const auto partner = unmatched.find(Fields<Row>::key(row));
    if (partner == unmatched.end()) {
      if (policy) doubt_row(row, b.unreadable);
      keep(row, policy || !b.complete);
      continue;
    }
    Row& other = b.rows[partner->second];
    matched[partner->second] = true;
    unmatched.erase(partner);
    merge_row(row, other, evidence);
    keep(row, Fields<Row>::plain(row) == Fields<Row>::plain(other));
  }
  for (std::size_t i = 0; i < b.rows.size(); ++i) {
    if (policy && !matched[i]) doubt_row(b.rows[i], a.unreadable);
    if (!matched[i]) keep(b.rows[i], (policy || !a.complete) && !was_contradicted);
  }
  a.rows = std::move(rows);
  const bool complete = policy ? a.complete && b.complete : a.complete || b.complete;
  a.complete = complete && !contradiction;
  if (!a.unreadable) a.unreadable = b.unreadable;
  if (a.complete) a.unreadable.reset();
  if (contradiction) a.unreadable = conflict;
}

void merge_registry(value::Evidence& a, value::Evidence& b);

/// The same of two policies.
void merge_registry_policies(value::Evidence& a, value::Evidence& b);

}  // namespace polc::derive
