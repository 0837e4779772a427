// Names to security identifiers, with what one host's evidence knows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/evidence.hpp"
#include "runtime/value/value.hpp"

namespace polc::derive {

class Names {
 public:
  explicit Names(const value::Evidence& evidence);

  /// The principal with its SID where the evidence has it; otherwise unchanged. Domain-relative aliases of a host
  /// outside a domain get value::kNobody.
  value::Principal resolve(value::Principal principal) const;

  /// A principal as a host shows it: its SID decides, else its name is resolved. Unqualified names are those of
  /// the machine.
  value::Principal principal(const value::PrincipalEvidence& shown) const;

 private:
  void learn(std::string_view name, std::string_view sid);
  void learn(const value::PrincipalEvidence& shown) { learn(shown.name, shown.sid); }
  std::string sid_of(std::string_view name) const;
  std::string machine_account(std::uint32_t rid) const;

  std::map<std::string, std::string> sids_;  ///< by folded name; "" where two rows disagree
  std::map<std::uint32_t, std::string> machine_accounts_;
  std::string host_;  ///< folded computer name
  std::string machine_sid_;
  std::string domain_sid_;
  bool has_domain_ = true;  ///< false: certainly outside any domain
  bool is_controller_ = false;
};

}  // namespace polc::derive
