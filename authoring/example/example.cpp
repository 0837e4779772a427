#include "authoring/example/example.hpp"

#include <algorithm>

#include "runtime/backends/backend.hpp"
#include "runtime/backends/snapshot/writer.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"
#include "runtime/derive/host_facts.hpp"
#include "runtime/evaluate/evaluate.hpp"

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

/// A host that decides, with one fact less: the least that is missing says most. Else nothing is known at all.
Finding with_a_gap(const ControlView& control, evaluate::Verdict verdict) {
  for (const Outcome outcome : {Outcome::Pass, Outcome::Fail}) {
    const Finding decided = analysis::solve({{control, outcome}});
    if (decided.answer != Answer::Found) continue;
    for (std::size_t i = decided.host.size(); i-- > 0;) {
      Host rest = without(decided.host, i);
      if (analysis::verdict_on(control, rest) == verdict) return {Answer::Found, std::move(rest), {}};
    }
  }
  if (analysis::verdict_on(control, {}) == verdict) return {Answer::Found, {}, {}};
  const ir::Control& c = control.program->controls[control.control];
  const bool asks_people_only = c.requires_.empty() && c.guard == ir::kNone;
  if (verdict == evaluate::Verdict::Unknown && asks_people_only) return {Answer::Never, {}, {}};
  if (verdict == evaluate::Verdict::Review && !c.manual) return {Answer::Never, {}, {}};
  return {Answer::Undetermined, {}, "no host with a gap was found that has this verdict"};
}

Finding find_host(const ControlView& control, Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass:
      return analysis::solve({{control, Outcome::Pass}});
    case Verdict::Fail:
      return analysis::solve({{control, Outcome::Fail}});
    case Verdict::NotApplicable:
      return analysis::solve({{control, Outcome::NotApplicable}});
    case Verdict::Unknown:
    case Verdict::Review:
      break;
  }
  return with_a_gap(control, wanted(verdict));
}

/// What the snapshot really says: read as any other target and judged.
bool gives(const ControlView& control, const std::string& snapshot, evaluate::Verdict verdict,
           std::int64_t as_of) {
  base::SourceManager sources;
  base::DiagnosticSink sink;
  const base::FileId file = sources.add("example.yaml", snapshot);
  backends::Target target;
  target.file = file;
  target.name = "example.yaml";
  target.bytes = sources.find(file)->text();
  auto evidence = backends::collect(target, {.now = as_of}, sink);
  if (!evidence || evidence->size() != 1) return false;
  const derive::HostFacts facts(*control.program, std::move(evidence->front()), value::Layer::Effective,
                                as_of);
  evaluate::Options options;
  options.as_of = as_of;
  options.controls = {control.control};
  return evaluate::evaluate(*control.program, facts, options).controls.front().raw == verdict;
}

}  // namespace

Example find_example(const ControlView& control, Verdict verdict, std::int64_t as_of) {
  Finding finding = find_host(control, verdict);
  if (finding.answer != Answer::Found) return {finding.answer, {}, finding.reason};
  const Host host = thinned(control, std::move(finding.host), wanted(verdict));
  const auto assumed = evidence::evidence_of(host, as_of);
  const auto written = backends::write_snapshot(assumed.evidence, {.collected_by = "polc example"});
  if (gives(control, written.text, wanted(verdict), as_of)) return {Answer::Found, written.text, {}};
  if (!assumed.left_out.empty())
    return {Answer::Undetermined, {}, "a snapshot has no place for " + assumed.left_out.front()};
  return {Answer::Undetermined, {}, "the snapshot of the host that was found does not give the verdict"};
}

}  // namespace polc::example
