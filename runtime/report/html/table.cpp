#include "runtime/report/html/table.hpp"

#include <fmt/format.h>

#include "runtime/base/escape.hpp"

namespace polc::report::html {

Table::Table(const std::vector<std::string>& columns) {
  html_ = "<div class=\"scroll\"><table>\n<thead><tr>";
  for (const std::string& column : columns)
    html_ += fmt::format("<th scope=\"col\">{}</th>", base::html_text(column));
  html_ += "</tr></thead>\n<tbody>\n";
}

void Table::row(const std::vector<std::string>& cells) {
  html_ += "<tr>";
  for (std::size_t i = 0; i < cells.size(); ++i)
    html_ += fmt::format("<td{}>{}</td>", i == 0 ? " class=\"id\"" : "", cells[i]);
  html_ += "</tr>\n";
}

std::string Table::finish() {
  return html_ + "</tbody>\n</table></div>\n";
}

std::string web_link(std::string_view uri) {
  return fmt::format("<a href=\"{0}\" rel=\"noreferrer noopener\">{0}</a>", base::html_text(uri));
}

}  // namespace polc::report::html
