#include "authoring/testing/mutate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "authoring/testing/edited_text.hpp"
#include "authoring/testing/run_tests.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/base/text.hpp"
#include "runtime/evaluate/evaluate.hpp"

namespace polc::authoring {
namespace {

/// A program that mutants are put into, and the mutants by their keys.
struct Workpiece {
  ir::Program program;
  std::map<std::string, Mutant> mutants;
};

class Laboratory {
 public:
  Laboratory(const Bench& bench, const std::vector<std::unique_ptr<Stand>>& stands)
      : bench_(bench), stands_(stands), text_(bench.program(), bench.sources()) {}

  MutationResult run() {
    MutationResult result;
    const std::vector<Mutant> mutants = mutants_of(bench_.program(), bench_.sources());
    result.mutants = mutants.size();
    for (const Mutant& mutant : mutants) {
      const bool killed = std::any_of(stands_.begin(), stands_.end(),
                                      [&](const auto& stand) { return kills(*stand, mutant.key); });
      if (!killed) result.survivors.push_back(survivor(mutant));
    }
    explain(result);
    return result;
  }

 private:
  Workpiece& workpiece(const ir::Program& program) {
    const auto [known, is_new] = workpieces_.try_emplace(&program);
    if (is_new) {
      known->second.program = program;
      for (Mutant& mutant : mutants_of(program, bench_.sources())) {
        std::string key = mutant.key;
        known->second.mutants.emplace(std::move(key), std::move(mutant));
      }
    }
    return known->second;
  }

  /// Whether an expectation of the case fails for the mutant.
  bool kills(const Stand& stand, const std::string& key) {
    Workpiece& workpiece = this->workpiece(*stand.program);
    const auto mutant = workpiece.mutants.find(key);
    if (mutant == workpiece.mutants.end()) return false;
    evaluate::Options options = stand.options;
    const std::vector<std::uint32_t>& changed = mutant->second.controls;
    std::erase_if(options.controls, [&](std::uint32_t control) {
      return !std::binary_search(changed.begin(), changed.end(), control);
    });
    if (options.controls.empty()) return false;
    const Mutation mutation(workpiece.program, mutant->second);
    const auto evaluation = evaluate::evaluate(workpiece.program, *stand.facts, options);
    return std::any_of(evaluation.controls.begin(), evaluation.controls.end(), [&](const auto& result) {
      return std::any_of(
          stand.test->expectations.begin(), stand.test->expectations.end(), [&](const auto& expected) {
            return expected.control == result.control && expected.verdict != verdict_word(result.verdict);
          });
    });
  }

  Survivor survivor(const Mutant& mutant) const {
    const ir::Program& program = bench_.program();
    const EditedText::Lines lines = text_.lines(mutant.edits);
    const std::string_view id = program.text(program.controls[mutant.controls.front()].id);
    return {fmt::format("{}: {}", id, base::on_one_line(lines.after)),
            std::string(text_.file_name(mutant.edits.front().file)),
            lines.first_line,
            lines.before,
            lines.after,
            {}};
  }

  void explain(MutationResult& result) const {
    for (const compiler::EquivalentMutant& equivalent : bench_.tests().equivalents) {
      bool found = false;
      for (Survivor& survivor : result.survivors) {
        if (survivor.name != equivalent.mutant) continue;
        survivor.reason = equivalent.reason;
        found = true;
      }
      if (!found) result.stale.push_back(equivalent);
    }
  }

  const Bench& bench_;
  const std::vector<std::unique_ptr<Stand>>& stands_;
  EditedText text_;
  std::map<const ir::Program*, Workpiece> workpieces_;
};

void add_lines(std::string& out, char sign, std::string_view lines) {
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = lines.find('\n', begin);
    out += fmt::format("  {}{}\n", sign, base::visible_block(lines.substr(begin, end - begin)));
    begin = end + 1;
  }
}

}  // namespace

std::size_t MutationResult::unexplained() const {
  return static_cast<std::size_t>(
      std::count_if(survivors.begin(), survivors.end(), [](const Survivor& s) { return s.reason.empty(); }));
}

MutationResult mutate(const Bench& bench, const std::vector<std::unique_ptr<Stand>>& stands) {
  return Laboratory(bench, stands).run();
}

std::string mutation_text(const MutationResult& result, bool verbose) {
  std::string out =
      fmt::format("mutants: {} of {} noticed", result.mutants - result.survivors.size(), result.mutants);
  const std::size_t explained = result.survivors.size() - result.unexplained();
  if (explained > 0) out += fmt::format(", {} equivalent", explained);
  if (result.unexplained() > 0) out += fmt::format(", {} survived", result.unexplained());
  out += '\n';
  for (const Survivor& survivor : result.survivors) {
    if (!survivor.reason.empty() && !verbose) continue;
    out += fmt::format("\n  {}\n  {}:{}\n", base::visible(survivor.name), base::visible(survivor.file),
                       survivor.line);
    add_lines(out, '-', survivor.before);
    add_lines(out, '+', survivor.after);
    if (!survivor.reason.empty()) out += fmt::format("  equivalent: {}\n", base::visible(survivor.reason));
  }
  return out;
}

}  // namespace polc::authoring
