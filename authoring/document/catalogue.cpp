#include <fmt/format.h>

#include "authoring/document/document.hpp"
#include "runtime/value/resource.hpp"

namespace polc::document {
namespace {

using Kind = Block::Kind;

std::string signature(const value::ResourceInfo& resource) {
  std::string out(resource.name);
  if (resource.parameters.empty()) return out;
  out += '(';
  std::string_view separator;
  for (const value::ParameterInfo& parameter : resource.parameters) {
    out += fmt::format("{}{}{}: {}", separator, parameter.name, parameter.required ? "" : "?",
                       value::type_name(parameter.type));
    separator = ", ";
  }
  return out + ")";
}

/// The type of a Group Policy setting is its own.
std::string attribute_type(const value::AttributeInfo& attribute) {
  return attribute.type.kind == value::TypeKind::None ? "the setting's" : value::type_name(attribute.type);
}

Block parameters(const value::ResourceInfo& resource) {
  Block block{Kind::Table, "Parameters", {}, {{"Parameter", "Type", "Needed", "Meaning"}}};
  for (const value::ParameterInfo& parameter : resource.parameters)
    block.rows.push_back({std::string(parameter.name), value::type_name(parameter.type),
                          parameter.required ? "yes" : "no", std::string(parameter.doc)});
  return block;
}

Block attributes(const value::ResourceInfo& resource) {
  Block block{Kind::Table, "Attributes", {}, {{"Attribute", "Type", "May be absent", "Meaning"}}};
  for (value::AttributeId id = 0; id < resource.attributes.size(); ++id) {
    const value::AttributeInfo& attribute = resource.attributes[id];
    std::string meaning(attribute.doc);
    if (resource.primary == id) meaning += "; meant when none is written";
    if (attribute.sensitive) meaning += "; never shown";
    block.rows.push_back({std::string(attribute.name), attribute_type(attribute),
                          attribute.total ? "no" : "yes", std::move(meaning)});
  }
  return block;
}

Entry entry(const value::ResourceInfo& resource) {
  Entry entry{std::string(resource.name), std::string(resource.doc), {}, {}};
  entry.blocks.push_back({Kind::Code, {}, signature(resource), {}});
  if (!resource.parameters.empty()) entry.blocks.push_back(parameters(resource));
  entry.blocks.push_back(attributes(resource));
  std::string sections;
  for (const value::EvidenceSection section : resource.evidence) {
    entry.facets.emplace_back("Evidence", value::section_name(section));
    sections += (sections.empty() ? "" : ", ") + std::string(value::section_name(section));
  }
  const std::string privilege =
      resource.privilege.empty() ? "nothing special" : std::string(resource.privilege);
  entry.blocks.push_back(
      {Kind::Text, {}, fmt::format("Evidence: {}. Reading it live needs {}.", sections, privilege), {}});
  entry.blocks.push_back({Kind::Code, "Example", std::string(resource.example), {}});
  return entry;
}

Entry entry(const value::EnumInfo& enumeration) {
  Block members{Kind::List, {}, {}, {}};
  for (const std::string_view member : enumeration.members) members.rows.push_back({std::string(member)});
  return {std::string(enumeration.name), std::string(enumeration.doc), {}, {std::move(members)}};
}

Entry entry(const value::RecordInfo& record) {
  Block fields{Kind::Table, {}, {}, {{"Field", "Type", "May be absent"}}};
  for (const value::FieldInfo& field : record.fields)
    fields.rows.push_back(
        {std::string(field.name), value::type_name(field.type), field.total ? "no" : "yes"});
  Entry out{std::string(record.name), "a row", {}, {std::move(fields)}};
  if (record.open) out.blocks.push_back({Kind::Text, {}, "Further fields are text.", {}});
  return out;
}

}  // namespace

Document catalogue_document() {
  Document document{"Resources", {}, {"Evidence"}, {}};
  document.introduction.push_back(
      {Kind::Text, {}, "What a policy can ask about a host. `?` marks what may be left out of a call.", {}});
  Section resources{"Resources", {}, {}};
  for (const value::ResourceInfo& resource : value::resource_catalogue())
    resources.entries.push_back(entry(resource));
  Section enumerations{"Enumerations", "Words that attributes may be.", {}};
  for (const value::EnumInfo& enumeration : value::enumerations())
    enumerations.entries.push_back(entry(enumeration));
  Section rows{"Rows", "What lists consist of.", {}};
  for (const value::RecordInfo& record : value::records()) rows.entries.push_back(entry(record));
  document.sections = {std::move(resources), std::move(enumerations), std::move(rows)};
  return document;
}

}  // namespace polc::document
