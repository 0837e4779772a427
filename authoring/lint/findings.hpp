// Findings while they are collected. Of no use outside this folder.
#pragma once

#include <string>
#include <vector>

#include "authoring/analysis/analysis.hpp"
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
  base::Span header(std::uint32_t control) const { return span(program_.controls[control].header); }
  std::string id(std::uint32_t control) const {
    return std::string(program_.text(program_.controls[control].id));
  }

 private:
  const ir::Program& program_;
  const base::SourceManager& sources_;
  std::vector<Finding> all_;
};

/// "technicians = 25, agents = any": parameters that a control's clauses name, directly or in helpers; "" for none.
std::string parameters_of(const ir::Program& program, const ir::Control& control);

/// One control by itself.
Known lint_control(Findings& findings, std::uint32_t control);

/// `all` over nothing.
void lint_quantifiers(Findings& findings, std::uint32_t control);

/// Controls that speak about the same places.
void lint_pairs(Findings& findings, const std::vector<Known>& known);

}  // namespace polc::lint
