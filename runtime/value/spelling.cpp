#include "runtime/value/spelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runtime/base/text.hpp"
#include "runtime/value/addresses.hpp"
#include "runtime/value/fact.hpp"
#include "runtime/value/principals.hpp"
#include "runtime/value/rights.hpp"

namespace polc::value {
namespace {

constexpr std::array<std::string_view, 13> kReserved{"all",     "any",    "and",      "not",    "or",
                                                     "in",      "is",     "contains", "within", "like",
                                                     "present", "absent", "default"};

bool is_word_character(char c, bool first) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return letter || (!first && c >= '0' && c <= '9');
}

/// Needs \u{...} inside "...": what deceives, and what is not text at all.
bool needs_escape(char32_t c) {
  return base::deception_of(c) != base::Deception::None;
}

bool can_be_raw(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = base::decode_utf8(text, i);
    if (!decoded || decoded->value == '\n' || decoded->value == '\r' || decoded->value == '\t') return false;
    if (needs_escape(decoded->value)) return false;
    i += decoded->length;
  }
  return true;
}

std::string raw_literal(std::string_view text) {
  std::string literal = "'";
  for (const char c : text) {
    if (c == '\'') literal += c;
    literal += c;
  }
  return literal + "'";
}

void append_escaped(std::string& literal, char32_t c) {
  switch (c) {
    case '\n':
      literal += "\\n";
      return;
    case '\r':
      literal += "\\r";
      return;
    case '\t':
      literal += "\\t";
      return;
    case '\\':
      literal += "\\\\";
      return;
    case '"':
      literal += "\\\"";
      return;
    default:
      break;
  }
  if (needs_escape(c)) {
    literal += fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(c));
  } else {
    base::append_utf8(literal, c);
  }
}

std::string escaped_literal(std::string_view text) {
  std::string literal = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const auto decoded = base::decode_utf8(text, i);
    if (decoded) {
      append_escaped(literal, decoded->value);
    } else {
      literal += "\\u{FFFD}";
    }
    i += decoded ? decoded->length : 1;
  }
  return literal + "\"";
}

// --- values

std::string text_of(const Value& value) {
  return to_text(value);
}

std::string join(const std::vector<std::string>& parts, std::string_view open, std::string_view close) {
  return fmt::format("{}{}{}", open, fmt::join(parts, ", "), close);
}

std::string number_text(const Number& number) {
  if (number.exact()) return number.low.text();
  if (number.open_ended) return fmt::format("at least {}", number.low.text());
  return fmt::format("{}..{}", number.low.text(), number.high.text());
}

std::string seconds_text(Integer seconds) {
  const auto count = seconds.as_unsigned();
  if (!count) return seconds.text();
  struct Unit {
    std::uint64_t seconds;
    std::string_view name;
  };
  for (const Unit& unit : {Unit{86400, "d"}, Unit{3600, "h"}, Unit{60, "min"}}) {
    if (*count != 0 && *count % unit.seconds == 0)
      return fmt::format("{}{}", *count / unit.seconds, unit.name);
  }
  return fmt::format("{}s", *count);
}

std::string duration_text(const Duration& duration) {
  const Number& n = duration.seconds;
  if (n.exact()) return seconds_text(n.low);
  if (n.open_ended) return fmt::format("at least {}", seconds_text(n.low));
  return fmt::format("{} to {}", seconds_text(n.low), seconds_text(n.high));
}

/// Rights do not know their object class. The compound names of files and keys have different masks, so these are
/// certain; anything else is shown as masks.
std::string rights_text(const Rights& rights) {
  for (const ObjectClass object_class : {ObjectClass::File, ObjectClass::RegistryKey}) {
    const std::string text = to_text(rights, object_class);
    const bool compound_name = std::any_of(
        named_rights(object_class).begin(), named_rights(object_class).end(), [&](const RightInfo& right) {
          const bool several_bits = (right.mask & (right.mask - 1)) != 0;
          return several_bits &&
                 (right.mask == rights.self || right.mask == rights.subfolders || right.mask == rights.files);
        });
    if (compound_name && text.find("0x") == std::string::npos) return text;
  }
  if (rights.self == rights.subfolders && rights.self == rights.files)
    return fmt::format("0x{:X}", rights.self);
  return fmt::format("0x{:X} on {{self}} | 0x{:X} on {{subfolders}} | 0x{:X} on {{files}}", rights.self,
                     rights.subfolders, rights.files);
}

std::string address_set_text(const AddressSet& set) {
  if (set.exact()) return to_text(set.low);
  if (set.low.ranges.empty()) return fmt::format("at most {}", to_text(set.high));
  if (set.high == all_addresses()) return fmt::format("at least {}", to_text(set.low));
  return fmt::format("at least {}, at most {}", to_text(set.low), to_text(set.high));
}

std::string bytes_text(const std::vector<std::uint8_t>& bytes) {
  return fmt::format("\"{:02x}\"", fmt::join(bytes, " "));
}

