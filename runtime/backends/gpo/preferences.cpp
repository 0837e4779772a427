#include "runtime/backends/gpo/preferences.hpp"

#include <algorithm>
#include <vector>

#include "runtime/backends/origins.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/formats/registry_data.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends::gpo {
namespace {

using formats::XmlElement;
using value::RegistryData;
using value::RegistryType;
using value::Unknown;
using value::UnknownReason;
using Data = RegistryBuilder::Data;

Unknown depends(std::string detail) {
  return {UnknownReason::Unsupported, {}, std::move(detail)};
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// %Name%, which the preference replaces by something of the machine.
bool has_variable(std::string_view text) {
  const auto first = text.find('%');
  return first != std::string_view::npos && text.find('%', first + 1) != std::string_view::npos;
}

/// Bytes of hexadecimal text without separators; nullopt for anything else.
std::optional<std::vector<std::uint8_t>> hex_bytes(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const auto byte = value::Integer::parse("0x" + std::string(digits.substr(i, 2)));
    if (!byte) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(byte->magnitude()));
  }
  return bytes;
}

std::optional<RegistryData> hex_number(RegistryType type, std::string_view digits) {
  const std::size_t most = type == RegistryType::Dword ? 8 : 16;
  const auto number =
      digits.size() <= most ? value::Integer::parse("0x" + std::string(digits)) : std::nullopt;
  if (!number) return std::nullopt;
  return RegistryData{type, 0, number->magnitude()};
}

/// The lines of a list; nullopt if it holds something else.
std::optional<std::vector<std::string>> lines_of_list(const XmlElement& values) {
  if (unknown_content(values, {}, {"Value"})) return std::nullopt;
  std::vector<std::string> lines;
  for (const XmlElement& line : values.children) {
    if (!line.attributes.empty() || !line.children.empty()) return std::nullopt;
    lines.push_back(line.text);
  }
  return lines;
}

/// The data of an item; numbers are hexadecimal however the editor shows them.
tl::expected<RegistryData, Unknown> preference_data(const XmlElement& properties) {
  const std::string type = attribute_of(properties, "type");
  const std::string text = attribute_of(properties, "value");
  const std::string bits = attribute_of(properties, "bitfield");
  if (!bits.empty() && bits != "0") {
    return tl::unexpected<Unknown>(depends("the preference changes single bits"));
  }
  std::optional<RegistryData> data;
  if (type == "REG_SZ") data = RegistryData{RegistryType::Sz, 0, text};
  if (type == "REG_EXPAND_SZ") data = RegistryData{RegistryType::ExpandSz, 0, text};
  if (type == "REG_DWORD") data = hex_number(RegistryType::Dword, text);
  if (type == "REG_QWORD") data = hex_number(RegistryType::Qword, text);
  if (type == "REG_BINARY") {
    if (auto bytes = hex_bytes(text)) data = RegistryData{RegistryType::Binary, 0, std::move(*bytes)};
  }
  bool variables = has_variable(text);
  if (type == "REG_MULTI_SZ") {
    const XmlElement* values = child_of(properties, "Values");
    auto lines = values != nullptr ? lines_of_list(*values)
                 : text.empty()    ? std::optional(std::vector<std::string>())
                                   : std::nullopt;
    if (lines) {
      variables = variables || std::any_of(lines->begin(), lines->end(), has_variable);
      data = RegistryData{RegistryType::MultiSz, 0, std::move(*lines)};
    }
  }
  if (!data)
    return tl::unexpected<Unknown>(Unknown{UnknownReason::Corrupt, {}, "data that does not fit its type"});
  if (variables) return tl::unexpected<Unknown>(depends("the preference replaces variables on the machine"));
  return *std::move(data);
}

class RegistryItems {
 public:
  RegistryItems(Half half, std::string_view file, value::Evidence& evidence, RegistryBuilder& registry)
      : half_(half), file_(file), evidence_(evidence), registry_(registry) {}

