// Types of the IIS configuration: sections, attributes and collections of its schema.
#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/semantics.hpp"

namespace polc::compiler {

using value::ResourceKind;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

// Parameters of iis and iis_list, as the catalogue orders them.
enum IisParameter : std::size_t { kSection, kAttribute };

std::vector<std::string_view> names_of(const std::vector<value::IisAttribute>& attributes) {
  std::vector<std::string_view> names;
  for (const value::IisAttribute& attribute : attributes) names.push_back(attribute.name);
  return names;
}

}  // namespace

/// The schema's element of a section argument; nullptr after an error.
const value::IisElement* Checker::iis_element(NodeId node, ExprId& section) {
  const Value* constant = expressions_.constant_value(section);
  if (constant == nullptr) {
    fail(diag::NotConstant{}.at(place(node)));
    return nullptr;
  }
  const std::string written = *constant->get<std::string>();
  const value::IisElement* element = value::find_iis_element(written);
  if (element == nullptr) {
    const std::string suggestion(value::nearest_iis_element(written));
    base::Diagnostic problem = diag::UnknownIisSection{.section = written, .suggestion = suggestion}.at(
        expressions_.clause_span(section));
    if (!suggestion.empty() && scope_.expansion == 0)
      problem.fixes.push_back({at(section).origin.span, "'" + suggestion + "'"});
    fail(std::move(problem));
    return nullptr;
  }
  section = expressions_.constant(Value(element->path), at(section).type, at(section).origin);
  return element;
}

/// `iis` alone is the web server; with a section and an attribute it is a value of the schema's type.
bool Checker::type_iis(NodeId node, std::vector<ExprId>& arguments, FactSource& source, Type& type) {
  if (source.resource == ResourceKind::IisList) {
    source.iis = iis_element(node, arguments[kSection]);
    if (source.iis == nullptr || source.iis->collection) return source.iis != nullptr;
    fail(diag::NotAnIisCollection{.section = source.iis->path}.at(place(node)));
    return false;
  }
  const bool has_section = !is_omitted(arguments[kSection]);
  const bool has_attribute = !is_omitted(arguments[kAttribute]);
  if (has_section != has_attribute) {
    fail(diag::ArgumentMissing{.name = has_section ? "attribute" : "section",
                               .object = "iis",
                               .doc = "a section and an attribute of it belong together",
                               .example = std::string(value::resource_info(ResourceKind::Iis).example)}
             .at(place(node)));
    return false;
  }
  if (!has_section) return true;
  source.iis = iis_element(node, arguments[kSection]);
  if (source.iis == nullptr) return false;
  const Value* constant = expressions_.constant_value(arguments[kAttribute]);
  if (constant == nullptr) {
    fail(diag::NotConstant{}.at(place(node)));
    return false;
  }
  const std::string written = *constant->get<std::string>();
  source.iis_attribute = value::find_iis_attribute(source.iis->attributes, written);
  if (source.iis_attribute == nullptr) {
    fail(diag::UnknownIisAttribute{.attribute = written,
                                   .section = source.iis->path,
                                   .hint = advice(written, names_of(source.iis->attributes))}
             .at(expressions_.clause_span(arguments[kAttribute])));
    return false;
  }
  arguments[kAttribute] = expressions_.constant(Value(std::string(source.iis_attribute->name)),
                                                value::simple(TypeKind::Text), origin(node));
  type = value::iis_type(*source.iis_attribute);
  return true;
}

/// An attribute of an element of a collection.
ExprId Checker::iis_field(NodeId node, ExprId record, std::string_view name) {
  const value::IisElement* element =
      at(record).kind == ExprKind::Variable ? expressions_.variable(at(record).data).iis : nullptr;
  if (element == nullptr)
    return expressions_.field(record, std::string(name), value::simple(TypeKind::Text), origin(node));
  const value::IisCollection& collection = *element->collection;
  if (const value::IisAttribute* attribute = value::find_iis_attribute(collection.attributes, name)) {
    const ExprId field =
        expressions_.field(record, std::string(attribute->name), value::iis_type(*attribute), origin(node));
    if (attribute->key || attribute->fallback) expressions_.set_total(field);
    return field;
  }
  const bool is_element_name = name == "element" && collection.add.size() > 1;
  if (is_element_name || collection.open)
    return expressions_.field(record, std::string(name), value::simple(TypeKind::Text), origin(node));
  std::vector<std::string_view> known = names_of(collection.attributes);
  const NodeId word = tree().child(node, 1);
  return fail(with_nearest(
      diag::UnknownIisAttribute{
          .attribute = std::string(name), .section = element->path, .hint = advice(name, known)}
          .at(place(word)),
      name, known));
}

/// The schema's attribute that an expression reads; nullptr for other expressions.
const value::IisAttribute* Checker::iis_attribute_of(ExprId id) const {
  const Expr& e = at(id);
  if (e.kind == ExprKind::Fact) return expressions_.source_of(e).iis_attribute;
  if (e.kind != ExprKind::Field) return nullptr;
  const Expr& record = at(expressions_.operand(id, 0));
  if (record.kind != ExprKind::Variable) return nullptr;
  const value::IisElement* element = expressions_.variable(record.data).iis;
  if (element == nullptr) return nullptr;
  return value::find_iis_attribute(element->collection->attributes, expressions_.name_of(e));
}

/// Words beside an enumeration of the schema must be among its members.
void Checker::check_iis_words(NodeId node, ExprId fact, ExprId constant) {
  const value::IisAttribute* attribute = iis_attribute_of(fact);
  const Value* value = expressions_.constant_value(constant);
  if (attribute == nullptr || attribute->members.empty() || value == nullptr) return;
  const auto check = [&](const Value& v) {
    const auto* word = v.get<std::string>();
    const auto& members = attribute->members;
    if (word == nullptr || std::any_of(members.begin(), members.end(), [&](std::string_view member) {
          return base::equal_folded(member, *word);
        })) {
      return;
    }
    fail(diag::UnknownMember{
        .word = *word, .type = std::string(attribute->name), .hint = advice(*word, members)}
             .at(place(node)));
  };
  check(*value);
  if (const auto* set = value->get<value::SetValue>()) std::for_each(set->low.begin(), set->low.end(), check);
}

}  // namespace polc::compiler
