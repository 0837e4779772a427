// Registry values and keys: present, positively absent, or not known. Closure decides which: a value is absent
// only from a key whose values were all listed, a key only from a parent whose subkeys were all listed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/derive/context.hpp"
#include "runtime/value/fact_table.hpp"

namespace polc::derive {

class Registry {
 public:
  explicit Registry(const value::Evidence& evidence) : evidence_(evidence) {}

  /// Data of one value. `key` is canonical, `name` as written; the user (a SID, "Default", or "") says whose HKCU.
  value::Fact data(std::string_view key, std::string_view name, std::string_view user = {}) const;

  /// Where the target says that it deletes the value, or all values of its key but those it sets: an order of a policy,
  /// not the silence that closure makes an absence of. nullopt if it says no such thing.
  std::optional<value::OriginId> deletion(std::string_view key, std::string_view name,
                                          std::string_view user = {}) const;

  /// Names of the immediate subkeys, or of the values.
  value::Fact subkeys(std::string_view key, std::string_view user = {}) const;
  value::Fact values(std::string_view key, std::string_view user = {}) const;

  /// Of registry(...) and registry_key(...).
  value::Fact fact(const value::Address& address) const;

 private:
  struct Place {
    std::string path;                                 ///< folded, below HKLM or HKU
    std::string user;                                 ///< whose hive it is; "" outside of user hives
    const value::RegistryKeyEvidence* key = nullptr;  ///< what was recorded about the key itself
  };

  Place locate(std::string_view key, std::string_view user) const;
  value::Fact missing(const Place& place) const;
  std::optional<value::Fact> unread_hive(const Place& place) const;
  bool exists(const Place& place) const;
  bool has_descendant(const std::string& path) const;

  const value::Evidence& evidence_;
};

}  // namespace polc::derive
