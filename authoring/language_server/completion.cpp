// What could be typed at a place. The text is being typed, so its tree may be broken there: tokens up to the place say
// where it is.
#include <algorithm>
#include <set>

#include "authoring/language_server/features.hpp"
#include "authoring/limits.hpp"
#include "compiler/resolve/block_fields.hpp"
#include "compiler/resolve/declarations.hpp"
#include "compiler/tests.hpp"
#include "grammar/declarations.hpp"
#include "grammar/literals.hpp"
#include "grammar/scan.hpp"
#include "runtime/base/casefold.hpp"
#include "stdlib/embedded.hpp"

namespace polc::authoring {
namespace {

using grammar::NodeId;
using grammar::NodeKind;
using grammar::TokenKind;
using Kind = CompletionKind;

constexpr std::string_view kGroupItems[] = {"control", "when"};
constexpr std::string_view kFunctions[] = {"count", "int", "lower",     "split",    "has_bits", "dword",
                                           "qword", "sz",  "expand_sz", "multi_sz", "binary"};

struct Token {
  grammar::Token token;
  std::string_view text;
};

/// The text before a place, as far as it says what can follow.
struct Context {
  std::string_view body;    ///< word that began the innermost body: "control"; "" in a file
  std::vector<Token> item;  ///< tokens of the item that is being typed, the one at the place excluded
  std::string_view typed;   ///< what stands before the place of its own word or string
  std::uint32_t typed_begin = 0;
  std::uint32_t typed_end = 0;  ///< of the word or string at the place, what stands behind it included
  bool in_string = false;
  bool in_comment = false;
};

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

  Context read() {
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
  Context context_;
  std::vector<std::string_view> bodies_;
  int brackets_ = 0;
};

class Completer {
 public:
  explicit Completer(const Query& query)
      : query_(query),
        package_(*query.analysis.package),
        context_(ContextReader(query.tree().source(), query.offset).read()) {}

  Completions run() {
    result_.replace = {query_.tree().file(), context_.typed_begin, context_.typed_end};
    if (context_.in_comment) return std::move(result_);
    if (context_.in_string) {
      complete_string();
    } else if (context_.item.empty()) {
      complete_item();
    } else {
      complete_behind(context_.item.back());
    }
    return std::move(result_);
  }

 private:
  void add(std::string_view label, Kind kind, std::string_view detail = {}) {
    if (!fits(label)) return;
    if (result_.items.size() == limits::kCompletionItems) {
      result_.complete = false;
    } else if (labels_.insert(std::string(label)).second) {
      result_.items.push_back({std::string(label), kind, std::string(detail)});
    }
  }

  /// Words by their beginning; paths and titles by any part of them.
  bool fits(std::string_view label) const {
    const std::size_t at = base::fold_case(label).find(base::fold_case(context_.typed));
    return context_.in_string ? at != std::string::npos : at == 0;
  }

  template <class Words>
  void add_all(const Words& words, Kind kind = Kind::Keyword) {
    for (const std::string_view word : words) add(word, kind);
  }

  void complete_item() {
    if (context_.body.empty()) return add_declarations();
    if (context_.body == "control") return add_all(grammar::clause_words());
    if (context_.body == "group") return add_all(kGroupItems);
    if (context_.body == "policy") return add_all(compiler::policy_fields());
    if (context_.body == "setting") return add_all(compiler::setting_fields());
    if (context_.body == "element") return add_all(compiler::element_fields());
    if (context_.body == "waive") return add_all(compiler::waiver_fields());
    if (context_.body == "profile") return add_all(grammar::profile_words());
    if (context_.body == "test") return add_all(grammar::test_words());
  }

  void add_declarations() {
    for (const grammar::DeclarationRule& rule : grammar::declarations()) add(rule.word, Kind::Keyword);
  }

  void add_severities() {
    for (const ir::Severity severity : {ir::Severity::Critical, ir::Severity::High, ir::Severity::Medium,
                                        ir::Severity::Low, ir::Severity::Info})
      add(ir::severity_name(severity), Kind::EnumMember);
  }

  std::string_view first_word() const { return context_.item.front().text; }

