// Facts to evidence: the inverse of runtime/derive. What is assumed about one host is written down in the shape Windows
// keeps it, so that the real derivation answers questions about it, and so that it can be written as a snapshot.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/evidence.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::evidence {

/// One fact of a host, Present or Absent, at the place it is read from. Of an attestation the place is its key alone, and
/// the fact is `false`, or the age in seconds of a "yes".
struct Assumption {
  value::Address location;
  value::Fact fact;
};

/// What an attestation's location holds: the answer, and how long ago it was given.
struct Attestation {
  bool yes = false;
  value::Integer age;  ///< seconds
};
value::Value to_value(const Attestation& attestation);
std::optional<Attestation> attestation_in(const value::Value& value);

/// SIDs that are made up for the domain and the machine of an assumed host.
inline constexpr std::string_view kDomainSid = "S-1-5-21-1000000001-1000000002-1000000003";
inline constexpr std::string_view kMachineSid = "S-1-5-21-2000000001-2000000002-2000000003";

/// Adds one assumed fact of registry(...), user_right(...), audit(...), password_policy or host. False: the fact is of
/// another resource.
bool assume(value::Evidence& evidence, const value::Address& address, const value::Fact& fact);

/// A host of which exactly this is known.
struct AssumedHost {
  value::Evidence evidence;
  std::vector<std::string> left_out;  ///< facts that have no place in evidence, or contradict another one
};

/// `as_of`: seconds since 1970, UTC; when everything was seen. What is assumed absent closes its table: nothing else is in
/// it. The result answers as assumed only where the assumptions agree with one another; derive it and look.
/// `named` are principals, each with its SID, whose names the host knows besides those in its facts.
AssumedHost evidence_of(const std::vector<Assumption>& host, std::int64_t as_of,
                        const std::vector<value::Value>& named = {});

}  // namespace polc::evidence
