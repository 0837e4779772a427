#include "runtime/derive/merge.hpp"

#include <set>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/derive/merge_internal.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/principals.hpp"
#include "runtime/value/time.hpp"

namespace polc::derive {
namespace {

using value::Evidence;
using value::Layer;
using value::Unknown;
using value::UnknownReason;

/// Nothing but what people stated: such a target is about any layer.
bool is_statement(const Evidence& target) {
  bool about_host = target.registry_collected || !target.registry.empty() || !target.certificates.empty();
  const auto note = [&](const auto& section, const auto&) { about_host = about_host || section.collected; };
  for_each_table(target, target, note);
  note(target.http, target.http);
  note(target.exposure, target.exposure);
  for_each_single(target, target, [&](const auto& reading, const auto&) {
    about_host = about_host || reading.unknown.reason != UnknownReason::NotCollected ||
                 reading.status != value::FactStatus::Unknown;
  });
  return !about_host;
}

/// What a target of the other layer still says.
Evidence statements_of(Evidence target) {
  Evidence kept;
  kept.backend = std::move(target.backend);
  kept.target = std::move(target.target);
  kept.collected_at = target.collected_at;
  kept.origins = std::move(target.origins);
  kept.attestations = std::move(target.attestations);
  kept.passwords = std::move(target.passwords);
  return kept;
}

Layer judged_layer(const std::vector<Evidence>& targets, const MergeOptions& options) {
  if (options.layer) return *options.layer;
  bool policy = false;
  for (const Evidence& target : targets) {
    if (is_statement(target)) continue;
    if (target.layer == Layer::Effective) return Layer::Effective;
    policy = true;
  }
  return policy ? Layer::Policy : Layer::Effective;
}

std::optional<base::Diagnostic> from_the_future(const Evidence& target, std::int64_t as_of) {
  std::optional<std::int64_t> newest = target.collected_at;
  const auto note = [&](const std::optional<std::int64_t>& taken) {
    if (taken && (!newest || *taken > *newest)) newest = taken;
  };
  for (const auto& row : target.http.rows) note(row.taken_at);
  for (const auto& row : target.exposure.rows) note(row.taken_at);
  if (!newest || *newest <= as_of) return std::nullopt;
  return diag::EvidenceFromFuture{
      .target = target.target, .taken = value::instant_text(*newest), .clock = value::instant_text(as_of)}
      .at();
}

/// Drops observations that are older than asked for; each has a date of its own, or that of its target.
template <class Row, class Age>
void drop_old_rows(value::Section<Row>& section, Age is_old, const Unknown& why) {
  const auto before = section.rows.size();
  section.rows.erase(std::remove_if(section.rows.begin(), section.rows.end(), is_old), section.rows.end());
  if (section.rows.size() == before) return;
  section.complete = false;
  section.unreadable = why;
}

void age(Evidence& target, const MergeOptions& options) {
  if (!options.max_age) return;
  const auto too_old = [&](std::optional<std::int64_t> taken) {
    if (!taken) return true;
    const auto age = static_cast<std::uint64_t>(std::max<std::int64_t>(options.as_of - *taken, 0));
    return age > *options.max_age;
  };
  const auto stale = [](std::string detail) { return Unknown{UnknownReason::Stale, {}, std::move(detail)}; };
  const auto taken_or = [&](const std::optional<std::int64_t>& own) {
    return own ? own : target.collected_at;
  };
  const std::string detail = target.collected_at ? "collected " + value::instant_text(*target.collected_at)
                                                 : "when it was collected is not known";
  drop_old_rows(
      target.http, [&](const auto& row) { return too_old(taken_or(row.taken_at)); }, stale(detail));
  drop_old_rows(
      target.exposure, [&](const auto& row) { return too_old(taken_or(row.taken_at)); }, stale(detail));
  drop_old_rows(
      target.passwords,
      [&](const auto& row) { return row.date && too_old(std::int64_t{row.date->days} * 86'400 + 86'399); },
      stale("the statement is too old"));
  if (!is_statement(target) && too_old(target.collected_at)) make_stale(target, detail);
}

std::optional<base::Diagnostic> two_hosts(const Evidence& a, const Evidence& b) {
  const auto differ = [](const value::Reading<std::string>& x, const value::Reading<std::string>& y) {
    return x.present() && y.present() && value::folded(x.value) != value::folded(y.value);
  };
  const auto error = [&](const std::string& first, const std::string& second) {
    return diag::TwoHosts{.host = first, .target = a.target, .other_host = second, .other_target = b.target}
        .at();
  };
  if (differ(a.host.name, b.host.name)) return error(a.host.name.value, b.host.name.value);
  if (differ(a.host.machine_sid, b.host.machine_sid))
    return error(a.host.machine_sid.value, b.host.machine_sid.value);
  return std::nullopt;
}

/// The variables of all targets. Two meanings of a variable are none: paths written with it stay unresolved.
std::map<std::string, std::string> variables_of(const std::vector<const Evidence*>& targets) {
  std::map<std::string, std::string> variables;
  std::set<std::string> ambiguous;
  for (const Evidence* target : targets) {
    for (const auto& [name, path] : target->host.variables) {
      const auto [found, is_new] = variables.emplace(name, path);
      if (!is_new && value::folded(found->second) != value::folded(path)) ambiguous.insert(name);
    }
  }
  for (const std::string& name : ambiguous) variables.erase(name);
  return variables;
}

/// Computer and domain names ignore case: one spelling for both.
void take_spelling(const value::Reading<std::string>& from, value::Reading<std::string>& to) {
  if (from.present() && to.present() && value::folded(from.value) == value::folded(to.value))
    to.value = from.value;
}

/// Joins `b` into `a`, whose origins already include those of `b`.
void join(Evidence& a, Evidence& b) {
  take_spelling(a.host.name, b.host.name);
  take_spelling(a.host.domain, b.host.domain);
  for_each_single(a, b, [&](auto& ours, auto& theirs) { merge_reading(ours, theirs, a); });
  if (a.layer == Layer::Policy) {
    merge_registry_policies(a, b);
  } else {
    merge_registry(a, b);
  }
  for_each_table(a, b, [&](auto& ours, auto& theirs) { merge_table(ours, theirs, a); });
  for (auto& [store, section] : b.certificates) merge_table(a.certificates[store], section, a);
  for_each_statement_table(a, b, [&](auto& ours, auto& theirs) {
    ours.rows.insert(ours.rows.end(), theirs.rows.begin(), theirs.rows.end());
    ours.collected = ours.collected || theirs.collected;
    if (!ours.unreadable) ours.unreadable = theirs.unreadable;
  });
  if (!a.collected_at || (b.collected_at && *b.collected_at < *a.collected_at))
    a.collected_at = b.collected_at;
}

}  // namespace

base::Result<Evidence> merge(std::vector<Evidence> targets, const MergeOptions& options) {
  const Layer layer = judged_layer(targets, options);
  Evidence result;
  result.layer = layer;
  bool first = true;
  // Identities are compared over all targets, whatever their layer.
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (auto future = from_the_future(targets[i], options.as_of)) return base::failure(std::move(*future));
    for (std::size_t j = 0; j < i; ++j) {
      if (auto mismatch = two_hosts(targets[j], targets[i])) return base::failure(std::move(*mismatch));
    }
  }
  for (Evidence& target : targets) {
    if (target.layer != layer) target = statements_of(std::move(target));
    age(target, options);
  }
  std::vector<const Evidence*> all;
  for (const Evidence& target : targets) all.push_back(&target);
  auto variables = variables_of(all);
  for (Evidence& part : targets) {
    if (first) {
      result = std::move(part);
      result.layer = layer;
      first = false;
      continue;
    }
    shift_origins(part, static_cast<value::OriginId>(result.origins.size() - 1));
    result.origins.insert(result.origins.end(), part.origins.begin() + 1, part.origins.end());
    join(result, part);
  }
  result.host.variables = std::move(variables);
  return result;
}

}  // namespace polc::derive
