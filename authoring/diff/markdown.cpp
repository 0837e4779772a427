#include <fmt/format.h>

#include "authoring/diff/report.hpp"
#include "authoring/limits.hpp"
#include "runtime/base/escape.hpp"
#include "runtime/report/description.hpp"
#include "runtime/report/markdown/blocks.hpp"

namespace polc::diff {
namespace {

using report::markdown::Blocks;
using report::markdown::inline_code;

constexpr std::string_view kCutOff =
    "\n**This comment is cut off**: it may have 65000 bytes. `--report json=FILE` has everything.\n";

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const Difference& difference) : difference_(difference) {}

  std::string write(const Names& names) {
    out_.add(fmt::format("## {}\n\n{} → {}\n\n**{}**\n", base::markdown_text(policy_text(difference_)),
                         inline_code(names.older), inline_code(names.newer),
                         base::markdown_text(summary_text(difference_))));
    if (!difference_.policy.empty()) {
      out_.heading(3, "The policy");
      out_.add("\n" + claims(difference_.policy));
    }
    parameters();
    controls();
    return out_.finish();
  }

 private:
  void parameters() {
    if (difference_.parameters.empty()) return;
    out_.table({"Parameter", "Before", "Now"});
    for (const ParameterChange& change : difference_.parameters)
      out_.row({inline_code(change.name), value(change.before), value(change.after)});
  }

  static std::string value(const std::string& text) { return text.empty() ? "" : inline_code(text); }

  void controls() {
    std::optional<Effect> section;
    for (const ControlDifference* control : by_effect(difference_)) {
      if (section != control->effect) {
        section = control->effect;
        const std::string_view name = effect_name(control->effect);
        out_.heading(3, fmt::format("{}{}", static_cast<char>(name[0] - 'a' + 'A'), name.substr(1)));
        out_.add("\n");
      }
      out_.add(item(*control));
    }
  }

  /// A block of its own, so that it is shown whole or not at all.
  std::string item(const ControlDifference& control) const {
    std::string text = fmt::format("- **{}** {}", inline_code(id_of(difference_, control)),
                                   base::markdown_text(title_of(difference_, control)));
    const std::string place =
        control.newer ? report::place_text(*difference_.newer, control_of(difference_, control).header)
                      : std::string();
    if (!place.empty()) text += fmt::format(" ({})", inline_code(place));
    text += '\n';
    for (const Cause& cause : control.causes)
      text += fmt::format("  - comes from {}\n", base::markdown_text(cause.text));
    return text + claims(control.claims, "  ");
  }

  static std::string claims(const std::vector<Claim>& claims, std::string_view indent = "") {
    std::string text;
    for (const Claim& claim : claims) {
      text += fmt::format("{}- {}\n", indent, base::markdown_text(claim_text(claim)));
      if (claim.witness) text += fmt::format("{}  - {}\n", indent, inline_code(witness_text(*claim.witness)));
    }
    return text;
  }

  const Difference& difference_;
  Blocks out_{limits::kCommentBytes, kCutOff};
};

}  // namespace

std::string write_markdown(const Difference& difference, const Names& names) {
  return MarkdownWriter(difference).write(names);
}

}  // namespace polc::diff
