#include "runtime/backends/iis/iis.hpp"

#include <algorithm>
#include <utility>

#include "runtime/backends/iis/configuration_files.hpp"
#include "runtime/base/diagnostics/evidence.hpp"

namespace polc::backends {
namespace {

using value::ConfigurationFileRow;
using value::EvidenceSection;

constexpr std::string_view kIis = "iis";
/// Where a system drive has the server's configuration, and that of ASP.NET.
constexpr std::string_view kConfigFolder = "Windows/System32/inetsrv/config";
constexpr std::string_view kFrameworkFolder = "Windows/Microsoft.NET/Framework64/v4.0.30319/CONFIG";
constexpr std::string_view kDrive = "C:\\";

/// The files of a target; its root is drive C.
class TargetDisk : public IisDisk {
 public:
  explicit TargetDisk(const TargetFiles& files) : files_(files) {}

  std::optional<std::string> path_of(const std::string& windows_path) const override {
    if (!windows_path.starts_with(kDrive)) return std::nullopt;
    std::string path = windows_path.substr(kDrive.size());
    std::replace(path.begin(), path.end(), '\\', '/');
    return path;
  }

  std::string windows_path_of(const std::string& path) const override {
    std::string windows_path = std::string(kDrive) + path;
    std::replace(windows_path.begin(), windows_path.end(), '/', '\\');
    return windows_path;
  }

  bool is_whole() const override { return false; }

  os::ReadResult read(const std::string& path, std::size_t max_bytes) const override {
    return files_.read(path, max_bytes);
  }

  IisFolder list(const std::string& path) const override {
    IisFolder folder;
    folder.status = files_.list(path, folder.entries);
    if (folder.status != os::ReadStatus::Ok) folder.detail = "the folder cannot be listed";
    return folder;
  }

  value::Origin origin(const std::string& path) const override {
    return {std::string(kIis), files_.display_name(path), 1, 0, {}};
  }

 private:
  const TargetFiles& files_;
};

void set_drive_variables(value::Evidence& evidence) {
  evidence.host.variables["SYSTEMDRIVE"] = "C:";
  for (const char* name : {"WINDIR", "SYSTEMROOT"}) evidence.host.variables[name] = "C:\\Windows";
}

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

  std::vector<Capability> capabilities(const Target* target, std::optional<value::Layer>) const override {
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
    value::Evidence evidence;
    evidence.backend = kIis;
    evidence.target = std::string(target.name);
    if (request.slice != nullptr && !request.slice->needs(EvidenceSection::Iis))
      return one(std::move(evidence));
    const TargetDisk disk(*target.files);
    IisConfigurationFiles files(disk, evidence);
    const bool drive = is_system_drive(target);
    const std::string folder(drive ? kConfigFolder : std::string_view());
    const std::string server =
        target.kind == os::FileKind::File ? os::file_name(target.name) : std::string(kIisServerFile);
    const bool found = files.add_server(folder, server);
    if (drive && found) {
      set_drive_variables(evidence);
      files.add_framework(std::string(kFrameworkFolder));
      files.add_directories();
    }
    const std::string path = folder.empty() ? server : folder + "/" + server;
    if (!check_server_file(evidence.iis.files.rows.front(), path, *target.files, sink)) return std::nullopt;
    return one(std::move(evidence));
  }

 private:
  static bool has_file(const Target& target, const std::string& path) {
    return target.files != nullptr && target.files->find(path).kind == os::FileKind::File;
  }
  static bool is_config_folder(const Target& target) { return has_file(target, std::string(kIisServerFile)); }
  static bool is_system_drive(const Target& target) {
    return target.kind == os::FileKind::Folder && !is_config_folder(target) &&
           has_file(target, std::string(kConfigFolder) + "/" + std::string(kIisServerFile));
  }
};

}  // namespace

const Backend& iis_backend() {
  static const IisBackend backend;
  return backend;
}

}  // namespace polc::backends
