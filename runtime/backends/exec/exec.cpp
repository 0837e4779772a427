#include "runtime/backends/exec/exec.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "runtime/backends/snapshot/snapshot.hpp"
#include "runtime/backends/unreadable.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/os/process.hpp"

namespace polc::backends {
namespace {

using nlohmann::ordered_json;
using value::EvidenceSection;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kExec = "exec";
constexpr std::string_view kDone = "{\"done\":true}";

UnknownReason reason_of(const os::ProcessResult& result) {
  return result.end == os::ProcessEnd::TimedOut ? UnknownReason::TimedOut : UnknownReason::NotCollected;
}

std::string first_line(const std::string& text) {
  return base::shorten(text.substr(0, text.find_first_of("\r\n")), limits::kProbeErrorColumns);
}

bool is_done(std::string_view line) {
  const auto json = nlohmann::json::parse(line, nullptr, false);
  return json.is_object() && json.size() == 1 && json.value("done", nlohmann::json()) == true;
}

/// One run of a probe, and what came of it.
class Probe {
 public:
  Probe(const Target& target, const Request& request, base::DiagnosticSink& sink)
      : target_(target), request_(request), sink_(sink) {}

  std::vector<value::Evidence> run() {
    const os::ProcessRequest process{os::split_command(std::string(target_.label)), probe_request(request_),
                                     limits::kProbeTime, limits::kProbeOutputBytes};
    const os::ProcessResult result = os::run_process(process);
    read_lines(result.output);
    const bool ended_well = result.end == os::ProcessEnd::Exited && result.code == 0;
    if (!ended_well) {
      const std::string words = first_line(result.errors);
      trouble(reason_of(result), os::end_text(process, result) + (words.empty() ? "" : ": " + words));
    } else if (!done_) {
      trouble(UnknownReason::Corrupt, "did not end its answer with " + std::string(kDone));
    }
    if (why_) add_unanswered();
    return std::move(pieces_);
  }

 private:
  /// The first trouble is the reason for what follows from it.
  void trouble(UnknownReason reason, std::string what) {
    sink_.add(diag::ProbeTrouble{.name = std::string(target_.name), .problem = what}.at());
    if (!why_) why_ = Unknown{reason, {}, std::string(target_.name) + " " + std::move(what)};
  }

  void read_lines(std::string_view output) {
    for (std::uint32_t number = 1; !output.empty(); ++number) {
      const std::size_t end = output.find('\n');
      std::string_view line = output.substr(0, end);
      output.remove_prefix(end == std::string_view::npos ? output.size() : end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
      if (done_) return trouble(UnknownReason::Corrupt, "went on after " + std::string(kDone));
      if (number > limits::kProbeLines) {
        return trouble(UnknownReason::Unsupported,
                       "answered with more than " + std::to_string(limits::kProbeLines) + " lines");
      }
      done_ = is_done(line);
      if (!done_) read_line(line, number);
    }
  }

  void read_line(std::string_view line, std::uint32_t number) {
    base::DiagnosticSink problems;
    auto piece = decode_snapshot_piece({.name = target_.name, .bytes = line}, request_.slice, problems);
    if (!piece) {
      const std::string what =
          problems.sorted().empty() ? "is no answer" : base::message_of(problems.sorted().front());
      return trouble(UnknownReason::Corrupt,
                     "answered something else in line " + std::to_string(number) + ": " + what);
    }
    piece->backend = kExec;
    piece->layer = request_.layer.value_or(value::Layer::Effective);
    for (std::size_t i = 1; i < piece->origins.size(); ++i) {  // 0 is "nowhere"
      piece->origins[i].backend = kExec;
      piece->origins[i].line = number;
      piece->origins[i].column = 0;
    }
    pieces_.push_back(std::move(*piece));
  }

  void add_unanswered() {
    value::Evidence rest;
    rest.backend = kExec;
    rest.target = target_.name;
    rest.layer = request_.layer.value_or(value::Layer::Effective);
    rest.origins.push_back({std::string(kExec), std::string(target_.name), 0, 0, {}});
    mark_unreadable(rest, request_.slice, *why_, 1);
    pieces_.push_back(std::move(rest));
  }

  const Target& target_;
  const Request& request_;
  base::DiagnosticSink& sink_;
  std::vector<value::Evidence> pieces_;
  std::optional<Unknown> why_;
  bool done_ = false;
};

class ExecBackend : public Backend {
 public:
  std::string_view name() const override { return kExec; }
  std::string_view description() const override {
    return "anybody's program, which is told what is needed and answers in the form of snapshots";
  }
  bool reads_path() const override { return false; }
  bool recognises(const Target&) const override { return false; }

  std::vector<Capability> capabilities(const Target*, std::optional<value::Layer>) const override {
    return snapshot_backend().capabilities(nullptr);
  }

  std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                      base::DiagnosticSink& sink) const override {
    return Probe(target, request, sink).run();
  }
};

}  // namespace

std::string probe_request(const Request& request) {
  ordered_json json;
  json["polc_probe"] = 1;
  json["layer"] = request.layer == value::Layer::Policy ? "policy" : "effective";
  if (const PlanSlice* slice = request.slice) {
    json["sections"] = ordered_json::array();
    ordered_json objects = ordered_json::object();
    for (auto i = std::uint8_t{0}; i <= static_cast<std::uint8_t>(EvidenceSection::Volumes); ++i) {
      const auto section = static_cast<EvidenceSection>(i);
      if (!slice->needs(section)) continue;
      json["sections"].push_back(value::section_name(section));
      const auto* names = slice->objects(section);
      if (names != nullptr && !names->empty()) objects[std::string(value::section_name(section))] = *names;
    }
    json["registry_keys"] = slice->registry_keys();
    json["user_keys"] = slice->user_keys();
    json["objects"] = std::move(objects);
  }
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

const Backend& exec_backend() {
  static const ExecBackend backend;
  return backend;
}

}  // namespace polc::backends
