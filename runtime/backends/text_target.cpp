#include "runtime/backends/text_target.hpp"

#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/formats/windows_text.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::backends {
namespace {

/// Bytes that are looked at to tell what a file is.
constexpr std::size_t kBeginning = 16U << 10U;

}  // namespace

std::optional<DecodedTarget> decode_target(const Target& target, base::DiagnosticSink& sink) {
  auto decoded = formats::decode_windows_text(target.bytes);
  if (!decoded) {
    // What cannot be decoded cannot be shown: the place is said in words.
    const std::string what = "byte " + std::to_string(decoded.error().offset) + ": " + decoded.error().what;
    sink.add(diag::RefusedTarget{.name = std::string(target.name), .problem = what}.at());
    return std::nullopt;
  }
  DecodedTarget result;
  result.text = {target.file, std::string(target.name), target.bytes};
  if (decoded->text == target.bytes) return result;
  if (target.files != nullptr) {
    result.text = target.files->keep(os::file_name(std::string(target.name)), std::move(decoded->text));
    result.text.name = target.name;
  } else {
    result.storage = std::make_shared<const std::string>(std::move(decoded->text));
    result.text.file = base::kNoFile;
    result.text.text = *result.storage;
  }
  return result;
}

std::string text_of(const Target& target) {
  auto decoded = formats::decode_windows_text(target.bytes);
  return decoded ? std::move(decoded->text) : std::string();
}

std::string beginning_of(std::string_view bytes) {
  bytes = bytes.substr(0, kBeginning);
  // The cut may have gone through a character.
  for (int less = 0; less < 2; ++less, bytes.remove_suffix(std::min<std::size_t>(2, bytes.size()))) {
    auto decoded = formats::decode_windows_text(bytes);
    if (decoded) return std::move(decoded->text);
  }
  return {};
}

base::Diagnostic refused(const TargetText& text, const formats::ParseError& error) {
  const auto begin = static_cast<std::uint32_t>(error.offset);
  return diag::RefusedTarget{.name = text.name, .problem = error.what}.at({text.file, begin, begin});
}

}  // namespace polc::backends
