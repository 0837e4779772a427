// Security templates ([MS-GPSB] 2.2): GptTmpl.inf of a Group Policy object, and what `secedit /export` writes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/plan_slice.hpp"
#include "runtime/backends/registry_builder.hpp"
#include "runtime/backends/target.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/formats/inf.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// What a template's lines go to.
struct TemplateUse {
  value::Evidence& evidence;
  RegistryBuilder& registry;
  const PlanSlice* slice;      ///< nullptr = everything
  std::string_view backend;    ///< of the origins
  const TargetText& text;      ///< the file that was parsed
  base::DiagnosticSink& sink;  ///< sections that are not read are reported

  bool needs(value::EvidenceSection section) const { return slice == nullptr || slice->needs(section); }
  value::OriginId origin(std::uint32_t line) const;
  base::Span place(std::uint32_t line) const;  ///< of a 1-based line
};

/// True for what an export of a machine has and a template rarely: the names of the built-in accounts beside the
/// password policy, and the audit categories.
bool is_export(const formats::InfFile& file);

/// A template: account policy, rights, services, groups, descriptors and registry values that it sets; what it does not
/// name is absent. Nothing is absent if the file is damaged or not whole (template_form.hpp): the reason then stands in
/// every section, and the registry is the caller's. A right or a line of [System Access] that nobody knows leaves its
/// section open.
void read_template(const formats::InfFile& file, const TemplateUse& use,
                   const std::optional<value::Unknown>& damage);

/// An export: a right that is missing from its section is nobody's; lockout times are absent without a threshold; what
/// else is missing was not collected. `damage` as above.
void read_export(const formats::InfFile& file, const TemplateUse& use,
                 const std::optional<value::Unknown>& damage);

// --- for the parts of this reader

/// A line with the reason why it cannot be believed: it is cut off, or another one says something else.
struct TemplateLine {
  const formats::InfLine* line = nullptr;
  std::optional<value::Unknown> doubt;
};

/// One for each key (of lines without a key: first field), ignoring case. nullptr has none.
std::vector<TemplateLine> lines_of(const formats::InfSection* section);

/// `*S-1-5-32-544` or a name.
value::PrincipalEvidence template_principal(std::string_view text);

/// Canonical key of 'MACHINE\...', 'USERS\...' or 'CLASSES_ROOT\...'; nullopt for anything else.
std::optional<std::string> template_key(std::string_view path);

/// A name that `section` does not have, reported, and the reason why something may be missing there: it may be a
/// misspelled one.
value::Unknown unknown_template_name(const TemplateUse& use, std::string_view section,
                                     const formats::InfLine& line);

/// [System Access] into evidence.account_policy, for read_template and read_export.
void read_template_access(const formats::InfFile& file, const TemplateUse& use,
                          const std::optional<value::Unknown>& damage);
void read_export_access(const formats::InfFile& file, const TemplateUse& use,
                        const std::optional<value::Unknown>& damage);

/// [Registry Values]: MACHINE\path\name=type,data.
void read_registry_values(const formats::InfFile& file, const TemplateUse& use);

}  // namespace polc::backends
