#include "runtime/backends/gpo/object_parts.hpp"

#include <algorithm>

#include "runtime/backends/gpo/half.hpp"
#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/formats/windows_text.hpp"

namespace polc::backends::gpo {
namespace {

using value::Unknown;
using value::UnknownReason;

/// A Registry.pol without entries, which the console leaves behind in a half that it does not use.
constexpr std::size_t kEmptyRegistryPol = 8;

Half half_of(std::string_view part) {
  return part.starts_with(folder_of(Half::User)) ? Half::User : Half::Machine;
}

}  // namespace

std::string ObjectParts::read_manifest(value::Evidence& evidence) {
  const bool is_backup = place_.halves != place_.folder;
  manifest_ =
      is_backup ? read_backup_manifest(files_, place_.folder, evidence) : read_gpt_ini(files_, place_.folder);
  const std::string object = display_name(place_.folder);
  if (manifest_.unreadable) nothing_counts_ = damaged(manifest_.path, *manifest_.unreadable);
  if (manifest_.filtered) sink_.add(diag::FilteredObject{.object = object}.at());
  if (is_backup && !nothing_counts_) check_for_content();
  return manifest_.name;
}

/// A backup without its content, and without the list that would say that it has none, is part of one.
void ObjectParts::check_for_content() {
  if (manifest_.lists_files) return;
  std::vector<TargetEntry> entries;
  if (!list_folder(files_, place_.halves, entries)) return;
  nothing_counts_ = damaged(place_.halves, {UnknownReason::NotCollected, {}, "is not in the backup"});
}

std::string ObjectParts::path_of(std::string_view part) const {
  return place_.halves.empty() ? std::string(part) : place_.halves + '/' + std::string(part);
}

Unknown ObjectParts::damaged(const std::string& path, Unknown why, base::Span place) {
  sink_.add(diag::DamagedPart{.part = display_name(path), .problem = why.detail}.at(place));
  why.detail = std::string(last_segment(path)) + ", " + why.detail;
  return why;
}

Unknown ObjectParts::damaged_text(const TargetText& text, std::string_view part,
                                  const formats::ParseError& error) {
  const auto begin = static_cast<std::uint32_t>(error.offset);
  const auto line =
      1 + std::count(text.text.begin(), text.text.begin() + static_cast<std::ptrdiff_t>(error.offset), '\n');
  Unknown why = damaged(path_of(part), {UnknownReason::Corrupt, {}, error.what}, {text.file, begin, begin});
  why.detail = std::string(last_segment(part)) + ':' + std::to_string(line) + ": " + error.what;
  return why;
}

/// What lies in a disabled half is not applied, whatever it is.
void ObjectParts::report_disabled(std::string_view part, const PartFile& file) {
  if (!file.unreadable && file.bytes.size() <= kEmptyRegistryPol) return;
  const std::string_view half = half_of(part) == Half::Machine ? "computer" : "user";
  sink_.add(diag::DisabledHalf{.part = display_name(path_of(part)), .half = std::string(half)}.at());
}

std::optional<PartFile> ObjectParts::read(std::string_view part, std::size_t max_bytes,
                                          std::optional<Unknown>& damage) {
  if (nothing_counts_) {
    damage = nothing_counts_;
    return std::nullopt;
  }
  const std::string path = path_of(part);
  PartFile file = read_part(files_, path, max_bytes);
  if (manifest_.disabled(half_of(part))) {
    report_disabled(part, file);
    return std::nullopt;
  }
  if (file.unreadable) {
    damage = damaged(path, *file.unreadable);
    return std::nullopt;
  }
  if (file.found) return file;
  const std::string in_backup = place_.folder.empty() ? path : path.substr(place_.folder.size() + 1);
  const bool listed =
      std::any_of(manifest_.files.begin(), manifest_.files.end(),
                  [&](const std::string& known) { return base::equal_folded(known, in_backup); });
  if (listed)
    damage = damaged(path, {UnknownReason::NotCollected, {}, "is listed in Backup.xml and not there"});
  return std::nullopt;
}

std::optional<TargetText> ObjectParts::read_text(std::string_view part, std::size_t max_bytes,
                                                 std::optional<Unknown>& damage,
                                                 const std::function<void(std::string&)>& blank) {
  auto file = read(part, max_bytes, damage);
  if (!file) return std::nullopt;
  auto decoded = formats::decode_windows_text(file->bytes);
  if (!decoded) {
    const std::string what = "byte " + std::to_string(decoded.error().offset) + ": " + decoded.error().what;
    damage = damaged(file->path, {UnknownReason::Corrupt, {}, what});
    return std::nullopt;
  }
  blank(decoded->text);
  return files_.keep(file->path, std::move(decoded->text));
}

}  // namespace polc::backends::gpo
