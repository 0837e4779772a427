// One function a section, the inverse of sections.hpp; nullopt when nobody looked.
#pragma once

#include "runtime/backends/plan_slice.hpp"
#include "runtime/backends/snapshot/tree.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends::snapshot {

std::optional<Tree> write_host(const value::Evidence& evidence);
std::optional<Tree> write_users(const value::Evidence& evidence);
std::optional<Tree> write_account_policy(const value::Evidence& evidence);
std::optional<Tree> write_user_rights(const value::Evidence& evidence);
std::optional<Tree> write_audit_policy(const value::Evidence& evidence);
std::optional<Tree> write_services(const value::Evidence& evidence);
std::optional<Tree> write_local_groups(const value::Evidence& evidence);
std::optional<Tree> write_accounts(const value::Evidence& evidence);
std::optional<Tree> write_names(const value::Evidence& evidence);
std::optional<Tree> write_listeners(const value::Evidence& evidence);
std::optional<Tree> write_firewall(const value::Evidence& evidence);
std::optional<Tree> write_file_security(const value::Evidence& evidence);
std::optional<Tree> write_key_security(const value::Evidence& evidence);
std::optional<Tree> write_shares(const value::Evidence& evidence);
std::optional<Tree> write_iis(const value::Evidence& evidence);
std::optional<Tree> write_http(const value::Evidence& evidence);
std::optional<Tree> write_exposure(const value::Evidence& evidence);
std::optional<Tree> write_attestations(const value::Evidence& evidence);
std::optional<Tree> write_passwords(const value::Evidence& evidence);
std::optional<Tree> write_windows_features(const value::Evidence& evidence);
std::optional<Tree> write_certificates(const value::Evidence& evidence);
std::optional<Tree> write_volumes(const value::Evidence& evidence);

/// Only the keys that the slice names; all without one. Values that are known to be secrets are withheld.
std::optional<Tree> write_registry(const value::Evidence& evidence, const PlanSlice* slice);

}  // namespace polc::backends::snapshot
