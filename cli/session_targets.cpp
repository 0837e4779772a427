// Targets: which ones, what they are, and reading them.
#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "runtime/backends/backend.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/diagnostics/evidence.hpp"

namespace polc::cli {
namespace {

// "kind:path" forces a backend; a drive letter is no kind.
const backends::Backend* forced_backend(const std::string& argument) {
  const auto colon = argument.find(':');
  const std::string kind = argument.substr(0, colon);
  return colon == std::string::npos || kind == backends::kLive ? nullptr : backends::find_backend(kind);
}

}  // namespace

std::optional<std::vector<std::string>> Session::chosen_targets(std::string& example_host) {
  if (!options_.targets.empty()) return options_.targets;
  const Settings& settings = repository_.settings;
  if (!settings.targets.empty()) return settings.targets;
  if (environment_.system.is_windows()) return std::vector<std::string>{std::string(backends::kLive)};
  if (settings.example_host.empty()) {
    fail(kUsageError, diag::NoTarget{}.at());
    return std::nullopt;
  }
  example_host = display_name(settings.example_host);
  return std::vector<std::string>{settings.example_host};
}

std::unique_ptr<OpenTarget> Session::open_target(const std::string& argument) {
  if (argument == backends::kLive) return open_live();
  auto open = std::make_unique<OpenTarget>();
  open->backend = forced_backend(argument);
  open->path = open->backend == nullptr ? argument : argument.substr(argument.find(':') + 1);
  backends::Target& target = open->target;
  if (open->backend != nullptr && !open->backend->reads_path()) {
    open->name = open->path;
    target.name = target.label = open->name;
    target.kind = os::FileKind::Missing;
    return open;
  }
  take_label(*open);
  open->name = display_name(open->path);
  target.label = open->label;
  target.name = open->name;
  target.kind = environment_.files.kind(open->path);
  const bool is_folder = target.kind == os::FileKind::Folder;
  const std::string folder = is_folder ? open->path : os::parent_path(open->path);
  open->files =
      std::make_unique<backends::TargetFiles>(environment_.files, sources_, folder, display_name(folder));
  target.files = open->files.get();
  if (!is_folder && !read_bytes(*open)) return nullptr;
  if (open->backend == nullptr) open->backend = backends::recognise(target);
  if (open->backend == nullptr) {
    error_code_ = kEvidenceError;
    backends::report_unrecognised(target, sink_);
    return nullptr;
  }
  return open;
}

std::unique_ptr<OpenTarget> Session::open_live() {
  auto open = std::make_unique<OpenTarget>();
  open->backend = environment_.system.is_windows() ? backends::find_backend(backends::kLive) : nullptr;
  if (open->backend == nullptr) {
    fail(kUsageError, diag::LiveNeedsWindows{}.at());
    return nullptr;
  }
  open->name = backends::kLive;
  open->target.name = open->name;
  open->target.kind = os::FileKind::Missing;
  return open;
}

// KIND:LABEL=PATH; a file whose own name has the sign is meant as it is.
void Session::take_label(OpenTarget& open) const {
  const auto sign = open.path.find('=');
  const bool is_file = environment_.files.kind(open.path) != os::FileKind::Missing;
  if (open.backend == nullptr || sign == std::string::npos || is_file) return;
  open.label = open.path.substr(0, sign);
  open.path = open.path.substr(sign + 1);
}

bool Session::read_bytes(OpenTarget& open) {
  os::ReadResult file = environment_.files.read(open.path, backends::target_size_limit());
  if (file.status != os::ReadStatus::Ok) {
    fail(kEvidenceError, diag::UnreadableFile{.path = open.path, .why = file.detail}.at());
    return false;
  }
  open.target.kind = os::FileKind::File;
  open.target.file = sources_.add(open.name, std::move(file.text));
  open.target.bytes = sources_.find(open.target.file)->text();
  return true;
}

// Pieces of one target stand in reports once. Folders and programs have no bytes of their own.
void Session::add_target(const OpenTarget& open, const value::Evidence& evidence,
                         std::vector<report::Target>& targets) const {
  report::Target target{.name = evidence.target,
                        .backend = evidence.backend,
                        .layer = evidence.layer,
                        .collected_at = evidence.collected_at};
  if (!targets.empty() && targets.back().name == target.name && targets.back().layer == target.layer) return;
  if (open.backend->reads_path())
    target.path = relative_to_root(repository_.root, open.path, environment_.files);
  if (open.target.kind == os::FileKind::File) target.bytes = open.target.bytes;
  targets.push_back(std::move(target));
}

bool Session::read_target(const OpenTarget& open, const backends::PlanSlice* needed, Collected& collected,
                          std::vector<value::Evidence>& all) {
  const backends::Request request{
      .slice = needed, .layer = layer_, .allow_network = options_.allow_network, .now = started_};
  auto pieces = open.backend->collect(open.target, request, sink_);
  if (!pieces) {
    error_code_ = kEvidenceError;
    return false;
  }
  for (value::Evidence& evidence : *pieces) {
    add_target(open, evidence, collected.targets);
    all.push_back(std::move(evidence));
  }
  return true;
}

}  // namespace polc::cli
