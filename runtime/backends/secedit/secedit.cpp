#include "runtime/backends/secedit/secedit.hpp"

#include <algorithm>
#include <array>

#include "runtime/backends/secedit/security_template.hpp"
#include "runtime/backends/secedit/template_form.hpp"
#include "runtime/backends/text_target.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"

namespace polc::backends {
namespace {

using value::EvidenceSection;
using value::Layer;

/// Sections that only security templates have; [Version] is in any .inf.
constexpr std::array<std::string_view, 9> kTemplateSections{
    "[Unicode]",       "[System Access]",           "[Privilege Rights]",
    "[Event Audit]",   "[Registry Values]",         "[Registry Keys]",
    "[File Security]", "[Service General Setting]", "[Group Membership]"};

bool has_template_section(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    const bool known =
        std::any_of(kTemplateSections.begin(), kTemplateSections.end(),
                    [&](std::string_view section) { return base::equal_folded(section, line); });
    if (known) return true;
    begin = end + 1;
  }
  return false;
}

/// An export, unless it is taken for the policy that it could be.
bool is_about_machine(const formats::InfFile& file, std::optional<Layer> asked) {
  return asked != Layer::Policy && is_export(file);
}

class SeceditBackend : public Backend {
 public:
  std::string_view name() const override { return "secedit"; }
  std::string_view description() const override {
    return "a security template (.inf), or what secedit /export wrote about a machine";
  }

  std::vector<Capability> capabilities(const Target* target, std::optional<Layer> layer) const override {
    if (target == nullptr) {
      std::vector<Capability> all = of_template();
      for (const Capability& capability : of_export()) all.push_back(capability);
      return all;
    }
    const auto file = formats::parse_inf(text_of(*target));
    return file && is_about_machine(*file, layer) ? of_export() : of_template();
  }

  bool recognises(const Target& target) const override {
    return target.kind == os::FileKind::File && has_template_section(beginning_of(target.bytes));
  }

  std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                      base::DiagnosticSink& sink) const override {
    const auto decoded = decode_target(target, sink);
    if (!decoded) return std::nullopt;
    const auto file = formats::parse_inf(decoded->text.text);
    if (!file) {
      sink.add(refused(decoded->text, file.error()));
      return std::nullopt;
    }
    value::Evidence evidence;
    evidence.backend = name();
    evidence.target = target.name;
    RegistryBuilder registry(evidence, request.slice);
    const TemplateUse use{evidence, registry, request.slice, name(), decoded->text, sink};
    const auto damage = why_not_whole(*file);
    if (damage) {
      sink.add(diag::TemplateNotWhole{.name = std::string(target.name), .problem = damage->detail}.at());
    }
    if (is_about_machine(*file, request.layer)) {
      evidence.layer = Layer::Effective;
      read_export(*file, use, damage);
    } else {
      evidence.layer = Layer::Policy;
      read_template(*file, use, damage);
    }
    return one(std::move(evidence));
  }

 private:
  static std::vector<Capability> of_template() {
    std::vector<Capability> all;
    for (const EvidenceSection section :
         {EvidenceSection::AccountPolicy, EvidenceSection::UserRights, EvidenceSection::AuditPolicy,
          EvidenceSection::Services, EvidenceSection::LocalGroups, EvidenceSection::FileSecurity,
          EvidenceSection::KeySecurity}) {
      all.push_back({.section = section, .about = About::Policy, .closure = Closure::Closed});
    }
    all.push_back({.section = EvidenceSection::Registry, .about = About::Policy, .closure = Closure::Open});
    return all;
  }

  static std::vector<Capability> of_export() {
    std::vector<Capability> all;
    for (const EvidenceSection section :
         {EvidenceSection::AccountPolicy, EvidenceSection::Services, EvidenceSection::FileSecurity,
          EvidenceSection::KeySecurity, EvidenceSection::Registry}) {
      all.push_back({.section = section, .about = About::Effective, .closure = Closure::Open});
    }
    all.push_back(
        {.section = EvidenceSection::UserRights, .about = About::Effective, .closure = Closure::Closed});
    return all;
  }
};

}  // namespace

const Backend& secedit_backend() {
  static const SeceditBackend backend;
  return backend;
}

}  // namespace polc::backends
