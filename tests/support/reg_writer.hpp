// Registry evidence as the text that regedit imports, and evidence to try it with.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/value/evidence.hpp"

namespace polc::test {

/// A .reg file of the keys that are present and their values, "Windows Registry Editor Version 5.00": UTF-16LE with its
/// mark, and lines of bytes that are continued as regedit does it.
std::string reg_file(const value::RegistryEvidence& registry);

/// Bytes of the data as the registry keeps them.
std::string stored_bytes(const value::RegistryData& data);

/// Keys below `root` ("HKLM\SOFTWARE\X") with values of every type, their borders, and names of every kind; the same for
/// the same seed. Texts have line breaks unless told otherwise: Wine's regedit exports those as "\r\n", which Windows' own
/// does not know.
value::RegistryEvidence made_up_registry(const std::string& root, std::uint32_t seed,
                                         bool line_breaks = true);

/// One line for each key and value, in order, for comparing what two readers found below `root`.
std::string registry_text(const value::RegistryEvidence& registry, const std::string& root);

}  // namespace polc::test
