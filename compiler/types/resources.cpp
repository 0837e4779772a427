// Resources: calls, attributes, Group Policy settings, IIS attributes.
#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::compiler {

using value::ResourceKind;
using value::Type;
using value::TypeKind;
using value::Value;

namespace {

Type input_type(const SettingElement& element) {
  if (!element.options.empty()) return value::simple(TypeKind::Text);
  switch (element.type) {
    case value::RegistryType::Sz:
    case value::RegistryType::ExpandSz:
      return value::simple(TypeKind::Text);
    case value::RegistryType::MultiSz:
      return value::list_of(TypeKind::Text);
    default:
      return value::simple(TypeKind::Int);
  }
}

}  // namespace

/// A resource by name, with or without arguments. No attribute is chosen yet: it stands for its primary one.
ExprId Checker::resource(NodeId node, const value::ResourceInfo& info) {
  std::vector<ExprId> found;
  if (!arguments(node, info, found)) return kErrorExpr;
  FactSource source;
  source.resource = info.kind;
  source.attribute = info.primary.value_or(kNoAttribute);
  if (info.kind == ResourceKind::Gpo) return gpo(node, source, std::move(found));
  Type type = info.primary ? info.attributes[*info.primary].type : Type{};
  const bool iis = info.kind == ResourceKind::Iis || info.kind == ResourceKind::IisList;
  if (iis && !type_iis(node, found, source, type)) return kErrorExpr;
  const ExprId fact = expressions_.fact(source, type, origin(node), found);
  if (info.primary && info.attributes[*info.primary].total) expressions_.set_total(fact);
  return fact;
}

ExprId Checker::gpo(NodeId node, FactSource source, std::vector<ExprId> arguments) {
  const NodeId written = tree().child(node, 1);
  const Value* path = expressions_.constant_value(arguments[kGpoSetting]);
  if (path == nullptr) return fail(diag::NotConstant{}.at(place(written)));
  const Setting* setting = find_setting(written, *path->get<std::string>());
  if (setting == nullptr) return kErrorExpr;
  if (!is_omitted(arguments[kGpoOption])) return fail(diag::OptionIsAMember{}.at(place(node)));
  const bool has_user = !is_omitted(arguments[kGpoUser]);
  const bool needs_user = setting->scope == ir::Scope::User;
  if (has_user != needs_user) {
    if (needs_user)
      return fail(diag::UserNeeded{.what = "a setting below User Configuration"}.at(place(node)));
    return fail(diag::UserNotAllowed{.what = "a setting below Computer Configuration"}.at(place(node)));
  }
  arguments[kGpoSetting] =
      expressions_.constant(Value(setting->path), value::simple(TypeKind::Text), origin(written));
  source.setting = setting;
  return expressions_.fact(source, setting->type, origin(node), arguments);
}

const Setting* Checker::find_setting(NodeId node, const std::string& path) {
  const std::vector<const Setting*> found = settings_.find(path);
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    std::vector<std::string_view> paths;
    for (const Setting* setting : found) paths.push_back(setting->path);
    base::Diagnostic problem =
        diag::SettingIsAmbiguous{.path = path,
                                 .count = std::to_string(found.size()),
                                 .candidates = fmt::format("\"{}\"", fmt::join(paths, "\", \""))}
            .at(place(node));
    fail(std::move(problem));
    return nullptr;
  }
  if (settings_.all().empty()) {
    fail(diag::NoSettings{.path = path}.at(place(node)));
    return nullptr;
  }
  const bool backslash = path.find('\\') != std::string::npos;
  std::string with_slashes = path;
  std::replace(with_slashes.begin(), with_slashes.end(), '\\', '/');
  const std::string_view nearest =
      backslash && settings_.find(with_slashes).size() == 1 ? with_slashes : settings_.nearest(path);
  base::Diagnostic problem =
      diag::UnknownSetting{.path = path, .suggestion = std::string(nearest)}.at(place(node));
  if (!nearest.empty() && scope_.expansion == 0)
    problem.fixes.push_back({place(node), "\"" + std::string(nearest) + "\""});
  fail(std::move(problem));
  return nullptr;
}

