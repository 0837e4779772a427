#include "authoring/analysis/principals.hpp"

#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/value/resource.hpp"

namespace polc::analysis {
namespace {

using value::Principal;
using value::Value;
using Form = value::Principal::Form;

/// `CORP\name`, `name@corp.example` and `name` without what stands for the domain.
std::string_view account_name(std::string_view name) {
  name = name.substr(0, name.find('@'));
  const auto slash = name.rfind('\\');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

bool is_relative(const Principal& principal) {
  return principal.form == Form::DomainRelative || principal.form == Form::MachineRelative;
}

/// What the alias of a relative principal is called in English.
std::string_view alias_of(const Principal& relative) {
  const auto& known = value::well_known_principals();
  const auto found = std::find_if(known.begin(), known.end(), [&](const value::WellKnownPrincipal& p) {
    return p.sid.empty() && p.relative_rid == relative.rid &&
           p.domain_relative == (relative.form == Form::DomainRelative);
  });
  return found != known.end() ? found->alias : std::string_view();
}

bool is_well_known(const Principal& principal) {
  const auto& known = value::well_known_principals();
  return std::any_of(known.begin(), known.end(), [&](const value::WellKnownPrincipal& p) {
    return !p.sid.empty() && p.sid == principal.sid;
  });
}

/// Of a name and something else.
bool may_name(const Principal& name, const Principal& other) {
  if (other.form == Form::Name) return base::equal_folded(account_name(name.name), account_name(other.name));
  if (is_relative(other)) return base::equal_folded(account_name(name.name), alias_of(other));
  return !is_well_known(other);
}

bool may_be_one(const Principal& a, const Principal& b) {
  if (a.sid == b.sid) return false;  // they are one
  if (a.form == Form::Name) return may_name(a, b);
  if (b.form == Form::Name) return may_name(b, a);
  if (!is_relative(a) && !is_relative(b)) return false;
  const Principal& relative = is_relative(a) ? a : b;
  const Principal& other = is_relative(a) ? b : a;
  if (is_relative(other)) return relative.rid == other.rid;
  return other.sid.ends_with("-" + std::to_string(relative.rid));
}

void gather(const Value& value, std::vector<Principal>& all) {
  if (const auto* principal = value.get<Principal>()) all.push_back(*principal);
  if (const auto* set = value.get<value::SetValue>()) {
    for (const Value& element : set->low) gather(element, all);
  }
  if (const auto* list = value.get<value::ListValue>()) {
    for (const Value& item : list->items) gather(item, all);
  }
  if (const auto* map = value.get<value::MapValue>()) {
    for (const value::MapEntry& entry : map->entries) gather(entry.key, all);
  }
}

bool has_pair(const std::vector<Principal>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t k = i + 1; k < all.size(); ++k) {
      if (may_be_one(all[i], all[k])) return true;
    }
  }
  return false;
}

}  // namespace

bool has_ambiguous_principals(const Hints& hints) {
  std::vector<Principal> all;
  for (const Value& value : hints.values) gather(value, all);
  for (const Value& value : hints.elements) gather(value, all);
  return has_pair(all) || std::any_of(hints.fields.begin(), hints.fields.end(), [](const auto& field) {
           return has_ambiguous_principals(field.second);
         });
}

}  // namespace polc::analysis
