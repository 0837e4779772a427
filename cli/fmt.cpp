#include <fmt/format.h>

#include <istream>
#include <ostream>
#include <stdexcept>

#include "authoring/format/format.hpp"
#include "authoring/format/unified_diff.hpp"
#include "cli/session.hpp"
#include "cli/verbs.hpp"
#include "grammar/parse.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/diagnostics/format.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/limits.hpp"

namespace polc::cli {
namespace {

constexpr const char* kStandardInput = "-";
constexpr std::string_view kExtension = ".pol";

class Formatting {
 public:
  explicit Formatting(Session& session) : session_(session), options_(session.options()) {}

  int run() {
    if (options_.policies == std::vector<std::string>{kStandardInput}) return format_input();
    for (const std::string& path : options_.policies) {
      if (path == kStandardInput) return refuse_input();
      find_files(path);
    }
    for (const std::string& file : files_) format_file(file);
    if (code_ == kSuccess && differing_ > 0 && options_.check) return kFailures;
    return code_;
  }

 private:
  os::FileSystem& files() { return session_.environment().files; }
  std::ostream& out() { return session_.environment().out; }

  void fail(int code, base::Diagnostic diagnostic) {
    session_.sink().add(std::move(diagnostic));
    code_ = code;
  }

  int refuse_input() {
    fail(kUsageError,
         diag::CommandLine{.problem = "- stands for standard input and cannot be given with files",
                           .verb = "fmt"}
             .at());
    return kUsageError;
  }

  void find_files(const std::string& path) {
    if (files().kind(path) != os::FileKind::Folder) return files_.push_back(path);
    const std::size_t before = files_.size();
    search(path, 0);
    if (files_.size() == before) fail(kUsageError, diag::NothingToFormat{.folder = path}.at());
  }

  /// A link could lead out of the folder, and what is behind it was not named.
  bool is_link(const std::string& folder, const std::string& path) {
    const auto real_folder = files().canonical(folder);
    return !real_folder || files().canonical(path) != os::join_path(*real_folder, os::file_name(path));
  }

  void search(const std::string& folder, std::size_t depth) {
    const os::ListResult list = files().list(folder, limits::kFolderEntries);
    if (list.status != os::ReadStatus::Ok || depth > limits::kFolderDepth) {
      const std::string why = depth > limits::kFolderDepth ? "it is too many folders deep" : list.detail;
      return fail(kPolicyError, diag::UnreadableFile{.path = folder, .why = why}.at());
    }
    for (const os::FolderEntry& entry : list.entries) {
      const std::string path = os::join_path(folder, entry.name);
      const bool folder_inside = entry.kind == os::FileKind::Folder && !entry.name.starts_with('.');
      const bool policy = entry.kind == os::FileKind::File && entry.name.ends_with(kExtension);
      if ((!folder_inside && !policy) || is_link(folder, path)) continue;
      if (policy) {
        files_.push_back(path);
      } else {
        search(path, depth + 1);
      }
    }
  }

  /// The formatted text; nullopt where there are errors, which stand in the sink.
  std::optional<std::string> formatted(const std::string& name, const std::string& text) {
    const std::size_t errors = session_.sink().error_count();
    base::SourceManager& sources = session_.sources();
    const grammar::SyntaxTree tree = grammar::parse(sources, sources.add(name, text), session_.sink());
    if (session_.sink().error_count() > errors) {
      code_ = kPolicyError;
      return std::nullopt;
    }
    std::string result = authoring::format(tree);
    check(tree, result);
    return result;
  }

  /// A formatter that changed what a policy says would be worse than none.
  static void check(const grammar::SyntaxTree& tree, const std::string& result) {
    base::SourceManager sources;
    base::DiagnosticSink sink;
    const grammar::SyntaxTree again = grammar::parse(sources, sources.add("formatted", result), sink);
    if (sink.has_errors() || !authoring::same_meaning(tree, again)) {
      throw std::logic_error("formatting would have changed the policy; nothing was written");
    }
  }

  int format_input() {
    std::string text(limits::kSourceBytes + 1, '\0');
    std::istream& in = session_.environment().in;
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    const auto result = formatted("<stdin>", text);
    if (!result) return code_;
    const bool differs = *result != text;
    if (options_.diff) {
      out() << authoring::unified_diff("<stdin>", text, *result);
    } else if (!options_.check) {
      out() << *result;
    } else if (differs) {
      out() << "<stdin>\n";
    }
    return options_.check && differs ? kFailures : kSuccess;
  }

  void format_file(const std::string& path) {
    const os::ReadResult read = files().read(path, limits::kSourceBytes);
    if (read.status != os::ReadStatus::Ok) {
      return fail(kPolicyError, diag::UnreadableFile{.path = path, .why = read.detail}.at());
    }
    const auto result = formatted(path, read.text);
    if (!result || *result == read.text) return;
    ++differing_;
    if (options_.diff) {
      out() << authoring::unified_diff(base::visible(path), read.text, *result);
    } else {
      out() << base::visible(path) << '\n';
    }
    if (!options_.diff && !options_.check) write(path, *result);
  }

  /// Behind a link that was named stands the file that is meant.
  void write(const std::string& path, const std::string& text) {
    const auto why = files().write_whole(files().canonical(path).value_or(path), text);
    if (why) fail(kInternalError, diag::UnwritableFile{.path = path, .why = *why}.at());
  }

  Session& session_;
  const Options& options_;
  std::vector<std::string> files_;
  std::size_t differing_ = 0;
  int code_ = kSuccess;
};

}  // namespace

int format(const Options& options, Environment& environment) {
  Session session(options, environment);
  const int code = Formatting(session).run();
  session.flush_diagnostics();
  return code;
}

}  // namespace polc::cli
