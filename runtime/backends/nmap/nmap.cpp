#include "runtime/backends/nmap/nmap.hpp"

#include <array>
#include <utility>

#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/formats/nmap.hpp"

namespace polc::backends {
namespace {

using value::EvidenceSection;
using value::Unknown;
using value::UnknownReason;

constexpr std::string_view kNmap = "nmap";

std::string vantage_of(const Target& target) {
  if (!target.label.empty()) return std::string(target.label);
  const std::string file = os::file_name(target.name);
  return file.substr(0, file.rfind('.'));
}

bool is_state(std::string_view state) {
  constexpr std::array<std::string_view, 3> kStates{"open", "closed", "filtered"};
  return std::find(kStates.begin(), kStates.end(), state) != kStates.end();
}

/// The one host that was up; reported when there is none, or several.
const formats::NmapHost* scanned_host(const formats::NmapScan& scan, const Target& target,
                                      base::DiagnosticSink& sink) {
  const formats::NmapHost* found = nullptr;
  std::size_t up = 0;
  for (const formats::NmapHost& host : scan.hosts) {
    if (!host.up) continue;
    ++up;
    found = &host;
  }
  if (up == 1) return found;
  sink.add(diag::ScanOfSeveralHosts{.name = std::string(target.name), .hosts = std::to_string(up)}.at(
      {target.file, 0, 0}));
  return nullptr;
}

value::Evidence evidence_of(const formats::NmapScan& scan, const formats::NmapHost& host,
                            const Target& target, bool wanted) {
  value::Evidence evidence;
  evidence.backend = kNmap;
  evidence.target = target.name;
  const auto taken = host.end ? host.end : scan.end;
  evidence.collected_at = taken;
  if (!wanted) return evidence;
  auto& section = evidence.exposure;
  section.collected = true;
  bool undecided = !scan.finished;
  for (const formats::NmapPort& row : host.ports) {
    if (!is_state(row.state)) {
      undecided = true;
      continue;
    }
    evidence.origins.push_back({std::string(kNmap), evidence.target, row.line, 1, "scan of " + host.address});
    section.rows.push_back({vantage_of(target), row.port, row.state, taken,
                            static_cast<value::OriginId>(evidence.origins.size() - 1)});
  }
  if (undecided) {
    section.unreadable =
        Unknown{UnknownReason::Unsupported, {}, "the scan did not cover it, or could not tell"};
  }
  return evidence;
}

class NmapBackend : public Backend {
 public:
  std::string_view name() const override { return kNmap; }
  std::string_view description() const override { return "a port scan from outside, as nmap -oX writes it"; }

  std::vector<Capability> capabilities(const Target*, std::optional<value::Layer>) const override {
    return {{EvidenceSection::Exposure, About::Effective, Closure::Open}};
  }

  bool recognises(const Target& target) const override {
    return target.bytes.substr(0, 4096).find("<nmaprun") != std::string_view::npos;
  }

  std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                      base::DiagnosticSink& sink) const override {
    const auto scan = formats::parse_nmap(target.bytes);
    if (!scan) {
      const auto offset = static_cast<std::uint32_t>(std::min(scan.error().offset, target.bytes.size()));
      sink.add(diag::XmlSyntax{.problem = scan.error().what}.at({target.file, offset, offset}));
      return std::nullopt;
    }
    const formats::NmapHost* host = scanned_host(*scan, target, sink);
    if (host == nullptr) return std::nullopt;
    const bool wanted = request.slice == nullptr || request.slice->needs(EvidenceSection::Exposure);
    return one(evidence_of(*scan, *host, target, wanted));
  }
};

}  // namespace

const Backend& nmap_backend() {
  static const NmapBackend backend;
  return backend;
}

}  // namespace polc::backends
