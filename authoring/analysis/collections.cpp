// Maps, lists and their rows.
#include <algorithm>

#include "authoring/analysis/values.hpp"
#include "authoring/limits.hpp"
#include "runtime/base/casefold.hpp"

namespace polc::analysis {
namespace {

using value::Fact;
using value::Type;
using value::TypeKind;
using value::Value;

/// Rows are tried in every combination of their fields up to this many, pairs of rows included in a list.
constexpr std::size_t kRows = 48;

/// Values of an entry that are tried one by one in a whole map.
constexpr std::size_t kTriedEntries = 16;

bool is_of(const Value& value, TypeKind kind) {
  switch (kind) {
    case TypeKind::Principal:
      return value.get<value::Principal>() != nullptr;
    case TypeKind::Rights:
      return value.get<value::Rights>() != nullptr;
    default:
      return value.get<std::string>() != nullptr;
  }
}

Value with_entry(const value::MapValue& map, const Value& key, const Value* entry) {
  value::MapValue changed = map;
  const auto found = std::find_if(changed.entries.begin(), changed.entries.end(),
                                  [&](const value::MapEntry& e) { return e.key == key; });
  if (found != changed.entries.end()) changed.entries.erase(found);
  if (entry != nullptr) changed.entries.push_back({key, *entry});
  return Value(std::move(changed));
}

/// A key that is none of these.
Value other_key(TypeKind kind, const std::vector<Value>& keys) {
  const auto is_named = [&](auto same) { return std::any_of(keys.begin(), keys.end(), same); };
  if (kind == TypeKind::Principal) {
    const value::Principal everyone{value::Principal::Form::Sid, 0, "S-1-1-0", "Everyone"};
    const bool named = is_named([&](const Value& key) {
      const auto* principal = key.get<value::Principal>();
      return principal != nullptr && principal->sid == everyone.sid;
    });
    Hints known;
    known.values = keys;
    return named ? other_principals(known, 1).front() : Value(everyone);
  }
  std::string other = "Other";
  while (is_named([&](const Value& key) {
    const auto* text = key.get<std::string>();
    return text != nullptr && base::equal_folded(*text, other);
  }))
    other += '1';
  return value::text(other);
}

struct MapParts {
  std::vector<Value> keys;  ///< that conditions name, then one that none names
  Representatives entries;  ///< values that an entry may have
};

MapParts parts_of(Type type, const Hints& hints) {
  MapParts parts;
  Hints entry_hints;
  const auto add_key = [&](const Value& key) {
    if (std::find(parts.keys.begin(), parts.keys.end(), key) == parts.keys.end()) parts.keys.push_back(key);
  };
  for (const Value& value : hints.values) {
    if (const auto* map = value.get<value::MapValue>()) {
      for (const value::MapEntry& entry : map->entries) {
        add_key(entry.key);
        entry_hints.values.push_back(entry.value);
      }
      continue;
    }
    if (is_of(value, type.key)) add_key(value);
    if (is_of(value, type.element)) entry_hints.values.push_back(value);
  }
  entry_hints.patterns = hints.patterns;
  add_key(other_key(type.key, parts.keys));
  parts.entries = value_regions(Type{type.element}, entry_hints);
  return parts;
}

/// A row with a value in every field that conditions ask for.
Value row(const std::vector<std::string>& names, const std::vector<Representatives>& fields,
          const std::vector<std::size_t>& choice) {
  auto record = std::make_shared<value::RecordData>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& values = fields[i].values;
    record->fields.push_back({names[i], choice[i] < values.size() ? Fact::present(values[choice[i]])
                                                                  : Fact::absent(value::AbsentLevel::Value)});
  }
  return Value(value::Record(std::move(record)));
}

bool may_be_absent(Type element, const std::string& field) {
  const value::RecordInfo& info = value::records()[element.detail];
  if (info.open) return true;
  const auto found = std::find_if(info.fields.begin(), info.fields.end(),
                                  [&](const value::FieldInfo& f) { return f.name == field; });
  return found != info.fields.end() && !found->total;
}

Representatives record_regions(Type element, const Hints& hints) {
  Representatives result;
  std::vector<std::string> names;
  std::vector<Representatives> fields;
  std::vector<std::size_t> options;
  for (const auto& [name, field] : hints.fields) {
    names.push_back(name);
    fields.push_back(value_regions(hints.field_types.at(name), field));
    if (!field.inexact.empty()) result.incomplete = field.inexact;
    if (!fields.back().incomplete.empty()) result.incomplete = fields.back().incomplete;
    options.push_back(fields.back().values.size() + (may_be_absent(element, name) ? 1 : 0));
  }
  const bool all = for_each_choice(options, kRows, [&](const std::vector<std::size_t>& choice) {
    result.add(row(names, fields, choice));
  });
  if (all) return result;
  result.incomplete = "rows with so many fields are not followed";
  for (std::size_t i = 0; i < options.size(); ++i) {
    for (std::size_t k = 1; k < options[i] && k < kRows; ++k) {
      std::vector<std::size_t> choice(options.size(), 0);
      choice[i] = k;
      result.add(row(names, fields, choice));
    }
  }
  return result;
}

/// Conditions that can ask for a row of their own each.
constexpr std::uint32_t kFollowedQuantifiers = 2;

}  // namespace

