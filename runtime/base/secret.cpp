#include "runtime/base/secret.hpp"

#include <mbedtls/platform_util.h>

#include <algorithm>
#include <utility>

namespace polc::base {

void wipe_memory(void* memory, std::size_t bytes) {
  mbedtls_platform_zeroize(memory, bytes);
}

SecretBuffer::SecretBuffer(std::size_t capacity) : bytes_(capacity) {}

SecretBuffer::~SecretBuffer() {
  wipe();
}

SecretBuffer::SecretBuffer(SecretBuffer&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

SecretBuffer& SecretBuffer::operator=(SecretBuffer&& other) noexcept {
  if (this != &other) {
    wipe();
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
  }
  return *this;
}

bool SecretBuffer::append(std::string_view bytes) {
  if (bytes.size() > bytes_.size() - size_) return false;
  std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
  size_ += bytes.size();
  return true;
}

void SecretBuffer::drop_back(std::size_t count) {
  const std::size_t dropped = std::min(count, size_);
  size_ -= dropped;
  wipe_memory(bytes_.data() + size_, dropped);
}

void SecretBuffer::wipe() {
  if (!bytes_.empty()) wipe_memory(bytes_.data(), bytes_.size());
  size_ = 0;
}

}  // namespace polc::base
