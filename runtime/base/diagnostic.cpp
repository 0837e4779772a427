#include "runtime/base/diagnostic.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "runtime/base/diagnostics/syntax.hpp"
#include "runtime/base/limits.hpp"

namespace polc::base {
namespace {

std::vector<DiagnosticInfo> build_registry() {
  std::vector<DiagnosticInfo> all{
#define POLC_DIAGNOSTIC(number, Name, level, fields, message, hint, help) \
  DiagnosticInfo{number, #Name, Level::level, message, hint, help},
#include "runtime/base/diagnostics/all.def"
#undef POLC_DIAGNOSTIC
  };
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
  return all;
}

std::string fill(std::string_view pattern, const std::vector<Field>& fields) {
  fmt::dynamic_format_arg_store<fmt::format_context> arguments;
  for (const Field& field : fields)
    arguments.push_back(fmt::arg(std::string(field.name).c_str(), field.value));
  return fmt::vformat(pattern, arguments);
}

bool names_an_empty_field(std::string_view pattern, const std::vector<Field>& fields) {
  return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
    return field.value.empty() && pattern.find(fmt::format("{{{}}}", field.name)) != std::string_view::npos;
  });
}

auto order_key(const Diagnostic& d) {
  return std::tuple(d.span.file, d.span.begin, level_of(d), d.code, d.span.end);
}

}  // namespace

const std::vector<DiagnosticInfo>& diagnostic_registry() {
  static const std::vector<DiagnosticInfo> registry = build_registry();
  return registry;
}

const DiagnosticInfo* find_diagnostic(std::uint16_t code) {
  const auto& all = diagnostic_registry();
  const auto found =
      std::lower_bound(all.begin(), all.end(), code,
                       [](const DiagnosticInfo& info, std::uint16_t c) { return info.code < c; });
  return found != all.end() && found->code == code ? &*found : nullptr;
}

std::string code_text(std::uint16_t code) {
  return fmt::format("POL{:04}", code);
}

Level level_of(const Diagnostic& diagnostic) {
  const DiagnosticInfo* info = find_diagnostic(diagnostic.code);
  return info != nullptr ? info->level : Level::Error;
}

std::string message_of(const Diagnostic& diagnostic) {
  const DiagnosticInfo* info = find_diagnostic(diagnostic.code);
  return info != nullptr ? fill(info->message, diagnostic.fields) : std::string();
}

std::string hint_of(const Diagnostic& diagnostic) {
  const DiagnosticInfo* info = find_diagnostic(diagnostic.code);
  if (info == nullptr || info->hint.empty()) return {};
  if (names_an_empty_field(info->hint, diagnostic.fields)) return {};
  return fill(info->hint, diagnostic.fields);
}

void DiagnosticSink::add(Diagnostic diagnostic) {
  // The same text at the same place is said once; only diagnostics of one place are compared.
  std::vector<std::size_t>& there = by_place_[{diagnostic.span.file, diagnostic.span.begin, diagnostic.code}];
  const auto is_same = [&](std::size_t index) { return items_[index] == diagnostic; };
  if (std::any_of(there.begin(), there.end(), is_same)) return;
  there.push_back(items_.size());
  if (level_of(diagnostic) == Level::Error) ++errors_;
  items_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> DiagnosticSink::sorted() const {
  std::vector<Diagnostic> all = items_;
  std::stable_sort(all.begin(), all.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return order_key(a) < order_key(b); });
  std::vector<Diagnostic> kept;
  std::map<FileId, std::size_t> per_file;
  for (Diagnostic& d : all) {
    const std::size_t seen = ++per_file[d.span.file];
    if (seen <= limits::kDiagnosticsPerFile) kept.push_back(std::move(d));
  }
  for (const auto& [file, seen] : per_file) {
    if (seen <= limits::kDiagnosticsPerFile) continue;
    const Span end_of_shown{file, UINT32_MAX, UINT32_MAX};
    kept.push_back(diag::TooManyDiagnostics{.count = std::to_string(seen - limits::kDiagnosticsPerFile)}.at(
        end_of_shown));
  }
  return kept;
}

}  // namespace polc::base
