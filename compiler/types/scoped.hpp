// Restores a variable at the end of a scope.
#pragma once

#include <utility>

namespace polc::compiler {

template <class T>
class Scoped {
 public:
  Scoped(T& target, T value) : target_(target), saved_(std::exchange(target, std::move(value))) {}
  ~Scoped() { target_ = std::move(saved_); }
  Scoped(const Scoped&) = delete;
  Scoped& operator=(const Scoped&) = delete;

 private:
  T& target_;
  T saved_;
};

}  // namespace polc::compiler
