// Any bytes as the answers of an HTTP server, one head after the other: read or refused within their bounds.
#include "runtime/formats/http_response.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

void check_head(std::string_view head) {
  const auto answer = polc::formats::parse_http_head(head);
  if (!answer) return check(answer.error().offset <= head.size());
  check(polc::formats::may_be_http(head) && answer->status >= 100 && answer->status <= 999);
  check(answer->fields.size() <= polc::limits::kHttpFields);
  for (const auto& [name, value] : answer->fields) {
    check(!name.empty() && !polc::base::find_invalid_utf8(value));
    check(value.find_first_of("\r\n") == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_head(bytes);
  while (const auto head = polc::formats::http_head_size(bytes)) {
    check(*head > 0 && *head <= bytes.size());
    check_head(bytes.substr(0, *head));
    bytes.remove_prefix(*head);
  }
  return 0;
}
