#include "authoring/language_server/completion_context.hpp"

#include <algorithm>

#include "compiler/resolve/block_fields.hpp"
#include "grammar/declarations.hpp"

namespace polc::authoring {
namespace {

using grammar::TokenKind;
using value::Type;
using value::TypeKind;

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_body(std::string_view word) {
  const grammar::DeclarationRule* rule = grammar::find_declaration(word);
  return rule != nullptr && rule->has_body;
}

/// Walks the tokens before the place and keeps which bodies are open.
class ContextReader {
 public:
  ContextReader(std::string_view text, std::uint32_t place) : text_(text), place_(place) {}

  CompletionContext read() {
    grammar::Scanner scanner(text_);
    std::vector<grammar::Comment> comments;
    while (true) {
      scanner.skip_trivia(&comments);
      const grammar::Token token = scanner.next();
      if (!comments.empty() && comments.back().begin < place_ && place_ <= comments.back().end)
        context_.in_comment = true;
      comments.clear();
      if (token.kind == TokenKind::End || token.begin >= place_) break;
      const bool word_at_place = token.kind == TokenKind::Word && place_ <= token.end;
      const bool string = token.kind == TokenKind::String || token.kind == TokenKind::Unterminated;
      const bool string_at_place = string && (place_ < token.end || token.kind == TokenKind::Unterminated);
      if (word_at_place || string_at_place) {
        take_typed(token, string_at_place);
        break;
      }
      take(token);
    }
    if (context_.typed_begin == 0 && context_.typed.empty())
      context_.typed_begin = context_.typed_end = place_;
    context_.body = bodies_.empty() ? std::string_view() : bodies_.back();
    return std::move(context_);
  }

 private:
  std::string_view text_of(grammar::Token token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }

  void take_typed(grammar::Token token, bool string) {
    const std::uint32_t quotes = string ? 1 : 0;
    context_.in_string = string;
    context_.typed_begin = token.begin + quotes;
    const bool closed = token.kind == TokenKind::String;
    context_.typed_end = std::max(place_, string ? token.end - (closed ? 1U : 0U) : token.end);
    if (string && !closed) context_.typed_end = place_;
    context_.typed = text_.substr(context_.typed_begin, place_ - context_.typed_begin);
  }

  void take(grammar::Token token) {
    const std::string_view text = text_of(token);
    const bool begins =
        token.kind == TokenKind::Word && brackets_ == 0 && grammar::first_on_line(text_, token.begin);
    if (begins && begins_item(text)) context_.item.clear();
    if (text == "{" && brackets_ == 0 && opens_body()) {
      bodies_.push_back(context_.item.empty() ? std::string_view() : context_.item.front().text);
      context_.item.clear();
      return;
    }
    if (text == "}" && brackets_ == 0) {
      if (!bodies_.empty()) bodies_.pop_back();
      context_.item.clear();
      return;
    }
    if (text == "(" || text == "[" || text == "{") ++brackets_;
    if ((text == ")" || text == "]" || text == "}") && brackets_ > 0) --brackets_;
    context_.item.push_back({token, text});
  }

  bool opens_body() const {
    if (context_.item.empty()) return true;
    const std::string_view first = context_.item.front().text;
    return has_body(first) || first == "element";
  }

  bool begins_item(std::string_view word) const {
    return grammar::find_declaration(word) != nullptr || grammar::is_clause_word(word) ||
           grammar::is_profile_word(word) || grammar::is_test_word(word) ||
           contains(compiler::policy_fields(), word) || contains(compiler::setting_fields(), word) ||
           contains(compiler::waiver_fields(), word);
  }

  std::string_view text_;
  std::uint32_t place_;
  CompletionContext context_;
  std::vector<std::string_view> bodies_;
  int brackets_ = 0;
};

bool is_opening(std::string_view text) {
  return text == "(" || text == "[" || text == "{";
}
bool is_closing(std::string_view text) {
  return text == ")" || text == "]" || text == "}";
}

/// What stands right of the operator where the left side is of that type, inside braces or without them; None if it
/// takes something else.
Type right_side(Type left, std::string_view op, bool in_braces) {
  const Type element = value::element_type(left);
  const bool holds_elements = element.kind != TypeKind::None;
  if (op == "==" || op == "!=") return in_braces ? element : holds_elements ? Type{} : left;
  if (op == "contains" && !in_braces) return element;
  if (op == "within" && in_braces) return left.kind == TypeKind::AddressSet ? left : element;
  return op == "in" && in_braces && !holds_elements ? left : Type{};
}

}  // namespace

CompletionContext read_context(std::string_view text, std::uint32_t place) {
  return ContextReader(text, place).read();
}

std::string_view CompletionContext::object_at(std::size_t last) const {
  int depth = 0;
  for (std::size_t at = last + 1; at-- > 0;) {
    const std::string_view text = item[at].text;
    if (text == ")" || text == "]") ++depth;
    if (text == "(" || text == "[") --depth;
    if (depth == 0 && item[at].token.kind == TokenKind::Word) return text;
    if (depth < 0) break;
  }
  return {};
}

/// Index of the innermost bracket that is not closed.
std::optional<std::size_t> CompletionContext::open_bracket() const {
  int depth = 0;
  for (std::size_t at = item.size(); at-- > 0;) {
    if (is_closing(item[at].text)) ++depth;
    if (is_opening(item[at].text) && depth-- == 0) return at;
  }
  return std::nullopt;
}

std::pair<std::string_view, std::size_t> CompletionContext::open_call() const {
  const auto open = open_bracket();
  if (!open || *open == 0 || item[*open].text != "(") return {};
  std::size_t commas = 0;
  int depth = 0;
  for (std::size_t at = *open + 1; at < item.size(); ++at) {
    if (is_opening(item[at].text)) ++depth;
    if (is_closing(item[at].text)) --depth;
    if (item[at].text == "," && depth == 0) ++commas;
  }
  return {item[*open - 1].text, commas};
}

std::string_view CompletionContext::first_argument() const {
  const auto open = open_bracket();
  if (!open || *open + 1 >= item.size() || item[*open + 1].token.kind != TokenKind::String) return {};
  const std::string_view written = item[*open + 1].text;
  return written.substr(1, written.size() - 2);
}

std::optional<CompletionContext::Compared> CompletionContext::compared() const {
  const auto open = open_bracket();
  const bool in_braces = open && item[*open].text == "{";
  std::size_t op = in_braces ? *open : item.size();
  if (op-- < 2) return std::nullopt;
  const std::size_t left = op - (item[op - 1].text == "not" ? 1 : 0);
  if (left == 0) return std::nullopt;
  const bool has_attribute = left >= 3 && item[left - 2].text == ".";
  const auto* resource = value::find_resource(object_at(has_attribute ? left - 3 : left - 1));
  if (resource == nullptr) return std::nullopt;
  const auto attribute =
      has_attribute ? value::find_attribute(*resource, item[left - 1].text) : resource->primary;
  if (!attribute) return std::nullopt;
  const Type type = right_side(resource->attributes[*attribute].type, item[op].text, in_braces);
  const bool setting = resource->kind == value::ResourceKind::Gpo && item[op].text == "==" && !in_braces;
  if (type.kind == TypeKind::None && !setting) return std::nullopt;
  return Compared{resource, setting ? value::simple(TypeKind::PolicyState) : type};
}

}  // namespace polc::authoring
