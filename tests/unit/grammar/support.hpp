// Parsing for tests: text in, tree and diagnostics out.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "grammar/parse.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"

namespace polc::grammar::test {

struct Parsed {
  std::unique_ptr<base::SourceManager> sources;  // outlives the tree, also when this is moved
  SyntaxTree tree;
  std::vector<base::Diagnostic> diagnostics;

  bool ok() const { return diagnostics.empty(); }

  /// "2:13 POL1031 `=` is not an operator of this language", one line each.
  std::string report() const;

  /// "POL1031 POL1012"
  std::string codes() const;
};

Parsed parse_text(std::string text);

/// The dump of `require TEXT`'s expression, or the report if there are errors.
std::string expression(const std::string& text);

/// The dump of a file without the outer (File ...), or the report if there are errors.
std::string declarations(const std::string& text);

/// The dump of the clauses of one control, or the report if there are errors.
std::string clauses(const std::string& text);

/// `text` n times over.
std::string repeat(const std::string& text, std::size_t n);

/// The text of a file of the source tree.
std::string read_file(const std::string& path);

}  // namespace polc::grammar::test
