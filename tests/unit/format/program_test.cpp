// A formatted policy compiles to the same program: the same conditions, addresses, constants and texts, at other places.
#include <algorithm>

#include "tests/unit/catch.hpp"
#include "tests/unit/compiler/compiled.hpp"
#include "tests/unit/format/support.hpp"

using namespace polc;
using namespace polc::authoring::test;

namespace {

/// Excerpts of the source carry its layout.
std::string without_layout(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') result += c;
  }
  for (std::size_t at = result.find(",}"); at != std::string::npos; at = result.find(",}"))
    result.erase(at, 1);
  for (std::size_t at = result.find(",)"); at != std::string::npos; at = result.find(",)"))
    result.erase(at, 1);
  return result;
}

std::vector<std::string> texts(const ir::Program& program) {
  std::vector<std::string> all;
  for (std::uint32_t i = 0; i < program.texts.size(); ++i) all.push_back(without_layout(program.texts[i]));
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string conditions(const ir::Program& program) {
  std::string all;
  for (const ir::Node& node : program.nodes) {
    const bool names_text = node.op == ir::Op::Field;
    all += std::to_string(static_cast<int>(node.op)) + ' ' +
           std::to_string(static_cast<int>(node.comparison)) + ' ' +
           std::to_string(static_cast<int>(node.absence)) + (node.negated ? " not " : " ") +
           (node.guard ? "guard " : "") + std::to_string(node.first_operand) + '+' +
           std::to_string(node.operand_count) + ' ' +
           (names_text ? std::string(program.text(node.data)) : std::to_string(node.data)) + '\n';
  }
  return all;
}

std::string controls(const ir::Program& program) {
  std::string all;
  for (const ir::Control& control : program.controls) {
    all += std::string(program.text(control.id)) + '|' + std::string(program.text(control.title)) + '|' +
           std::string(program.text(control.description)) + '|' +
           std::string(ir::severity_name(control.severity)) + '|' +
           std::string(program.text(control.because)) + '|' + std::string(program.text(control.fix)) + '|' +
           std::to_string(control.guard);
    for (const ir::Require& require : control.requires_) {
      all += '|' + std::string(program.text(require.label)) + ' ' + std::to_string(require.root);
    }
    for (const ir::TextId tag : control.tags) all += '|' + std::string(program.text(tag));
    for (const ir::Reference& reference : control.references)
      all += '|' + std::string(program.text(reference.text));
    all += '\n';
  }
  return all;
}

void check_same(const ir::Program& a, const ir::Program& b) {
  CHECK(conditions(a) == conditions(b));
  CHECK(controls(a) == controls(b));
  CHECK(a.operands == b.operands);
  CHECK(a.constants == b.constants);
  CHECK(a.addresses == b.addresses);
  CHECK(a.defaults == b.defaults);
  CHECK(a.settings.size() == b.settings.size());
  CHECK(a.ranges.size() == b.ranges.size());
  CHECK(texts(a) == texts(b));
}

}  // namespace

TEST_CASE("formatted policies compile to the same program") {
  os::MemoryFileSystem before;
  os::MemoryFileSystem after;
  std::vector<std::string> policies;
  for (const auto& [name, text] : policy_files()) {
    before.files["/repo/" + name] = text;
    after.files["/repo/" + name] = formatted(text).value_or(text);
    const bool whole = text.find("policy \"") != std::string::npos;
    if (whole && (name.starts_with("policies/") || name.starts_with("tests/golden/")))
      policies.push_back(name);
  }
  std::size_t compared = 0;
  for (const std::string& name : policies) {
    compiler::CompileOptions options;
    options.policy_path = "/repo/" + name;
    options.root = "/repo";
    const test::Compiled a = test::compile_files(before, options);
    const test::Compiled b = test::compile_files(after, options);
    INFO(name);
    CHECK(a.codes() == b.codes());
    REQUIRE(a.program.has_value() == b.program.has_value());
    if (!a.program) continue;
    check_same(*a.program, *b.program);
    ++compared;
  }
  CHECK(compared >= 15);
}
