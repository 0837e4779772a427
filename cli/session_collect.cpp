// Evidence: which targets, read and layered, and the secrets handed over on the command line.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ostream>

#include "cli/arguments.hpp"
#include "cli/session.hpp"
#include "runtime/backends/backend.hpp"
#include "runtime/backends/secret/composition.hpp"
#include "runtime/base/diagnostics/command.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/text.hpp"
#include "runtime/derive/merge.hpp"

namespace polc::cli {
namespace {

// Names of the passwords that the programs ask for.
std::vector<std::string_view> asked_passwords(const std::vector<ir::Program>& programs) {
  std::vector<std::string_view> names;
  for (const ir::Program& program : programs) {
    for (const value::Address& address : program.addresses) {
      if (address.resource != value::ResourceKind::Password) continue;
      if (const auto* name = address.arguments.front().get<std::string>()) names.emplace_back(*name);
    }
  }
  return names;
}

// Who mistakes env:VAR for the place of the secret itself must not find it in a log.
std::string source_in_words(const std::string& source) {
  constexpr std::string_view kPrefix = "env:";
  const bool plain =
      source.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", kPrefix.size()) == std::string::npos;
  return source.starts_with(kPrefix) && !plain ? "the environment" : source;
}

}  // namespace

std::vector<std::string> Session::inputs() const {
  std::vector<std::string> paths = options_.policies;
  paths.insert(paths.end(), modules_.begin(), modules_.end());
  const Settings& settings = repository_.settings;
  for (const auto* targets : {&options_.targets, &settings.targets}) {
    for (const std::string& target : *targets) {
      paths.push_back(target);
      // "kind:path" names a file, too.
      if (const auto colon = target.find(':'); colon != std::string::npos)
        paths.push_back(target.substr(colon + 1));
    }
  }
  for (const auto& path : {options_.baseline, options_.breach_list, settings.example_host})
    paths.push_back(path);
  if (!settings.file.empty()) paths.push_back(os::join_path(repository_.root, settings.file));
  std::erase(paths, std::string());
  return paths;
}

bool Session::is_input(const std::string& path) const {
  const os::FileSystem& files = environment_.files;
  const std::vector<std::string> paths = inputs();
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& input) {
    return file_identity(input, files) == file_identity(path, files);
  });
}

std::optional<value::PasswordRow> Session::read_secret(const std::string& argument) {
  const auto assignment = split_assignment(argument);
  const auto bad = [&] {
    fail(kUsageError, diag::BadOptionValue{.option = "--secret",
                                           .value = assignment ? assignment->first + "=..." : "...",
                                           .expected = "name=env:VAR, name=fd:N or name=prompt"}
                          .at());
    return std::nullopt;
  };
  if (!assignment) return bad();
  const auto& [name, source] = *assignment;
  std::optional<base::SecretBuffer> secret;
  if (source.starts_with("env:")) {
    secret = environment_.system.secret_variable(source.substr(4));
  } else if (source.starts_with("fd:")) {
    int descriptor = -1;
    const char* end = source.data() + source.size();
    const auto [rest, error] = std::from_chars(source.data() + 3, end, descriptor);
    if (error != std::errc() || rest != end || descriptor < 0) return bad();
    secret = environment_.system.secret_descriptor(descriptor);
  } else if (source == "prompt") {
    secret = environment_.system.secret_prompt("Secret '" + name + "' (not shown): ");
  } else {
    return bad();
  }
  if (!secret) {
    fail(kUsageError, diag::SecretUnavailable{.name = name, .source = source_in_words(source)}.at());
    return std::nullopt;
  }
  value::PasswordRow row = backends::password_composition(name, *secret);
  if (!options_.breach_list.empty()) {
    backends::BreachSearch search(*secret);
    const os::ReadResult list = environment_.files.read_pieces(
        options_.breach_list, [&](std::string_view piece) { search.feed(piece); });
    if (list.status != os::ReadStatus::Ok) {
      fail(kUsageError, diag::UnreadableFile{.path = options_.breach_list, .why = list.detail}.at());
      return std::nullopt;
    }
    const bool found = search.finish();
    if (!found && !search.problem().empty()) {
      fail(kUsageError,
           diag::UnreadableFile{.path = options_.breach_list, .why = std::string(search.problem())}.at());
      return std::nullopt;
    }
    row.in_breach_list = found;
  }
  return row;
}

bool Session::read_secrets(const std::vector<ir::Program>& programs) {
  if (options_.secrets.empty()) return true;
  const std::vector<std::string_view> asked = asked_passwords(programs);
  environment_.system.forbid_core_files();
  for (const std::string& argument : options_.secrets) {
    auto row = read_secret(argument);
    if (!row) return false;
    if (std::find(asked.begin(), asked.end(), row->name) == asked.end()) {
      sink_.add(
          diag::UnusedSecret{.name = row->name, .suggestion = std::string(base::nearest(row->name, asked))}
              .at());
    }
    passwords_.push_back(std::move(*row));
  }
  return true;
}

std::optional<Collected> Session::collect(const ir::Program& program, const backends::PlanSlice& needed) {
  return collect(&needed, max_age_ ? max_age_ : program.policy.evidence_max_age);
}

std::optional<Collected> Session::collect(const backends::PlanSlice* needed,
                                          std::optional<std::uint64_t> max_age) {
  Collected collected;
  const auto targets = chosen_targets(collected.example_host);
  if (!targets) return std::nullopt;
  collected.live = std::find(targets->begin(), targets->end(), "live") != targets->end();
  std::vector<value::Evidence> all;
  for (const std::string& argument : *targets) {
    const auto target = open_target(argument);
    if (!target || !read_target(*target, needed, collected, all)) return std::nullopt;
  }
  if (!passwords_.empty()) all.push_back(backends::password_evidence(passwords_));
  auto merged = derive::merge(std::move(all), {.as_of = clock_, .max_age = max_age, .layer = layer_});
  if (!merged) {
    fail(kEvidenceError, merged.error());
    return std::nullopt;
  }
  collected.evidence = std::move(*merged);
  return collected;
}

void Session::announce_example_host(const Collected& collected, std::ostream& stream) const {
  if (collected.example_host.empty()) return;
  stream << fmt::format("No --target given: checking the example host {} named in {}\n\n",
                        base::visible(collected.example_host), repository_.settings.file);
}

}  // namespace polc::cli
