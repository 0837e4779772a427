// Chooses the line ends of a document, from the outside in: a group that does not fit is broken, and what is inside of it
// is looked at again. Each choice looks ahead at most one line, so time is linear in the size of the text.
#include <algorithm>

#include "authoring/format/document.hpp"

namespace polc::authoring {
namespace {

constexpr std::size_t kStep = 2;  ///< blanks of one level of indentation
constexpr std::string_view kQuotes = "\"\"\"";
constexpr std::string_view kBeforeComment = "  ";

/// Characters; the bytes that continue one begin with 10.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

class Renderer {
 public:
  Renderer(const Document& document, std::size_t width) : document_(document), width_(width) {}

  std::string render(Doc root) {
    todo_.push_back({root, 0, true});
    while (!todo_.empty()) {
      const Task task = todo_.back();
      todo_.pop_back();
      print(task);
    }
    return std::move(out_);
  }

 private:
  using Kind = Document::Kind;
  using LineKind = Document::LineKind;
  using Piece = Document::Piece;

  struct Task {
    Doc doc = kNothing;
    std::size_t indent = 0;
    bool broken = false;  ///< line() ends the line
  };

  const Piece& piece(Doc doc) const { return document_.pieces_[doc]; }

  void print(const Task& task) {
    const Piece& piece = this->piece(task.doc);
    switch (piece.kind) {
      case Kind::Text:
        return write(piece.text, task.indent);
      case Kind::Line:
        return print_line(piece, task);
      case Kind::IfBroken:
        return task.broken ? write(piece.text, task.indent) : void();
      case Kind::Concat:
        for (auto part = piece.parts.rbegin(); part != piece.parts.rend(); ++part) {
          todo_.push_back({*part, task.indent, task.broken});
        }
        return;
      case Kind::Nest:
        return todo_.push_back({piece.parts[0], task.indent + kStep, task.broken});
      case Kind::Group: {
        const bool flat = !task.broken || (!piece.broken && fits({piece.parts[0], task.indent, false}));
        return todo_.push_back({piece.parts[0], task.indent, !flat});
      }
      case Kind::TailGroup:
        return print_tail_group(piece, task);
      case Kind::Comment:
        return print_comment(piece, task.indent);
      case Kind::TextBlock:
        return print_text_block(piece, task.indent);
      case Kind::Verbatim:
        return print_verbatim(piece, task.indent);
    }
  }

  void print_line(const Piece& line, const Task& task) {
    if (!task.broken) return line.line == LineKind::Blank ? write(" ", task.indent) : void();
    end_line(line.blank);
    after_comment_ = false;
  }

  void print_tail_group(const Piece& piece, const Task& task) {
    const Doc flat = piece.parts[0];
    const Doc opened = piece.parts[1];
    if (!task.broken || (!piece.broken && fits({flat, task.indent, false}))) {
      todo_.push_back({flat, task.indent, false});
    } else if (!piece.broken && fits({piece.parts[3], task.indent + kStep, false}, true)) {
      todo_.push_back({piece.parts[2], task.indent, true});
    } else if (fits({opened, task.indent, true})) {
      todo_.push_back({opened, task.indent, true});
    } else {
      todo_.push_back({piece.parts[2], task.indent, true});
    }
  }

  void print_comment(const Piece& comment, std::size_t indent) {
    if (after_comment_) {
      go_on_after_comment();
    } else if (!at_line_start_ && comment.own_line) {
      end_line(false);
      continuation_ = indent + kStep;
    }
    if (at_line_start_) {
      const std::size_t margin = continuation_ != 0 ? continuation_ : indent;
      write(comment.text, margin);
      continuation_ = margin;
    } else {
      trim();
      out_ += kBeforeComment;
      out_ += comment.text;
      continuation_ = indent + kStep;
    }
    after_comment_ = true;
    blank_behind_ = comment.blank;
  }

  void print_text_block(const Piece& block, std::size_t indent) {
    write(kQuotes, indent);
    const std::string margin(indent + kStep, ' ');
    for (const std::string_view line : block.lines) {
      out_ += '\n';
      if (!line.empty()) (out_ += margin) += line;
    }
    out_ += '\n';
    line_begin_ = out_.size();
    (out_ += margin) += kQuotes;
  }