std::string registry_text(const RegistryData& data) {
  std::string content;
  if (const auto* number = std::get_if<std::uint64_t>(&data.data)) content = fmt::format("{}", *number);
  if (const auto* text = std::get_if<std::string>(&data.data)) content = quoted(*text);
  if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&data.data)) content = bytes_text(*bytes);
  if (const auto* list = std::get_if<std::vector<std::string>>(&data.data)) {
    std::vector<std::string> items;
    for (const std::string& item : *list) items.push_back(quoted(item));
    content = join(items, "[", "]");
  }
  switch (data.type) {
    case RegistryType::None:
      return fmt::format("none({})", content);
    case RegistryType::Sz:
      return fmt::format("sz({})", content);
    case RegistryType::ExpandSz:
      return fmt::format("expand_sz({})", content);
    case RegistryType::Binary:
      return fmt::format("binary({})", content);
    case RegistryType::Dword:
      return fmt::format("dword({})", content);
    case RegistryType::Qword:
      return fmt::format("qword({})", content);
    case RegistryType::MultiSz:
      return fmt::format("multi_sz({})", content);
    case RegistryType::Other:
      break;
  }
  return fmt::format("type {}({})", data.other_type, content);
}

std::string policy_state_text(const PolicyState& state) {
  switch (state.state) {
    case PolicyState::State::NotConfigured:
      return "NotConfigured";
    case PolicyState::State::Disabled:
      return "Disabled";
    case PolicyState::State::Enabled:
      break;
  }
  if (!state.option) return "Enabled";
  return fmt::format("Enabled({})", Integer::parse(*state.option) ? *state.option : quoted(*state.option));
}

std::vector<Value> in_order(std::vector<Value> elements) {
  std::sort(elements.begin(), elements.end(), precedes);
  elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
  return elements;
}

/// Of elements in order: principals as they read, everything else by value.
std::vector<std::string> element_texts(const std::vector<Value>& elements) {
  const bool principals = !elements.empty() && elements.front().get<Principal>() != nullptr;
  std::vector<std::string> texts;
  std::transform(elements.begin(), elements.end(), std::back_inserter(texts), text_of);
  if (principals) std::sort(texts.begin(), texts.end());
  return texts;
}

std::string set_text(const SetValue& set) {
  const std::vector<Value> low = in_order(set.low);
  std::vector<std::string> texts = element_texts(low);
  if (!set.high) {
    texts.emplace_back("...");
    return join(texts, "{", "}");
  }
  const std::vector<Value> high = in_order(*set.high);
  std::vector<Value> perhaps;
  std::set_difference(high.begin(), high.end(), low.begin(), low.end(), std::back_inserter(perhaps),
                      precedes);
  for (const std::string& text : element_texts(perhaps)) texts.push_back("perhaps " + text);
  return join(texts, "{", "}");
}

std::string list_text(const ListValue& list) {
  std::vector<std::string> texts;
  std::transform(list.items.begin(), list.items.end(), std::back_inserter(texts), text_of);
  if (!list.complete) texts.emplace_back("...");
  return join(texts, "[", "]");
}

std::string map_text(const MapValue& map) {
  std::vector<std::string> texts;
  for (const MapEntry& entry : map.entries) texts.push_back(to_text(entry.key) + ": " + to_text(entry.value));
  std::sort(texts.begin(), texts.end());
  if (!map.complete) texts.emplace_back("...");
  return join(texts, "{", "}");
}

std::string fact_text(const Fact& fact) {
  switch (fact.status) {
    case FactStatus::Present:
      return to_text(fact.value);
    case FactStatus::Mistyped:
      return "mistyped " + to_text(fact.value);
    case FactStatus::Absent:
      return "absent";
    case FactStatus::Unknown:
      break;
  }
  return "unknown";
}

std::string record_text(const Record& record) {
  std::vector<std::string> texts;
  if (record) {
    for (const RecordField& field : record->fields)
      texts.push_back(field.name + ": " + fact_text(field.fact));
  }
  return join(texts, "{", "}");
}

struct Spell {
  std::string operator()(std::monostate) const { return "nothing"; }
  std::string operator()(bool v) const { return v ? "true" : "false"; }
  std::string operator()(const Number& v) const { return number_text(v); }
  std::string operator()(const std::string& v) const { return quoted(v); }
  std::string operator()(const Duration& v) const { return duration_text(v); }
  std::string operator()(const Date& v) const { return v.text(); }
  std::string operator()(const Port& v) const {
    return fmt::format("{}/{}", v.number, v.protocol == Protocol::Tcp ? "tcp" : "udp");
  }
  std::string operator()(const Principal& v) const { return to_text(v); }
  std::string operator()(const Rights& v) const { return rights_text(v); }
  std::string operator()(const AddressSet& v) const { return address_set_text(v); }
  std::string operator()(const Symbol& v) const { return v.name; }
  std::string operator()(const RegistryData& v) const { return registry_text(v); }
  std::string operator()(const PolicyState& v) const { return policy_state_text(v); }
  std::string operator()(const SetValue& v) const { return set_text(v); }
  std::string operator()(const ListValue& v) const { return list_text(v); }
  std::string operator()(const MapValue& v) const { return map_text(v); }
  std::string operator()(const Record& v) const { return record_text(v); }
};

}  // namespace

std::string quoted(std::string_view text) {
  const bool has_backslash = text.find('\\') != std::string_view::npos;
  return has_backslash ? quoted_raw(text) : escaped_literal(text);
}

std::string quoted_raw(std::string_view text) {
  return can_be_raw(text) ? raw_literal(text) : escaped_literal(text);
}

bool is_bare_word(std::string_view text) {
  if (text.empty() || !is_word_character(text.front(), true)) return false;
  if (!std::all_of(text.begin(), text.end(), [](char c) { return is_word_character(c, false); }))
    return false;
  return std::find(kReserved.begin(), kReserved.end(), text) == kReserved.end() && text != "true" &&
         text != "false";
}

std::string to_text(const Value& value) {
  return std::visit(Spell{}, value.data);
}

}  // namespace polc::value
