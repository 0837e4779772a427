#include "runtime/base/render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "runtime/base/escape.hpp"
#include "runtime/base/paint.hpp"
#include "runtime/base/text.hpp"

namespace polc::base {
namespace {

constexpr std::string_view kTab = "    ";
constexpr std::string_view kCut = "...";
constexpr std::size_t kNarrowest = 20;  // columns of source that are always shown

Ink ink_of(Level level) {
  return level == Level::Error ? Ink::Error : level == Level::Warning ? Ink::Warning : Ink::Note;
}

/// A line as it is shown: `columns[i]` is where the byte i begins, the last entry where the line ends.
struct ShownLine {
  std::string text;
  std::vector<std::size_t> starts;   // byte offset in `text` of the character that shows source byte i
  std::vector<std::size_t> columns;  // its column
};

ShownLine show(std::string_view line) {
  ShownLine shown;
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size();) {
    const auto character = decode_utf8(line, i);
    const std::size_t length = character ? character->length : 1;
    const std::string_view bytes = line.substr(i, length);
    const std::string text = bytes == "\t" ? std::string(kTab) : visible(bytes);
    shown.starts.insert(shown.starts.end(), length, shown.text.size());
    shown.columns.insert(shown.columns.end(), length, column);
    shown.text += text;
    column += display_width(text);
    i += length;
  }
  shown.starts.push_back(shown.text.size());
  shown.columns.push_back(column);
  return shown;
}

/// One mark below a source line, in bytes of that line.
struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
  char sign = '^';
  Ink ink = Ink::Error;
  std::string text;
};

class Renderer {
 public:
  Renderer(const SourceManager& sources, RenderStyle style) : sources_(sources), style_(style) {}

  std::string render(const Diagnostic& diagnostic) {
    gutter_ = gutter_width(diagnostic);
    const Level level = level_of(diagnostic);
    out_ += paint(ink_of(level), fmt::format("{}[{}]", level_name(level), code_text(diagnostic.code)));
    out_ += paint(Ink::Bold, fmt::format(": {}", visible(message_of(diagnostic)))) + '\n';
    places(diagnostic, ink_of(level));
    if (const std::string hint = hint_of(diagnostic); !hint.empty()) remark("hint", visible(hint));
    fixes(diagnostic.fixes);
    return std::move(out_);
  }

 private:
  std::string paint(Ink ink, std::string_view text) const { return base::paint(style_.color, ink, text); }

  std::uint32_t line_of(Span span) const {
    const SourceBuffer* buffer = sources_.find(span.file);
    return buffer != nullptr ? buffer->position(span.begin).line : 0;
  }

  std::size_t gutter_width(const Diagnostic& diagnostic) const {
    std::uint32_t last = line_of(diagnostic.span);
    for (const Label& label : diagnostic.labels) last = std::max(last, line_of(label.span));
    for (const FixIt& fix : diagnostic.fixes) last = std::max(last, line_of(fix.replace));
    return std::to_string(last).size();
  }

  /// Marks by file (that of the diagnostic first) and line.
  using Marks = std::map<std::uint32_t, std::vector<Mark>>;

  void add_mark(Marks& marks, const SourceBuffer& buffer, Span span, Mark mark) const {
    const std::uint32_t line = buffer.position(span.begin).line;
    const std::uint32_t last = buffer.position(std::max(span.begin, span.end)).line;
    const std::size_t begin = buffer.line_begin(line);
    const std::size_t size = buffer.line(line).size();
    const auto inside = [&](std::uint32_t offset) {
      return std::min(std::max<std::size_t>(offset, begin) - begin, size);
    };
    mark.begin = inside(span.begin);
    mark.end = last > line ? size : inside(span.end);
    // A span that ends with the line feed alone still lies on one line.
    const bool goes_on = last > line + 1 || (last == line + 1 && span.end > buffer.line_begin(last));
    if (goes_on) mark.text += fmt::format("{}(up to line {})", mark.text.empty() ? "" : " ", last);
    marks[line].push_back(std::move(mark));
  }

