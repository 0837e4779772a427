#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "grammar/check.hpp"
#include "runtime/base/diagnostics/syntax.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"

namespace polc::grammar {
namespace {

bool is_utf16(std::string_view text) {
  return text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF";
}

std::string_view name_of(base::Deception why) {
  switch (why) {
    case base::Deception::Control:
      return "control character";
    case base::Deception::Bidi:
      return "bidirectional control";
    case base::Deception::Invisible:
      return "invisible character";
    case base::Deception::Space:
      return "look-alike of a space,";
    case base::Deception::None:
      break;
  }
  return {};
}

/// A carriage return is a line ending together with a line feed; alone it hides what a terminal shows before it.
base::Deception deception_at(std::string_view text, std::size_t offset, char32_t value) {
  if (value != U'\r') return base::deception_of(value);
  return text.substr(offset + 1, 1) == "\n" ? base::Deception::None : base::Deception::Control;
}

base::Diagnostic describe(base::CodePoint character, base::Deception why, base::Span span) {
  return diag::HiddenCharacter{.code = fmt::format("U+{:04X}", static_cast<std::uint32_t>(character.value)),
                               .what = std::string(name_of(why))}
      .at(span);
}

}  // namespace

TextCheck check_text(std::string_view text, base::FileId file, base::DiagnosticSink& sink) {
  TextCheck result;
  if (text.size() > limits::kSourceBytes) {
    sink.add(diag::SourceTooLarge{.size = std::to_string(text.size()),
                                  .limit = std::to_string(limits::kSourceBytes)}
                 .at({file, 0, 0}));
    return result;
  }
  if (is_utf16(text)) {
    sink.add(diag::Utf16Text{}.at({file, 0, 2}));
    return result;
  }
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) result.begin = kByteOrderMark.size();
  std::size_t reported = 0;
  for (std::size_t i = result.begin; (i = base::skip_plain_ascii(text, i)) < text.size();) {
    const std::optional<base::CodePoint> next = base::decode_utf8(text, i);
    if (!next) {
      const auto byte = static_cast<unsigned char>(text[i]);
      const auto at = static_cast<std::uint32_t>(i);
      sink.add(diag::InvalidUtf8{.byte = fmt::format("0x{:02X}", byte)}.at({file, at, at + 1}));
      return result;
    }
    const base::Deception why = deception_at(text, i, next->value);
    if (why != base::Deception::None) {
      if (result.blanked.empty()) result.blanked = text;
      std::fill_n(result.blanked.begin() + static_cast<std::ptrdiff_t>(i), next->length, ' ');
      const auto at = static_cast<std::uint32_t>(i);
      const base::Span span{file, at, at + static_cast<std::uint32_t>(next->length)};
      if (++reported <= limits::kSyntaxErrors) sink.add(describe(*next, why, span));
    }
    i += next->length;
  }
  result.parsable = true;
  return result;
}

}  // namespace polc::grammar
