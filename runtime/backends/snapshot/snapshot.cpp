#include "runtime/backends/snapshot/snapshot.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "runtime/backends/snapshot/form.hpp"
#include "runtime/backends/snapshot/sections.hpp"
#include "runtime/backends/snapshot/tables.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/formats/json.hpp"
#include "runtime/formats/yaml.hpp"

namespace polc::backends {
namespace {

using snapshot::Decoder;
using snapshot::Member;
using snapshot::Node;
using value::EvidenceSection;

constexpr std::string_view kSnapshotKey = "polc_snapshot";
constexpr std::string_view kAttestationsKey = "polc_attestations";
constexpr std::uint64_t kVersion = 1;

struct SectionDecoder {
  EvidenceSection section;
  void (*decode)(Decoder&, Node);
};
/// `host` and `names` first: the security descriptors need them.
constexpr std::array kSections{
    SectionDecoder{EvidenceSection::Host, snapshot::decode_host},
    SectionDecoder{EvidenceSection::Names, snapshot::decode_names},
    SectionDecoder{EvidenceSection::Registry, snapshot::decode_registry},
    SectionDecoder{EvidenceSection::Users, snapshot::decode_users},
    SectionDecoder{EvidenceSection::AccountPolicy, snapshot::decode_account_policy},
    SectionDecoder{EvidenceSection::UserRights, snapshot::decode_user_rights},
    SectionDecoder{EvidenceSection::AuditPolicy, snapshot::decode_audit_policy},
    SectionDecoder{EvidenceSection::Services, snapshot::decode_services},
    SectionDecoder{EvidenceSection::LocalGroups, snapshot::decode_local_groups},
    SectionDecoder{EvidenceSection::Accounts, snapshot::decode_accounts},
    SectionDecoder{EvidenceSection::Listeners, snapshot::decode_listeners},
    SectionDecoder{EvidenceSection::Firewall, snapshot::decode_firewall},
    SectionDecoder{EvidenceSection::FileSecurity, snapshot::decode_file_security},
    SectionDecoder{EvidenceSection::KeySecurity, snapshot::decode_key_security},
    SectionDecoder{EvidenceSection::Shares, snapshot::decode_shares},
    SectionDecoder{EvidenceSection::Iis, snapshot::decode_iis},
    SectionDecoder{EvidenceSection::Http, snapshot::decode_http},
    SectionDecoder{EvidenceSection::Exposure, snapshot::decode_exposure},
    SectionDecoder{EvidenceSection::Attestations, snapshot::decode_attestations},
    SectionDecoder{EvidenceSection::Passwords, snapshot::decode_passwords},
    SectionDecoder{EvidenceSection::WindowsFeatures, snapshot::decode_windows_features},
    SectionDecoder{EvidenceSection::Certificates, snapshot::decode_certificates},
    SectionDecoder{EvidenceSection::Volumes, snapshot::decode_volumes},
};

std::optional<EvidenceSection> section_of(std::string_view key) {
  const auto found = std::find_if(kSections.begin(), kSections.end(), [&](const SectionDecoder& s) {
    return value::section_name(s.section) == key;
  });
  return found == kSections.end() ? std::nullopt : std::optional(found->section);
}

/// JSON by its name or its first character; YAML otherwise.
bool looks_like_json(const Target& target) {
  if (target.name.ends_with(".json")) return true;
  if (target.name.ends_with(".yaml") || target.name.ends_with(".yml")) return false;
  const std::size_t first = target.bytes.find_first_not_of("\xef\xbb\xbf \t\r\n");
  return first != std::string_view::npos && target.bytes[first] == '{';
}

/// True where `word` stands as a key: 'word:', "word" :, {word: ...
bool has_key(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins =
        at == 0 || std::string_view("\n\r{, \t\"'\xbf").find(text[at - 1]) != std::string_view::npos;
    std::size_t end = at + word.size();
    if (end < text.size() && (text[end] == '"' || text[end] == '\'')) ++end;
    end = text.find_first_not_of(" \t\r\n", end);
    if (begins && end != std::string_view::npos && text[end] == ':') return true;
  }
  return false;
}

/// Leaves out of a JSON document what the slice does not name.
formats::MemberFilter filter_for(const PlanSlice* slice) {
  if (slice == nullptr) return {};
  return [slice](std::span<const std::string_view> path) {
    const auto section = section_of(path[0]);
    if (!section || *section == EvidenceSection::Host) return true;
    if (path.size() == 1) return slice->needs(*section);
    if (*section != EvidenceSection::Registry) return true;
    // Programs mostly write canonical keys; the normal form is only made where that does not settle it.
    if (slice->needs_registry_key(value::folded(path[1]))) return true;
    const auto key = value::canonical_registry_key(path[1]);
    return !key || slice->needs_registry_key(value::folded(*key));
  };
}

std::optional<formats::Document> read_document(const Target& target, const PlanSlice* slice,
                                               base::DiagnosticSink& sink) {
  if (!looks_like_json(target)) return formats::read_yaml(target.bytes, target.file, sink);
  return formats::read_json(target.bytes, target.file, sink, filter_for(slice));
}

std::optional<Node> member_of(Node mapping, std::string_view key) {
  for (const Member member : mapping.members()) {
    if (member.key.text() == key) return member.value;
  }
  return std::nullopt;
}

void check_version(Decoder& decoder, Node root, std::string_view form) {
  const auto version = member_of(root, form);
  if (!version) {
    decoder.report(diag::MissingEvidenceKey{.key = std::string(form), .place = "the file"}.at(root.span()));
    return;
  }
  if (version->kind() != formats::NodeKind::Integer) {
    decoder.wrong_kind(*version, snapshot::quoted_key(form), "the number 1");
    return;
  }
  if (version->text() == std::to_string(kVersion)) return;
  decoder.report(diag::EvidenceVersion{.form = std::string(form), .version = std::string(version->text())}.at(
      version->span()));
}

void decode_layer(Decoder& decoder, Node node) {
  const auto policy = snapshot::ChoiceShape{"policy", "effective"}.read(decoder, node, "'layer'");
  if (policy) decoder.evidence().layer = *policy ? value::Layer::Policy : value::Layer::Effective;
}

void decode_collected(Decoder& decoder, Node node) {
  snapshot::CollectedRow row;
  snapshot::read_mapping_row(decoder, node, "'collected'", row);
  decoder.evidence().collected_at = row.at;
}

void decode_snapshot(Decoder& decoder, Node root) {
  std::vector<std::string_view> known{kSnapshotKey, "collected", "layer"};
  if (const auto collected = member_of(root, "collected")) decode_collected(decoder, *collected);
  if (const auto layer = member_of(root, "layer")) decode_layer(decoder, *layer);
  for (const SectionDecoder& section : kSections) {
    known.push_back(value::section_name(section.section));
    if (const auto node = member_of(root, known.back())) section.decode(decoder, *node);
  }
  for (const Member member : root.members()) {
    const bool has_meaning = std::find(known.begin(), known.end(), member.key.text()) != known.end();
    if (!has_meaning) decoder.unknown_key(member.key, "a snapshot", known);
  }
}

void decode_attestation_file(Decoder& decoder, Node root) {
  const std::string_view list = value::section_name(EvidenceSection::Attestations);
  for (const Member member : root.members()) {
    if (member.key.text() == list) {
      snapshot::decode_attestations(decoder, member.value);
    } else if (member.key.text() != kAttestationsKey) {
      decoder.unknown_key(member.key, "an attestation file", {kAttestationsKey, list});
    }
  }
  if (!decoder.evidence().attestations.collected) {
    decoder.report(
        diag::MissingEvidenceKey{.key = std::string(list), .place = "an attestation file"}.at(root.span()));
  }
}

/// Both forms: what differs is the key at the top and what may follow it.
class FileBackend : public Backend {
 public:
  using Decode = void (*)(Decoder&, Node);
  FileBackend(std::string_view name, std::string_view description, std::string_view form, Decode decode)
      : name_(name), description_(description), form_(form), decode_(decode) {}

