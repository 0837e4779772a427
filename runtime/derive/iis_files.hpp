// The configuration files of a web server, parsed: what each says at its own level and what it says for paths below.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/formats/xml.hpp"
#include "runtime/value/evidence.hpp"

namespace polc::derive {

/// One place of a file that holds sections: the file itself, or one <location> of it.
struct IisPlace {
  std::string path;  ///< of <location>, relative to the file's level; "" is the level itself
  const formats::XmlElement* element = nullptr;
  bool is_location = false;
};

/// A parsed file. `sections` of the root come first, then locations in file order.
struct IisFile {
  const value::ConfigurationFileRow* row = nullptr;
  formats::XmlElement root;
  std::vector<IisPlace> places;
};

/// Present: `file` is set. Absent: there is no such file. Unknown: why.
struct IisFileState {
  value::FactStatus status = value::FactStatus::Unknown;
  const IisFile* file = nullptr;
  value::Unknown unknown;
};

class IisFiles {
 public:
  explicit IisFiles(const value::Evidence& evidence);

  /// By the name that the evidence uses ("applicationHost.config"), or by the full path of a web.config.
  IisFileState find(std::string_view path) const;

  /// The file that a section of `from` is moved to by configSource: "name.config" beside applicationHost.config, or the
  /// full path. Its root is the section itself. Unknown too for what would lie outside of the file's own folder.
  IisFileState section_file(const IisFile& from, std::string_view source) const;

  /// Folders, as folded full paths, that have a web.config, read or not, with the path as the host spells it.
  const std::map<std::string, std::string>& folders() const { return folders_; }

  /// Folded full path with variables replaced; "" for UNC paths and unknown variables, whose files cannot be told.
  std::string folder_key(std::string_view path) const;

  /// Whether what is not listed is not there. A file whose path cannot be told may be any.
  bool complete() const { return evidence_.iis.files.complete && !unplaced_; }

  /// Whether the evidence has a row for the file, be it that it is absent.
  bool lists(std::string_view path) const { return entries_.count(key(path)) > 0; }
  const value::Section<value::ConfigurationFileRow>& section() const { return evidence_.iis.files; }

 private:
  struct Entry {
    const value::ConfigurationFileRow* row = nullptr;
    std::optional<IisFile> file;  ///< of any root element
    std::string error;            ///< why IIS would refuse the text; goes on from the file's name
    bool twice = false;           ///< another row has another text for the same file
  };

  void add(const value::ConfigurationFileRow& row);
  void add_folder(const std::string& path, const value::ConfigurationFileRow& row);
  static Entry entry_of(const value::ConfigurationFileRow& row);
  IisFileState state_of(std::string_view path) const;
  std::string key(std::string_view path) const;

  const value::Evidence& evidence_;
  std::map<std::string, Entry> entries_;
  std::map<std::string, std::string> folders_;
  bool unplaced_ = false;  ///< a recorded path has a variable that is not known
};

/// All elements that a path of element names leads to: groups of sections may stand in a file more than once.
std::vector<const formats::XmlElement*> find_elements(const formats::XmlElement& from, std::string_view path);

/// The first element that a path of element names ("system.webServer/security") leads to; nullptr if there is none.
const formats::XmlElement* find_element(const formats::XmlElement& from, std::string_view path);

}  // namespace polc::derive
