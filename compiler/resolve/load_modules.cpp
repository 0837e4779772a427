#include "compiler/resolve/load_modules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/resolve/words.hpp"
#include "grammar/literals.hpp"
#include "grammar/parse.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/base/limits.hpp"
#include "runtime/os/ordinary_file.hpp"
#include "stdlib/embedded.hpp"

namespace polc::compiler {
namespace {

using grammar::NodeId;
using grammar::NodeKind;

constexpr std::string_view kStandardPrefix = "std.";

std::string problem_text(const os::ReadResult& read) {
  switch (read.status) {
    case os::ReadStatus::NotFound:
      return "there is no such file";
    case os::ReadStatus::Denied:
      return "access is denied";
    case os::ReadStatus::TooLarge:
      return fmt::format("it is larger than {} MiB", limits::kSourceBytes >> 20U);
    case os::ReadStatus::NotAFile:
      return "it is not a file";
    default:
      return read.detail.empty() ? "it cannot be read" : read.detail;
  }
}

/// What is wrong with the form of a `use` path; empty when nothing is.
std::string_view path_problem(std::string_view path) {
  if (path.empty()) return "it is empty";
  if (path.find('\\') != std::string_view::npos) return "it contains a backslash";
  if (path.find('\0') != std::string_view::npos) return "it contains a NUL character";
  if (path.find(':') != std::string_view::npos) return "it contains a colon";
  if (path.front() == '/' || os::is_absolute_path(path)) return "it is absolute";
  if (path.size() < 5 || path.substr(path.size() - 4) != ".pol") return "it does not end in .pol";
  return {};
}

class ModuleLoader {
 public:
  ModuleLoader(const CompileOptions& options, const os::FileSystem& files, base::SourceManager& sources,
               base::DiagnosticSink& sink)
      : options_(options), files_(files), sources_(sources), sink_(sink) {}

  std::optional<Package> load() {
    const std::optional<std::string> root = files_.canonical(options_.root);
    const std::string given = os::join_path(files_.working_folder(), options_.policy_path);
    const std::optional<std::string> policy = files_.canonical(given);
    if (!policy || !root) {
      const os::ReadResult missing{os::ReadStatus::NotFound, {}, {}};
      sink_.add(diag::PolicyNotReadable{.path = options_.policy_path, .problem = problem_text(missing)}.at());
      return std::nullopt;
    }
    root_ = *root;
    const std::optional<std::string> name = os::path_inside(root_, *policy);
    if (!name) {
      sink_.add(diag::PolicyOutsideRoot{.path = options_.policy_path}.at());
      return std::nullopt;
    }
    const os::ReadResult read = os::read_ordinary_file(files_, *policy, limits::kSourceBytes);
    if (read.status != os::ReadStatus::Ok) {
      sink_.add(diag::PolicyNotReadable{.path = options_.policy_path, .problem = problem_text(read)}.at());
      return std::nullopt;
    }
    add_module({*name, *policy, false}, read.text);
    return std::move(package_);
  }

 private:
  struct Place {
    std::string name;      // for messages and reports
    std::string location;  // canonical path, or the module name of an embedded module
    bool embedded = false;
  };

  /// Parses a text as the next module and follows its imports.
  ModuleId add_module(const Place& place, std::string text) {
    const auto id = static_cast<ModuleId>(package_.modules.size());
    bytes_ += text.size();
    const base::FileId file = sources_.add(place.name, std::move(text));
    package_.modules.push_back(
        Module{place.name, place.embedded, grammar::parse(sources_, file, sink_), {}, {}, false});
    by_location_.emplace(place.location, id);
    stack_.push_back(id);
    follow_imports(id, place);
    stack_.pop_back();
    return id;
  }

  void follow_imports(ModuleId id, const Place& place) {
    const grammar::SyntaxTree& tree = package_.tree(id);
    for (const NodeId child : tree.children(tree.root())) {
      if (tree.kind(child) != NodeKind::Use) continue;
      const std::optional<ModuleId> target = follow(tree, child, place);
      if (!target) {
        package_.modules[id].lacks_import = true;
        continue;
      }
      const NodeId alias = tree.child_of_kind(child, NodeKind::Word);
      package_.modules[id].imports.push_back(
          {*target, alias == grammar::kNoNode ? std::string() : std::string(tree.text(alias)),
           tree.span(child)});
    }
  }

  std::optional<ModuleId> follow(const grammar::SyntaxTree& tree, NodeId use, const Place& from) {
    const NodeId target = tree.child(use, 0);
    if (tree.kind(target) == NodeKind::ModulePath) return follow_standard(tree, target);
    return follow_path(tree, target, from);
  }