  void complete_behind(const Token& last) {
    if (last.text == ".") return complete_member();
    if (first_word() == "use" && context_.item.size() == 1) return add_modules();
    if (first_word() == "severity" && context_.body == "control") return add_severities();
    if (first_word() == "expect" && last.token.kind == TokenKind::String)
      return add_all(compiler::verdict_words(), Kind::EnumMember);
    if (last.text == "stricter") {
      add("up", Kind::Keyword);
      return add("down", Kind::Keyword);
    }
    if (last.text == ":" && first_word() == "param" && context_.item.size() == 3) return add_types();
    if (context_.body == "control" || first_word() == "when") add_next_clauses();
    complete_expression();
  }

  /// On a new line an item can begin as well as an expression go on.
  void add_next_clauses() {
    const std::string_view text = query_.tree().source();
    if (!grammar::first_on_line(text, context_.typed_begin)) return;
    if (context_.body == "control") add_all(grammar::clause_words());
    if (context_.body == "group") add_all(kGroupItems);
  }

  void add_modules() {
    for (const stdlib::Module& module : stdlib::modules()) add(module.name, Kind::Module);
  }

  void add_types() {
    for (const std::string_view type :
         {"bool", "int", "text", "name", "path", "version", "duration", "date", "port", "principal", "rights",
          "address_set", "set of", "list of", "enum"}) {
      add(type, Kind::Keyword);
    }
  }

  void complete_expression() {
    for (const value::ResourceInfo& resource : value::resource_catalogue())
      add(resource.name, Kind::Function, resource.doc);
    for (const std::string_view name : compiler::visible_names(package_, query_.module))
      add(name, kind_of(name));
    add_locals();
    add_all(kFunctions, Kind::Function);
    add_all(grammar::reserved_words());
    add("by", Kind::Keyword);
    for (const value::EnumInfo& enumeration : value::enumerations()) {
      for (const std::string_view member : enumeration.members)
        add(member, Kind::EnumMember, enumeration.name);
    }
    for (const value::WellKnownPrincipal& principal : value::well_known_principals()) {
      if (principal.alias.find(' ') == std::string_view::npos)
        add(principal.alias, Kind::Constant, "principal");
    }
    for (const value::PrivilegeInfo& privilege : value::privileges()) {
      add(privilege.name, Kind::Constant, privilege.policy_name);
    }
  }

  Kind kind_of(std::string_view name) const {
    const compiler::NameMeaning meaning = compiler::find_name(package_, query_.module, name);
    const auto* id = std::get_if<compiler::DeclarationId>(&meaning);
    if (id == nullptr) return Kind::Module;
    const compiler::DeclarationKind kind = package_.declarations[*id].kind;
    return kind == compiler::DeclarationKind::Def ? Kind::Function : Kind::Variable;
  }

  /// `all p in ...`: the variables that stand in the item so far.
  void add_locals() {
    for (std::size_t i = 0; i + 2 < context_.item.size(); ++i) {
      const bool quantifier = context_.item[i].text == "all" || context_.item[i].text == "any";
      if (quantifier && context_.item[i + 2].text == "in") add(context_.item[i + 1].text, Kind::Variable);
    }
    for (std::size_t i = 0; first_word() == "def" && i + 1 < context_.item.size(); ++i) {
      if (context_.item[i + 1].text == ":") add(context_.item[i].text, Kind::Variable);
    }
  }

  /// The word that an object before `.` begins with; brackets behind it are skipped.
  std::string_view object_before(std::size_t dot) const {
    std::size_t at = dot;
    int depth = 0;
    while (at-- > 0) {
      const std::string_view text = context_.item[at].text;
      if (text == ")" || text == "]") ++depth;
      if (text == "(" || text == "[") --depth;
      if (depth == 0 && context_.item[at].token.kind == TokenKind::Word) return text;
      if (depth < 0) break;
    }
    return {};
  }

  void complete_member() {
    const std::string_view object = object_before(context_.item.size() - 1);
    if (first_word() == "use") return add_standard_names();
    if (const compiler::Import* import = compiler::find_alias(package_, query_.module, object)) {
      for (const std::string_view name : compiler::own_names(package_, import->module))
        add(name, Kind::Variable);
      return;
    }
    if (const value::ResourceInfo* resource = value::find_resource(object)) {
      for (const value::AttributeInfo& attribute : resource->attributes) {
        add(attribute.name, Kind::Property, attribute.doc);
      }
      return;
    }
    for (const value::RecordInfo& record : value::records()) {
      for (const value::FieldInfo& field : record.fields) add(field.name, Kind::Field, record.name);
    }
  }

  void add_standard_names() {
    for (const stdlib::Module& module : stdlib::modules()) {
      if (module.name.starts_with("std.")) add(module.name.substr(4), Kind::Module);
    }
  }

