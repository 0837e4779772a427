// The part of a host that a plan reads: what a backend need not look at beyond it.
#pragma once

#include <array>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "runtime/value/resource.hpp"

namespace polc::backends {

/// Sections by name, and registry keys one by one. Backends take a pointer; nullptr means everything.
class PlanSlice {
 public:
  /// Names brings every section that pairs names with SIDs, so that what a name means does not depend on the slice.
  void add(value::EvidenceSection section);

  /// A folded canonical key (value::folded). A key below 'HKCU' asks for the hives of all users.
  void add_registry_key(std::string_view folded_key);

  bool needs(value::EvidenceSection section) const { return sections_[static_cast<std::size_t>(section)]; }

  /// True for the keys that were added, for what is above them (its closure can show that they are absent) and for
  /// what is below (it shows that they are present).
  bool needs_registry_key(std::string_view folded_key) const;

 private:
  std::array<bool, static_cast<std::size_t>(value::EvidenceSection::Volumes) + 1> sections_{};
  std::set<std::string, std::less<>> keys_;
  std::set<std::string, std::less<>> ancestors_;
  bool user_hives_ = false;
};

}  // namespace polc::backends
