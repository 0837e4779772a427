// Registry.pol of one half of a Group Policy object: its instructions, carried out.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/backends/gpo/half.hpp"
#include "runtime/backends/registry_builder.hpp"

namespace polc::backends::gpo {

/// `file` is what origins call it; they name the entry. The result is why the half is not known, with the offset: the
/// file is damaged, or an entry names what can be no key. Nothing of a damaged file is used.
std::optional<value::Unknown> read_registry_policy(std::string_view bytes, Half half, std::string_view file,
                                                   value::Evidence& evidence, RegistryBuilder& registry);

}  // namespace polc::backends::gpo
