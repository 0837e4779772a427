#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "authoring/testing/coverage.hpp"
#include "runtime/base/escape.hpp"

namespace polc::authoring {
namespace {

constexpr std::array<std::string_view, kSights> kWords{"true", "false", "unknown", "absent"};

bool is_shown(const ControlCoverage& control, bool verbose) {
  return verbose || control.covered() < control.demands();
}

/// "2/3", or "" where nothing is demanded.
std::string share(std::size_t covered, std::size_t demanded) {
  return demanded == 0 ? std::string() : fmt::format("{}/{}", covered, demanded);
}

std::string share_of(const ControlCoverage& control, std::size_t sight) {
  const auto count = [&](auto holds) {
    return static_cast<std::size_t>(std::count_if(control.atoms.begin(), control.atoms.end(), holds));
  };
  return share(count([&](const AtomCoverage& a) { return a.demanded[sight] && a.seen[sight]; }),
               count([&](const AtomCoverage& a) { return a.demanded[sight]; }));
}

std::string row(std::string_view id, std::size_t width, const std::array<std::string, 5>& cells) {
  std::string line = fmt::format("  {:<{}}", base::visible(id), width);
  for (const std::string& cell : cells) line += fmt::format("  {:>7}", cell);
  return line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
}

/// "true, false; not seen: unknown"
std::string sights_in_words(const Seen& coverage) {
  std::string seen, missing;
  for (std::size_t i = 0; i < kSights; ++i) {
    if (!coverage.demanded[i]) continue;
    std::string& list = coverage.seen[i] ? seen : missing;
    list += (list.empty() ? "" : ", ") + std::string(kWords[i]);
  }
  if (missing.empty()) return "seen: " + seen;
  return (seen.empty() ? "" : "seen: " + seen + "; ") + "not seen: " + missing;
}

/// The line in which a condition begins, and what was seen of it.
std::string annotated(const AtomCoverage& atom) {
  const std::string line = base::visible_block(atom.line);
  return fmt::format("  {:>5} | {}\n        | {:{}}^ {}\n", atom.place.line, line, "",
                     std::max<std::uint32_t>(atom.place.column, 1) - 1, sights_in_words(atom));
}

std::string annotated(const ControlCoverage& control) {
  std::string out = fmt::format("\n{}\n", base::visible(control.id));
  if (control.guard.demands() > 0) out += fmt::format("  guard {}\n", sights_in_words(control.guard));
  std::string_view file;
  for (const AtomCoverage& atom : control.atoms) {
    if (atom.demands() == 0) continue;
    if (atom.file != file) out += fmt::format("  {}\n", base::visible(atom.file));
    file = atom.file;
    out += annotated(atom);
  }
  return out;
}

}  // namespace

std::string coverage_table(const Coverage& coverage, bool verbose) {
  std::size_t width = std::string_view("control").size();
  for (const ControlCoverage& control : coverage.controls()) width = std::max(width, control.id.size());
  std::string rows;
  for (const ControlCoverage& control : coverage.controls()) {
    if (!is_shown(control, verbose)) continue;
    rows += row(control.id, width,
                {share(control.guard.covered(), control.guard.demands()), share_of(control, 0),
                 share_of(control, 1), share_of(control, 2), share_of(control, 3)});
  }
  const std::string head =
      rows.empty() ? std::string() : row("control", width, {"guard", "true", "false", "unknown", "absent"});
  const std::size_t demands = coverage.demands();
  const std::size_t permille = demands == 0 ? 1000 : coverage.covered() * 1000 / demands;
  return fmt::format("coverage: {} of {} outcomes, {}.{} %\n", coverage.covered(), demands, permille / 10,
                     permille % 10) +
         head + rows;
}

std::string coverage_listing(const Coverage& coverage, bool verbose) {
  std::string out;
  for (const ControlCoverage& control : coverage.controls()) {
    if (is_shown(control, verbose) && control.demands() > 0) out += annotated(control);
  }
  return out;
}

}  // namespace polc::authoring
