// `refs stig("V-254467"), cwe("CWE-732")`: identifiers of other catalogues and their forms.
#pragma once

#include <string_view>
#include <vector>

#include "runtime/ir/program.hpp"

namespace polc::compiler {

struct ReferenceForm {
  std::string_view constructor;
  ir::ReferenceKind kind;
  std::string_view example;
};

const std::vector<ReferenceForm>& reference_forms();

/// nullptr if there is no such constructor.
const ReferenceForm* find_reference_form(std::string_view constructor);

/// Whether the text has the form of an identifier of that catalogue.
bool is_reference(ir::ReferenceKind kind, std::string_view text);

}  // namespace polc::compiler
