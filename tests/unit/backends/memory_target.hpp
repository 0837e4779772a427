// Targets in memory: files and folders, recognised and collected as the command line does it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "runtime/backends/backend.hpp"
#include "tests/unit/formats/reading.hpp"

namespace polc::backends {

/// The files of one disk, and what a backend makes of one of them.
struct MemoryTarget {
  os::MemoryFileSystem disk;
  base::SourceManager sources;
  base::DiagnosticSink sink;
  std::string backend;  ///< that recognised it, or was asked for

  /// `path` as on a command line: "scan.xml", "/drive". Evidence is empty where the target was refused.
  std::vector<value::Evidence> collect(const std::string& path, const Request& request = {},
                                       std::string_view forced = {}, std::string_view label = {}) {
    const bool is_file = disk.kind(path) == os::FileKind::File;
    const TargetFiles files(disk, sources, is_file ? os::parent_path(path) : path,
                            is_file ? os::parent_path(path) : path);
    Target target;
    target.name = path;
    target.kind = disk.kind(path);
    target.files = &files;
    target.label = label;
    if (is_file) {
      target.file = sources.add(path, disk.read(path, SIZE_MAX).text);
      target.bytes = sources.find(target.file)->text();
    }
    const Backend* found = forced.empty() ? recognise(target) : find_backend(forced);
    if (found == nullptr) {
      report_unrecognised(target, sink);
      return {};
    }
    backend = found->name();
    auto pieces = found->collect(target, request, sink);
    return pieces ? std::move(*pieces) : std::vector<value::Evidence>();
  }

  /// "file:line:column POL1234 text" of everything that was reported.
  std::string problems() const {
    std::string out;
    for (const base::Diagnostic& d : sink.sorted()) {
      const base::SourceBuffer* text = sources.find(d.span.file);
      if (!out.empty()) out += "\n";
      if (text != nullptr) {
        const base::LineColumn at = text->position(d.span.begin);
        out += text->name() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + " ";
      }
      out += base::code_text(d.code) + " " + base::message_of(d);
    }
    return out;
  }
};

}  // namespace polc::backends
