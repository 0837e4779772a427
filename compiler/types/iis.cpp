// Types of the IIS configuration.
#include "compiler/types/checker.hpp"

namespace polc::compiler {

bool Checker::type_iis_value(NodeId, const std::vector<ExprId>&, FactSource&, value::Type& type) {
  type = value::simple(value::TypeKind::Text);
  return true;
}

ExprId Checker::element_field(NodeId node, ExprId record, std::string_view name) {
  return expressions_.field(record, std::string(name), value::simple(value::TypeKind::Text), shown(node));
}

}  // namespace polc::compiler