  std::string_view name() const override { return name_; }
  std::string_view description() const override { return description_; }
  bool recognises(const Target& target) const override {
    return target.kind == os::FileKind::File && has_key(target.bytes, form_);
  }

  std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                      base::DiagnosticSink& sink) const override {
    const std::size_t errors_before = sink.error_count();
    const auto document = read_document(target, request.slice, sink);
    if (!document) return std::nullopt;
    value::Evidence evidence;
    evidence.backend = name_;
    evidence.target = target.name;
    Decoder decoder(target.bytes, evidence.target, sink, evidence);
    const Node root = document->root();
    if (!root.is_mapping()) {
      decoder.wrong_kind(root, "the file", "a mapping");
    } else {
      check_version(decoder, root, form_);
      if (!decoder.failed()) decode_(decoder, root);
    }
    if (sink.error_count() > errors_before) return std::nullopt;
    return one(std::move(evidence));
  }

 private:
  std::string_view name_;
  std::string_view description_;
  std::string_view form_;
  Decode decode_;
};

class SnapshotBackend : public FileBackend {
 public:
  SnapshotBackend()
      : FileBackend("snapshot", "a host written down in YAML or JSON", kSnapshotKey, decode_snapshot) {}
  std::vector<Capability> capabilities(const Target* target, std::optional<value::Layer>) const override {
    std::vector<Capability> all;
    for (const SectionDecoder& section : kSections) {
      if (target != nullptr && !has_key(target->bytes, value::section_name(section.section))) continue;
      all.push_back({section.section, About::Effective, Closure::Stated});
    }
    std::sort(all.begin(), all.end(),
              [](const Capability& a, const Capability& b) { return a.section < b.section; });
    return all;
  }
};

