// Message digests: SHA-1 where Windows uses it (service and application pool SIDs, breach lists), SHA-256 for
// fingerprints and file identities.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace polc::base {

using Sha1 = std::array<std::uint8_t, 20>;
using Sha256 = std::array<std::uint8_t, 32>;

Sha1 sha1(std::string_view bytes);
Sha256 sha256(std::string_view bytes);

/// Lower-case hexadecimal, two digits a byte.
std::string hex_text(std::span<const std::uint8_t> bytes);

/// Base64 with padding (RFC 4648, section 4).
std::string base64_text(std::span<const std::uint8_t> bytes);

}  // namespace polc::base
