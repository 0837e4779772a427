// Registry data from constants: what `dword(1)`, `sz("x")` and the fields of settings mean.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/value/value.hpp"

namespace polc::compiler {

/// Data of the given type; nullopt when the value does not fit it. Numbers make REG_DWORD and REG_QWORD, texts
/// REG_SZ and REG_EXPAND_SZ, lists of texts REG_MULTI_SZ, hexadecimal texts REG_BINARY.
std::optional<value::RegistryData> registry_data(const value::Value& value, value::RegistryType type);

/// "dword", "multi_sz": as written in a setting; nullopt for other words.
std::optional<value::RegistryType> registry_type_named(std::string_view word);

}  // namespace polc::compiler
