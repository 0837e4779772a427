// A comparison of two policies for people and for programs.
#pragma once

#include <string>
#include <string_view>

#include "authoring/diff/difference.hpp"

namespace polc::diff {

inline constexpr std::string_view kDiffFormat = "polc-diff/1";

/// What the two versions were called on the command line: "main:policies/automate.pol", "automate.polc".
struct Names {
  std::string older, newer;
  bool old_files_exist =
      false;  ///< the older version's files are files of the folder that locations are relative to
};

struct TerminalStyle {
  bool color = false;
  bool quiet = false;  ///< one line of summary
};

/// Plain text: for each control the claims, each with its witness; what is looser first.
std::string write_terminal(const Difference& difference, const Names& names, const TerminalStyle& style);

/// GitHub Flavored Markdown for a comment on a pull request, at most limits::kCommentBytes long: what does not fit is left
/// out at the end, and a last line says so. Texts of policies are shown literally.
std::string write_markdown(const Difference& difference, const Names& names);

/// ASCII; its form is diff_schema().
std::string write_json(const Difference& difference, const Names& names);
std::string diff_schema();

/// One run: a rule for each kind of claim, a result for each claim that has a place inside the root. Locations are in the
/// newer version; what is gone is reported at its `policy`.
std::string write_sarif(const Difference& difference, const Names& names, std::string_view tool_version);

// --- shared by the writers

/// Controls by effect, the worst first; else in their order.
std::vector<const ControlDifference*> by_effect(const Difference& difference);

/// "2 looser, 1 stricter, 50 unchanged"; "nothing changed".
std::string summary_text(const Difference& difference);

/// "connectwise.automate 1.0.0": of both versions, with an arrow where they differ.
std::string policy_text(const Difference& difference);

/// "technicians: 25 -> 30", "new_one: 5 is new", "old_one is gone; it was 5".
std::string parameter_text(const ParameterChange& change);

std::string_view title_of(const Difference& difference, const ControlDifference& control);
std::string_view id_of(const Difference& difference, const ControlDifference& control);

/// A claim's message with its hint: "it is waived on ... (the reason: ...)".
std::string claim_text(const Claim& claim);

}  // namespace polc::diff
