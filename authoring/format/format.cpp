#include "authoring/format/format.hpp"

#include "authoring/format/layout.hpp"

namespace polc::authoring {

std::string format(const grammar::SyntaxTree& tree) {
  Document document;
  const Doc file = Layout(tree, document).file();
  return document.render(file, kLineWidth);
}

}  // namespace polc::authoring
