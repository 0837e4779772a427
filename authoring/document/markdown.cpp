#include <fmt/format.h>

#include "authoring/document/document.hpp"
#include "runtime/base/escape.hpp"

namespace polc::document {
namespace {

using Kind = Block::Kind;

std::string markdown_row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells) out += fmt::format(" {} |", base::markdown_text(cell));
  return out + "\n";
}

std::string markdown_table(const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out += markdown_row(rows[i]);
    if (i > 0) continue;
    out += "|";
    for (std::size_t k = 0; k < rows[0].size(); ++k) out += " --- |";
    out += "\n";
  }
  return out;
}

std::string markdown_list(const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  for (const std::vector<std::string>& row : rows) {
    const std::string& words = row.front();
    out += base::is_web_uri(words) ? fmt::format("- <{}>\n", words)
                                   : fmt::format("- {}\n", base::markdown_text(words));
  }
  return out;
}

std::string markdown_content(const Block& block) {
  switch (block.kind) {
    case Kind::Text:
      return base::markdown_text(block.text) + "\n";
    case Kind::Markdown:
      return base::markdown_block(block.text) + "\n";
    case Kind::Code:
      return base::markdown_fence(block.text, "pol");
    case Kind::Table:
      return markdown_table(block.rows);
    case Kind::List:
      return markdown_list(block.rows);
  }
  return {};
}

std::string markdown_blocks(const std::vector<Block>& all) {
  std::string out;
  for (const Block& block : all) {
    if (!block.heading.empty()) out += fmt::format("\n**{}**\n", block.heading);
    out += "\n" + markdown_content(block);
  }
  return out;
}

/// "high; stig, cis": what the page's filters know, in words.
std::string markdown_facets(const Document& document, const Entry& entry) {
  std::string out;
  for (const std::string& filter : document.filters) {
    std::string values;
    for (const auto& [name, value] : entry.facets) {
      if (name == filter && name != "Group" && name != "Module")
        values += (values.empty() ? "" : ", ") + base::markdown_text(value);
    }
    if (!values.empty()) out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", filter, values);
  }
  return out.empty() ? out : "\n" + out + "\n";
}

}  // namespace

std::string write_markdown(const Document& document) {
  std::string out =
      fmt::format("# {}\n", base::markdown_text(document.title)) + markdown_blocks(document.introduction);
  for (const Section& section : document.sections) {
    out += fmt::format("\n## {}\n", base::markdown_text(section.title));
    if (!section.text.empty()) out += "\n" + base::markdown_text(section.text) + "\n";
    for (const Entry& entry : section.entries) {
      out +=
          fmt::format("\n### {}\n\n{}\n", base::markdown_code(entry.name), base::markdown_text(entry.title));
      out += markdown_facets(document, entry) + markdown_blocks(entry.blocks);
    }
  }
  return out;
}

}  // namespace polc::document
