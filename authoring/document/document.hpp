// Reference pages: what a policy demands, what policies can ask about, what the standard library knows. The pages are made
// from the compiled policy, the catalogue and the modules themselves; the same data is in SARIF rules and in the checker.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/ir/program.hpp"

namespace polc::document {

/// One part of an entry. Texts are as they come; the writers escape them.
struct Block {
  enum class Kind : std::uint8_t {
    Text,      ///< plain
    Markdown,  ///< as a policy's author wrote it
    Code,      ///< policy language
    Table,     ///< `rows`, the first of them the names of the columns
    List,      ///< `rows` of one cell each; web addresses become links
  };
  Kind kind = Kind::Text;
  std::string heading;  ///< may be empty
  std::string text;
  std::vector<std::vector<std::string>> rows;
};

/// What can be looked up: a control, a resource, a setting, a helper.
struct Entry {
  std::string name;  ///< unique in the document: "CWA-PORT-31", "registry"
  std::string title;
  std::vector<std::pair<std::string, std::string>> facets;  ///< filter and value; a filter may have several
  std::vector<Block> blocks;
};

struct Section {
  std::string title;
  std::string text;  ///< plain; may be empty
  std::vector<Entry> entries;
};

struct Document {
  std::string title;
  std::vector<Block> introduction;
  std::vector<std::string> filters;  ///< names of the facets that a reader may filter by, in order
  std::vector<Section> sections;
};

/// The controls of a policy by group, with its parameters and waivers.
Document policy_document(const ir::Program& program);

/// Every resource with parameters, attributes and example; enumerations and rows.
Document catalogue_document();

/// Every module of the standard library: its helpers, and the Group Policy settings that it knows.
Document library_document();

/// GitHub Flavored Markdown. Ends with a line feed.
std::string write_markdown(const Document& document);

/// One self-contained page with search and filters; without a script it shows everything.
std::string write_html(const Document& document);

}  // namespace polc::document
