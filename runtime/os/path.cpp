#include <string>
#include <vector>

#include "runtime/base/casefold.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::os {
namespace {

bool is_separator(char c) {
  return c == '/' || c == '\\';
}

bool has_drive(std::string_view path) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return path.size() >= 2 && letter(path[0]) && path[1] == ':';
}

// "/", "C:/", "//server/" or "": the part that `..` can never climb above.
std::string root_of(std::string_view path) {
  if (has_drive(path)) return std::string(path.substr(0, 2)) + "/";
  if (path.size() >= 2 && is_separator(path[0]) && is_separator(path[1])) return "//";
  return !path.empty() && is_separator(path[0]) ? "/" : "";
}

#ifdef _WIN32
constexpr bool kWindows = true;
#else
constexpr bool kWindows = false;
#endif

// Windows accepts both separators everywhere; on POSIX a backslash is an ordinary character of a name.
bool splits(char c) {
  return c == '/' || (kWindows && c == '\\');
}

// Two spellings of one folder must not look like two folders.
bool same_name(std::string_view a, std::string_view b) {
  return kWindows ? base::equal_folded(a, b) : a == b;
}

}  // namespace

bool is_absolute_path(std::string_view path) {
  return !root_of(path).empty();
}

std::string normal_path(std::string_view path) {
  const std::string root = root_of(path);
  std::vector<std::string_view> parts;
  std::size_t begin = has_drive(path) ? 2 : root.size();
  for (std::size_t i = begin; i <= path.size(); ++i) {
    if (i < path.size() && !splits(path[i])) continue;
    const std::string_view part = path.substr(begin, i - begin);
    begin = i + 1;
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (part != ".." || root.empty()) {
      parts.push_back(part);
    }
  }
  std::string result = root;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) result += '/';
    result += parts[i];
  }
  return result.empty() ? "." : result;
}

std::optional<std::string> path_inside(std::string_view base, std::string_view path) {
  const std::string folder = normal_path(base);
  const std::string inner = normal_path(path);
  if (same_name(folder, inner)) return ".";
  const std::string prefix = folder.back() == '/' ? folder : folder + "/";
  if (!same_name(std::string_view(inner).substr(0, prefix.size()), prefix)) return std::nullopt;
  return inner.substr(prefix.size());
}

std::string join_path(std::string_view folder, std::string_view path) {
  if (is_absolute_path(path)) return normal_path(path);
  std::string joined(folder);
  if (joined.empty() || !splits(joined.back()))
    joined += '/';  // "/" and "x" are not "//x", which is another machine
  return normal_path(joined + std::string(path));
}

std::string parent_path(std::string_view path) {
  const std::string normal = normal_path(path);
  const std::string root = root_of(normal);
  const std::size_t slash = normal.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash < root.size() ? root : normal.substr(0, slash);
}

std::string file_name(std::string_view path) {
  const std::string normal = normal_path(path);
  const std::size_t slash = normal.find_last_of('/');
  return slash == std::string::npos ? normal : normal.substr(slash + 1);
}

}  // namespace polc::os
