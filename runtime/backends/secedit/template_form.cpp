#include "runtime/backends/secedit/template_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runtime/backends/secedit/security_template.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

using formats::InfFile;
using formats::InfLine;
using formats::InfSection;
using value::Unknown;
using value::UnknownReason;

enum class Form : std::uint8_t { Text, Pair, Accounts, Groups, RegistryValue, Service, Descriptor };

struct SectionForm {
  std::string_view name;
  Form form;
};

constexpr std::array<SectionForm, 15> kForms{{
    {"Unicode", Form::Pair},
    {"Version", Form::Pair},
    {"Profile Description", Form::Text},
    {"System Access", Form::Pair},
    {"Kerberos Policy", Form::Pair},
    {"Event Audit", Form::Pair},
    {"System Log", Form::Pair},
    {"Security Log", Form::Pair},
    {"Application Log", Form::Pair},
    {"Privilege Rights", Form::Accounts},
    {"Group Membership", Form::Groups},
    {"Registry Values", Form::RegistryValue},
    {"Service General Setting", Form::Service},
    {"Registry Keys", Form::Descriptor},
    {"File Security", Form::Descriptor},
}};

constexpr std::string_view kTwoLines = "two lines in one";

bool has_equals_sign(const InfLine& line) {
  return std::any_of(line.fields.begin(), line.fields.end(),
                     [](const std::string& field) { return field.find('=') != std::string::npos; });
}

/// `*SID` or a name. Characters that no account can have in its name show that a line end is lost.
bool names_an_account(std::string_view field) {
  if (field.starts_with('*')) return value::canonical_sid(field.substr(1)).has_value();
  return field.find_first_of("=*[]") == std::string_view::npos;
}

bool is_group_line(std::string_view key) {
  const auto ends_with = [&](std::string_view suffix) {
    return key.size() > suffix.size() && base::equal_folded(key.substr(key.size() - suffix.size()), suffix);
  };
  return ends_with("__Members") || ends_with("__Memberof");
}

bool names_a_registry_value(std::string_view key) {
  const auto cut = key.rfind('\\');
  return cut != std::string_view::npos && template_key(key.substr(0, cut)) &&
         value::canonical_value_name(key.substr(cut + 1));
}

/// A value that has swallowed the next line has its path and its '='.
bool swallows_registry_value(const InfLine& line) {
  return std::any_of(line.fields.begin(), line.fields.end(), [](const std::string& field) {
    const std::string folded = base::fold_case(field);
    const bool path = folded.find(base::fold_case("MACHINE\\")) != std::string::npos ||
                      folded.find(base::fold_case("USERS\\")) != std::string::npos;
    return path && field.find('=') != std::string::npos;
  });
}

bool is_descriptor(const InfLine& line) {
  constexpr std::array<std::string_view, 3> kModes{"0", "1", "2"};
  return !line.has_key && line.fields.size() == 3 &&
         std::find(kModes.begin(), kModes.end(), line.fields[1]) != kModes.end();
}

/// What is wrong with a line; "" for nothing.
std::string_view wrong_with(const InfLine& line, Form form) {
  if (form == Form::Text) return {};
  if (form == Form::Descriptor) return is_descriptor(line) ? "" : "not \"object\",mode,\"access list\"";
  if (form == Form::Service) {
    const std::size_t fields = line.fields.size();
    const bool whole = !line.has_key && (fields == 2 || fields == 3) && !line.fields.front().empty();
    return whole ? "" : "not \"service\",mode,\"access list\"";
  }
  if (!line.has_key || line.key.empty()) return "not name = value";
  if (form == Form::RegistryValue) {
    if (!names_a_registry_value(line.key)) return "names no registry value";
    return swallows_registry_value(line) ? kTwoLines : "";
  }
  if (form == Form::Pair) return has_equals_sign(line) ? kTwoLines : "";
  if (form == Form::Groups && !is_group_line(line.key)) return "neither group__Members nor group__Memberof";
  const bool accounts = std::all_of(line.fields.begin(), line.fields.end(), names_an_account);
  return accounts ? "" : "not a list of accounts";
}

bool has_signature(const InfFile& file) {
  const InfSection* version = file.find("Version");
  return version != nullptr &&
         std::any_of(version->lines.begin(), version->lines.end(), [](const InfLine& line) {
           return base::equal_folded(line.key, "signature") && line.fields.size() == 1 && !line.cut_off &&
                  base::equal_folded(line.fields.front(), "$CHICAGO$");
         });
}

Unknown not_whole(std::string detail) {
  return {UnknownReason::Corrupt, {}, std::move(detail)};
}

}  // namespace

std::optional<Unknown> why_not_whole(const InfFile& file) {
  if (file.cut_off) return not_whole("the file ends inside of a line");
  if (!has_signature(file)) return not_whole("there is no [Version] with signature=\"$CHICAGO$\"");
  for (const InfSection& section : file.sections) {
    const auto known = std::find_if(kForms.begin(), kForms.end(), [&](const SectionForm& form) {
      return base::equal_folded(form.name, section.name);
    });
    if (known == kForms.end()) {
      return not_whole(fmt::format("line {}: no template has a section [{}]", section.line, section.name));
    }
    for (const InfLine& line : section.lines) {
      const std::string_view wrong = wrong_with(line, known->form);
      if (!wrong.empty()) return not_whole(fmt::format("line {}: {}", line.line, wrong));
    }
  }
  return std::nullopt;
}

}  // namespace polc::backends
