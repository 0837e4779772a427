// Diagnostics: what polc says to people about their input.
//
// A registry (runtime/base/diagnostics/*.def) gives each kind a number that is never reused, a name, a level,
// its typed fields, a message and a hint. From it are generated: one payload struct per kind (namespace
// polc::diag, runtime/base/diagnostics/*.hpp), the texts, docs/diagnostics.md and the test that every kind has a golden file. Emit sites
// build a payload and never write text; the one formatter is in diagnostic.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/base/span.hpp"

namespace polc::base {

enum class Level : std::uint8_t { Error, Warning, Note };

/// One named value of a payload, already in text form.
struct Field {
  std::string_view name;  // points into the registry
  std::string value;

  friend bool operator==(const Field&, const Field&) = default;
};

/// A second place that matters, with a few words on why ("first declared here").
struct Label {
  Span span;
  std::string text;

  friend bool operator==(const Label&, const Label&) = default;
};

/// A text edit that would resolve the diagnostic.
struct FixIt {
  Span replace;
  std::string text;

  friend bool operator==(const FixIt&, const FixIt&) = default;
};

/// Everything known about one problem. `span.file == kNoFile` means that it has no place in a text.
struct Diagnostic {
  std::uint16_t code = 0;
  Span span;
  std::vector<Field> fields;
  std::vector<Label> labels;
  std::vector<FixIt> fixes;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// Registry entry of a kind.
struct DiagnosticInfo {
  std::uint16_t code;
  std::string_view name;  // UpperCamelCase, also the SARIF rule name
  Level level;
  std::string_view message;  // fmt template over the fields
  std::string_view hint;     // shown only if every field it names is non-empty; may be ""
  std::string_view help;     // paragraph for docs/diagnostics.md
};

/// All kinds, by ascending code.
const std::vector<DiagnosticInfo>& diagnostic_registry();

/// nullptr if there is no such kind.
const DiagnosticInfo* find_diagnostic(std::uint16_t code);

/// "POL1203".
std::string code_text(std::uint16_t code);

Level level_of(const Diagnostic& diagnostic);
std::string message_of(const Diagnostic& diagnostic);  ///< one line, lower case start, no final period
std::string hint_of(const Diagnostic& diagnostic);     ///< empty when the kind has none or a field is missing

/// Collects diagnostics of one run, drops exact repetitions, and stops at a limit per file (the last one then
/// says how many were left out).
class DiagnosticSink {
 public:
  void add(Diagnostic diagnostic);

  /// Ordered by file, offset, errors first, code: the same whatever the order of discovery.
  std::vector<Diagnostic> sorted() const;

  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  bool empty() const { return items_.empty(); }

 private:
  std::vector<Diagnostic> items_;
  std::map<std::tuple<FileId, std::uint32_t, std::uint16_t>, std::vector<std::size_t>> by_place_;
  std::size_t errors_ = 0;
};

}  // namespace polc::base
