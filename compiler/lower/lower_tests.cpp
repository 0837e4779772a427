#include "compiler/lower/lower_tests.hpp"

#include <unordered_map>

#include "compiler/resolve/declarations.hpp"
#include "compiler/resolve/words.hpp"
#include "grammar/literals.hpp"
#include "runtime/base/diagnostics/semantics.hpp"
#include "runtime/os/file_system.hpp"

namespace polc::compiler {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

constexpr std::int64_t kDay = 24 * 60 * 60;
constexpr std::string_view kAsGiven = "given";

class TestLowering {
 public:
  TestLowering(const Package& package, Checker& checker, base::DiagnosticSink& sink)
      : package_(package), checker_(checker), sink_(sink) {}

  Tests run() {
    for (module_ = 0; module_ < package_.modules.size(); ++module_) {
      if (package_.modules[module_].embedded) continue;
      for (const NodeId node : tree().children(tree().root())) {
        if (tree().kind(node) == NodeKind::Test) test(node);
      }
    }
    return std::move(tests_);
  }

 private:
  const SyntaxTree& tree() const { return package_.tree(module_); }
  base::Span span(NodeId node) const { return tree().span(node); }
  std::string string(NodeId node) const { return grammar::decode_string(tree(), node); }
  void fail(base::Diagnostic diagnostic) { sink_.add(std::move(diagnostic)); }

  void test(NodeId node) {
    const NodeId title = tree().child(node, 0);
    check_title(title);
    TestCase shared;
    shared.name = string(title);
    shared.span = span(title);
    std::vector<NodeId> cases;
    bool demands = false;
    seen_.clear();
    for (const NodeId item : tree().children(node)) {
      const NodeKind kind = tree().kind(item);
      demands = demands || kind == NodeKind::Expect || kind == NodeKind::Cases ||
                kind == NodeKind::Equivalent || kind == NodeKind::Error;
      if (kind == NodeKind::Cases) cases.push_back(item);
      read_item(item, shared);
    }
    if (!demands) fail(diag::TestExpectsNothing{}.at(span(title)));
    std::vector<Expectation> expected = std::move(shared.expectations);
    shared.expectations.clear();
    if (!expected.empty()) {
      tests_.cases.push_back(shared);
      tests_.cases.back().expectations = std::move(expected);
    }
    for (const NodeId table : cases) rows(table, shared);
  }

  void check_title(NodeId title) {
    const auto [first, is_new] = titles_.try_emplace(string(title), span(title));
    if (is_new) return;
    base::Diagnostic twice = diag::SecondTest{.title = std::string(tree().text(title))}.at(span(title));
    twice.labels.push_back({first->second, "first declared here"});
    fail(std::move(twice));
  }

  void read_item(NodeId item, TestCase& shared) {
    switch (tree().kind(item)) {
      case NodeKind::Given:
        if (!is_repeated(item, "given")) given(item, shared);
        return;
      case NodeKind::At:
        if (!is_repeated(item, "at")) at(item, shared);
        return;
      case NodeKind::TestParam:
        set_parameter(tree().child(item, 0), tree().child(item, 1), shared);
        return;
      case NodeKind::With:
        set_fact(tree().child(item, 0), shared);
        return;
      case NodeKind::Expect:
        expect(item, tree().child_of_kind(item, NodeKind::Word), item, shared);
        return;
      case NodeKind::Equivalent:
        tests_.equivalents.push_back(
            {string(tree().child(item, 0)), string(tree().child(tree().child(item, 1), 0)), span(item)});
        return;
      default:
        return;
    }
  }

  bool is_repeated(NodeId item, std::string_view word) {
    const auto [first, is_new] = seen_.try_emplace(word, span(item));
    if (is_new) return false;
    base::Diagnostic twice = diag::ClauseTwice{.clause = std::string(word)}.at(span(item));
    twice.labels.push_back({first->second, "first written here"});
    fail(std::move(twice));
    return true;
  }

  void given(NodeId item, TestCase& shared) {
    const NodeId first = tree().child(item, 0);
    if (first == grammar::kNoNode || tree().kind(first) == NodeKind::Change) {
      for (const NodeId change : tree().children(item)) set_fact(change, shared);
      return;
    }
    shared.given = span(first);
    shared.snapshot = os::join_path(os::parent_path(package_.modules[module_].name), string(first));
  }

  void at(NodeId item, TestCase& shared) {
    const auto date = checker_.check_constant(module_, tree().child(item, 0),
                                              Expected::of(value::simple(value::TypeKind::Date)));
    if (date) shared.at = date->value.get<value::Date>()->days * kDay;
  }

  void set_fact(NodeId change, TestCase& test) {
    set_fact(tree().child(change, 0), tree().child(change, 1), test);
  }

