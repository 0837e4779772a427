#include "runtime/backends/reg/reg.hpp"

#include <algorithm>

#include "runtime/backends/gpo/half.hpp"
#include "runtime/backends/origins.hpp"
#include "runtime/backends/registry_builder.hpp"
#include "runtime/backends/text_target.hpp"
#include "runtime/base/diagnostics/evidence.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/formats/reg_file.hpp"
#include "runtime/value/canonical.hpp"

namespace polc::backends {
namespace {

using formats::RegFile;
using formats::RegFileKey;
using formats::RegFileValue;
using value::EvidenceSection;
using value::Layer;

bool has_deletions(const RegFile& file) {
  return std::any_of(file.keys.begin(), file.keys.end(), [](const RegFileKey& key) {
    return key.deleted || std::any_of(key.values.begin(), key.values.end(),
                                      [](const RegFileValue& value) { return value.deleted; });
  });
}

class RegFileReader {
 public:
  RegFileReader(const TargetText& text, const PlanSlice* slice, value::Evidence& evidence,
                base::DiagnosticSink& sink)
      : text_(text), evidence_(evidence), sink_(sink), registry_(evidence, slice) {}

  void read(const RegFile& file) {
    for (const RegFileKey& key : file.keys) read_key(key);
  }

 private:
  value::OriginId origin(std::uint32_t line) {
    return add_origin(evidence_, {"reg", text_.name, line, 0, {}});
  }

  base::Span place(std::uint32_t line) const {
    const auto begin = static_cast<std::uint32_t>(line_offset(text_.text, line));
    return {text_.file, begin, begin};
  }

  /// Canonical key, or a report.
  std::optional<std::string> path_of(const RegFileKey& key) {
    auto path = value::canonical_registry_key(key.path);
    const bool too_deep = path && static_cast<std::size_t>(std::count(path->begin(), path->end(), '\\')) >
                                      limits::kRegistryLevels;
    if (!path || too_deep) {
      sink_.add(diag::NotARegistryPath{.path = key.path}.at(place(key.line)));
      return std::nullopt;
    }
    if (!value::is_per_user_key(*path)) return path;
    if (evidence_.layer == Layer::Policy) return value::registry_key_of_user(*path, gpo::kEverybody);
    sink_.add(diag::KeyOfNobody{.path = key.path}.at(place(key.line)));
    return std::nullopt;
  }

  void read_key(const RegFileKey& key) {
    const auto path = path_of(key);
    if (!path) return;
    if (key.deleted) return registry_.delete_key(*path, origin(key.line));
    registry_.create_key(*path, origin(key.line));
    for (const RegFileValue& value : key.values) {
      const auto name = value::canonical_value_name(value.name);
      if (!name) {
        sink_.add(diag::NotARegistryPath{.path = value.name}.at(place(value.line)));
        continue;
      }
      registry_.set(*path, *name, reading_of(value));
    }
  }

  RegistryBuilder::Data reading_of(const RegFileValue& value) {
    using Data = RegistryBuilder::Data;
    const value::OriginId where = origin(value.line);
    if (value.deleted) return Data::absent(where);
    if (value.broken.empty()) return Data::of(value.data, where);
    return Data::unreadable({value::UnknownReason::Corrupt, {}, value.broken}, where);
  }

  const TargetText& text_;
  value::Evidence& evidence_;
  base::DiagnosticSink& sink_;
  RegistryBuilder registry_;
};

/// Files that delete say what is to be done; others do where that is what is asked.
bool is_instruction(const formats::RegFile& file, std::optional<Layer> asked) {
  return asked == Layer::Policy || has_deletions(file);
}

class RegBackend : public Backend {
 public:
  std::string_view name() const override { return "reg"; }
  std::string_view description() const override {
    return "a .reg file: registry keys and values somebody exported";
  }

  std::vector<Capability> capabilities(const Target* target,
                                       std::optional<value::Layer> layer) const override {
    const Capability configured{
        .section = EvidenceSection::Registry, .about = About::Configured, .closure = Closure::Open};
    Capability policy = configured;
    policy.about = About::Policy;
    if (target == nullptr) return {configured, policy};
    const auto file = formats::parse_reg_file(text_of(*target));
    return {file && is_instruction(*file, layer) ? policy : configured};
  }

  bool recognises(const Target& target) const override {
    return target.kind == os::FileKind::File && formats::is_reg_file(beginning_of(target.bytes));
  }

  std::optional<std::vector<value::Evidence>> collect(const Target& target, const Request& request,
                                                      base::DiagnosticSink& sink) const override {
    const auto decoded = decode_target(target, sink);
    if (!decoded) return std::nullopt;
    const auto file = formats::parse_reg_file(decoded->text.text);
    if (!file) {
      sink.add(refused(decoded->text, file.error()));
      return std::nullopt;
    }
    value::Evidence evidence;
    const bool instruction = is_instruction(*file, request.layer);
    evidence.layer = instruction ? Layer::Policy : Layer::Effective;
    evidence.backend = name();
    evidence.target = target.name;
    RegFileReader(decoded->text, request.slice, evidence, sink).read(*file);
    return one(std::move(evidence));
  }
};

}  // namespace

const Backend& reg_backend() {
  static const RegBackend backend;
  return backend;
}

}  // namespace polc::backends
