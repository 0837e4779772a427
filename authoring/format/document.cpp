#include "authoring/format/document.hpp"

#include <algorithm>
#include <utility>

namespace polc::authoring {

Document::Document() {
  pieces_.emplace_back();
}

Doc Document::add(Piece piece) {
  pieces_.push_back(std::move(piece));
  return static_cast<Doc>(pieces_.size() - 1);
}

bool Document::any_broken(const std::vector<Doc>& parts) const {
  return std::any_of(parts.begin(), parts.end(), [&](Doc part) { return pieces_[part].broken; });
}

Doc Document::text(std::string_view text) {
  Piece piece;
  piece.text = text;
  return add(std::move(piece));
}

Doc Document::owned_text(std::string text) {
  return this->text(owned_.emplace_back(std::move(text)));
}

Doc Document::line(bool blank) {
  Piece piece;
  piece.kind = Kind::Line;
  piece.blank = blank;
  return add(std::move(piece));
}

Doc Document::soft_line(bool blank) {
  const Doc doc = line(blank);
  pieces_[doc].line = LineKind::Soft;
  return doc;
}

Doc Document::hard_line(bool blank) {
  const Doc doc = line(blank);
  pieces_[doc].line = LineKind::Hard;
  pieces_[doc].broken = true;
  return doc;
}

Doc Document::if_broken(std::string_view text) {
  const Doc doc = this->text(text);
  pieces_[doc].kind = Kind::IfBroken;
  return doc;
}

Doc Document::concat(std::vector<Doc> pieces) {
  Piece piece;
  piece.kind = Kind::Concat;
  piece.broken = any_broken(pieces);
  piece.parts = std::move(pieces);
  return add(std::move(piece));
}

Doc Document::around(Kind kind, Doc inner) {
  Piece piece;
  piece.kind = kind;
  piece.broken = pieces_[inner].broken;
  piece.parts = {inner};
  return add(std::move(piece));
}

Doc Document::nest(Doc inner) {
  return around(Kind::Nest, inner);
}

Doc Document::group(Doc inner) {
  return around(Kind::Group, inner);
}

Doc Document::open_group(Doc inner) {
  const Doc opened = group(inner);
  pieces_[opened].broken = true;
  const Doc doc = group(inner);
  pieces_[doc].opened = opened;
  return doc;
}

Doc Document::beside(Doc head, Doc open_group) {
  const Doc opened = concat({head, pieces_[open_group].opened});
  const Doc doc = concat({head, open_group});
  if (pieces_[open_group].opened != kNothing) pieces_[doc].opened = opened;
  return doc;
}

Doc Document::tail_group(Doc head, Doc tail, Doc prefix) {
  const Doc below = nest(concat({line(), prefix, tail}));
  if (pieces_[tail].opened == kNothing) return group(concat({head, below}));
  const Doc blank = text(" ");
  const Doc flat = concat({head, blank, prefix, tail});
  const Doc opened = concat({head, blank, prefix, pieces_[tail].opened});
  Piece piece;
  piece.kind = Kind::TailGroup;
  piece.broken = pieces_[flat].broken;
  piece.opened = opened;
  piece.parts = {flat, opened, concat({head, below}), concat({prefix, tail})};
  return add(std::move(piece));
}

Doc Document::comment(Comment comment) {
  Piece piece;
  piece.kind = Kind::Comment;
  piece.broken = true;
  piece.text = comment.text;
  piece.own_line = comment.own_line;
  piece.blank = comment.blank_behind;
  return add(std::move(piece));
}

Doc Document::text_block(std::vector<std::string_view> lines) {
  Piece piece;
  piece.kind = Kind::TextBlock;
  piece.broken = true;
  piece.lines = std::move(lines);
  return add(std::move(piece));
}

Doc Document::verbatim(std::vector<std::string_view> lines) {
  const Doc doc = text_block(std::move(lines));
  pieces_[doc].kind = Kind::Verbatim;
  pieces_[doc].broken = pieces_[doc].lines.size() > 1;
  return doc;
}

}  // namespace polc::authoring