  void set_fact(NodeId fact, NodeId value, TestCase& test) {
    for (FactChange& change : checker_.check_change(module_, fact, value))
      test.changes.push_back(std::move(change));
  }

  void set_parameter(NodeId name, NodeId value, TestCase& test) {
    if (auto parameter = checker_.check_test_parameter(module_, name, value))
      test.parameters.push_back(std::move(*parameter));
  }

  /// `verdict` and the Because, if there is one, of `item`; the ids are the strings of `where`.
  void expect(NodeId where, NodeId verdict, NodeId item, TestCase& test) {
    const std::string_view word = tree().text(verdict);
    const auto& known = verdict_words();
    if (std::find(known.begin(), known.end(), word) == known.end()) {
      fail(with_nearest(
          diag::UnknownMember{.word = std::string(word), .type = "verdict", .hint = advice(word, known)}.at(
              span(verdict)),
          word, known));
      return;
    }
    const NodeId because = tree().child_of_kind(item, NodeKind::Because);
    const std::string text = because != grammar::kNoNode ? string(tree().child(because, 0)) : std::string();
    for (const NodeId id : tree().children(where)) {
      if (!is_string(id)) return;
      if (const auto control = find_control(id))
        test.expectations.push_back({*control, std::string(word), text, span(item)});
    }
  }

  bool is_string(NodeId node) const {
    const NodeKind kind = tree().kind(node);
    return kind == NodeKind::String || kind == NodeKind::RawString || kind == NodeKind::TextBlock;
  }

  std::optional<std::uint32_t> find_control(NodeId id) {
    const std::string written = string(id);
    const auto found = package_.controls_by_id.find(fold_id(written));
    if (found != package_.controls_by_id.end()) return found->second;
    if (may_be_lost(package_, module_, written)) return std::nullopt;
    std::vector<std::string_view> known;
    for (const ControlDeclaration& control : package_.controls) known.push_back(control.id);
    fail(with_nearest_text(
        diag::NoControlToExpect{.id = written, .suggestion = std::string(base::nearest(written, known))}.at(
            span(id)),
        written, known));
    return std::nullopt;
  }

  // --- tables of cases

  void rows(NodeId table, const TestCase& shared) {
    std::vector<NodeId> columns;
    bool correct = true;
    for (const NodeId column : tree().children(tree().child_of_kind(table, NodeKind::Columns))) {
      const bool is_fact = tree().kind(column) != NodeKind::TestParam;
      correct = (!is_fact || checker_.check_changed_fact(module_, column)) && correct;
      columns.push_back(column);
    }
    if (!correct) return;
    for (const NodeId child : tree().children(table)) {
      if (tree().kind(child) == NodeKind::CaseRow) row(table, child, columns, shared);
    }
  }

  void row(NodeId table, NodeId node, const std::vector<NodeId>& columns, const TestCase& shared) {
    std::vector<NodeId> cells;
    const NodeId verdict = verdict_of(node, cells);
    if (cells.size() != columns.size()) {
      fail(diag::CellCount{.cells = std::to_string(cells.size()), .columns = std::to_string(columns.size())}
               .at(span(node)));
      return;
    }
    TestCase test = shared;
    test.span = span(node);
    std::string values;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      values += (i > 0 ? ", " : "") + std::string(tree().text(cells[i]));
      if (tree().text(cells[i]) == kAsGiven) continue;
      if (tree().kind(columns[i]) == NodeKind::TestParam) {
        set_parameter(tree().child(columns[i], 0), cells[i], test);
      } else {
        set_fact(columns[i], cells[i], test);
      }
    }
    test.name = fmt::format("{} / {} ({})", shared.name, string(tree().child(table, 0)), values);
    expect(table, verdict, node, test);
    tests_.cases.push_back(std::move(test));
  }

  /// Puts what stands before the verdict into `cells`.
  NodeId verdict_of(NodeId node, std::vector<NodeId>& cells) const {
    for (const NodeId child : tree().children(node)) {
      if (tree().kind(child) == NodeKind::Word) return child;
      cells.push_back(child);
    }
    return grammar::kNoNode;
  }

  const Package& package_;
  Checker& checker_;
  base::DiagnosticSink& sink_;
  Tests tests_;
  ModuleId module_ = 0;
  std::unordered_map<std::string, base::Span> titles_;
  std::unordered_map<std::string_view, base::Span> seen_;  // items that stand once in the test at hand
};

}  // namespace

const std::vector<std::string_view>& verdict_words() {
  static const std::vector<std::string_view> words{"pass",           "fail",   "unknown",
                                                   "not_applicable", "review", "waived"};
  return words;
}

Tests lower_tests(const Package& package, Checker& checker, base::DiagnosticSink& sink) {
  return TestLowering(package, checker, sink).run();
}

}  // namespace polc::compiler
