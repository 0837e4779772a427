// docs/seed-coverage.md against the policies and, where it is at hand, against the guide itself.
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/literals.hpp"
#include "grammar/parse.hpp"
#include "tests/unit/catch.hpp"

namespace {

namespace fs = std::filesystem;
using Ids = std::set<std::string>;

const fs::path kRoot = POLC_SOURCE_DIR;
const fs::path kGuide = kRoot / "../shared/seed/hardening-connectwise-automate.md";

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in.good());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Everything in a text that has the form of a control id: "CWA-" and then capitals, digits and hyphens.
Ids mentioned_ids(const std::string& text) {
  Ids ids;
  for (std::size_t at = text.find("CWA-"); at != std::string::npos; at = text.find("CWA-", at + 1)) {
    std::size_t end = at;
    const auto is_id = [](unsigned char c) {
      return std::isupper(c) != 0 || std::isdigit(c) != 0 || c == '-';
    };
    while (end < text.size() && is_id(static_cast<unsigned char>(text[end]))) ++end;
    ids.insert(text.substr(at, end - at));
  }
  return ids;
}

void add_controls(const polc::grammar::SyntaxTree& tree, polc::grammar::NodeId parent, Ids& ids) {
  using polc::grammar::NodeKind;
  for (const auto child : tree.children(parent)) {
    if (tree.kind(child) == NodeKind::Group) add_controls(tree, child, ids);
    if (tree.kind(child) == NodeKind::Control)
      ids.insert(polc::grammar::decode_string(tree, tree.child(child, 0)));
  }
}

/// Ids of the controls that are declared below policies/.
Ids declared_ids() {
  Ids ids;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "policies")) {
    if (entry.path().extension() != ".pol") continue;
    polc::base::SourceManager sources;
    polc::base::DiagnosticSink sink;
    const auto file = sources.add(entry.path().filename().string(), read(entry.path()));
    const auto tree = polc::grammar::parse(sources, file, sink);
    add_controls(tree, tree.root(), ids);
  }
  return ids;
}

/// Text without Markdown: no markup characters, no link targets, runs of spaces made one.
std::string plain(std::string_view markdown) {
  std::string text;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    if (markdown.substr(i, 2) == "](") i = markdown.find(')', i);
    if (i == std::string_view::npos) break;
    const char c = markdown[i];
    if (std::string_view("#*_`[])!").find(c) != std::string_view::npos) continue;
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (!space) text += c;
    if (space && !text.empty() && text.back() != ' ') text += ' ';
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

/// A line without the bullet or number of its list.
std::string_view without_bullet(std::string_view line) {
  const std::size_t start = line.find_first_not_of(" \t");
  if (start == std::string_view::npos) return {};
  line.remove_prefix(start);
  if (line.substr(0, 2) == "- ") return line.substr(2);
  std::size_t digits = 0;
  while (digits < line.size() && std::isdigit(static_cast<unsigned char>(line[digits])) != 0) ++digits;
  if (digits > 0 && line.substr(digits, 2) == ". ") return line.substr(digits + 2);
  return line;
}

/// The guide's sentences: its lines, without front matter and code fences, cut behind every full stop.
std::vector<std::string> sentences_of(const std::string& guide) {
  std::vector<std::string> sentences;
  std::istringstream lines(guide);
  int front_matter_marks = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("---", 0) == 0 && front_matter_marks < 2) {
      ++front_matter_marks;
      continue;
    }
    if (front_matter_marks == 1 || line.rfind("```", 0) == 0) continue;
    const std::string text = plain(without_bullet(line));
    std::size_t begin = 0;
    while (begin < text.size()) {
      const std::size_t stop = text.find(". ", begin);
      const std::size_t end = stop == std::string::npos ? text.size() : stop + 1;
      sentences.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  return sentences;
}

}  // namespace

TEST_CASE("every control that the coverage page names exists") {
  const Ids declared = declared_ids();
  for (const std::string& id : mentioned_ids(read(kRoot / "docs/seed-coverage.md"))) {
    INFO("docs/seed-coverage.md names " << id);
    CHECK(declared.count(id) == 1);
  }
}

TEST_CASE("every control stands on the coverage page") {
  const Ids mentioned = mentioned_ids(read(kRoot / "docs/seed-coverage.md"));
  for (const std::string& id : declared_ids()) {
    INFO(id << " is not in docs/seed-coverage.md");
    CHECK(mentioned.count(id) == 1);
  }
}

TEST_CASE("every sentence of the guide stands on the coverage page") {
  if (!fs::exists(kGuide)) {
    WARN("skipped: the guide is not beside the repository");
    return;
  }
  const std::string page = plain(read(kRoot / "docs/seed-coverage.md"));
  const std::vector<std::string> sentences = sentences_of(read(kGuide));
  CHECK(sentences.size() > 100);
  for (const std::string& sentence : sentences) {
    INFO("not in docs/seed-coverage.md: " << sentence);
    CHECK(page.find(sentence) != std::string::npos);
  }
}
