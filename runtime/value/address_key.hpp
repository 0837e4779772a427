// Addresses as keys of tables.
#pragma once

#include <string>

#include "runtime/value/fact_table.hpp"

namespace polc::value {

/// Equal for two spellings of one address: names and paths fold, texts do not. For tables, not for people.
std::string address_key(const Address& address);

}  // namespace polc::value
