#include <algorithm>
#include <unordered_map>

#include "authoring/language_server/features.hpp"
#include "compiler/resolve/builtin_words.hpp"
#include "compiler/resolve/declarations.hpp"
#include "grammar/scan.hpp"

namespace polc::authoring {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::SyntaxTree;

class Classifier {
 public:
  Classifier(const Analysis& analysis, compiler::ModuleId module)
      : package_(*analysis.package), module_(module), tree_(package_.tree(module)) {
    for (NodeId id = 1; id < tree_.size(); ++id) note(id);
  }

  std::vector<SemanticToken> run() {
    grammar::Scanner scanner(tree_.source());
    std::vector<grammar::Comment> comments;
    while (true) {
      scanner.skip_trivia(&comments);
      for (const grammar::Comment& comment : comments) add(comment.begin, comment.end, TokenType::Comment);
      comments.clear();
      const grammar::Token token = scanner.next();
      if (token.kind == grammar::TokenKind::End) return std::move(tokens_);
      if (const auto type = type_of(token, scanner.text(token))) add(token.begin, token.end, *type);
    }
  }

 private:
  /// Words that are nodes; all others are keywords.
  void note(NodeId id) {
    const grammar::Node& node = tree_.node(id);
    if (node.kind == NodeKind::Name) {
      words_[node.begin] = name_type(tree_.text(id));
    } else if (node.kind == NodeKind::Word) {
      words_.try_emplace(node.begin, TokenType::Property);
    } else if (node.kind == NodeKind::Label) {
      words_[node.begin] = TokenType::Property;
    } else if (node.kind == NodeKind::Param) {
      declare(id, TokenType::Parameter);
    } else if (node.kind == NodeKind::Let) {
      declare(id, TokenType::Variable);
    } else if (node.kind == NodeKind::Def) {
      declare(id, TokenType::Function);
    } else if (node.kind == NodeKind::Quantifier || node.kind == NodeKind::Parameter) {
      declare(id, TokenType::Variable);
    } else if (node.kind == NodeKind::Severity) {
      declare(id, TokenType::EnumMember);
    }
  }

  void declare(NodeId id, TokenType type) { words_[tree_.node(tree_.child(id, 0)).begin] = type; }

  TokenType name_type(std::string_view name) const {
    const compiler::NameMeaning meaning = compiler::find_name(package_, module_, name);
    if (const auto* id = std::get_if<compiler::DeclarationId>(&meaning)) {
      switch (package_.declarations[*id].kind) {
        case compiler::DeclarationKind::Param:
          return TokenType::Parameter;
        case compiler::DeclarationKind::Let:
          return TokenType::Variable;
        case compiler::DeclarationKind::Def:
          return TokenType::Function;
      }
    }
    if (compiler::find_alias(package_, module_, name) != nullptr) return TokenType::Namespace;
    if (value::find_resource(name) != nullptr) return TokenType::Function;
    return compiler::builtin_meaning(name).empty() ? TokenType::Variable : TokenType::EnumMember;
  }

  std::optional<TokenType> type_of(grammar::Token token, std::string_view text) const {
    switch (token.kind) {
      case grammar::TokenKind::Word: {
        const auto known = words_.find(token.begin);
        return known == words_.end() ? TokenType::Keyword : known->second;
      }
      case grammar::TokenKind::Number:
        return TokenType::Number;
      case grammar::TokenKind::String:
      case grammar::TokenKind::Unterminated:
        return TokenType::String;
      case grammar::TokenKind::Symbol:
        if (std::string_view("(){}[],:").find(text.front()) != std::string_view::npos) return std::nullopt;
        return TokenType::Operator;
      default:
        return std::nullopt;
    }
  }

  /// A token of several lines becomes one for each.
  void add(std::uint32_t begin, std::uint32_t end, TokenType type) {
    const std::string_view text = tree_.source();
    while (begin < end) {
      const std::uint32_t line_end =
          static_cast<std::uint32_t>(std::min<std::size_t>(text.find('\n', begin), end));
      std::uint32_t last = line_end;
      while (last > begin && text[last - 1] == '\r') --last;
      if (last > begin) tokens_.push_back({begin, last, type});
      begin = line_end + 1;
    }
  }

  const compiler::Package& package_;
  compiler::ModuleId module_;
  const SyntaxTree& tree_;
  std::unordered_map<std::uint32_t, TokenType> words_;
  std::vector<SemanticToken> tokens_;
};

}  // namespace

const std::vector<std::string_view>& semantic_token_types() {
  static const std::vector<std::string_view> types{"keyword",  "comment",    "string",    "number",
                                                   "operator", "variable",   "parameter", "function",
                                                   "property", "enumMember", "namespace"};
  return types;
}

std::vector<SemanticToken> semantic_tokens(const Analysis& analysis, compiler::ModuleId module) {
  return Classifier(analysis, module).run();
}

}  // namespace polc::authoring
