#include "runtime/report/sarif/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/render.hpp"

namespace polc::report::sarif {
namespace {

constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";
constexpr std::uint32_t kContextLines = 24;  // enough for a control, too little for a file

std::string sentence(std::string_view text) {
  std::string out = base::visible(text);
  if (out.empty()) return out;
  if (out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
  if (out.back() != '.' && out.back() != '?') out += '.';
  return out;
}

}  // namespace

std::string document_text(Json runs) {
  const Json log{{"$schema", kSchema}, {"version", "2.1.0"}, {"runs", std::move(runs)}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

Json text_message(std::string_view text) {
  return Json{{"text", text}};
}

Json rich_message(std::string_view text, std::string_view markdown) {
  return Json{{"text", text}, {"markdown", markdown}};
}

Json artifact_location(std::string_view path) {
  return Json{{"uri", base::uri_path(path)}, {"uriBaseId", kRootId}};
}

bool is_inside_root(std::string_view path) {
  const bool drive = path.size() > 1 && path[1] == ':';
  if (path.empty() || path.front() == '/' || path.front() == '\\' || drive) return false;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find_first_of("/\\", begin), path.size());
    if (path.substr(begin, end - begin) == "..") return false;
    begin = end + 1;
  }
  return !base::uri_path(path).empty();
}

Json region(const ir::SourceRange& range) {
  Json out{{"startLine", std::max(range.line, 1U)}};
  if (range.column == 0) return out;
  out["startColumn"] = range.column;
  if (range.end_line > range.line) out["endLine"] = range.end_line;
  if (range.end_column > 0) out["endColumn"] = range.end_column;
  return out;
}

Json snippet(std::string_view text) {
  return Json{{"text", base::visible_block(text)}};
}

Json context_region(const ir::SourceRange& range, std::uint32_t last_line, const base::SourceBuffer* source) {
  const std::uint32_t last =
      std::clamp(last_line, range.end_line, std::max(range.end_line, range.line + kContextLines));
  Json out{{"startLine", range.line}, {"endLine", last}};
  if (source == nullptr || last > source->line_count()) return out;
  const std::uint32_t begin = source->line_begin(range.line);
  const std::string_view end_text = source->line(last);
  const std::size_t size = source->line_begin(last) + end_text.size() - begin;
  out["snippet"] = snippet(std::string_view(source->text()).substr(begin, size));
  return out;
}

Json driver(std::string_view version) {
  return Json{{"name", "polc"},
              {"fullName", fmt::format("polc {}", version)},
              {"version", version},
              {"semanticVersion", version},
              {"informationUri", POLC_HOMEPAGE},
              {"language", "en-US"},
              {"shortDescription", text_message("Checks Windows hosts against hardening policies.")}};
}

Json original_uri_base_ids() {
  return Json{
      {kRootId,
       {{"description", text_message("The root folder of the repository that holds the policies.")}}}};
}

Json diagnostic_descriptor(const base::DiagnosticInfo& info) {
  const std::string help(info.help);
  Json descriptor{{"id", base::code_text(info.code)}, {"name", info.name}};
  const std::string_view first = std::string_view(help).substr(0, help.find(". ") + 1);
  descriptor["shortDescription"] = text_message(first.empty() ? help : first);
  descriptor["fullDescription"] = text_message(base::shorten_bytes(help, limits::kSarifTextBytes));
  descriptor["help"] = text_message(help);
  descriptor["defaultConfiguration"] = Json{{"level", level_text(info.level)}};
  return descriptor;
}

std::string_view level_text(base::Level level) {
  return base::level_name(level);
}

std::string sentences(const base::Diagnostic& diagnostic) {
  const std::string hint = sentence(base::hint_of(diagnostic));
  return without_links(sentence(base::message_of(diagnostic)) + (hint.empty() ? "" : " " + hint));
}

std::string without_links(std::string_view text) {
  if (text.find("](") == std::string_view::npos) return std::string(text);
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace polc::report::sarif
