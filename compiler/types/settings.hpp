// The catalogue of Group Policy settings: the `setting` declarations of everything linked, and their paths.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/base/span.hpp"
#include "runtime/ir/program.hpp"
#include "runtime/value/resource.hpp"
#include "runtime/value/type.hpp"
#include "runtime/value/value.hpp"

namespace polc::compiler {

/// Label of a choice and the data it writes.
struct SettingOption {
  std::string label;
  value::Value data;  ///< RegistryData
};

struct SettingElement {
  std::string label;  ///< "" where the setting itself is a choice
  std::string key;    ///< "": the setting's key
  std::string value_name;
  value::RegistryType type = value::RegistryType::Dword;
  std::vector<SettingOption> options;
  std::optional<value::Integer> min, max;
};

/// What Windows does while a setting is not configured, by role.
struct SettingDefault {
  std::uint8_t roles = 7;  ///< bits as in ir::DefaultRow
  value::Value value;      ///< empty: absent also by default
};

struct Setting {
  std::string path;  ///< whole, with "Computer Configuration/" or "User Configuration/"
  ir::Scope scope = ir::Scope::Machine;
  value::Type type;
  std::string key, value_name;  ///< key without its hive
  value::RegistryType registry_type = value::RegistryType::Dword;
  std::optional<value::Value> enabled, disabled;
  bool disabled_deletes = false;
  std::vector<SettingElement> elements;
  std::optional<value::Integer> min, max;
  std::string inf_section, inf_key;
  std::string right;
  std::string audit_guid;
  std::vector<SettingDefault> defaults;
  base::Span span;  ///< of the path in the declaration

  bool is_choice() const { return elements.size() == 1 && elements.front().label.empty(); }
};

/// Parameters and attributes of the resource gpo, as the resource catalogue orders them.
enum GpoParameter : std::size_t { kGpoSetting, kGpoUser, kGpoOption };
enum GpoAttribute : value::AttributeId { kGpoValue, kGpoState };

class SettingCatalogue {
 public:
  /// Adds a setting. The result is an earlier one with the same path; nullptr when there is none.
  const Setting* add(Setting setting);

  /// All settings whose path is `written`, or ends in it behind a `/`, ignoring case. One: found. More: the
  /// path must be written longer.
  std::vector<const Setting*> find(std::string_view written) const;

  /// Path of the setting whose name is nearest to the last part of `written`; "" when none is close.
  std::string_view nearest(std::string_view written) const;

  /// The settings of one registry value; `key` is canonical with its hive.
  const Setting* find_registry(std::string_view key, std::string_view value_name) const;

  const std::deque<Setting>& all() const { return settings_; }

 private:
  std::deque<Setting> settings_;
  std::unordered_map<std::string, std::vector<const Setting*>> by_suffix_;  // folded
  std::unordered_map<std::string, const Setting*> by_registry_;             // folded key, NUL, value name
};

}  // namespace polc::compiler
