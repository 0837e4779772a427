#include "runtime/report/sarif/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>

#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"

namespace polc::report::sarif {
namespace {

using ir::ReferenceKind;
using ir::Severity;

constexpr std::size_t kNameWords = 3;

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

bool is_filler(std::string_view word) {
  constexpr std::array<std::string_view, 19> kFillers{"a",  "an",   "and",  "are", "as", "at", "be",
                                                      "by", "for",  "in",   "is",  "it", "of", "on",
                                                      "or", "that", "than", "the", "to"};
  return std::find(kFillers.begin(), kFillers.end(), lower(word)) != kFillers.end();
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
/// Pascal case has no two capitals in a row ("MySql", "Tls10"), and begins with a letter.
void append_word(std::string& name, std::string_view word) {
  bool starts = true;
  bool after_capital = !name.empty() && is_upper(name.back());
  for (const char c : word) {
    if (name.empty() && base::is_digit(c)) continue;
    const bool letter = !base::is_digit(c);
    const bool capital = letter && !after_capital && (starts || is_upper(c));
    const char small = lower(std::string_view(&c, 1)).front();
    name += capital && !is_upper(c) ? static_cast<char>(c - 'a' + 'A') : capital ? c : small;
    after_capital = is_upper(c) || (starts && capital);
    starts = false;
  }
}

std::string one_line(std::string_view text) {
  std::string out = base::visible_block(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string description(std::string_view text) {
  std::string out = base::shorten_bytes(one_line(text), limits::kSarifTextBytes - 1);
  if (!out.empty() && out.back() != '.') out += '.';
  return without_links(out);
}

std::string reference_text(const ir::Program& program, const ir::Reference& reference) {
  const Standard* standard = standard_of(reference.kind);
  const std::string_view text = program.text(reference.text);
  return standard != nullptr ? fmt::format("{} {}", standard->name, text) : std::string(text);
}

/// The parts of a rule's help, each with its heading.
struct HelpPart {
  std::string_view heading;
  std::string text;
  std::string markdown;
};

std::vector<HelpPart> help_parts(const ir::Program& program, const ir::Control& control) {
  std::vector<HelpPart> parts;
  const auto authored = [&](std::string_view heading, ir::TextId id) {
    const std::string_view text = program.text(id);
    if (!text.empty()) parts.push_back({heading, base::visible_block(text), base::markdown_block(text)});
  };
  authored("Rationale", control.because != 0 ? control.because : control.description);

  std::string check;
  if (control.guard != ir::kNone) check += fmt::format("when {}\n", program.text(control.guard_excerpt));
  for (const ir::Require& require : control.requires_) {
    const std::string_view label = program.text(require.label);
    check += fmt::format("require {}{}{}\n", label, label.empty() ? "" : ": ", program.text(require.excerpt));
  }
  if (!check.empty())
    parts.push_back({"Check", base::visible_block(check), base::markdown_fence(check, "pol")});
  if (control.manual) authored("Manual check", control.manual->instruction);
  authored("Fix", control.fix);

  std::string plain;
  std::string markdown;
  for (const ir::Reference& reference : control.references) {
    const std::string text = reference_text(program, reference);
    plain += base::visible(text) + '\n';
    const bool link = reference.kind == ReferenceKind::Url && base::is_web_uri(text);
    markdown += link ? fmt::format("- <{}>\n", text) : fmt::format("- {}\n", base::markdown_text(text));
  }
  if (!plain.empty()) parts.push_back({"References", plain, markdown});
  return parts;
}

Json help(const ir::Program& program, const ir::Control& control) {
  std::string text;
  std::string markdown = fmt::format("# {}\n", base::markdown_text(program.text(control.title)));
  for (const HelpPart& part : help_parts(program, control)) {
    const std::string_view end = part.text.ends_with('\n') ? "" : "\n";
    const std::string_view markdown_end = part.markdown.ends_with('\n') ? "" : "\n";
    text += fmt::format("{}{}:\n{}{}", text.empty() ? "" : "\n", part.heading, part.text, end);
    markdown += fmt::format("\n## {}\n\n{}{}", part.heading, part.markdown, markdown_end);
  }
  if (text.empty()) text = description(program.text(control.title));
  return rich_message(without_links(text), markdown);
}

Json tags(const ir::Program& program, const ir::Control& control) {
  std::vector<std::string> names{"security"};
  const auto add = [&](std::string name) {
    const bool known = std::find(names.begin(), names.end(), name) != names.end();
    if (!known && !name.empty() && names.size() < limits::kSarifTags) names.push_back(std::move(name));
  };
  for (const ir::Reference& reference : control.references) {
    if (reference.kind == ReferenceKind::Cwe)
      add("external/cwe/" + lower(base::visible(program.text(reference.text))));
  }
  for (const ir::TextId tag : control.tags) add(base::visible(program.text(tag)));
  return names;
}

std::string_view help_uri(const ir::Program& program, const ir::Control& control) {
  for (const ir::Reference& reference : control.references) {
    const std::string_view text = program.text(reference.text);
    if (reference.kind == ReferenceKind::Url && base::is_web_uri(text)) return text;
  }
  return {};
}

Json properties(const ir::Program& program, const ir::Control& control) {
  Json out{{"security-severity", security_severity(control.severity)},
           {"precision", "very-high"},
           {"tags", tags(program, control)},
           {"severity", ir::severity_name(control.severity)}};
  if (control.group != ir::kNone)
    out["group"] = base::visible(program.text(program.groups[control.group].title));
  return out;
}

}  // namespace

std::string_view level_of(Severity severity) {
  if (severity >= Severity::High) return "error";
  return severity == Severity::Medium ? "warning" : "note";
}

std::string_view security_severity(Severity severity) {
  switch (severity) {
    case Severity::Critical:
      return "9.5";
    case Severity::High:
      return "8.9";
    case Severity::Medium:
      return "6.9";
    case Severity::Low:
      return "3.9";
    case Severity::Info:
      break;
  }
  return "0.1";
}

std::string pascal_name(std::string_view title) {
  std::string name;
  std::size_t words = 0;
  for (std::size_t begin = 0; begin < title.size() && words < kNameWords;) {
    // "1.0" and "don't" are one word each.
    const std::size_t end = std::min(title.find_first_of(" -/", begin), title.size());
    std::string word;
    std::copy_if(title.begin() + begin, title.begin() + end, std::back_inserter(word), is_word_character);
    begin = end + 1;
    if (word.empty() || is_filler(word)) continue;
    append_word(name, word);
    ++words;
  }
  return name.substr(0, limits::kSarifNameBytes);
}

Json rule(const ir::Program& program, const ir::Control& control, Taxonomies& taxonomies) {
  const std::string id = base::visible(program.text(control.id));
  Json out{{"id", id}};
  if (!control.formerly.empty()) {
    Json old = Json::array();
    for (const ir::TextId former : control.formerly) old.push_back(base::visible(program.text(former)));
    out["deprecatedIds"] = std::move(old);
  }
  const std::string name = pascal_name(program.text(control.title));
  if (!name.empty() && lower(name) != lower(id)) out["name"] = name;
  const std::string title = description(program.text(control.title));
  const ir::TextId full = control.description != 0 ? control.description : control.because;
  out["shortDescription"] = text_message(title);
  out["fullDescription"] = text_message(full != 0 ? description(program.text(full)) : title);
  out["help"] = help(program, control);
  if (const std::string_view uri = help_uri(program, control); !uri.empty()) out["helpUri"] = uri;
  out["defaultConfiguration"] = Json{{"level", level_of(control.severity)}};
  if (Json relationships = taxonomies.relationships(control); !relationships.is_null())
    out["relationships"] = std::move(relationships);
  out["properties"] = properties(program, control);
  return out;
}

}  // namespace polc::report::sarif
