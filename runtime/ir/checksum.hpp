// Checksum of program files: finds accidents, proves nothing about who wrote the file.
#pragma once

#include <cstdint>
#include <string_view>

namespace polc::ir {

/// XXH64 with seed 0 (xxHash specification, "XXH64 algorithm description"). Chosen over a cryptographic hash
/// because it costs a twentieth of the time and a file that anybody can change carries no authentication
/// either way.
std::uint64_t checksum(std::string_view bytes);

}  // namespace polc::ir
