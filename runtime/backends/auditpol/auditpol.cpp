#include "runtime/backends/auditpol/auditpol.hpp"

#include "runtime/backends/auditpol/audit_table.hpp"
#include "runtime/backends/origins.hpp"
#include "runtime/backends/text_target.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

using formats::CsvRecord;
using value::EvidenceSection;
using value::Layer;
using Name = value::Reading<std::string>;

/// The machine that the records are about: absent if they name none, and unknown if they name several.
Name machine_of(const std::vector<CsvRecord>& records, value::OriginId origin) {
  Name machine = Name::absent(origin);
  for (const CsvRecord& record : records) {
    const bool is_row = record.fields.size() > 3 && value::canonical_guid(record.fields[3]);
    if (!is_row || record.cut_off || record.fields.front().empty()) continue;
    const std::string& name = record.fields.front();
    if (!machine.present()) {
      machine = Name::of(name, origin);
    } else if (value::folded(machine.value) != value::folded(name)) {
      return Name::unreadable({value::UnknownReason::Conflict, {}, "the rows name several machines"}, origin);
    }
  }
  return machine;
}

class AuditpolBackend : public Backend {
 public:
  std::string_view name() const override { return "auditpol"; }
  std::string_view description() const override {
    return "audit subcategories as CSV: auditpol /get /category:* /r";
  }

  std::vector<Capability> capabilities(const Target* target, std::optional<value::Layer>) const override {
    const std::vector<Capability> report{
        {.section = EvidenceSection::AuditPolicy, .about = About::Effective, .closure = Closure::Open},
        {.section = EvidenceSection::Host, .about = About::Effective, .closure = Closure::Open}};
    const Capability policy{
        .section = EvidenceSection::AuditPolicy, .about = About::Policy, .closure = Closure::Closed};
    if (target == nullptr) return {report[0], report[1], policy};
    const auto records = formats::parse_csv(text_of(*target));
    const bool is_policy = records && machine_of(*records, 0).status == value::FactStatus::Absent;
    return is_policy ? std::vector{policy} : report;
  }

  bool recognises(const Target& target) const override {
    if (target.kind != os::FileKind::File) return false;
    std::string text = beginning_of(target.bytes);
    // The last line may be cut.
    if (const auto end = text.rfind('\n'); end != std::string::npos) text.resize(end + 1);
    const auto records = formats::parse_csv(text);
    return records && is_audit_table(*records);
  }

  std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                      base::DiagnosticSink& sink) const override {
    const auto decoded = decode_target(target, sink);
    if (!decoded) return std::nullopt;
    const auto records = formats::parse_csv(decoded->text.text);
    if (!records || !is_audit_table(*records)) {
      sink.add(refused(decoded->text, records ? formats::ParseError{0, "no table of audit subcategories"}
                                              : records.error()));
      return std::nullopt;
    }
    value::Evidence evidence;
    evidence.backend = name();
    evidence.target = target.name;
    const auto origin = add_origin(evidence, {std::string(name()), decoded->text.name, 0, 0, {}});
    const Name machine = machine_of(*records, origin);
    const bool is_policy = machine.status == value::FactStatus::Absent;
    evidence.layer = is_policy ? Layer::Policy : Layer::Effective;
    if (machine.present()) evidence.host.name = machine;
    if (request.slice == nullptr || request.slice->needs(EvidenceSection::AuditPolicy)) {
      read_rows(*records, decoded->text, is_policy, origin, evidence);
    }
    return one(std::move(evidence));
  }

 private:
  void read_rows(const std::vector<CsvRecord>& records, const TargetText& text, bool is_policy,
                 value::OriginId origin, value::Evidence& evidence) const {
    const AuditTableKind kind = is_policy ? AuditTableKind::Policy : AuditTableKind::Report;
    const auto cut_off = read_audit_table(records, kind, name(), text.name, evidence);
    value::Section<value::AuditRow>& section = evidence.audit_policy;
    section.collected = true;
    section.origin = origin;
    section.complete = is_policy && !cut_off;
    section.unreadable = cut_off;
  }
};

}  // namespace

const Backend& auditpol_backend() {
  static const AuditpolBackend backend;
  return backend;
}

}  // namespace polc::backends
