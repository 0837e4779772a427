// Controls as SARIF rules (reportingDescriptor, section 3.49). Internal to the SARIF writers.
#pragma once

#include <string>

#include "runtime/report/sarif/document.hpp"
#include "runtime/report/sarif/taxonomies.hpp"

namespace polc::report::sarif {

/// Rule of a control with all the metadata GitHub and viewers show; remembers its taxonomy entries.
Json rule(const ir::Program& program, const ir::Control& control, Taxonomies& taxonomies);

/// "error" for critical and high, "warning" for medium, "note" below.
std::string_view level_of(ir::Severity severity);

/// A number as GitHub wants it, in text: "9.5".
std::string_view security_severity(ir::Severity severity);

/// Up to three telling words of a title in Pascal case ("AutoPlayOffDrives"); "" when nothing usable is left.
std::string pascal_name(std::string_view title);

}  // namespace polc::report::sarif
