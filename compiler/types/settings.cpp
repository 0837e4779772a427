#include "compiler/types/settings.hpp"

#include "runtime/base/casefold.hpp"
#include "runtime/base/text.hpp"

namespace polc::compiler {
namespace {

std::string registry_index(std::string_view key, std::string_view value_name) {
  std::string index = base::fold_case(key);
  index.push_back('\0');
  return index + base::fold_case(value_name);
}

std::string_view last_segment(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

}  // namespace

const Setting* SettingCatalogue::add(Setting setting) {
  const std::string folded = base::fold_case(setting.path);
  for (const Setting* other : find(setting.path)) {
    if (base::fold_case(other->path) == folded) return other;
  }
  settings_.push_back(std::move(setting));
  const Setting* added = &settings_.back();
  by_suffix_[folded].push_back(added);
  for (std::size_t at = folded.find('/'); at != std::string::npos; at = folded.find('/', at + 1))
    by_suffix_[folded.substr(at + 1)].push_back(added);
  if (!added->key.empty() && !added->value_name.empty()) {
    const char* hive = added->scope == ir::Scope::User ? "HKCU\\" : "HKLM\\";
    by_registry_.try_emplace(registry_index(hive + added->key, added->value_name), added);
  }
  return nullptr;
}

std::vector<const Setting*> SettingCatalogue::find(std::string_view written) const {
  const auto found = by_suffix_.find(base::fold_case(written));
  return found == by_suffix_.end() ? std::vector<const Setting*>() : found->second;
}

std::string_view SettingCatalogue::nearest(std::string_view written) const {
  std::vector<std::string_view> names;
  names.reserve(settings_.size());
  for (const Setting& setting : settings_) names.push_back(last_segment(setting.path));
  const std::string_view name = base::nearest(last_segment(written), names);
  for (const Setting& setting : settings_) {
    if (!name.empty() && last_segment(setting.path).data() == name.data()) return setting.path;
  }
  return {};
}

const Setting* SettingCatalogue::find_registry(std::string_view key, std::string_view value_name) const {
  const auto found = by_registry_.find(registry_index(key, value_name));
  return found == by_registry_.end() ? nullptr : found->second;
}

}  // namespace polc::compiler
