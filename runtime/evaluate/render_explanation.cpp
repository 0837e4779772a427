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
constexpr std::size_t kLeastColumns = 24;  // for a value, however far right it stands
constexpr std::size_t kHelperIndent = 2;
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

/// Continuation lines lose the indentation they share; unless it is that of a closing bracket, they get two columns
/// instead.
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
  bool closes = false;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::size_t cut = std::min(common, lines[i].source.size());
    lines[i].begin += cut;
    lines[i].source.remove_prefix(cut);
    closes = closes || lines[i].source.find_first_of("})]") == 0;
  }
  for (std::size_t i = 1; i < lines.size(); ++i) lines[i].shift = closes ? 0 : 2;
  return lines;
}

std::size_t column_of(const Line& line, std::size_t offset) {
  const std::string_view before = line.source.substr(0, offset - line.begin);
  return line.shift + base::display_width(base::visible(before));
}

std::string shown_value(std::string_view value) {
  constexpr std::size_t kBytesOfColumn = 4;
  return base::shorten(base::visible(base::shorten_bytes(value, kBytesOfColumn * kValueColumns)),
                       kValueColumns);
}

class Renderer {
 public:
  Renderer(const Explanation& explanation, const value::FactTable& facts, const ExplanationStyle& style)
      : explanation_(explanation), facts_(facts), style_(style), indent_(style.indent) {}

  std::string run() {
    if (style_.label && !explanation_.label.empty()) line(base::visible(explanation_.label) + ":", Ink::Bold);
    if (explanation_.excerpt.empty()) {
      bare_values();
      witnesses(explanation_);
    } else {
      assertion(explanation_);
    }
    for (const ExplainedHelper& called : explanation_.helpers) {
      if (called.decides) helper(called);
    }
    evidence();
    for (const std::string& note : explanation_.notes) paragraph(base::visible(note), Ink::Plain);
    for (const std::string& remedy : explanation_.remedies) paragraph(base::visible(remedy), Ink::Note);
    return std::move(out_);
  }

 private:
  std::size_t columns() const {
    return style_.width > indent_ + kLeastColumns ? style_.width - indent_ : kLeastColumns;
  }

  void line(std::string_view text, Ink ink = Ink::Plain) {
    out_.append(indent_, ' ');
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

  void assertion(const Assertion& shown) {
    auto node = shown.nodes.begin();
    const std::vector<Line> lines = lines_of(shown.excerpt);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::size_t next = i + 1 < lines.size() ? lines[i + 1].begin : SIZE_MAX;
      std::vector<Column> columns;
      for (; node != shown.nodes.end() && node->offset < next; ++node) add(columns, lines[i], *node);
      line(std::string(lines[i].shift, ' ') + base::visible(lines[i].source));
      values(std::move(columns));
    }
    witnesses(shown);
  }

  /// What a `let` or `def` says, below the call that shows what it came to.
  void helper(const ExplainedHelper& called) {
    paragraph("where " + base::visible(called.call) + " =", Ink::Plain);
    indent_ += kHelperIndent;
    assertion(called);
    indent_ -= kHelperIndent;
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
    collect(all_nodes(explanation_));
    for (const Witness& witness : all_witnesses(explanation_)) collect(witness.nodes);
    for (std::size_t i = 0; i < places.size() && i < kShownEvidence; ++i) {
      paragraph(base::visible(origin_text(facts_.origin(places[i]))), Ink::Faint);
    }
    if (places.size() > kShownEvidence) {
      const std::size_t more = places.size() - kShownEvidence;
      line(fmt::format("and {} more place{}", more, more == 1 ? "" : "s"), Ink::Faint);
    }
  }

  void witnesses(const Assertion& shown) {
    for (const Witness& witness : shown.witnesses) {
      std::string text = base::visible(witness.binding);
      std::string_view separator = ": ";
      std::vector<std::string_view> said;
      for (const ExplainedNode& node : witness.nodes) {
        if (node.address.empty() || std::find(said.begin(), said.end(), node.address) != said.end()) continue;
        said.push_back(node.address);
        text += std::string(separator) + base::visible(node.address) + " = " + shown_value(node.value);
        separator = ", ";
      }
      paragraph(text, Ink::Plain);
    }
    if (shown.more_witnesses > 0) line(fmt::format("and {} more", shown.more_witnesses));
  }

  const Explanation& explanation_;
  const value::FactTable& facts_;
  const ExplanationStyle& style_;
  std::size_t indent_;
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
