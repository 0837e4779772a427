#include "runtime/derive/iis_section.hpp"

#include <algorithm>
#include <set>

#include "runtime/base/casefold.hpp"
#include "runtime/derive/iis_recognition.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::derive {
namespace {

using base::equal_folded;
using formats::XmlElement;
using value::FactStatus;
using value::IisCollection;
using value::IisElement;
using value::UnknownReason;

/// How far lower files may override a section, and which file said so.
struct OverrideMode {
  bool denied = false;
  std::size_t rank = kServerRank;
};

/// Locks that elements above put on one element of the section.
struct Locks {
  IisSource by;
  std::set<std::string> attributes, elements;  ///< "*" is all
  std::optional<std::set<std::string>> attributes_except, elements_except;
  bool item = false;
};

bool is_locked(const std::string& name, const std::set<std::string>& locked,
               const std::optional<std::set<std::string>>& except) {
  if (locked.count(name) > 0 || locked.count("*") > 0) return true;
  return except && except->count(name) == 0;
}

/// The declaration of a section below <configSections>: <sectionGroup name="system.webServer"><section name=.../>.
const XmlElement* declaration_of(const IisFile& server, std::string_view section) {
  const XmlElement* group = find_element(server.root, "configSections");
  while (group != nullptr) {
    const auto end = section.find('/');
    const std::string_view name = section.substr(0, end);
    const bool last = end == std::string_view::npos;
    const auto child =
        std::find_if(group->children.begin(), group->children.end(), [&](const XmlElement& candidate) {
          const std::string* written = candidate.attribute("name");
          return candidate.name == (last ? "section" : "sectionGroup") && written != nullptr &&
                 *written == name;
        });
    group = child == group->children.end() ? nullptr : &*child;
    if (last) return group;
    section.remove_prefix(end + 1);
  }
  return nullptr;
}

class Follower {
 public:
  Follower(const IisElement& element, const IisFiles& files, const IisFile& server)
      : element_(element), files_(files), server_(server) {
    const XmlElement* declared = declaration_of(server, element.section);
    const std::string* mode = declared == nullptr ? nullptr : declared->attribute("overrideModeDefault");
    mode_.denied = mode != nullptr && equal_folded(*mode, "Deny");
    const std::string_view below =
        std::string_view(element.path).substr(std::min(element.section.size() + 1, element.path.size()));
    for (std::size_t begin = 0; begin < below.size();) {
      const auto end = std::min(below.find('/', begin), below.size());
      chain_.emplace_back(below.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  tl::expected<IisEffective, IisProblem> follow(const std::vector<IisSource>& sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const IisSource& source = sources[i];
      if (const auto strange = undeclared_section(*source.container, *source.file, server_))
        return tl::unexpected<IisProblem>(problem(source, *strange->element, strange->what));
      const auto sections = find_elements(*source.container, element_.section);
      if (sections.empty()) continue;
      const XmlElement* section = sections.front();
      if (sections.size() > 1) return broken(source, *sections[1], "has the section twice");
      // The same section in the file itself and in its <location path=".">.
      for (std::size_t j = 0; j < i; ++j) {
        const IisSource& other = sources[j];
        if (other.file == source.file && other.level == source.level &&
            find_element(*other.container, element_.section) != nullptr) {
          return broken(source, *section, "has the section twice for one path");
        }
      }
      if (mode_.denied && mode_.rank < source.rank) return broken(source, *section, "sets a locked section");
      if (auto problem = read(source, *section)) return tl::unexpected<IisProblem>(std::move(*problem));
      if (auto problem = take_mode(source, *section)) return tl::unexpected<IisProblem>(std::move(*problem));
    }
    return std::move(result_);
  }

 private:
  static tl::unexpected<IisProblem> broken(const IisSource& source, const XmlElement& element,
                                           const char* what) {
    return tl::unexpected<IisProblem>(problem(source, element, what));
  }

  static IisProblem problem(const IisSource& source, const XmlElement& element, const std::string& what,
                            UnknownReason reason = UnknownReason::Corrupt) {
    const IisOccurrence where{source.file, &element};
    const std::string words = place_of(where) + ' ' + what;
    return {{reason, {}, reason == UnknownReason::Corrupt ? words + ": IIS answers 500.19" : words}, where};
  }

  /// overrideMode and the older allowOverride of a <location> hold for the sections in it, for files further down.
  std::optional<IisProblem> take_mode(const IisSource& source, const XmlElement& section) {
    if (!source.is_location) return std::nullopt;
    const std::string* mode = source.container->attribute("overrideMode");
    const std::string* allow = source.container->attribute("allowOverride");
    if (mode != nullptr && allow != nullptr) {
      return problem(source, section, "stands in a location with both overrideMode and allowOverride");
    }
    if (mode != nullptr && !equal_folded(*mode, "Inherit"))
      mode_ = {equal_folded(*mode, "Deny"), source.rank};
    if (allow != nullptr) mode_ = {equal_folded(*allow, "false"), source.rank};
    return std::nullopt;
  }

  std::optional<IisProblem> read(const IisSource& source, const XmlElement& section) {
    if (const std::string* elsewhere = section.attribute("configSource")) {
      return read_elsewhere(source, section, *elsewhere);
    }
    if (section.attribute("configProtectionProvider") != nullptr) {
      return problem(source, section, "has the section encrypted", UnknownReason::Unsupported);
    }
    const XmlElement* element = &section;
    std::string path(element_.section);
    for (std::size_t depth = 0;; ++depth) {
      const IisElement* schema = value::find_iis_element(path);
      const auto strange = schema == nullptr ? std::nullopt : stranger_in(*element, *schema);
      if (strange) return problem(source, *strange->element, strange->what);
      if (auto found = broken_lock(source, *element, depth)) return found;
      if (depth == chain_.size()) break;
      const auto children = find_elements(*element, chain_[depth]);
      take_locks(source, *element, depth);
      if (children.empty()) return std::nullopt;
      if (children.size() > 1) {
        return problem(source, *children[1], "has <" + chain_[depth] + "> twice", UnknownReason::Unsupported);
      }
      element = children.front();
      path += '/' + chain_[depth];
    }
    for (const auto& [name, text] : element->attributes) {
      if (!is_control(name)) result_.attributes[name] = {text, {source.file, element}};
    }
    result_.seen.push_back({source.file, element});
    if (element_.collection) {
      if (auto found = collect(source, *element, *element_.collection)) return found;
    }
    take_locks(source, *element, chain_.size());
    return std::nullopt;
  }

  /// The section stands in a file of its own, whose root element it is. Such files do not refer to further ones.
  std::optional<IisProblem> read_elsewhere(const IisSource& source, const XmlElement& section,
                                           const std::string& elsewhere) {
    const IisFileState state = files_.section_file(*source.file, elsewhere);
    if (state.file == nullptr) {
      const std::string why =
          state.status == FactStatus::Absent ? "which does not exist" : state.unknown.detail;
      const auto reason = state.status == FactStatus::Absent ? UnknownReason::Corrupt : state.unknown.reason;
      return problem(source, section, "takes the section from " + elsewhere + ": " + why, reason);
    }
    const XmlElement& root = state.file->root;
    const bool is_section = root.name == section.name && root.attribute("configSource") == nullptr;
    if (!is_section || section.attributes.size() > 1 || !section.children.empty()) {
      return problem(source, section,
                     "takes the section from " + elsewhere + ", which is not just that section");
    }
    IisSource moved = source;
    moved.file = state.file;
    return read(moved, root);
  }

  /// Attributes, child elements or the whole element that a higher level locked at this depth of the section.
  std::optional<IisProblem> broken_lock(const IisSource& source, const XmlElement& element,
                                        std::size_t depth) {
    for (const auto& [at_depth, lock] : locks_) {
      if (at_depth != depth || !source.is_under(lock.by)) continue;
      if (lock.item) return problem(source, element, "changes a locked element");
      for (const auto& [name, text] : element.attributes) {
        if (!is_control(name) && is_locked(name, lock.attributes, lock.attributes_except)) {
          return problem(source, element, "sets the locked attribute " + name);
        }
      }
      for (const XmlElement& child : element.children) {
        if (is_locked(child.name, lock.elements, lock.elements_except)) {
          return problem(source, child, "uses the locked element <" + child.name + '>');
        }
      }
    }
    return std::nullopt;
  }

  void take_locks(const IisSource& source, const XmlElement& element, std::size_t depth) {
    Locks lock;
    lock.by = source;
    bool any = false;
    const auto names = [&](const char* attribute) -> std::optional<std::set<std::string>> {
      const std::string* written = element.attribute(attribute);
      if (written == nullptr) return std::nullopt;
      any = true;
      return names_in_lock(*written);
    };
    lock.attributes = names("lockAttributes").value_or(std::set<std::string>());
    lock.elements = names("lockElements").value_or(std::set<std::string>());
    lock.attributes_except = names("lockAllAttributesExcept");
    lock.elements_except = names("lockAllElementsExcept");
    const std::string* item = element.attribute("lockItem");
    lock.item = item != nullptr && equal_folded(*item, "true");
    if (any || lock.item) locks_.emplace_back(depth, std::move(lock));
  }

  std::vector<std::string> key_of(const XmlElement& item, const IisCollection& collection) const {
    std::vector<std::string> key;
    for (const auto& attribute : collection.attributes) {
      if (!attribute.key) continue;
      const std::string* written = item_attribute(item, attribute.name);
      const std::string_view text =
          written != nullptr ? std::string_view(*written) : attribute.fallback.value_or(std::string_view());
      key.push_back(value::folded(text));
    }
    return key;
  }

  std::optional<IisProblem> collect(const IisSource& source, const XmlElement& element,
                                    const IisCollection& collection) {
    std::size_t next = collection.prepends ? 0 : result_.items.size();
    for (const XmlElement& child : element.children) {
      if (!collection.clear.empty() && child.name == collection.clear) {
        if (auto found = broken_items(source, child, nullptr, collection)) return found;
        result_.items.clear();
        next = 0;
      } else if (!collection.remove.empty() && child.name == collection.remove) {
        if (auto found = broken_items(source, child, &child, collection)) return found;
        next -= erase(key_of(child, collection), next);
      } else if (std::find(collection.add.begin(), collection.add.end(), child.name) !=
                 collection.add.end()) {
        if (auto found = add(source, child, collection, next)) return found;
        ++next;
      } else if (!collection.defaults.empty() && child.name == collection.defaults) {
        result_.defaults = IisOccurrence{source.file, &child};
      }
    }
    return std::nullopt;
  }

  /// Removing (or clearing away) an element that a higher level locked.
  std::optional<IisProblem> broken_items(const IisSource& source, const XmlElement& child,
                                         const XmlElement* removed, const IisCollection& collection) const {
    const auto key = removed == nullptr ? std::vector<std::string>() : key_of(*removed, collection);
    for (const IisItem& item : result_.items) {
      const bool touched = removed == nullptr || item.key == key;
      if (touched && item.locked_by && source.is_under(*item.locked_by)) {
        return problem(source, child, "removes a locked element");
      }
    }
    return std::nullopt;
  }

  /// How many of the erased ones stood in front of `position`.
  std::size_t erase(const std::vector<std::string>& key, std::size_t position) {
    std::size_t before = 0;
    std::vector<IisItem> kept;
    for (std::size_t i = 0; i < result_.items.size(); ++i) {
      if (result_.items[i].key != key) {
        kept.push_back(std::move(result_.items[i]));
      } else if (i < position) {
        ++before;
      }
    }
    result_.items = std::move(kept);
    return before;
  }

  std::optional<IisProblem> add(const IisSource& source, const XmlElement& child,
                                const IisCollection& collection, std::size_t position) {
    IisItem item{child.name, key_of(child, collection), {source.file, &child}, {}};
    const std::string* lock = child.attribute("lockItem");
    if (lock != nullptr && equal_folded(*lock, "true")) item.locked_by = source;
    const bool repeated = !collection.duplicates && !item.key.empty() &&
                          std::any_of(result_.items.begin(), result_.items.end(),
                                      [&](const IisItem& i) { return i.key == item.key; });
    if (repeated) return problem(source, child, "adds an element that is already there");
    result_.items.insert(result_.items.begin() + static_cast<std::ptrdiff_t>(position), std::move(item));
    return std::nullopt;
  }

  const IisElement& element_;
  const IisFiles& files_;
  const IisFile& server_;
  std::vector<std::string> chain_;  ///< element names below the section
  OverrideMode mode_;
  std::vector<std::pair<std::size_t, Locks>> locks_;  ///< by depth in the chain; 0 is the section
  IisEffective result_;
};

}  // namespace

tl::expected<IisEffective, IisProblem> effective(const IisElement& element, const IisFiles& files,
                                                 const IisFile& server,
                                                 const std::vector<IisSource>& sources) {
  return Follower(element, files, server).follow(sources);
}

std::string place_of(const IisOccurrence& where) {
  return where.file->row->path + ':' + std::to_string(where.element->line);
}

const std::string* item_attribute(const XmlElement& element, std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return element.attribute(name);
  std::string path(name.substr(0, dot));
  std::replace(path.begin(), path.end(), '.', '/');
  const XmlElement* child = find_element(element, path);
  return child == nullptr ? nullptr : child->attribute(name.substr(dot + 1));
}

}  // namespace polc::derive
