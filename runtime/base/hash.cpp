#include "runtime/base/hash.hpp"

#include <mbedtls/sha1.h>
#include <mbedtls/sha256.h>
#include <mbedtls/version.h>

namespace polc::base {
namespace {

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

// The one-shot functions fail only where an alternative hardware implementation is plugged into mbed TLS; the
// software ones always succeed. Version 3 dropped the `_ret` suffix of version 2.
Sha1 sha1(std::string_view bytes) {
  Sha1 digest{};
#if MBEDTLS_VERSION_MAJOR >= 3
  mbedtls_sha1(data_of(bytes), bytes.size(), digest.data());
#else
  mbedtls_sha1_ret(data_of(bytes), bytes.size(), digest.data());
#endif
  return digest;
}

Sha256 sha256(std::string_view bytes) {
  Sha256 digest{};
  constexpr int kNot224 = 0;
#if MBEDTLS_VERSION_MAJOR >= 3
  mbedtls_sha256(data_of(bytes), bytes.size(), digest.data(), kNot224);
#else
  mbedtls_sha256_ret(data_of(bytes), bytes.size(), digest.data(), kNot224);
#endif
  return digest;
}

std::string hex_text(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    text.push_back(kDigits[byte >> 4U]);
    text.push_back(kDigits[byte & 0xFU]);
  }
  return text;
}

std::string base64_text(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::size_t kGroup = 3;
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += kGroup) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < kGroup; ++k) group = group << 8U | (i + k < bytes.size() ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k <= kGroup; ++k)
      text.push_back(i + k > bytes.size() ? '=' : kDigits[group >> (6U * (kGroup - k)) & 0x3FU]);
  }
  return text;
}

}  // namespace polc::base
