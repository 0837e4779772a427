// A document is a text that still has to be broken into lines: pieces, places where a line may end, and groups of them.
// The formatter builds one for a syntax tree, and render() chooses the line ends.
//
// Source: P. Wadler, "A prettier printer" (2003); the groups with three ways to be laid out are those of Prettier's
// "conditionalGroup" (github.com/prettier/prettier, commands.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace polc::authoring {

/// A piece of a document: an index into the Document that made it.
using Doc = std::uint32_t;
inline constexpr Doc kNothing = 0;  ///< the empty piece

class Document {
 public:
  Document();

  /// `text` is one line and must outlive the document.
  Doc text(std::string_view text);

  /// A text that the document keeps.
  Doc owned_text(std::string text);

  /// Ends the line where the group around it is broken; else one blank, or nothing. `blank` adds an empty line.
  Doc line(bool blank = false);
  Doc soft_line(bool blank = false);
  /// Ends the line, and so breaks every group around it.
  Doc hard_line(bool blank = false);

  /// `text` where the group around it is broken, else nothing.
  Doc if_broken(std::string_view text);

  Doc concat(std::vector<Doc> pieces);

  /// Lines that end inside of `piece` go on one step further to the right.
  Doc nest(Doc piece);

  /// On one line if it fits, else every line() of it ends the line.
  Doc group(Doc piece);

  /// A group whose first line can stand behind something else when it is broken, as an opening bracket can.
  Doc open_group(Doc piece);
  bool is_open(Doc doc) const { return pieces_[doc].opened != kNothing; }

  /// `head` and an open group that always stays on its line.
  Doc beside(Doc head, Doc open_group);

  /// `head` and what follows it: on one line; else on two lines; else, if `tail` is an open group, broken inside of that and
  /// with its first line behind the head. `prefix` always stands before the tail.
  Doc tail_group(Doc head, Doc tail, Doc prefix = kNothing);

  struct Comment {
    std::string_view text;      ///< from the slashes on
    bool own_line = false;      ///< else it stands behind what precedes it
    bool blank_behind = false;  ///< an empty line follows
  };
  /// Breaks every group around it; what follows begins a new line.
  Doc comment(Comment comment);

  /// A text block whose lines are indented one step further than the text around it; the quotes are added.
  Doc text_block(std::vector<std::string_view> lines);

  /// Lines that are written as they are, from the second one on without indentation.
  Doc verbatim(std::vector<std::string_view> lines);

  /// The text, with lines of at most `width` characters where that is possible.
  std::string render(Doc root, std::size_t width) const;

 private:
  friend class Renderer;

  enum class Kind : std::uint8_t {
    Text,
    Line,
    IfBroken,
    Concat,
    Nest,
    Group,
    TailGroup,
    Comment,
    TextBlock,
    Verbatim,
  };
  enum class LineKind : std::uint8_t { Blank, Soft, Hard };

  struct Piece {
    Kind kind = Kind::Text;
    LineKind line = LineKind::Blank;
    bool blank = false;     ///< Line: an empty line follows. Comment: likewise
    bool own_line = false;  ///< Comment
    bool broken = false;    ///< cannot be on one line
    Doc opened = kNothing;  ///< of an open group: the same, broken; else kNothing
    std::string_view text;
    std::vector<Doc> parts;
    std::vector<std::string_view> lines;
  };

  Doc add(Piece piece);
  Doc around(Kind kind, Doc inner);
  bool any_broken(const std::vector<Doc>& parts) const;

  std::vector<Piece> pieces_;
  std::deque<std::string> owned_;
};

}  // namespace polc::authoring
