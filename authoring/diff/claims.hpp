// The parts of a comparison. Of no use outside this folder.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "authoring/analysis/analysis.hpp"
#include "authoring/diff/difference.hpp"

namespace polc::diff {

/// One control in both versions.
struct Pair {
  analysis::ControlView older, newer;

  const ir::Control& old_control() const { return older.program->controls[older.control]; }
  const ir::Control& new_control() const { return newer.program->controls[newer.control]; }
};

/// What the control accepts and where it applies. True where both ask the same node by node, which needs no analysis.
bool compare_demands(const Pair& pair, std::vector<Claim>& claims);

/// Waivers of one control, each for some hosts and days.
void compare_waivers(const Pair& pair, std::vector<Claim>& claims);

/// True where no failure of `control` is waived that would not be waived of `other`.
bool waived_no_more(const analysis::ControlView& control, const analysis::ControlView& other);

/// Parameters, helpers and settings that both versions of the control name and that are not the same in both.
std::vector<Cause> causes_of(const Pair& pair);

/// Parameters that the control's clauses name, directly or in helpers: values by name.
std::map<std::string, std::string> parameters_of(const analysis::ControlView& control);

/// Which controls of a program ask for as much as a control that the program does not have.
class Cover {
 public:
  explicit Cover(const ir::Program& program);

  struct Result {
    bool covered = false;           ///< proved
    std::vector<std::uint32_t> by;  ///< of Covered: the controls that do it; none: no host fails it
    std::vector<analysis::Assumption>
        host;  ///< else, where one was found: it fails the control and none of these
    bool found = false;
  };
  Result of(const analysis::ControlView& control) const;

 private:
  std::vector<std::uint32_t> related(const analysis::ControlView& control) const;
  analysis::Finding accepted_by(const std::vector<std::uint32_t>& controls,
                                const analysis::ControlView& control) const;
  std::vector<std::uint32_t> without_spare(std::vector<std::uint32_t> controls,
                                           const analysis::ControlView& control) const;

  const ir::Program& program_;
  std::vector<std::vector<std::string>> locations_;  ///< by control
};

/// A host that was found, judged with both versions; a version without the control does not judge it.
Witness witness_of(const std::vector<analysis::Assumption>& host, const analysis::ControlView& older,
                   const analysis::ControlView& newer);

/// True where each host that the inner pattern matches is one of the outer pattern's, too. Proved: never wrongly true.
bool pattern_within(std::string_view inner, std::string_view outer);

/// Some names that a pattern matches, different in what its wildcards stand for.
std::vector<std::string> names_like(std::string_view pattern);

}  // namespace polc::diff
