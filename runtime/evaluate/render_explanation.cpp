#include "runtime/evaluate/render_explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/escape.hpp"
#include "runtime/base/paint.hpp"

namespace polc::evaluate {
namespace {

using base::Ink;

constexpr std::size_t kShownEvidence = 5;
constexpr std::size_t kLeastColumns = 24;   // for a value, however far right it stands
constexpr std::size_t kValueColumns = 400;  // of one value, on all its lines

/// One line of the expression.
struct Line {
  std::size_t begin = 0;    ///< byte offset in the excerpt
  std::string_view source;  ///< without common indentation
  std::size_t shift = 0;    ///< columns before `source`
};

/// The values that hang under one column.
struct Column {
  std::size_t at = 0;
  std::vector<std::string> lines;
};

std::size_t leading_blanks(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first == std::string_view::npos ? line.size() : first;
}

/// Continuation lines lose the indentation they share and get two columns instead.
std::vector<Line> lines_of(std::string_view excerpt) {
  std::vector<Line> lines;
  std::size_t common = SIZE_MAX;
  for (std::size_t begin = 0; begin <= excerpt.size();) {
    const std::size_t end = std::min(excerpt.find('\n', begin), excerpt.size());
    std::string_view source = excerpt.substr(begin, end - begin);
    if (!source.empty() && source.back() == '\r') source.remove_suffix(1);
    if (!lines.empty() && leading_blanks(source) < source.size())
      common = std::min(common, leading_blanks(source));
    lines.push_back({begin, source, 0});
    begin = end + 1;
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::size_t cut = std::min(common, lines[i].source.size());
    lines[i].begin += cut;
    lines[i].source.remove_prefix(cut);
    lines[i].shift = 2;
  }
  return lines;
}

std::size_t column_of(const Line& line, std::size_t offset) {
  const std::string_view before = line.source.substr(0, offset - line.begin);
  return line.shift + base::display_width(base::visible(before));
}

std::string shown_value(std::string_view value) {
  return base::shorten(base::visible(value), kValueColumns);
}

class Renderer {
 public:
  Renderer(const Explanation& explanation, const value::FactTable& facts, const ExplanationStyle& style)
      : explanation_(explanation), facts_(facts), style_(style) {}

  std::string run() {
    if (style_.label && !explanation_.label.empty()) line(base::visible(explanation_.label) + ":", Ink::Bold);
    expression();
    witnesses();
    evidence();
    for (const std::string& note : explanation_.notes) paragraph(base::visible(note), Ink::Plain);
    for (const std::string& remedy : explanation_.remedies) paragraph(base::visible(remedy), Ink::Note);
    return std::move(out_);
  }

 private:
  std::size_t columns() const {
    return style_.width > style_.indent + kLeastColumns ? style_.width - style_.indent : kLeastColumns;
  }

  void line(std::string_view text, Ink ink = Ink::Plain) {
    out_.append(style_.indent, ' ');
    out_ += base::paint(style_.color, ink, text);
    out_ += '\n';
  }

  /// `text` is escaped already.
  void paragraph(std::string_view text, Ink ink) {
    const std::string wrapped = base::wrap(text, columns());
    for (std::size_t begin = 0; begin < wrapped.size();) {
      const std::size_t end = std::min(wrapped.find('\n', begin), wrapped.size());
      line(std::string_view(wrapped).substr(begin, end - begin), ink);
      begin = end + 1;
    }
  }

  void expression() {
    if (explanation_.excerpt.empty()) return bare_values();
    auto node = explanation_.nodes.begin();
    const std::vector<Line> lines = lines_of(explanation_.excerpt);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::size_t next = i + 1 < lines.size() ? lines[i + 1].begin : SIZE_MAX;
      std::vector<Column> columns;
      for (; node != explanation_.nodes.end() && node->offset < next; ++node) add(columns, lines[i], *node);
      line(std::string(lines[i].shift, ' ') + base::visible(lines[i].source));
      values(std::move(columns));
    }
  }

