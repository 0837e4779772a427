// Policy text to syntax tree.
#pragma once

#include "grammar/syntax_tree.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/base/source.hpp"

namespace polc::grammar {

/// Parses one file. Never fails as a whole: what could not be parsed is reported to `sink` and becomes Error
/// nodes, and parsing goes on with the next clause or declaration, so that one run reports every error.
/// `sources` must outlive the tree. Time and memory are linear in the size of the text; limits are in
/// runtime/base/limits.hpp.
SyntaxTree parse(const base::SourceManager& sources, base::FileId file, base::DiagnosticSink& sink);

}  // namespace polc::grammar
