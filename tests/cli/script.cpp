#include "tests/cli/script.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "cli/environment.hpp"

namespace polc::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead = "=== ";

// 2026-11-22T12:00:00Z: cases must not depend on the day they run.
constexpr std::int64_t kNow = 1'795'348'800;

class FakeSystem : public os::System {
 public:
  std::map<std::string, std::string> variables;

  std::int64_t now() const override { return kNow; }
  bool is_windows() const override { return false; }
  std::optional<std::string> variable(const std::string& name) const override {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  }
  bool is_terminal(os::Stream) const override { return false; }
  unsigned width(os::Stream) const override { return 100; }
  std::optional<base::SecretBuffer> secret_variable(const std::string& name) override {
    const auto value = variable(name);
    if (!value) return std::nullopt;
    base::SecretBuffer secret(value->size());
    if (!secret.append(*value)) return std::nullopt;
    return secret;
  }
  std::optional<base::SecretBuffer> secret_descriptor(int) override { return std::nullopt; }
  std::optional<base::SecretBuffer> secret_prompt(const std::string&) override { return std::nullopt; }
  void forbid_core_files() override {}
};

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void add_repository(os::MemoryFileSystem& files, const fs::path& source) {
  files.files["/repo/polc.yaml"] = read_file(source / "polc.yaml");
  for (const auto& entry : fs::recursive_directory_iterator(source / "policies")) {
    if (!entry.is_regular_file()) continue;
    const std::string name = fs::relative(entry.path(), source).generic_string();
    files.files["/repo/" + name] = read_file(entry.path());
  }
}

std::vector<std::string> words(const std::string& line) {
  std::vector<std::string> result;
  std::string word;
  bool quoted = false;
  bool started = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
      started = true;
    } else if (c == ' ' && !quoted) {
      if (started || !word.empty()) result.push_back(std::move(word));
      word.clear();
      started = false;
    } else {
      word += c;
    }
  }
  if (started || !word.empty()) result.push_back(std::move(word));
  return result;
}

bool is_expectation(const std::string& head) {
  return head.starts_with("exit ") || head == "out" || head == "err" || head.starts_with("wrote ");
}

std::string closed(std::string text) {
  if (!text.empty() && text.back() != '\n') text += "\n\\ no line feed at the end\n";
  return text;
}

class Runner {
 public:
  explicit Runner(const std::string& source) : source_(source) {
    files_.folder = "/repo";
    files_.files["/repo/.git/HEAD"] = "";
  }

  std::vector<Section> run(const std::vector<Section>& script) {
    std::vector<Section> result;
    for (std::size_t i = 0; i < script.size(); ++i) {
      const Section& section = script[i];
      if (is_expectation(section.head)) continue;
      result.push_back(section);
      if (section.head == "repository") add_repository(files_, source_);
      if (section.head.starts_with("file ")) files_.files["/repo/" + section.head.substr(5)] = section.body;
      if (section.head == "in") input_ = section.body;
      if (section.head.starts_with("env ")) set_variable(section.head.substr(4));
      if (section.head.starts_with("run ")) run_command(section.head.substr(4), script, i, result);
    }
    return result;
  }

 private:
  void set_variable(const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    system_.variables[assignment.substr(0, equals)] = assignment.substr(equals + 1);
  }

  void run_command(const std::string& line, const std::vector<Section>& script, std::size_t at,
                   std::vector<Section>& result) {
    std::vector<std::string> arguments = words(line);
    arguments.insert(arguments.begin(), "polc");
    std::vector<const char*> pointers;
    for (const std::string& a : arguments) pointers.push_back(a.c_str());
    std::ostringstream out;
    std::ostringstream err;
    std::istringstream in(std::exchange(input_, {}));
    cli::Environment environment{in, out, err, files_, system_};
    const int code = cli::run(static_cast<int>(pointers.size()), pointers.data(), environment);
    result.push_back({"exit " + std::to_string(code), {}});
    if (!out.str().empty()) result.push_back({"out", closed(out.str())});
    if (!err.str().empty()) result.push_back({"err", closed(err.str())});
    for (std::size_t i = at + 1; i < script.size() && is_expectation(script[i].head); ++i) {
      if (!script[i].head.starts_with("wrote ")) continue;
      const auto file = files_.files.find("/repo/" + script[i].head.substr(6));
      result.push_back(
          {script[i].head, file == files_.files.end() ? "(no such file)\n" : closed(file->second)});
    }
  }

  fs::path source_;
  os::MemoryFileSystem files_;
  FakeSystem system_;
  std::string input_;
};

}  // namespace

std::vector<Section> parse_script(const std::string& text) {
  std::vector<Section> sections;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with(kHead)) {
      sections.push_back({line.substr(kHead.size()), {}});
    } else if (sections.empty()) {
      sections.push_back({"", line + "\n"});  // a remark before the first section
    } else {
      sections.back().body += line + "\n";
    }
  }
  return sections;
}

std::string script_text(const std::vector<Section>& sections) {
  std::string text;
  for (const Section& section : sections) {
    if (!section.head.empty()) text += std::string(kHead) + section.head + "\n";
    text += section.body;
  }
  return text;
}

std::vector<Section> run_script(const std::vector<Section>& script, const std::string& source_folder) {
  return Runner(source_folder).run(script);
}

}  // namespace polc::test
