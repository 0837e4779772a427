// Normal forms of arguments: two spellings of one object become one address.
#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "compiler/types/checker.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/value/canonical.hpp"
#include "runtime/value/http_request.hpp"

namespace polc::compiler {

using value::ResourceKind;
using value::Value;

/// A variable over written texts: each of them must have a normal form too.
bool Checker::canonical_elements(NodeId node, const value::ResourceInfo& info, std::size_t parameter,
                                 ExprId variable) {
  const ExprId collection = expressions_.variable(at(variable).data).collection;
  const Value* constant = expressions_.constant_value(collection);
  if (constant == nullptr) return true;
  Value canonical = *constant;
  const auto rewrite = [&](std::vector<Value>& elements) {
    return std::all_of(elements.begin(), elements.end(), [&](Value& element) {
      return canonical_argument(node, info.kind, parameter, element);
    });
  };
  if (auto* list = std::get_if<value::ListValue>(&canonical.data)) {
    if (!rewrite(list->items)) return false;
  } else if (auto* set = std::get_if<value::SetValue>(&canonical.data)) {
    std::vector<Value> elements = set->low;
    if (!rewrite(elements)) return false;
    canonical = Value(value::SetValue::exactly(std::move(elements)));
  }
  expressions_.replace_value(collection, std::move(canonical));
  return true;
}

bool Checker::canonical_argument(NodeId node, ResourceKind resource, std::size_t parameter, Value& value) {
  if (value.empty()) return true;
  const value::ResourceInfo& info = value::resource_info(resource);
  const auto* written = value.get<std::string>();
  const std::string_view name = info.parameters[parameter].name;
  if (written == nullptr) return name != "view" || check_view(node, value);
  const std::string text = *written;
  std::optional<std::string> canonical;
  switch (resource) {
    case ResourceKind::Registry:
    case ResourceKind::RegistryKey:
    case ResourceKind::RegistryAcl:
      if (name == "value") {
        canonical = value::canonical_value_name(text);
        break;
      }
      canonical = value::canonical_registry_key(text);
      if (canonical) break;
      fail(diag::BadRegistryKey{.key = text, .suggestion = std::string(value::nearest_hive(text))}.at(
          place(node)));
      return false;
    case ResourceKind::Acl:
      canonical = value::canonical_file_path(text);
      if (canonical) break;
      fail(diag::BadFilePath{.path = text}.at(place(node)));
      return false;
    case ResourceKind::Iis:
    case ResourceKind::IisList:
      canonical = name == "at" ? value::canonical_iis_path(text) : std::optional(text);
      break;
    case ResourceKind::Service:
      canonical = value::canonical_service_name(text);
      break;
    case ResourceKind::UserRight:
      return canonical_privilege(node, value);
    case ResourceKind::Audit:
      return canonical_subcategory(node, value);
    case ResourceKind::Tls:
      return canonical_protocol(node, value);
    case ResourceKind::Http:
      if (name == "url") return check_web_address(node, text);
      if (name == "method") canonical = value::safe_http_method(text);
      if (name == "host" && value::is_host_header(text)) canonical = text;
      if (name == "version" && value::is_http_version(text)) canonical = text;
      break;
    default:
      canonical = text;
      break;
  }
  if (!canonical || (canonical->empty() && info.parameters[parameter].required && name != "value")) {
    fail(diag::BadArgument{
        .text = text, .name = std::string(name), .doc = std::string(info.parameters[parameter].doc)}
             .at(place(node)));
    return false;
  }
  value = Value(std::move(*canonical));
  return true;
}

bool Checker::check_web_address(NodeId node, const std::string& url) {
  if (!base::is_web_uri(url)) {
    fail(diag::BadUrl{.url = url}.at(place(node)));
    return false;
  }
  const auto address = value::parse_web_address(url);
  if (address) return true;
  fail(diag::UnusableUrl{.url = url, .why = address.error()}.at(place(node)));
  return false;
}

bool Checker::check_view(NodeId node, const Value& value) {
  const auto* number = value.get<value::Number>();
  if (number != nullptr && (number->low == value::Integer::of(32) || number->low == value::Integer::of(64)))
    return true;
  fail(diag::BadView{}.at(place(node)));
  return false;
}

bool Checker::canonical_privilege(NodeId node, Value& value) {
  const std::string& written = *value.get<std::string>();
  if (const value::PrivilegeInfo* privilege = value::find_privilege(written)) {
    value = Value(std::string(privilege->name));
    return true;
  }
  std::vector<std::string_view> known;
  for (const value::PrivilegeInfo& privilege : value::privileges()) known.push_back(privilege.name);
  std::string suggestion(base::nearest(written, known));
  for (const value::PrivilegeInfo& privilege : value::privileges()) {
    if (base::equal_folded(privilege.policy_name, written)) suggestion = privilege.name;
  }
  fail(diag::UnknownPrivilege{.name = written, .suggestion = suggestion}.at(place(node)));
  return false;
}

bool Checker::canonical_subcategory(NodeId node, Value& value) {
  const std::string& written = *value.get<std::string>();
  const std::string guid = value::canonical_guid(written).value_or("");
  std::vector<std::string_view> known;
  for (const value::AuditSubcategory& subcategory : value::audit_subcategories()) {
    known.push_back(subcategory.name);
    if (!base::equal_folded(subcategory.name, written) && subcategory.guid != guid) continue;
    value = Value(std::string(subcategory.name));
    return true;
  }
  fail(diag::UnknownSubcategory{.name = written, .suggestion = std::string(base::nearest(written, known))}.at(
      place(node)));
  return false;
}

bool Checker::canonical_protocol(NodeId node, Value& value) {
  const std::string& written = *value.get<std::string>();
  static const std::vector<std::string_view> known{"SSL 2.0", "SSL 3.0", "TLS 1.0",  "TLS 1.1",
                                                   "TLS 1.2", "TLS 1.3", "DTLS 1.0", "DTLS 1.2"};
  for (const std::string_view protocol : known) {
    if (!base::equal_folded(protocol, written)) continue;
    value = Value(std::string(protocol));
    return true;
  }
  fail(with_nearest_text(
      diag::UnknownProtocol{.name = written, .hint = advice(written, known)}.at(place(node)), written,
      known));
  return false;
}

}  // namespace polc::compiler