  void places(const Diagnostic& diagnostic, Ink ink) {
    std::vector<FileId> files;
    std::map<FileId, Marks> marks;
    const auto place = [&](Span span, Mark mark) {
      const SourceBuffer* buffer = sources_.find(span.file);
      if (buffer == nullptr) return;
      if (std::find(files.begin(), files.end(), span.file) == files.end()) files.push_back(span.file);
      add_mark(marks[span.file], *buffer, span, std::move(mark));
    };
    place(diagnostic.span, {0, 0, '^', ink, {}});
    for (const Label& label : diagnostic.labels)
      place(label.span, {0, 0, '-', Ink::Frame, visible(label.text)});

    for (const FileId file : files) {
      const SourceBuffer& buffer = *sources_.find(file);
      const bool primary = file == diagnostic.span.file;
      const Marks& lines = marks[file];
      const Span at = primary ? diagnostic.span : first_label(diagnostic, file);
      const LineColumn position = buffer.position(at.begin);
      out_ += std::string(gutter_, ' ') + paint(Ink::Frame, primary ? "--> " : "::: ");
      out_ += fmt::format("{}:{}:{}\n", visible(buffer.name()), position.line, position.column);
      gutter_line();
      for (auto line = lines.begin(); line != lines.end(); ++line) {
        if (line != lines.begin() && std::prev(line)->first + 1 < line->first)
          out_ += paint(Ink::Frame, kCut) + '\n';
        source_line(line->first, buffer.line(line->first), line->second);
      }
    }
  }

  static Span first_label(const Diagnostic& diagnostic, FileId file) {
    const auto found = std::find_if(diagnostic.labels.begin(), diagnostic.labels.end(),
                                    [&](const Label& label) { return label.span.file == file; });
    return found->span;
  }

  void gutter_line() { out_ += std::string(gutter_ + 1, ' ') + paint(Ink::Frame, "|") + '\n'; }

  void source_line(std::uint32_t number, std::string_view line, const std::vector<Mark>& marks) {
    const ShownLine shown = show(line);
    const auto [from, to] = window(shown, marks.front());
    const bool cut_left = from > 0;
    const bool cut_right = to + 1 < shown.starts.size();
    out_ += paint(Ink::Frame, fmt::format("{:>{}} | ", number, gutter_));
    out_ += cut_left ? kCut : "";
    out_ += std::string_view(shown.text).substr(shown.starts[from], shown.starts[to] - shown.starts[from]);
    out_ += cut_right ? kCut : "";
    while (out_.ends_with(' ')) out_.pop_back();
    out_ += '\n';
    for (const Mark& mark : marks) {
      const std::size_t begin = std::clamp(mark.begin, from, to);
      const std::size_t end = std::clamp(mark.end, begin, to);
      const std::size_t indent = shown.columns[begin] - shown.columns[from] + (cut_left ? kCut.size() : 0);
      const std::size_t width = std::max<std::size_t>(1, shown.columns[end] - shown.columns[begin]);
      out_ += std::string(gutter_ + 1, ' ') + paint(Ink::Frame, "| ") + std::string(indent, ' ');
      out_ += paint(mark.ink, std::string(width, mark.sign));
      if (!mark.text.empty()) out_ += ' ' + paint(mark.ink, mark.text);
      out_ += '\n';
    }
  }

  /// Byte range of the line that fits the width and holds the mark, or as much of it as fits.
  std::pair<std::size_t, std::size_t> window(const ShownLine& shown, const Mark& mark) const {
    const std::size_t frame = gutter_ + 3;
    const std::size_t room = std::max(kNarrowest, style_.width > frame ? style_.width - frame : 0);
    const std::size_t last = shown.columns.size() - 1;
    if (shown.columns[last] <= room) return {0, last};
    const std::size_t usable = room - 2 * kCut.size();
    const std::size_t marked = std::min(shown.columns[mark.end] - shown.columns[mark.begin], usable);
    const std::size_t before = std::min(shown.columns[mark.begin], (usable - marked) / 2);
    std::size_t from = mark.begin;
    while (from > 0 && shown.columns[mark.begin] - shown.columns[from - 1] <= before) --from;
    std::size_t to = from;
    while (to < last && shown.columns[to + 1] - shown.columns[from] <= usable) ++to;
    while (from > 0 && shown.columns[to] - shown.columns[from - 1] <= usable) --from;
    // Never cut inside a character.
    while (from > 0 && shown.starts[from] == shown.starts[from - 1]) --from;
    while (to < last && to > 0 && shown.starts[to] == shown.starts[to - 1]) --to;
    return {from, to};
  }

