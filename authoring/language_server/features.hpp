// Answers to an editor's questions about one place of one file, in the terms of the compiler; server.cpp speaks JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authoring/language_server/analysis.hpp"
#include "authoring/language_server/symbols.hpp"

namespace polc::authoring {

/// A place in a file of an analysis. The analysis is of the text as it is now.
struct Query {
  const Analysis& analysis;
  compiler::ModuleId module = 0;
  std::uint32_t offset = 0;

  const grammar::SyntaxTree& tree() const { return analysis.package->tree(module); }
};

struct Hover {
  std::string markdown;  ///< safe to show: what policies say is escaped
  base::Span span;
};
std::optional<Hover> hover(const Query& query);

/// Kinds of the protocol (CompletionItemKind).
enum class CompletionKind {
  Function = 3,
  Field = 5,
  Variable = 6,
  Module = 9,
  Property = 10,
  Keyword = 14,
  File = 17,
  Reference = 18,
  EnumMember = 20,
  Constant = 21
};
struct Completion {
  std::string label;  ///< also the text that is inserted
  CompletionKind kind = CompletionKind::Keyword;
  std::string detail;
};
struct Completions {
  base::Span replace;  ///< what is typed already
  std::vector<Completion> items;
  bool complete = true;  ///< false: more would fit than limits::kCompletionItems
};
Completions complete(const Query& query);

/// The word or string at a place, if what it names can be renamed: a param, let, def, variable or control id of the
/// workspace. It is renamed at all its references().
std::optional<base::Span> renameable(const Query& query);

/// Why the thing cannot have the name; "" when it can.
std::string rename_problem(const Query& query, const std::string& name);

/// Kinds of the protocol (SymbolKind).
enum class OutlineKind {
  Module = 2,
  Namespace = 3,
  Property = 7,
  Function = 12,
  Variable = 13,
  Constant = 14,
  Object = 19,
  Event = 24
};
struct OutlineItem {
  std::string name, detail;
  OutlineKind kind = OutlineKind::Object;
  base::Span span, selection;
  std::vector<OutlineItem> children;
};
std::vector<OutlineItem> outline(const grammar::SyntaxTree& tree);

/// Indices into semantic_token_types().
enum class TokenType : std::uint32_t {
  Keyword,
  Comment,
  String,
  Number,
  Operator,
  Variable,
  Parameter,
  Function,
  Property,
  EnumMember,
  Namespace
};
const std::vector<std::string_view>& semantic_token_types();
struct SemanticToken {
  std::uint32_t begin = 0, end = 0;  ///< on one line
  TokenType type = TokenType::Keyword;
};
/// By position, without overlaps.
std::vector<SemanticToken> semantic_tokens(const Analysis& analysis, compiler::ModuleId module);

/// An edit that the author may want at a place.
struct CodeAction {
  std::string title;
  std::vector<base::FixIt> edits;
  const base::Diagnostic* diagnostic =
      nullptr;  ///< what it repairs; nullptr for a change of meaning that was asked for
};
/// Fixes of the diagnostics that touch `span`, and how absence can be settled in the comparison at its beginning.
std::vector<CodeAction> code_actions(const Query& query, base::Span span);

}  // namespace polc::authoring
