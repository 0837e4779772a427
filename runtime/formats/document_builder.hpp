// How the readers make a Document: begin, fill and end containers in the order of the text. Bounds and
// duplicate keys are checked here, once for all formats.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/diagnostic.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/document.hpp"

namespace polc::formats {

class DocumentBuilder {
 public:
  DocumentBuilder(base::FileId file, base::DiagnosticSink& sink,
                  std::size_t node_limit = limits::kDocumentNodes)
      : sink_(sink), node_limit_(node_limit) {
    document_.file_ = file;
  }

  /// How many nodes to expect; a guess costs nothing but memory.
  void reserve(std::size_t nodes) { document_.nodes_.reserve(nodes); }

  /// Each returns false when a bound is exceeded (already reported) and reading must stop. `text` is kept as
  /// a view; it must live in what finish() is given.
  [[nodiscard]] bool scalar(NodeKind kind, std::string_view text, std::uint32_t begin, std::uint32_t end);
  [[nodiscard]] bool begin(NodeKind container, std::uint32_t offset);
  void end();

  /// True when the next node is the key of a mapping.
  bool at_key() const { return !open_.empty() && open_.back().mapping && !open_.back().key_given; }

  bool empty() const { return document_.nodes_.empty(); }
  Document finish(std::shared_ptr<const void> storage);

 private:
  struct Open {
    std::uint32_t node = 0;
    std::uint32_t last_child = 0;
    bool mapping = false;
    bool key_given = false;
  };

  bool add(Document::Data data);
  void report_duplicates(std::uint32_t mapping);
  base::Span at(std::uint32_t begin, std::uint32_t end) const { return {document_.file_, begin, end}; }

  Document document_;
  base::DiagnosticSink& sink_;
  std::size_t node_limit_;
  std::vector<Open> open_;
  std::size_t duplicates_ = 0;
  std::vector<std::pair<std::size_t, std::uint32_t>> keys_;  // hash and node; scratch of report_duplicates
};

}  // namespace polc::formats
