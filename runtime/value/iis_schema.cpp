#include "runtime/value/iis_schema.hpp"

#include <algorithm>
#include <array>

#include "runtime/base/casefold.hpp"
#include "runtime/base/text.hpp"
#include "runtime/value/iis_schema_tables.hpp"

namespace polc::value {
namespace {

std::vector<IisElement> build_schema() {
  std::vector<IisElement> all;
  iis::add_host_sections(all);
  iis::add_web_server_sections(all);
  iis::add_security_sections(all);
  iis::add_asp_net_sections(all);
  return all;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Value duration(Integer seconds) {
  return Value(Duration{Number::exactly(seconds)});
}

/// A number of units, or "Infinite".
std::optional<Integer> parse_count(std::string_view written) {
  return base::equal_folded(written, "Infinite") ? Integer::infinity() : Integer::parse(written);
}

std::optional<Value> parse_duration(std::string_view written, std::int64_t unit) {
  const auto count = parse_count(written);
  if (!count || count->is_negative()) return std::nullopt;
  const auto seconds = multiply(*count, Integer::of(unit));
  return seconds ? std::optional(duration(*seconds)) : std::nullopt;
}

/// The next ':'-separated part as a number below `limit`; advances `written`.
std::optional<std::int64_t> take_time_part(std::string_view& written, std::int64_t limit) {
  const std::size_t end = written.find(':');
  const std::string_view digits = written.substr(0, end);
  const bool plausible =
      !digits.empty() && digits.size() <= 9 &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!plausible) return std::nullopt;
  const auto value = static_cast<std::int64_t>(Integer::parse(digits)->magnitude());
  written = end == std::string_view::npos ? std::string_view() : written.substr(end + 1);
  return value < limit ? std::optional(value) : std::nullopt;
}

/// "[d.]hh:mm:ss", or "Infinite".
std::optional<Value> parse_time_span(std::string_view written) {
  if (base::equal_folded(written, "Infinite")) return duration(Integer::infinity());
  std::int64_t days = 0;
  if (const std::size_t dot = written.find('.'); dot < written.find(':')) {
    std::string_view day_text = written.substr(0, dot);
    const auto parsed = take_time_part(day_text, 1'000'000);
    if (!parsed || !day_text.empty()) return std::nullopt;
    days = *parsed;
    written.remove_prefix(dot + 1);
  }
  if (std::count(written.begin(), written.end(), ':') != 2) return std::nullopt;
  const auto hours = take_time_part(written, 1'000'000);
  const auto minutes = take_time_part(written, 60);
  const auto seconds = take_time_part(written, 60);
  if (!hours || !minutes || !seconds || !written.empty()) return std::nullopt;
  return duration(Integer::of(((days * 24 + *hours) * 60 + *minutes) * 60 + *seconds));
}

std::optional<Value> parse_member(const IisAttribute& attribute, std::string_view written) {
  const auto found =
      std::find_if(attribute.members.begin(), attribute.members.end(),
                   [&](std::string_view member) { return base::equal_folded(member, written); });
  return found == attribute.members.end() ? std::nullopt : std::optional(text(std::string(*found)));
}

std::optional<Value> parse_flags(const IisAttribute& attribute, std::string_view written) {
  std::vector<Value> members;
  while (!trimmed(written).empty()) {
    const std::size_t comma = std::min(written.find(','), written.size());
    const std::string_view word = trimmed(written.substr(0, comma));
    written.remove_prefix(std::min(comma + 1, written.size()));
    if (base::equal_folded(word, "None")) continue;
    auto member = parse_member(attribute, word);
    if (!member) return std::nullopt;
    members.push_back(std::move(*member));
  }
  return Value(SetValue::exactly(std::move(members)));
}

std::optional<Value> parse_boolean(std::string_view written) {
  if (base::equal_folded(written, "true")) return Value(true);
  return base::equal_folded(written, "false") ? std::optional(Value(false)) : std::nullopt;
}

std::optional<Value> parse_integer(std::string_view written) {
  const auto value = parse_count(written);
  return value ? std::optional(Value(Number::exactly(*value))) : std::nullopt;
}

/// Methods are case-sensitive (RFC 9110 section 9.1), whatever names the element.
bool is_http_method(const IisAttribute& attribute) {
  return attribute.name == "verb" || attribute.name == "verbs";
}

}  // namespace

const std::vector<IisElement>& iis_schema() {
  static const std::vector<IisElement> schema = build_schema();
  return schema;
}

const IisElement* find_iis_element(std::string_view path) {
  const auto& all = iis_schema();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const IisElement& e) { return base::equal_folded(e.path, path); });
  return found == all.end() ? nullptr : &*found;
}

const IisAttribute* find_iis_attribute(const std::vector<IisAttribute>& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const IisAttribute& a) { return base::equal_folded(a.name, name); });
  return found == attributes.end() ? nullptr : &*found;
}

std::string_view nearest_iis_element(std::string_view path) {
  std::vector<std::string_view> paths;
  for (const IisElement& element : iis_schema()) paths.push_back(element.path);
  return base::nearest(path, paths);
}

std::string_view nearest_iis_attribute(const std::vector<IisAttribute>& attributes, std::string_view name) {
  std::vector<std::string_view> names;
  for (const IisAttribute& attribute : attributes) names.push_back(attribute.name);
  return base::nearest(name, names);
}

Type iis_type(const IisAttribute& attribute) {
  switch (attribute.kind) {
    case IisKind::Bool:
      return simple(TypeKind::Bool);
    case IisKind::Integer:
      return simple(TypeKind::Int);
    case IisKind::Text:
      return simple(attribute.key && !is_http_method(attribute) ? TypeKind::Name : TypeKind::Text);
    case IisKind::TimeSpan:
    case IisKind::Seconds:
    case IisKind::Minutes:
      return simple(TypeKind::Duration);
    case IisKind::Enumeration:
      return simple(TypeKind::Name);
    case IisKind::Flags:
      return set_of(TypeKind::Name);
  }
  return {};
}

std::optional<Value> iis_value(const IisAttribute& attribute, std::string_view written) {
  switch (attribute.kind) {
    case IisKind::Bool:
      return parse_boolean(written);
    case IisKind::Integer:
      return parse_integer(written);
    case IisKind::Text:
      return text(std::string(written));
    case IisKind::TimeSpan:
      return parse_time_span(written);
    case IisKind::Seconds:
      return parse_duration(written, 1);
    case IisKind::Minutes:
      return parse_duration(written, 60);
    case IisKind::Enumeration:
      return parse_member(attribute, written);
    case IisKind::Flags:
      return parse_flags(attribute, written);
  }
  return std::nullopt;
}

std::optional<Value> iis_default(const IisAttribute& attribute) {
  return attribute.fallback ? iis_value(attribute, *attribute.fallback) : std::nullopt;
}

}  // namespace polc::value