class AttestationsBackend : public FileBackend {
 public:
  AttestationsBackend()
      : FileBackend("attestations", "signed-off statements in YAML or JSON", kAttestationsKey,
                    decode_attestation_file) {}
  std::vector<Capability> capabilities(const Target*, std::optional<value::Layer>) const override {
    return {{EvidenceSection::Attestations, About::Effective, Closure::Closed}};
  }

  /// Such a file is small and checked whole, whatever of it is asked for.
  std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                      base::DiagnosticSink& sink) const override {
    Request whole = request;
    whole.slice = nullptr;
    auto pieces = FileBackend::collect(target, whole, sink);
    const bool wanted = request.slice == nullptr || request.slice->needs(EvidenceSection::Attestations);
    if (pieces && !wanted) pieces->front().attestations = {};
    return pieces;
  }
};

}  // namespace

const Backend& snapshot_backend() {
  static const SnapshotBackend backend;
  return backend;
}

const Backend& attestations_backend() {
  static const AttestationsBackend backend;
  return backend;
}

std::optional<value::Evidence> decode_snapshot_piece(const Target& target, const PlanSlice* slice,
                                                     base::DiagnosticSink& sink) {
  const std::size_t errors_before = sink.error_count();
  const auto document = formats::read_json(target.bytes, target.file, sink, filter_for(slice));
  if (!document) return std::nullopt;
  value::Evidence evidence;
  evidence.target = target.name;
  Decoder decoder(target.bytes, evidence.target, sink, evidence);
  if (!document->root().is_mapping()) {
    decoder.wrong_kind(document->root(), "the line", "a mapping");
  } else {
    decode_snapshot(decoder, document->root());
  }
  if (sink.error_count() > errors_before) return std::nullopt;
  return evidence;
}

bool check_snapshot(const Target& target, base::DiagnosticSink& sink) {
  return collect(target, {}, sink).has_value();
}

}  // namespace polc::backends
