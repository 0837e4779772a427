// The part of a host that a plan reads: what a backend need not look at beyond it.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "runtime/value/http_request.hpp"
#include "runtime/value/resource.hpp"

namespace polc::backends {

/// Sections by name, and registry keys one by one. Backends take a pointer; nullptr means everything.
class PlanSlice {
 public:
  /// Names brings every section that pairs names with SIDs, so that what a name means does not depend on the slice.
  /// Users brings the hives that are in the evidence anyhow: they can show users that the table of users lacks.
  void add(value::EvidenceSection section);

  /// Everything that another slice names.
  void add(const PlanSlice& other);

  /// A folded canonical key (value::folded). A key below 'HKCU' asks for the hives of all users.
  void add_registry_key(std::string_view folded_key);

  /// A folded canonical key with all that is below it. Below 'HKCU': the key alone, in every user's hive.
  void add_registry_tree(std::string_view folded_key);

  /// One object of a section whose objects are asked for by name: the path of a file or key whose security is asked
  /// for, a share, a certificate store. Also add()s the section.
  void add_object(value::EvidenceSection section, std::string_view name);

  /// Every object of the section may be asked for, because some name is known only on the host.
  void add_all_objects(value::EvidenceSection section);

  /// A request that http(...) asks about, and whether the policy that does permits to send it. Also add()s the section.
  void add_http_request(value::HttpRequest request, bool permitted);

  /// Those requests, each with whether any of the policies that ask permits it.
  const std::map<value::HttpRequest, bool>& http_requests() const { return http_requests_; }

  /// nullptr when any object may be asked for; otherwise those that are.
  const std::set<std::string, std::less<>>* objects(value::EvidenceSection section) const;

  /// The keys that were added, without those of users.
  const std::set<std::string, std::less<>>& registry_keys() const { return keys_; }

  /// Those of them of which everything below is asked for, too.
  const std::set<std::string, std::less<>>& registry_trees() const { return trees_; }

  /// Keys below 'HKCU', to be read in every user's hive.
  const std::set<std::string, std::less<>>& user_keys() const { return user_keys_; }

  bool needs(value::EvidenceSection section) const { return sections_[static_cast<std::size_t>(section)]; }

  /// True for the keys that were added, for what is above them (its closure can show that they are absent) and for
  /// what is below (it shows that they are present).
  bool needs_registry_key(std::string_view folded_key) const;

 private:
  std::array<bool, static_cast<std::size_t>(value::EvidenceSection::Volumes) + 1> sections_{};
  std::set<std::string, std::less<>> keys_;
  std::set<std::string, std::less<>> trees_;
  std::set<std::string, std::less<>> ancestors_;
  std::set<std::string, std::less<>> user_keys_;
  std::map<value::EvidenceSection, std::set<std::string, std::less<>>> objects_;
  std::set<value::EvidenceSection> all_objects_;
  std::map<value::HttpRequest, bool> http_requests_;
};

}  // namespace polc::backends