  /// Items in the order of the file, in which they are carried out. Levels are bounded by the XML reader.
  void read(const XmlElement& element, const Certainty& outer) {
    if (element.name == "Registry") {
      const Certainty certainty = certainty_of(element, outer, {"Properties", "Filters"});
      return certainty.disabled ? void() : read_item(element, certainty);
    }
    const Certainty certainty = certainty_of(element, outer, {"Registry", "Collection", "Filters"});
    if (certainty.disabled) return;
    // What is not known in a collection may be a misspelled item.
    if (certainty.doubt && certainty.doubt->reason == UnknownReason::Corrupt)
      fail(element, certainty.doubt->detail);
    for (const XmlElement& child : element.children) {
      if (child.name == "Registry" || child.name == "Collection") read(child, certainty);
    }
  }

  const std::optional<Unknown>& problem() const { return problem_; }

 private:
  void fail(const XmlElement& item, const std::string& what) {
    if (problem_) return;
    problem_ = {UnknownReason::Corrupt, {}, "line " + std::to_string(item.line) + ": " + what};
  }

  void read_item(const XmlElement& item, Certainty certainty) {
    const XmlElement* properties = child_of(item, "Properties");
    if (properties == nullptr) return fail(item, "an item without properties");
    const std::string path = attribute_of(*properties, "key");
    const auto key = key_in_hive(half_, attribute_of(*properties, "hive"), path);
    const std::string name = attribute_of(*properties, "name");
    if (!key || has_variable(path) || has_variable(name) || !value::canonical_value_name(name)) {
      return fail(item, "an item whose place is not known");
    }
    origin_ = preference_origin(evidence_, file_, properties->line);
    static const Names kProperties{"action", "displayDecimal", "default", "hive",    "key",
                                   "name",   "type",           "value",   "bitfield"};
    if (auto unknown = unknown_content(*properties, kProperties, {"Values", "SubProp"})) {
      const bool placed = properties->attribute("key") != nullptr && properties->attribute("name") != nullptr;
      if (!placed) return fail(item, unknown->detail);
      certainty.doubt = std::move(unknown);
    }
    const std::string is_default = attribute_of(*properties, "default");
    if (!is_default.empty() && is_default != "0" && is_default != "1") {
      return fail(item, "default is neither 0 nor 1");
    }
    const bool key_alone = name.empty() && is_default != "1";
    std::string action = attribute_of(*properties, "action");
    if (action.empty()) action = "U";
    if (action.size() != 1 || std::string_view("CRUD").find(action[0]) == std::string_view::npos) {
      return fail(item, "an unknown action");
    }
    if (key_alone) return carry_out_on_key(item, *key, action[0], certainty);
    registry_.set(*key, name, reading_of(*properties, action[0], certainty));
  }

  Data reading_of(const XmlElement& properties, char action, const Certainty& certainty) const {
    if (certainty.doubt) return Data::unreadable(*certainty.doubt, origin_);
    if (action == 'D') return Data::absent(origin_);
    if (action == 'C') {
      return Data::unreadable(depends("the preference creates the value only where it is missing"), origin_);
    }
    auto data = preference_data(properties);
    return data ? Data::of(std::move(*data), origin_) : Data::unreadable(data.error(), origin_);
  }

  void carry_out_on_key(const XmlElement& item, const std::string& key, char action,
                        const Certainty& certainty) {
    const bool deletes = action == 'D' || action == 'R';
    if (deletes && certainty.doubt)
      return fail(item, "a key that may be deleted: " + certainty.doubt->detail);
    if (deletes) registry_.delete_key(key, origin_);
    if (action != 'D') registry_.create_key(key, origin_);
  }

  Half half_;
  std::string_view file_;
  value::Evidence& evidence_;
  RegistryBuilder& registry_;
  value::OriginId origin_ = 0;
  std::optional<Unknown> problem_;
};

}  // namespace

