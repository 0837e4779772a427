// A secret in memory: one buffer, never copied, wiped when it goes.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace polc::base {

/// Fixed-capacity byte buffer for a secret. It never reallocates (no stray copies on the heap), cannot be copied,
/// and is zeroed on destruction and when moved from. Keeping it out of core files and swap is the OS layer's part.
class SecretBuffer {
 public:
  explicit SecretBuffer(std::size_t capacity);
  ~SecretBuffer();
  SecretBuffer(SecretBuffer&& other) noexcept;
  SecretBuffer& operator=(SecretBuffer&& other) noexcept;
  SecretBuffer(const SecretBuffer&) = delete;
  SecretBuffer& operator=(const SecretBuffer&) = delete;

  /// False, and nothing stored, when the capacity is exceeded.
  [[nodiscard]] bool append(std::string_view bytes);

  /// Drops `count` bytes at the end and wipes them.
  void drop_back(std::size_t count);

  /// Valid until the next change; must not be stored or copied.
  std::string_view view() const { return {bytes_.data(), size_}; }
  std::size_t size() const { return size_; }

 private:
  void wipe();

  std::vector<char> bytes_;
  std::size_t size_ = 0;
};

/// Overwrites memory in a way that the optimiser must keep.
void wipe_memory(void* memory, std::size_t bytes);

}  // namespace polc::base
