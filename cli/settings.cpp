#include "cli/settings.hpp"

#include <array>
#include <functional>

#include "runtime/base/casefold.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/base/text.hpp"
#include "runtime/formats/yaml.hpp"
#include "runtime/os/ordinary_file.hpp"

namespace polc::cli {
namespace {

using formats::Node;
using formats::NodeKind;

constexpr std::array<std::string_view, 7> kKeys{"targets", "example_host", "parameters", "profile",
                                                "reports", "fail_on",      "unknown"};

bool is_of_git(std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = path.find('/');
    if (base::equal_folded(path.substr(0, end), ".git")) return true;
    path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
  }
  return false;
}

class Reader {
 public:
  Reader(const std::string& folder, const std::string& root, const os::FileSystem& files,
         const base::SourceManager& sources, base::DiagnosticSink& sink)
      : folder_(folder), root_(root), files_(files), sources_(sources), sink_(sink) {}

  Settings read(const Node& top) {
    settings_.file = os::path_inside(root_, os::join_path(folder_, kSettingsFile)).value_or(kSettingsFile);
    if (!top.is_mapping()) {
      if (top.kind() != NodeKind::Null) bad_value(kSettingsFile, "'key: value' lines", top.span());
      return settings_;
    }
    for (const formats::Member member : top.members()) read_member(member.key, member.value);
    return settings_;
  }

 private:
  void read_member(const Node& key, const Node& value) {
    const std::string_view name = key.text();
    if (name == "targets") {
      each_text(name, value, [&](const Node& item) { add_path(item, settings_.targets); });
    } else if (name == "example_host") {
      std::vector<std::string> paths;
      if (expect_text(name, value, "a file inside the repository")) add_path(value, paths);
      if (!paths.empty()) settings_.example_host = paths.front();
    } else if (name == "parameters") {
      read_parameters(value);
    } else if (name == "reports") {
      each_text(name, value, [&](const Node& item) { add_report(item); });
    } else if (name == "profile") {
      if (expect_text(name, value, "the name of a profile")) settings_.profile = value.text();
      settings_.profile_origin = place_of(key);
    } else if (name == "fail_on") {
      if (expect_text(name, value, "a severity")) settings_.fail_on = value.text();
    } else if (name == "unknown") {
      if (expect_text(name, value, "fail or warn")) settings_.unknown = value.text();
    } else {
      const std::string suggestion(base::nearest(name, {kKeys.begin(), kKeys.end()}));
      sink_.add(diag::UnknownSettingKey{.key = std::string(name), .suggestion = suggestion}.at(key.span()));
    }
  }

  void read_parameters(const Node& value) {
    if (!value.is_mapping()) return bad_value("parameters", "'name: value' lines below it", value.span());
    for (const formats::Member member : value.members()) {
      if (member.value.is_mapping() || member.value.is_sequence() || member.value.kind() == NodeKind::Null) {
        bad_value(member.key.text(), "one value; quote it if it is not a plain number or word",
                  member.value.span());
        continue;
      }
      settings_.parameters.push_back(
          {std::string(member.key.text()), std::string(member.value.text()), place_of(member.key)});
    }
  }

  void each_text(std::string_view key, const Node& value, const std::function<void(const Node&)>& use) {
    if (value.is_text()) return use(value);
    if (!value.is_sequence()) return bad_value(key, "a name or a list of names", value.span());
    for (const Node item : value.items()) {
      if (expect_text(key, item, "a name")) use(item);
    }
  }

  void add_path(const Node& item, std::vector<std::string>& paths) {
    const std::string text(item.text());
    if (text == "live" || text.find(':') != std::string::npos) {
      return refuse(item, "only files inside the repository can be targets here");
    }
    if (auto inside = path_in_root(item)) paths.push_back(std::move(*inside));
  }

  void add_report(const Node& item) {
    const std::string text(item.text());
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) {
      const std::string file = text.substr(equals + 1);
      if (!inside_root(file)) return refuse(item, "reports must stay inside the repository");
      settings_.reports.push_back(text.substr(0, equals + 1) + os::join_path(folder_, file));
    } else {
      settings_.reports.push_back(text);
    }
  }

  // Links are followed before the decision: a link inside the repository may point out of it. What git keeps for
  // itself (credentials, hooks) is not part of what a pull request can change.
  bool inside_root(const std::string& path) const {
    if (path.find('\\') != std::string::npos || path.starts_with("//")) return false;
    const std::string full = os::join_path(folder_, path);
    const std::string existing = files_.kind(full) == os::FileKind::Missing ? os::parent_path(full) : full;
    const auto canonical = files_.canonical(existing);
    if (!canonical) return false;
    const auto written = os::path_inside(root_, full);
    const auto real = os::path_inside(root_, *canonical);
    return written && real && !is_of_git(*written) && !is_of_git(*real);
  }

  std::optional<std::string> path_in_root(const Node& item) {
    const std::string text(item.text());
    if (!inside_root(text)) {
      refuse(item, "it is not inside the repository");
      return std::nullopt;
    }
    return os::join_path(folder_, text);
  }

  bool expect_text(std::string_view key, const Node& value, const char* expected) {
    if (value.is_text()) return true;
    bad_value(key, expected, value.span());
    return false;
  }

  void bad_value(std::string_view key, const char* expected, base::Span span) {
    sink_.add(diag::BadSettingValue{.key = std::string(key), .expected = expected}.at(span));
  }

  void refuse(const Node& item, const char* why) {
    sink_.add(diag::SettingNotAllowed{.value = std::string(item.text()), .why = why}.at(item.span()));
  }

  /// "polc.yaml:7"
  std::string place_of(const Node& node) const {
    const base::SourceBuffer* buffer = sources_.find(node.span().file);
    const std::uint32_t line = buffer == nullptr ? 0 : buffer->position(node.span().begin).line;
    return settings_.file + ":" + std::to_string(line);
  }

  const std::string& folder_;
  const std::string& root_;
  const os::FileSystem& files_;
  const base::SourceManager& sources_;
  base::DiagnosticSink& sink_;
  Settings settings_;
};

}  // namespace

std::optional<Settings> read_settings(const std::string& folder, const std::string& root,
                                      const os::FileSystem& files, base::SourceManager& sources,
                                      base::DiagnosticSink& sink) {
  const std::string path = os::join_path(folder, kSettingsFile);
  // A link to elsewhere would have its text shown in messages.
  const auto real = files.canonical(path);
  if (real && !os::path_inside(files.canonical(folder).value_or(folder), *real)) {
    sink.add(diag::UnreadableFile{.path = kSettingsFile, .why = "it is a link out of its folder"}.at());
    return std::nullopt;
  }
  os::ReadResult file = os::read_ordinary_file(files, path, limits::kYamlBytes);
  if (file.status != os::ReadStatus::Ok) {
    sink.add(diag::UnreadableFile{.path = kSettingsFile, .why = file.detail}.at());
    return std::nullopt;
  }
  const base::FileId id =
      sources.add(os::path_inside(root, path).value_or(kSettingsFile), std::move(file.text));
  const std::size_t errors = sink.error_count();
  const auto document = formats::read_yaml(sources.find(id)->text(), id, sink);
  if (!document || sink.error_count() > errors) return std::nullopt;
  Settings settings = Reader(folder, root, files, sources, sink).read(document->root());
  if (sink.error_count() > errors) return std::nullopt;
  return settings;
}

}  // namespace polc::cli
