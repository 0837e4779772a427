// Targets made of files in memory, read by one backend.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/backends/backend.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::test {

/// A folder "/t", which reports call "t", with files in it; or one of these files.
class FileTarget {
 public:
  void add(const std::string& path, std::string bytes) { disk.files["/t/" + path] = std::move(bytes); }

  backends::Target folder() {
    files = std::make_unique<backends::TargetFiles>(disk, sources, "/t", "t");
    return {.name = "t", .kind = os::FileKind::Folder, .files = files.get()};
  }

  backends::Target file(const std::string& path) {
    backends::Target target = folder();
    names.push_back("t/" + path);
    target.kind = os::FileKind::File;
    target.name = names.back();
    target.file = sources.add(names.back(), disk.files["/t/" + path]);
    target.bytes = sources.find(target.file)->text();
    return target;
  }

  /// Messages of the sink, with the line they point to: "t/a.inf:3: section [X] is not read".
  std::vector<std::string> messages() const {
    std::vector<std::string> all;
    for (const base::Diagnostic& d : sink.sorted()) {
      const base::SourceBuffer* source = sources.find(d.span.file);
      const std::string place =
          source == nullptr
              ? ""
              : source->name() + ':' + std::to_string(source->position(d.span.begin).line) + ": ";
      all.push_back(place + base::message_of(d));
    }
    return all;
  }

  os::MemoryFileSystem disk;
  base::SourceManager sources;
  base::DiagnosticSink sink;
  std::unique_ptr<backends::TargetFiles> files;
  std::vector<std::string> names;
};

/// "GptTmpl.inf:14" or "Registry.pol, entry 7" of a place, with its folder.
inline std::string place_text(const value::Evidence& evidence, value::OriginId origin) {
  const value::Origin& place = evidence.origins.at(origin);
  std::string text = place.file;
  if (place.line != 0) text += ':' + std::to_string(place.line);
  return place.note.empty() ? text : text + ", " + place.note;
}

}  // namespace polc::test
