#include "authoring/example/example.hpp"

#include <algorithm>
#include <optional>

#include "authoring/analysis/mentions.hpp"
#include "runtime/backends/backend.hpp"
#include "runtime/backends/snapshot/writer.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"

namespace polc::example {
namespace {

using analysis::Answer;
using analysis::Assumption;
using analysis::ControlView;
using analysis::Finding;
using analysis::Outcome;
using Host = std::vector<Assumption>;

/// Hosts of more facts than this are not thinned out fact by fact: ranges of ports need every one of theirs.
constexpr std::size_t kThinnedFacts = 64;

evaluate::Verdict wanted(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return evaluate::Verdict::Pass;
    case Verdict::Fail:
      return evaluate::Verdict::Fail;
    case Verdict::Unknown:
      return evaluate::Verdict::Unknown;
    case Verdict::Review:
      return evaluate::Verdict::Review;
    case Verdict::NotApplicable:
      break;
  }
  return evaluate::Verdict::NotApplicable;
}

Host without(const Host& host, std::size_t index) {
  Host rest = host;
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(index));
  return rest;
}

/// The same without facts that the verdict does not need.
Host thinned(const ControlView& control, Host host, evaluate::Verdict verdict) {
  if (host.size() > kThinnedFacts) return host;
  for (std::size_t i = host.size(); i-- > 0;) {
    Host rest = without(host, i);
    if (analysis::verdict_on(control, rest) == verdict) host = std::move(rest);
  }
  return host;
}

/// What the snapshot really says: read as any other target and judged.
std::optional<evaluate::Verdict> verdict_of(const ControlView& control, const std::string& snapshot,
                                            std::int64_t as_of) {
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("example.yaml", snapshot);
  backends::Target target;
  target.file = file;
  target.name = "example.yaml";
  target.bytes = sources.find(file)->text();
  auto evidence = backends::collect(target, {.now = as_of}, sink);
  if (!evidence || evidence->size() != 1) return std::nullopt;
  return analysis::verdict_from(control, std::move(evidence->front()), as_of);
}

std::vector<value::Value> principals_of(const ControlView& control) {
  return analysis::mentions_of(*control.program, control.program->controls[control.control]).principals;
}

std::string snapshot_of(const evidence::AssumedHost& host) {
  return backends::write_snapshot(host.evidence, {.collected_by = "polc example"}).text;
}

/// What is looked at for one verdict: hosts in the order of their use, and why there are none.
struct Candidates {
  std::vector<Host> hosts;
  Answer answer = Answer::Found;
  std::string reason;
};

/// The host that the search found, and for a failure one for each requirement that can be the one that fails: not all of
/// them can be written down (a snapshot never holds the exact length of a secret).
Candidates deciding(const ControlView& control, Outcome outcome) {
  Finding finding = analysis::solve({{control, outcome}});
  if (finding.answer != Answer::Found) return {{}, finding.answer, finding.reason};
  Candidates candidates;
  candidates.hosts.push_back(std::move(finding.host));
  const std::size_t requirements = control.program->controls[control.control].requires_.size();
  if (outcome != Outcome::Fail || requirements < 2) return candidates;
  for (std::uint32_t i = 0; i < requirements; ++i) {
    Finding other = analysis::solve({{control, outcome, i}});
    if (other.answer == Answer::Found) candidates.hosts.push_back(std::move(other.host));
  }
  return candidates;
}

/// Hosts that decide, with one fact less: the least that is missing says most. At last a host of which nothing is known.
Candidates with_gaps(const ControlView& control, evaluate::Verdict verdict, std::int64_t as_of) {
  constexpr std::size_t kTried = 8;
  Candidates candidates;
  // What is decided without any fact is decided on every host.
  const auto of_nothing = verdict_of(control, snapshot_of(evidence::evidence_of({}, as_of)), as_of);
  const bool open = of_nothing == evaluate::Verdict::Unknown || of_nothing == evaluate::Verdict::Review;
  const ir::Control& c = control.program->controls[control.control];
  const bool asks_people_only = c.requires_.empty() && c.guard == ir::kNone;
  if (!open || (verdict == evaluate::Verdict::Unknown && asks_people_only) ||
      (verdict == evaluate::Verdict::Review && !c.manual))
    return {{}, Answer::Never, {}};
  for (const Outcome outcome : {Outcome::Pass, Outcome::Fail}) {
    const Finding decided = analysis::solve({{control, outcome}});
    for (std::size_t i = decided.host.size(); i-- > 0 && candidates.hosts.size() < kTried;) {
      Host rest = without(decided.host, i);
      if (analysis::verdict_on(control, rest) == verdict) candidates.hosts.push_back(std::move(rest));
    }
  }
  if (of_nothing == verdict) candidates.hosts.emplace_back();
  return candidates;
}

Candidates candidates_for(const ControlView& control, Verdict verdict, std::int64_t as_of) {
  switch (verdict) {
    case Verdict::Pass:
      return deciding(control, Outcome::Pass);
    case Verdict::Fail:
      return deciding(control, Outcome::Fail);
    case Verdict::NotApplicable:
      return deciding(control, Outcome::NotApplicable);
    case Verdict::Unknown:
    case Verdict::Review:
      break;
  }
  return with_gaps(control, wanted(verdict), as_of);
}

}  // namespace

Example find_example(const ControlView& control, Verdict verdict, std::int64_t as_of) {
  Candidates candidates = candidates_for(control, verdict, as_of);
  if (candidates.answer != Answer::Found) return {candidates.answer, {}, candidates.reason};
  std::string why = "no host with a gap was found that has this verdict";
  for (Host& candidate : candidates.hosts) {
    const Host host = thinned(control, std::move(candidate), wanted(verdict));
    evidence::AssumedHost assumed;
    // A name that cannot be resolved may be anybody: where that matters, the host knows the names of the policy.
    for (const auto& names : {std::vector<value::Value>(), principals_of(control)}) {
      assumed = evidence::evidence_of(host, as_of, names);
      std::string snapshot = snapshot_of(assumed);
      if (verdict_of(control, snapshot, as_of) == wanted(verdict))
        return {Answer::Found, std::move(snapshot), {}};
    }
    why = assumed.left_out.empty() ? "the snapshot of the host that was found does not give the verdict"
                                   : "a snapshot has no place for " + assumed.left_out.front();
  }
  return {Answer::Undetermined, {}, why};
}

}  // namespace polc::example