  /// Values of one place stand one below the other; long ones take several lines.
  void add(std::vector<Column>& to, const Line& line, const ExplainedNode& node) const {
    const std::size_t last = line.begin + line.source.size();
    const std::size_t at = column_of(line, std::clamp<std::size_t>(node.offset, line.begin, last));
    if (to.empty() || to.back().at != at) to.push_back({at, {}});
    const std::size_t room = columns() > at + kLeastColumns ? columns() - at : kLeastColumns;
    const std::string wrapped = base::wrap(shown_value(node.value), room);
    for (std::size_t begin = 0; begin <= wrapped.size();) {
      const std::size_t end = std::min(wrapped.find('\n', begin), wrapped.size());
      to.back().lines.push_back(wrapped.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  /// Values hang under their columns. A row takes them from the right as long as they fit beside each other; bars
  /// join the others to their places until it is their turn.
  void values(std::vector<Column> open) {
    if (open.empty()) return;
    line(bars(open), Ink::Frame);
    while (!open.empty()) {
      std::string row;
      std::size_t limit = SIZE_MAX;  // where the text to the right begins
      for (std::size_t i = open.size(); i-- > 0;) {
        Column& column = open[i];
        const std::size_t width = base::display_width(column.lines.front());
        const bool fits = limit == SIZE_MAX || column.at + width < limit;
        std::string cell = fits ? std::exchange(column.lines.front(), {}) : "|";
        const std::size_t used = fits ? width : 1;
        if (limit != SIZE_MAX) cell.append(limit - column.at - used, ' ');
        row.insert(0, base::paint(style_.color, fits ? Ink::Plain : Ink::Frame, cell));
        limit = column.at;
        if (!fits) continue;
        column.lines.erase(column.lines.begin());
        if (column.lines.empty()) open.erase(open.begin() + static_cast<std::ptrdiff_t>(i));
      }
      line(std::string(limit, ' ') + row);
    }
  }

  static std::string bars(const std::vector<Column>& columns) {
    std::string row;
    for (const Column& column : columns) {
      row.append(column.at - row.size(), ' ');
      row += '|';
    }
    return row;
  }

  /// Without a source text there is nothing to hang values under.
  void bare_values() {
    for (const ExplainedNode& node : explanation_.nodes) {
      if (!node.address.empty()) paragraph(base::visible(node.address + " = " + node.value), Ink::Plain);
    }
  }

  void evidence() {
    std::vector<value::OriginId> places;
    const auto collect = [&](const std::vector<ExplainedNode>& nodes) {
      for (const ExplainedNode& node : nodes) {
        for (const value::OriginId id : node.evidence) {
          if (std::find(places.begin(), places.end(), id) == places.end()) places.push_back(id);
        }
      }
    };
    collect(explanation_.nodes);
    for (const Witness& witness : explanation_.witnesses) collect(witness.nodes);
    for (std::size_t i = 0; i < places.size() && i < kShownEvidence; ++i) {
      paragraph(base::visible(origin_text(facts_.origin(places[i]))), Ink::Faint);
    }
    if (places.size() > kShownEvidence) {
      line(fmt::format("and {} more places", places.size() - kShownEvidence), Ink::Faint);
    }
  }

  void witnesses() {
    for (const Witness& witness : explanation_.witnesses) {
      std::string text = base::visible(witness.binding);
      std::string_view separator = ": ";
      for (const ExplainedNode& node : witness.nodes) {
        if (node.address.empty()) continue;
        text += std::string(separator) + base::visible(node.address) + " = " + shown_value(node.value);
        separator = ", ";
      }
      paragraph(text, Ink::Plain);
    }
    if (explanation_.more_witnesses > 0) line(fmt::format("and {} more", explanation_.more_witnesses));
  }

  const Explanation& explanation_;
  const value::FactTable& facts_;
  const ExplanationStyle& style_;
  std::string out_;
};

}  // namespace

std::string origin_text(const value::Origin& origin) {
  std::string text = origin.backend;
  if (!origin.file.empty()) text += (text.empty() ? "" : " ") + origin.file;
  if (origin.line != 0) text += fmt::format(":{}", origin.line);
  if (!origin.note.empty()) text += (text.empty() ? "" : ", ") + origin.note;
  return text;
}

std::string render_explanation(const Explanation& explanation, const value::FactTable& facts,
                               const ExplanationStyle& style) {
  return Renderer(explanation, facts, style).run();
}

}  // namespace polc::evaluate
