#include "tests/unit/format/support.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "authoring/format/format.hpp"
#include "grammar/parse.hpp"

namespace polc::authoring::test {
namespace {

struct Parsed {
  explicit Parsed(const std::string& text)
      : tree(grammar::parse(sources, sources.add("test.pol", text), sink)) {}

  base::SourceManager sources;
  base::DiagnosticSink sink;
  grammar::SyntaxTree tree;
};

}  // namespace

std::optional<std::string> formatted(const std::string& text) {
  const Parsed parsed(text);
  if (parsed.sink.has_errors()) return std::nullopt;
  return format(parsed.tree);
}

std::string broken_promise(const std::string& text) {
  const Parsed before(text);
  if (before.sink.has_errors()) return "does not parse";
  const std::string once = format(before.tree);
  const Parsed after(once);
  if (after.sink.has_errors()) return "does not parse any more:\n" + once;
  if (!same_meaning(before.tree, after.tree)) return "means something else:\n" + once;
  const std::string twice = format(after.tree);
  if (twice != once) return "is not stable:\n" + once + "---\n" + twice;
  if (!once.empty() && once.back() != '\n') return "lacks a line end:\n" + once;
  if (once.starts_with('\n') || once.ends_with("\n\n")) return "has empty lines around it:\n" + once;
  return {};
}

std::vector<std::string> declarations(const std::string& text) {
  const Parsed parsed(text);
  std::vector<std::string> all;
  for (const grammar::NodeId id : parsed.tree.children(parsed.tree.root()))
    all.emplace_back(parsed.tree.text(id));
  return all;
}

std::vector<std::pair<std::string, std::string>> policy_files() {
  namespace fs = std::filesystem;
  const fs::path root = POLC_SOURCE_DIR;
  std::vector<std::pair<std::string, std::string>> files;
  for (const char* folder : {"policies", "stdlib", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() != ".pol") continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      files.emplace_back(fs::relative(entry.path(), root).generic_string(),
                         std::string(std::istreambuf_iterator<char>(stream), {}));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace polc::authoring::test
