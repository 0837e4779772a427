#include <fmt/format.h>

#include <algorithm>

#include "authoring/document/document.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/report/html/page.hpp"
#include "runtime/report/html/rich_text.hpp"
#include "runtime/report/html/table.hpp"

namespace polc::document {
namespace {

using Kind = Block::Kind;

constexpr int kHeading = 5;  // of an author's own headings: below those of an entry

constexpr std::string_view kStyle = R"css(
.controls { position: sticky; top: 0; background: var(--ground); padding: .6rem 0; border-bottom: 1px solid var(--line);
  display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; z-index: 1; }
.controls label { display: flex; flex-direction: column; font-size: .8rem; color: var(--soft); max-width: 16rem; }
.controls label.wide { flex: 1 1 14rem; max-width: none; }
.controls input, .controls select, .controls button { font: inherit; color: var(--ink); background: var(--raised);
  border: 1px solid var(--soft); border-radius: 5px; padding: .3rem .5rem; max-width: 100%; }
.controls output { min-width: 7rem; padding-bottom: .35rem; }
)css";

/// Everything is in the page; the script only hides what is not asked for.
constexpr std::string_view kScript = R"js(
"use strict";
(() => {
  const bar = document.querySelector(".controls");
  const query = bar.querySelector("input");
  const filters = [...bar.querySelectorAll("select")];
  const entries = [...document.querySelectorAll("article")];
  const sections = [...document.querySelectorAll("main > section")];
  const texts = entries.map((entry) => entry.textContent.toLowerCase());
  const update = () => {
    const words = query.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    let shown = 0;
    entries.forEach((entry, i) => {
      const fits = words.every((word) => texts[i].includes(word)) && filters.every((filter) =>
        filter.value === "" || (entry.dataset[filter.name] ?? "").split("\n").includes(filter.value));
      entry.hidden = !fits;
      if (fits) shown += 1;
    });
    for (const section of sections) section.hidden = section.querySelector("article:not([hidden])") === null;
    bar.querySelector("output").textContent = `${shown} of ${entries.length} shown`;
  };
  bar.addEventListener("input", update);
  bar.querySelector("button").addEventListener("click", () => {
    query.value = "";
    for (const filter of filters) filter.value = "";
    update();
    query.focus();
  });
  bar.hidden = false;
  update();
})();
)js";

std::string html_table(const std::vector<std::vector<std::string>>& rows) {
  report::html::Table out(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) {
    std::vector<std::string> cells;
    for (const std::string& cell : rows[i]) cells.push_back(base::html_text(cell));
    out.row(cells);
  }
  return out.finish();
}

std::string html_list(const std::vector<std::vector<std::string>>& rows) {
  std::string out = "<ul>\n";
  for (const std::vector<std::string>& row : rows) {
    const std::string& words = row.front();
    out += fmt::format("<li>{}</li>\n",
                       base::is_web_uri(words) ? report::html::web_link(words) : base::html_text(words));
  }
  return out + "</ul>\n";
}

std::string html_content(const Block& block) {
  switch (block.kind) {
    case Kind::Text:
      return fmt::format("<p>{}</p>\n", base::html_text(block.text));
    case Kind::Markdown:
      return report::html::rich_text(block.text, kHeading);
    case Kind::Code:
      return fmt::format("<pre tabindex=\"0\">{}</pre>\n", base::html_text(block.text));
    case Kind::Table:
      return html_table(block.rows);
    case Kind::List:
      return html_list(block.rows);
  }
  return {};
}

std::string html_blocks(const std::vector<Block>& all, int heading) {
  std::string out;
  for (const Block& block : all) {
    if (!block.heading.empty())
      out += fmt::format("<h{0}>{1}</h{0}>\n", heading, base::html_text(block.heading));
    out += html_content(block);
  }
  return out;
}

std::string html_badges(const Entry& entry) {
  std::string out;
  for (const auto& [name, value] : entry.facets) {
    if (name == "Severity")
      out += fmt::format(" <span class=\"badge {0}\">{0}</span>", base::html_text(value));
  }
  return out;
}

class PageWriter {
 public:
  explicit PageWriter(const Document& document) : document_(document) {}

  std::string write() const {
    std::string body = fmt::format("<h1>{}</h1>\n", base::html_text(document_.title)) +
                       html_blocks(document_.introduction, 2) + bar() + "<main>\n";
    for (const Section& section : document_.sections) body += section_text(section);
    const std::string style = std::string(report::html::common_style()) + std::string(kStyle);
    return report::html::write_page({document_.title, body + "</main>\n", style, kScript});
  }

 private:
  /// The values of a filter, in the order in which entries bring them.
  std::vector<std::string> values_of(const std::string& filter) const {
    std::vector<std::string> values;
    for (const Section& section : document_.sections) {
      for (const Entry& entry : section.entries) {
        for (const auto& [name, value] : entry.facets) {
          if (name == filter && std::find(values.begin(), values.end(), value) == values.end())
            values.push_back(value);
        }
      }
    }
    return values;
  }

  std::string bar() const {
    std::string out =
        "<div class=\"controls\" role=\"search\" hidden>\n<label class=\"wide\">Search"
        "<input type=\"search\" name=\"query\" autocomplete=\"off\"></label>\n";
    for (std::size_t i = 0; i < document_.filters.size(); ++i) {
      const std::vector<std::string> values = values_of(document_.filters[i]);
      if (values.empty()) continue;
      out += fmt::format("<label>{}<select name=\"f{}\"><option value=\"\">all</option>",
                         base::html_text(document_.filters[i]), i);
      for (const std::string& value : values)
        out += fmt::format("<option value=\"{0}\">{0}</option>", base::html_text(value));
      out += "</select></label>\n";
    }
    return out + "<button type=\"button\">Clear</button>\n<output aria-live=\"polite\"></output>\n</div>\n";
  }

  std::string data(const Entry& entry) const {
    std::string out;
    for (std::size_t i = 0; i < document_.filters.size(); ++i) {
      std::string values;
      for (const auto& [name, value] : entry.facets) {
        if (name == document_.filters[i]) values += (values.empty() ? "" : "\n") + base::html_text(value);
      }
      if (!values.empty()) out += fmt::format(" data-f{}=\"{}\"", i, values);
    }
    return out;
  }

  std::string section_text(const Section& section) const {
    std::string out = fmt::format("<section>\n<h2>{}</h2>\n", base::html_text(section.title));
    if (!section.text.empty()) out += fmt::format("<p>{}</p>\n", base::html_text(section.text));
    for (const Entry& entry : section.entries) {
      const std::string id = report::html::anchor(entry.name);
      out += fmt::format(
          "<article id=\"{0}\"{1}>\n<h3><a href=\"#{0}\"><code>{2}</code></a> {3}{4}</h3>\n{5}</article>\n",
          id, data(entry), base::html_text(entry.name), base::html_text(entry.title), html_badges(entry),
          html_blocks(entry.blocks, 4));
    }
    return out + "</section>\n";
  }

  const Document& document_;
};

}  // namespace

std::string write_html(const Document& document) {
  return PageWriter(document).write();
}

}  // namespace polc::document
