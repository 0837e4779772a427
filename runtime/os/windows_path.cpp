#include "runtime/os/windows_path.hpp"

#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/base/text.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::os {
namespace {

constexpr std::string_view kVerbatim = "//?/";
constexpr std::string_view kVerbatimUnc = "//?/UNC/";
constexpr std::string_view kDevices = "//./";

std::string with_separators(std::string_view text, char from, char to) {
  std::string result(text);
  std::replace(result.begin(), result.end(), from, to);
  return result;
}

WindowsPath verbatim(std::string_view slashed) {
  return {with_separators(slashed, '/', '\\'), {}};
}

WindowsPath refused(std::string why) {
  return {{}, std::move(why)};
}

// "COM1", also with a superscript digit; `stem` is what stands before the first dot or colon.
bool is_numbered_port(std::string_view stem) {
  if (stem.size() < 4) return false;
  const std::string_view number = stem.substr(3);
  if (!base::equal_folded(stem.substr(0, 3), "COM") && !base::equal_folded(stem.substr(0, 3), "LPT"))
    return false;
  return (number.size() == 1 && base::is_digit(number[0])) || number == "¹" || number == "²" || number == "³";
}

bool is_device(std::string_view name) {
  std::string_view stem = name.substr(0, name.find_first_of(".:"));
  while (stem.ends_with(' ')) stem.remove_suffix(1);
  constexpr std::string_view kNames[] = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"};
  return is_numbered_port(stem) ||
         std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view device) { return base::equal_folded(stem, device); });
}

/// What is wrong with one part of a path; empty when nothing is.
std::string name_problem(std::string_view name) {
  if (is_device(name)) return "it names a device";
  if (name.find(':') != std::string_view::npos)
    return "it names a stream of a file, or a drive in the middle";
  if (name.ends_with('.') || name.ends_with(' ')) return "a name in it ends in a dot or a space";
  const bool impossible = std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 ||
           std::string_view("<>\"|?*").find(c) != std::string_view::npos;
  });
  return impossible ? "it contains a character that no file name has" : "";
}

std::string problem_of_parts(std::string_view parts) {
  while (!parts.empty()) {
    const std::size_t end = std::min(parts.find('/'), parts.size());
    if (end > 0) {
      if (std::string why = name_problem(parts.substr(0, end)); !why.empty()) return why;
    }
    parts.remove_prefix(std::min(end + 1, parts.size()));
  }
  return {};
}

// "C:" of "C:/x", "//server/share" of "//server/share/x": where a path that begins with one separator begins.
std::string_view drive_of(std::string_view absolute) {
  if (!absolute.starts_with("//")) return absolute.substr(0, 2);
  const std::size_t share = absolute.find('/', 2);
  return share == std::string_view::npos ? absolute : absolute.substr(0, absolute.find('/', share + 1));
}

WindowsPath share_path(std::string_view full) {
  const std::string_view parts = full.substr(2);
  if (parts.find('/') == std::string_view::npos) return refused("it names no share");
  if (std::string why = problem_of_parts(parts); !why.empty()) return refused(std::move(why));
  return verbatim(std::string(kVerbatimUnc) + std::string(parts));
}

}  // namespace

WindowsPath windows_path(std::string_view path, std::string_view working_folder) {
  const std::string slashed = with_separators(path, '\\', '/');
  if (slashed.starts_with(kDevices)) return refused("it names a device");
  if (slashed.starts_with(kVerbatim)) return verbatim(slashed);
  std::string full = join_path(working_folder, slashed);
  if (!full.starts_with("//") && full.starts_with('/')) full = std::string(drive_of(working_folder)) + full;
  if (full.starts_with("//")) return share_path(full);
  if (full.size() < 3 || full[1] != ':') return refused("the working folder is not known");
  if (std::string why = problem_of_parts(std::string_view(full).substr(3)); !why.empty())
    return refused(std::move(why));
  return verbatim(std::string(kVerbatim) + full);
}

std::string portable_path(std::string_view windows) {
  std::string slashed = with_separators(windows, '\\', '/');
  if (slashed.starts_with(kVerbatimUnc)) return "//" + slashed.substr(kVerbatimUnc.size());
  const bool has_drive = slashed.size() > kVerbatim.size() + 1 && slashed[kVerbatim.size() + 1] == ':';
  return slashed.starts_with(kVerbatim) && has_drive ? slashed.substr(kVerbatim.size()) : slashed;
}

}  // namespace polc::os
