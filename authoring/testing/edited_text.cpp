#include "authoring/testing/edited_text.hpp"

#include <algorithm>

namespace polc::authoring {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

/// Length of `or absent` or `or default` at this place; 0 when neither stands there.
std::size_t suffix_length(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "or") return 0;
  const std::size_t word = skip_blanks(text, at + 2);
  for (const std::string_view known : {"absent", "default"}) {
    if (text.substr(word, known.size()) == known) return word + known.size() - at;
  }
  return 0;
}

}  // namespace

std::string_view EditedText::source(std::uint32_t file) const {
  const std::string_view name = file_name(file);
  for (std::size_t id = 1; id <= sources_.size(); ++id) {
    const base::SourceBuffer* buffer = sources_.find(static_cast<base::FileId>(id));
    if (buffer->name() == name) return buffer->text();
  }
  return {};
}

std::string EditedText::of(const ir::SourceRange& range) const {
  if (range.line == 0) return {};
  const std::string_view text = source(range.file);
  return range.end <= text.size() ? std::string(text.substr(range.begin, range.end - range.begin))
                                  : std::string();
}

std::optional<Edit> EditedText::word_at(std::uint32_t file, std::uint32_t begin, std::uint32_t end,
                                        bool alone, std::span<const WordChange> changes) const {
  const std::string_view text = source(file);
  if (begin > end || end > text.size()) return std::nullopt;
  const std::string_view part = text.substr(0, end);
  const std::size_t at = skip_blanks(part, begin);
  for (const WordChange& change : changes) {
    if (part.substr(at, change.from.size()) != change.from) continue;
    const std::size_t behind = at + change.from.size();
    const bool longer =
        behind < part.size() && is_word_character(change.from.back()) && is_word_character(part[behind]);
    if (longer || (alone && skip_blanks(part, behind) != part.size())) continue;
    return Edit{file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(behind),
                std::string(change.to)};
  }
  return std::nullopt;
}

std::optional<Edit> EditedText::replaced_between(const ir::SourceRange& left, const ir::SourceRange& right,
                                                 std::span<const WordChange> changes) const {
  if (left.line == 0 || right.line == 0 || left.file != right.file) return std::nullopt;
  return word_at(left.file, left.end, right.begin, true, changes);
}

std::optional<Edit> EditedText::replaced_behind(const ir::SourceRange& inner, const ir::SourceRange& outer,
                                                std::span<const WordChange> changes) const {
  if (inner.line == 0 || outer.line == 0 || inner.file != outer.file) return std::nullopt;
  return word_at(inner.file, inner.end, outer.end, false, changes);
}

std::optional<Edit> EditedText::replaced_head(const ir::SourceRange& range,
                                              std::span<const WordChange> changes) const {
  if (range.line == 0) return std::nullopt;
  return word_at(range.file, range.begin, range.end, false, changes);
}

std::optional<Edit> EditedText::without_suffix(const ir::SourceRange& comparison) const {
  auto edit = with_suffix(comparison, {});
  if (edit) edit->begin = comparison.end;
  return edit;
}

std::optional<Edit> EditedText::with_suffix(const ir::SourceRange& comparison, std::string suffix) const {
  if (comparison.line == 0) return std::nullopt;
  const std::string_view text = source(comparison.file);
  const std::size_t at = skip_blanks(text, comparison.end);
  const std::size_t length = suffix_length(text, at);
  if (length == 0) return std::nullopt;
  return Edit{comparison.file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length),
              std::move(suffix)};
}

std::optional<Edit> EditedText::without_member(const ir::SourceRange& list,
                                               const ir::SourceRange& member) const {
  const std::string_view text = source(list.file);
  const bool inside = member.line != 0 && member.file == list.file && member.begin >= list.begin &&
                      member.end <= list.end && list.end <= text.size();
  if (!inside) return std::nullopt;
  const std::size_t behind = skip_blanks(text, member.end);
  if (text.substr(behind, 1) == ",")
    return Edit{list.file, member.begin, static_cast<std::uint32_t>(skip_blanks(text, behind + 1)), {}};
  const std::size_t before = text.find_last_not_of(kBlanks, member.begin - 1);
  const std::size_t begin = before != std::string_view::npos && text[before] == ',' ? before : member.begin;
  return Edit{list.file, static_cast<std::uint32_t>(begin), member.end, {}};
}

EditedText::Lines EditedText::lines(const std::vector<Edit>& edits) const {
  const std::string_view text = source(edits.front().file);
  const std::size_t first = edits.front().begin;
  const std::size_t before = first == 0 ? std::string_view::npos : text.rfind('\n', first - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find('\n', edits.back().end), text.size());
  Lines lines;
  lines.first_line = 1 + static_cast<std::uint32_t>(std::count(
                             text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
  lines.before = std::string(text.substr(begin, end - begin)) + '\n';
  std::size_t at = begin;
  for (const Edit& edit : edits) {
    lines.after += text.substr(at, edit.begin - at);
    lines.after += edit.text;
    at = edit.end;
  }
  lines.after += std::string(text.substr(at, end - at)) + '\n';
  return lines;
}

}  // namespace polc::authoring
