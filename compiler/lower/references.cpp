#include "compiler/lower/references.hpp"

#include <algorithm>

#include "runtime/base/escape.hpp"
#include "runtime/base/text.hpp"

namespace polc::compiler {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

/// Takes a prefix off; false when it is not there.
bool take(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool take_number(std::string_view& text) {
  std::size_t digits = 0;
  while (digits < text.size() && base::is_digit(text[digits])) ++digits;
  text.remove_prefix(digits);
  return digits > 0;
}

bool is_number_after(std::string_view text, std::string_view prefix) {
  return take(text, prefix) && take_number(text) && text.empty();
}

/// "18.10.8.3"
bool is_section(std::string_view text) {
  if (!take_number(text)) return false;
  while (take(text, ".")) {
    if (!take_number(text)) return false;
  }
  return text.empty();
}

/// "CCE-36077-6"
bool is_cce(std::string_view text) {
  return take(text, "CCE-") && take_number(text) && take(text, "-") && text.size() == 1 &&
         base::is_digit(text[0]);
}

/// "AC-6", "AC-6(2)"
bool is_nist(std::string_view text) {
  if (text.size() < 4 || !is_upper(text[0]) || !is_upper(text[1])) return false;
  text.remove_prefix(2);
  if (!take(text, "-") || !take_number(text)) return false;
  while (take(text, "(")) {
    if (!take_number(text) || !take(text, ")")) return false;
  }
  return text.empty();
}

}  // namespace

const std::vector<ReferenceForm>& reference_forms() {
  static const std::vector<ReferenceForm> forms{
      {"stig", ir::ReferenceKind::Stig, "V-254467"},  {"cis", ir::ReferenceKind::Cis, "18.10.8.3"},
      {"cce", ir::ReferenceKind::Cce, "CCE-36077-6"}, {"nist", ir::ReferenceKind::Nist, "AC-6(2)"},
      {"cwe", ir::ReferenceKind::Cwe, "CWE-732"},     {"url", ir::ReferenceKind::Url, "https://example.org/"},
  };
  return forms;
}

const ReferenceForm* find_reference_form(std::string_view constructor) {
  const auto& forms = reference_forms();
  const auto found = std::find_if(forms.begin(), forms.end(),
                                  [&](const ReferenceForm& form) { return form.constructor == constructor; });
  return found != forms.end() ? &*found : nullptr;
}

bool is_reference(ir::ReferenceKind kind, std::string_view text) {
  switch (kind) {
    case ir::ReferenceKind::Stig:
      return is_number_after(text, "V-");
    case ir::ReferenceKind::Cis:
      return is_section(text);
    case ir::ReferenceKind::Cce:
      return is_cce(text);
    case ir::ReferenceKind::Nist:
      return is_nist(text);
    case ir::ReferenceKind::Cwe:
      return is_number_after(text, "CWE-");
    case ir::ReferenceKind::Url:
      return base::is_web_uri(text);
  }
  return false;
}

}  // namespace polc::compiler
