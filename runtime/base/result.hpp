// Errors are values. A function that can fail returns Result<T>; the error is a diagnostic ready to be shown.
#pragma once

#include <tl/expected.hpp>

#include "runtime/base/diagnostic.hpp"

namespace polc::base {

template <class T>
using Result = tl::expected<T, Diagnostic>;

inline tl::unexpected<Diagnostic> failure(Diagnostic diagnostic) {
  return tl::unexpected<Diagnostic>(std::move(diagnostic));
}

}  // namespace polc::base
