#include "runtime/derive/iis_sites.hpp"

#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using formats::XmlElement;

std::string attribute_or(const XmlElement& element, std::string_view name, std::string_view fallback) {
  const std::string* written = element.attribute(name);
  return written == nullptr ? std::string(fallback) : *written;
}

/// "/LabTech/x" of an application or virtual directory, without outer slashes.
std::string trimmed(std::string_view path) {
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  return std::string(path);
}

std::string default_of(const XmlElement& owner, std::string_view element, std::string_view attribute) {
  const XmlElement* defaults = find_element(owner, element);
  return defaults == nullptr ? std::string() : attribute_or(*defaults, attribute, "");
}

std::size_t depth_of(std::string_view path) {
  return path.empty() ? 0 : static_cast<std::size_t>(std::count(path.begin(), path.end(), '/')) + 1;
}

std::string_view segment(std::string_view path, std::size_t index) {
  for (; index > 0; --index) path.remove_prefix(path.find('/') + 1);
  return path.substr(0, path.find('/'));
}

}  // namespace

bool is_below(std::string_view path, std::string_view prefix) {
  if (prefix.empty()) return true;
  // Case folding may change the number of bytes, so both are compared in folded form.
  const std::string inner = value::folded(path);
  const std::string outer = value::folded(prefix);
  return inner.compare(0, outer.size(), outer) == 0 &&
         (inner.size() == outer.size() || inner[outer.size()] == '/');
}

std::vector<std::string> levels_of(std::string_view path) {
  std::vector<std::string> levels;
  for (std::size_t slash = path.find('/'); !path.empty(); slash = path.find('/', slash + 1)) {
    levels.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
  }
  return levels;
}

std::string joined(std::string_view path, std::string_view below) {
  std::string result(path);
  if (!result.empty() && !below.empty()) result += '/';
  return result.append(below);
}

IisSites::IisSites(const IisFiles& files, const IisFile* server) : files_(&files), server_(server) {
  const XmlElement* sites = server == nullptr ? nullptr : find_element(server->root, kSitesElement);
  if (sites == nullptr) return;
  for (const XmlElement& child : sites->children) {
    if (child.name == "site") add_site(child, *sites);
  }
}

void IisSites::add_site(const XmlElement& site, const XmlElement& defaults) {
  const std::string name = attribute_or(site, "name", "");
  if (name.empty()) return;
  sites_.push_back(name);
  const std::string subfolders = default_of(defaults, "virtualDirectoryDefaults", "allowSubDirConfig");
  for (const XmlElement& application : site.children) {
    if (application.name != "application") continue;
    const std::string application_path = joined(name, trimmed(attribute_or(application, "path", "/")));
    for (const XmlElement& directory : application.children) {
      if (directory.name != "virtualDirectory") continue;
      IisDirectory result;
      result.application = application_path;
      result.path = joined(application_path, trimmed(attribute_or(directory, "path", "/")));
      result.physical = attribute_or(directory, "physicalPath",
                                     default_of(defaults, "virtualDirectoryDefaults", "physicalPath"));
      result.reads_subfolders =
          !base::equal_folded(attribute_or(directory, "allowSubDirConfig", subfolders), "false");
      directories_.push_back(std::move(result));
    }
  }
}

const IisDirectory* IisSites::directory_of(std::string_view path) const {
  const IisDirectory* best = nullptr;
  for (const IisDirectory& directory : directories_) {
    if (is_below(path, directory.path) && (best == nullptr || directory.path.size() > best->path.size())) {
      best = &directory;
    }
  }
  return best;
}

std::string IisSites::web_config_of(const IisDirectory& directory, std::string_view path) const {
  if (files_->folder_key(directory.physical).empty()) return {};
  std::string folder = directory.physical;
  for (std::size_t i = depth_of(directory.path); i < depth_of(path); ++i) {
    folder.append("\\").append(segment(path, i));
  }
  return folder + "\\web.config";
}

bool IisSites::reads_web_config(const IisDirectory& directory, std::string_view path) {
  return directory.reads_subfolders || depth_of(path) == depth_of(directory.path);
}

void IisSites::add_folders(const IisDirectory& directory, std::set<std::string>& seen,
                           std::vector<std::string>& paths) const {
  const std::string root = files_->folder_key(directory.physical);
  if (root.empty() || !directory.reads_subfolders) return;
  const std::string prefix = root.back() == '\\' ? root : root + '\\';
  for (auto folder = files_->folders().lower_bound(prefix);
       folder != files_->folders().end() && folder->first.compare(0, prefix.size(), prefix) == 0; ++folder) {
    // The tail has as many separators in the host's spelling as in the folded one.
    const auto depth = std::count(folder->first.begin() + static_cast<std::ptrdiff_t>(prefix.size()),
                                  folder->first.end(), '\\');
    std::size_t begin = folder->second.size();
    for (std::ptrdiff_t i = 0; i <= depth && begin > 0; ++i) begin = folder->second.rfind('\\', begin - 1);
    std::string tail = begin == std::string::npos ? folder->second : folder->second.substr(begin + 1);
    std::replace(tail.begin(), tail.end(), '\\', '/');
    std::string path = joined(directory.path, tail);
    // A folder behind another application or virtual directory of the same name cannot be reached this way.
    if (directory_of(path) == &directory && seen.insert(value::folded(path)).second)
      paths.push_back(std::move(path));
  }
}

std::vector<std::string> IisSites::paths() const {
  std::set<std::string> seen;
  std::vector<std::string> paths;
  const auto add = [&](std::string path) {
    if (!path.empty() && seen.insert(value::folded(path)).second) paths.push_back(std::move(path));
  };
  for (const std::string& site : sites_) add(site);
  for (const IisDirectory& directory : directories_) {
    add(directory.application);
    add(directory.path);
  }
  for (const IisDirectory& directory : directories_) add_folders(directory, seen, paths);

  const auto add_locations = [&](const IisFile* file, const std::string& level) {
    if (file == nullptr) return;
    for (const IisPlace& place : file->places) {
      std::string path = joined(level, place.path);
      if (place.is_location && directory_of(path) != nullptr) add(std::move(path));
    }
  };
  add_locations(server_, "");
  // Every file that takes part was reached by one of the paths found so far.
  const std::vector<std::string> with_files = paths;
  for (const std::string& path : with_files) {
    const IisDirectory* directory = directory_of(path);
    if (directory == nullptr || !reads_web_config(*directory, path)) continue;
    const std::string file = web_config_of(*directory, path);
    if (!file.empty()) add_locations(files_->find(file).file, path);
  }
  return paths;
}

}  // namespace polc::derive
