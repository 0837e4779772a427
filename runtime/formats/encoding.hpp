// What every text format needs to hold before its own rules apply.
#pragma once

#include <cstddef>
#include <string_view>

#include "runtime/base/diagnostic.hpp"

namespace polc::formats {

/// Bytes of a leading UTF-8 byte order mark: 3 or 0.
std::size_t byte_order_mark(std::string_view text);

/// False, and reported, for a text of more than `limit` bytes and for UTF-16, which is told by its byte order
/// mark or by a zero among the first two bytes.
[[nodiscard]] bool check_size_and_marks(std::string_view text, std::size_t limit, base::FileId file,
                                        base::DiagnosticSink& sink);

/// False, and reported with its place, for a text that is not well-formed UTF-8.
[[nodiscard]] bool check_utf8(std::string_view text, base::FileId file, base::DiagnosticSink& sink);

}  // namespace polc::formats
