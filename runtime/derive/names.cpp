#include "runtime/derive/names.hpp"

#include <charconv>

#include "runtime/value/canonical.hpp"
#include "runtime/value/principals.hpp"

namespace polc::derive {
namespace {

using value::Principal;

/// The last part of a SID below a domain or machine: S-1-5-21-a-b-c-RID.
std::optional<std::uint32_t> rid_of(std::string_view sid) {
  constexpr std::string_view kAccountPrefix = "S-1-5-21-";
  if (sid.substr(0, kAccountPrefix.size()) != kAccountPrefix) return std::nullopt;
  const auto last = sid.substr(sid.rfind('-') + 1);
  std::uint32_t rid = 0;
  const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), rid);
  if (error != std::errc{} || end != last.data() + last.size()) return std::nullopt;
  return rid;
}

std::string below(const std::string& sid, std::uint32_t rid) {
  return sid + "-" + std::to_string(rid);
}

/// Short forms by which the service control manager names its accounts; everything else is an account name.
std::string_view account_alias(std::string_view folded_name) {
  if (folded_name == "LOCALSYSTEM" || folded_name == ".\\LOCALSYSTEM") return "S-1-5-18";
  if (folded_name == "NT AUTHORITY\\LOCALSERVICE") return "S-1-5-19";
  if (folded_name == "NT AUTHORITY\\NETWORKSERVICE") return "S-1-5-20";
  return {};
}

}  // namespace

Names::Names(const value::Evidence& evidence) {
  const value::HostEvidence& host = evidence.host;
  if (host.name.present()) host_ = value::folded(host.name.value);
  if (host.machine_sid.present()) machine_sid_ = host.machine_sid.value;
  if (host.domain_sid.present()) domain_sid_ = host.domain_sid.value;
  is_controller_ = host.role.present() && host.role.value == value::HostRole::DomainController;
  has_domain_ = !(host.role.present() && host.role.value == value::HostRole::Workgroup) &&
                host.domain.status != value::FactStatus::Absent;

  for (const auto& row : evidence.names.rows) learn(row.name, row.sid);
  for (const auto& row : evidence.accounts.rows) {
    learn(row.account);
    if (const auto rid = rid_of(row.account.sid)) machine_accounts_.emplace(*rid, row.account.sid);
  }
  for (const auto& row : evidence.local_groups.rows) {
    learn(row.group);
    for (const auto& member : row.members.value) learn(member);
  }
  for (const auto& row : evidence.user_rights.rows) {
    for (const auto& holder : row.holders.value) learn(holder);
  }
  for (const auto* section : {&evidence.file_security, &evidence.key_security}) {
    for (const auto& row : section->rows) {
      for (const auto& shown : row.names) learn(shown);
    }
  }
}

void Names::learn(std::string_view name, std::string_view sid) {
  if (name.empty() || sid.empty()) return;
  std::string key = value::folded(name);
  if (key.find('\\') == std::string::npos && key.find('@') == std::string::npos) key.insert(0, ".\\");
  if (!host_.empty() && key.compare(0, host_.size() + 1, host_ + '\\') == 0)
    key.replace(0, host_.size(), ".");
  const auto [found, is_new] = sids_.emplace(std::move(key), sid);
  if (!is_new && found->second != sid) found->second.clear();
}

std::string Names::sid_of(std::string_view name) const {
  std::string key = value::folded(name);
  if (!host_.empty() && key.compare(0, host_.size() + 1, host_ + '\\') == 0)
    key.replace(0, host_.size(), ".");
  const auto found = sids_.find(key);
  return found == sids_.end() ? std::string() : found->second;
}

std::string Names::machine_account(std::uint32_t rid) const {
  // A domain controller has no accounts of its own: -500 and -501 are the domain's.
  const std::string& authority = is_controller_ ? domain_sid_ : machine_sid_;
  if (!authority.empty()) return below(authority, rid);
  const auto found = machine_accounts_.find(rid);
  return found == machine_accounts_.end() ? std::string() : found->second;
}

Principal Names::resolve(Principal principal) const {
  if (principal.resolved()) return principal;
  switch (principal.form) {
    case Principal::Form::Sid:
      break;
    case Principal::Form::DomainRelative:
      if (!has_domain_) {
        principal.sid = value::kNobody;
      } else if (!domain_sid_.empty()) {
        principal.sid = below(domain_sid_, principal.rid);
      }
      break;
    case Principal::Form::MachineRelative:
      principal.sid = machine_account(principal.rid);
      break;
    case Principal::Form::Name:
      principal.sid = sid_of(principal.name);
      break;
  }
  return principal;
}

Principal Names::principal(const value::PrincipalEvidence& shown) const {
  if (!shown.sid.empty()) {
    return {Principal::Form::Sid, 0, value::canonical_sid(shown.sid).value_or(shown.sid), shown.name};
  }
  if (const auto sid = account_alias(value::folded(shown.name)); !sid.empty()) {
    return {Principal::Form::Sid, 0, std::string(sid), shown.name};
  }
  auto named = value::principal_from_text(shown.name);
  if (!named) named = Principal{Principal::Form::Name, 0, {}, ".\\" + shown.name};
  return resolve(std::move(*named));
}

}  // namespace polc::derive
