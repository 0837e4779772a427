#include "runtime/backends/iis/iis.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "runtime/backends/iis/configuration_tree.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

using value::ConfigurationFileRow;
using value::EvidenceSection;
using value::Reading;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kIis = "iis";
constexpr std::string_view kServerFile = "applicationHost.config";
constexpr std::string_view kRedirectionFile = "redirection.config";
constexpr std::string_view kWebConfig = "web.config";
/// Where a system drive has the server's configuration, and that of ASP.NET.
constexpr std::string_view kConfigFolder = "Windows/System32/inetsrv/config";
constexpr std::string_view kFrameworkFolder = "Windows/Microsoft.NET/Framework64/v4.0.30319/CONFIG";
constexpr std::string_view kDrive = "C:\\";

Unknown unread(const os::ReadResult& file) {
  switch (file.status) {
    case os::ReadStatus::Denied:
      return {UnknownReason::AccessDenied, {}, file.detail};
    case os::ReadStatus::TooLarge:
      return {UnknownReason::Unsupported, {}, file.detail};
    default:
      return {UnknownReason::Corrupt, {}, file.detail};
  }
}

std::string with_slashes(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  return path;
}

/// Reads one target's files into evidence.
class Collector {
 public:
  Collector(const TargetFiles& files, std::string target) : files_(files) {
    evidence_.backend = kIis;
    evidence_.target = std::move(target);
    evidence_.iis.files.collected = true;
  }

  /// The server's own files; `folder` is relative to the target. False when it has no applicationHost.config.
  bool add_server(const std::string& folder, std::string_view server_file) {
    const auto root = add_file(std::string(kServerFile), joined(folder, server_file));
    const bool has_server = evidence_.iis.files.rows.back().xml.status != value::FactStatus::Absent;
    add_file(std::string(kRedirectionFile), joined(folder, kRedirectionFile));
    if (root) {
      add_section_files(*root, {}, folder);
      directories_ = physical_paths(*root);
    }
    return has_server;
  }

  /// Every web.config below every virtual directory; the target's root is drive C.
  void add_system_drive() {
    for (const char* name : {"SYSTEMDRIVE", "WINDIR", "SYSTEMROOT"}) {
      evidence_.host.variables[name] = std::string_view(name) == "SYSTEMDRIVE" ? "C:" : "C:\\Windows";
    }
    for (const std::string_view file : {std::string_view("machine.config"), kWebConfig})
      add_file(std::string(file), joined(std::string(kFrameworkFolder), file));
    bool complete = true;
    for (const std::string& written : directories_) {
      const auto folder = folder_on_drive(written);
      complete = folder && add_folder(*folder, 0) && complete;
    }
    evidence_.iis.files.complete = complete && !truncated_;
    if (truncated_) {
      evidence_.iis.files.unreadable =
          Unknown{UnknownReason::Unsupported, {}, "the folders of the sites are too large to be searched"};
    }
  }

  value::Evidence take() { return std::move(evidence_); }

 private:
  static std::string joined(const std::string& folder, std::string_view name) {
    return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
  }

  value::OriginId origin(const std::string& path) {
    evidence_.origins.push_back({std::string(kIis), files_.display_name(path), 1, 1, {}});
    return static_cast<value::OriginId>(evidence_.origins.size() - 1);
  }

  /// Adds a row for the file at `path` of the target; its XML where there is any. A text that is no XML is kept: why it
  /// is none is said where it is asked for.
  std::optional<formats::XmlElement> add_file(std::string name, const std::string& path) {
    os::ReadResult file = files_.read(path, limits::kXmlBytes);
    ConfigurationFileRow row;
    row.path = std::move(name);
    row.origin = origin(path);
    std::optional<formats::XmlElement> root;
    if (file.status == os::ReadStatus::Ok) {
      if (auto parsed = formats::parse_xml(file.text)) root = std::move(*parsed);
      row.xml = Reading<std::string>::of(std::move(file.text), row.origin);
    } else if (file.status == os::ReadStatus::NotFound) {
      row.xml = Reading<std::string>::absent(row.origin);
    } else {
      row.xml = Reading<std::string>::unreadable(unread(file), row.origin);
    }
    evidence_.iis.files.rows.push_back(std::move(row));
    return root;
  }

  /// `windows_folder` is what evidence calls the folder ("" for the server's), with a separator at its end.
  void add_section_files(const formats::XmlElement& root, const std::string& windows_folder,
                         const std::string& folder) {
    for (const std::string& file : section_files(root)) {
      if (!seen_.insert(windows_folder + value::folded(file)).second) continue;
      add_file(windows_folder + file, joined(folder, with_slashes(file)));
    }
  }

