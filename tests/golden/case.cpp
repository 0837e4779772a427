#include "tests/golden/case.hpp"

#include <fmt/format.h>

#include "authoring/tailoring/tailoring.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/render.hpp"

namespace polc::golden {
namespace {

constexpr std::string_view kMarker = "// EXPECT\n";
constexpr std::string_view kOverride = "// SET ";
constexpr std::string_view kProfile = "// PROFILE ";
constexpr std::string_view kRoot = "/golden";

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<compiler::Override> overrides_of(std::string_view policy) {
  std::vector<compiler::Override> overrides;
  for (std::string_view line : lines_of(policy)) {
    if (line.substr(0, kOverride.size()) != kOverride) continue;
    line.remove_prefix(kOverride.size());
    const std::size_t equals = line.find('=');
    overrides.push_back({std::string(line.substr(0, equals)), std::string(line.substr(equals + 1)), "--set"});
  }
  return overrides;
}

std::string profile_of(std::string_view policy) {
  for (const std::string_view line : lines_of(policy)) {
    if (line.substr(0, kProfile.size()) == kProfile) return std::string(line.substr(kProfile.size()));
  }
  return {};
}

class Block {
 public:
  Block(const base::SourceManager& sources, std::string_view main) : sources_(sources), main_(main) {}

  void add(const base::Diagnostic& d) {
    line(fmt::format("{} {} {}: {}", base::level_name(base::level_of(d)), base::code_text(d.code),
                     place(d.span), base::message_of(d)));
    for (const base::Label& label : d.labels) line(fmt::format("  at {}: {}", place(label.span), label.text));
    if (const std::string hint = base::hint_of(d); !hint.empty()) line("  hint: " + hint);
    for (const base::FixIt& fix : d.fixes) line(fmt::format("  fix {}: {}", place(fix.replace), fix.text));
  }

  std::string text;

 private:
  void line(const std::string& content) { text += base::visible(content) + "\n"; }

  std::string place(base::Span span) const {
    const base::SourceBuffer* buffer = sources_.find(span.file);
    if (buffer == nullptr) return "-";
    const base::LineColumn begin = buffer->position(span.begin);
    const base::LineColumn end = buffer->position(span.end);
    const std::string file = buffer->name() == main_ ? "" : buffer->name() + ":";
    if (begin == end) return fmt::format("{}{}:{}", file, begin.line, begin.column);
    if (begin.line == end.line) return fmt::format("{}{}:{}-{}", file, begin.line, begin.column, end.column);
    return fmt::format("{}{}:{}-{}:{}", file, begin.line, begin.column, end.line, end.column);
  }

  const base::SourceManager& sources_;
  std::string_view main_;
};

}  // namespace

Case split_case(std::string name, std::string_view text) {
  std::size_t marker = text.rfind(kMarker);
  while (marker != std::string_view::npos && marker > 0 && text[marker - 1] != '\n')
    marker = text.rfind(kMarker, marker - 1);
  Case golden{std::move(name), std::string(text.substr(0, marker)), {}};
  if (marker == std::string_view::npos) return golden;
  for (std::string_view line : lines_of(text.substr(marker + kMarker.size()))) {
    line.remove_prefix(std::min<std::size_t>(line.size(), 3));
    golden.expected += std::string(line) + "\n";
  }
  return golden;
}

std::string actual_block(const Case& golden, const Texts& texts) {
  os::MemoryFileSystem files;
  for (const auto& [name, text] : texts) files.files[fmt::format("{}/{}", kRoot, name)] = text;
  base::SourceManager sources;
  base::DiagnosticSink sink;
  compiler::CompileOptions options;
  options.root = kRoot;
  options.policy_path = fmt::format("{}/{}", kRoot, golden.name);
  options.overrides = overrides_of(golden.policy);
  options.profile = profile_of(golden.policy);
  options.profile_origin = "--profile";
  const compiler::CompileResult result = compiler::compile(options, files, sources, sink);
  if (result.program) authoring::check_tailoring(options, result.profiles, files, sink);
  Block block(sources, golden.name);
  for (const base::Diagnostic& diagnostic : sink.sorted()) block.add(diagnostic);
  if (result.program) block.text += program_text(*result.program);
  return block.text;
}

std::string with_block(const Case& golden, std::string_view block) {
  std::string text = golden.policy;
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += kMarker;
  for (const std::string_view line : lines_of(block)) text += fmt::format("// {}\n", line);
  return text;
}

}  // namespace polc::golden
