#include "runtime/os/secret_reader.hpp"

#include "runtime/base/limits.hpp"

namespace polc::os {
namespace {

void drop_line_ending(base::SecretBuffer& secret) {
  if (!secret.view().empty() && secret.view().back() == '\n') secret.drop_back(1);
  if (!secret.view().empty() && secret.view().back() == '\r') secret.drop_back(1);
}

}  // namespace

std::optional<base::SecretBuffer> read_secret(const ReadSome& read_some, bool one_line) {
  base::SecretBuffer secret(limits::kSecretBytes + 2);  // room for a line ending
  char buffer[256];
  bool complete = false;
  while (!complete) {
    const long got = read_some(buffer, sizeof buffer);
    const bool fits = got > 0 && secret.append({buffer, static_cast<std::size_t>(got)});
    base::wipe_memory(buffer, sizeof buffer);
    if (got < 0 || (got > 0 && !fits)) return std::nullopt;
    complete = got == 0 || (one_line && secret.view().back() == '\n');
  }
  drop_line_ending(secret);
  if (secret.size() > limits::kSecretBytes) return std::nullopt;
  return secret;
}

}  // namespace polc::os
