#include <nlohmann/json.hpp>

#include "runtime/base/escape.hpp"
#include "runtime/base/render.hpp"
#include "runtime/report/diagnostics/diagnostics.hpp"

namespace polc::report {
namespace {

using Json = nlohmann::ordered_json;

Json place(const base::Span& span, const base::SourceManager& sources) {
  const base::SourceBuffer* buffer = sources.find(span.file);
  if (buffer == nullptr) return nullptr;
  const base::LineColumn begin = buffer->position(span.begin);
  const base::LineColumn end = buffer->position(std::max(span.begin, span.end));
  return Json{{"file", buffer->name()},
              {"line", begin.line},
              {"column", begin.column},
              {"endLine", end.line},
              {"endColumn", end.column},
              {"offset", std::min<std::size_t>(span.begin, buffer->text().size())},
              {"endOffset", std::min<std::size_t>(span.end, buffer->text().size())}};
}

Json entry(const base::Diagnostic& diagnostic, const base::SourceManager& sources) {
  const base::DiagnosticInfo* info = base::find_diagnostic(diagnostic.code);
  Json out{{"code", base::code_text(diagnostic.code)},
           {"name", info != nullptr ? info->name : ""},
           {"level", base::level_name(base::level_of(diagnostic))},
           {"message", base::message_of(diagnostic)},
           {"hint", base::hint_of(diagnostic)},
           {"place", place(diagnostic.span, sources)}};
  Json fields = Json::object();
  for (const base::Field& field : diagnostic.fields) fields[std::string(field.name)] = field.value;
  Json labels = Json::array();
  for (const base::Label& label : diagnostic.labels)
    labels.push_back(Json{{"text", label.text}, {"place", place(label.span, sources)}});
  Json fixes = Json::array();
  for (const base::FixIt& fix : diagnostic.fixes)
    fixes.push_back(Json{{"replace", place(fix.replace, sources)}, {"text", fix.text}});
  out["fields"] = std::move(fields);
  out["labels"] = std::move(labels);
  out["fixes"] = std::move(fixes);
  return out;
}

}  // namespace

std::string write_diagnostics_json(const std::vector<base::Diagnostic>& diagnostics,
                                   const base::SourceManager& sources) {
  Json list = Json::array();
  for (const base::Diagnostic& diagnostic : diagnostics) list.push_back(entry(diagnostic, sources));
  const Json out{{"format", "polc-diagnostics/1"}, {"diagnostics", std::move(list)}};
  return out.dump(2, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace) + '\n';
}

}  // namespace polc::report
