#include "runtime/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "runtime/base/escape.hpp"

namespace polc::report {
namespace {

using evaluate::ControlResult;
using evaluate::Verdict;

constexpr std::int64_t kSecondsPerDay = 86'400;

bool counts_as_failure(const RunReport& report, const ControlResult& result) {
  return result.verdict == Verdict::Fail && control_of(report, result).severity >= report.gate.fail_on;
}

bool is_undecided(const ControlResult& result) {
  return result.verdict == Verdict::Unknown || result.verdict == Verdict::Review;
}

}  // namespace

std::size_t Counts::total() const {
  return std::accumulate(verdicts.begin(), verdicts.end(), std::size_t{0});
}

Counts count(const RunReport& report) {
  Counts counts;
  for (const ControlResult& result : report.evaluation.controls) add(counts, report, result);
  return counts;
}

void add(Counts& counts, const RunReport& report, const ControlResult& result) {
  ++counts.verdicts[static_cast<std::size_t>(result.verdict)];
  if (result.verdict == Verdict::Fail)
    ++counts.failures[static_cast<std::size_t>(control_of(report, result).severity)];
}

int exit_code(const RunReport& report) {
  if (report.evidence_failed) return 4;
  bool undecided = false;
  for (const ControlResult& result : report.evaluation.controls) {
    const bool fails = counts_as_failure(report, result);
    const bool open = report.gate.unknown_fails && is_undecided(result);
    if (!fails && !open) continue;
    if (report.gate.new_only && is_known_problem(report, result)) continue;
    if (fails) return 1;
    undecided = true;
  }
  return undecided ? 2 : 0;
}

int worst_exit_code(const std::vector<int>& codes) {
  constexpr std::array kWorstFirst{64, 70, 4, 3, 1, 2};
  for (const int code : kWorstFirst) {
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) return code;
  }
  return 0;
}

const ir::Control& control_of(const RunReport& report, const ControlResult& result) {
  return report.program.controls[result.control];
}

std::string host_name(const RunReport& report) {
  return base::visible(report.facts.host().name.value_or("unknown host"));
}

std::string_view layer_name(value::Layer layer) {
  return layer == value::Layer::Effective ? "effective" : "policy";
}

std::string_view truth_name(value::Truth truth) {
  return truth == value::Truth::True ? "true" : truth == value::Truth::False ? "false" : "unknown";
}

std::string_view manual_state_name(evaluate::ManualState state) {
  using evaluate::ManualState;
  switch (state) {
    case ManualState::None:
      return "none";
    case ManualState::Yes:
      return "yes";
    case ManualState::No:
      return "no";
    case ManualState::NotAttested:
      return "not attested";
    case ManualState::Expired:
      return "expired";
    case ManualState::Conflicting:
      return "conflicting";
  }
  return "none";
}

std::string instant_text(std::int64_t seconds) {
  std::int64_t days = seconds / kSecondsPerDay;
  if (seconds % kSecondsPerDay < 0) --days;
  const std::int64_t rest = seconds - days * kSecondsPerDay;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", value::Date{static_cast<std::int32_t>(days)}.text(),
                     rest / 3600, rest / 60 % 60, rest % 60);
}

std::string profile_text(const ir::Program& program) {
  const ir::Profile& profile = program.profile;
  if (profile.name == 0) return {};
  const ir::SourceRange& range = program.ranges[profile.range];
  const std::string_view title = program.text(profile.title);
  return base::visible(fmt::format(
      "{}{}{} ({}:{}, chosen by {})", program.text(profile.name), title.empty() ? "" : ", ", title,
      program.text(program.files[range.file].path), range.line, program.text(profile.origin)));
}

std::string provenance(const ir::Program& program, const ir::Parameter& parameter) {
  std::string chain;
  for (const ir::ParameterSource& source : parameter.sources) {
    const ir::SourceRange& range = program.ranges[source.range];
    const std::string place =
        source.range == 0 ? std::string()
                          : fmt::format(", {}:{}", program.text(program.files[range.file].path), range.line);
    chain += fmt::format("{}{} ({}{})", chain.empty() ? "" : " <- ",
                         value::to_text(program.constants[source.value]), program.text(source.origin), place);
  }
  return chain;
}

bool is_sensitive(const ir::Program& program, const ir::Node& node) {
  const auto attribute_is = [](value::ResourceKind kind, value::AttributeId attribute) {
    return value::resource_info(kind).attributes[attribute].sensitive;
  };
  if (node.op == ir::Op::Fact) {
    const value::Address& address = program.addresses[node.data];
    return attribute_is(address.resource, address.attribute);
  }
  if (node.op == ir::Op::Read) {
    const ir::ReadPattern& read = program.reads[node.data];
    return attribute_is(read.resource, read.attribute);
  }
  return false;
}

const base::SourceBuffer* policy_source(const RunReport& report, const ir::SourceRange& range) {
  if (report.sources == nullptr || range.line == 0 || range.file >= report.program.files.size())
    return nullptr;
  const std::string_view path = report.program.text(report.program.files[range.file].path);
  for (base::FileId id = 1; id <= report.sources->size(); ++id) {
    const base::SourceBuffer* buffer = report.sources->find(id);
    if (buffer->name() == path) return buffer;
  }
  return nullptr;
}

}  // namespace polc::report
