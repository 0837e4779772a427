#include "runtime/value/address_key.hpp"

#include "runtime/value/canonical.hpp"

namespace polc::value {

std::string address_key(const Address& address) {
  const ResourceInfo& info = resource_info(address.resource);
  std::string key = std::to_string(static_cast<unsigned>(address.resource));
  key += '.' + std::to_string(static_cast<unsigned>(address.attribute));
  for (std::size_t i = 0; i < address.arguments.size(); ++i) {
    const TypeKind kind = info.parameters[i].type.kind;
    const auto* text = address.arguments[i].get<std::string>();
    key.push_back('\0');
    if (text == nullptr) {
      key += to_text(address.arguments[i]);
    } else {
      key += kind == TypeKind::Name || kind == TypeKind::Path ? folded(*text) : *text;
    }
  }
  return key;
}

}  // namespace polc::value
