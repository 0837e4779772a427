// The parts of a live Windows machine, one collector each. A collector reads what the slice names (nullptr: everything)
// and writes its own part of the evidence; what it cannot read it says there, with the reason. None of them throws, and
// none of them writes anything to the machine.
#pragma once

#include "runtime/backends/plan_slice.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::windows {

// Identity and registry. Host identity is always read.
void collect_host(value::Evidence& evidence);
void collect_users(value::Evidence& evidence, const PlanSlice* slice);
void collect_registry(value::Evidence& evidence, const PlanSlice* slice);

// Objects with security descriptors, and the names of those who appear in them.
void collect_file_security(value::Evidence& evidence, const PlanSlice* slice);
void collect_key_security(value::Evidence& evidence, const PlanSlice* slice);
void collect_shares(value::Evidence& evidence, const PlanSlice* slice);
void collect_names(value::Evidence& evidence, const PlanSlice* slice);

// Policies of the machine.
void collect_account_policy(value::Evidence& evidence, const PlanSlice* slice);
void collect_user_rights(value::Evidence& evidence, const PlanSlice* slice);
void collect_audit_policy(value::Evidence& evidence, const PlanSlice* slice);

// What runs and who is there.
void collect_services(value::Evidence& evidence, const PlanSlice* slice);
void collect_local_groups(value::Evidence& evidence, const PlanSlice* slice);
void collect_accounts(value::Evidence& evidence, const PlanSlice* slice);
void collect_listeners(value::Evidence& evidence, const PlanSlice* slice);
void collect_firewall(value::Evidence& evidence, const PlanSlice* slice);
void collect_iis(value::Evidence& evidence, const PlanSlice* slice);
void collect_volumes(value::Evidence& evidence, const PlanSlice* slice);
void collect_certificates(value::Evidence& evidence, const PlanSlice* slice);
void collect_windows_features(value::Evidence& evidence, const PlanSlice* slice);

}  // namespace polc::backends::windows
