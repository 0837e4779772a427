#include "authoring/analysis/mentions.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "authoring/analysis/assumed_facts.hpp"

namespace polc::analysis {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool names(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word(text[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == text.size() || !is_word(text[end]))) return true;
  }
  return false;
}

class Walk {
 public:
  explicit Walk(const ir::Program& program) : program_(program) {}

  void text(std::string_view text) { texts_.push_back(text); }

  void visit(ir::NodeId id) {
    if (!seen_.insert(id).second) return;
    const ir::Node& node = program_.nodes[id];
    for (std::uint32_t e = node.expansion; e != 0 && expansions_.insert(e).second;)
      e = program_.expansions[e].caller;
    if (node.op == ir::Op::Constant) principals(program_.constants[node.data]);
    if (node.op == ir::Op::Fact) setting(program_.addresses[node.data]);
    if (node.op == ir::Op::Read && program_.reads[node.data].resource == value::ResourceKind::Gpo) {
      const ir::Node& path = program_.nodes[*program_.operands_of(node)];
      if (path.op == ir::Op::Constant) add(program_.constants[path.data]);
    }
    for (std::uint32_t i = 0; i < node.operand_count; ++i) visit(program_.operands_of(node)[i]);
  }

  Mentions finish() {
    for (const std::uint32_t e : expansions_) texts_.push_back(program_.text(program_.expansions[e].excerpt));
    Mentions mentions;
    for (std::uint32_t i = 0; i < program_.parameters.size(); ++i) {
      const std::string_view name = program_.text(program_.parameters[i].name);
      if (std::any_of(texts_.begin(), texts_.end(), [&](auto text) { return names(text, name); }))
        mentions.parameters.push_back(i);
    }
    mentions.principals = principals_;
    mentions.expansions.assign(expansions_.begin(), expansions_.end());
    for (std::uint32_t i = 0; i < program_.settings.size(); ++i) {
      if (paths_.contains(program_.text(program_.settings[i].path))) mentions.settings.push_back(i);
    }
    return mentions;
  }

 private:
  void principals(const value::Value& value) {
    if (const auto* principal = value.get<value::Principal>())
      principals_.emplace_back(assumed_principal(*principal));
    if (const auto* set = value.get<value::SetValue>())
      std::for_each(set->low.begin(), set->low.end(),
                    [&](const value::Value& element) { principals(element); });
    if (const auto* list = value.get<value::ListValue>())
      std::for_each(list->items.begin(), list->items.end(),
                    [&](const value::Value& item) { principals(item); });
  }

  void setting(const value::Address& address) {
    if (address.resource == value::ResourceKind::Gpo && !address.arguments.empty())
      add(address.arguments.front());
  }

  void add(const value::Value& path) {
    if (const auto* text = path.get<std::string>()) paths_.insert(*text);
  }

  const ir::Program& program_;
  std::vector<std::string_view> texts_;
  std::vector<value::Value> principals_;
  std::set<ir::NodeId> seen_;
  std::set<std::uint32_t> expansions_;
  std::set<std::string, std::less<>> paths_;
};

}  // namespace

Mentions mentions_of(const ir::Program& program, const ir::Control& control) {
  std::vector<std::string_view> texts;
  std::vector<ir::NodeId> roots;
  const auto add = [&](ir::NodeId root, ir::TextId excerpt) {
    texts.push_back(program.text(excerpt));
    roots.push_back(root);
  };
  if (control.guard != ir::kNone) add(control.guard, control.guard_excerpt);
  for (const ir::Require& require : control.requires_) add(require.root, require.excerpt);
  return mentions_of(program, texts, roots);
}

Mentions mentions_of(const ir::Program& program, const std::vector<std::string_view>& texts,
                     const std::vector<ir::NodeId>& roots) {
  Walk walk(program);
  for (const std::string_view text : texts) walk.text(text);
  for (const ir::NodeId root : roots) walk.visit(root);
  return walk.finish();
}

}  // namespace polc::analysis
