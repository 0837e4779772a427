// Evidence as text, one fact a line, without the places where facts were read: two snapshots say the same when their
// texts are equal.
#pragma once

#include <string>

#include "runtime/value/evidence.hpp"

namespace polc::backends {

std::string evidence_text(const value::Evidence& evidence);

/// Only the lines that claim that something is complete.
std::string completeness_claims(const value::Evidence& evidence);

}  // namespace polc::backends
