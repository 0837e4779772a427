#include "runtime/backends/plan_slice.hpp"

#include <optional>
#include <utility>

namespace polc::backends {

using value::EvidenceSection;

namespace {

std::optional<std::string_view> parent_of(std::string_view key) {
  const std::size_t separator = key.rfind('\\');
  return separator == std::string_view::npos ? std::nullopt : std::optional(key.substr(0, separator));
}

bool is_below(std::string_view key, std::string_view hive) {
  return key.starts_with(hive) && (key.size() == hive.size() || key[hive.size()] == '\\');
}

}  // namespace

void PlanSlice::add(EvidenceSection section) {
  sections_[static_cast<std::size_t>(section)] = true;
  if (section == EvidenceSection::Users)
    sections_[static_cast<std::size_t>(EvidenceSection::Registry)] = true;
  if (section != EvidenceSection::Names) return;
  for (const EvidenceSection source :
       {EvidenceSection::Accounts, EvidenceSection::LocalGroups, EvidenceSection::UserRights,
        EvidenceSection::FileSecurity, EvidenceSection::KeySecurity}) {
    sections_[static_cast<std::size_t>(source)] = true;
  }
}

void PlanSlice::add(const PlanSlice& other) {
  for (std::size_t i = 0; i < sections_.size(); ++i) sections_[i] = sections_[i] || other.sections_[i];
  keys_.insert(other.keys_.begin(), other.keys_.end());
  trees_.insert(other.trees_.begin(), other.trees_.end());
  ancestors_.insert(other.ancestors_.begin(), other.ancestors_.end());
  user_keys_.insert(other.user_keys_.begin(), other.user_keys_.end());
  for (const auto& [section, names] : other.objects_) objects_[section].insert(names.begin(), names.end());
  all_objects_.insert(other.all_objects_.begin(), other.all_objects_.end());
  for (const auto& [request, permitted] : other.http_requests_) add_http_request(request, permitted);
}

void PlanSlice::add_http_request(value::HttpRequest request, bool permitted) {
  add(EvidenceSection::Http);
  bool& any = http_requests_[std::move(request)];
  any = any || permitted;
}

void PlanSlice::add_object(EvidenceSection section, std::string_view name) {
  add(section);
  objects_[section].emplace(name);
}

void PlanSlice::add_all_objects(EvidenceSection section) {
  add(section);
  all_objects_.insert(section);
}

const std::set<std::string, std::less<>>* PlanSlice::objects(EvidenceSection section) const {
  static const std::set<std::string, std::less<>> kNone;
  if (all_objects_.contains(section)) return nullptr;
  const auto found = objects_.find(section);
  return found == objects_.end() ? &kNone : &found->second;
}

void PlanSlice::add_registry_key(std::string_view folded_key) {
  add(EvidenceSection::Registry);
  if (is_below(folded_key, "HKCU")) {
    user_keys_.emplace(folded_key);
    return;
  }
  // Most controls ask for a key that another one asked for already, or for a neighbour of it.
  if (keys_.contains(folded_key)) return;
  keys_.emplace(folded_key);
  for (auto above = parent_of(folded_key); above && !ancestors_.contains(*above); above = parent_of(*above)) {
    ancestors_.emplace(*above);
  }
}

void PlanSlice::add_registry_tree(std::string_view folded_key) {
  add_registry_key(folded_key);
  if (!is_below(folded_key, "HKCU")) trees_.emplace(folded_key);
}

bool PlanSlice::needs_registry_key(std::string_view folded_key) const {
  const bool all_users = !user_keys_.empty() || needs(EvidenceSection::Users);
  if (all_users && is_below(folded_key, "HKU")) return true;
  if (ancestors_.contains(folded_key) || keys_.contains(folded_key)) return true;
  for (auto above = parent_of(folded_key); above; above = parent_of(*above)) {
    if (keys_.contains(*above)) return true;
  }
  return false;
}

}  // namespace polc::backends
