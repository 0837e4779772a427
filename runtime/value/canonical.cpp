#include "runtime/value/canonical.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "runtime/base/casefold.hpp"
#include "runtime/base/text.hpp"

namespace polc::value {
namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}

bool has_any(std::string_view text, std::string_view characters) {
  return text.find_first_of(characters) != std::string_view::npos;
}

bool is_clean(std::string_view text) {
  return std::none_of(text.begin(), text.end(), is_control) && !base::find_invalid_utf8(text);
}

std::size_t length_in_characters(std::string_view text) {
  return base::folded_characters(text).size();
}

/// The non-empty parts of a path.
std::vector<std::string_view> parts_of(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// "C:" at the beginning.
bool has_drive(std::string_view text) {
  return text.size() >= 2 && is_letter(text[0]) && text[1] == ':';
}

constexpr std::string_view kFileForbidden = "<>:\"|?*";

std::optional<std::string> join_file_parts(std::string root, std::string_view rest) {
  for (const std::string_view part : parts_of(rest, "\\/")) {
    if (part == "." || part == ".." || has_any(part, kFileForbidden)) return std::nullopt;
    if (root.back() != '\\') root += '\\';
    root += part;
  }
  return root;
}

/// '\\server\share' and what follows.
std::optional<std::string> canonical_unc(std::string_view after_slashes) {
  const auto parts = parts_of(after_slashes, "\\/");
  if (parts.size() < 2 || parts[0] == "?" || parts[0] == "." || has_any(parts[0], kFileForbidden))
    return std::nullopt;
  return join_file_parts("\\\\" + std::string(parts[0]), after_slashes.substr(parts[0].size()));
}

std::optional<std::uint64_t> parse_sid_part(std::string_view text, std::uint64_t largest) {
  const bool hexadecimal = text.substr(0, 2) == "0x" || text.substr(0, 2) == "0X";
  if (hexadecimal) text.remove_prefix(2);
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, hexadecimal ? 16 : 10);
  if (text.empty() || error != std::errc() || stop != end || value > largest) return std::nullopt;
  return value;
}

}  // namespace

std::string folded(std::string_view canonical) {
  return base::fold_case(canonical);
}

std::optional<std::string> canonical_value_name(std::string_view written) {
  constexpr std::size_t kLongest = 16383;
  if (written.find('\0') != std::string_view::npos || base::find_invalid_utf8(written)) return std::nullopt;
  if (written.size() > kLongest && length_in_characters(written) > kLongest) return std::nullopt;
  return base::equal_folded(written, "(Default)") ? std::string() : std::string(written);
}

std::optional<std::string> canonical_file_path(std::string_view written) {
  if (!is_clean(written)) return std::nullopt;
  const auto is_separator = [](char c) { return c == '\\' || c == '/'; };
  const bool is_unc = written.size() > 2 && is_separator(written[0]) && is_separator(written[1]);
  if (is_unc && written.size() > 4 && (written[2] == '?' || written[2] == '.') && is_separator(written[3])) {
    written.remove_prefix(4);
    if (base::equal_folded(written.substr(0, 4), "UNC\\")) return canonical_unc(written.substr(4));
    if (!has_drive(written)) return std::nullopt;
  } else if (is_unc) {
    return canonical_unc(written.substr(2));
  }
  if (has_drive(written)) {
    if (written.size() > 2 && !is_separator(written[2]))
      return std::nullopt;  // relative to the drive's directory
    const char drive = static_cast<char>(base::upcase(static_cast<char16_t>(written[0])));
    return join_file_parts(std::string{drive, ':', '\\'}, written.substr(2));
  }
  if (written.size() > 2 && written.front() == '%') {
    const std::size_t end = written.find('%', 1);
    if (end == std::string_view::npos || end == 1) return std::nullopt;
    if (end + 1 < written.size() && !is_separator(written[end + 1])) return std::nullopt;
    return join_file_parts(std::string(written.substr(0, end + 1)), written.substr(end + 1));
  }
  return std::nullopt;
}

std::optional<std::string> canonical_relative_path(std::string_view written) {
  if (written.empty() || written.find('%') != std::string_view::npos) return std::nullopt;
  if (written.front() == '\\' || written.front() == '/' || !is_clean(written)) return std::nullopt;
  constexpr std::string_view kRoot = "C:\\";
  auto path = join_file_parts(std::string(kRoot), written);
  if (!path || path->size() == kRoot.size()) return std::nullopt;
  return path->substr(kRoot.size());
}

