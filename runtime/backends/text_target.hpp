// Targets that are one text file, in whatever encoding Windows wrote it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/backends/target.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/formats/parse_error.hpp"

namespace polc::backends {

/// The target's text as UTF-8, with a file that diagnostics can point into.
struct DecodedTarget {
  TargetText text;
  std::shared_ptr<const std::string> storage;  ///< of `text`, where nobody else keeps it
};

/// nullopt, and reported, for bytes that are no text.
std::optional<DecodedTarget> decode_target(const Target& target, base::DiagnosticSink& sink);

/// The target's text as UTF-8; "" for what is no text.
std::string text_of(const Target& target);

/// The first lines of a text file, for telling what it is; "" for what is no text.
std::string beginning_of(std::string_view bytes);

/// "'secpol.inf' cannot be read: a quote that is not closed", at its place.
base::Diagnostic refused(const TargetText& text, const formats::ParseError& error);

}  // namespace polc::backends
