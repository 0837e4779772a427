// Any bytes as the text files that Windows programs leave: what is decoded is UTF-8, and each reader reads or refuses it
// with a place inside of it.
#include "runtime/formats/windows_text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "runtime/base/text.hpp"
#include "runtime/formats/csv.hpp"
#include "runtime/formats/inf.hpp"
#include "runtime/formats/reg_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto decoded = polc::formats::decode_windows_text(bytes);
  if (!decoded) {
    if (decoded.error().offset > size) std::abort();
    return 0;
  }
  const std::string& text = decoded->text;
  if (polc::base::find_invalid_utf8(text)) std::abort();
  const auto inf = polc::formats::parse_inf(text);
  if (!inf && inf.error().offset > text.size()) std::abort();
  const auto csv = polc::formats::parse_csv(text);
  if (!csv && csv.error().offset > text.size()) std::abort();
  const auto reg = polc::formats::parse_reg_file(text);
  if (!reg && reg.error().offset > text.size()) std::abort();
  return 0;
}
