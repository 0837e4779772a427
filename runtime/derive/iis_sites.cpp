#include "runtime/derive/iis_sites.hpp"

#include <algorithm>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/iis_structure.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using formats::XmlElement;

constexpr std::string_view kDirectoryDefaults = "virtualDirectoryDefaults";

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

/// What a virtual directory has, by itself or from <virtualDirectoryDefaults> of its owners, the innermost first.
std::string inherited(const XmlElement& directory, std::string_view attribute,
                      const std::vector<const XmlElement*>& owners) {
  if (const std::string* own = directory.attribute(attribute)) return *own;
  for (const XmlElement* owner : owners) {
    const XmlElement* defaults = find_element(*owner, kDirectoryDefaults);
    const std::string* written = defaults == nullptr ? nullptr : defaults->attribute(attribute);
    if (written != nullptr) return *written;
  }
  return {};
}

/// Whether all sites are in sight, and all that decides where their files are is what IIS knows.
class SitesCheck {
 public:
  std::optional<IisStranger> run(const IisFile& server) {
    for (const IisPlace& place : server.places) {
      for (const XmlElement* sites : find_elements(*place.element, kSitesElement)) {
        if (place.is_location) return IisStranger{sites, "has <sites> in a location", true};
        if (auto found = in_sites(*sites)) return found;
      }
    }
    return std::nullopt;
  }

 private:
  using Found = std::optional<IisStranger>;

  Found in_sites(const XmlElement& sites) {
    for (const char* name : {"configSource", "childSource", "configProtectionProvider"}) {
      if (sites.attribute(name) != nullptr)
        return IisStranger{&sites, std::string("has the sites elsewhere, by ") + name, true};
    }
    if (auto found = attribute_beyond(sites, kLocks)) return found;
    for (const XmlElement& child : sites.children) {
      Found found;
      if (child.name == kDirectoryDefaults) {
        found = in_defaults(child);
      } else if (child.name == "site") {
        found = in_site(child);
      } else if (child.name != "siteDefaults" && child.name != "applicationDefaults") {
        found = unknown_element(child);
      }
      if (found) return found;
    }
    return std::nullopt;
  }

  /// Modules extend sites by elements of their own; none of them is spelt like one that matters here.
  Found in_site(const XmlElement& site) {
    const std::string name = attribute_or(site, "name", "");
    if (name.empty()) return IisStranger{&site, "has a site without a name"};
    for (const XmlElement& child : site.children) {
      Found found;
      if (child.name == kDirectoryDefaults) {
        found = in_defaults(child);
      } else if (child.name == "application") {
        found = in_application(child, name);
      } else if (base::equal_folded(child.name, kDirectoryDefaults) ||
                 base::equal_folded(child.name, "application")) {
        found = unknown_element(child);
      }
      if (found) return found;
    }
    return std::nullopt;
  }

  Found in_application(const XmlElement& application, const std::string& site) {
    const std::string* path = application.attribute("path");
    if (path == nullptr) return IisStranger{&application, "has an application without a path"};
    for (const XmlElement& child : application.children) {
      Found found;
      if (child.name == kDirectoryDefaults) {
        found = in_defaults(child);
      } else if (child.name == "virtualDirectory") {
        found = in_directory(child, joined(site, trimmed(*path)));
      } else {
        found = unknown_element(child);
      }
      if (found) return found;
    }
    return std::nullopt;
  }

  Found in_directory(const XmlElement& directory, const std::string& application) {
    const std::string* path = directory.attribute("path");
    if (path == nullptr) return IisStranger{&directory, "has a virtual directory without a path"};
    if (!paths_.insert(value::folded(joined(application, trimmed(*path)))).second)
      return IisStranger{&directory, "has two virtual directories of the same path"};
    return in_defaults(directory);
  }

  static Found in_defaults(const XmlElement& directory) {
    std::vector<std::string_view> known = kLocks;
    for (const char* name :
         {"path", "physicalPath", "userName", "password", "logonMethod", "allowSubDirConfig"})
      known.push_back(name);
    if (auto found = attribute_beyond(directory, known)) return found;
    return other_word(directory, "allowSubDirConfig", {"true", "false"});
  }

  static Found unknown_element(const XmlElement& element) {
    return IisStranger{&element, "has an unknown element <" + element.name + '>'};
  }

  inline static const std::vector<std::string_view> kLocks{
      "lockAttributes", "lockAllAttributesExcept", "lockElements", "lockAllElementsExcept", "lockItem"};
  std::set<std::string> paths_;  ///< folded, of the virtual directories so far
};

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
  if (server == nullptr) return;
  stranger_ = SitesCheck().run(*server);
  const XmlElement* sites = find_element(server->root, kSitesElement);
  if (stranger_ || sites == nullptr) return;
  for (const XmlElement& child : sites->children) {
    if (child.name == "site") add_site(child, *sites);
  }
}

void IisSites::add_site(const XmlElement& site, const XmlElement& sites) {
  const std::string name = attribute_or(site, "name", "");
  sites_.push_back(name);
  for (const XmlElement& application : site.children) {
    if (application.name != "application") continue;
    const std::string path = joined(name, trimmed(attribute_or(application, "path", "/")));
    for (const XmlElement& directory : application.children) {
      if (directory.name == "virtualDirectory") add_directory(directory, path, {&application, &site, &sites});
    }
  }
}

void IisSites::add_directory(const XmlElement& directory, const std::string& application,
                             const std::vector<const XmlElement*>& owners) {
  IisDirectory result;
  result.application = application;
  result.path = joined(application, trimmed(attribute_or(directory, "path", "/")));
  result.physical = inherited(directory, "physicalPath", owners);
  result.reads_subfolders = !base::equal_folded(inherited(directory, "allowSubDirConfig", owners), "false");
  directories_.push_back(std::move(result));
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
