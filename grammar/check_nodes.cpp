#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "grammar/check.hpp"
#include "grammar/literals.hpp"
#include "grammar/string_parts.hpp"
#include "runtime/base/diagnostics/syntax.hpp"
#include "runtime/base/limits.hpp"

namespace polc::grammar {
namespace {

class NodeChecks {
 public:
  NodeChecks(const SyntaxTree& tree, Reporter& reporter) : tree_(tree), reporter_(reporter) {}

  void check(NodeId id) {
    switch (tree_.kind(id)) {
      case NodeKind::Int:
      case NodeKind::HexInt:
        return check_integer(id);
      case NodeKind::Duration:
        return check_duration(id);
      case NodeKind::Date:
        if (!decode_date(tree_, id)) reporter_.add(diag::NoSuchDate{.date = text(id)}.at(tree_.span(id)));
        return;
      case NodeKind::RawString:
      case NodeKind::String:
      case NodeKind::TextBlock:
        return check_string(id);
      case NodeKind::And:
        return check_absence(id, "and");
      case NodeKind::Or:
        return check_absence(id, "or");
      case NodeKind::Not:
        return check_absence(id, "not");
      case NodeKind::Implies:
        return check_absence(id, "=>");
      case NodeKind::Braces:
        return check_braces(id);
      case NodeKind::Policy:
      case NodeKind::Control:
      case NodeKind::Formerly:
        return check_id(tree_.child(id, 0));
      default:
        return;
    }
  }

 private:
  std::string text(NodeId id) const { return excerpt(tree_.text(id)); }

  /// True if a leading zero was reported; "0", "0d" and hexadecimal numbers have none.
  bool check_leading_zero(NodeId id) {
    const std::string_view number = tree_.text(id);
    const bool leading =
        number.size() > 1 && number[0] == '0' && (number[1] == '_' || (number[1] >= '0' && number[1] <= '9'));
    if (!leading) return false;
    std::size_t first = std::min(number.find_first_not_of("0_"), number.size() - 1);
    const bool is_digit = number[first] >= '0' && number[first] <= '9';
    const std::string instead = fmt::format("{}{}", is_digit ? "" : "0", number.substr(first));
    auto diagnostic =
        diag::NumberWithLeadingZero{.number = text(id), .instead = excerpt(instead)}.at(tree_.span(id));
    diagnostic.fixes.push_back({tree_.span(id), instead});
    reporter_.add(std::move(diagnostic));
    return true;
  }

  void check_integer(NodeId id) {
    if (tree_.kind(id) == NodeKind::Int && check_leading_zero(id)) return;
    if (decode_integer(tree_, id)) return;
    reporter_.add(
        diag::NumberTooLarge{.number = text(id), .limit = "18446744073709551615"}.at(tree_.span(id)));
  }

  void check_duration(NodeId id) {
    if (check_leading_zero(id) || decode_duration(tree_, id)) return;
    reporter_.add(
        diag::NumberTooLarge{.number = text(id), .limit = "9223372036854775807s"}.at(tree_.span(id)));
  }

  void check_string(NodeId id) {
    const std::string_view inside = inside_quotes(tree_, id);
    if (inside.size() > limits::kStringBytes) {
      reporter_.add(diag::StringTooLong{.size = std::to_string(inside.size()),
                                        .limit = std::to_string(limits::kStringBytes)}
                        .at(tree_.span(id)));
      return;
    }
    if (tree_.kind(id) == NodeKind::String) check_escapes(id, inside);
    if (tree_.kind(id) == NodeKind::TextBlock && split_text_block(inside).mixed) {
      reporter_.add(diag::MixedIndentation{}.at(tree_.span(id)));
    }
  }

  /// Only the first wrong escape: a path in double quotes is one mistake, however many backslashes it has.
  void check_escapes(NodeId id, std::string_view inside) {
    const std::size_t bad = find_bad_escape(inside);
    if (bad != std::string_view::npos) report_escape(id, inside, bad, read_escape(inside, bad));
  }

  void report_escape(NodeId id, std::string_view inside, std::size_t offset, const Escape& escape) {
    const std::string written(inside.substr(offset, escape.length));
    const auto begin = tree_.node(id).begin + 1 + static_cast<std::uint32_t>(offset);
    const base::Span span{tree_.file(), begin, begin + static_cast<std::uint32_t>(escape.length)};
    if (escape.unicode) {
      reporter_.add(diag::BadUnicodeEscape{.escape = written}.at(span));
      return;
    }
    auto diagnostic = diag::UnknownEscape{.escape = written}.at(span);
    const bool plain =
        inside.find('\'') == std::string_view::npos && inside.find("\\\"") == std::string_view::npos;
    if (plain) diagnostic.fixes.push_back({tree_.span(id), fmt::format("'{}'", inside)});
    reporter_.add(std::move(diagnostic));
  }

  void check_absence(NodeId id, std::string_view outer) {
    for (const NodeId child : tree_.children(id)) {
      if (tree_.kind(child) != NodeKind::Absence) continue;
      auto diagnostic = diag::AbsenceNeedsParentheses{.suffix = std::string(op_text(tree_.op(child))),
                                                      .outer = std::string(outer)}
                            .at(tree_.span(child));
      diagnostic.fixes.push_back({tree_.span(child), fmt::format("({})", tree_.text(child))});
      reporter_.add(std::move(diagnostic));
    }
  }

  void check_braces(NodeId id) {
    const Children all = tree_.children(id);
    const auto is_entry = [&](NodeId child) { return tree_.kind(child) == NodeKind::Entry; };
    const auto odd = std::find_if(all.begin(), all.end(),
                                  [&](NodeId child) { return is_entry(child) != is_entry(*all.begin()); });
    if (odd != all.end()) reporter_.add(diag::MixedBraces{}.at(tree_.span(*odd)));
  }

  void check_id(NodeId id) {
    const std::string_view written = tree_.text(id);
    const bool ascii = std::all_of(written.begin(), written.end(), [](char c) { return (c & 0x80) == 0; });
    if (!ascii) reporter_.add(diag::NonAsciiId{.id = excerpt(written)}.at(tree_.span(id)));
  }

  const SyntaxTree& tree_;
  Reporter& reporter_;
};

}  // namespace

void check_nodes(const SyntaxTree& tree, Reporter& reporter) {
  NodeChecks checks(tree, reporter);
  for (std::size_t id = 0; id < tree.size(); ++id) checks.check(static_cast<NodeId>(id));
}

}  // namespace polc::grammar
