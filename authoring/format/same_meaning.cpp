#include "authoring/format/format.hpp"
#include "grammar/literals.hpp"

namespace polc::authoring {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

class Comparer {
 public:
  Comparer(const SyntaxTree& a, const SyntaxTree& b) : a_(a), b_(b) {}

  bool same_file() const { return same(a_.root(), b_.root()) && same_comments(); }

 private:
  bool same(NodeId a, NodeId b) const {
    if (a_.kind(a) != b_.kind(b) || a_.op(a) != b_.op(b)) return false;
    if (a_.kind(a) == NodeKind::Control && a_.doc_comment(a) != b_.doc_comment(b)) return false;
    if (a_.child_count(a) != b_.child_count(b)) return false;
    if (a_.children(a).empty()) return same_text(a, b);
    auto other = b_.children(b).begin();
    for (const NodeId child : a_.children(a)) {
      if (!same(child, *other)) return false;
      ++other;
    }
    return true;
  }

  bool same_text(NodeId a, NodeId b) const {
    switch (a_.kind(a)) {
      case NodeKind::TextBlock:
        return grammar::decode_string(a_, a) == grammar::decode_string(b_, b);
      case NodeKind::Word:
      case NodeKind::Name:
      case NodeKind::Label:
      case NodeKind::Int:
      case NodeKind::HexInt:
      case NodeKind::Bool:
      case NodeKind::Duration:
      case NodeKind::Date:
      case NodeKind::RawString:
      case NodeKind::String:
        return a_.text(a) == b_.text(b);
      default:  // brackets with nothing inside, and operators
        return true;
    }
  }

  static std::string_view text_of(const SyntaxTree& tree, const grammar::Comment& comment) {
    const std::string_view text = tree.source().substr(comment.begin, comment.end - comment.begin);
    return text.substr(0, text.find_last_not_of(" \t\r") + 1);
  }

  bool same_comments() const {
    if (a_.comments().size() != b_.comments().size()) return false;
    for (std::size_t i = 0; i < a_.comments().size(); ++i) {
      if (text_of(a_, a_.comments()[i]) != text_of(b_, b_.comments()[i])) return false;
    }
    return true;
  }

  const SyntaxTree& a_;
  const SyntaxTree& b_;
};

}  // namespace

bool same_meaning(const SyntaxTree& a, const SyntaxTree& b) {
  return Comparer(a, b).same_file();
}

}  // namespace polc::authoring
