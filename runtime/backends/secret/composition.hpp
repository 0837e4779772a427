// What password("name") may know about a secret: its composition, derived in memory. Nothing here keeps, copies or
// shows the secret.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/secret.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::backends {

/// Length and classes of a secret, exactly. Characters are Unicode code points; bytes that are not UTF-8 count as
/// one character each and belong to no class. By general category:
///
///   upper   Lu, Lt   `A`, `Ä`, `Ж`
///   lower   Ll       `a`, `ß`, `ж`
///   digit   Nd       `0`, and the decimal digits of other scripts
///   symbol  P*, S*   punctuation and symbols: `!`, `€`, `_`
///
/// Letters without case (`漢`), spaces and combining marks count for the length and belong to no class: they
/// do not stand in for a class that a rule asks for.
value::PasswordRow password_composition(std::string_view name, const base::SecretBuffer& secret);

/// Looks for a secret in a list of breached ones while the list is read piece by piece. A line is either a SHA-1 in
/// hexadecimal with an optional ':count' (the form of Have I Been Pwned) or a password as it is. Memory is bounded by
/// the longest secret; longer lines match nothing.
class BreachSearch {
 public:
  /// `secret` must outlive the search.
  explicit BreachSearch(const base::SecretBuffer& secret);
  ~BreachSearch();
  BreachSearch(const BreachSearch&) = delete;
  BreachSearch& operator=(const BreachSearch&) = delete;

  void feed(std::string_view piece);

  /// Once, after the last piece.
  bool finish();

  /// Why the list proves nothing about a secret that is not in it: empty, not UTF-8, other digests. "" if it does.
  std::string_view problem() const;

 private:
  void end_line();

  const base::SecretBuffer& secret_;
  std::array<char, 40> digest_{};  ///< SHA-1 of the secret, upper case
  std::string line_;               ///< of the list, not of the secret
  bool too_long_ = false;
  bool found_ = false;
  bool any_line_ = false;
  bool has_nul_ = false;
  bool has_ntlm_ = false;
};

/// The rows as evidence of a target of their own, which says nothing about a host.
value::Evidence password_evidence(std::vector<value::PasswordRow> rows);

}  // namespace polc::backends
