#include "runtime/ir/program.hpp"

namespace polc::ir {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::Info:
      return "info";
    case Severity::Low:
      return "low";
    case Severity::Medium:
      return "medium";
    case Severity::High:
      return "high";
    case Severity::Critical:
      return "critical";
  }
  return "";
}

std::string_view reference_name(ReferenceKind kind) {
  switch (kind) {
    case ReferenceKind::Stig:
      return "stig";
    case ReferenceKind::Cis:
      return "cis";
    case ReferenceKind::Cce:
      return "cce";
    case ReferenceKind::Nist:
      return "nist";
    case ReferenceKind::Cwe:
      return "cwe";
    case ReferenceKind::Url:
      return "url";
  }
  return "";
}

}  // namespace polc::ir
