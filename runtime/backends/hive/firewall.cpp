// The firewall's stores in the SYSTEM and SOFTWARE hives.
#include "runtime/backends/firewall_store.hpp"
#include "runtime/backends/hive/sections.hpp"

namespace polc::backends::hive {
namespace {

using value::FactStatus;
using value::FirewallStore;
using value::Unknown;
using value::UnknownReason;

class StoreKeys final : public FirewallKeys {
 public:
  StoreKeys(HiveReader& reader, KeyReading store) : reader_(reader), store_(std::move(store)) {}

  FirewallKey key(const std::string& path) override {
    const KeyReading found = reader_.key(store_, path);
    FirewallKey key{.presence = converted(found, [](const formats::HiveKey&) { return true; }),
                    .values = {},
                    .unfinished = {}};
    const KeyValues values(reader_, found);
    if (values.list().error) key.unfinished = reader_.corrupt(*values.list().error);
    for (const formats::HiveValue& value : values.list().items)
      key.values.push_back({value.name, reader_.data(value)});
    if (!reader_.afford(0)) key.unfinished = HiveReader::exhausted();
    return key;
  }

  value::Reading<std::vector<std::string>> subkeys(const std::string& path) override {
    using Names = value::Reading<std::vector<std::string>>;
    const KeyReading found = reader_.key(store_, path);
    if (!found.present()) return without_value<std::vector<std::string>>(found);
    const auto list = reader_.subkeys(found);
    if (list.error) return Names::unreadable(reader_.corrupt(*list.error), found.origin);
    std::vector<std::string> names;
    for (const formats::HiveKey& child : list.items) names.push_back(child.name);
    return Names::of(std::move(names), found.origin);
  }

 private:
  HiveReader& reader_;
  KeyReading store_;
};

}  // namespace

void read_local_firewall(HiveReader& reader) {
  const KeyReading key = reader.key(control_set(reader), kLocalFirewall);
  if (key.present()) {
    StoreKeys keys(reader, key);
    return read_firewall_store(keys, FirewallStore::Local, reader.evidence());
  }
  const Unknown missing{UnknownReason::Corrupt, {}, "the hive has no local firewall store"};
  const Unknown why = key.status == FactStatus::Absent ? missing : key.unknown;
  unreadable(reader.evidence().firewall.local_rules, why, key.origin);
  reader.evidence().firewall.profiles.collected = true;
  reader.evidence().firewall.profiles.unreadable = why;
}

void read_policy_firewall(HiveReader& reader) {
  StoreKeys keys(reader, reader.key(reader.root(), kPolicyFirewall));
  read_firewall_store(keys, FirewallStore::Policy, reader.evidence());
}

}  // namespace polc::backends::hive
