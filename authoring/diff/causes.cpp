// What a change of a control comes from, elsewhere in the policy.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "authoring/analysis/mentions.hpp"
#include "authoring/analysis/same_control.hpp"
#include "authoring/diff/claims.hpp"
#include "runtime/base/text.hpp"

namespace polc::diff {
namespace {

using analysis::Mentions;

struct Helper {
  std::set<std::string> texts;  ///< with each of its calls the same, unless two modules have such a name
  ir::RangeId body = 0;
};

std::map<std::string, Helper> helpers_of(const ir::Program& program, const Mentions& mentions) {
  std::map<std::string, Helper> helpers;
  for (const std::uint32_t index : mentions.expansions) {
    const ir::Expansion& expansion = program.expansions[index];
    if (expansion.call == 0) continue;
    const std::string_view title = program.text(expansion.title);
    Helper& helper = helpers[std::string(title.substr(0, title.find('(')))];
    helper.texts.insert(base::on_one_line(program.text(expansion.excerpt)));
    helper.body = expansion.body;
  }
  return helpers;
}

void add_parameters(const Pair& pair, const Mentions& older, const Mentions& newer,
                    std::vector<Cause>& causes) {
  const ir::Program& before = *pair.older.program;
  const ir::Program& after = *pair.newer.program;
  for (const std::uint32_t index : newer.parameters) {
    const ir::Parameter& parameter = after.parameters[index];
    const auto old = std::find_if(older.parameters.begin(), older.parameters.end(), [&](std::uint32_t i) {
      return before.text(before.parameters[i].name) == after.text(parameter.name);
    });
    if (old == older.parameters.end()) continue;
    const std::string from = value::to_text(before.constants[before.parameters[*old].value]);
    const std::string to = value::to_text(after.constants[parameter.value]);
    if (from == to) continue;
    causes.push_back(
        {fmt::format("parameter {}: {} -> {}", after.text(parameter.name), from, to), parameter.range});
  }
}

void add_helpers(const Pair& pair, const Mentions& older, const Mentions& newer, std::vector<Cause>& causes) {
  const auto before = helpers_of(*pair.older.program, older);
  for (const auto& [name, helper] : helpers_of(*pair.newer.program, newer)) {
    const auto old = before.find(name);
    if (old == before.end() || old->second.texts == helper.texts) continue;
    causes.push_back({"helper " + name, helper.body});
  }
}

void add_settings(const Pair& pair, const Mentions& newer, std::vector<Cause>& causes) {
  const ir::Program& after = *pair.newer.program;
  for (const std::uint32_t index : newer.settings) {
    const ir::Setting& setting = after.settings[index];
    const std::string_view path = after.text(setting.path);
    const ir::Setting* old = analysis::find_setting(*pair.older.program, path);
    if (old == nullptr || analysis::is_same_setting(*pair.older.program, *old, after, setting)) continue;
    causes.push_back({fmt::format("setting {}", path), setting.range});
  }
}

}  // namespace

std::map<std::string, std::string> parameters_of(const analysis::ControlView& control) {
  const ir::Program& program = *control.program;
  std::map<std::string, std::string> parameters;
  for (const std::uint32_t i : analysis::mentions_of(program, program.controls[control.control]).parameters)
    parameters.emplace(program.text(program.parameters[i].name),
                       value::to_text(program.constants[program.parameters[i].value]));
  return parameters;
}

std::vector<Cause> causes_of(const Pair& pair) {
  const Mentions older = analysis::mentions_of(*pair.older.program, pair.old_control());
  const Mentions newer = analysis::mentions_of(*pair.newer.program, pair.new_control());
  std::vector<Cause> causes;
  add_parameters(pair, older, newer, causes);
  add_helpers(pair, older, newer, causes);
  add_settings(pair, newer, causes);
  return causes;
}

}  // namespace polc::diff
