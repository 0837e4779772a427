// Reads a secret from wherever its bytes come; private to runtime/os.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "runtime/base/secret.hpp"

namespace polc::os {

/// Fills the buffer with the next bytes; 0 at the end, negative on failure.
using ReadSome = std::function<long(char* buffer, std::size_t size)>;

/// Reads to the end, or to the end of the first line when a person types. One trailing line ending is dropped.
/// nullopt when reading fails or there is more than limits::kSecretBytes.
std::optional<base::SecretBuffer> read_secret(const ReadSome& read_some, bool one_line);

}  // namespace polc::os
