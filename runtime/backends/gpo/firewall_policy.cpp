#include "runtime/backends/gpo/firewall_policy.hpp"

#include "runtime/backends/firewall_store.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::gpo {
namespace {

using value::FactStatus;
using value::Reading;
using value::RegistryKeyEvidence;

/// The keys that the instructions of the object lead to.
class StoreKeys final : public FirewallKeys {
 public:
  explicit StoreKeys(const value::RegistryEvidence& registry) : registry_(registry) {}

  FirewallKey key(const std::string& path) override {
    const std::string folded = full_path(path);
    const auto found = registry_.find(folded);
    if (found == registry_.end()) return {.presence = missing(folded), .values = {}, .unfinished = {}};
    const RegistryKeyEvidence& row = found->second;
    FirewallKey key{.presence = row.presence, .values = {}, .unfinished = {}};
    if (!row.values_complete) key.unfinished = row.presence.unknown;
    for (const auto& [name, value] : row.values) key.values.push_back({value.name, value.data});
    return key;
  }

  Reading<std::vector<std::string>> subkeys(const std::string& path) override {
    const std::string folded = full_path(path);
    const auto found = registry_.find(folded);
    const Reading<bool> presence = found == registry_.end() ? missing(folded) : found->second.presence;
    if (!presence.present()) return {presence.status, {}, presence.unknown, presence.origin};
    std::vector<std::string> names;
    const std::string prefix = folded + '\\';
    for (auto row = registry_.lower_bound(prefix); row != registry_.end() && row->first.starts_with(prefix);
         ++row) {
      const std::string name = row->first.substr(prefix.size());
      if (name.find('\\') == std::string::npos) names.push_back(name);
    }
    return Reading<std::vector<std::string>>::of(std::move(names), presence.origin);
  }

 private:
  static std::string full_path(const std::string& path) {
    return path.empty() ? firewall_store_key() : firewall_store_key() + '\\' + value::folded(path);
  }

  /// Of a key that is not recorded: what the nearest one above it says.
  Reading<bool> missing(std::string path) const {
    for (auto cut = path.rfind('\\'); cut != std::string::npos; cut = path.rfind('\\')) {
      path.resize(cut);
      const auto above = registry_.find(path);
      if (above == registry_.end()) continue;
      const RegistryKeyEvidence& row = above->second;
      const bool decided = row.presence.status == FactStatus::Absent || row.subkeys_complete;
      return decided ? Reading<bool>::absent(row.presence.origin)
                     : Reading<bool>::unreadable(row.presence.unknown, row.presence.origin);
    }
    return {};
  }

  const value::RegistryEvidence& registry_;
};

}  // namespace

std::string firewall_store_key() {
  return value::folded("HKLM\\SOFTWARE\\" + std::string(kPolicyFirewall));
}

void read_firewall_policy(value::Evidence& evidence) {
  StoreKeys keys(evidence.registry);
  read_firewall_store(keys, value::FirewallStore::Policy, evidence);
}

}  // namespace polc::backends::gpo