  /// The call whose argument list is open, and how many commas stand in it.
  std::pair<std::string_view, std::size_t> open_call() const {
    int depth = 0;
    std::size_t commas = 0;
    for (std::size_t at = context_.item.size(); at-- > 0;) {
      const std::string_view text = context_.item[at].text;
      if (text == ")" || text == "]" || text == "}") ++depth;
      if (text == "," && depth == 0) ++commas;
      if (text != "(" && text != "[" && text != "{") continue;
      if (depth-- > 0) continue;
      if (text == "(" && at > 0) return {context_.item[at - 1].text, commas};
      return {};
    }
    return {};
  }

  void complete_string() {
    if (context_.item.empty()) return;
    const auto [callee, argument] = open_call();
    const bool registry = callee == "registry" || callee == "registry_key" || callee == "registry_acl";
    if (callee == "gpo" && argument == 0) return add_settings();
    if (registry && argument == 0) return add_keys();
    if (callee == "registry" && argument == 1) return add_value_names();
    if (callee == "audit") return add_subcategories();
    const std::string_view first = first_word();
    if (first == "waive" || first == "include" || first == "exclude" || first == "loosen" ||
        (first == "severity" && context_.body == "profile") || first == "expect" || first == "cases") {
      for (const compiler::ControlDeclaration& control : package_.controls) add(control.id, Kind::Reference);
    }
    if (first == "profile") {
      for (const compiler::ProfileDeclaration& profile : package_.profiles)
        add(profile.name, Kind::Reference);
    }
    if (first == "use") add_files();
  }

  void add_settings() {
    for (const compiler::Setting& setting : query_.analysis.settings.all()) {
      add(setting.path, Kind::Property, value::type_name(setting.type));
    }
  }

  void add_keys() {
    for (const compiler::Setting& setting : query_.analysis.settings.all()) {
      const std::string_view hive = setting.scope == ir::Scope::User ? "HKCU\\" : "HKLM\\";
      if (!setting.key.empty()) add(std::string(hive) + setting.key, Kind::Property);
    }
    for_each_registry_call([&](std::string_view key, std::string_view) { add(key, Kind::Property); });
  }

  void add_value_names() {
    const auto open = std::find_if(context_.item.rbegin(), context_.item.rend(),
                                   [](const Token& t) { return t.token.kind == TokenKind::String; });
    if (open == context_.item.rend()) return;
    const std::string_view key = open->text.substr(1, open->text.size() - 2);
    for (const compiler::Setting& setting : query_.analysis.settings.all()) {
      const std::string_view below = key.size() > 5 ? key.substr(5) : key;
      if (base::equal_folded(setting.key, below)) add(setting.value_name, Kind::Property, setting.path);
    }
    for_each_registry_call([&](std::string_view other, std::string_view name) {
      if (base::equal_folded(other, key)) add(name, Kind::Property);
    });
  }

  /// What the linked policies read already.
  template <class Use>
  void for_each_registry_call(const Use& use) {
    for (const compiler::Module& module : package_.modules) {
      const grammar::SyntaxTree& tree = module.tree;
      for (NodeId id = 1; id < tree.size(); ++id) {
        if (tree.kind(id) != NodeKind::Call || tree.text(tree.child(id, 0)) != "registry") continue;
        const NodeId key = tree.child(id, 1);
        const NodeId name = tree.child(id, 2);
        const bool strings = grammar::is_string(tree.kind(key)) && grammar::is_string(tree.kind(name));
        if (strings) use(grammar::decode_string(tree, key), grammar::decode_string(tree, name));
      }
    }
  }

  void add_subcategories() {
    for (const value::AuditSubcategory& subcategory : value::audit_subcategories()) {
      add(subcategory.name, Kind::EnumMember);
    }
  }

  /// Modules of the package, as this file would write them.
  void add_files() {
    const std::string folder = os::parent_path("/" + package_.modules[query_.module].name);
    for (const compiler::Module& module : package_.modules) {
      if (module.embedded) continue;
      if (const auto inside = os::path_inside(folder, "/" + module.name)) add("./" + *inside, Kind::File);
    }
  }

  const Query& query_;
  const compiler::Package& package_;
  Context context_;
  Completions result_;
  std::set<std::string> labels_;
};

}  // namespace

Completions complete(const Query& query) {
  return Completer(query).run();
}

}  // namespace polc::authoring
