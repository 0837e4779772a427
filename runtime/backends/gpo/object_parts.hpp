// The files of one Group Policy object that are about its settings, as far as they count.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/backends/gpo/manifest.hpp"
#include "runtime/backends/gpo/object.hpp"
#include "runtime/backends/gpo/part_file.hpp"
#include "runtime/base/diagnostic.hpp"
#include "runtime/formats/parse_error.hpp"

namespace polc::backends::gpo {

/// Parts are named from the folder of the halves on: "Machine/Registry.pol". What lies in a disabled half is reported and
/// counts as not there. Where it cannot be seen what the object has or whether it is applied, every part is damaged.
class ObjectParts {
 public:
  ObjectParts(const TargetFiles& files, const ObjectPlace& place, base::DiagnosticSink& sink)
      : files_(files), place_(place), sink_(sink) {}

  /// What the object says about itself, before any part. The result is its name, "" if it has none.
  std::string read_manifest(value::Evidence& evidence);

  /// The bytes of a part. Nothing, and no damage, for one that the object does not have.
  std::optional<PartFile> read(std::string_view part, std::size_t max_bytes,
                               std::optional<value::Unknown>& damage);

  /// The same as text. `blank` sees it before it is kept.
  std::optional<TargetText> read_text(
      std::string_view part, std::size_t max_bytes, std::optional<value::Unknown>& damage,
      const std::function<void(std::string&)>& blank = [](std::string&) {});

  /// A damaged file: said to people, and given back for the facts it is about.
  value::Unknown damaged(const std::string& path, value::Unknown why, base::Span place = {});
  value::Unknown damaged_text(const TargetText& text, std::string_view part,
                              const formats::ParseError& error);

  std::string path_of(std::string_view part) const;  ///< below the target's root
  std::string display_name(std::string_view path) const { return files_.display_name(path); }

 private:
  void check_for_content();
  void report_disabled(std::string_view part, const PartFile& file);

  const TargetFiles& files_;
  const ObjectPlace& place_;
  base::DiagnosticSink& sink_;
  Manifest manifest_;
  std::optional<value::Unknown> nothing_counts_;  ///< why no part can be believed
};

}  // namespace polc::backends::gpo