  void remark(std::string_view kind, std::string_view text) {
    out_ +=
        std::string(gutter_ + 1, ' ') + paint(Ink::Frame, "= ") + paint(Ink::Bold, fmt::format("{}: ", kind));
    const std::string indent(gutter_ + 5 + kind.size(), ' ');
    const std::size_t room =
        style_.width > indent.size() + kNarrowest ? style_.width - indent.size() : kNarrowest;
    const std::string wrapped = wrap(text, room);
    for (const char c : wrapped) {
      out_ += c;
      if (c == '\n') out_ += indent;
    }
    out_ += '\n';
  }

  /// The lines as they would read after the edits; a deletion and edits over several lines are told in words.
  void fixes(const std::vector<FixIt>& fixes) {
    for (const FixIt& fix : fixes) {
      const SourceBuffer* buffer = sources_.find(fix.replace.file);
      if (buffer == nullptr || fix.replace.begin > fix.replace.end) continue;
      const LineColumn begin = buffer->position(fix.replace.begin);
      const bool one_line =
          begin.line == buffer->position(fix.replace.end).line && fix.text.find('\n') == std::string::npos;
      const std::string old(visible(sources_.text(fix.replace)));
      const bool insertion = fix.replace.begin == fix.replace.end;
      if (fix.text.empty()) {
        remark("fix", fmt::format("remove '{}'", old));
      } else if (!one_line) {
        remark("fix", fmt::format("write '{}' at line {}", visible(fix.text), begin.line));
      } else {
        remark("fix", insertion ? fmt::format("insert '{}'", visible(fix.text))
                                : fmt::format("replace '{}' by '{}'", old, visible(fix.text)));
        const std::string_view line = buffer->line(begin.line);
        const std::size_t at =
            std::min<std::size_t>(fix.replace.begin - buffer->line_begin(begin.line), line.size());
        std::string fixed(line);
        fixed.replace(at, fix.replace.end - fix.replace.begin, fix.text);
        source_line(begin.line, fixed, {{at, at + fix.text.size(), insertion ? '+' : '~', Ink::Good, {}}});
      }
    }
  }

  const SourceManager& sources_;
  RenderStyle style_;
  std::size_t gutter_ = 1;
  std::string out_;
};

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

std::string_view level_name(Level level) {
  switch (level) {
    case Level::Error:
      return "error";
    case Level::Warning:
      return "warning";
    case Level::Note:
      return "note";
  }
  return "error";
}

std::string render_diagnostic(const Diagnostic& diagnostic, const SourceManager& sources, RenderStyle style) {
  return Renderer(sources, style).render(diagnostic);
}

std::string render_diagnostics(const std::vector<Diagnostic>& diagnostics, const SourceManager& sources,
                               RenderStyle style) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics)
    out += render_diagnostic(diagnostic, sources, style) + '\n';
  if (const std::string counts = count_text(diagnostics); !counts.empty()) out += counts + '\n';
  return out;
}

std::string count_text(const std::vector<Diagnostic>& diagnostics) {
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    errors += level_of(diagnostic) == Level::Error ? 1U : 0U;
    warnings += level_of(diagnostic) == Level::Warning ? 1U : 0U;
  }
  if (errors == 0 && warnings == 0) return {};
  if (warnings == 0) return counted(errors, "error");
  if (errors == 0) return counted(warnings, "warning");
  return counted(errors, "error") + ", " + counted(warnings, "warning");
}

}  // namespace polc::base
