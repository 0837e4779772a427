// Pieces of pages that more than one page has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace polc::report::html {

/// A table with a row of headings; wide ones scroll.
class Table {
 public:
  explicit Table(const std::vector<std::string>& columns);  ///< as they come
  void row(const std::vector<std::string>& cells);          ///< HTML
  std::string finish();

 private:
  std::string html_;
};

/// A link that shows where it leads. `uri` must be a base::is_web_uri().
std::string web_link(std::string_view uri);

}  // namespace polc::report::html
