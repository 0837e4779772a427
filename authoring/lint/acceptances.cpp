#include "authoring/lint/acceptances.hpp"

#include <charconv>

#include "grammar/parse.hpp"
#include "runtime/base/diagnostics/lint.hpp"

namespace polc::lint {
namespace {

constexpr std::string_view kBegins = "accept POL";
constexpr std::string_view kReason = " because ";

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == '/' || text.front() == ' ')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// nullopt where the code or the reason is missing.
std::optional<std::uint16_t> code_of(std::string_view text) {
  text.remove_prefix(kBegins.size());
  std::uint16_t code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const bool has_reason = rest.starts_with(kReason) && rest.size() > kReason.size();
  return error == std::errc{} && has_reason ? std::optional(code) : std::nullopt;
}

base::FileId file_named(const base::SourceManager& sources, std::string_view name) {
  for (base::FileId id = 1; id <= sources.size(); ++id) {
    const base::SourceBuffer* buffer = sources.find(id);
    if (buffer != nullptr && buffer->name() == name) return id;
  }
  return base::kNoFile;
}

}  // namespace

base::Span span_of(const ir::Program& program, const base::SourceManager& sources, ir::RangeId range) {
  const ir::SourceRange& r = program.ranges[range];
  const base::FileId file = file_named(sources, program.text(program.files[r.file].path));
  if (file == base::kNoFile) return {};
  return {file, r.begin, r.end};
}

std::vector<Acceptance> read_acceptances(const ir::Program& program, const base::SourceManager& sources,
                                         base::DiagnosticSink& sink) {
  std::vector<Acceptance> all;
  for (const ir::SourceFile& file : program.files) {
    const base::FileId id = file_named(sources, program.text(file.path));
    if (id == base::kNoFile || file.embedded) continue;
    base::DiagnosticSink already_reported;
    const grammar::SyntaxTree tree = grammar::parse(sources, id, already_reported);
    for (const grammar::Comment& comment : tree.comments()) {
      const base::Span span{id, comment.begin, comment.end};
      const std::string_view text = trimmed(sources.text(span));
      if (!text.starts_with(kBegins)) continue;
      const auto code = code_of(text);
      bool placed = false;
      for (std::uint32_t i = 0; code && i < program.controls.size(); ++i) {
        const base::Span control = span_of(program, sources, program.controls[i].range);
        if (control.file != id || span.begin < control.begin || control.end < span.end) continue;
        all.push_back({i, *code, span, false});
        placed = true;
      }
      if (!placed) sink.add(diag::AcceptanceUnclear{.text = std::string(text)}.at(span));
    }
  }
  return all;
}

}  // namespace polc::lint