/// `gpo(...).option("label")`: the input of an enabled setting that has this label.
ExprId Checker::gpo_option(NodeId node, ExprId fact) {
  const FactSource source = expressions_.source_of(at(fact));
  if (!check_argument_count(node, 1)) return kErrorExpr;
  const NodeId argument = tree().child(node, 1);
  const ExprId label_id = value(argument, Expected::of(value::simple(TypeKind::Text)));
  if (label_id == kErrorExpr) return kErrorExpr;
  const Value* label = expressions_.constant_value(label_id);
  if (label == nullptr) return fail(diag::NotConstant{}.at(place(argument)));
  std::vector<std::string_view> labels;
  for (const SettingElement& element : source.setting->elements) {
    labels.push_back(element.label);
    if (element.label != *label->get<std::string>()) continue;
    FactSource option = source;
    option.attribute = *value::find_attribute(value::resource_info(ResourceKind::Gpo), "option");
    option.attribute_written = true;
    option.element = &element;
    std::vector<ExprId> arguments = expressions_.operands(fact);
    arguments[kGpoOption] = label_id;
    return expressions_.fact(option, input_type(element), origin(node), arguments);
  }
  return fail(with_nearest_text(diag::UnknownElement{.label = *label->get<std::string>(),
                                                     .setting = source.setting->path,
                                                     .hint = advice(*label->get<std::string>(), labels)}
                                    .at(place(argument)),
                                *label->get<std::string>(), labels));
}

ExprId Checker::attribute(NodeId node, ExprId fact, std::string_view name) {
  return attribute_at(tree().child(node, 1), fact, name, origin(node));
}

ExprId Checker::attribute_at(NodeId word, ExprId fact, std::string_view name, Origin origin) {
  const FactSource source = expressions_.source_of(at(fact));
  const value::ResourceInfo& info = value::resource_info(source.resource);
  const auto found = value::find_attribute(info, name);
  if (source.resource == ResourceKind::Gpo && name == "option")
    return fail(diag::OptionIsAMember{}.at(place(word)));
  if (found) return with_attribute(fact, *found, origin);
  std::vector<std::string_view> known;
  for (const value::AttributeInfo& attribute : info.attributes) known.push_back(attribute.name);
  return fail(with_nearest(
      diag::UnknownAttribute{
          .name = std::string(name), .object = std::string(info.name), .hint = advice(name, known)}
          .at(place(word)),
      name, known));
}

ExprId Checker::with_attribute(ExprId fact, value::AttributeId attribute, Origin origin) {
  FactSource source = expressions_.source_of(at(fact));
  const value::AttributeInfo& info = value::resource_info(source.resource).attributes[attribute];
  source.attribute = attribute;
  source.attribute_written = true;
  const bool typed_by_setting = source.setting != nullptr && attribute == kGpoValue;
  const Type type = typed_by_setting ? source.setting->type : info.type;
  const ExprId result = expressions_.fact(source, type, origin, expressions_.operands(fact));
  if (info.total) expressions_.set_total(result);
  return result;
}

void Checker::report_attribute_needed(NodeId node, ExprId fact) {
  const value::ResourceInfo& info = value::resource_info(expressions_.source_of(at(fact)).resource);
  std::vector<std::string_view> known;
  for (const value::AttributeInfo& attribute : info.attributes) known.push_back(attribute.name);
  fail(diag::AttributeNeeded{.object = std::string(info.name), .known = joined(known)}.at(place(node)));
}

/// The class of the object that an expression is about, for the names of its access rights.
std::optional<value::ObjectClass> Checker::object_class_of(ExprId id) const {
  const Expr& e = at(id);
  ResourceKind kind;
  if (e.kind == ExprKind::Fact) {
    kind = expressions_.source_of(e).resource;
  } else if (e.kind == ExprKind::Variable) {
    kind = expressions_.variable(e.data).source;
  } else {
    return e.operand_count > 0 ? object_class_of(expressions_.operand(id, 0)) : std::nullopt;
  }
  switch (kind) {
    case ResourceKind::ShareAcl:
      return value::ObjectClass::Share;
    case ResourceKind::RegistryAcl:
      return value::ObjectClass::RegistryKey;
    case ResourceKind::Acl:
      return value::ObjectClass::File;
    default:
      return std::nullopt;
  }
}

}  // namespace polc::compiler
