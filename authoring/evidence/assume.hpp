// Facts to evidence: the inverse of runtime/derive. What is assumed about one host is written down in the shape Windows
// keeps it, so that the real derivation answers questions about it, and so that it can be written as a snapshot.
#pragma once

#include "runtime/value/evidence.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::evidence {

/// One fact of a host, Present or Absent, at the place it is read from. Of an attestation the place is its key alone, and
/// the fact is `false`, or the age in seconds of a "yes".
struct Assumption {
  value::Address location;
  value::Fact fact;
};

/// Adds one assumed fact of registry(...), user_right(...), audit(...), password_policy or host. False: the fact is of
/// another resource.
bool assume(value::Evidence& evidence, const value::Address& address, const value::Fact& fact);

}  // namespace polc::evidence
