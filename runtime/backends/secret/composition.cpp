#include "runtime/backends/secret/composition.hpp"

#include <utf8proc.h>

#include <algorithm>

#include "runtime/base/hash.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"

namespace polc::backends {
namespace {

struct Classes {
  bool upper = false;
  bool lower = false;
  bool digit = false;
  bool symbol = false;

  void note(char32_t character) {
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
      case UTF8PROC_CATEGORY_LU:
      case UTF8PROC_CATEGORY_LT:
        upper = true;
        break;
      case UTF8PROC_CATEGORY_LL:
        lower = true;
        break;
      case UTF8PROC_CATEGORY_ND:
        digit = true;
        break;
      case UTF8PROC_CATEGORY_PC:
      case UTF8PROC_CATEGORY_PD:
      case UTF8PROC_CATEGORY_PS:
      case UTF8PROC_CATEGORY_PE:
      case UTF8PROC_CATEGORY_PI:
      case UTF8PROC_CATEGORY_PF:
      case UTF8PROC_CATEGORY_PO:
      case UTF8PROC_CATEGORY_SM:
      case UTF8PROC_CATEGORY_SC:
      case UTF8PROC_CATEGORY_SK:
      case UTF8PROC_CATEGORY_SO:
        symbol = true;
        break;
      default:
        break;
    }
  }

  std::vector<std::string> names() const {
    std::vector<std::string> out;
    if (upper) out.emplace_back("upper");
    if (lower) out.emplace_back("lower");
    if (digit) out.emplace_back("digit");
    if (symbol) out.emplace_back("symbol");
    return out;
  }
};

char upper_case(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// A line of a list needs room for a whole secret, or for a digest with its count.
constexpr std::size_t kLongestLine = limits::kSecretBytes + 1;

/// "0123456789ABCDEF0123456789ABCDEF:12", a line of the other list of Have I Been Pwned.
bool is_ntlm_digest(std::string_view line) {
  constexpr std::size_t kDigits = 32;
  return line.size() > kDigits + 1 && line[kDigits] == ':' &&
         line.substr(0, kDigits).find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos &&
         line.substr(kDigits + 1).find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

value::PasswordRow password_composition(std::string_view name, const base::SecretBuffer& secret) {
  Classes classes;
  std::int64_t length = 0;
  const std::string_view text = secret.view();
  for (std::size_t at = 0; at < text.size(); ++length) {
    const auto character = base::decode_utf8(text, at);
    if (character) classes.note(character->value);
    at += character ? character->length : 1;
  }
  value::PasswordRow row;
  row.name = name;
  row.length = value::Number::exactly(value::Integer::of(length));
  row.classes = classes.names();
  return row;
}

BreachSearch::BreachSearch(const base::SecretBuffer& secret) : secret_(secret) {
  base::Sha1 digest = base::sha1(secret.view());
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest_[2 * i] = kDigits[digest[i] >> 4U];
    digest_[2 * i + 1] = kDigits[digest[i] & 0xFU];
  }
  base::wipe_memory(digest.data(), digest.size());
}

BreachSearch::~BreachSearch() {
  base::wipe_memory(digest_.data(), digest_.size());
}

void BreachSearch::feed(std::string_view piece) {
  has_nul_ = has_nul_ || piece.find('\0') != std::string_view::npos;
  while (!piece.empty() && !found_) {
    const std::size_t end = piece.find('\n');
    const std::string_view part = piece.substr(0, end);
    too_long_ = too_long_ || line_.size() + part.size() > kLongestLine;
    if (!too_long_) line_ += part;
    if (end == std::string_view::npos) return;
    end_line();
    piece.remove_prefix(end + 1);
  }
}

bool BreachSearch::finish() {
  if (!found_) end_line();
  return found_;
}

void BreachSearch::end_line() {
  std::string_view line = line_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (!any_line_ && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  any_line_ = any_line_ || too_long_ || !line.empty();
  has_ntlm_ = has_ntlm_ || is_ntlm_digest(line);
  if (!too_long_ && !line.empty()) {
    const bool is_digest =
        (line.size() == digest_.size() || (line.size() > digest_.size() && line[digest_.size()] == ':')) &&
        std::equal(digest_.begin(), digest_.end(), line.begin(),
                   [](char a, char b) { return a == upper_case(b); });
    found_ = is_digest || line == secret_.view();
  }
  line_.clear();
  too_long_ = false;
}

std::string_view BreachSearch::problem() const {
  if (!any_line_) return "it holds nothing";
  if (has_nul_) return "it is not UTF-8 text";
  return has_ntlm_ ? "it holds NTLM hashes, not SHA-1" : "";
}

value::Evidence password_evidence(std::vector<value::PasswordRow> rows) {
  value::Evidence evidence;
  evidence.backend = "secret";
  evidence.target = "--secret";
  evidence.passwords.collected = true;
  for (value::PasswordRow& row : rows) {
    evidence.origins.push_back({evidence.backend, {}, 0, 0, "--secret " + row.name});
    row.origin = static_cast<value::OriginId>(evidence.origins.size() - 1);
    evidence.passwords.rows.push_back(std::move(row));
  }
  return evidence;
}

}  // namespace polc::backends
