// Why a small text format (a firewall rule, a security descriptor, a configuration file) could not be read.
// The caller knows where the text stood and turns this into a diagnostic or into Unknown(corrupt).
#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>

namespace polc::formats {

struct ParseError {
  std::size_t offset = 0;  ///< byte offset in the text
  std::string what;        ///< "unknown access right \"XY\"": lower case, no final period; may quote the text

  friend bool operator==(const ParseError&, const ParseError&) = default;
};

template <class T>
using Parsed = tl::expected<T, ParseError>;

inline tl::unexpected<ParseError> parse_error(std::size_t offset, std::string what) {
  return tl::unexpected<ParseError>(ParseError{offset, std::move(what)});
}

}  // namespace polc::formats
