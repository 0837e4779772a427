// What each hive says about a machine beside its keys. Every function fills sections of the reader's evidence; what
// could not be read is in them with its reason.
#pragma once

#include <optional>

#include "runtime/backends/hive/hive_reader.hpp"
#include "runtime/backends/plan_slice.hpp"

namespace polc::backends::hive {

/// True when the slice asks for the section; nullptr asks for all.
bool needs(const PlanSlice* slice, value::EvidenceSection section);

// --- SYSTEM

/// The number in Select\Current: which ControlSet00n a running machine shows as CurrentControlSet.
NumberReading current_control_set(HiveReader& reader);

/// The key of the current control set.
KeyReading control_set(HiveReader& reader);

/// Name, DNS domain, Secure Boot.
void read_system_host(HiveReader& reader);
void read_services(HiveReader& reader);
void read_shares(HiveReader& reader);
void read_local_firewall(HiveReader& reader);

// --- SOFTWARE

/// Operating system, build, edition, variables of paths.
void read_software_host(HiveReader& reader);
void read_profiles(HiveReader& reader);
void read_policy_firewall(HiveReader& reader);

// --- SECURITY

void read_user_rights(HiveReader& reader);
void read_audit_policy(HiveReader& reader);

/// SID of the machine's own accounts (on a domain controller: of the domain).
TextReading account_domain_sid(HiveReader& reader);

/// SID of the domain the machine is in; absent outside of one.
TextReading primary_domain_sid(HiveReader& reader);

// --- SAM

/// SID of the machine's own accounts.
TextReading sam_machine_sid(HiveReader& reader);
void read_account_policy(HiveReader& reader);
void read_accounts(HiveReader& reader);
void read_local_groups(HiveReader& reader);

/// All of the SAM is about the repair mode of a domain controller, or may be.
void refuse_sam(value::Evidence& evidence, const PlanSlice* slice, const value::Unknown& why);

// --- the role, which no hive alone tells

/// What SYSTEM and SECURITY, of which either may be missing (nullptr), say together.
value::Reading<bool> is_controller(HiveReader* system, HiveReader* security);
value::Reading<value::HostRole> role_of(HiveReader* system, HiveReader* security);

}  // namespace polc::backends::hive
