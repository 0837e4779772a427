#include "runtime/backends/gpo/registry_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "runtime/backends/origins.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/registry_data.hpp"
#include "runtime/formats/registry_pol.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::gpo {
namespace {

using formats::PolEntry;
using value::Unknown;
using value::UnknownReason;
using Data = RegistryBuilder::Data;

/// What follows `word` in a control name, ignoring case; nullopt if it does not begin with it.
std::optional<std::string_view> behind(std::string_view name, std::string_view word) {
  if (!base::equal_folded(name.substr(0, word.size()), word)) return std::nullopt;
  return name.substr(word.size());
}

class PolicyReader {
 public:
  PolicyReader(Half half, std::string_view file, value::Evidence& evidence, RegistryBuilder& registry)
      : half_(half), file_(file), evidence_(evidence), registry_(registry) {
    const auto& rows = evidence.key_security.rows;
    for (std::size_t i = 0; i < rows.size(); ++i) secured_.try_emplace(value::folded(rows[i].path), i);
  }

  /// False for a key that cannot exist.
  bool carry_out(const PolEntry& entry, std::size_t number) {
    const auto key = key_in_half(half_, entry.key);
    if (!key) return false;
    origin_ = add_origin(evidence_, {"gpo", std::string(file_), 0, 0, fmt::format("entry {}", number)});
    if (entry.value.starts_with("**")) {
      control(*key, entry);
      return true;
    }
    const bool key_alone = entry.value.empty() && entry.type == formats::kRegNone && entry.data.empty();
    if (key_alone) {
      registry_.create_key(*key, origin_);
      return true;
    }
    const auto name = value::canonical_value_name(entry.value);
    if (!name) return false;
    auto data = formats::registry_data(entry.type, entry.data);
    registry_.set(*key, *name, data ? Data::of(std::move(*data), origin_) : corrupt(data.error().what));
    return true;
  }

 private:
  Data corrupt(std::string what) const {
    return Data::unreadable({UnknownReason::Corrupt, {}, std::move(what)}, origin_);
  }

  /// Names with `**` are orders ([MS-GPREG] 3.2.5.1; MSDN "Registry Policy File Format"). Windows skips those it does not
  /// know.
  void control(const std::string& key, const PolEntry& entry) {
    const std::string_view name = entry.value;
    if (const auto values = behind(name, "**delvals"); values && (values->empty() || *values == ".")) {
      registry_.delete_values(key, origin_);
    } else if (behind(name, "**deletevalues")) {
      for_each_item(entry, [&](std::string_view value) { registry_.set(key, value, Data::absent(origin_)); });
    } else if (behind(name, "**deletekeys")) {
      for_each_item(entry, [&](std::string_view sub) {
        if (const auto below = value::canonical_registry_key(key + '\\' + std::string(sub))) {
          registry_.delete_key(*below, origin_);
        }
      });
    } else if (const auto deleted = behind(name, "**del.")) {
      registry_.set(key, *deleted, Data::absent(origin_));
    } else if (const auto soft = behind(name, "**soft.")) {
      const Unknown depends{UnknownReason::Unsupported, {}, "set only where the value is missing (**soft.)"};
      registry_.set(key, *soft, Data::unreadable(depends, origin_));
    } else if (const auto rest = behind(name, "**securekey"); rest && rest->empty()) {
      secure_key(key);
    }
  }

  /// Sets the access list of a key. Which entries it gets is not documented to the letter, and whether a list for the same
  /// key in the template comes before or after is not at all.
  void secure_key(const std::string& key) {
    auto& table = evidence_.key_security;
    if (!table.collected) return;
    const auto sddl = value::Reading<std::string>::unreadable(
        {UnknownReason::Unsupported, {}, "**SecureKey sets an access list"}, origin_);
    const auto [row, is_new] = secured_.try_emplace(value::folded(key), table.rows.size());
    if (is_new) {
      table.rows.push_back({key, sddl, {}});
    } else {
      table.rows[row->second].sddl = sddl;
    }
  }

  template <class F>
  static void for_each_item(const PolEntry& entry, F f) {
    const auto data = formats::registry_data(formats::kRegSz, entry.data);
    const auto* text = data ? std::get_if<std::string>(&data->data) : nullptr;
    if (text == nullptr) return;
    for (std::size_t begin = 0; begin < text->size();) {
      const std::size_t end = std::min(text->find(';', begin), text->size());
      if (end > begin) f(std::string_view(*text).substr(begin, end - begin));
      begin = end + 1;
    }
  }

  Half half_;
  std::string_view file_;
  value::Evidence& evidence_;
  RegistryBuilder& registry_;
  std::map<std::string, std::size_t> secured_;  ///< rows of key_security, by folded path
  value::OriginId origin_ = 0;
};

}  // namespace

std::optional<std::string> key_in_half(Half half, std::string_view path) {
  return key_in_hive(half, half == Half::Machine ? "HKEY_LOCAL_MACHINE" : "HKEY_CURRENT_USER", path);
}

std::optional<std::string> key_in_hive(Half half, std::string_view hive, std::string_view path) {
  const bool current_user = hive == "HKEY_CURRENT_USER";
  if (current_user && half == Half::Machine) hive = "HKEY_USERS\\.DEFAULT";
  std::string whole(hive);
  if (!path.empty()) whole.append("\\").append(path);
  auto key = value::canonical_registry_key(whole);
  if (!key) return std::nullopt;
  const auto levels = static_cast<std::size_t>(std::count(key->begin(), key->end(), '\\'));
  if (levels > limits::kRegistryLevels) return std::nullopt;
  return value::is_per_user_key(*key) ? value::registry_key_of_user(*key, kEverybody) : key;
}

std::optional<Unknown> read_registry_policy(std::string_view bytes, Half half, std::string_view file,
                                            value::Evidence& evidence, RegistryBuilder& registry) {
  const auto entries = formats::parse_registry_pol(bytes);
  const auto damaged = [&](std::size_t offset, std::string_view what) {
    return Unknown{UnknownReason::Corrupt, {}, fmt::format("byte 0x{:x}: {}", offset, what)};
  };
  if (!entries) return damaged(entries.error().offset, entries.error().what);
  PolicyReader reader(half, file, evidence, registry);
  std::optional<Unknown> impossible;
  for (std::size_t i = 0; i < entries->size(); ++i) {
    if (reader.carry_out((*entries)[i], i + 1) || impossible) continue;
    impossible =
        damaged((*entries)[i].offset, fmt::format("entry {}: a name that no key or value can have", i + 1));
  }
  return impossible;
}

}  // namespace polc::backends::gpo
