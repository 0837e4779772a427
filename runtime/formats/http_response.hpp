// The head of an HTTP/1 answer: status line and header fields (RFC 9112 4 and 5, RFC 9110 5). The body is not read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/formats/parse_error.hpp"

namespace polc::formats {

struct HttpHead {
  std::uint16_t status = 0;  ///< 100..999
  /// Names as sent, values without the space around them, in the order of the answer; repeated names stay apart. Values
  /// are UTF-8; bytes that are not are taken as Windows-1252.
  std::vector<std::pair<std::string, std::string>> fields;
};

/// False as soon as the bytes cannot be the beginning of an HTTP answer, however they go on.
bool may_be_http(std::string_view bytes);

/// Size of the head that the bytes begin with, up to and with its empty line; nullopt while that has not come. Lines end
/// with CR LF or with LF alone.
std::optional<std::size_t> http_head_size(std::string_view bytes);

/// The head of that size. A line that goes on in the next one (obs-fold) is joined with one space. Refused, at the offset:
/// what is no HTTP/1 answer, a name that is no token or is followed by space, control characters, a CR without LF, and
/// more than limits::kHttpFields fields or limits::kHttpHeadBytes bytes.
Parsed<HttpHead> parse_http_head(std::string_view head);

}  // namespace polc::formats
