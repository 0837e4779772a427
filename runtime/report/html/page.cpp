#include "runtime/report/html/page.hpp"

#include <fmt/format.h>

#include "runtime/base/escape.hpp"
#include "runtime/base/hash.hpp"
#include "runtime/base/text.hpp"

namespace polc::report::html {
namespace {

/// Content Security Policy Level 3, section 2.3.1: hash-source.
std::string hash_source(std::string_view text) {
  return fmt::format("'sha256-{}'", base::base64_text(base::sha256(text)));
}

}  // namespace

std::string write_page(const Page& page) {
  std::string policy = fmt::format("default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'",
                                   hash_source(page.style));
  std::string script;
  if (!page.script.empty()) {
    policy += "; script-src " + hash_source(page.script);
    script = fmt::format("<script>{}</script>\n", page.script);
  }
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
      "content=\"no-referrer\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}{}</body>\n</html>\n",
      policy, base::html_text(page.title), page.style, page.body, script);
}

std::string anchor(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || base::is_digit(c) || c == '_' || c == '.') {
      out += c;
    } else if (c == '-') {
      out += "-";
    } else {
      out += fmt::format("-{:02x}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace polc::report::html
