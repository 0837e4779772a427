// Findings while they are collected. Of no use outside this folder.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "authoring/analysis/analysis.hpp"
#include "authoring/analysis/mentions.hpp"
#include "authoring/lint/acceptances.hpp"

namespace polc::lint {

struct Finding {
  base::Diagnostic diagnostic;
  std::vector<std::uint32_t> controls;  ///< any of which may accept it
};

/// What is known of a control when it is compared with others.
struct Known {
  bool can_pass = false, can_fail = false;  ///< a host was found
  bool never_fails = false;                 ///< proved
  bool switched_off = false;                ///< by its parameters; never asked about
};

class Findings {
 public:
  Findings(const ir::Program& program, const base::SourceManager& sources)
      : program_(program), sources_(sources) {}

  void add(base::Diagnostic diagnostic, std::vector<std::uint32_t> controls) {
    all_.push_back({std::move(diagnostic), std::move(controls)});
  }
  std::vector<Finding>& all() { return all_; }

  const ir::Program& program() const { return program_; }
  base::Span span(ir::RangeId range) const { return span_of(program_, sources_, range); }
  /// As it is written; "" where the text is not at hand.
  std::string_view text(ir::RangeId range) const {
    const base::Span place = span(range);
    return place.file == base::kNoFile ? std::string_view() : sources_.text(place);
  }
  base::Span header(std::uint32_t control) const { return span(program_.controls[control].header); }
  std::string id(std::uint32_t control) const {
    return std::string(program_.text(program_.controls[control].id));
  }

 private:
  const ir::Program& program_;
  const base::SourceManager& sources_;
  std::vector<Finding> all_;
};

/// "technicians = 25, agents = any": the parameters that are mentioned; "" for none.
std::string parameters_text(const ir::Program& program, const analysis::Mentions& mentions);

/// No fact in it, and no variable.
bool is_constant(const ir::Program& program, ir::NodeId id);

/// A note: "whether a host can pass" this control could not be decided.
void add_undetermined(Findings& findings, std::uint32_t control, const std::string& what,
                      const std::string& why);

/// One control by itself.
Known lint_control(Findings& findings, std::uint32_t control);

/// A control that can pass: does it, without any default of the operating system?
void lint_defaults(Findings& findings, std::uint32_t control);

/// Comparisons with settings that say the same of every number in the setting's range.
void lint_ranges(Findings& findings, std::uint32_t control);

/// `all` over nothing.
void lint_quantifiers(Findings& findings, std::uint32_t control);

using Pair = std::pair<std::uint32_t, std::uint32_t>;

struct RelatedPairs {
  std::set<Pair> pairs;  ///< no more than limits::kLintPairs
  bool complete = true;  ///< these are all
};

/// Controls that can pass and fail, and whose requirements speak about a common place.
RelatedPairs related_pairs(const ir::Program& program, const std::vector<Known>& known);

/// Controls that speak about the same places.
void lint_pairs(Findings& findings, const std::vector<Known>& known);

/// Waivers that can cover no failure, at a time in seconds since 1970.
void lint_waivers(Findings& findings, const std::vector<Known>& known, std::int64_t now);

}  // namespace polc::lint