  std::optional<ModuleId> follow_standard(const grammar::SyntaxTree& tree, NodeId target) {
    std::string name;
    for (const NodeId word : tree.children(target))
      name += (name.empty() ? "" : ".") + std::string(tree.text(word));
    const base::Span span = tree.span(target);
    if (const auto known = by_location_.find(name); known != by_location_.end())
      return visit_again(known->second, span);

    std::optional<std::string> text = standard_text(name);
    if (!text) {
      sink_.add(diag::ModuleNotFound{.name = name, .hint = standard_advice(name)}.at(span));
      return std::nullopt;
    }
    if (!has_room(text->size(), span)) return std::nullopt;
    return add_module({name, name, true}, std::move(*text));
  }

  std::optional<std::string> standard_text(const std::string& name) const {
    if (name.substr(0, kStandardPrefix.size()) != kStandardPrefix) return std::nullopt;
    if (options_.stdlib_folder.empty()) {
      const std::optional<std::string_view> embedded = stdlib::find_module(name);
      return embedded ? std::optional<std::string>(*embedded) : std::nullopt;
    }
    std::string path = name;
    std::replace(path.begin(), path.end(), '.', '/');
    const os::ReadResult read = os::read_ordinary_file(
        files_, os::join_path(options_.stdlib_folder, path + ".pol"), limits::kSourceBytes);
    return read.status == os::ReadStatus::Ok ? std::optional(read.text) : std::nullopt;
  }

  static std::string standard_advice(std::string_view name) {
    if (name.substr(0, kStandardPrefix.size()) != kStandardPrefix)
      return "a file is named by a path in quotes";
    std::vector<std::string_view> names;
    for (const stdlib::Module& module : stdlib::modules()) names.push_back(module.name);
    return advice(name, names);
  }

  std::optional<ModuleId> follow_path(const grammar::SyntaxTree& tree, NodeId target, const Place& from) {
    const std::string path = grammar::decode_string(tree, target);
    const base::Span span = tree.span(target);
    const std::string_view problem =
        from.embedded ? "the standard library uses only its own modules" : path_problem(path);
    if (!problem.empty()) {
      sink_.add(diag::ModulePathForm{.path = path, .problem = std::string(problem)}.at(span));
      return std::nullopt;
    }
    const std::string wanted = os::join_path(os::parent_path(from.location), path);
    if (!os::path_inside(root_, wanted)) return outside(path, span);
    const std::optional<std::string> location = files_.canonical(wanted);
    if (!location) return unreadable(path, {os::ReadStatus::NotFound, {}, {}}, span);
    const std::optional<std::string> name = os::path_inside(root_, *location);
    if (!name) return outside(path, span);
    if (const auto known = by_location_.find(*location); known != by_location_.end())
      return visit_again(known->second, span);

    os::ReadResult read = os::read_ordinary_file(files_, *location, limits::kSourceBytes);
    if (read.status != os::ReadStatus::Ok) return unreadable(path, read, span);
    if (!has_room(read.text.size(), span)) return std::nullopt;
    return add_module({*name, *location, false}, std::move(read.text));
  }

  std::nullopt_t outside(const std::string& path, base::Span span) {
    sink_.add(diag::ModuleOutsideRoot{.path = path}.at(span));
    return std::nullopt;
  }

  std::nullopt_t unreadable(const std::string& path, const os::ReadResult& read, base::Span span) {
    sink_.add(diag::ModuleNotReadable{.path = path, .problem = problem_text(read)}.at(span));
    return std::nullopt;
  }

  /// A module that is known already: fine, unless it is still being loaded.
  std::optional<ModuleId> visit_again(ModuleId id, base::Span span) {
    const auto open = std::find(stack_.begin(), stack_.end(), id);
    if (open == stack_.end()) return id;
    std::string chain;
    for (auto at = open; at != stack_.end(); ++at) chain += package_.modules[*at].name + " -> ";
    sink_.add(diag::ImportCycle{.chain = chain + package_.modules[id].name}.at(span));
    return std::nullopt;
  }

  bool has_room(std::size_t bytes, base::Span span) {
    if (package_.modules.size() >= limits::kModules) {
      sink_.add(diag::TooManyModules{.limit = std::to_string(limits::kModules)}.at(span));
      return false;
    }
    if (bytes_ + bytes > limits::kPolicyBytes) {
      sink_.add(diag::PolicyTooLarge{.limit = std::to_string(limits::kPolicyBytes >> 20U)}.at(span));
      return false;
    }
    return true;
  }

  const CompileOptions& options_;
  const os::FileSystem& files_;
  base::SourceManager& sources_;
  base::DiagnosticSink& sink_;
  std::string root_;
  Package package_;
  std::unordered_map<std::string, ModuleId> by_location_;
  std::vector<ModuleId> stack_;  // modules being loaded, outermost first
  std::size_t bytes_ = 0;
};

}  // namespace

std::optional<Package> load_modules(const CompileOptions& options, const os::FileSystem& files,
                                    base::SourceManager& sources, base::DiagnosticSink& sink) {
  return ModuleLoader(options, files, sources, sink).load();
}

}  // namespace polc::compiler