  void print_verbatim(const Piece& block, std::size_t indent) {
    write(block.lines.front(), indent);
    for (std::size_t i = 1; i < block.lines.size(); ++i) (out_ += '\n') += block.lines[i];
    line_begin_ = out_.rfind('\n') + 1;
  }

  void write(std::string_view text, std::size_t indent) {
    if (after_comment_ || at_line_start_)
      text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return;
    if (after_comment_) go_on_after_comment();
    if (at_line_start_) out_.append(continuation_ != 0 ? continuation_ : indent, ' ');
    at_line_start_ = false;
    continuation_ = 0;
    out_ += text;
  }

  /// No document says that a line ends here, but the comment does.
  void go_on_after_comment() {
    const std::size_t margin = continuation_;
    end_line(blank_behind_);
    after_comment_ = false;
    continuation_ = margin;
  }

  void end_line(bool blank) {
    trim();
    out_ += blank ? "\n\n" : "\n";
    line_begin_ = out_.size();
    at_line_start_ = true;
    continuation_ = 0;
  }

  void trim() {
    while (!out_.empty() && out_.back() == ' ') out_.pop_back();
  }

  /// Whether the text from here to the next line end has room: `first`, then what waits in todo_. A group in `first` counts
  /// as unbroken, one behind it as broken where it can be. `below`: on a line of its own.
  bool fits(Task first, bool below = false) {
    const std::size_t used = below || at_line_start_ || after_comment_
                                 ? first.indent
                                 : width_of(std::string_view(out_).substr(line_begin_));
    std::size_t room = width_ > used ? width_ - used : 0;
    ahead_.assign(1, first);
    std::size_t waiting = todo_.size();
    bool behind = false;
    while (true) {
      if (ahead_.empty()) {
        if (waiting == 0) return true;
        behind = true;
        ahead_.push_back(todo_[--waiting]);
      }
      const Task task = ahead_.back();
      ahead_.pop_back();
      const Piece& piece = this->piece(task.doc);
      std::size_t width = 0;
      switch (piece.kind) {
        case Kind::Text:
          width = width_of(piece.text);
          break;
        case Kind::Line:
          if (task.broken || piece.line == LineKind::Hard) return true;
          width = piece.line == LineKind::Blank ? 1 : 0;
          break;
        case Kind::IfBroken:
          width = task.broken ? width_of(piece.text) : 0;
          break;
        case Kind::Concat:
          for (auto part = piece.parts.rbegin(); part != piece.parts.rend(); ++part) {
            ahead_.push_back({*part, 0, task.broken});
          }
          break;
        case Kind::Nest:
          ahead_.push_back({piece.parts[0], 0, task.broken});
          break;
        case Kind::Group:
          ahead_.push_back({piece.parts[0], 0, task.broken && (behind || piece.broken)});
          break;
        case Kind::TailGroup:
          ahead_.push_back({piece.parts[piece.broken ? 1 : 0], 0, task.broken && (behind || piece.broken)});
          break;
        case Kind::Comment:
          return true;
        case Kind::TextBlock:
          return kQuotes.size() <= room;
        case Kind::Verbatim:
          if (piece.lines.size() > 1) return width_of(piece.lines.front()) <= room;
          width = width_of(piece.lines.front());
          break;
      }
      if (width > room) return false;
      room -= width;
    }
  }

  const Document& document_;
  std::size_t width_;
  std::string out_;
  std::size_t line_begin_ = 0;
  std::vector<Task> todo_;   ///< the next one last
  std::vector<Task> ahead_;  ///< memory of fits()
  bool at_line_start_ = true;
  bool after_comment_ = false;    ///< the line must end before anything else is written
  bool blank_behind_ = false;     ///< with an empty line behind that comment
  std::size_t continuation_ = 0;  ///< indentation of the next line where a comment forced its end; else 0
};

std::string Document::render(Doc root, std::size_t width) const {
  return Renderer(*this, width).render(root);
}

}  // namespace polc::authoring