  /// The folder of the target that a configured path means; nullopt for what is not on its drive.
  std::optional<std::string> folder_on_drive(const std::string& written) const {
    const auto canonical = value::canonical_file_path(written);
    if (!canonical) return std::nullopt;
    const auto path = value::expand_variables(*canonical, evidence_.host.variables);
    if (!path || !path->starts_with(kDrive)) return std::nullopt;
    return with_slashes(path->substr(kDrive.size()));
  }

  /// False where the folder could not be searched to the end. A folder that does not exist has no web.config.
  bool add_folder(const std::string& folder, std::size_t depth) {
    if (!seen_.insert("folder " + base::fold_case(folder)).second) return true;
    if (depth > limits::kFolderDepth || ++folders_ > limits::kTargetFolders) {
      truncated_ = true;
      return false;
    }
    std::vector<TargetEntry> entries;
    const os::ReadStatus status = files_.list(folder, entries);
    if (status != os::ReadStatus::Ok) return status == os::ReadStatus::NotFound;
    bool complete = true;
    for (const TargetEntry& entry : entries) {
      if (entry.kind == os::FileKind::Folder) {
        complete = add_folder(entry.path, depth + 1) && complete;
      } else if (base::equal_folded(os::file_name(entry.path), kWebConfig)) {
        add_web_config(entry.path);
      }
    }
    return complete;
  }

  void add_web_config(const std::string& path) {
    std::string windows_path = std::string(kDrive) + path;
    std::replace(windows_path.begin(), windows_path.end(), '/', '\\');
    const std::string folder = windows_path.substr(0, windows_path.rfind('\\') + 1);
    if (const auto root = add_file(windows_path, path))
      add_section_files(*root, folder, os::parent_path(path));
  }

  const TargetFiles& files_;
  value::Evidence evidence_;
  std::vector<std::string> directories_;  ///< physical paths, as configured
  std::set<std::string> seen_;
  std::size_t folders_ = 0;
  bool truncated_ = false;
};

/// The one file of a target that must be XML for any of it to be believed; `path` is below the target.
bool check_server_file(const ConfigurationFileRow& row, const std::string& path, const TargetFiles& files,
                       base::DiagnosticSink& sink) {
  if (!row.xml.present()) return true;
  const auto parsed = formats::parse_xml(row.xml.value);
  if (parsed && parsed->name == "configuration") return true;
  const base::FileId file = files.keep(path, row.xml.value).file;
  const std::string problem = parsed ? "the root element is not <configuration>" : parsed.error().what;
  const auto offset = parsed ? 0U : static_cast<std::uint32_t>(parsed.error().offset);
  sink.add(diag::XmlSyntax{.problem = problem}.at({file, offset, offset}));
  return false;
}

class IisBackend : public Backend {
 public:
  std::string_view name() const override { return kIis; }
  std::string_view description() const override {
    return "applicationHost.config, a copy of inetsrv\\config, or a system drive with a web server";
  }

  std::vector<Capability> capabilities(const Target* target) const override {
    const bool closed = target == nullptr || is_system_drive(*target);
    return {{EvidenceSection::Iis, About::Configured, closed ? Closure::Closed : Closure::Open}};
  }

  bool recognises(const Target& target) const override {
    if (target.kind == os::FileKind::Folder) return is_config_folder(target) || is_system_drive(target);
    const bool is_xml = target.bytes.substr(0, 16).find('<') != std::string_view::npos;
    return is_xml && target.bytes.find("<configuration") != std::string_view::npos &&
           target.bytes.find("system.applicationHost") != std::string_view::npos;
  }

  std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                      base::DiagnosticSink& sink) const override {
    if (target.files == nullptr) return std::nullopt;
    Collector collector(*target.files, std::string(target.name));
    if (request.slice != nullptr && !request.slice->needs(EvidenceSection::Iis)) return one(collector.take());
    const bool drive = is_system_drive(target);
    const std::string folder(drive ? kConfigFolder : std::string_view());
    const std::string server =
        target.kind == os::FileKind::File ? os::file_name(target.name) : std::string(kServerFile);
    const bool found = collector.add_server(folder, server);
    if (drive && found) collector.add_system_drive();
    value::Evidence evidence = collector.take();
    const std::string path = folder.empty() ? server : folder + "/" + server;
    if (!check_server_file(evidence.iis.files.rows.front(), path, *target.files, sink)) return std::nullopt;
    return one(std::move(evidence));
  }

 private:
  static bool has_file(const Target& target, const std::string& path) {
    return target.files != nullptr && target.files->find(path).kind == os::FileKind::File;
  }
  static bool is_config_folder(const Target& target) { return has_file(target, std::string(kServerFile)); }
  static bool is_system_drive(const Target& target) {
    return target.kind == os::FileKind::Folder && !is_config_folder(target) &&
           has_file(target, std::string(kConfigFolder) + "/" + std::string(kServerFile));
  }
};

}  // namespace

const Backend& iis_backend() {
  static const IisBackend backend;
  return backend;
}

}  // namespace polc::backends
