#include "runtime/derive/iis_redirection.hpp"

#include "runtime/base/casefold.hpp"
#include "runtime/derive/iis_structure.hpp"

namespace polc::derive {

using formats::XmlElement;

tl::expected<std::optional<std::string>, IisStranger> redirected_to(const XmlElement& root) {
  const XmlElement* redirection = nullptr;
  for (const XmlElement& child : root.children) {
    if (child.name == "configSections" || child.name == "configProtectedData") continue;
    if (child.name != "configurationRedirection")
      return tl::unexpected<IisStranger>({&child, "has an unknown element <" + child.name + '>'});
    if (redirection != nullptr)
      return tl::unexpected<IisStranger>({&child, "has <configurationRedirection> twice"});
    redirection = &child;
  }
  if (redirection == nullptr) return std::nullopt;
  if (auto found = attribute_beyond(
          *redirection, {"enabled", "path", "userName", "password", "enableUncPolling", "pollingPeriod"}))
    return tl::unexpected<IisStranger>(std::move(*found));
  if (!redirection->children.empty() || !redirection->text.empty())
    return tl::unexpected<IisStranger>({redirection, "has something inside of <configurationRedirection>"});
  const std::string* enabled = redirection->attribute("enabled");
  if (enabled == nullptr || base::equal_folded(*enabled, "false")) return std::nullopt;
  const std::string* path = redirection->attribute("path");
  return std::optional(path == nullptr ? std::string() : *path);
}

}  // namespace polc::derive