std::optional<std::string> expand_variables(std::string_view canonical_path,
                                            const std::map<std::string, std::string>& variables) {
  std::string expanded;
  while (true) {
    const std::size_t begin = canonical_path.find('%');
    if (begin == std::string_view::npos) break;
    const std::size_t end = canonical_path.find('%', begin + 1);
    if (end == std::string_view::npos) break;  // a lone percent sign is an ordinary character
    const auto found = variables.find(base::fold_case(canonical_path.substr(begin + 1, end - begin - 1)));
    if (found == variables.end()) return std::nullopt;
    expanded += canonical_path.substr(0, begin);
    expanded += found->second;
    canonical_path.remove_prefix(end + 1);
  }
  expanded += canonical_path;
  return canonical_file_path(expanded);
}

std::optional<std::string> canonical_iis_path(std::string_view written) {
  if (!is_clean(written)) return std::nullopt;
  std::vector<std::string_view> parts = parts_of(written, "\\/");
  constexpr std::array<std::string_view, 3> kServer{"MACHINE", "WEBROOT", "APPHOST"};
  if (parts.size() >= kServer.size() &&
      std::equal(kServer.begin(), kServer.end(), parts.begin(), base::equal_folded)) {
    parts.erase(parts.begin(), parts.begin() + kServer.size());
  }
  if (std::find(parts.begin(), parts.end(), "..") != parts.end()) return std::nullopt;
  return fmt::format("{}", fmt::join(parts, "/"));
}

std::optional<std::string> canonical_sid(std::string_view written) {
  constexpr std::uint64_t kLargestAuthority = (std::uint64_t{1} << 48U) - 1;
  constexpr std::size_t kMostSubAuthorities = 15;
  const std::string_view prefix = written.substr(0, 2);
  if (prefix != "S-" && prefix != "s-") return std::nullopt;
  std::vector<std::string_view> parts;
  for (std::string_view rest = written.substr(2);;) {
    const std::size_t dash = rest.find('-');
    parts.push_back(rest.substr(0, dash));
    if (dash == std::string_view::npos) break;
    if (parts.size() > kMostSubAuthorities + 2) return std::nullopt;
    rest.remove_prefix(dash + 1);
  }
  if (parts.size() < 3 || parts.size() > kMostSubAuthorities + 2) return std::nullopt;
  if (parse_sid_part(parts[0], UINT64_MAX) != 1) return std::nullopt;
  const auto authority = parse_sid_part(parts[1], kLargestAuthority);
  if (!authority) return std::nullopt;
  std::string sid =
      *authority > UINT32_MAX ? fmt::format("S-1-0x{:012X}", *authority) : fmt::format("S-1-{}", *authority);
  for (std::size_t i = 2; i < parts.size(); ++i) {
    const auto sub_authority = parse_sid_part(parts[i], UINT32_MAX);
    if (!sub_authority) return std::nullopt;
    sid += fmt::format("-{}", *sub_authority);
  }
  return sid;
}

std::optional<std::string> canonical_guid(std::string_view written) {
  if (written.size() == 38 && written.front() == '{' && written.back() == '}')
    written = written.substr(1, 36);
  if (written.size() != 36) return std::nullopt;
  std::string guid;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const bool dash_here = i == 8 || i == 13 || i == 18 || i == 23;
    const char c =
        written[i] >= 'A' && written[i] <= 'F' ? static_cast<char>(written[i] - 'A' + 'a') : written[i];
    const bool hexadecimal = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (dash_here ? c != '-' : !hexadecimal) return std::nullopt;
    guid.push_back(c);
  }
  return guid;
}

std::optional<std::string> canonical_account_name(std::string_view written) {
  constexpr std::string_view kForbidden = "/[]:|<>+=;,?*\"";  // sAMAccountName, plus what qualifies a name
  const std::string_view name = trimmed(written);
  if (name.empty() || !is_clean(name) || has_any(name, kForbidden)) return std::nullopt;
  const std::size_t backslash = name.find('\\');
  if (backslash == std::string_view::npos) return std::string(name);
  const std::string_view account = name.substr(backslash + 1);
  if (backslash == 0 || account.empty() || account.find('\\') != std::string_view::npos) return std::nullopt;
  return std::string(name);
}

std::optional<std::string> canonical_service_name(std::string_view written) {
  constexpr std::size_t kLongest = 256;
  const std::string_view name = trimmed(written);
  if (name.empty() || !is_clean(name) || has_any(name, "/\\")) return std::nullopt;
  return length_in_characters(name) <= kLongest ? std::optional(std::string(name)) : std::nullopt;
}

}  // namespace polc::value
