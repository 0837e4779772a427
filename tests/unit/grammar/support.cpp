#include "tests/unit/grammar/support.hpp"

#include <fstream>
#include <sstream>
#include <utility>

namespace polc::grammar::test {

Parsed parse_text(std::string text) {
  auto sources = std::make_unique<base::SourceManager>();
  base::DiagnosticSink sink;
  const base::FileId file = sources->add("test.pol", std::move(text));
  SyntaxTree tree = parse(*sources, file, sink);
  return {std::move(sources), std::move(tree), sink.sorted()};
}

std::string Parsed::report() const {
  std::string out;
  for (const base::Diagnostic& diagnostic : diagnostics) {
    const base::LineColumn at = sources->find(tree.file())->position(diagnostic.span.begin);
    out += std::to_string(at.line) + ":" + std::to_string(at.column) + " " +
           base::code_text(diagnostic.code) + " " + base::message_of(diagnostic) + "\n";
  }
  return out;
}

std::string Parsed::codes() const {
  std::string out;
  for (const base::Diagnostic& diagnostic : diagnostics) {
    out += (out.empty() ? "" : " ") + base::code_text(diagnostic.code);
  }
  return out;
}

std::string expression(const std::string& text) {
  const Parsed parsed = parse_text("let it = " + text);
  if (!parsed.ok()) return parsed.report();
  const NodeId let = parsed.tree.child(parsed.tree.root(), 0);
  return dump(parsed.tree, parsed.tree.last_child(let));
}

namespace {

std::string dump_children(const SyntaxTree& tree, NodeId parent, std::size_t skip) {
  std::string out;
  for (const NodeId child : tree.children(parent)) {
    if (skip > 0) {
      --skip;
      continue;
    }
    out += (out.empty() ? "" : " ") + dump(tree, child);
  }
  return out;
}

}  // namespace

std::string declarations(const std::string& text) {
  const Parsed parsed = parse_text(text);
  return parsed.ok() ? dump_children(parsed.tree, parsed.tree.root(), 0) : parsed.report();
}

std::string clauses(const std::string& text) {
  const Parsed parsed = parse_text("control \"A\" \"T\" {\n" + text + "\n}");
  const NodeId control = parsed.tree.child(parsed.tree.root(), 0);
  return parsed.ok() ? dump_children(parsed.tree, control, 2) : parsed.report();
}

std::string repeat(const std::string& text, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += text;
  return out;
}

std::string read_file(const std::string& path) {
  std::ifstream file(std::string(POLC_SOURCE_DIR) + "/" + path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace polc::grammar::test
