// How the address of a fact reads in reports.
#include <fmt/format.h>

#include <algorithm>

#include "runtime/value/fact_table.hpp"
#include "runtime/value/spelling.hpp"

namespace polc::value {
namespace {

bool is_path_like(Type type) {
  return type.kind == TypeKind::Path || type.kind == TypeKind::Name || type.kind == TypeKind::Principal;
}

std::string argument_text(const ParameterInfo& parameter, const Value& argument) {
  const std::string* text = argument.get<std::string>();
  if (text == nullptr) return to_text(argument);
  if (parameter.name == "right" && is_bare_word(*text)) return *text;  // user_right(SeTcbPrivilege)
  return is_path_like(parameter.type) ? quoted_raw(*text) : quoted(*text);
}

std::string plain_text(const Value& value) {
  const std::string* text = value.get<std::string>();
  return text != nullptr ? *text : to_text(value);
}

/// Text of an argument without quotes, as a segment of a qualified name: '\' separates as '/' does elsewhere, so a
/// '/' inside a registry name is written %2F.
std::string segment_text(const ParameterInfo& parameter, const Value& argument) {
  std::string text = plain_text(argument);
  const bool separated = parameter.type.kind == TypeKind::Path && text.find('\\') != std::string::npos;
  if (!separated) return text;
  std::string segment;
  for (const char c : text) {
    if (c == '\\') {
      segment += '/';
    } else if (c == '/') {
      segment += "%2F";
    } else {
      segment += c;
    }
  }
  return segment;
}

/// `gpo("path").option("label")` keeps its label behind the arguments that are written in the call.
constexpr std::size_t kOptionLabel = 2;

const Value* option_label(const Address& address) {
  const bool has_label = address.resource == ResourceKind::Gpo && address.arguments.size() > kOptionLabel;
  return has_label && !address.arguments[kOptionLabel].empty() ? &address.arguments[kOptionLabel] : nullptr;
}

/// Number of arguments that stand in the call.
std::size_t written_arguments(const Address& address) {
  const std::size_t count =
      std::min(address.arguments.size(), resource_info(address.resource).parameters.size());
  return address.resource == ResourceKind::Gpo ? std::min(count, kOptionLabel) : count;
}

}  // namespace

std::string to_text(const Address& address) {
  const ResourceInfo& resource = resource_info(address.resource);
  std::vector<std::string> arguments;
  bool skipped = false;  // after an omitted argument the others need their names
  for (std::size_t i = 0; i < written_arguments(address); ++i) {
    const ParameterInfo& parameter = resource.parameters[i];
    if (address.arguments[i].empty()) {
      skipped = true;
      continue;
    }
    const std::string text = argument_text(parameter, address.arguments[i]);
    const bool by_name = skipped || !parameter.required;
    arguments.push_back(by_name ? fmt::format("{}: {}", parameter.name, text) : text);
  }
  std::string text(resource.name);
  if (!resource.parameters.empty()) text += fmt::format("({})", fmt::join(arguments, ", "));
  if (const Value* label = option_label(address)) return fmt::format("{}.option({})", text, to_text(*label));
  if (address.attribute == resource.primary || address.attribute >= resource.attributes.size()) return text;
  return fmt::format("{}.{}", text, resource.attributes[address.attribute].name);
}

std::string qualified_name(const Address& address) {
  const ResourceInfo& resource = resource_info(address.resource);
  std::string name(resource.name);
  for (std::size_t i = 0; i < written_arguments(address); ++i) {
    if (address.arguments[i].empty()) continue;
    name += '/';
    name += segment_text(resource.parameters[i], address.arguments[i]);
  }
  if (const Value* label = option_label(address)) return fmt::format("{}/{}", name, plain_text(*label));
  if (address.attribute == resource.primary || address.attribute >= resource.attributes.size()) return name;
  return fmt::format("{}/{}", name, resource.attributes[address.attribute].name);
}

}  // namespace polc::value
