#include "authoring/language_server/session.hpp"

#include <algorithm>
#include <utility>

#include "runtime/base/limits.hpp"

namespace polc::authoring {
namespace {

constexpr std::string_view kAlone = "/alone.pol";
constexpr std::uint16_t kFirstMeaningCode = 2000;  // runtime/base/diagnostics/all.def

/// A file that does not exist yet is named by its folder.
std::string canonical_path(const os::FileSystem& files, const std::string& path) {
  if (const auto real = files.canonical(path)) return *real;
  const std::string folder = os::parent_path(path);
  return os::join_path(files.canonical(folder).value_or(folder), os::file_name(path));
}

}  // namespace

void Session::set_root(const std::string& path) {
  root_ = canonical_path(overlay_, path);
}

void Session::open(const std::string& uri, std::string text) {
  Document document;
  if (const auto path = path_of_uri(uri)) {
    document.path = canonical_path(overlay_, *path);
    if (root_.empty()) root_ = os::parent_path(document.path);
    document.outside = !os::path_inside(root_, document.path);
  } else {
    document.outside = true;
  }
  if (!document.outside) {
    overlay_.open(document.path, text);
    uris_[document.path] = uri;
  }
  document.text = std::move(text);
  entries_known_ = false;
  mark_changed(document.path);
  documents_[uri] = std::move(document);
}

bool Session::change(const std::string& uri, const std::vector<TextChange>& changes,
                     PositionEncoding encoding) {
  const auto found = documents_.find(uri);
  if (found == documents_.end()) return false;
  Document& document = found->second;
  for (const TextChange& change : changes) {
    if (!change.range) {
      document.text = change.text;
      continue;
    }
    const LineIndex lines(document.text);
    const std::uint32_t begin = lines.offset(change.range->first, encoding);
    const std::uint32_t end = std::max(begin, lines.offset(change.range->second, encoding));
    document.text.replace(begin, end - begin, change.text);
  }
  if (document.outside) outside_.erase(uri);
  if (!document.outside) overlay_.open(document.path, document.text);
  mark_changed(document.path);
  return true;
}

void Session::close(const std::string& uri) {
  const auto found = documents_.find(uri);
  if (found == documents_.end()) return;
  const std::string path = found->second.path;
  if (!found->second.outside) {
    overlay_.close(path);
    uris_.erase(path);
    const auto entry = entries_.find(path);
    if (entry != entries_.end() && entry->second.alone) entries_.erase(entry);
  }
  outside_.erase(uri);
  documents_.erase(found);
  entries_known_ = false;
  mark_changed(path);
}

void Session::forget_files() {
  for (auto& [path, entry] : entries_) entry.analysis.reset();
  entries_known_ = false;
  stale_ = true;
}

const std::string* Session::text(const std::string& uri) const {
  const auto found = documents_.find(uri);
  return found == documents_.end() ? nullptr : &found->second.text;
}

/// What is linked with the file is looked at again, and so is what looks for a file that it could not find.
void Session::mark_changed(const std::string& path) {
  stale_ = true;
  for (auto& [entry_path, entry] : entries_) {
    if (entry.analysis == nullptr) continue;
    const bool lacks =
        entry.analysis->package &&
        std::any_of(entry.analysis->package->modules.begin(), entry.analysis->package->modules.end(),
                    [](const compiler::Module& module) { return module.lacks_import; });
    if (lacks || entry_path == path || covering(*entry.analysis, path)) entry.analysis.reset();
  }
}

/// The policies of the workspace; what is known of those that stay is kept.
void Session::find_entries() {
  if (entries_known_) return;
  entries_known_ = true;
  const std::vector<std::string> found = find_policies(overlay_, root_);
  std::erase_if(entries_, [&](const auto& entry) {
    return !entry.second.alone && !std::binary_search(found.begin(), found.end(), entry.first);
  });
  for (const std::string& path : found) entries_[path].alone = false;
}

Analysis& Session::fresh(const std::string& path, Entry& entry) {
  if (entry.analysis == nullptr) entry.analysis = analyse(overlay_, root_, path);
  return *entry.analysis;
}

std::optional<Covering> Session::covering(const Analysis& analysis, const std::string& path) const {
  const auto name = os::path_inside(root_, path);
  const auto module = name ? analysis.module(*name) : std::nullopt;
  return module ? std::optional(Covering{&analysis, *module}) : std::nullopt;
}

std::unique_ptr<Analysis> Session::analyse_alone(const Document& document) const {
  os::MemoryFileSystem files;
  files.files[std::string(kAlone)] = document.text;
  std::unique_ptr<Analysis> analysis = analyse(files, "/", std::string(kAlone));
  std::erase_if(analysis->diagnostics, [](const base::Diagnostic& d) { return d.code >= kFirstMeaningCode; });
  return analysis;
}

std::vector<Covering> Session::analyses(const std::string& uri) {
  const auto open = documents_.find(uri);
  if (open == documents_.end()) return analyses_of_path(path_of_uri(uri).value_or(""));
  const Document& document = open->second;
  if (document.outside) {
    std::unique_ptr<Analysis>& analysis = outside_[uri];
    if (analysis == nullptr) analysis = analyse_alone(document);
    return {{analysis.get(), 0}};
  }
  std::vector<Covering> all = analyses_of_path(document.path);
  const auto own = entries_.find(document.path);
  if (!all.empty()) {
    if (own != entries_.end() && own->second.alone) entries_.erase(own);
    return all;
  }
  Entry& alone = entries_[document.path];
  alone.alone = true;
  if (const auto cover = covering(fresh(document.path, alone), document.path)) all.push_back(*cover);
  return all;
}

std::vector<Covering> Session::analyses_of_path(const std::string& path) {
  find_entries();
  std::vector<Covering> all;
  for (auto& [entry_path, entry] : entries_) {
    if (entry.alone) continue;
    if (const auto cover = covering(fresh(entry_path, entry), path)) all.push_back(*cover);
  }
  return all;
}

std::optional<std::string> Session::uri_of(const Analysis& analysis, base::FileId file) const {
  for (const auto& [uri, outside] : outside_) {
    if (outside.get() == &analysis) return uri;
  }
  if (!analysis.package) return std::nullopt;
  for (const compiler::Module& module : analysis.package->modules) {
    if (module.tree.file() != file) continue;
    if (module.embedded) return std::nullopt;
    const std::string path = os::join_path(root_, module.name);
    const auto open = uris_.find(path);
    return open == uris_.end() ? uri_of_path(path) : open->second;
  }
  return std::nullopt;
}

std::vector<Session::FileDiagnostics> Session::diagnostics() {
  std::set<const Analysis*> seen;
  std::vector<FileDiagnostics> all;
  std::vector<std::string> open;
  for (const auto& [uri, document] : documents_) open.push_back(uri);
  for (const std::string& uri : open) {
    for (const Covering& cover : analyses(uri)) {
      if (!seen.insert(cover.analysis).second) continue;
      for (const compiler::Module& module : cover.analysis->package->modules) {
        const auto file_uri = uri_of(*cover.analysis, module.tree.file());
        if (!file_uri) continue;
        FileDiagnostics of_file{*file_uri, cover.analysis, module.tree.file(), {}};
        for (const base::Diagnostic& diagnostic : cover.analysis->diagnostics) {
          if (diagnostic.span.file == of_file.file) of_file.diagnostics.push_back(&diagnostic);
        }
        all.push_back(std::move(of_file));
      }
    }
  }
  stale_ = false;
  return all;
}

}  // namespace polc::authoring
