// redirection.config: whether the configuration of a server is shared, and then lies elsewhere.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "runtime/derive/iis_recognition.hpp"

namespace polc::derive {

/// The folder whose applicationHost.config is in force, by the root element of redirection.config; nullopt: the local
/// one. An error is what IIS would refuse: what such a file means cannot be told.
tl::expected<std::optional<std::string>, IisStranger> redirected_to(const formats::XmlElement& root);

}  // namespace polc::derive