std::optional<Unknown> unknown_content(const XmlElement& element, const Names& attributes,
                                       const Names& children) {
  const auto unknown = [&](const std::string& what) {
    return Unknown{UnknownReason::Corrupt, {}, "<" + element.name + "> has " + what};
  };
  const auto is_in = [](const std::string& name, const Names& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const auto& [name, text] : element.attributes) {
    if (!is_in(name, attributes)) return unknown("the attribute " + name + ", which is not known");
  }
  for (const XmlElement& child : element.children) {
    if (!is_in(child.name, children)) return unknown("the element " + child.name + ", which is not known");
  }
  if (!is_blank(element.text)) return unknown("text");
  return std::nullopt;
}

Certainty certainty_of(const XmlElement& element, const Certainty& outer, const Names& children) {
  // Those of all items ([MS-GPPREF] 2.2.1).
  static const Names kAttributes{"clsid",    "name",        "status",       "image",
                                 "changed",  "uid",         "desc",         "bypassErrors",
                                 "disabled", "userContext", "removePolicy", "policyApplied"};
  Certainty certainty = outer;
  if (!certainty.doubt) certainty.doubt = unknown_content(element, kAttributes, children);
  const std::string disabled = attribute_of(element, "disabled");
  certainty.disabled = certainty.disabled || disabled == "1";
  if (!certainty.doubt && !disabled.empty() && disabled != "0" && disabled != "1") {
    certainty.doubt = Unknown{UnknownReason::Corrupt, {}, "disabled is neither 0 nor 1"};
  }
  const bool targeted =
      std::any_of(element.children.begin(), element.children.end(), [](const XmlElement& child) {
        const bool empty = child.children.empty() && child.attributes.empty() && is_blank(child.text);
        return child.name == "Filters" && !empty;
      });
  if (!certainty.doubt && targeted) {
    certainty.doubt = depends("the preference applies only where its targeting matches");
  }
  return certainty;
}

std::string attribute_of(const XmlElement& element, std::string_view name) {
  const std::string* text = element.attribute(name);
  return text == nullptr ? std::string() : *text;
}

const XmlElement* child_of(const XmlElement& element, std::string_view name) {
  const auto found = std::find_if(element.children.begin(), element.children.end(),
                                  [&](const XmlElement& child) { return child.name == name; });
  return found == element.children.end() ? nullptr : &*found;
}

value::OriginId preference_origin(value::Evidence& evidence, std::string_view file, std::uint32_t line) {
  return add_origin(evidence, {"gpo", std::string(file), line, 0, "preference, not enforced"});
}

std::optional<Unknown> read_registry_preferences(const XmlElement& root, Half half, std::string_view file,
                                                 value::Evidence& evidence, RegistryBuilder& registry) {
  if (root.name != "RegistrySettings")
    return Unknown{UnknownReason::Corrupt, {}, "the root is not RegistrySettings"};
  RegistryItems items(half, file, evidence, registry);
  items.read(root, {});
  return items.problem();
}

bool erase_passwords(std::string& xml) {
  constexpr std::string_view kName = "cpassword";
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto skip_blanks = [&](std::size_t at) {
    return std::min(xml.find_first_not_of(kBlanks, at), xml.size());
  };
  bool erased = false;
  for (std::size_t at = 0; at + kName.size() <= xml.size(); ++at) {
    if (!base::equal_folded(std::string_view(xml).substr(at, kName.size()), kName)) continue;
    const std::size_t equals = skip_blanks(at + kName.size());
    if (equals == xml.size() || xml[equals] != '=') continue;
    const std::size_t open = skip_blanks(equals + 1);
    if (open == xml.size() || (xml[open] != '"' && xml[open] != '\'')) continue;
    const std::size_t close = std::min(xml.find(xml[open], open + 1), xml.size());
    erased = erased || close > open + 1;
    for (std::size_t i = open + 1; i < close; ++i) xml[i] = '*';
    at = close;
  }
  return erased;
}

}  // namespace polc::backends::gpo
