// What is open in an editor, and what the compiler says about it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "authoring/language_server/analysis.hpp"
#include "authoring/language_server/position.hpp"
#include "authoring/language_server/workspace.hpp"

namespace polc::authoring {

/// A replaced part of a text; without a range, the whole text.
struct TextChange {
  std::optional<std::pair<Position, Position>> range;
  std::string text;
};

/// An analysis that covers a file, and the file as a module of it.
struct Covering {
  const Analysis* analysis = nullptr;
  compiler::ModuleId module = 0;
};

class Session {
 public:
  explicit Session(const os::FileSystem& files) : overlay_(files) {}

  /// The workspace's folder; without one it is that of the first file that is opened.
  void set_root(const std::string& path);

  void open(const std::string& uri, std::string text);
  bool is_open(const std::string& uri) const { return documents_.contains(uri); }
  /// False when the file is not open.
  bool change(const std::string& uri, const std::vector<TextChange>& changes, PositionEncoding encoding);
  void close(const std::string& uri);

  /// Files may have changed on disk.
  void forget_files();

  /// The text of an open file; nullptr for others.
  const std::string* text(const std::string& uri) const;

  /// Every analysis that covers a file of the workspace, made anew where texts have changed. Never empty for an open file.
  std::vector<Covering> analyses(const std::string& uri);

  /// Whether diagnostics may have changed since they were last asked for.
  bool is_stale() const { return stale_; }

  struct FileDiagnostics {
    std::string uri;
    const Analysis* analysis = nullptr;
    base::FileId file = base::kNoFile;
    std::vector<const base::Diagnostic*> diagnostics;
  };
  /// Of every file of the workspace that an open file is linked with; a file occurs once for each analysis.
  std::vector<FileDiagnostics> diagnostics();

  /// The URI of a file of an analysis; nullopt for the standard library.
  std::optional<std::string> uri_of(const Analysis& analysis, base::FileId file) const;

 private:
  struct Document {
    std::string path;      ///< canonical
    bool outside = false;  ///< of the root: looked at alone, and for its syntax
    std::string text;
  };
  struct Entry {
    std::unique_ptr<Analysis> analysis;  ///< nullptr: to be made
    bool alone = false;                  ///< a file that no policy uses
  };

  std::vector<Covering> analyses_of_path(const std::string& path);  ///< of policies
  void mark_changed(const std::string& path);
  void find_entries();
  Analysis& fresh(const std::string& path, Entry& entry);
  std::optional<Covering> covering(const Analysis& analysis, const std::string& path) const;
  std::unique_ptr<Analysis> analyse_alone(const Document& document) const;

  Overlay overlay_;
  std::string root_;
  std::map<std::string, Document> documents_;                 ///< by URI
  std::map<std::string, std::string> uris_;                   ///< of open files, by path
  std::map<std::string, Entry> entries_;                      ///< policies, by path
  std::map<std::string, std::unique_ptr<Analysis>> outside_;  ///< by URI
  bool entries_known_ = false;
  bool stale_ = false;
};

}  // namespace polc::authoring