/// The constants, and each of them with one entry less, more or other. Maps that are compared as a whole are told apart by
/// that; conditions about single entries ask for every combination.
Representatives map_regions(Type type, const Hints& hints) {
  Representatives result;
  const MapParts parts = parts_of(type, hints);
  const std::vector<Value>& entries = parts.entries.values;
  result.incomplete = parts.entries.incomplete;
  std::vector<value::MapValue> bases;
  for (const Value& value : hints.values) {
    if (const auto* map = value.get<value::MapValue>()) bases.push_back(*map);
  }
  const bool whole_maps_only = bases.size() == hints.values.size();
  bases.emplace_back();
  for (const value::MapValue& base : bases) result.add(Value(base));
  for (const value::MapValue& base : bases) {
    for (const Value& key : parts.keys) {
      result.add(with_entry(base, key, nullptr));
      for (std::size_t i = 0; i < std::min(entries.size(), kTriedEntries); ++i)
        result.add(with_entry(base, key, &entries[i]));
    }
  }
  if (hints.counted) result.incomplete = "the size of a map is not followed";
  if (whole_maps_only) return result;
  const std::vector<std::size_t> options(parts.keys.size(), entries.size() + 1);
  const bool all =
      for_each_choice(options, limits::kAnalysisRegions, [&](const std::vector<std::size_t>& choice) {
        value::MapValue map;
        for (std::size_t i = 0; i < choice.size(); ++i) {
          if (choice[i] > 0) map.entries.push_back({parts.keys[i], entries[choice[i] - 1]});
        }
        result.add(Value(std::move(map)));
      });
  if (!all) result.incomplete = "maps with so many entries are not followed";
  return result;
}

Representatives list_regions(Type type, const Hints& hints) {
  const Type element = element_type(type);
  const Representatives rows =
      element.kind == TypeKind::Record ? record_regions(element, hints) : value_regions(element, hints);
  Representatives result;
  result.incomplete = rows.incomplete;
  const auto put = [&](std::vector<Value> items) {
    result.values.emplace_back(value::ListValue{std::move(items), true});
  };
  for (const Value& value : hints.values) {
    const auto* list = value.get<value::ListValue>();
    if (list == nullptr) continue;
    put(list->items);
    put({list->items.rbegin(), list->items.rend()});
  }
  for (const Value& only : rows.values) put({only});
  put({});
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    for (std::size_t k = i + 1; k < rows.values.size(); ++k) put({rows.values[i], rows.values[k]});
  }
  if (hints.quantifiers > kFollowedQuantifiers)
    result.incomplete = "a list with so many quantifiers over it is not followed";
  if (hints.counted) result.incomplete = "the length of a list is not followed";
  return result;
}

}  // namespace polc::analysis
