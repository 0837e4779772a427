#include "authoring/format/unified_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace polc::authoring {
namespace {

constexpr std::size_t kContext = 3;
constexpr std::size_t kMostEdits = 2000;  ///< lines removed and added; memory grows with its square

using Lines = std::vector<std::string_view>;

/// With their line ends.
Lines split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// Lines [begin, end) of the old text give way to lines [new_begin, new_end) of the new one.
struct Change {
  std::size_t begin, end, new_begin, new_end;
};

/// The shortest edit script of two texts without common beginning, or nothing where it is longer than kMostEdits. Each
/// round allows one edit more; for every diagonal (old line minus new line) it keeps how far one can get.
class ShortestEdit {
 public:
  ShortestEdit(const Lines& old_lines, const Lines& new_lines) : old_(old_lines), new_(new_lines) {}

  /// Which lines of the old and of the new text are part of an edit.
  bool find(std::vector<bool>& removed, std::vector<bool>& added) {
    removed.assign(old_.size(), false);
    added.assign(new_.size(), false);
    std::vector<long> reach(2 * kMostEdits + 3, 0);
    for (long edits = 0; edits <= static_cast<long>(kMostEdits); ++edits) {
      rounds_.emplace_back(reach.begin() + kMiddle - edits - 1, reach.begin() + kMiddle + edits + 2);
      for (long diagonal = -edits; diagonal <= edits; diagonal += 2) {
        long x = start(reach.data() + kMiddle, edits, diagonal);
        while (x < old_size() && x - diagonal < new_size() && old_line(x) == new_line(x - diagonal)) ++x;
        reach[static_cast<std::size_t>(kMiddle + diagonal)] = x;
        if (x >= old_size() && x - diagonal >= new_size()) {
          trace_back(edits, removed, added);
          return true;
        }
      }
    }
    return false;
  }

 private:
  static constexpr long kMiddle = static_cast<long>(kMostEdits) + 1;

  long old_size() const { return static_cast<long>(old_.size()); }
  long new_size() const { return static_cast<long>(new_.size()); }
  std::string_view old_line(long i) const { return old_[static_cast<std::size_t>(i)]; }
  std::string_view new_line(long i) const { return new_[static_cast<std::size_t>(i)]; }

  static bool comes_down(const long* reach, long edits, long diagonal) {
    return diagonal == -edits || (diagonal != edits && reach[diagonal - 1] < reach[diagonal + 1]);
  }

  static long start(const long* reach, long edits, long diagonal) {
    return comes_down(reach, edits, diagonal) ? reach[diagonal + 1] : reach[diagonal - 1] + 1;
  }

  void trace_back(long edits, std::vector<bool>& removed, std::vector<bool>& added) const {
    long diagonal = old_size() - new_size();
    for (; edits > 0; --edits) {
      const std::vector<long>& round = rounds_[static_cast<std::size_t>(edits)];
      const long* reach = round.data() + edits + 1;
      const bool down = comes_down(reach, edits, diagonal);
      diagonal += down ? 1 : -1;
      const long x = reach[diagonal];
      if (down) {
        added[static_cast<std::size_t>(x - diagonal)] = true;
      } else {
        removed[static_cast<std::size_t>(x)] = true;
      }
    }
  }

  const Lines& old_;
  const Lines& new_;
  std::vector<std::vector<long>> rounds_;  ///< what could be reached before each round, around the middle
};

std::vector<Change> changes(const Lines& old_lines, const Lines& new_lines) {
  const std::size_t shortest = std::min(old_lines.size(), new_lines.size());
  std::size_t head = 0;
  while (head < shortest && old_lines[head] == new_lines[head]) ++head;
  std::size_t tail = 0;
  while (tail < shortest - head && old_lines.end()[-1 - static_cast<std::ptrdiff_t>(tail)] ==
                                       new_lines.end()[-1 - static_cast<std::ptrdiff_t>(tail)])
    ++tail;
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head),
                 lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  const Lines old_middle = middle(old_lines);
  const Lines new_middle = middle(new_lines);
  if (old_middle.empty() && new_middle.empty()) return {};
  std::vector<bool> removed;
  std::vector<bool> added;
  if (!ShortestEdit(old_middle, new_middle).find(removed, added)) {
    return {{head, head + old_middle.size(), head, head + new_middle.size()}};
  }
  std::vector<Change> found;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < removed.size() || j < added.size()) {
    const std::size_t begin = i;
    const std::size_t new_begin = j;
    while (i < removed.size() && removed[i]) ++i;
    while (j < added.size() && added[j]) ++j;
    if (i > begin || j > new_begin) {
      found.push_back({head + begin, head + i, head + new_begin, head + j});
    } else {
      ++i;
      ++j;
    }
  }
  return found;
}

void add_line(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// "12,3"; the line before an empty range.
std::string range_text(std::size_t begin, std::size_t count) {
  if (count == 1) return std::to_string(begin + 1);
  return fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  const Lines old_lines = split(before);
  const Lines new_lines = split(after);
  const std::vector<Change> all = changes(old_lines, new_lines);
  if (all.empty()) return {};
  std::string out = fmt::format("--- a/{0}\n+++ b/{0}\n", name);
  for (std::size_t i = 0; i < all.size();) {
    std::size_t last = i;
    while (last + 1 < all.size() && all[last + 1].begin - all[last].end <= 2 * kContext) ++last;
    const std::size_t above = std::min(all[i].begin, kContext);
    const std::size_t begin = all[i].begin - above;
    const std::size_t end = std::min(all[last].end + kContext, old_lines.size());
    const std::size_t new_begin = all[i].new_begin - above;
    const std::size_t new_end = all[last].new_end + (end - all[last].end);
    out += fmt::format("@@ -{} +{} @@\n", range_text(begin, end - begin),
                       range_text(new_begin, new_end - new_begin));
    std::size_t at = begin;
    for (; i <= last; ++i) {
      for (; at < all[i].begin; ++at) add_line(out, ' ', old_lines[at]);
      for (; at < all[i].end; ++at) add_line(out, '-', old_lines[at]);
      for (std::size_t j = all[i].new_begin; j < all[i].new_end; ++j) add_line(out, '+', new_lines[j]);
    }
    for (; at < end; ++at) add_line(out, ' ', old_lines[at]);
  }
  return out;
}

}  // namespace polc::authoring
