#include "runtime/report/html/rich_text.hpp"

#include <cmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"

namespace polc::report::html {
namespace {

constexpr int kLastHeading = 6;

using Node = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;
using Iterator = std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)>;
using Text = std::unique_ptr<char, decltype(&std::free)>;

std::string_view view(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

std::vector<cmark_node*> all_nodes(cmark_node* document) {
  std::vector<cmark_node*> nodes;
  const Iterator iterator(cmark_iter_new(document), &cmark_iter_free);
  for (cmark_event_type event; (event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
    if (event == CMARK_EVENT_ENTER) nodes.push_back(cmark_iter_get_node(iterator.get()));
  }
  return nodes;
}

/// Puts `to` into the place of `from`, which is freed; with `keep_children` they move over.
void replace(cmark_node* from, cmark_node* to, bool keep_children) {
  if (keep_children) {
    while (cmark_node* child = cmark_node_first_child(from)) cmark_node_append_child(to, child);
  }
  cmark_node_replace(from, to);
  cmark_node_free(from);
}

cmark_node* text_node(std::string_view text) {
  cmark_node* node = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(node, std::string(text).c_str());
  return node;
}

cmark_node* paragraph(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  cmark_node* node = cmark_node_new(CMARK_NODE_PARAGRAPH);
  cmark_node_append_child(node, text_node(text));
  return node;
}

/// A link to the web that says where it leads, for the eye and on paper; of other links their text stays.
cmark_node* safe_link(cmark_node* link) {
  const std::string_view target = view(cmark_node_get_url(link));
  cmark_node* node = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
  if (!base::is_web_uri(target)) return node;
  const std::string shown = base::html_text(target);
  cmark_node* child = cmark_node_first_child(link);
  const bool says_so = child != nullptr && view(cmark_node_get_literal(child)) == target;
  cmark_node_set_on_enter(node, fmt::format("<a href=\"{}\" rel=\"noreferrer noopener\">", shown).c_str());
  cmark_node_set_on_exit(node, says_so ? "</a>" : fmt::format("</a> ({})", shown).c_str());
  return node;
}

void make_safe(cmark_node* node, int heading) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
      return replace(node, paragraph(view(cmark_node_get_literal(node))), false);
    case CMARK_NODE_HTML_INLINE:
      return replace(node, text_node(view(cmark_node_get_literal(node))), false);
    case CMARK_NODE_LINK:
      return replace(node, safe_link(node), true);
    case CMARK_NODE_IMAGE:
      return replace(node, cmark_node_new(CMARK_NODE_CUSTOM_INLINE), true);
    case CMARK_NODE_HEADING:
      cmark_node_set_heading_level(node,
                                   std::min(cmark_node_get_heading_level(node) + heading - 1, kLastHeading));
      return;
    default:
      return;
  }
}

}  // namespace

std::string rich_text(std::string_view markdown, int heading) {
  const std::string shown = base::visible_block(markdown);
  if (markdown.size() > limits::kStringBytes) return fmt::format("<pre>{}</pre>\n", base::html_text(shown));
  const Node document(cmark_parse_document(shown.data(), shown.size(), CMARK_OPT_DEFAULT), &cmark_node_free);
  for (cmark_node* node : all_nodes(document.get())) make_safe(node, heading);
  const Text text(cmark_render_html(document.get(), CMARK_OPT_DEFAULT), &std::free);
  return text.get();
}

}  // namespace polc::report::html
