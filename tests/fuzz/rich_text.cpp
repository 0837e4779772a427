// Any bytes as an author's Markdown: out come elements of Markdown alone, and links to the web alone.
#include "runtime/report/html/rich_text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

constexpr std::array<std::string_view, 15> kElements{
    "p", "em", "strong", "code", "pre", "ul", "ol", "li", "a", "br", "hr", "h4", "h5", "h6", "blockquote"};

bool is_known(std::string_view name) {
  for (const std::string_view known : kElements) {
    if (name == known) return true;
  }
  return false;
}

void check(std::string_view html) {
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string_view::npos; ++at) {
    std::string_view tag = html.substr(at + 1, html.find('>', at) - at - 1);
    const bool closes = tag.starts_with('/');
    if (closes) tag.remove_prefix(1);
    const std::string_view name = tag.substr(0, tag.find(' '));
    if (!is_known(name)) std::abort();
    if (name == "a" && !closes && !tag.starts_with("a href=\"http")) std::abort();
    if (tag.find(" on") != std::string_view::npos && name != "a" && name != "code") std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check(polc::report::html::rich_text({reinterpret_cast<const char*>(data), size}, 4));
  return 0;
}
